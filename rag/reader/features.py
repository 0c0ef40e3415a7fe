"""What speaks for a span as the answer, beside the reader's own scores? Its kind, its sentence, and both searches."""

import re
from collections.abc import Sequence

from index.records import Passage
from index.sentences import sentences
from rag.english import content, numbers
from rag.reader.records import Reading, ScoredSpan

# Logits beyond this say no more; a clipped feature keeps one odd passage from deciding everything.
CLIP = 12.0
RANKING = ("margin", "relevance", "word_share", "vector_score", "rank", "cover", "sentence_cover", "kind", "echo")
_FIGURE = re.compile(
    r"\bhow (?:many|much|long|old|far|deep|high|tall|big|large|fast|wide|heavy|hot|cold|often)\b|"
    r"\b(?:what|which) (?:percentage|share|number|proportion|amount)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:year|day|date|month|weekday|time|century|decade)\b|\bsince what\b", re.IGNORECASE
)
_PERSON = re.compile(r"^\W*(?:(?:to|by|for|with|from) )?(?:who|whom|whose)\b", re.IGNORECASE)
_TIMES = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december|morning|afternoon|evening|night|noon|midnight|spring|summer|autumn|fall|winter|"
    r"yesterday|today|tomorrow|week|weeks|month|months|year|years|century|after|before|during|ago)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:dozens?|scores|hundreds|thousands|millions|several|many|few|half|none|no|twice|once)\b", re.I
)


def features(
    question: str, number: int, passage: Passage, reading: Reading, span: ScoredSpan, *, best_word: float
) -> dict[str, float]:
    """By the names in RANKING. `number` is the passage's place, `best_word` the highest BM25 among the passages."""
    asked = content(question)
    around = " ".join(passage.text[a:b] for a, b in sentences(passage.text) if a < span.end and b > span.start)
    return {
        "margin": max(-CLIP, min(CLIP, span.score - reading.not_here)),
        "relevance": max(-CLIP, min(CLIP, reading.relevance)),
        "word_share": (passage.word_score or 0.0) / (best_word or 1.0),
        "vector_score": passage.vector_score or 0.0,
        "rank": 1.0 / (1 + number),
        "cover": cover(asked, f"{passage.title} {passage.text}"),
        "sentence_cover": cover(asked, f"{passage.title} {around}"),
        "kind": kind(question, span.text),
        "echo": float(bool(asked) and set(content(span.text)) <= set(asked)),
    }


def cover(wanted: Sequence[str], text: str) -> float:
    """Share of the wanted stems that the text has; 1 when nothing is wanted."""
    if not wanted:
        return 1.0
    have = set(content(text))
    return sum(word in have for word in wanted) / len(wanted)


def kind(question: str, answer: str) -> float:
    """1 when the answer is of the kind that is asked for, -1 when it is not, 0 when the question leaves it open."""
    if _FIGURE.search(question):
        return 1.0 if numbers(answer) or _VAGUE.search(answer) or re.search(r"\d", answer) else -1.0
    if _TIME.search(question):
        return 1.0 if _TIMES.search(answer) else -1.0
    if _PERSON.search(question):
        return 1.0 if re.search(r"[A-Z]", answer) and not re.search(r"\d", answer) else -1.0
    return 0.0
