"""Which of the spans found in several passages is the answer, and how likely is it right?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.records import Passage
from rag.corrections import is_taken_back
from rag.english import content, fold, names
from rag.reader.closer import CLOSER, Candidate, look_closer
from rag.reader.comparer import Compares
from rag.reader.features import CLIP, cover, features
from rag.reader.kinds import counts_another, is_dateline, is_owner, is_source, is_subject
from rag.reader.learned import linear, logistic, stored
from rag.reader.model import WEIGHTS
from rag.reader.records import Reading, ScoredSpan

# Spans of a passage that are weighed: a second one is right where the first is of another kind than was asked for.
WEIGHED = 3
# The lead of a span without a rival, as in a library of one short article: that of a clear answer among several. The
# judge never met one, and a lead without end made it sure of anything.
ALONE_LEAD = 3.0
CONFIDENCE = (
    "margin", "relevance", "lead", "agreement", "name_cover", "cover", "sentence_cover", "kind", "echo", "vector_score",
    "word_share", *CLOSER,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Candidates best first, at most one a passage, and the probability in [0, 1] that the first is right."""

    candidates: tuple[Candidate, ...]
    confidence: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Linear models: a score that orders the spans of all passages (`ranking`), one that orders the first of them again
    when the comparer has seen them (`closer`), and a logistic probability for the one in front (`confidence`).

    `threshold` is the confidence below which the reader declines; how it was chosen stands in the model card.
    """

    ranking: Mapping[str, float]
    closer: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> "Judge":
        """From `judge.json` beside the reader's weights. Raises ReaderError."""
        return stored(
            folder, "judge.json",
            lambda known: cls(
                ranking=known["ranking"], closer=known["closer"], confidence=known["confidence"],
                threshold=float(known["threshold"]),
            ),
        )  # fmt: skip

    def judge(
        self, question: str, passages: Sequence[Passage], readings: Sequence[Reading], comparer: Compares
    ) -> Judgement:
        """Order what the passages offer. No candidate where no passage has a word."""
        offered = self.offered(question, passages, readings)
        return self.judged(question, passages, look_closer(comparer, question, passages, offered))

    def offered(
        self, question: str, passages: Sequence[Passage], readings: Sequence[Reading], *, weighed: int | None = WEIGHED
    ) -> tuple[Candidate, ...]:
        """The first `weighed` spans of each passage (None: all), best first by what the passages' readings and both
        searches say.
        """
        best_word = max((passage.word_score or 0.0 for passage in passages), default=0.0)
        found = [
            self._candidate(
                span, number, passage, features(question, number, passage, reading, span, best_word=best_word)
            )
            for number, (passage, reading) in enumerate(zip(passages, readings, strict=True))
            for span in reading.spans[:weighed]
            if not _answers_another(question, passage.text, span)
        ]
        return tuple(sorted(found, key=lambda candidate: (-candidate.score, candidate.passage, candidate.start)))

    def by_reading(self, question: str, passage: Passage, reading: Reading) -> list[tuple[ScoredSpan, float]]:
        """Every span of a passage with the score that its reading alone gives it: passages that different searches
        found are compared by it.
        """
        bare = replace(passage, word_score=None, vector_score=None)
        return [
            (span, linear(self.ranking, features(question, 0, bare, reading, span, best_word=0.0)))
            for span in reading.spans
        ]

    def judged(self, question: str, passages: Sequence[Passage], looked_at: Sequence[Candidate]) -> Judgement:
        """Order candidates again, of which the first were looked at closer, and say how likely the one in front is
        right.
        """
        ordered = _one_a_passage(passages, self.reordered(looked_at))
        if not ordered:
            return Judgement(candidates=(), confidence=0.0, features={})
        found_features = confidence_features(question, ordered, passages)
        return Judgement(
            candidates=tuple(ordered),
            confidence=logistic(linear(self.confidence, found_features)),
            features=found_features,
        )

    def reordered(self, looked_at: Sequence[Candidate]) -> list[Candidate]:
        """Those that were looked at stay in front; the others follow at the distance that they had."""
        known = [candidate for candidate in looked_at if CLOSER[0] in candidate.features]
        again = [replace(candidate, score=linear(self.closer, candidate.features)) for candidate in known]
        if not again:
            return list(looked_at)
        last, floor = known[-1].score, min(candidate.score for candidate in again)
        behind = [replace(c, score=floor - (last - c.score)) for c in looked_at[len(known) :]]
        return sorted([*again, *behind], key=lambda candidate: (-candidate.score, candidate.passage, candidate.start))

    def _candidate(self, span: ScoredSpan, number: int, passage: Passage, known: Mapping[str, float]) -> Candidate:
        return Candidate(
            passage=number, start=passage.start + span.start, end=passage.start + span.end, text=span.text,
            features=known, score=linear(self.ranking, known),
        )  # fmt: skip


def _answers_another(question: str, text: str, span: ScoredSpan) -> bool:
    return (
        is_owner(question, text, span.end)
        or is_subject(question, text, span.start)
        or is_source(question, text, span.start)
        or counts_another(question, text, span.end)
        or is_dateline(text, span.start)
        or is_taken_back(question, text, span.start, span.end)
    )


def _one_a_passage(passages: Sequence[Passage], ordered: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate of each passage, best first."""
    offers: dict[int, list[Candidate]] = {}
    for candidate in ordered:
        offers.setdefault(candidate.passage, []).append(candidate)
    best = [_told_in_prose(passages[number], offered) for number, offered in offers.items()]
    return sorted(best, key=lambda candidate: (-candidate.score, candidate.passage))


def _told_in_prose(passage: Passage, offered: Sequence[Candidate]) -> Candidate:
    """The best candidate; where it stands in a headline or highlight, the body's own words for it, if there."""
    best = max(offered, key=lambda candidate: (candidate.score, -candidate.start))
    if _is_prose(passage, best):
        return best
    wanted = set(_key(best.text).split())
    for other in offered:
        if wanted <= set(_key(other.text).split()) and _is_prose(passage, other):
            return replace(other, score=best.score, features=best.features)
    return best


def _is_prose(passage: Passage, candidate: Candidate) -> bool:
    """Does the candidate stand in a line that ends like a sentence?"""
    text, start, end = passage.text, candidate.start - passage.start, candidate.end - passage.start
    stop = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else len(text)].rstrip()
    return line[-1:] in {".", "!", "?", "”", '"', "’"}


def confidence_features(question: str, ordered: Sequence[Candidate], passages: Sequence[Passage]) -> dict[str, float]:
    """What tells whether the first candidate is right."""
    best = ordered[0]
    passage = passages[best.passage]
    rivals = [other for other in ordered[1:] if not same_words(other.text, best.text)]
    around = f"{passage.title} {passage.text}"
    asked_names = [word for name in names(question) for word in content(name)]
    return {
        **{name: best.features[name] for name in CONFIDENCE if name in best.features},
        "lead": min(CLIP, best.score - rivals[0].score) if rivals else ALONE_LEAD,
        "agreement": float(
            min(3, sum(same_words(other.text, best.text) and other.features["margin"] > 0 for other in ordered[1:]))
        ),
        "name_cover": cover(asked_names, around),
    }


def same_words(one: str, other: str) -> bool:
    """Do two spans say the same, apart from articles, case and punctuation?"""
    return _key(one) == _key(other)


def _key(text: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    return " ".join(word for word in kept if word not in {"the", "a", "an"})
