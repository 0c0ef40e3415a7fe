"""How often does each way of rewriting a follow-up bring the right article to the top?

The history of a turn is what a person would have seen: the reference answers of the earlier turns (or none, with
`answers=False`, as when the assistant abstained) and the passages that the earlier rewritten questions really found.
Scripted by hand from the articles; whoever wrote them had the rules in mind, so the test half is an upper bound.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evals.conversations import CONVERSATIONS
from index.errors import SuiteError
from index.library import Library
from index.records import Passage
from rag.followup import standalone
from rag.fuse import fuse
from rag.own_words import as_read, in_conversation, spoken
from rag.reader.model import shipped
from rag.records import ABSTENTION, Answer, Citation

READ = 8  # what the local reader reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question, the answer a person would get, and the articles any of which is right to find first."""

    question: str
    answer: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Two to four turns about the sample newsroom. `split` "dev" was looked at while rules were written."""

    id: str
    split: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """What one follow-up found. `rank` (from 1): the first passage of a right article; None: not among those read."""

    conversation: str
    question: str
    searched_for: str
    rank: int | None
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What the assistant said to one follow-up; `right` when its first citation is of a right article, `first` when the
    first of the passages that it shows is.
    """

    conversation: str
    question: str
    searched_for: str
    answer: str | None
    right: bool
    first: bool


class Converses(Protocol):
    """The assistant, or whatever stands in for it."""

    def ask(self, question: str, *, history: Sequence[Answer] = ()) -> Answer: ...


Rewrite = Callable[[str, Sequence[Answer]], str]


def conversations(path: Path = CONVERSATIONS) -> list[Conversation]:
    """The suite. Raises SuiteError for a line that is no conversation."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            turns = tuple(
                Turn(question=turn["question"], answer=turn["answer"], articles=tuple(turn["articles"]))
                for turn in row["turns"]
            )
            found.append(Conversation(id=row["id"], split=row["split"], turns=turns))
        except (ValueError, KeyError, TypeError) as error:
            raise SuiteError(
                f"{path}, line {number}: {error!r}; each line is a conversation with id, split, turns"
            ) from error
    return found


def unchanged(question: str, history: Sequence[Answer]) -> str:
    """Baseline: the follow-up as it was asked."""
    return question


def with_last(question: str, history: Sequence[Answer]) -> str:
    """Baseline: the question before it, and the follow-up."""
    return f"{history[-1].question} {question}" if history else question


def with_all(question: str, history: Sequence[Answer]) -> str:
    """Baseline: all questions so far, one after the other."""
    return " ".join([*(turn.question for turn in history), question])


REWRITES: dict[str, Rewrite] = {
    "rules": standalone, "unchanged": unchanged, "concatenated, last": with_last, "concatenated, all": with_all,
}  # fmt: skip


def measure(
    library: Library, suite: Sequence[Conversation], rewrite: Rewrite = standalone, *, answers: bool = True
) -> list[Retrieved]:
    """One record per follow-up (every turn but the first of each conversation)."""
    results = []
    for conversation in suite:
        history: list[Answer] = []
        for place, turn in enumerate(conversation.turns):
            searched_for = rewrite(turn.question, history) if place else turn.question
            passages = fuse(library.search(searched_for))
            if place and rewrite is standalone:  # as the assistant does
                asked = spoken(turn.question, history)
                nearest = in_conversation(searched_for, asked, passages, fuse(library.search(asked)))[:READ]
                passages = as_read(turn.question, searched_for, nearest, shipped())
            passages = passages[:READ]
            if place:
                ranks = [rank for rank, passage in enumerate(passages, 1) if name_of(passage) in turn.articles]
                results.append(
                    Retrieved(
                        conversation=conversation.id,
                        question=turn.question,
                        searched_for=searched_for,
                        rank=ranks[0] if ranks else None,
                        found=name_of(passages[0]) if passages else "",
                    )
                )
            history.append(told(turn.question, searched_for, turn.answer if answers else None, passages))
    return results


def measure_assistant(assistant: Converses, suite: Sequence[Conversation]) -> list[Cited]:
    """Whole conversations with an assistant that remembers its own answers, right or wrong: what follow-ups cited."""
    results = []
    for conversation in suite:
        history: list[Answer] = []
        for place, turn in enumerate(conversation.turns):
            answer = assistant.ask(turn.question, history=tuple(history))
            history.append(answer)
            if place:
                cited = [_name(citation.article_id, citation.source) for citation in answer.citations]
                results.append(
                    Cited(
                        conversation=conversation.id,
                        question=turn.question,
                        searched_for=answer.searched_for,
                        answer=answer.answer,
                        right=bool(cited) and cited[0] in turn.articles,
                        first=bool(answer.passages) and name_of(answer.passages[0]) in turn.articles,
                    )
                )
    return results


def told(question: str, searched_for: str, answer: str | None, passages: Sequence[Passage]) -> Answer:
    """An answer as the history holds it."""
    return Answer(
        question=question,
        searched_for=searched_for,
        window=None,
        answer=answer,
        text=answer or ABSTENTION,
        abstained=answer is None,
        confidence=1.0 if answer else 0.0,
        answerer="reference",
        claims=(),
        citations=(),
        passages=tuple(passages),
        library_revision=0,
    )


def name_of(passage: Passage | Citation) -> str:
    """The article as the newsroom's questions name it: a record's own id, or its path under articles/."""
    return _name(passage.article_id, passage.source)


def _name(article_id: str, source: str) -> str:
    place = source.replace("\\", "/")
    return article_id if place.endswith(".jsonl") else "/".join(place.split("/")[-2:])


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    from scipy.stats import binomtest

    if count == 0:
        return 0.0, 1.0
    interval = binomtest(right, count).proportion_ci(0.95, method="wilson")
    return float(interval.low), float(interval.high)
