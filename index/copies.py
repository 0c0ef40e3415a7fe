"""Which articles are copies of one story: as the agency sent it, cut, reworded, under a new lead or headline?"""

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

# Three words: of unrelated articles on one story at most 5 % of the triples are shared, of pairs 16 % (evals/LOG.md).
_SHINGLE = 3
# Copies of an article are cut from its end; what stands behind so many words is not needed to know it again (16 KB).
_WORDS = 4_096
# Every fourth triple, chosen by its hash, is looked up; all are compared with what was found. So an article shares
# about as large a part of the sample with its copy as of its triples (FracMinHash: Irber et al. 2022).
_SAMPLED = np.uint32(4)
# Of a text with so few triples all are looked up: a quarter would say too little.
_FEW = 64
# Copies share at least a quarter of their triples, of which this part of the sample is asked for. It is low: looking
# at a stranger costs 20 microseconds.
_CANDIDATE = 0.04
_CANDIDATES = 64
# A triple that so many articles have ("said in a statement") says nothing; of a story with more copies some are enough.
_COMMON = 256
# A copy is alike all along, a follow-up only where it repeats the background. So the shorter text is cut into stretches
# of 16 triples, and this share of them (chosen on dev) must repeat the other text in at least 3; with 20 % of the words
# exchanged about 8 still do.
_STRETCH, _REPEATED, ALIKE = 16, 3, 0.55
# Two briefs are told in the same words ("ten people died in the Alder fire, police said"): in so short a text a third
# of all triples must be repeated, where a fifth of the words is exchanged half are.
_BRIEF, _REPEATED_OF_BRIEF = 4 * _STRETCH, 0.35
# What is shorter than a fifth of the other is a brief, or one of many items in a round-up, and not its copy.
_SHORTEST = 0.2

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+(?:[.,’'-]\w+)*")
# Other signatures (of older libraries) do not begin so and are passed over.
_MARK = b"\x02cop"

# So many articles are sorted in at a time, to bound the memory: about 30 MB.
_SETTLED = 4_096
_HALF, _PLACE = np.uint64(32), np.uint64(0xFFFFFFFF)

Hashes = NDArray[np.uint32]


class CopyFinder:
    """Remembers the signatures of a library's articles and says which group a new one joins.

    A group is named after the first article in it (`group_name`). Built once for an `add` from the stored signatures.
    """

    def __init__(self) -> None:
        self._signatures: list[Hashes | None] = []
        self._ids: list[str] = []
        self._places: dict[str, int] = {}
        self._groups: dict[str, str] = {}
        self._members: dict[str, set[str]] = defaultdict(set)
        # The sample: hash and place of its article as one number, sorted, in arrays each at least twice the next.
        self._levels: list[NDArray[np.uint64]] = []
        self._loose: list[tuple[Hashes, int]] = []

    @staticmethod
    def signature(text: str) -> bytes:
        """What is stored of an article to compare it by: the hashes of its word triples in order, 4 bytes a word."""
        words = _WORD.findall(text.casefold())[:_WORDS]
        words.extend([""] * (_SHINGLE - len(words)))
        single = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in words], dtype=np.uint64)
        mixed = _mixed(single)
        together = mixed[:-2] + mixed[1:-1] * np.uint64(3) + mixed[2:] * np.uint64(7)
        return _MARK + (_mixed(together) >> np.uint64(32)).astype("<u4").tobytes()

    def remember(self, article_id: str, signature: bytes, group: str | None) -> None:
        """Take in an article that is stored already."""
        self.forget(article_id)
        if group is not None:
            self._groups[article_id] = group
            self._members[group].add(article_id)
        if not signature.startswith(_MARK):
            return
        values: Hashes = np.frombuffer(signature, dtype="<u4", offset=len(_MARK))
        place = len(self._ids)
        self._places[article_id] = place
        self._ids.append(article_id)
        self._signatures.append(values)
        self._loose.append((values, place))

    def forget(self, article_id: str) -> None:
        """Drop an article, before it is stored anew."""
        place = self._places.pop(article_id, None)
        if place is not None:
            self._signatures[place] = None
        group = self._groups.pop(article_id, None)
        if group is not None:
            self._members[group].discard(article_id)

    def join(self, article_id: str, signature: bytes) -> dict[str, str]:
        """Article id -> copy group, for each article whose group changes; empty when nothing stored is alike."""
        self.forget(article_id)
        alike = self.alike(signature)
        if not alike:
            self.remember(article_id, signature, None)
            return {}
        groups = list(dict.fromkeys(self._groups[other] for other in alike if other in self._groups))
        group = groups[0] if groups else group_name([*alike, article_id], lambda name: bool(self._members.get(name)))
        # A copy of articles in two groups shows that both are one story.
        joining = {other for other in alike if other not in self._groups}
        for older in groups[1:]:
            joining |= self._members.pop(older)
        for other in joining:
            self._groups[other] = group
        self._members[group] |= joining
        self.remember(article_id, signature, group)
        return {**dict.fromkeys(sorted(joining), group), article_id: group}

    def alike(self, signature: bytes) -> list[str]:
        """Ids of the stored articles that this one is a copy of, in the order in which they were stored."""
        values: Hashes = np.frombuffer(signature, dtype="<u4", offset=len(_MARK))
        found = []
        for place in sorted(self._candidates(_sample(values))):
            other = self._signatures[place]
            if other is not None and likeness(values, other) >= ALIKE:
                found.append(self._ids[place])
        return found

    def _candidates(self, sample: Hashes) -> list[int]:
        self._settle()
        owners = np.concatenate([np.zeros(0, np.uint32), *(_owners(level, sample) for level in self._levels)])
        places, shared = np.unique(owners, return_counts=True)
        enough = shared >= max(1.0, _CANDIDATE * len(sample))
        places, shared = places[enough], shared[enough]
        best = np.argsort(-shared, kind="stable")[:_CANDIDATES]
        return [int(place) for place in places[best]]

    def _settle(self) -> None:
        """Sort what was remembered since into the arrays; each hash is moved a few times in all."""
        if not self._loose:
            return
        loose, self._loose = self._loose, []
        entries = np.concatenate(
            [_entries(loose[begin : begin + _SETTLED]) for begin in range(0, len(loose), _SETTLED)]
        )
        while self._levels and len(self._levels[-1]) < 2 * len(entries):
            entries = np.concatenate([self._levels.pop(), entries])
        self._levels.append(np.sort(entries))


def group_name(members: Sequence[str], is_used: Callable[[str], bool]) -> str:
    """The id of the first member after which no group is named: it may have left one that keeps its name."""
    numbered = (hashlib.sha256(f"{number} {members[0]}".encode()).hexdigest()[:16] for number in count())
    return next(name for name in chain(members, numbered) if not is_used(name))


def likeness(first: Hashes, second: Hashes) -> float:
    """The share of the shorter text's stretches that repeat the other text; 0 when it is far shorter."""
    shorter, longer = (first, second) if len(first) <= len(second) else (second, first)
    if len(shorter) < _SHORTEST * len(longer):
        return 0.0
    repeated = np.isin(shorter, longer)
    if len(shorter) < _BRIEF and repeated.mean() < _REPEATED_OF_BRIEF:
        return 0.0
    counts = np.add.reduceat(repeated.astype(np.int64), np.arange(0, len(repeated), _STRETCH))
    sizes = np.full(len(counts), _STRETCH)
    sizes[-1] = len(repeated) - _STRETCH * (len(counts) - 1)
    # The last stretch counts by its length, and is asked for as much of it.
    passed = counts * _STRETCH >= _REPEATED * sizes
    return float(np.sum(sizes[passed]) / len(repeated))


def _sample(values: Hashes) -> Hashes:
    return np.unique(values if len(values) < _FEW else values[values % _SAMPLED == 0])


def _entries(part: list[tuple[Hashes, int]]) -> NDArray[np.uint64]:
    """Hash and place of every sampled triple in some articles, as one number each."""
    lengths = np.array([len(values) for values, _ in part])
    hashes = np.concatenate([values for values, _ in part])
    chosen = hashes % _SAMPLED == 0
    if lengths.min() < _FEW:
        chosen |= np.repeat(lengths < _FEW, lengths)
    counts = np.add.reduceat(chosen, np.cumsum(lengths) - lengths, dtype=np.int64)
    places = np.repeat(np.array([place for _, place in part], dtype=np.uint64), counts)
    entries: NDArray[np.uint64] = (hashes[chosen].astype(np.uint64) << _HALF) | places
    return entries


def _owners(level: NDArray[np.uint64], sample: Hashes) -> Hashes:
    """The places of the articles that have each hash of the sample, once for each that they share with it."""
    lowest = sample.astype(np.uint64) << _HALF
    begin = np.searchsorted(level, lowest, "left")
    count = np.minimum(np.searchsorted(level, lowest | _PLACE, "right") - begin, _COMMON)
    offsets = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    found: Hashes = (level[np.repeat(begin, count) + offsets] & _PLACE).astype(np.uint32)
    return found


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each bit of a value spread over all of them (the finisher of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
