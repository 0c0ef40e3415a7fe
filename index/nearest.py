"""Which live chunks are nearest to a question's vector? A Chroma generation plus an exact scan of what is newer."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.errors import LibraryDamaged
from index.vectors import Generation, Server

# A filter that leaves at most this many rows is scanned exactly: milliseconds, where Chroma's own filters took 47 to
# 185 ms (DESIGN.md, traps).
EXACT_ROWS = 20_000
_BLOCK_ROWS = 16_384

Ids = NDArray[np.int64]
Ranking = list[tuple[int, float]]


class Nearest:
    """Searches vectors for one library, in one process. Knows the catalogue's revision and follows it.

    When a generation is missing or damaged, everything is scanned exactly from the catalogue: slower, never wrong;
    `damaged` then says why, and the next add or `onrecord check --repair` builds a new one.
    """

    def __init__(self, catalogue: Catalogue, folder: Path, server: Callable[[], Server] | None) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._connect = server
        self._server: Server | None = None
        self._server_upto = 0
        self._generation: Generation | None = None
        self._generation_name: str | None = None
        self._tail_ids: Ids = np.zeros(0, dtype=np.int64)
        self._tail: NDArray[np.float16] | None = None
        self._revision = -1
        self._guard = threading.RLock()
        self.damaged: str | None = None

    def search(self, vector: NDArray[np.float32], k: int, *, allowed: Ids | None = None) -> Ranking:
        """Up to k (chunk id, cosine), best first; `allowed` (ascending ids) narrows it, None means all.

        May return chunks that are no longer live: the caller joins with the catalogue.
        """
        with self._guard:
            self._follow()
            if allowed is not None and len(allowed) == 0:
                return []
            if allowed is not None and len(allowed) <= EXACT_ROWS:
                return self._exact(vector, k, allowed)
            found = self._approximate(vector, k, allowed)
            return _merged([*found, *self._scan_tail(vector, k, allowed)], k)

    def close(self) -> None:
        """Let the files go."""
        with self._guard:
            if self._generation is not None:
                self._generation.close()
            self._generation, self._generation_name, self._revision = None, None, -1

    # state -----------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Open the generation that the catalogue names, and load the rows that are newer than it."""
        revision = self._catalogue.revision()
        if revision == self._revision:
            return
        name = self._catalogue.meta("generation")
        if self._connect is not None:
            self._server = self._server or self._connect()
            upto = int(self._catalogue.meta("server_upto") or 0)
            if upto != self._server_upto:
                self._tail, self._tail_ids, self._server_upto = None, np.zeros(0, dtype=np.int64), upto
        elif name != self._generation_name:
            if self._generation is not None:
                self._generation.close()
            self._generation, self.damaged = None, None
            self._tail, self._tail_ids = None, np.zeros(0, dtype=np.int64)
            if name is not None:
                try:
                    self._generation = Generation(self._folder / name)
                except LibraryDamaged as error:
                    self.damaged = str(error)
            self._generation_name = name
        self._extend_tail()
        self._revision = revision

    def _extend_tail(self) -> None:
        held = self._generation.ids if self._generation is not None else self._tail_ids[:0]
        above = int(held[-1]) if len(held) else self._server_upto
        if len(self._tail_ids):
            above = max(above, int(self._tail_ids[-1]))
        rows = list(self._catalogue.embeddings(above=above))
        if not rows:
            return
        ids = np.array([chunk_id for chunk_id, _ in rows], dtype=np.int64)
        part = np.frombuffer(b"".join(row for _, row in rows), dtype=np.float16).reshape(len(rows), -1)
        self._tail = part if self._tail is None else np.concatenate([self._tail, part])
        self._tail_ids = np.concatenate([self._tail_ids, ids])

    # searching -------------------------------------------------------------------------------------------------

    def _approximate(self, vector: NDArray[np.float32], k: int, allowed: Ids | None) -> Ranking:
        store = self._server or self._generation
        if store is None:
            return []
        total = len(self._generation.ids) if self._generation is not None else 0
        wanted = k
        if allowed is not None:
            # Twice as many as the filter's share says, so that k are left; short answers are scanned exactly.
            share = max(1.0, total / max(1, len(allowed))) if total else 4.0
            wanted = int(2 * k * share)
        try:
            found = store.nearest(vector, wanted)
        except LibraryDamaged:
            raise
        except Exception as error:  # Chroma raises many kinds when its files were taken away; scanning needs none
            if self._server is not None:
                raise
            self.damaged = f"Chroma failed on {self._folder}: {error}"
            return self._exact(vector, k, allowed if allowed is not None else self._all_ids())
        if allowed is None:
            return found
        kept = [(chunk_id, score) for chunk_id, score in found if _contains(allowed, chunk_id)]
        return kept if len(kept) >= k or len(found) < wanted else self._exact(vector, k, allowed)

    def _all_ids(self) -> Ids:
        assert self._generation is not None
        return self._generation.ids

    def _exact(self, vector: NDArray[np.float32], k: int, allowed: Ids) -> Ranking:
        """Scan just the allowed rows of generation and tail."""
        if self._server is not None:
            return self._exact_from_catalogue(vector, k, allowed)
        ranking: Ranking = []
        if self._generation is not None and len(self._generation.ids):
            held = self._generation.ids
            positions = np.searchsorted(held, allowed)
            positions = positions[positions < len(held)]
            positions = positions[np.isin(held[positions], allowed, assume_unique=True)]
            ranking += _scan(self._generation.matrix, held, positions, vector, k)
        return _merged([*ranking, *self._scan_tail(vector, k, allowed)], k)

    def _exact_from_catalogue(self, vector: NDArray[np.float32], k: int, allowed: Ids) -> Ranking:
        rows = [(i, row) for i, row in self._catalogue.embeddings() if _contains(allowed, i)]
        if not rows:
            return []
        matrix = np.frombuffer(b"".join(row for _, row in rows), dtype=np.float16).reshape(len(rows), -1)
        ids = np.array([i for i, _ in rows], dtype=np.int64)
        return _scan(matrix, ids, np.arange(len(ids)), vector, k)

    def _scan_tail(self, vector: NDArray[np.float32], k: int, allowed: Ids | None) -> Ranking:
        if self._tail is None or not len(self._tail_ids):
            return []
        positions = np.arange(len(self._tail_ids))
        if allowed is not None:
            positions = positions[np.isin(self._tail_ids, allowed, assume_unique=True)]
        return _scan(self._tail, self._tail_ids, positions, vector, k)


def _contains(ids: Ids, chunk_id: int) -> bool:
    position = int(np.searchsorted(ids, chunk_id))
    return position < len(ids) and int(ids[position]) == chunk_id


def _scan(
    matrix: NDArray[np.float16], ids: Ids, positions: NDArray[np.intp], vector: NDArray[np.float32], k: int
) -> Ranking:
    """Exact cosines of the rows at `positions`, k best. float16 rows lose less than .001 of cosine."""
    scores = np.empty(len(positions), dtype=np.float32)
    for begin in range(0, len(positions), _BLOCK_ROWS):
        block = positions[begin : begin + _BLOCK_ROWS]
        scores[begin : begin + len(block)] = matrix[block].astype(np.float32) @ vector
    best = np.argpartition(-scores, k - 1)[:k] if len(scores) > k else np.arange(len(scores))
    return _merged([(int(ids[positions[i]]), float(scores[i])) for i in best], k)


def _merged(pairs: Ranking, k: int) -> Ranking:
    return sorted(dict(pairs).items(), key=lambda pair: (-pair[1], pair[0]))[:k]
