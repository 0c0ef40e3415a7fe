"""What speaks for a span as the answer, beside the reader's own scores? Its kind, its sentence, and both searches."""

from collections.abc import Sequence
from functools import lru_cache

from index.records import Passage
from index.sentences import sentences
from rag.english import content
from rag.reader.fitting import fitting
from rag.reader.records import Reading, ScoredSpan

# Logits beyond this say no more; a clipped feature keeps one odd passage from deciding everything.
CLIP = 12.0
RANKING = ("margin", "relevance", "word_share", "vector_score", "rank", "cover", "sentence_cover", "kind", "echo")


def features(
    question: str, number: int, passage: Passage, reading: Reading, span: ScoredSpan, *, best_word: float
) -> dict[str, float]:
    """By the names in RANKING. `number` is the passage's place, `best_word` the highest BM25 among the passages."""
    asked = _asked(question)
    around = " ".join(passage.text[a:b] for a, b in sentences(passage.text) if a < span.end and b > span.start)
    return {
        "margin": max(-CLIP, min(CLIP, span.score - reading.not_here)),
        "relevance": max(-CLIP, min(CLIP, reading.relevance)),
        "word_share": (passage.word_score or 0.0) / (best_word or 1.0),
        "vector_score": passage.vector_score or 0.0,
        "rank": 1.0 / (1 + number),
        "cover": cover(asked, f"{passage.title} {passage.text}"),
        "sentence_cover": cover(asked, f"{passage.title} {around}"),
        "kind": fitting(question, passage.text, span.start, span.end),
        "echo": float(bool(asked) and set(content(span.text)) <= set(asked)),
    }


def cover(wanted: Sequence[str], text: str) -> float:
    """Share of the wanted stems that the text has; 1 when nothing is wanted."""
    if not wanted:
        return 1.0
    have = _stems(text)
    return sum(word in have for word in wanted) / len(wanted)


@lru_cache(maxsize=64)
def _asked(question: str) -> tuple[str, ...]:
    return tuple(content(question))


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    """A passage's stems are asked for by each of its spans."""
    return frozenset(content(text))
