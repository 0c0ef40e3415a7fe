"""Which of the things that people say in several passages answers a question for somebody's words, and how likely?

The reader points at a part of what somebody said; the comparer, given the whole, tells better whether it answers, and
who says it is read from the sentence. Learned on questions for words (evals/calibrate_quotations.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.records import Passage
from rag.english import words
from rag.reader.comparer import Compares, Place
from rag.reader.features import CLIP
from rag.reader.learned import linear, logistic, stored
from rag.reader.model import WEIGHTS
from rag.reader.records import Reading
from rag.utterances import Utterance, asked_speaker, spoken_by, utterances

SCALE = 4.0  # logits are weighed in units of four
FEATURES = ("compared", "speaker", "margin", "rank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An utterance of `passages[passage]`; `features` by the names in FEATURES."""

    passage: int
    said: Utterance
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationModel:
    """`weights` order the quotations of a question; `slope` and `offset` turn the score of the first into a
    probability, which has to reach `threshold`.
    """

    weights: Mapping[str, float]
    slope: float
    offset: float
    threshold: float

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> "QuotationModel":
        """From `quotations.json` beside the reader's weights. Raises ReaderError."""
        return stored(
            folder, "quotations.json",
            lambda known: cls(
                weights=known["weights"], slope=float(known["slope"]), offset=float(known["offset"]),
                threshold=float(known["threshold"]),
            ),
        )  # fmt: skip

    def best(self, found: Sequence[Quotation]) -> tuple[Quotation, float] | None:
        """The likeliest of one question's quotations, and a probability in [0, 1] that it answers."""
        first = max(found, key=self.score, default=None)
        if first is None:
            return None
        return first, logistic(self.slope * self.score(first) + self.offset)

    def score(self, quotation: Quotation) -> float:
        """What orders them."""
        return linear(self.weights, quotation.features)


def quotations(
    question: str, passages: Sequence[Passage], readings: Sequence[Reading], comparer: Compares
) -> list[Quotation]:
    """Everything that is said in the passages, but for what is said by another than the one who is asked about."""
    who = asked_speaker(question)
    found = [
        (number, said, speaker)
        for number, passage in enumerate(passages)
        for said in utterances(passage.text)
        if (speaker := spoken_by(who, passage, said)) >= 0
    ]
    places = [
        Place(title=passages[number].title, text=passages[number].text, start=said.start, end=said.end)
        for number, said, _ in found
    ]
    marks = comparer.compare(question, None, places)
    return [
        Quotation(
            passage=number,
            said=said,
            features={
                "compared": mark,
                "speaker": speaker,
                "margin": _pointed(readings[number], said) / SCALE,
                "rank": 1 / (1 + number),
            },
        )
        for (number, said, speaker), mark in zip(found, marks, strict=True)
    ]


def around(question: str, passage: Passage, start: int, end: int) -> Utterance | None:
    """The quotation that the place in `passage.text` is a part of, by whoever may be asked about; else one of the
    passage that has the same words.
    """
    who = asked_speaker(question)
    own = [said for said in utterances(passage.text) if said.quoted and spoken_by(who, passage, said) >= 0]
    part = f" {' '.join(words(passage.text[start:end]))} "
    holding = (said for said in own if said.start <= start and end <= said.end)
    repeating = (said for said in own if part in f" {' '.join(words(passage.text[said.start : said.end]))} ")
    return next(holding, None) or next(repeating, None)


def by_another(question: str, passage: Passage, start: int, end: int) -> bool:
    """Is the place in `passage.text` part of what somebody else says than the one who is asked about?"""
    who = asked_speaker(question)
    return any(
        spoken_by(who, passage, said) < 0 for said in utterances(passage.text) if said.start < end and start < said.end
    )


def _pointed(reading: Reading, said: Utterance) -> float:
    """By how much the reader's best span in the sentences of an utterance beats "not here"."""
    inside = (span.score for span in reading.spans if span.start < said.last and said.first < span.end)
    return max(-CLIP, min(CLIP, max(inside, default=-CLIP) - reading.not_here))
