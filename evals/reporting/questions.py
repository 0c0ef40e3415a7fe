"""How does every question fit into one page? As JSON, each passage once, compressed; the browser unpacks it."""

import base64
import gzip
import json
from collections.abc import Iterable

from evals.causes import RIGHT, cause_of
from evals.records import RunRecord

# SQuAD 2.0's half, the largest suite at hand, has 6,078; at 10,000 the page is about 10 MB.
MOST = 10_000


def packed(records: Iterable[RunRecord], total: int) -> tuple[str, int]:
    """The questions as base64 of gzip of JSON, and how many are in it: all of them, or beyond 10,000 every wrong one
    first come and as many right ones as fit.
    """
    passages: dict[tuple[str, int, int], int] = {}
    texts: list[list[object]] = []
    rows: list[dict[str, object]] = []
    spare = max(0, total - MOST)  # right answers to pass over
    for record in records:
        cause = cause_of(record)
        if len(rows) >= MOST:
            break
        if spare and cause == RIGHT:
            spare -= 1
            continue
        shown = []
        for passage in record.passages:
            key = (passage.article, passage.start, passage.end)
            if key not in passages:
                passages[key] = len(texts)
                about = [passage.title, passage.outlet or "", (passage.published or "")[:10]]
                texts.append([passage.article, passage.start, passage.text, *about])
            shown.append([passages[key], passage.vector_rank, passage.word_rank])
        rows.append(row(record, cause, shown))
    value = {"passages": texts, "questions": rows}
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    # mtime 0: the same run gives the same page, byte for byte
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode(), len(rows)


def row(record: RunRecord, cause: str, shown: list[list[int | None]]) -> dict[str, object]:
    """One question as the page needs it."""
    return {
        "id": record.id,
        "q": record.question,
        "type": record.type,
        "cause": cause,
        "outcome": record.outcome,
        "ok": record.answerable,
        "want": list(record.answers) or [" + ".join(part[0] for part in record.parts)] if record.answerable else [],
        "gold": [[span.article, span.start, span.end, span.text[:300]] for span in record.gold],
        "answer": record.answer,
        "text": record.text,
        "conf": None if record.confidence is None else round(record.confidence, 3),
        "asked": record.searched_for if record.searched_for != record.question else "",
        "claims": [[claim.text, claim.supported, claim.reason] for claim in record.claims if not claim.supported],
        "cites": [[cite.article, cite.start, cite.end, cite.quote, cite.marker] for cite in record.citations],
        "shown": shown,
        "ms": round(record.seconds * 1000),
        "error": record.error,
    }
