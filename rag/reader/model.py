"""What does the trained reader make of a question and its passages? int8 ONNX Runtime, no torch."""

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import session
from index.errors import ReaderError
from rag.reader.cleaning import cleaned
from rag.reader.records import Reading, ScoredSpan
from rag.reader.spans import best_spans, merged
from rag.reader.windows import TITLE_PIECES, heading_of, windows

WEIGHTS = Path(__file__).parent / "weights"
CLS, SEP = 101, 102
# A question beyond this is cut: the training questions had at most 48 pieces, and each costs every window.
QUESTION_PIECES, TOLD_PIECES = 64, 64
# A passage beyond this is read up to here: chunks are hundreds of characters, a megabyte is a mistake.
LONGEST_PASSAGE = 200_000
KEPT_READINGS = 128
# Fused, the twelve sums and layer norms take five times as long as one by one, and a passage 7 to 10 % (evals/LOG.md).
SLOWER = ("SkipLayerNormFusion",)
MEND = "Install them again: pip install --force-reinstall --no-deps onrecord (in a checkout: git checkout -- {folder})"


class Reader:
    """Reads passages one at a time, on as many threads as there are cores: dynamic int8 would make a passage's scores
    depend on its batch, and batches of one are the fastest here (evals/LOG.md). So a passage's reading depends on
    the question and the passage alone.
    """

    def __init__(self, session: Any, tokenizer: Any, *, fingerprint: str, clean: bool = True) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._clean = clean
        # A follow-up's passages are read to order them and once more to answer: the same question of the same passage.
        self._known = lru_cache(maxsize=KEPT_READINGS)(self._read)
        self.fingerprint = fingerprint
        self._workers = workers()

    @classmethod
    def load(cls, path: Path | None = None, *, clean: bool = True) -> "Reader":
        """The reader in the folder `path` (None: the one that is shipped). `clean`: spans as a person would quote them.

        Raises ReaderError when a file is missing or is not the one in the manifest, with the command that mends it.
        """
        folder = path or WEIGHTS
        fingerprint = verified(folder)
        loaded = session(folder / "reader.onnx", without=SLOWER)
        return cls(loaded, tokenizer_of(folder), fingerprint=fingerprint, clean=clean)

    def read(
        self, question: str, passages: Sequence[str], titles: Sequence[str] | None = None, *, told: str = ""
    ) -> list[Reading]:
        """A reading of each passage, in their order; equal inputs give equal readings, whatever is read beside them.

        `titles`: of the passages' articles, "" where there is none; a passage is read under its title, and answers
        lie in the passage alone. `told`: a sentence of another report that answers; what does each passage say in its
        place?
        """
        named = titles or [""] * len(passages)
        asked = (*self._pieces(question)[:QUESTION_PIECES], *self._pieces(told)[:TOLD_PIECES])
        # Longest first, so that the threads end together.
        order = sorted(range(len(passages)), key=lambda position: -len(passages[position]))
        result: dict[int, Reading] = {}
        if self._workers == 1 or len(order) < 2:
            result = {position: self._known(asked, passages[position], named[position]) for position in order}
        else:
            with ThreadPoolExecutor(self._workers) as pool:
                readings = pool.map(lambda place: self._known(asked, passages[place], named[place]), order)
                result = dict(zip(order, readings, strict=True))
        return [result[position] for position in range(len(passages))]

    def _pieces(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _read(self, question: Sequence[int], passage: str, title: str) -> Reading:
        encoding = self._tokenizer.encode(passage[:LONGEST_PASSAGE], add_special_tokens=False)
        ids, offsets = encoding.ids, encoding.offsets
        heading = self._pieces(heading_of(title, passage))[:TITLE_PIECES]
        found: list[tuple[int, int, float]] = []
        relevance, not_here = -100.0, 100.0
        best = -np.inf
        for left, right in windows(len(ids), len(question) + len(heading)):
            whole = np.array([[CLS, *question, SEP, *heading, *ids[left:right], SEP]], dtype=np.int64)
            kinds = np.zeros_like(whole)
            kinds[0, len(question) + 2 :] = 1
            first = len(question) + 2 + len(heading)
            start, end, related = self._session.run(None, {"ids": whole, "kinds": kinds})
            spans = best_spans(start[0, first:-1], end[0, first:-1], offsets[left:right], passage)
            nothing = float(start[0, 0] + end[0, 0])
            relevance = max(relevance, float(related[0]))
            if not spans:
                continue
            found.extend(spans)
            # "Not here" is judged where the best span stands.
            if spans[0][2] - nothing > best:
                best, not_here = spans[0][2] - nothing, nothing
        chosen = merged(found, passage)
        if self._clean:
            chosen = _distinct([self._cleaned(span, passage) for span in chosen])
        return Reading(relevance=relevance, not_here=not_here, spans=chosen)

    @staticmethod
    def _cleaned(span: ScoredSpan, passage: str) -> ScoredSpan:
        start, end = cleaned(passage, span.start, span.end)
        return ScoredSpan(start, end, span.score, passage[start:end])


def _distinct(spans: Sequence[ScoredSpan]) -> tuple[ScoredSpan, ...]:
    """Without those that grew into a better one."""
    kept: list[ScoredSpan] = []
    for span in spans:
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(kept)


def tokenizer_of(folder: Path) -> Any:
    """The weights' tokenizer, which neither pads nor cuts."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def workers() -> int:
    """Threads that read side by side: one for each core that this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def verified(folder: Path, *more: str) -> str:
    """The hash of the reader's weights in a folder, after its files and those named were compared with the manifest.
    Raises ReaderError.
    """
    mend = MEND.format(folder=folder)
    try:
        files: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        expected = files["reader.onnx"]
        named = [(name, files[name]) for name in ("reader.onnx", "tokenizer.json", *more)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderError(f"The local reader's weights in {folder} are missing or unreadable. {mend}") from error
    for name, wanted in named:
        try:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ReaderError(f"The local reader's file {folder / name} is missing. {mend}") from error
        if digest != wanted:
            raise ReaderError(
                f"The local reader's file {folder / name} is damaged (sha256 {digest[:12]}, not {wanted[:12]}). {mend}"
            )
    return expected


@cache
def _load() -> Reader:
    return Reader.load()


_LOADING = threading.Lock()


def shipped() -> Reader:
    """The reader that is shipped, one a process: assistants share its memory and threads. Raises ReaderError."""
    with _LOADING:
        return _load()
