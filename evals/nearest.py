"""Declined, and yet told: does what comes nearest hold the answer to a question that was declined wrongly?

`python -m evals.nearest sample --split test`, `tavelin` or `maravene`. The sentence has to hold a gold span of the
question and one of its wordings.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from evals.conversations.measure import name_of, wilson
from evals.metrics.wording import holds
from evals.newsroom import ARTICLES, QUESTIONS
from evals.other_newsrooms import MARAVENE, TAVELIN
from index.library import Library
from index.reading import read
from rag.assistant import Assistant
from rag.other_reports import MOST_DECLINED
from rag.records import Answer

SUITES: Mapping[str, tuple[Path, tuple[Path, ...]]] = {
    "sample": (ARTICLES, (QUESTIONS,)),
    "tavelin": (TAVELIN / "articles.jsonl", (TAVELIN / "questions.jsonl",)),
    "maravene": (MARAVENE / "articles.jsonl", (MARAVENE / "questions.jsonl",)),
}


class Asks(Protocol):
    """The assistant, or whatever stands in for it."""

    def ask(self, question: str, *, history: Sequence[Answer] = ()) -> Answer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A question that the articles answer and the assistant does not. `place`: which of the sentences that come nearest
    holds the answer, from 1 (None: none); `read`: a passage that was read does.
    """

    question: str
    place: int | None
    read: bool


def rows(path: Path, split: str | None) -> Iterator[dict[str, Any]]:
    """The questions of a suite that its articles answer, of one half or of both."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row["answerable"] and (split is None or row["split"] == split):
            yield row


def measure(assistant: Asks, suite: Sequence[Mapping[str, Any]]) -> list[Declined]:
    """What comes nearest, for each question that is declined wrongly."""
    found = []
    for row in suite:
        answer = answer_of(assistant, row)
        if answer.abstained:
            places = [place for place, one in enumerate(answer.accounts, 1) if _answers(row, name_of(one), one.quote)]
            read = any(_answers(row, name_of(one), one.text) for one in answer.passages)
            found.append(Declined(question=row["question"], place=places[0] if places else None, read=read))
    return found


def answer_of(assistant: Asks, row: Mapping[str, Any]) -> Answer:
    """The answer to a question at the end of its conversation, which remembers its own answers."""
    history: list[Answer] = []
    for question in (*row.get("conversation", ()), row["question"]):
        history.append(assistant.ask(question, history=history))
    return history[-1]


def _answers(row: Mapping[str, Any], article: str, text: str) -> bool:
    """Does a text of an article hold what is quoted as gold there, at least in part, and a wording of the answer?"""
    quoted = [gold for gold in row["gold"] if gold["article"] == article and gold["text"] in text]
    near = any(gold["quote"] in text or text in gold["quote"] or _overlap(gold["quote"], text) for gold in quoted)
    return near and any(holds(text, wording) for wording in row["answers"])


def _overlap(quote: str, text: str) -> bool:
    """Does the quote begin or end within the text: two thirds of it stand there?"""
    most = max(1, 2 * len(quote) // 3)
    return quote[:most] in text or quote[-most:] in text


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("newsroom", choices=sorted(SUITES), help="tavelin was developed on, maravene was not")
    options.add_argument("--split", choices=("dev", "test"), help="one half of the sample's questions")
    chosen = options.parse_args()
    articles, paths = SUITES[chosen.newsroom]
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        library.add(read(str(articles)))
        assistant = Assistant(library, today=library.info().last_published)
        suite = [row for path in paths for row in rows(path, chosen.split)]
        declined = measure(assistant, suite)
    print(f"{len(declined)} of {len(suite)} declined wrongly; the answer is read for {sum(d.read for d in declined)}")
    for most in range(1, MOST_DECLINED + 1):
        right = sum(one.place is not None and one.place <= most for one in declined)
        low, high = wilson(right, len(declined))
        share = right / max(1, len(declined))
        print(
            f"told by the first {most} that come nearest: {right}/{len(declined)} = {share:.3f} [{low:.3f}, {high:.3f}]"
        )


if __name__ == "__main__":
    main()
