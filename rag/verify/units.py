"""What does a number count, in which unit and within which bound? Read from the words beside it."""

import re
from dataclasses import dataclass

from rag.verify.number_words import BOUNDS, CURRENCY, MEASURE, ONES, TENS
from rag.verify.words import STOP, stem


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark of a text, folded, and where it stands."""

    low: str
    start: int
    end: int


def low_at(words: list[Word], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def is_money(words: list[Word], at: int) -> bool:
    return low_at(words, at - 1) in {"$", "€", "£", "¥", "₹"}


def unit_of(words: list[Word], at: int, after: int, kind: str) -> tuple[str, str, int]:
    """Unit, kind and the position after it."""
    if kind in {"ordinal", "percent", "pair"}:
        return ("%" if kind == "percent" else ""), kind, after
    low, follow = low_at(words, after), low_at(words, after + 1)
    if low in {"%", "percent", "pc"}:
        return "%", "percent", after + 1
    if low == "per" and follow == "cent":
        return "%", "percent", after + 2
    if low == "percentage" and follow.startswith("point"):
        return "points", "percent", after + 2
    if is_money(words, at):
        return CURRENCY[words[at - 1].low], "money", after
    step = after
    while low_at(words, step) in {"-", "us", "square", "cubic", "american", "canadian", "metric"} and step < after + 2:
        step += 1
    prefix = "square " if low_at(words, step - 1) == "square" else ""
    base = stem(low_at(words, step))
    single = low_at(words, step).rstrip("s")
    if base in MEASURE:
        name = MEASURE[base]
        if name == "year" and low_at(words, step + 1) in {"old", "-"}:
            return "year old", "measure", step + 1
        return prefix + name, "measure", step + 1
    if single in CURRENCY or base in CURRENCY:
        return CURRENCY.get(single, CURRENCY.get(base, "")), "money", step + 1
    if low_at(words, at - 1) == "aged" or (low_at(words, at - 1) == "," and low == ","):
        return "year old", "aged", after
    return "", "count", after


def bound_of(words: list[Word], at: int) -> str:
    before = " ".join(word.low for word in words[max(0, at - 4) : at])
    before = re.sub(r" (?:a|an|the)$", "", before)
    for phrase, bound in BOUNDS:
        if before == phrase or before.endswith(" " + phrase):
            return bound
    return ""


# Words that end what a number counts: "16 percent with half of the votes" counts no votes.
_STOPS_NOUNS = frozenset("and but while as when after before or with since by at on from than".split())


def around(words: list[Word], at: int, after: int) -> tuple[tuple[str, ...], bool]:
    """Stems that say what is counted, and whether they follow: up to three after the number, else two before it."""
    found: list[str] = []
    parted = False
    for word in words[after : after + 8]:
        parted = parted or word.low == "of"
        if parted and (word.low[0].isdigit() or word.low in ONES or word.low in TENS):
            # "Eleven of its 64 branches": both count branches.
            continue
        if not word.low[0].isalpha() and word.low != "-":
            break
        if word.low in _STOPS_NOUNS or word.low in ONES or word.low in TENS:
            break
        if word.low not in STOP and word.low != "-":
            found.append(stem(word.low))
        if len(found) == 3:
            break
    back: list[str] = []
    for word in reversed(words[max(0, at - 4) : at]):
        if not word.low[0].isalpha() or word.low in {"and", "but", "while"}:
            break
        if word.low not in STOP:
            back.append(stem(word.low))
    return tuple(found or back[:2]), bool(found)
