"""What does the reader say about a passage? Relevance, "not here", and the likeliest spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """A place that may answer the question: code points of the passage, end-exclusive; `text` is that slice.

    `score` is the sum of the start and end logits, less a little for length; scores of one question compare across
    passages.
    """

    start: int
    end: int
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage read. `relevance` is a logit (0: as likely as not that it holds the answer), `not_here` the score of
    holding none, on the scale of the spans' scores. Spans come best first, without overlap; an empty passage has none.
    """

    relevance: float
    not_here: float
    spans: tuple[ScoredSpan, ...]

    @property
    def margin(self) -> float:
        """By how much the best span beats "not here"; very low without a span."""
        return self.spans[0].score - self.not_here if self.spans else -100.0


class Reads(Protocol):
    """The reader, or whatever stands in for it."""

    def read(
        self, question: str, passages: Sequence[str], titles: Sequence[str] | None = None, *, told: str = ""
    ) -> list[Reading]: ...
