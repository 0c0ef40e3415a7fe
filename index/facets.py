"""Which chunks pass a filter by outlet, day or article? Held in memory, since Chroma filters slowly."""

import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from index.lookup import Lookup
from index.records import Filters

Ids = NDArray[np.int64]
# Filters whose ids are kept: a conversation asks within the same few. 1.6 MB each for 200,000 chunks.
_KEPT = 8


class Facets:
    """For each chunk its day and outlet, as arrays in order of chunk id; follows the catalogue by what is new.

    Chunks that were retired since stay in: whoever asks joins with the catalogue anyway. 18 bytes a chunk.
    """

    def __init__(self, catalogue: Lookup) -> None:
        self._catalogue = catalogue
        self._guard = threading.Lock()
        self._generation: str | None = None
        self._revision = -1
        self._ids: Ids = np.zeros(0, dtype=np.int64)
        self._days: NDArray[np.bytes_] = np.zeros(0, dtype="S10")
        self._outlets: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._codes: dict[str | None, int] = {}
        self._kept: OrderedDict[Filters, Ids] = OrderedDict()

    def allowed(self, filters: Filters) -> Ids:
        """Ascending ids of the chunks that pass. An undated article never passes a date filter."""
        if filters.article_ids:
            of_articles = np.array(self._catalogue.live_chunks_of(filters.article_ids), dtype=np.int64)
            rest = Filters(outlets=filters.outlets, after=filters.after, before=filters.before)
            return of_articles if rest == Filters() else np.intersect1d(of_articles, self.allowed(rest))
        with self._guard:
            self._follow()
            known = self._kept.get(filters)
            if known is not None:
                self._kept.move_to_end(filters)
                return known
            passing = np.ones(len(self._ids), dtype=bool)
            if filters.outlets:
                wanted = [self._codes[outlet] for outlet in filters.outlets if outlet in self._codes]
                passing &= np.isin(self._outlets, wanted)
            if filters.after or filters.before:
                passing &= self._days != b""
            if filters.after:
                passing &= self._days >= filters.after[:10].encode()
            if filters.before:
                passing &= self._days < filters.before[:10].encode()
            found: Ids = self._ids[passing]
            self._kept[filters] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return found

    def _follow(self) -> None:
        revision = self._catalogue.revision()
        if revision == self._revision:
            return
        generation = self._catalogue.meta("generation")
        if generation != self._generation:
            # A new generation is the moment to let retired chunks go.
            self._ids, self._days, self._outlets = self._ids[:0], self._days[:0], self._outlets[:0]
            self._generation = generation
        above = int(self._ids[-1]) if len(self._ids) else 0
        rows = sorted(self._catalogue.facets(above=above))
        if rows:
            days = [(published or "")[:10].encode() for _, published, _ in rows]
            codes = [self._codes.setdefault(outlet, len(self._codes)) for _, _, outlet in rows]
            self._ids = np.concatenate([self._ids, np.array([row[0] for row in rows], dtype=np.int64)])
            self._days = np.concatenate([self._days, np.array(days, dtype="S10")])
            self._outlets = np.concatenate([self._outlets, np.array(codes, dtype=np.int32)])
        self._kept.clear()
        self._revision = revision
