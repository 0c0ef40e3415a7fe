"""Which word brings a name in, and does the source bring in the same name by it? "From A to B" is not "from B to A"."""

from collections.abc import Sequence

from index.sentences import sentences
from rag.verify.names import TITLES, Name, matches, names
from rag.verify.words import Token, same, tokenize

_BRINGING = frozenset("from to in at on for of by with near against into under over behind off".split())
_BETWEEN = frozenset("the a an his her its their".split())
# How near a name must stand to a word to be meant by it as well ("the coaster, which was called Anna Pelham").
_NEAR = 3


def other_name(claim: str, quote: str, *, known: frozenset[str] = frozenset()) -> str:
    """Why a name of `claim` stands behind a word that has another one in `quote`; empty when none does."""
    mine = tokenize(claim)
    named = names(claim, known)
    for start, end in sentences(quote):
        sentence = quote[start:end]
        theirs, given = tokenize(sentence), names(sentence, known)
        reason = _exchanged(mine, named, theirs, given) or _described_otherwise(mine, named, theirs, given)
        if reason:
            return reason
    return ""


def _brought_by(tokens: Sequence[Token], name: Name) -> Token | None:
    """The preposition or other word right before a name, articles and titles left out."""
    place = name.first - 1
    while place >= 0 and (tokens[place].low in _BETWEEN or tokens[place].low in TITLES):
        place -= 1
    return tokens[place] if place >= 0 and tokens[place].low[0].isalpha() else None


def _exchanged(mine: Sequence[Token], named: Sequence[Name], theirs: Sequence[Token], given: Sequence[Name]) -> str:
    """Two names that have changed places: each is brought in by the other's word."""
    ours = [(name, word) for name in named if (word := _brought_by(mine, name))]
    others = [(name, word) for name in given if (word := _brought_by(theirs, name))]
    for place, (one, first) in enumerate(ours):
        for two, second in ours[place + 1 :]:
            if same(first.stem, second.stem) or not {first.low, second.low} & _BRINGING:
                continue
            firsts = [word for name, word in others if matches(one, name)]
            seconds = [word for name, word in others if matches(two, name)]
            if (
                any(same(word.stem, second.stem) for word in firsts)
                and any(same(word.stem, first.stem) for word in seconds)
                and not any(same(word.stem, first.stem) for word in firsts)
            ):
                return f"the source has {one.text} and {two.text} the other way round"
    return ""


def _described_otherwise(
    mine: Sequence[Token], named: Sequence[Name], theirs: Sequence[Token], given: Sequence[Name]
) -> str:
    """A noun, title or verb right before a name which in the source has only another name behind it."""
    for name in named:
        place = name.first - 1
        word = mine[place] if place >= 0 else None
        if word is None or (not word.content and word.low not in TITLES) or not word.low[0].isalpha():
            continue
        spots = [position for position, token in enumerate(theirs) if token.stem == word.stem]
        behind = [next((other for other in given if other.first == position + 1), None) for position in spots]
        if not spots or not all(behind) or any(other and matches(name, other) for other in behind):
            continue
        if not any(
            matches(name, other) and min(abs(other.first - spot), abs(other.last - spot)) <= _NEAR
            for other in given
            for spot in spots
        ):
            return f"the source says {word.text} {behind[0].text if behind[0] else ''}, not {word.text} {name.text}"
    return ""
