"""What does the reader make of the likeliest spans when it reads their sentence alone?

In a passage many sentences compete for a question's words; alone, under the article's title, a sentence shows whether
it answers. Cross-validated on the choosing articles the right span came first in .728 of the questions instead of .720
(SQuAD), .770 instead of .744 (new_wiki), .602 instead of .582 (newsroom): evals/LOG.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.records import Passage
from index.sentences import sentences
from rag.reader.features import CLIP
from rag.reader.model import Reader
from rag.reader.records import Reading

# Spans whose sentence is read again: with six instead of four no more were right, and each costs two milliseconds.
LOOKED_AT = 4
# What the second reading tells of a span: how its best pair of ends inside the span beats "not here", how relevant the
# sentence is, how far its best span beats "not here", and whether that one is the same or overlaps.
CLOSER = ("alone_margin", "alone_relevance", "alone_best", "alone_same", "alone_first")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A span that a passage offers: its place, its article offsets, and what speaks for it (names in RANKING)."""

    passage: int
    start: int
    end: int
    text: str
    features: Mapping[str, float]
    score: float = 0.0


def look_closer(
    reader: Reader, question: str, passages: Sequence[Passage], offered: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The candidates, best first; the first LOOKED_AT know the names in CLOSER too."""
    looked_at = offered[:LOOKED_AT]
    places = [(c.passage, *around(passages[c.passage], c.start, c.end)) for c in looked_at]
    distinct = list(dict.fromkeys(places))
    texts = [slice_of(passages[number], start, end) for number, start, end in distinct]
    readings = reader.read(question, texts, [passages[number].title for number, _, _ in distinct])
    found = dict(zip(distinct, readings, strict=True))
    known = [
        replace(candidate, features={**candidate.features, **_told(candidate, place[1], found[place])})
        for candidate, place in zip(looked_at, places, strict=True)
    ]
    return (*known, *offered[LOOKED_AT:])


def around(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Article offsets of the sentence, or sentences, that hold the article offsets start to end."""
    first, last = start - passage.start, end - passage.start
    touched = [(a, b) for a, b in sentences(passage.text) if a < last and b > first]
    return passage.start + touched[0][0], passage.start + touched[-1][1]


def slice_of(passage: Passage, start: int, end: int) -> str:
    """The passage's text between two article offsets."""
    return passage.text[start - passage.start : end - passage.start]


def _told(candidate: Candidate, begin: int, reading: Reading) -> dict[str, float]:
    start, end = candidate.start - begin, candidate.end - begin
    over = next((span for span in reading.spans if span.start < end and span.end > start), None)
    first = reading.spans[0] if reading.spans else None
    return {
        "alone_margin": _clipped(over.score - reading.not_here) if over is not None else -CLIP,
        "alone_relevance": _clipped(reading.relevance),
        "alone_best": _clipped(reading.margin),
        "alone_same": float(first is not None and (first.start, first.end) == (start, end)),
        "alone_first": float(over is not None and over is first),
    }


def _clipped(value: float) -> float:
    return max(-CLIP, min(CLIP, value))
