"""Are the quantities that a claim states the source's? Units, magnitudes and bounds included."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.verify.amounts import Quantity, quantities
from rag.verify.words import LIGHT, fold, same

_UP, _DOWN = {"ge", "gt"}, {"le", "lt"}
# "about 40" may stand for 38 (5 %), "more than 30" for 38 (a third more): rounder than that misleads.
_ABOUT, _ROUNDED = 0.05, 1.34
_FALLS = re.compile(
    r"\b(?:f[ae]ll(?:s|en|ing)?|dropp?(?:s|ed|ing)?|shr[aiu]nk(?:s|ing)?|contract(?:s|ed|ing|ion)|declin(?:es?|ed|ing)|"
    r"decreas(?:es?|ed|ing)|los[st](?:es)?|loss(?:es)?|deficit|negative|below|lower|down|less|fewer|cut)\b",
    re.IGNORECASE,
)


def _overlap(one: Quantity, two: Quantity) -> int:
    return sum(any(same(left, right) for right in two.nouns) for left in one.nouns if left not in LIGHT)


def value_agrees(claim: Quantity, source: Quantity, *, answer: bool) -> bool:
    if source.kind == "vague" or claim.kind == "vague":
        if claim.kind == source.kind == "vague":
            return claim.value == source.value
        return claim.kind == "vague" and claim.value <= source.value <= (claim.high or claim.value)
    if claim.high is not None or source.high is not None:
        return _range_agrees(claim, source)
    one, two, said, read = claim.value, source.value, claim.bound, source.bound
    if abs(one - two) <= 1e-6 * max(abs(one), abs(two), 1):
        if (said in _UP and read in _DOWN | {"near"}) or (said in _DOWN and read in _UP):
            return False
        if answer:
            return True
        if not said or said == "is":
            return read not in {"gt", "lt", "le"}
        return not (said in {"gt", "lt"} and read in {"", "is", "about"})
    loose = claim.kind == "percent" and (claim.text[-1:].isalpha() and "cent" not in claim.text)
    if said and (said == read or (said in _UP and read in _UP) or (said in _DOWN and read in _DOWN)):
        return False
    if said == "about" or loose:
        return abs(one - two) <= _ABOUT * max(one, two)
    if said == "near":
        return 0 < one - two <= 2 * _ABOUT * one
    if said in _UP:
        return read not in _DOWN and one < two <= one * _ROUNDED
    if said in _DOWN:
        return read not in _UP and two < one <= two * _ROUNDED
    return False


def _range_agrees(claim: Quantity, source: Quantity) -> bool:
    if claim.high is not None and source.high is not None:
        return (claim.value, claim.high) == (source.value, source.high)
    if claim.high is None and source.high is not None and source.high < source.value:
        # A tally (17 to 14, 3-1) states each of its sides.
        return claim.value in {source.value, source.high}
    if claim.high is None and source.high is not None:
        return (claim.bound in _UP and claim.value == source.value) or (
            claim.bound in _DOWN and claim.value == source.high
        )
    return False


def _unit_agrees(claim: Quantity, source: Quantity, *, answer: bool) -> bool:
    if claim.unit == source.unit:
        return True
    kinds = {claim.kind, source.kind}
    if not claim.unit and not claim.nouns and claim.kind == "count" and source.kind in {"percent", "money"}:
        # "9 percent, the government 4": the unit was said before.
        return True
    if "vague" in kinds or (answer and not claim.unit):
        return True
    if "year old" in {claim.unit, source.unit} and kinds <= {"aged", "count", "measure"}:
        return "year old" in claim.unit + source.unit and {claim.unit, source.unit} <= {"year old", "", "year"}
    return "pair" in kinds and not claim.unit


def disagreement(
    claim: str,
    quote: str,
    *,
    claim_skip: tuple[tuple[int, int], ...] = (),
    quote_skip: tuple[tuple[int, int], ...] = (),
    answer: bool = False,
) -> str:
    """Why the numbers of `claim` are not those of `quote`; empty when each is there with its unit and bound.

    `answer` says that the claim is a short span: a bound or unit that it leaves to its quote is not missed.
    """
    stated = quantities(claim, skip=claim_skip)
    if not stated:
        return ""
    given = quantities(quote, skip=quote_skip)
    # "Growth was -0.3 percent" says that the economy shrank by 0.3 percent.
    if _FALLS.search(quote):
        stated = _unsigned(stated)
    if _FALLS.search(claim):
        given = _unsigned(given)
    for one in stated:
        if in_other_words(one, given, quote):
            continue
        definite = claim[: one.start].casefold().endswith("the ")
        reason = _missing(one, given, answer=answer, definite=definite)
        if reason:
            return reason
    return ""


def _unsigned(found: Sequence[Quantity]) -> tuple[Quantity, ...]:
    return tuple(replace(one, value=abs(one.value)) for one in found)


def in_other_words(one: Quantity, given: Sequence[Quantity], quote: str) -> bool:
    """Three months are a quarter; who turns sixty has a sixtieth birthday."""
    if one.unit == "month" and one.value == 3 and not one.bound:
        return re.search(r"\b(?:first|second|third|fourth|last|this|next) quarter\b", fold(quote)) is not None
    return one.kind in {"count", "aged"} and any(
        two.kind == "ordinal" and two.value == one.value and "birthday" in two.nouns for two in given
    )


def _missing(one: Quantity, given: Sequence[Quantity], *, answer: bool, definite: bool = False) -> str:
    """Why no quantity of `given` is `one`; `definite` says that it only refers to a pair ("the two parties")."""
    comparable = [two for two in given if (one.kind == "ordinal") == (two.kind == "ordinal")]
    values = [two for two in comparable if value_agrees(one, two, answer=answer)]
    equal = [two for two in values if _unit_agrees(one, two, answer=answer)]
    rivals = [two for two in comparable if two not in values and _overlap(one, two)]
    small = one.kind in {"pair"} or one.value == 1 or (definite and one.value == 2)
    if not equal:
        if small and not rivals and one.kind != "percent" and not one.unit:
            return ""
        if values:
            return f"the source gives {values[0].text}, not {one.text}"
        if rivals:
            return f"the source gives {rivals[0].text}, not {one.text}"
        return f"the source does not give {one.text}"
    best = max(_overlap(one, two) for two in equal)
    first = [noun for noun in one.nouns if noun not in LIGHT][:1]
    # "Raised from 11.40 to 12.60 crowns": both count one thing.
    apart = [two for two in rivals if not any(other.start - two.end == len(" to ") for other in equal)]
    closest = max((sum(same(noun, other) for noun in first for other in two.nouns) for two in apart), default=0)
    if one.nouns and best == 0 and closest > 0 and all(two.follows for two in equal):
        return f"{one.text} counts something else in the source"
    return ""
