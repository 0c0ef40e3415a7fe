"""What is asked and what counts as right: questions, their gold spans, and the suite that holds them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.errors import SuiteError
from index.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpan:
    """Where an article states (part of) the answer: `article.text[start:end]`, code points, end-exclusive.

    `end` None: the article as a whole counts (BEIR judges documents). Spans with the same `evidence` number are
    alternatives, one of them is enough; each number is needed. `grade` is a judged relevance (BEIR), else 1. `text` are
    the words that stand there, or should: a fact that an article has in other words keeps them while `end` is None.
    """

    article: str
    start: int = 0
    end: int | None = None
    evidence: int = 0
    grade: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One earlier question of a conversation, and the answer a person would have got (empty: unknown)."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `answers` are accepted wordings (any of them is right), `gold` where the articles say so.
    `parts` are pieces of the answer that are all needed, each with its wordings (empty: the answer is one piece).

    `conversation` holds the turns before it. `within` narrows the search to these articles (empty: all of them).
    `cluster` names what it shares luck with, its article as a rule: intervals resample clusters, not questions.
    `slices` are further (dimension, value) pairs to break scores down by.
    """

    id: str
    question: str
    type: str = "question"
    split: str = "test"
    answers: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    gold: tuple[GoldSpan, ...] = ()
    answerable: bool = True
    conversation: tuple[Turn, ...] = ()
    within: tuple[str, ...] = ()
    cluster: str = ""
    slices: tuple[tuple[str, str], ...] = ()

    @property
    def group(self) -> str:
        """The cluster that statistics resample: as given, else the first gold article, else the question alone."""
        if self.cluster:
            return self.cluster
        return self.gold[0].article if self.gold else f"question {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Questions with the articles they are about, or with the path of the library that holds those.

    `articles()` reads them afresh each time, `Record.id` being the name that gold spans use; None: the suite brings
    none. `fingerprint` hashes everything that was read, `articles_fingerprint` what a library built from it depends
    on. `protocols` names published scoring modes that apply ("squad2", "multihop_rag", "rgb").
    """

    name: str
    format: str
    path: str
    fingerprint: str
    questions: tuple[Question, ...]
    articles: Callable[[], Iterator[Record]] | None = None
    articles_fingerprint: str = ""
    library: str | None = None
    protocols: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def malformed(path: str, line: int, reason: str) -> SuiteError:
    """The error for a suite that cannot be used: file, line (from 1) and reason, in one line."""
    return SuiteError(f"{path}, line {line}: {reason}")
