"""Which articles are copies of one story? MinHash signatures, compared through locality-sensitive bands."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

# 32 bands of 4 rows: pairs alike in half of their word triples meet in some band with probability .87, unlike ones rarely.
PERMUTATIONS = 128
BAND_ROWS = 4
ALIKE = 0.5
_SHINGLE = 3


class CopyFinder:
    """Remembers the signatures of a library's articles and says which group a new one joins.

    A group is named after the first article in it. Built once for an `add` from the stored signatures.
    """

    def __init__(self) -> None:
        self._signatures: dict[str, NDArray[np.uint32]] = {}
        self._groups: dict[str, str] = {}
        self._bands: dict[bytes, list[str]] = defaultdict(list)

    @staticmethod
    def signature(text: str) -> bytes:
        """What is stored of an article to compare it by: MinHash over its word triples, little-endian uint32."""
        from rensa import RMinHash

        words = "".join(c.lower() if c.isalnum() else " " for c in text).split()
        shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(sorted(shingles))
        return np.array(sketch.digest(), dtype="<u4").tobytes()

    def remember(self, article_id: str, signature: bytes, group: str | None) -> None:
        """Take in an article that is stored already."""
        self.forget(article_id)
        values = np.frombuffer(signature, dtype="<u4")
        self._signatures[article_id] = values
        if group is not None:
            self._groups[article_id] = group
        for band in _bands(values):
            self._bands[band].append(article_id)

    def forget(self, article_id: str) -> None:
        """Drop an article, before it is stored anew."""
        values = self._signatures.pop(article_id, None)
        self._groups.pop(article_id, None)
        if values is not None:
            for band in _bands(values):
                self._bands[band].remove(article_id)

    def join(self, article_id: str, signature: bytes) -> dict[str, str]:
        """Article id -> copy group, for each article whose group changes; empty when nothing stored is alike."""
        self.forget(article_id)
        values = np.frombuffer(signature, dtype="<u4")
        candidates = {other for band in _bands(values) for other in self._bands.get(band, ())}
        alike = sorted(other for other in candidates if float(np.mean(self._signatures[other] == values)) >= ALIKE)
        if not alike:
            self.remember(article_id, signature, None)
            return {}
        group = next((self._groups[other] for other in alike if other in self._groups), alike[0])
        self.remember(article_id, signature, group)
        changed = {other: group for other in alike if self._groups.get(other) != group}
        self._groups.update(changed)
        return {**changed, article_id: group}


def _bands(values: NDArray[np.uint32]) -> list[bytes]:
    return [
        bytes([position]) + values[begin : begin + BAND_ROWS].tobytes()
        for position, begin in enumerate(range(0, len(values), BAND_ROWS))
    ]
