"""Which of the spans found in several passages is the answer, and how likely is it right?"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import ReaderError
from index.records import Passage
from rag.english import content, fold, names
from rag.reader.model import MEND, WEIGHTS
from rag.reader.records import Reading

# Logits beyond this say no more; a clipped feature keeps one odd passage from deciding everything.
_CLIP = 12.0
RANKING = ("margin", "relevance", "word_share", "vector_score", "rank")
CONFIDENCE = ("margin", "relevance", "lead", "agreement", "name_cover", "word_cover", "vector_score", "word_share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A span that a passage offers: its place, its article offsets, and what speaks for it (names in RANKING)."""

    passage: int
    start: int
    end: int
    text: str
    features: Mapping[str, float]
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Candidates best first, at most one a passage, and the probability in [0, 1] that the first is right."""

    candidates: tuple[Candidate, ...]
    confidence: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Two linear models: a score that orders candidates, and a logistic probability for the first.

    `threshold` is the confidence below which the reader declines; how it was chosen stands in the model card.
    """

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> "Judge":
        """From `judge.json` beside the reader's weights. Raises ReaderError."""
        path = folder / "judge.json"
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            return cls(ranking=stored["ranking"], confidence=stored["confidence"], threshold=float(stored["threshold"]))
        except (OSError, ValueError, KeyError) as error:
            raise ReaderError(f"{path} cannot be read ({error}). {MEND.format(folder=folder)}") from error

    def judge(self, question: str, passages: Sequence[Passage], readings: Sequence[Reading]) -> Judgement:
        """Order what the passages offer. No candidate where no passage has a word."""
        found = [
            candidate
            for number, (passage, reading) in enumerate(zip(passages, readings, strict=True))
            if (candidate := self._candidate(number, passage, reading, passages)) is not None
        ]
        ordered = sorted(found, key=lambda c: (-c.score, c.passage))
        if not ordered:
            return Judgement(candidates=(), confidence=0.0, features={})
        features = confidence_features(question, ordered, passages)
        return Judgement(
            candidates=tuple(ordered), confidence=_logistic(_linear(self.confidence, features)), features=features
        )

    def _candidate(
        self, number: int, passage: Passage, reading: Reading, passages: Sequence[Passage]
    ) -> Candidate | None:
        if not reading.spans:
            return None
        features = ranking_features(number, passage, reading, passages)
        span = reading.spans[0]
        return Candidate(
            passage=number, start=passage.start + span.start, end=passage.start + span.end, text=span.text,
            features=features, score=_linear(self.ranking, features),
        )  # fmt: skip


def ranking_features(number: int, passage: Passage, reading: Reading, passages: Sequence[Passage]) -> dict[str, float]:
    """What orders candidates: the reader's logits, and both searches' scores for the passage."""
    best_word = max((other.word_score or 0.0 for other in passages), default=0.0) or 1.0
    return {
        "margin": max(-_CLIP, min(_CLIP, reading.margin)),
        "relevance": max(-_CLIP, min(_CLIP, reading.relevance)),
        "word_share": (passage.word_score or 0.0) / best_word,
        "vector_score": passage.vector_score or 0.0,
        "rank": 1.0 / (1 + number),
    }


def confidence_features(question: str, ordered: Sequence[Candidate], passages: Sequence[Passage]) -> dict[str, float]:
    """What tells whether the first candidate is right."""
    best = ordered[0]
    passage = passages[best.passage]
    rivals = [other for other in ordered[1:] if not same_words(other.text, best.text)]
    around = f"{passage.title} {passage.text}"
    asked_names = [word for name in names(question) for word in content(name)]
    return {
        **{name: best.features[name] for name in ("margin", "relevance", "vector_score", "word_share")},
        "lead": min(_CLIP, best.score - rivals[0].score) if rivals else _CLIP,
        "agreement": float(
            min(3, sum(same_words(other.text, best.text) and other.features["margin"] > 0 for other in ordered[1:]))
        ),
        "name_cover": _cover(asked_names, around),
        "word_cover": _cover(content(question), around),
    }


def same_words(one: str, other: str) -> bool:
    """Do two spans say the same, apart from articles, case and punctuation?"""
    return _key(one) == _key(other)


def _key(text: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    return " ".join(word for word in kept if word not in {"the", "a", "an"})


def _cover(wanted: Sequence[str], text: str) -> float:
    """Share of the wanted stems that the text has; 1 when nothing is wanted."""
    if not wanted:
        return 1.0
    have = set(content(text))
    return sum(word in have for word in wanted) / len(wanted)


def _linear(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
