"""Which sentence best carries the answer? The answerer that needs no reader: similarity and shared rare words."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from index.encoder import Embedder, encode
from index.records import Passage
from index.sentences import sentences
from rag.answerers.port import Outcome
from rag.records import Evidence, Finding, Span

# On the newsroom's dev half, best sentences of answerable questions score above this in .80 of cases and those of
# unanswerable ones below in .55: a sentence search cannot know more, which is what the local reader is for.
NEAR = 0.52
# Cosine and word cover count alike; neither alone separates as well on the same questions.
_COVER = 0.5
_WORD = re.compile(r"\w+")
_FUNCTION_WORDS = frozenset(
    "a an the of in on at to for from by with and or is are was were be been do does did has have had who what when "
    "where which why how many much long far old it its this that their his her there as than".split()
)


class Extractive:
    """Answers with one sentence of the passages, or not at all when none is near enough."""

    name = "extractive"

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
        """One finding at most: the sentence itself, with its offsets."""
        found = [
            (number, start, end, passage.text[start:end])
            for number, passage in enumerate(passages)
            for start, end in sentences(passage.text)
            if len(_WORD.findall(passage.text[start:end])) > 3
        ]
        if not found:
            yield Outcome(confidence=0.0)
            return
        vectors = encode(self._embedder, [question, *(text for *_, text in found)])
        cosines = vectors[1:] @ vectors[0]
        covers = _covers(question, [text for *_, text in found])
        scores = (1 - _COVER) * cosines + _COVER * covers
        best = int(np.argmax(scores))
        confidence = 1 / (1 + math.exp(-12 * (float(scores[best]) - NEAR)))
        if scores[best] >= NEAR:
            number, start, end, text = found[best]
            offset = passages[number].start
            span = Span(offset + start, offset + end)
            yield Finding(
                text=text, answer=text, confidence=confidence, evidence=(Evidence(passage=number, spans=(span,)),)
            )
        yield Outcome(confidence=confidence)


def _covers(question: str, texts: Sequence[str]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Share of the question's content words that each text has, rare words (among these texts) counting more."""
    words = [{_stem(word) for word in _WORD.findall(text)} for text in texts]
    frequency = Counter(word for text in words for word in text)
    asked = {_stem(word) for word in _WORD.findall(question) if word.lower() not in _FUNCTION_WORDS}
    weights = {word: math.log(1 + len(texts) / (1 + frequency[word])) for word in asked}
    total = sum(weights.values()) or 1.0
    return np.array([sum(weights[word] for word in asked & text) / total for text in words])


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)$", "", word.lower()) or word.lower()
