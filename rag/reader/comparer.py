"""Does a marked place answer the question, by itself or in the place of what another report says?

Where the reader looks for an answer, the comparer judges one. It reads the question, where there is one the sentence of
the report that is known, and the words around the place, with the known answer and the place in brackets. Its upper
layers are its own, the lower ones the reader's.
"""

import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.encoder import session
from index.records import Passage
from index.sentences import sentences
from rag.english import names, placed_numbers
from rag.likeness import Form
from rag.moments import find
from rag.reader.model import CLS, SEP, SLOWER, WEIGHTS, tokenizer_of, verified, workers
from rag.reader.windows import TITLE_PIECES, heading_of

COMPARER = "comparer.onnx"
OPEN, CLOSE = "[", "]"
QUESTION_PIECES, SENTENCE_PIECES, AROUND_PIECES = 48, 64, 90
_FIGURE = re.compile(r"\w(?:[\w.,’'-]*\w)?(?: (?:hundred|thousand|million|billion|percent)\b)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a text under its article's title: `text[start:end]`."""

    title: str
    text: str
    start: int
    end: int


class Compares(Protocol):
    """The comparer, or what stands in for it in tests."""

    def compare(self, question: str, known: Place | None, others: Sequence[Place]) -> list[float]:
        """For each of the others a logit: does it answer the question, as the known place does where there is one?"""
        ...


class Comparer:
    """Reads one place at a time, so that its score depends on nothing else, on as many threads as there are cores."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> "Comparer":
        """From `comparer.onnx` beside the reader's weights, which hold its lower layers. Raises ReaderError."""
        verified(folder, COMPARER)
        return cls(session(folder / COMPARER, without=SLOWER), tokenizer_of(folder))

    def compare(self, question: str, known: Place | None, others: Sequence[Place]) -> list[float]:
        """For each of the others a logit: does it answer the question, as the known place does where there is one?"""

        def score(other: Place) -> float:
            before, after = compared(question, known, other, self._pieces)
            whole = np.array([[CLS, *before, SEP, *after, SEP]], dtype=np.int64)
            kinds = np.zeros_like(whole)
            kinds[0, len(before) + 2 :] = 1
            return float(self._session.run(None, {"ids": whole, "kinds": kinds})[0][0])

        if workers() == 1 or len(others) < 2:
            return [score(other) for other in others]
        with ThreadPoolExecutor(workers()) as pool:
            return list(pool.map(score, others))

    def _pieces(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def marked(passage: Passage, start: int, end: int, form: Form) -> Place:
    """The figure, name or day in `passage.text[start:end]` as a place."""
    start, end = anchored(passage.text, start, end, form)
    return Place(title=passage.title, text=passage.text, start=start, end=end)


def anchored(text: str, start: int, end: int, form: Form) -> tuple[int, int]:
    """The figure, name or day itself in text[start:end]: "at least four people" -> "four"."""
    span = text[start:end]
    if form == "number":
        first = next((place for place, _ in placed_numbers(span)), None)
        return figure_at(text, start + first) if first is not None else (start, end)
    if form == "time":
        moment = next(iter(find(span)), None)
        return (start + moment.start, start + moment.end) if moment else (start, end)
    if form == "name":
        named = next(iter(names(f"of {span}")), None)
        place = span.find(named) if named else -1
        return (start + place, start + place + len(named)) if named and place >= 0 else (start, end)
    return start, end


def figure_at(text: str, start: int) -> tuple[int, int]:
    """The figure that begins at `start`, with the words for its size."""
    match = _FIGURE.match(text, start)
    return (start, match.end()) if match else (start, start + 1)


def compared(
    question: str, known: Place | None, other: Place, pieces: Callable[[str], Sequence[int]]
) -> tuple[list[int], list[int]]:
    """What is read, before and after the separator. `pieces` turns a text into the ids of its word pieces."""
    asked = list(pieces(question)[:QUESTION_PIECES])
    if known is not None:
        asked += pieces(heading_of(known.title, known.text))[:TITLE_PIECES]
        asked += _around(known, pieces, SENTENCE_PIECES, before=0)
    heading = pieces(heading_of(other.title, other.text))[:TITLE_PIECES]
    return asked, [*heading, *_around(other, pieces, AROUND_PIECES, before=1)]


def _around(place: Place, pieces: Callable[[str], Sequence[int]], most: int, *, before: int) -> list[int]:
    """The sentence around a place, which is bracketed, after `before` earlier ones; at most so many pieces."""
    bounds = sentences(place.text)
    at = next((i for i, (_, end) in enumerate(bounds) if place.start < end), len(bounds) - 1)
    first, last = bounds[max(0, at - before)][0], max(bounds[at][1], place.end)
    left = pieces(place.text[min(first, place.start) : place.start])
    inside = [*pieces(OPEN), *pieces(place.text[place.start : place.end])[: most // 3], *pieces(CLOSE)]
    right = pieces(place.text[place.end : last])
    room = most - len(inside)
    after = min(len(right), max(room // 2, room - len(left)))
    return [*left[max(0, len(left) - (room - after)) :], *inside, *right[:after]]


@cache
def _load() -> Comparer:
    return Comparer.load()


_LOADING = threading.Lock()


def shipped_comparer() -> Comparer:
    """The comparer that is shipped, one a process. Raises ReaderError."""
    with _LOADING:
        return _load()
