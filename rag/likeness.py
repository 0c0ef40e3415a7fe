"""When are two answers one? Numbers by value, names by their variants, days by the calendar, at whatever grain."""

import re
from datetime import timedelta
from typing import Literal

from rag.english import FUNCTION, TITLES, content, fold, is_below_zero, names, numbers, words
from rag.moments import Days, as_date, days, find

Form = Literal["number", "time", "name", "other"]

_MORE = re.compile(r"\b(?:more than|over|at least)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:nearly|almost|up to|under|fewer than|less than|close to)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|some|roughly|approximately)\b", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|several|many|few|a number of)\b", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"\bhow (?:many|much|long|old|far|deep|high|tall|big|large|full|fast|wide|heavy|hot|cold|strong)\b|"
    r"\b(?:what|which) (?:(?:was|is|will|share|percentage)\b ?)?(?:of )?(?:the )?(?:\w+ ){0,3}?"
    r"(?:toll|cost|price|number|percentage|share|total|score|speed|size|depth|length|height|age|amount|figure|count)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"^\W*(?:about [^:]+: )?(?:(?:and|since|by|until|on|in|at|from) )*"
    r"(?:when\b|(?:what|which) (?:day|date|year|month|weekday|time|hour)\b)",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\bwhat (?:\w+ ){0,2}?(?:caused?|set (?:\w+ )?off|sparked|triggered|started|brought about|led to|made)\b|"
    r"\b(?:cause of|to blame|behind the|blamed for|reason for)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d ?(?:[ap]\.?m\b|o['’]clock)|\d[:.]\d\d\b", re.IGNORECASE)
_WHO = re.compile(r"^\W*(?:(?:and|to|by|for|with|from|of) )?(?:who|whom|whose)\b|\bname\b|\bcalled\b", re.IGNORECASE)
_UNIT = re.compile(
    r"(?:[\d.,]*\d|hundred|thousand|million|billion|[a-z]+teen|[a-z]+ty|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve)(?:[\s-]*(?:hundred|thousand|million|billion|trillion)\b)*[\s-]*(?P<unit>%|[a-z]+)",
    re.IGNORECASE,
)
MEASURED = frozenset(
    re.findall(
        r"\S+",
        "percent crown dollar euro pound metre kilometre mile hectare acre tonne ton litre degree knot hour minute day "
        "week month year decade century seat vote millimetre kilogram gram people",
    )
)
_HOURS = {
    "minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0, "decade": 87_600.0,
}  # fmt: skip
_SPELLED = {"%": "percent", "km": "kilometre", "kg": "kilogram", "m": "metre"}


def asks_cause(question: str) -> bool:
    """Does the question ask what brought something about? Of all that has no form, causes alone are compared."""
    return bool(_CAUSE.search(question))


def form_of(question: str, answer: str) -> Form:
    """What a question asks for: only figures, days and names can differ; explanations are told in many ways."""
    if _WHEN.search(question):
        return "time" if find(answer) else "number" if _CLOCK.search(answer) else "other"
    if numbers(answer) and len(words(answer)) <= 8:
        return "number" if _HOW_MANY.search(question) or len(words(answer)) <= 4 else "other"
    if _HOW_MANY.search(question):
        return "other"
    named = names(f"of {answer}")
    return "name" if named and (_WHO.search(question) or len(words(answer)) <= 5) else "other"


def has_form(answer: str, form: Form) -> bool:
    """True when an answer is of the kind that the question asks for."""
    if form == "number":
        return bool(numbers(answer)) or bool(_VAGUE.search(answer))
    if form == "other":
        return True
    return bool(find(answer)) if form == "time" else bool(_parts(answer))


def tells(sentence: str, answer: str) -> bool:
    """Does a sentence say an answer: all of its figures, or all of its words where it has none?"""
    wanted = set(numbers(answer))
    return wanted <= set(numbers(sentence)) if wanted else set(content(answer)) <= set(content(sentence))


def same_unit(one: str, other: str) -> bool:
    """False for two numbers of different measures ("84 million crowns", "9 kilometres"): not one question."""
    first, second = _measures(one), _measures(other)
    return not first or not second or bool(first & second)


def same_measure(one: str, other: str, *, asked: str = "") -> bool:
    """True for two numbers of one measure, or of none: stricter than `same_unit`, which lets a bare figure pass.
    What the question counts ("how many seats") is no measure.
    """
    counted = {fold(word).removesuffix("s") for word in words(asked)} | {"people"}
    first, second = _measures(one) - counted, _measures(other) - counted
    return bool(first & second) if first or second else True


def same_answer(
    one: str,
    other: str,
    form: Form,
    *,
    published: tuple[str | None, str | None] = (None, None),
    ahead: tuple[bool, bool] = (False, False),
) -> bool:
    """True when two answers are one at different grains: "38" and "at least 38 militants", "Orlov" and "Maria Orlov",
    "Saturday" and "Saturday evening". `published` are the dates of their articles, which place a "Saturday", and
    `ahead` says which of the two is told as something to come.
    """
    if fold(one).strip(" .") == fold(other).strip(" ."):
        return True
    if form == "number":
        return _same_number(one, other)
    if form == "time":
        return _same_time(_spans(one, published[0], ahead[0]), _spans(other, published[1], ahead[1]))
    if form == "other":  # a cause, a thing: told in other words, one of which is the same
        return bool(set(content(one)) & set(content(other)))
    return _same_name(one, other)


def _units(answer: str) -> set[str]:
    found = set()
    for word in _UNIT.findall(answer):
        plain = fold(word).removesuffix("s") if len(word) > 2 else fold(word)
        found.add(_SPELLED.get(plain, re.sub(r"meter$", "metre", plain)))
    return found & MEASURED


def _measures(answer: str) -> set[str]:
    """Units, those of time as one: "48 hours" and "six days" are two versions of how long."""
    return {"time" if unit in _HOURS else unit for unit in _units(answer)}


def lasting(answer: str) -> list[float]:
    """The number in hours where it is one of hours, days or the like; as it stands else."""
    units = _units(answer) & set(_HOURS)
    return [value * _HOURS[next(iter(units))] for value in numbers(answer)] if len(units) == 1 else numbers(answer)


def _same_number(one: str, other: str) -> bool:
    if _units(one) != _units(other) and _measures(one) & _measures(other) == {"time"}:
        first, second = lasting(one), lasting(other)
    else:
        first, second = numbers(one), numbers(other)
    if not first or not second:
        return True  # "dozens" beside a figure
    if first[0] == second[0]:
        return is_below_zero(one) == is_below_zero(other)
    if _rounds(one, first[0], second[0]) or _rounds(other, second[0], first[0]):
        return True
    hedged = [bool(_MORE.search(text) or _LESS.search(text) or _ABOUT.search(text)) for text in (one, other)]
    if hedged[0] == hedged[1]:
        return False
    rough, near, value = (one, first[0], second[0]) if hedged[0] else (other, second[0], first[0])
    # A round number stands for what it was rounded from: "more than 30" for 38, "about 40" for 38.
    scale = 10.0 ** max(0, len(str(int(abs(near)))) - 1)
    if _MORE.search(rough):
        return near <= value < near + scale and near % scale == 0
    if _LESS.search(rough):
        return near - scale < value <= near and near % scale == 0
    return abs(near - value) <= 0.1 * abs(value)


def _rounds(coarse: str, near: float, value: float) -> bool:
    """True when a value was rounded to the other, whole figure: 11.9 -> 12, 1,234,000 -> 1.2 million. 1.27 and 1.3 are
    two measurements.
    """
    decimals = re.search(r"\d\.(\d+)", coarse)
    scale = next(
        (unit for unit in (1e9, 1e6, 1e3) if near >= unit and re.search(r"[a-z]*illion|thousand|bn|\dm\b", coarse)), 1.0
    )
    places = len(decimals.group(1)) if decimals else 0
    finer = value / scale
    if places and scale == 1.0:
        return False
    return finer != int(finer) and round(finer, places) == round(near / scale, places)


def _spans(answer: str, published: str | None, ahead: bool) -> list[Days]:
    spans = []
    for moment in find(answer):
        meant = days(moment, as_date(published), towards="future" if ahead else "near")
        if meant is not None and moment.kind == "ago" and meant.first != meant.last:
            # "Five weeks ago" is said of four and a half to five and a half: half the unit to both sides.
            half = (meant.last - meant.first) // 2 + timedelta(days=1)
            meant = Days(meant.first - half, meant.last + half)
        spans += [meant] if meant is not None else []
    return spans


def _same_time(first: list[Days], second: list[Days]) -> bool:
    if not first or not second:
        return True  # a day that cannot be placed contradicts nothing
    return any(one.first <= other.last and other.first <= one.last for one in first for other in second)


def _same_name(one: str, other: str) -> bool:
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return True
    shorter, longer = sorted((first, second), key=len)
    if all(any(_same_part(part, whole) for whole in longer) for part in shorter):
        return True
    # "the mayor, Konrad Visser" and "Konrad Visser of the Harbour Alliance": a whole name in common.
    return sum(any(_same_part(part, whole) for whole in second) for part in first) >= 2


def _parts(text: str) -> list[str]:
    times = {part for moment in find(text) for part in re.findall(r"\w+", fold(moment.phrase))}
    parts = [part for name in names(f"of {text}") for part in re.findall(r"[\w'-]+", fold(name)) if part not in times]
    return [part for part in parts if part not in FUNCTION and part not in TITLES]


def _same_part(one: str, other: str) -> bool:
    shorter, longer = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return (len(shorter) == 1 and longer.startswith(shorter)) or _skeleton(one) == _skeleton(other)


def _skeleton(part: str) -> str:
    """What transliterations share: no article, no hyphen, no final h, no doubled letters ("al-Qayyarah", "Qayara")."""
    bare = re.sub(r"^(?:al|el|ad|an|ar|as)-", "", part).replace("-", "").replace("'", "")
    return re.sub(r"(.)\1", r"\1", bare.removesuffix("h"))
