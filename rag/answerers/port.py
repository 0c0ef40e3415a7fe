"""The port between passages and findings: what every answerer, local or model, has to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.records import Passage
from rag.records import Citation, Claim, Evidence, Finding

# The whole texts of the articles that passages come from, by article id.
TextsOf = Callable[[Sequence[Passage]], Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The last thing an answerer says.

    `confidence` is the calibrated probability in [0, 1] that its best candidate is right, also when it made no
    finding. `alternatives` are what other passages give as the answer to the same question, best first and at most one
    for each passage, with their own confidence and spans (local reader; empty for models, whose answers are compared
    by FindsVersions): differing reports are found among them and the finding itself. `order` are the numbers of the
    passages in the order in which they answer the question, by who has read them (empty: as they were found).
    `notice` is for the person (empty: nothing to say).
    """

    confidence: float
    alternatives: tuple[Finding, ...] = ()
    order: tuple[int, ...] = ()
    notice: str = ""


class Answerer(Protocol):
    """Takes a question and passages (best first), yields findings as they are complete, then one Outcome."""

    @property
    def name(self) -> str:
        """What `answer.answerer` shows: "local" or the model's name."""
        ...

    def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
        """Findings best first, none when the passages do not hold the answer; the last item is the Outcome.

        Raises ModelError when a model cannot be reached or fails; findings yielded before stand.
        """
        ...


class FindsVersions(Protocol):
    """Finds what other passages give in the place of an answer, whoever gave it."""

    def located(
        self, question: str, passages: Sequence[Passage], claims: Sequence[Claim], citations: Sequence[Citation]
    ) -> tuple[Finding, ...]:
        """The short answers that claims of somebody else may give to the question, each in a passage that they quote,
        likeliest first; empty where they give none that another report could give otherwise.
        """
        ...

    def alternatives_of(self, question: str, finding: Finding, passages: Sequence[Passage]) -> tuple[Finding, ...]:
        """What the other passages give in the place of a finding in one of them; it may say the same."""
        ...

    def versions(
        self, question: str, finding: Finding, known: Passage, passages: Sequence[Passage]
    ) -> tuple[Finding, ...]:
        """What further passages give in the place of a finding that was taken from `known`; their numbers count from
        the first of `passages`.
        """
        ...

    def nearest(
        self,
        question: str,
        finding: Finding | None,
        passages: Sequence[Passage],
        beyond: Sequence[Passage] = (),
    ) -> tuple[Evidence, ...]:
        """Where passages speak nearest to the question, likeliest first, each with one span; numbers count on from
        `passages` to `beyond`. Beside a finding in one of `passages` only what tells of the same matter, and nothing
        where a sentence, or yes or no, is asked for. None: whatever comes nearest.
        """
        ...


class LocalAnswerer(Answerer, FindsVersions, Protocol):
    """The local reader, or what stands in for it in tests."""

    def instead(self, question: str, passages: Sequence[Passage], refused: Finding) -> Finding | None:
        """The likeliest finding that says something else, where its quote does not carry the one that was given; None
        where none is likely enough.
        """
        ...
