"""How does what people said of answers become a suite? Each verdict that says what is right becomes a question."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ui.web.records import Turn


def suite_lines(given: Iterable[tuple[Turn, Sequence[Turn]]]) -> list[str]:
    """JSONL that `onrecord eval` reads as a suite of its own (with the option `library=DIR`).

    right: the answer and the spans it cites are gold. wrong citation: the answer is gold, its place is not. wrong, with
    what would have been right: that is gold. should have declined: not answerable. A "wrong" that does not say what is
    right makes no question: there would be nothing to score it by.
    """
    return [json.dumps(one, ensure_ascii=False) for turn, before in given if (one := question_of(turn, before))]


def question_of(turn: Turn, before: Sequence[Turn]) -> dict[str, Any] | None:
    """One question of the suite; None when the feedback does not say what would be right."""
    said, answer = turn.feedback, turn.answer
    if said is None or answer is None:
        return None
    question: dict[str, Any] = {
        "id": f"feedback-{turn.turn_id}",
        "question": turn.question,
        "type": f"feedback_{said.verdict}",
        "split": "dev",
        "answerable": True,
        "answers": [],
        "gold": [],
        "conversation": [
            {"question": one.question, "answer": one.answer.answer or "" if one.answer else ""} for one in before
        ],
    }
    if said.verdict == "should_decline" or (said.verdict == "right" and answer.abstained):
        return question | {"answerable": False}
    if said.correct:
        return question | {"answers": [said.correct]}
    if said.verdict == "right" and answer.answer:
        return question | {"answers": [answer.answer], "gold": gold_of(turn)}
    if said.verdict == "wrong_citation" and answer.answer:
        return question | {"answers": [answer.answer]}
    return None


def gold_of(turn: Turn) -> list[dict[str, Any]]:
    """Where the answer stands, as the answer's citations have it."""
    assert turn.answer is not None
    return [
        {
            "article": citation.article_id,
            "start": span.start,
            "end": span.end,
            "text": citation.quote[span.start - citation.start : span.end - citation.start],
        }
        for citation in turn.answer.citations
        for span in citation.spans
        if citation.start <= span.start < span.end <= citation.end
    ]
