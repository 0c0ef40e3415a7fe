"""Where in a passage does the answer stand, or is it not there? MiniLM with three heads, int8, no torch."""

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import load_tokenizer
from index.errors import ReaderError

WEIGHTS = Path(__file__).parent / "weights"
MENDS = "pip install --force-reinstall onrecord"
# What it was trained on (evals/reader_training/examples.py): longer passages are read in windows.
QUESTION_PIECES = 48
WINDOW_PIECES = 230
# Windows overlap by more than the longest span, so that no answer is cut in every one of them.
STRIDE_PIECES = 170
SPAN_PIECES = 30
# Starts and ends that are combined; the best span is among them in all but a few of ten thousand passages.
_EDGES = 16
_CLS, _SEP = 101, 102
KEPT_SPANS = 5


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Code-point offsets into the passage, end-exclusive, and the sum of the start and end logits."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage, in logits.

    `relevance`: does the passage answer the question at all? `not_here`: the score of "no span". `spans`: the best
    ones, best first, none overlapping another; empty for a passage without a word. A span's margin is its score less
    `not_here`.
    """

    relevance: float
    not_here: float
    spans: tuple[ScoredSpan, ...]

    @property
    def margin(self) -> float:
        """By how much the best span beats "not here"; -inf without a span."""
        return self.spans[0].score - self.not_here if self.spans else float("-inf")


class Reader:
    """Reads a question against passages, one by one on all cores: dynamic int8 makes a result depend on its batch, so
    that only batches of one agree with themselves, and they are the fastest here too.
    """

    def __init__(self, path: Path, *, workers: int | None = None) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's errors share no base class
            raise ReaderError(f"The reader's weights {path} cannot be loaded ({error}): {MENDS}") from error
        self._tokenizer = load_tokenizer(None)
        self._workers = workers or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)
        self._pool: ThreadPoolExecutor | None = None

    @classmethod
    def load(cls, folder: str | Path | None = None) -> "Reader":
        """The reader that is shipped, or another folder of the same form.

        Raises ReaderError, with the command that mends it, when a file is missing or is not the one that was shipped.
        """
        place = Path(folder) if folder is not None else WEIGHTS
        check_weights(place)
        return cls(place / "reader.onnx")

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """One Reading for each passage, each depending on its own passage alone."""
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION_PIECES]
        encoded = self._tokenizer.encode_batch(list(passages), add_special_tokens=False)
        order = sorted(range(len(passages)), key=lambda i: -len(encoded[i].ids))
        readings: dict[int, Reading] = {}

        def run(place: int) -> None:
            readings[place] = self._one(asked, encoded[place].ids, encoded[place].offsets)

        if self._workers == 1 or len(order) < 2:
            for place in order:
                run(place)
        else:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="onrecord-reader")
            list(self._pool.map(run, order))
        return [readings[place] for place in range(len(passages))]

    def _one(self, asked: list[int], pieces: list[int], offsets: list[tuple[int, int]]) -> Reading:
        parts = [self._window(asked, pieces, offsets, begin) for begin in _windows(len(pieces))]
        if len(parts) == 1:
            return parts[0]
        best = max(parts, key=lambda part: part.margin)
        spans = _apart([span for part in parts for span in _against(part, best.not_here)])
        return Reading(max(part.relevance for part in parts), best.not_here, tuple(spans[:KEPT_SPANS]))

    def _window(self, asked: list[int], pieces: list[int], offsets: list[tuple[int, int]], begin: int) -> Reading:
        part = pieces[begin : begin + WINDOW_PIECES]
        ids = np.array([[_CLS, *asked, _SEP, *part, _SEP]], dtype=np.int64)
        kinds = np.zeros_like(ids)
        first = len(asked) + 2
        kinds[0, first:] = 1
        (logits,) = self._session.run(None, {"input_ids": ids, "token_type_ids": kinds})
        start, end = logits[0, first : first + len(part), 0], logits[0, first : first + len(part), 1]
        not_here = float(logits[0, 0, 0] + logits[0, 0, 1])
        spans = [
            ScoredSpan(offsets[begin + a][0], offsets[begin + b][1], score) for a, b, score in _best_pairs(start, end)
        ]
        return Reading(float(logits[0, 0, 2]), not_here, tuple(_apart(spans)[:KEPT_SPANS]))


def check_weights(folder: Path) -> None:
    """Compare every file with the manifest beside it. Raises ReaderError."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise ReaderError(f"The reader's weights are not at {folder}: {MENDS}") from error
    for name, digest in manifest.items():
        path = folder / name
        if not path.is_file():
            raise ReaderError(f"{path} is missing: {MENDS}")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise ReaderError(f"{path} is not the file that was shipped: {MENDS}")


def _windows(pieces: int) -> list[int]:
    """Where windows begin, so that they cover the passage."""
    if pieces <= WINDOW_PIECES:
        return [0]
    return [*range(0, pieces - WINDOW_PIECES, STRIDE_PIECES), pieces - WINDOW_PIECES]


def _best_pairs(start: NDArray[np.float32], end: NDArray[np.float32]) -> list[tuple[int, int, float]]:
    """(first piece, last piece, score) of spans of at most SPAN_PIECES, best first."""
    count = min(_EDGES, len(start))
    if count == 0:
        return []
    starts, ends = np.argsort(-start, kind="stable")[:count], np.argsort(-end, kind="stable")[:count]
    scores = start[starts][:, None] + end[ends][None, :]
    length = ends[None, :] - starts[:, None]
    scores = np.where((length >= 0) & (length < SPAN_PIECES), scores, -np.inf)
    order = np.argsort(-scores, axis=None, kind="stable")[: 4 * KEPT_SPANS]
    pairs = []
    for flat in order:
        a, b = divmod(int(flat), count)
        if np.isfinite(scores[a, b]):
            pairs.append((int(starts[a]), int(ends[b]), float(scores[a, b])))
    if not pairs:
        best = int(np.argmax(start + end))
        pairs = [(best, best, float(start[best] + end[best]))]
    return pairs


def _apart(spans: Sequence[ScoredSpan]) -> list[ScoredSpan]:
    """Best first, without those that overlap a better one."""
    kept: list[ScoredSpan] = []
    for span in sorted(spans, key=lambda s: (-s.score, s.start, s.end)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return kept


def _against(part: Reading, not_here: float) -> list[ScoredSpan]:
    """A window's spans with their margins kept, against another window's "not here"."""
    shift = not_here - part.not_here
    return [ScoredSpan(span.start, span.end, span.score + shift) for span in part.spans]
