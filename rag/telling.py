"""Which sentence tells what a question asks, where no span can: whether it is so, why, or how?

Rules over what was read: the words of the question, its names, and for "why" and "how" a word that gives a reason or a
means. What they find stands beside what the reader finds, and has to be carried by its quote like everything else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.records import Passage
from index.sentences import sentences
from rag.affirm import Word, said, statement
from rag.events import speaks_of
from rag.verify.answers import asked_share
from rag.verify.locate import candidates
from rag.verify.untrusted import masked

# How many stretches of a passage are tried for yes or no: the second is right where a headline repeats the words.
TRIES = 3
_REASON = re.compile(
    r"\b(?:because(?: of)?|in order to|citing|due to|owing to|thanks to|on the grounds|as a result of|for fear|"
    r"blam(?:ed|es|ing)|the reason|caused by|prompted by)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"\b(?:by (?:[a-z]+ly )?[a-z]+ing|by means of|with the help of|using|thanks to|made it possible)\b", re.IGNORECASE
)
_WHY = re.compile(r"^\W*(?:and |but |so )?why\b|\b(?:for what|what (?:is|was) the) reason\b", re.IGNORECASE)
# What a word of reason, and the reader's finger, add to the share of the question that a sentence holds.
_MARKED, _POINTED = 0.15, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence of a passage (`start` and `end` are article offsets). `word`: what it says to a yes-or-no question.
    `cover`: the share of the question that it holds, `near` the share that its passage holds. `pointed`: the reader's
    best span of the passage stands in it. `answer`: where the words begin that give the reason.
    """

    passage: int
    start: int
    end: int
    cover: float
    near: float
    pointed: bool = False
    word: Word | None = None
    answer: int | None = None


def yes_or_no(question: str, passages: Sequence[Passage], pointed: Mapping[int, int]) -> Told | None:
    """The newest sentence that says yes or no, else the one that holds most of the question; None without any.

    `pointed`: where the reader's best span begins, as an article offset, by the passage's number.
    """
    spoken = [(number, passage) for number, passage in enumerate(passages) if speaks_of(question, passage)]
    worded = [told for number, passage in spoken for told in _worded(question, number, passage)]
    if worded:
        return max(worded, key=lambda told: (_day(passages[told.passage]), told.cover, -told.passage))
    found = [told for number, passage in spoken for told in _sentences(question, number, passage, None, pointed)]
    return max(found, key=_weight, default=None)


def reason(question: str, passages: Sequence[Passage], pointed: Mapping[int, int]) -> Told | None:
    """The sentence that holds most of a question why or how, one that gives a reason (a means) before others."""
    mark = _REASON if _WHY.search(question) else _MEANS
    found = [
        told
        for number, passage in enumerate(passages)
        if speaks_of(question, passage)
        for told in _sentences(question, number, passage, mark, pointed)
    ]
    return max(found, key=_weight, default=None)


def _weight(told: Told) -> tuple[float, int]:
    return told.cover + told.near + _MARKED * (told.answer is not None) + _POINTED * told.pointed, -told.passage


def _worded(question: str, number: int, passage: Passage) -> Iterator[Told]:
    """The stretches that say yes or no."""
    text, context = masked(passage.text), f"{passage.title}\n\n{passage.text}"
    for start, end in candidates(statement(question), text, limit=TRIES):
        word = said(question, text[start:end], published=passage.published, context=context)
        if word is not None:
            yield Told(
                passage=number, start=passage.start + start, end=passage.start + end, word=word, near=1.0,
                cover=asked_share(question, text[start:end]),
            )  # fmt: skip


def _sentences(
    question: str, number: int, passage: Passage, mark: re.Pattern[str] | None, pointed: Mapping[int, int]
) -> Iterator[Told]:
    text = masked(passage.text)
    near = asked_share(question, f"{passage.title}. {text}")
    finger = pointed.get(number, -1) - passage.start
    for start, end in sentences(text):
        given = mark.search(text, start, end) if mark else None
        yield Told(
            passage=number, start=passage.start + start, end=passage.start + end, near=near,
            cover=asked_share(question, text[start:end]), pointed=start <= finger < end,
            answer=passage.start + given.start() if given else None,
        )  # fmt: skip


def _day(passage: Passage) -> str:
    return max(passage.updated or "", passage.published or "")[:10]
