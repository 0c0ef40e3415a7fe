"""Which days does an expression of time mean? Finds expressions in a text and turns each into calendar days.

Rules of our own: a general parser finds dates where there are none ("may", "second", "march") and is far slower.
Weeks begin on Monday (ISO 8601); "last week" is the calendar week before, "the past week" the seven days up to today.
"""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Towards = Literal["past", "near", "future"]

_MONTHS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june", "july")
_MONTHS += ("august", "september", "october", "november", "december")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# "a few" and "several" have no length of their own: three and five are what most readers take them for at least.
_COUNTS = {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 5, "fifteen": 15, "twenty": 20, "thirty": 30}
_COUNTS |= {word: number for number, word in enumerate(_SMALL, 1)}
# The first month of each season, meteorological and northern (the WMO's three-month seasons).
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_MONTH = rf"(?:(?:{'|'.join(_MONTHS)})\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_FULL = rf"(?:{'|'.join(_MONTHS)}|sept)"
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_COUNT = (
    r"(?:\d{1,3}|(?:a |the )?couple(?: of)?|(?:a |the )?few|"
    + "|".join([*_SMALL, "fifteen", "twenty", "thirty", "several", "an?"])
    + ")"
)
_UNIT = r"(?:hour|day|week|weekend|month|year)"
_PART = r"(?: (?:morning|afternoon|evening|night|at noon|at midnight))?"
_EDGE = r"(?:early|mid|late|the (?:start|beginning|middle|end) of|(?:start|beginning|middle|end) of)"

# Tried in this order at each place; the first that matches wins, so the longest forms stand first.
_FORMS: tuple[tuple[str, str], ...] = (
    ("iso", rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])"),
    ("week", rf"(?:the )?week of (?P<month>{_MONTH}) (?P<day>{_DAY})\b(?:,? (?P<year>{_YEAR})\b)?"),
    ("days", rf"(?P<month>{_MONTH}) (?P<day>{_DAY}) ?(?:[-–—]|to|and) ?(?P<until>{_DAY})\b(?:,? (?P<year>{_YEAR})\b)?"),
    ("days", rf"(?P<day>{_DAY}) ?(?:[-–—]|to|and) ?(?P<until>{_DAY}) (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR})\b)?"),
    ("day", rf"(?:{_WEEKDAY},? )?(?:the )?(?P<day>{_DAY}) (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR})\b)?"),
    ("day", rf"(?:{_WEEKDAY},? )?(?P<month>{_MONTH}) (?P<day>{_DAY})(?![\d:]|,\d)\b(?:,? (?P<year>{_YEAR})\b)?"),
    ("month", rf"(?:(?P<edge>{_EDGE})[- ])?(?P<month>{_MONTH}),?(?: of)? (?P<year>{_YEAR})\b"),
    ("month", rf"(?:(?P<edge>{_EDGE})[- ])(?P<month>{_FULL})\b"),
    ("month", rf"(?P<which>last|this|next|this past|this coming) (?P<month>{_FULL})\b"),
    ("season", rf"(?:(?:the )?(?P<season>spring|summer|autumn|fall|winter)(?: of)? (?P<year>{_YEAR})\b)"),
    ("season", r"(?P<which>last|this|next) (?P<season>spring|summer|autumn|fall|winter)\b"),
    ("quarter", rf"(?:the )?(?P<quarter>first|second|third|fourth|last) quarter of (?P<year>{_YEAR})\b"),
    ("quarter", rf"q(?P<quarter>[1-4]) (?:of )?(?P<year>{_YEAR})\b"),
    ("decade", r"(?:the )?(?P<decade>(?:1[5-9]|20)\d0)s\b"),
    ("named", rf"(?P<named>(?:the )?day before yesterday|(?:the )?day after tomorrow|yesterday{_PART}|today|tonight"
     rf"|tomorrow{_PART}|this morning|this afternoon|this evening|last night|overnight)\b"),
    ("ago", rf"(?P<count>{_COUNT}) (?P<unit>{_UNIT})s? ago\b"),
    ("trailing", rf"(?:the )?(?:last|past|previous) (?P<count>{_COUNT}) (?P<unit>{_UNIT})s?\b"),
    ("trailing", rf"(?:the past|the last|this past|past) (?P<unit>{_UNIT})\b"),
    ("sofar", r"(?P<which>earlier|later) (?P<whose>this|last|next) (?P<unit>week|month|year)\b"),
    ("period", rf"(?:(?P<edge>{_EDGE}) )?"
     rf"(?P<which>last|this|next|previous|the previous|the current|the coming|the) (?P<unit>{_UNIT})\b"),
    ("weekday", r"(?:(?P<which>last|this past|this coming|this|next|past|coming|early|late) )?"
     rf"(?P<weekday>{_WEEKDAY})\b{_PART}"),
    ("month", rf"(?P<month>{_FULL})\b"),
    ("year", rf"(?:(?P<edge>{_EDGE})[- ])?(?P<year>{_YEAR})\b(?![-–.,]\d|%)"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(rf"(?<![\w£$€.-]){form}", re.IGNORECASE)) for kind, form in _FORMS)
_CALENDAR = frozenset((*_MONTHS, *_WEEKDAYS))
_VOCABULARY = frozenset(re.findall(r"[a-z]{3,}", " ".join(form for _, form in _FORMS)))
_REACH = 60  # characters: no expression is longer
_AHEAD = re.compile(
    r"\b(?:will|would|going to|due|coming|upcoming|scheduled|planned|plans|expected|next)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, both ends included. `grain` is "day", "month", "year" or "span"."""

    first: date
    last: date
    grain: str = "span"

    def iso(self) -> str:
        """`2016-07-09`, `2016-07`, `2016`, or an ISO 8601 interval `2016-07-04/2016-07-10`."""
        if self.first == self.last:
            return self.first.isoformat()
        whole = {"month": 7, "year": 4}.get(self.grain)
        return self.first.isoformat()[:whole] if whole else f"{self.first.isoformat()}/{self.last.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An expression of time in a text: `text[start:end] == phrase`. `fields` are the parts that its form names."""

    start: int
    end: int
    phrase: str
    kind: str
    fields: tuple[tuple[str, str], ...]


def find(text: str) -> tuple[Moment, ...]:
    """The expressions in reading order, none inside another. A lone month or year is found too: judge its context."""
    found: list[Moment] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            fields = tuple((name, value.lower()) for name, value in match.groupdict().items() if value)
            found.append(Moment(start=match.start(), end=match.end(), phrase=match.group(), kind=kind, fields=fields))
    return tuple(sorted(found, key=lambda moment: moment.start))


def of_times(words: Collection[str], text: str) -> set[str]:
    """Which of these lower-case words stand in an expression of time of the text? Months and weekdays always do; the
    text is only searched for what may do so and need not: "last", "spring".
    """
    sure = set(words) & _CALENDAR
    unsure = (set(words) - sure) & _VOCABULARY
    around = _around(unsure, text) if unsure else ()
    moments = (moment for stretch in around for moment in find(stretch))
    return sure | {word for moment in moments for word in re.findall(r"\w+", moment.phrase.lower())} & set(words)


def _around(words: Collection[str], text: str) -> Iterator[str]:
    """What stands around these words in the text, as far as an expression may reach."""
    for match in re.finditer(rf"\b(?:{'|'.join(sorted(words))})\b", text, re.IGNORECASE):
        yield text[max(0, match.start() - _REACH) : match.end() + _REACH]


def days(moment: Moment, today: date | None, *, towards: Towards = "near") -> Days | None:
    """The days that a moment means for someone who speaks on `today`; None where that is needed and unknown.

    `towards` settles what has no year: the latest such day that has come ("past"), the next one ("future"), or the one
    that an article means, the past unless the coming one is within two months ("near").
    """
    fields = dict(moment.fields)
    try:
        if moment.kind in ("iso", "day", "days", "week", "month", "season", "quarter", "decade", "year"):
            return _calendar(moment.kind, fields, today, towards)
        return _relative(moment.kind, fields, today, towards) if today is not None else None
    except (ValueError, OverflowError):  # 31 June, or a thousand years ago
        return None


def looks_ahead(text: str) -> bool:
    """True where the words around an expression speak of something to come ("will meet on Tuesday")."""
    return bool(_AHEAD.search(text))


def as_date(iso: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None when there is none or it cannot be read."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def _calendar(kind: str, fields: dict[str, str], today: date | None, towards: Towards) -> Days | None:
    if kind == "decade":
        return Days(date(int(fields["decade"]), 1, 1), date(int(fields["decade"]) + 9, 12, 31))
    if kind == "quarter":
        ordinal = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
        quarter = ordinal.get(fields["quarter"]) or int(fields["quarter"])
        return Days(date(int(fields["year"]), quarter * 3 - 2, 1), _month_end(int(fields["year"]), quarter * 3))
    if kind == "year":
        year = int(fields["year"])
        return _edge(Days(date(year, 1, 1), date(year, 12, 31), "year"), fields.get("edge"))
    month = _SEASONS[fields["season"]] if kind == "season" else _month_number(fields["month"])
    day = int(re.sub(r"\D", "", fields.get("day", "1")))
    stated = int(fields["year"]) if "year" in fields else None
    chosen = stated or _year_of(month, day, fields.get("which"), today, towards)
    if not chosen:
        return None
    first = date(chosen, month, day)
    if kind == "season":
        return Days(first, _month_end(chosen + (month == 12), (month + 1) % 12 + 1))
    if kind == "month":
        return _edge(Days(first, _month_end(chosen, month), "month"), fields.get("edge"))
    if kind == "week":
        return _period("week", 0, first)
    if kind == "days":
        return Days(first, date(chosen, month, int(re.sub(r"\D", "", fields["until"]))))
    return Days(first, first, "day")


def _year_of(month: int, day: int, which: str | None, today: date | None, towards: Towards) -> int | None:
    if today is None:
        return None
    if which == "this":
        return today.year
    if which is not None:
        towards = "future" if which in ("next", "this coming") else "past"
    past: int = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    if which == "last" and month == today.month:
        past -= 1
    if towards == "past":
        return past
    if towards == "future":
        return past + 1 if (month, day) != (today.month, today.day) else past
    # Two months: articles name a coming day without its year only when it is near.
    ahead = date(past + 1, month, min(day, 28)) - today
    return past + 1 if (month, day) != (today.month, today.day) and ahead.days <= 62 else past


def _relative(kind: str, fields: dict[str, str], today: date, towards: Towards) -> Days | None:
    if kind == "named":
        return _named(fields["named"], today)
    if kind == "weekday":
        return _weekday(fields, today, towards)
    unit = fields["unit"]
    if kind == "ago":
        return _ago(_count(fields["count"]), unit, today)
    if kind == "trailing":
        count = _count(fields["count"]) if "count" in fields else 1
        return Days(_back(today, count, unit), today)
    if kind == "sofar":
        whole = _period(unit, {"this": 0, "last": -1, "next": 1}[fields["whose"]], today)
        if fields["whose"] != "this":
            return whole
        return Days(whole.first, today) if fields["which"] == "earlier" else Days(today, whole.last)
    which = fields["which"].removeprefix("the ")
    if which == "the" and "edge" not in fields:  # "over the weekend" is the last one, "the week" alone is no time
        return _period(unit, 0 if today.weekday() >= 5 else -1, today) if unit == "weekend" else None
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    return _edge(_period(unit, step, today), fields.get("edge"))


def _named(name: str, today: date) -> Days:
    steps = {"yesterday": -1, "tomorrow": 1, "last night": -1, "overnight": -1}
    step = next((step for word, step in steps.items() if name.startswith(word)), 0)
    step = -2 if "before yesterday" in name else 2 if "after tomorrow" in name else step
    day = today + timedelta(days=step)
    # A night belongs to two days.
    return Days(day, today) if name in ("last night", "overnight") else Days(day, day, "day")


def _weekday(fields: dict[str, str], today: date, towards: Towards) -> Days:
    back = (today.weekday() - _WEEKDAYS.index(fields["weekday"])) % 7
    which = fields.get("which", "")
    if which in ("next", "this coming", "coming") or (towards == "future" and which in ("", "this", "early", "late")):
        day = today + timedelta(days=7 - back)
    else:
        # "Saturday" in Saturday's paper is today, "last Saturday" is a week ago.
        day = today - timedelta(days=7 if back == 0 and which in ("last", "past", "this past") else back)
    return Days(day, day, "day")


def _ago(count: int, unit: str, today: date) -> Days:
    first = _back(today, count, unit)
    if unit in ("day", "hour"):
        return Days(first, first, "day")
    if unit in ("week", "weekend"):
        return _period("week", 0, first)
    return _period(unit, 0, first)


def _back(today: date, count: int, unit: str) -> date:
    if unit == "month":
        year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    if unit == "year":
        return date(today.year - count, today.month, min(today.day, monthrange(today.year - count, today.month)[1]))
    if unit == "hour":
        return today - timedelta(days=-(-count // 24))
    return today - timedelta(days=count * (7 if unit.startswith("week") else 1))


def _period(unit: str, step: int, today: date) -> Days:
    if unit == "year":
        return Days(date(today.year + step, 1, 1), date(today.year + step, 12, 31), "year")
    if unit == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        return Days(date(year, month + 1, 1), _month_end(year, month + 1), "month")
    if unit in ("day", "hour"):
        day = today + timedelta(days=step)
        return Days(day, day, "day")
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
    return (
        Days(monday + timedelta(days=5), monday + timedelta(days=6))
        if unit == "weekend"
        else Days(monday, monday + timedelta(days=6))
    )


def _edge(whole: Days, edge: str | None) -> Days:
    """The first, middle or last third of a period: what "early", "mid" and "late" are commonly read as."""
    if edge is None:
        return whole
    third = ((whole.last - whole.first).days + 1) // 3
    if edge == "early" or "start" in edge or "beginning" in edge:
        return Days(whole.first, whole.first + timedelta(days=third))
    if "mid" in edge:
        return Days(whole.first + timedelta(days=third), whole.last - timedelta(days=third))
    return Days(whole.last - timedelta(days=third), whole.last)


def _month_number(name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.rstrip(".")[:3]))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _count(words: str) -> int:
    word = re.sub(r"^(?:a|the) (?=couple|few)| of$", "", words)
    return int(word) if word.isdigit() else _COUNTS[word]
