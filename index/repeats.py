"""Is this passage the same as one already found? Copies of a story are shown once, with every outlet that has it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from index.records import Passage

# A currency or per cent sign is a word of its own: 5 dollars are not 5 euros.
_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*|[$€£¥%]")
# Share of a passage's word triples that must stand in the kept one: an editor's trim passes, another text does not.
CONTAINED = 0.8
_SHINGLE = 3


def merge_repeats(passages: Iterable[Passage]) -> list[Passage]:
    """The passages in order, repeats within one copy group folded into the first, which then names all outlets.

    A passage that says a number, date or name of its own is never folded: that difference is news.
    """
    kept: list[Passage] = []
    of_group: dict[str, list[int]] = defaultdict(list)
    for passage in passages:
        group = of_group[passage.copy_group] if passage.copy_group is not None else []
        place = next((i for i in group if _repeats(passage, kept[i])), None)
        if place is None:
            own = passage.outlets or ((passage.outlet,) if passage.outlet else ())
            group.append(len(kept))
            kept.append(passage if passage.outlets == own else replace(passage, outlets=own))
            continue
        earlier = kept[place]
        names = dict.fromkeys([*earlier.outlets, *((passage.outlet,) if passage.outlet else ())])
        kept[place] = replace(
            earlier,
            outlets=tuple(names),
            vector_rank=_lower(earlier.vector_rank, passage.vector_rank),
            word_rank=_lower(earlier.word_rank, passage.word_rank),
        )
    return kept


def _repeats(passage: Passage, earlier: Passage) -> bool:
    if passage.article_id == earlier.article_id:
        return False
    words, others = _WORD.findall(passage.text), _WORD.findall(earlier.text)
    # In order: 12 dead and 38 hurt is not 38 dead and 12 hurt.
    rest = iter(_telling(others))
    if not all(word in rest for word in _telling(words)):
        return False
    shingles = _shingles(words)
    return len(shingles & _shingles(others)) >= CONTAINED * len(shingles)


def _telling(words: list[str]) -> list[str]:
    """Words with a digit, number words, negations and capitalised words, in order: what makes two reports differ."""
    return [
        word.casefold()
        for word in words
        if any(character.isdigit() for character in word)
        or word[0].isupper()
        or word in "$€£¥%"
        or word.casefold() in _TELLING
        or word.casefold().endswith(("n't", "n’t"))
        or not _TELLING.isdisjoint(word.casefold().split("-"))
    ]


_TELLING = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth dozen dozens scores hundreds "
    "thousands millions billions half quarter once twice double triple single both percent "
    "no not never none nobody nothing neither nor without cannot".split()
)


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    lowered = [word.casefold() for word in words]
    return {tuple(lowered[i : i + _SHINGLE]) for i in range(max(1, len(lowered) - _SHINGLE + 1))}


def _lower(first: int | None, second: int | None) -> int | None:
    ranks = [rank for rank in (first, second) if rank is not None]
    return min(ranks) if ranks else None
