"""What follows from the answers to the parts of a question? Dates and numbers compared, nothing claimed beyond them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.english import fold, is_below_zero, numbers, words
from rag.moments import Days, Towards, as_date, days, find
from rag.verify.number_words import CURRENCY, MEASURE
from rag.verify.words import stem

Kind = Literal["earliest", "latest", "most", "least", "before", "after", "more", "less", "difference", "else", "each"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plain questions, what each is about, and how their answers are put together."""

    kind: Kind
    parts: tuple[str, ...]
    labels: tuple[str, ...]
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnswer:
    """What came back for one part: the bare answer (None: the articles do not say), and its article's date, with
    which "last Friday" in it becomes a day; `ahead`: its sentence speaks of something to come.
    """

    answer: str | None
    published: str | None = None
    ahead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """`answer` is the bare answer ("Ostrey Bridge", "Yes", "12"), `text` the sentence that says why. `parts` are the
    numbers, from 0, of the parts that carry it: cite them all.
    """

    answer: str
    text: str
    parts: tuple[int, ...]


def follows(found: Plan, answers: Sequence[PartAnswer]) -> Combined | None:
    """The final answer; None where a part is missing, vague, or not comparable with the other."""
    if found.kind == "else":
        return _else(found, answers[0])
    if any(answer.answer is None for answer in answers):
        return None
    given = [(answer.answer or "").strip().rstrip(".") for answer in answers]
    if found.kind == "each":
        text = "; ".join(f"{label}: {answer}" for label, answer in zip(found.labels, given, strict=True))
        return Combined(answer=", ".join(given), text=f"{text}.", parts=tuple(range(len(given))))
    if found.kind in ("earliest", "latest", "before", "after"):
        return _in_time(found, given, answers)
    return _in_size(found, given)


def _in_time(found: Plan, given: Sequence[str], answers: Sequence[PartAnswer]) -> Combined | None:
    spans = [_days(answer, part) for answer, part in zip(given, answers, strict=True)]
    one, two = spans
    if one is None or two is None or not (one.last < two.first or two.last < one.first):
        return None  # unknown, or one within the other: the order is not on the record
    first = 0 if one.last < two.first else 1
    said = [f"{label} ({answer})" for label, answer in zip(found.labels, given, strict=True)]
    if found.kind in ("before", "after"):
        yes = (first == 0) == (found.kind == "before")
        relation = "before" if first == 0 else "after"
        return Combined(
            answer="Yes" if yes else "No",
            text=f"{'Yes' if yes else 'No'}: {said[0]} came {relation} {said[1]}.",
            parts=(0, 1),
        )
    chosen = first if found.kind == "earliest" else 1 - first
    relation = "before" if found.kind == "earliest" else "after"
    return Combined(answer=found.labels[chosen], text=f"{said[chosen]}, {relation} {said[1 - chosen]}.", parts=(0, 1))


def _in_size(found: Plan, given: Sequence[str]) -> Combined | None:
    values = [_amount(answer) for answer in given]
    one, two = values
    if one is None or two is None or not _one_measure(one[1], two[1]):
        return None
    measured = one[1] or two[1]
    said = [f"{label} ({answer})" for label, answer in zip(found.labels, given, strict=True)]
    if found.kind == "difference":
        difference = f"{abs(one[0] - two[0]):,.6g}" if abs(one[0] - two[0]) < 1e6 else f"{abs(one[0] - two[0]):,.0f}"
        unit = f" {measured}{'' if measured in ('percent', '$', '€', '£', '¥') else 's'}" if measured else ""
        return Combined(
            answer=f"{difference}{unit}", text=f"{difference}{unit}: {said[0]} against {said[1]}.", parts=(0, 1)
        )
    if one[0] == two[0]:
        return Combined(answer="Neither", text=f"Neither: {said[0]} and {said[1]} are equal.", parts=(0, 1))
    larger = 0 if one[0] > two[0] else 1
    if _blurred(given[larger], given[1 - larger], values[larger], values[1 - larger]):
        return None
    if found.kind in ("more", "less"):
        yes = (larger == 0) == (found.kind == "more")
        word = "Yes" if yes else "No"
        return Combined(answer=word, text=f"{word}: {said[0]} against {said[1]}.", parts=(0, 1))
    chosen = larger if found.kind == "most" else 1 - larger
    return Combined(answer=found.labels[chosen], text=f"{said[chosen]}, against {said[1 - chosen]}.", parts=(0, 1))


def _one_measure(one: str, two: str) -> bool:
    """A thing that is counted may go without saying beside one figure, a measure may not."""
    return one == two or (not (one and two) and not {one, two} & _MEASURES)


def _blurred(larger: str, smaller: str, large: tuple[float, str] | None, small: tuple[float, str] | None) -> bool:
    """True where the words around two figures leave open which is larger ("at least 38" beside "45")."""
    if _AT_LEAST.search(smaller) or _AT_MOST.search(larger):
        return True
    near = large is not None and small is not None and large[0] - small[0] <= 0.1 * large[0]
    return near and bool(_ABOUT.search(larger) or _ABOUT.search(smaller))


def _else(found: Plan, answer: PartAnswer) -> Combined | None:
    known = set(words(found.labels[0]))
    given = [piece.strip(" .") for piece in re.split(r",| and (?=[A-Z])", answer.answer or "") if piece.strip(" .")]
    others = [piece for piece in given if not set(words(piece)) & known]
    if not others:
        return None
    return Combined(answer=" and ".join(others), text=f"{' and '.join(others)}.", parts=(0,))


def _days(answer: str, part: PartAnswer) -> Days | None:
    towards: Towards = "future" if part.ahead else "near"
    meant = [days(moment, as_date(part.published), towards=towards) for moment in find(answer)]
    known = [span for span in meant if span is not None]
    return known[0] if len(known) == 1 else None


_UNIT_WORD = re.compile(
    r"[\d.,]+\s?(?:(?:hundred|thousand|million|billion|bn|m|trillion)\b)?[\s-]*(?P<unit>%|[a-zA-Z]+)?"
)
# "800 m long" is a length, "$800 m" and "3m people" are millions.
_METRES = re.compile(r"(?<=\d)(?: m\b|m\b(?=\W*$| (?:long|high|tall|deep|wide|away|above|below)\b))")
_AT_LEAST = re.compile(r"\b(?:at least|more than|over|or more)\b", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:at most|up to|fewer than|less than|under|nearly|almost)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|some|roughly|approximately)\b", re.IGNORECASE)
_CURRENCY = re.compile(r"[$€£¥]")
# What a unit is in the one that it is compared in.
_IN: Mapping[str, tuple[str, float]] = {
    "kilometre": ("metre", 1e3), "centimetre": ("metre", 1e-2), "millimetre": ("metre", 1e-3),
    "kilogram": ("gram", 1e3), "tonne": ("gram", 1e6), "ton": ("gram", 1e6),
    "week": ("day", 7.0), "hour": ("minute", 60.0), "decade": ("year", 10.0), "century": ("year", 100.0),
}  # fmt: skip
_MEASURES = frozenset({*MEASURE.values(), *CURRENCY.values(), *CURRENCY, "percent"})
_KINDS_OF_PEOPLE = {"people", "person", "", "of", "dead", "were", "in", "at", "died", "killed", "injured"}


def _amount(answer: str) -> tuple[float, str] | None:
    """The one number of an answer and its unit; None for none or several: nothing is compared by guess."""
    currency = _CURRENCY.search(answer)
    answer = answer if currency else _METRES.sub(" metres", answer)
    found = numbers(answer)
    if len(found) != 1:
        return None
    value = -found[0] if is_below_zero(answer) else found[0]
    if currency:
        return value, currency.group()
    match = _UNIT_WORD.search(answer)
    last = answer.split()[-1] if len(answer.split()) > 1 else ""
    unit = fold((match["unit"] or "") if match else last)
    if unit in _KINDS_OF_PEOPLE or unit.removesuffix("s") in _KINDS_OF_PEOPLE:
        return value, ""
    if unit in ("%", "per", "percent"):
        return value, "percent"
    usual = _measure(unit)
    measure, size = _IN.get(usual, (usual, 1.0))
    return value * size, measure


def _measure(unit: str) -> str:
    """The unit's usual name; what is only counted loses its plural."""
    return MEASURE.get(stem(unit)) or CURRENCY.get(unit.removesuffix("s")) or unit.removesuffix("s")
