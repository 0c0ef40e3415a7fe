"""Does a claim say it of all, of most, of none or of each, where its source says it of some, or of all together?"""

import re
from collections.abc import Sequence

from rag.verify.amounts import quantities
from rag.verify.number_words import MEASURE, ONES, ORDINAL_WORDS
from rag.verify.words import Token, fold, same, tokenize

_ALL = frozenset("all every everyone everybody entire whole always".split())
_SOME = frozenset("some most many few several half part partly mostly sometimes often".split())
_MOST, _LESS_THAN_MOST = frozenset({"most", "majority", "mostly"}), frozenset("some several few half".split())
# What may stand for "all" in a source.
_UNIVERSAL = _ALL | frozenset(
    "each everything any anyone no none nobody never nothing throughout across fully complete completely".split()
)
_NONE = frozenset("none nobody".split())
_NO = frozenset("no none nobody never nothing neither without any nor zero".split())
# "At all", "after all", "in all" say nothing of all.
_BEFORE_IDIOM = frozenset("at after above in for once".split())
_TOTAL = re.compile(r"\b(?:in all|in total|altogether|combined|between them|a total of|totall?ing)\b")
_SINGLE = re.compile(r"\b(?:each|apiece|per)\b")


def disagreement(claim: str, quote: str) -> str:
    """Why `claim` reaches further than `quote`; empty when it does not."""
    mine, theirs = tokenize(claim), tokenize(quote)
    return _all_of_some(mine, theirs) or _none_of_some(mine, theirs, quote) or _sum_of_each(claim, quote)


def _all_of_some(mine: Sequence[Token], theirs: Sequence[Token]) -> str:
    said = {token.low for token in theirs}
    for position, token in enumerate(mine):
        head = next((other.stem for other in mine[position + 1 : position + 5] if other.content), "")
        part = _part_of(head, theirs, _SOME if token.low in _ALL else _LESS_THAN_MOST)
        if token.low in _ALL and not _idle(mine, position) and not said & _ALL:
            if part:
                return f"the source says {part}, not {token.text}"
            if not said & _UNIVERSAL:
                return f"the source does not say {token.text}"
        if token.low in _MOST and part and not said & (_MOST | _UNIVERSAL):
            return f"the source says {part}, not {token.text}"
    return ""


def _part_of(head: str, theirs: Sequence[Token], words: frozenset[str]) -> str:
    """The "some" or "several" that stands before the same head in the source."""
    for place, other in enumerate(theirs):
        if other.low in words and head and any(same(head, word.stem) for word in theirs[place + 1 : place + 6]):
            return other.text
    return ""


def _idle(tokens: Sequence[Token], position: int) -> bool:
    """Is it an idiom or a measure of time: "in all", "every sixth", "every year", "all night"?"""
    before = tokens[position - 1].low if position else ""
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    if tokens[position].low == "all" and before in _BEFORE_IDIOM and (after is None or not after.low[0].isalnum()):
        return True
    if after is None or tokens[position].low not in {"all", "every", "whole", "entire"}:
        return False
    timed = after.stem in MEASURE or after.low in {"night", "morning", "evening", "time", "season", "summer", "winter"}
    counted = tokens[position].low == "every" and (
        after.low in ORDINAL_WORDS or after.low in ONES or after.low[0].isdigit()
    )
    return timed or counted or after.low in {"other", "but", "over"}


def _none_of_some(mine: Sequence[Token], theirs: Sequence[Token], quote: str) -> str:
    none = next((token for token in mine if token.low in _NONE), None)
    if none is None or any(token.low in _NO for token in theirs):
        return ""
    part = next((one.text for one in quantities(quote) if one.kind == "percent"), "")
    part = part or next((token.text for token in theirs if token.low in _SOME), "")
    return f"the source says {part}, not {none.text}" if part else ""


def _sum_of_each(claim: str, quote: str) -> str:
    mine, theirs = fold(claim), fold(quote)
    if _TOTAL.search(mine) and _SINGLE.search(theirs) and not _TOTAL.search(theirs):
        return "the source says it of each, not of all together"
    if re.search(r"\b(?:each|apiece)\b", mine) and _TOTAL.search(theirs) and not _SINGLE.search(theirs):
        return "the source says it of all together, not of each"
    return ""
