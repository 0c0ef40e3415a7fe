"""What can be taken away from a conversation? Its answers with their citations, as plain text, Markdown or JSON."""

import re
from collections.abc import Sequence
from typing import Any

from rag.document import to_json
from rag.records import Answer, Citation
from ui.marks import ELSEWHERE, in_marks
from ui.web.escape import day, web_link
from ui.web.records import Turn

# What Markdown would read as markup when it stands in someone else's words.
MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$@:])")


def plain_answer(answer: Answer) -> str:
    """The answer with its markers, what each stands for, and what other reports say: what the Copy button gives."""
    lines = [answer.text]
    if answer.citations:
        lines.append("")
        lines += [f"[{one.marker}] {in_marks(one.quote)} {source_of(one)}" for one in answer.citations]
    if answer.accounts:
        lines += ["", f"{ELSEWHERE}:" if not answer.abstained else "What comes nearest:"]
        lines += [f"- {in_marks(one.quote)} {source_of(one)}" for one in answer.accounts]
    return "\n".join(lines)


def source_of(citation: Citation) -> str:
    """Title, outlet, date and address of what is cited."""
    facts = (citation.title, citation.outlet or "", day(citation.published), web_link(citation.url) or "")
    return ", ".join(fact for fact in facts if fact)


def as_markdown(title: str, turns: Sequence[Turn]) -> str:
    """The conversation as Markdown, in which other people's words stay words: none becomes a link or an image."""
    parts = [f"# {literal(title)}"]
    for turn in turns:
        parts.append(f"## {literal(turn.question)}")
        if turn.answer is None:
            parts.append("*Stopped.*" if turn.status == "stopped" else f"*No answer: {literal(turn.error)}*")
            continue
        parts.append(literal(turn.answer.text))
        if turn.answer.searched_for and turn.answer.searched_for != turn.question:
            parts.append(f"*Searched for: {literal(turn.answer.searched_for)}*")
        for report in turn.answer.differing:
            where = ", ".join(fact for fact in (report.outlet or "", day(report.published)) if fact)
            parts.append(f"- {literal(report.answer)} ({literal(where)}) \\[{report.marker}\\]")
        parts += [_quoted(one) for one in turn.answer.citations]
        if turn.answer.accounts:
            parts.append(f"*{'What comes nearest' if turn.answer.abstained else ELSEWHERE}:*")
            parts += [_quoted(one) for one in turn.answer.accounts]
    return "\n\n".join(parts) + "\n"


def _quoted(one: Citation) -> str:
    facts = ", ".join(literal(fact) for fact in (one.title, one.outlet or "", day(one.published)) if fact)
    link = web_link(one.url)
    address = f" {literal(link)}" if link else ""
    return f"> {literal(one.quote)}\n>\n> \\[{one.marker}\\] {facts}{address}"


def literal(value: str) -> str:
    """Words on one line that Markdown shows as they are."""
    return MARKUP.sub(r"\\\1", " ".join(value.split()))


def as_json(title: str, turns: Sequence[Turn]) -> dict[str, Any]:
    """The conversation as one object; `answer` in each turn is the object that `ask --json` prints."""
    return {
        "schema": 1,
        "title": title,
        "turns": [
            {
                "question": turn.question,
                "asked_at": turn.asked_at,
                "status": turn.status,
                "error": turn.error or None,
                "filters": {
                    "outlets": list(turn.filters.outlets),
                    "after": turn.filters.after,
                    "before": turn.filters.before,
                    "article_ids": list(turn.filters.article_ids),
                },
                "settings": {
                    "model": turn.settings.model or None,
                    "strict": turn.settings.strict,
                    "passages": turn.settings.passages,
                },
                "answer": to_json(turn.answer) if turn.answer is not None else None,
            }
            for turn in turns
        ],
    }
