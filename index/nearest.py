"""Which live chunks are nearest to a question's vector? A Chroma generation plus an exact scan of what is newer."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryDamaged
from index.facets import Ids
from index.lookup import Lookup
from index.server import Server
from index.vectors import Generation

# A filter that leaves at most this many rows is scanned exactly: milliseconds, where Chroma's own filters took 47 to
# 185 ms (DESIGN.md, traps).
EXACT_ROWS = 20_000
# Beyond this many neighbours a graph search costs more than scanning all rows.
_MOST_NEIGHBOURS = 2_000
_BLOCK_ROWS = 16_384

Ranking = list[tuple[int, float]]
_NONE: Ids = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _State:
    """What a search works on; never altered, so that searches in many threads need no lock."""

    revision: int = -1
    name: str | None = None
    generation: Generation | None = None
    server: Server | None = None
    server_upto: int = 0
    tail_ids: Ids = field(default_factory=lambda: _NONE)
    tail: NDArray[np.float16] | None = None
    # Ascending ids of chunks that are out, yet may be in the generation or the tail.
    retired: Ids = field(default_factory=lambda: _NONE)
    retired_place: int = 0


class Nearest:
    """Searches vectors for one library, in one process, from any thread. Follows the catalogue's revision.

    When a generation is missing or damaged, everything is scanned exactly from the catalogue: slower, never wrong;
    `damaged` then says why, and the next add or `onrecord check --repair` builds a new one.
    """

    def __init__(self, catalogue: Lookup, folder: Path, server: Callable[[], Server] | None) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._connect = server
        self._state = _State()
        self._guard = threading.Lock()
        self.damaged: str | None = None

    def search(self, vector: NDArray[np.float32], k: int, *, allowed: Ids | None = None) -> Ranking:
        """Up to k (chunk id, cosine), best first; `allowed` (ascending ids) narrows it, None means all.

        Chunks that went out in this very moment may be among them: the caller joins with the catalogue.
        """
        with self._guard:
            state = self._follow()
            in_use = state.generation.used() if state.generation is not None else nullcontext()
            in_use.__enter__()
        try:
            return self._search(state, vector, k, allowed)
        except LibraryDamaged as error:
            if state.generation is None:
                raise
            self._give_up(state, str(error))
            return self._exact(state, vector, k, allowed if allowed is not None else self._everything(state))
        finally:
            in_use.__exit__(None, None, None)

    def close(self) -> None:
        """Let the files go."""
        with self._guard:
            if self._state.generation is not None:
                self._state.generation.close()
            self._state = _State()

    # state -----------------------------------------------------------------------------------------------------

    def _follow(self) -> _State:
        """Open the generation that the catalogue names, and load the rows that are newer than it."""
        revision = self._catalogue.revision()
        state = self._state
        if revision == state.revision:
            return state
        name = self._catalogue.meta("generation")
        if self._connect is not None:
            upto = int(self._catalogue.meta("server_upto") or 0)
            if state.server is None or upto != state.server_upto:
                server = state.server or self._connect()
                self._refuse_emptied(server)
                state = _State(server=server, server_upto=upto)
        elif name != state.name or state.revision < 0:
            before, self.damaged, generation = state.generation, None, None
            if name is not None:
                try:
                    generation = Generation(self._folder / name)
                except LibraryDamaged as error:
                    self.damaged = str(error)
            state = _State(name=name, generation=generation)
            if before is not None:
                before.close()
        self._state = replace(self._extended(state), revision=revision)
        return self._state

    def _refuse_emptied(self, server: Server) -> None:
        expected = int(self._catalogue.meta("server_rows") or 0)
        if (held := server.count()) < expected // 2:
            raise LibraryDamaged(
                f"The Chroma server {server.url} holds {held} of {expected} chunks: run onrecord check --repair"
            )

    def _extended(self, state: _State) -> _State:
        """With the rows and retirements that came since."""
        held = state.generation.ids if state.generation is not None else _NONE
        above = int(held[-1]) if len(held) else state.server_upto
        if len(state.tail_ids):
            above = max(above, int(state.tail_ids[-1]))
        rows = list(self._catalogue.embeddings(above=above))
        if rows:
            ids = np.array([chunk_id for chunk_id, _ in rows], dtype=np.int64)
            part = np.frombuffer(b"".join(row for _, row in rows), dtype=np.float16).reshape(len(rows), -1)
            state = replace(
                state,
                tail=part if state.tail is None else np.concatenate([state.tail, part]),
                tail_ids=np.concatenate([state.tail_ids, ids]),
            )
        gone = self._catalogue.retired(after=state.retired_place)
        if gone:
            ids = np.array([chunk_id for _, chunk_id in gone], dtype=np.int64)
            state = replace(state, retired=np.union1d(state.retired, ids), retired_place=gone[-1][0])
        return state

    def _give_up(self, state: _State, reason: str) -> None:
        """Chroma failed on files that looked whole: scan exactly from now on, until there is another generation."""
        with self._guard:
            self.damaged = reason
            if self._state.generation is state.generation and state.generation is not None:
                state.generation.close()
                without = _State(revision=state.revision, name=state.name)
                self._state = self._extended(without)

    # searching -------------------------------------------------------------------------------------------------

    def _search(self, state: _State, vector: NDArray[np.float32], k: int, allowed: Ids | None) -> Ranking:
        if k < 1 or (allowed is not None and len(allowed) == 0):
            return []
        if allowed is not None and len(allowed) <= EXACT_ROWS:
            return self._exact(state, vector, k, allowed)
        return _merged([*self._approximate(state, vector, k, allowed), *_scan_tail(state, vector, k, allowed)], k)

    def _approximate(self, state: _State, vector: NDArray[np.float32], k: int, allowed: Ids | None) -> Ranking:
        store = state.server or state.generation
        if store is None:
            return []
        wanted = k
        if allowed is not None:
            # A third more than the filter's share says, so that k are left.
            total = len(state.generation.ids) if state.generation is not None else 4 * len(allowed)
            wanted = int(4 / 3 * k * max(1.0, total / len(allowed)))
        # The many versions of a story that was updated all day lie close together: retired ones may fill every place.
        while wanted <= _MOST_NEIGHBOURS:
            found = store.nearest(vector, wanted)
            kept = [
                (chunk_id, score)
                for chunk_id, score in found
                if not _contains(state.retired, chunk_id) and (allowed is None or _contains(allowed, chunk_id))
            ]
            if len(kept) >= k or len(found) < wanted:
                return kept
            wanted *= 4
        return self._exact(state, vector, k, allowed if allowed is not None else self._everything(state))

    def _everything(self, state: _State) -> Ids:
        if state.generation is None:
            return self._catalogue.live_ids()
        return np.concatenate([state.generation.ids, state.tail_ids])

    def _exact(self, state: _State, vector: NDArray[np.float32], k: int, allowed: Ids) -> Ranking:
        """Scan just the allowed rows of generation and tail."""
        if len(state.retired):
            allowed = np.setdiff1d(allowed, state.retired, assume_unique=True)
        if state.server is not None:
            rows = self._catalogue.embeddings_of([int(chunk_id) for chunk_id in allowed])
            if not rows:
                return []
            matrix = np.frombuffer(b"".join(row for _, row in rows), dtype=np.float16).reshape(len(rows), -1)
            ids = np.array([chunk_id for chunk_id, _ in rows], dtype=np.int64)
            return _scan(matrix, ids, np.arange(len(ids)), vector, k)
        ranking: Ranking = []
        if state.generation is not None and len(state.generation.ids):
            held = state.generation.ids
            positions = np.searchsorted(held, allowed)
            inside = positions < len(held)
            positions, sought = positions[inside], allowed[inside]
            ranking += _scan(state.generation.matrix, held, positions[held[positions] == sought], vector, k)
        return _merged([*ranking, *_scan_tail(state, vector, k, allowed)], k)


def _scan_tail(state: _State, vector: NDArray[np.float32], k: int, allowed: Ids | None) -> Ranking:
    if state.tail is None or not len(state.tail_ids):
        return []
    wanted = np.ones(len(state.tail_ids), dtype=bool)
    if len(state.retired):
        wanted &= ~np.isin(state.tail_ids, state.retired)
    if allowed is not None:
        wanted &= np.isin(state.tail_ids, allowed)
    return _scan(state.tail, state.tail_ids, np.flatnonzero(wanted), vector, k)


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
