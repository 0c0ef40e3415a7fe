"""Is this passage the same as one already found? Copies of a story are shown once, with every outlet that has it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from index.records import Passage

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
# Share of a passage's word triples that must stand in the kept one: an editor's trim passes, another text does not.
CONTAINED = 0.8
_SHINGLE = 3


def merge_repeats(passages: Iterable[Passage]) -> list[Passage]:
    """The passages in order, repeats within one copy group folded into the first, which then names all outlets.

    A passage that says a number, date or name of its own is never folded: that difference is news.
    """
    kept: list[Passage] = []
    for passage in passages:
        place = next((i for i, earlier in enumerate(kept) if _repeats(passage, earlier)), None)
        if place is None:
            own = passage.outlets or ((passage.outlet,) if passage.outlet else ())
            kept.append(replace(passage, outlets=own))
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
    if passage.copy_group is None or passage.copy_group != earlier.copy_group:
        return False
    if passage.article_id == earlier.article_id:
        return False
    words, others = _WORD.findall(passage.text), _WORD.findall(earlier.text)
    if not set(_telling(passage.text)) <= set(_telling(earlier.text)):
        return False
    shingles = _shingles(words)
    return len(shingles & _shingles(others)) >= CONTAINED * len(shingles)


def _telling(text: str) -> list[str]:
    """Words with a digit, number words, and capitalised words: what makes two reports differ."""
    return [
        word.casefold()
        for word in _WORD.findall(text)
        if any(character.isdigit() for character in word) or word[0].isupper() or word.casefold() in _NUMBERS
    ]


_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen "
    "no not".split()
)


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    lowered = [word.casefold() for word in words]
    return {tuple(lowered[i : i + _SHINGLE]) for i in range(max(1, len(lowered) - _SHINGLE + 1))}


def _lower(first: int | None, second: int | None) -> int | None:
    ranks = [rank for rank in (first, second) if rank is not None]
    return min(ranks) if ranks else None
