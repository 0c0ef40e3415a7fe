"""Does a text take back what it states, as a correction or a later figure does?"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.english import content, names, placed_numbers

_SAID = (
    r"(?:said|stat(?:ed|es|ing)|report(?:ed|s|ing)?|gave|given|put|named|called|identified|listed|counted|announced|"
    r"claimed|wrote|written|described|printed|published)"
)
_WRONGLY = r"(?:incorrectly|wrongly|mistakenly|erroneously|falsely|in error|by mistake)"
# What follows has been taken back, to the end of the clause.
_RETRACTION = re.compile(
    r"\b(?:earlier|previous|original|first) version of "
    r"(?:the (?:article|story)|(?:this|our) (?:article|story|report|item|text))\b|"
    rf"\b(?:earlier|previous) version (?={_SAID}\b)|"
    rf"\b{_WRONGLY} {_SAID}\b|\b{_SAID} {_WRONGLY}\b|"
    r"\bmis(?:stated|reported|identified|named|spelled|spelt|quoted|calculated)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:[^.;!?\n]|\.(?=\d))*?(?=[;!?\n]|\.(?!\d)|,? (?:but|while|whereas|in fact)\b|, not\b|$)", re.IGNORECASE
)
# What stands before is taken back: "the figure of 78 percent, which the office gave, was wrong".
_WAS_WRONG = re.compile(
    r"\b(?:figure|number|statement|reports?|claim|date|spelling|toll|count|total|estimate)\b[^.;]{0,90}"
    r"\b(?:was|were) (?:wrong|incorrect|an error|a mistake)\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"(?:\binstead of|\brather than|, not)(?: (?:to|by|in|on|at|the))* $", re.IGNORECASE)
# "Risen from 86 to 91" takes back the 86 alone.
_MOVED_FROM = re.compile(
    r"\b(?:up|down|rose|grew|fell|cut|ris(?:e|es|en|ing)|"
    r"(?:revis|correct|rais|lower|grow|fall|drop|climb|increas|reduc)\w{0,4})\b"
    r"[^.;]{0,60} from (?:(?!to\b)[a-z]+ ){0,3}$",
    re.IGNORECASE,
)
# Weaker signs, for two figures that stand against each other: what was said first need not be wrong.
_SAID_BEFORE = re.compile(
    r"(?:earlier version|earlier report|previously (?:said|stated|reported|put|given)|"
    r"earlier (?:gave|said|put|reported)|incorrectly|wrongly|mistakenly|in error|misstated|"
    r"had (?:earlier |first )?(?:said|put|reported|given)|initially (?:said|put|reported|given)|"
    r"first (?:said|reported))\b[^.;]{0,90}$|"
    r"(?:\binstead of|\brather than|, not) $",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    r"^[^.;]{0,60}\b(?:as (?:previously|first|earlier|originally|initially) (?:reported|stated|said|given)|"
    r"was (?:wrong|incorrect|an error)|(?<!than )had been (?:first )?(?:reported|given))\b",
    re.IGNORECASE,
)
# Words that speak of what was said first, or of what is not.
_OF_EARLIER = re.compile(
    r"\b(?:first|earlier|earliest|original(?:ly)?|initial(?:ly)?|previous(?:ly)?|before|formerly|used to|wrong(?:ly)?|"
    r"mistak\w+|incorrect(?:ly)?|erroneous(?:ly)?|falsely|error|version|corrected|mis(?:stat|identif)\w+|instead|rather|"
    r"not|from)\b",
    re.IGNORECASE,
)
# Where nothing is taken back by a notice, a contrast or a move, nothing is.
_MOVES = re.compile(r"\b(?:from|instead of|rather than)\b|, not\b", re.IGNORECASE)
_PRESENT = re.compile(r"\b(?:is|are|has|have|stands?|now|remains?|currently)\b", re.IGNORECASE)


def is_withdrawn(text: str, start: int, end: int) -> bool:
    """True when a figure in [start, end) stands against a later one: "an earlier version said that 231 were on board",
    "they had first said 231".
    """
    before = _before(text, start)
    return bool(_SAID_BEFORE.search(before) or _MOVED_FROM.search(before) or _SAID_AFTER.match(text[end:]))


def is_taken_back(question: str, text: str, start: int, end: int) -> bool:
    """Does a text take back the answer in [start, end), where the question does not ask for what was said first? "How
    many were on board?" is not answered by the 231 of "an earlier version of this article said that 231 were".
    """
    if _OF_EARLIER.search(question):
        return False
    figures = [start + place for place, _ in placed_numbers(text[start:end])]
    first = figures[0] if len(figures) == 1 else start
    return _is_retracted(text, first) or (len(figures) == 1 and bool(_MOVED_FROM.search(_before(text, first))))


def takes_back(claim: str, quote: str) -> str:
    """What of a claim a quote states only to take it back: a figure, its names, or all of its words; "" for nothing.
    Where a figure has moved on a claim in the present tense is wrong, and one in the past may be right.
    """
    stretches = _stretches(quote)
    if _OF_EARLIER.search(claim) or not (stretches or _MOVES.search(quote)):
        return ""
    figures = placed_numbers(claim)
    for place, value in figures:
        told = [at for at, own in placed_numbers(quote) if own == value]
        if told and all(_is_retracted(quote, at) or _has_moved(claim, quote, at) for at in told):
            return claim[place:].split()[0].rstrip(".,;")
    if not stretches:
        return ""
    kept = _without(quote, stretches)
    named = [name for name in names(f"of {claim}") if name in quote]
    if named and not figures and not any(name in kept for name in named):
        return named[0]
    said = set(content(claim))
    return claim.rstrip(".") if said and said <= set(content(quote)) and not said & set(content(kept)) else ""


def _has_moved(claim: str, quote: str, place: int) -> bool:
    return bool(_PRESENT.search(claim) and _MOVED_FROM.search(_before(quote, place)))


def _is_retracted(text: str, place: int) -> bool:
    return _within(place, _stretches(text)) or bool(_CONTRAST.search(_before(text, place)))


@lru_cache(maxsize=512)
def _stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text tells what it takes back; a passage is asked for it by each of its spans."""
    return (*_after_notices(text), *(match.span() for match in _WAS_WRONG.finditer(text)))


def _after_notices(text: str) -> Iterator[tuple[int, int]]:
    for match in _RETRACTION.finditer(text):
        clause = _CLAUSE.match(text, match.end())
        yield match.end(), clause.end() if clause else len(text)


def _within(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in stretches)


def _without(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    kept, at = "", 0
    for start, end in sorted(stretches):
        kept, at = f"{kept}{text[at:start]} ", max(at, end)
    return kept + text[at:]


def _before(text: str, start: int) -> str:
    """The words of the sentence before a place."""
    opened = max(text.rfind(mark, 0, start) for mark in (". ", ".\n", "\n", "? ", "! "))
    return text[max(0, opened) : start]
