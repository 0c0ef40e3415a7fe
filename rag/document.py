"""What does an answer look like as JSON? The contract of `onrecord ask --json` and of the web endpoint."""

from dataclasses import asdict
from typing import Any

from rag.records import Answer, Citation

# Keys may be added under the same number, never changed.
SCHEMA = 1


def to_json(answer: Answer) -> dict[str, Any]:
    """The documented object (DESIGN.md, contracts): plain lists, dicts, strings and numbers."""
    window = None
    if answer.window is not None:
        window = {"after": answer.window.after, "before": answer.window.before, "prefer": answer.window.prefer,
                  "phrase": answer.window.phrase, "strict": answer.window.strict}  # fmt: skip
    return {
        "schema": SCHEMA,
        "question": answer.question,
        "searched_for": answer.searched_for,
        "window": window,
        "answer": answer.answer,
        "text": answer.text,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "answerer": answer.answerer,
        "claims": [
            {"text": claim.text, "supported": claim.supported, "citations": list(claim.citations)}
            | ({"reason": claim.reason} if claim.reason else {})
            for claim in answer.claims
        ],
        "citations": [_cited(citation) for citation in answer.citations],
        "passages": [
            {
                "article_id": passage.article_id, "version": passage.version, "start": passage.start,
                "end": passage.end, "text": passage.text, "title": passage.title, "outlet": passage.outlet,
                "url": passage.url, "published": passage.published, "score": round(passage.score, 6),
                "outlets": list(passage.outlets),
            }
            for passage in answer.passages
        ],
        "differing": [asdict(report) for report in answer.differing],
        "accounts": [_cited(account) for account in answer.accounts],
        "notice": answer.notice,
        "library_revision": answer.library_revision,
        "timings_ms": {name: round(value, 2) for name, value in answer.timings_ms.items()},
    }  # fmt: skip


def _cited(citation: Citation) -> dict[str, Any]:
    return {
        "marker": citation.marker, "article_id": citation.article_id, "version": citation.version,
        "title": citation.title, "source": citation.source, "outlet": citation.outlet, "url": citation.url,
        "published": citation.published, "quote": citation.quote, "start": citation.start, "end": citation.end,
        "spans": [asdict(span) for span in citation.spans], "page": citation.page, "outlets": list(citation.outlets),
    }  # fmt: skip
