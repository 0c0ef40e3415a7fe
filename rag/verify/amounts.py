"""Which quantities does a text state? Numbers in digits and words, with units, magnitudes and bounds."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.verify.number_words import (
    CURRENCY,
    FRACTION,
    LONG_TIMES,
    ONES,
    ORDINAL_WORDS,
    PAIRS,
    SCALE,
    SHORT_SCALE,
    TALLIED,
    TENS,
    VAGUE,
)
from rag.verify.units import Word, around, bound_of, is_money, low_at, unit_of
from rag.verify.words import fold

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_OVER = re.compile(r"(\d+)⁄(\d+)")
_WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated amount. `high` closes a range; `unit` is a measure or currency or "%"; `nouns` are the stems around.

    `follows` says that they stand behind the number and so are what it counts.
    """

    value: float
    high: float | None
    kind: str
    unit: str
    bound: str
    nouns: tuple[str, ...]
    start: int
    end: int
    text: str
    follows: bool = False


@lru_cache(maxsize=2048)
def quantities(text: str, *, skip: tuple[tuple[int, int], ...] = ()) -> tuple[Quantity, ...]:
    """Every quantity of `text` in order, leaving out the stretches in `skip` (dates)."""
    words = [Word(fold(match[0]) or match[0], *match.span()) for match in _WORD.finditer(text)]
    found: list[Quantity] = []
    position = 0
    while position < len(words):
        word = words[position]
        if any(start <= word.start < end for start, end in skip):
            position += 1
            continue
        made = _read(words, position, text)
        if made is None:
            position += 1
            continue
        quantity, position = made
        found.append(quantity)
    return tuple(found)


def _read(words: list[Word], at: int, text: str) -> tuple[Quantity, int] | None:
    number = _number(words, at, text)
    if number is None:
        return None
    value, after, kind = number
    high = None
    if kind == "vague":
        value, high = VAGUE[words[at].low]
        if after < len(words) and words[after].low == "of" and low_at(words, after + 1) in {"thousands", "millions"}:
            times = 1e3 if words[after + 1].low == "thousands" else 1e6
            value, high, after = value * times, 999 * times, after + 2
        start, end = words[at].start, words[after - 1].end
        nouns, follows = around(words, at, after)
        return Quantity(value, high, kind, "", "", nouns, start, end, text[start:end], follows), after
    joined = low_at(words, after)
    before = low_at(words, at - 1) if at else ""
    if (
        kind == "count"
        and before != "from"
        and (joined in {"-", "–", "—", "to"} or (joined == "and" and before == "between"))
    ):
        currency = 1 if low_at(words, after + 1) in {"$", "€", "£", "¥", "₹"} else 0
        second = _number(words, after + 1 + currency, text)
        tight = joined == "to" or before == "between" or words[after].start == words[after - 1].end
        if second and second[2] == "count" and tight:
            high, scale = second[0], _scale_of(words, after + 1 + currency, second[1])
            if value < high and scale > 1 and value < scale and high / scale > value / scale >= 0 and value < 1000:
                value *= scale
            after = second[1]
    if joined in TALLIED and low_at(words, after + 1) in {"to", "against"}:
        other = _number(words, after + 2, text)
        if other and other[2] == "count":
            high, after = other[0], other[1]
    unit, kind, after = unit_of(words, at, after, kind)
    if before == "from" and joined == "to" and not unit:
        # "from 2.50 to 3.20 crowns": two amounts with one unit.
        second = _number(words, after + 1, text)
        if second:
            unit, kind, _ = unit_of(words, after + 1, second[1], kind)
    start = words[at].start
    first = at - 1 if at and words[at - 1].low in CURRENCY and not words[at - 1].low.isalpha() else at
    start = words[first].start
    if kind != "ordinal" and _is_below_zero(words, first, text):
        value, first, start = -value, first - 1, words[first - 1].start
    bound = bound_of(words, first)
    end = words[after - 1].end
    if low_at(words, after) == "or" and low_at(words, after + 1) == "more":
        bound = "ge"
    if unit in LONG_TIMES:
        value, high, unit = value * LONG_TIMES[unit], high and high * LONG_TIMES[unit], "year"
    nouns, follows = around(words, at, after)
    return Quantity(value, high, kind, unit, bound, nouns, start, end, text[start:end], follows), after


def _is_below_zero(words: list[Word], at: int, text: str) -> bool:
    """Does a minus stand before it: "minus 5", "-5" that nothing stands right before, as in "3-5" and "F-16"?"""
    sign = words[at - 1] if at else None
    if sign is None:
        return False
    glued = sign.low in {"-", "−", "–"} and sign.end == words[at].start
    apart = sign.start == 0 or text[sign.start - 1].isspace() or text[sign.start - 1] in "(["
    return sign.low == "minus" or (glued and apart)


def _number(words: list[Word], at: int, text: str) -> tuple[float, int, str] | None:
    """Value, the position after it, and its kind, when a number begins at `at`."""
    if at >= len(words):
        return None
    word = words[at]
    low, follow = word.low, low_at(words, at + 1)
    if low[0].isdigit():
        if word.start and text[word.start - 1].isalpha():
            return None
        value = _written(low)
        if value is None:
            return None
        touching = at + 1 < len(words) and words[at + 1].start == word.end
        if touching and follow in {"st", "nd", "rd", "th"}:
            return value, at + 2, "ordinal"
        if touching and follow in {"s", "a", "c", "x"}:
            return None
        if follow in SHORT_SCALE and (touching or is_money(words, at)):
            return value * SHORT_SCALE[follow], at + 2, "count"
        return _scaled(words, at + 1, value)
    if (low in VAGUE and follow == "of") or low in {"dozens", "hundreds", "thousands", "millions"}:
        return 0.0, at + 1, "vague"
    if low == "half" and follow in {"a", "an"} and low_at(words, at + 2) in SCALE:
        return 0.5 * SCALE[low_at(words, at + 2)], at + 3, "count"
    if low in {"a", "an"} and follow in LONG_TIMES:
        return 1.0, at + 1, "count"
    if low in {"a", "an"} and follow in SCALE:
        return _scaled(words, at + 1, 1.0)
    if (
        low in {"a", "one"}
        and follow in {"third", "quarter", "fifth", "tenth"}
        and (low_at(words, at + 2) in {"of", ".", ",", ";", "and", "or", "", "in"})
    ):
        return FRACTION[follow], at + 2, "percent"
    if low == "one":
        of = at + 2 if follow == "in" else at + 3 if low_at(words, at + 2) == "in" else 0
        whole = ONES.get(low_at(words, of), 0) if of else 0
        if 2 <= whole <= 10:
            return 100.0 / whole, of + 1, "percent"
    if low == "half" and follow in {"of", "the", "its", "their", "his", "her"}:
        return 50.0, at + 1, "percent"
    if low in PAIRS and (low not in {"both", "twin", "twins"} or follow):
        return PAIRS[low], at + 1, "pair"
    if low in ORDINAL_WORDS and low_at(words, at - 1) == "every" and 2 < ORDINAL_WORDS[low] <= 10:
        return 100.0 / ORDINAL_WORDS[low], at + 1, "percent"
    if low in ORDINAL_WORDS:
        return float(ORDINAL_WORDS[low]), at + 1, "ordinal"
    if low in ONES or low in TENS:
        return _spelled(words, at)
    return None


def _written(low: str) -> float | None:
    """The value of digits; of a fraction sign, which folding spells "1⁄2", too. None for what only begins with one."""
    over = _OVER.fullmatch(low)
    if over:
        return float(over[1]) / float(over[2]) if float(over[2]) else None
    return float(low.replace(",", "")) if _DIGITS.fullmatch(low) else None


def _scale_of(words: list[Word], start: int, end: int) -> float:
    scale = 1.0
    for word in words[start:end]:
        scale = max(scale, SCALE.get(word.low, 1.0), SHORT_SCALE.get(word.low, 1.0))
    return scale


def _spelled(words: list[Word], at: int) -> tuple[float, int, str] | None:
    """A number in words: twenty-five, one hundred and twenty, two-thirds, two dozen."""
    low, follow = words[at].low, low_at(words, at + 1)
    if low == "one" and (
        follow in {"of", "another", "day", "by", "or"}
        or low_at(words, at - 1) in {"no", "the", "this", "that", "any", "every"}
    ):
        return None
    step = at + 1
    value = float(ONES.get(low, TENS.get(low, 0)))
    hyphen = 1 if follow == "-" else 0
    after = low_at(words, step + hyphen)
    if low in TENS and after in ONES and 0 < ONES[after] < 10:
        value, step = value + ONES[after], step + hyphen + 1
    elif low in TENS and after in ORDINAL_WORDS and ORDINAL_WORDS[after] < 10:
        return value + ORDINAL_WORDS[after], step + hyphen + 1, "ordinal"
    elif after in {"thirds", "quarters", "fifths", "tenths"}:
        return value * FRACTION[after], step + hyphen + 1, "percent"
    return _scaled(words, step, value)


def _scaled(words: list[Word], step: int, value: float) -> tuple[float, int, str]:
    """Multiply by hundred, thousand, million ... as they follow; "two hundred and five thousand" adds up."""
    total, current = 0.0, value
    scaled = False
    while True:
        low = low_at(words, step)
        if low == "-" and low_at(words, step + 1) in SCALE:
            step += 1
            low = words[step].low
        if low in SCALE:
            if low in {"hundred", "dozen"}:
                current *= SCALE[low]
            else:
                total, current = total + current * SCALE[low], 0.0
            scaled, step = True, step + 1
            continue
        skip = 1 if low == "and" else 0
        nxt = low_at(words, step + skip)
        if scaled and (nxt in ONES or nxt in TENS) and nxt != "zero":
            part = float(ONES.get(nxt, TENS.get(nxt, 0)))
            step += skip + 1
            hyphen = 1 if low_at(words, step) == "-" else 0
            if nxt in TENS and 0 < ONES.get(low_at(words, step + hyphen), 0) < 10:
                part, step = part + ONES[low_at(words, step + hyphen)], step + hyphen + 1
            current += part
            scaled = low_at(words, step) in SCALE
            continue
        return total + current, step, "count"
