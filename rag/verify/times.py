"""Which dates and times does a text state, and are they the source's? Relative ones count from the article's date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rag.verify.words import STOP, fold, same, stem

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = {name: number for number, name in enumerate(_MONTHS, start=1)}
_MONTH |= {name[:3]: number for name, number in _MONTH.items()} | {"sept": 9}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_Y = r"(?:1[0-9]\d\d|20\d\d)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_NUMBER = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen"
).split()
_COUNT = r"(?:\d+|a|an|" + "|".join(_NUMBER) + ")"
_PATTERNS = {
    "iso": rf"\b(?P<y>{_Y})-(?P<m>\d\d)-(?P<d>\d\d)\b",
    "dmy": rf"\b(?:the )?(?P<d>{_D})(?: of)? (?P<mon>{_M})(?:,? (?P<y>{_Y}))?\b(?![-\d])",
    "mdy": rf"\b(?P<mon>{_M}) (?P<d>{_D})\b(?:,? (?P<y>{_Y})\b)?(?!,\d)",
    "my": rf"\b(?P<mon>{_M})(?: of)?,? (?P<y>{_Y})\b",
    "season": rf"\b(?P<season>spring|summer|autumn|winter)(?: of)? (?P<y>{_Y})\b",
    "decade": r"\b(?P<decade>1[0-9]\d0|20\d0)s\b",
    "weekday": r"\b(?:(?P<rel>last|next|this) )?(?P<week>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b",
    "ago": rf"\b(?P<count>{_COUNT}) (?P<unit>day|week|month|year)s? (?P<dir>ago|earlier|before|later|from now)\b"
    r"(?! (?:the|a|an|he|she|it|they|his|her|its|their)\b| [A-Z])",
    "relunit": r"\b(?P<rel>last|next|this|previous|coming|following) (?P<unit>week|month|year)\b",
    "relmonth": rf"\b(?P<rel>last|next|this) (?P<mon>{_M})",
    "day": r"\b(?P<day>today|tonight|yesterday|tomorrow)\b",
    "clock": r"\b(?P<h>\d{1,2})(?:[:.](?P<min>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<h24>[01]?\d|2[0-3]):(?P<min24>[0-5]\d)\b|\b(?P<word>noon|midnight)\b",
    "month": rf"(?<![.!?] )\b(?P<mon>{_M})(?! [A-Z])",
    # A year counts nothing: "1,998 years", "2004 millimetres" and "1908 million" are amounts.
    "year": rf"(?<![\d,.$€£:-])\b(?P<y>{_Y})\b(?![,.]\d|%|-\w|:\d"
    r"| (?:people|percent|per|million|billion|thousand|(?!was\b|is\b|has\b)[a-z]+s\b|are\b|were\b|have\b))",
    "reltime": r"\b(?P<rel>last|this|next) (?:spring|summer|autumn|winter|night|evening|morning)\b",
}
_ANY = [
    (kind, re.compile(pattern, re.I if kind in {"ago", "relunit", "day", "season", "clock"} else 0))
    for kind, pattern in _PATTERNS.items()
]
# "May" and "March" are months only where something says so.
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|from|of|early|late|mid|during|last|next|this|through|between|and|to|late-|mid-)[ -]$",
    re.I,
)
_EARLY = re.compile(r"\b(?:before|until|till|by|prior to|up to)(?: the| early| late)? ?(?:on )?$", re.I)
_LATE = re.compile(r"\b(?:after|since|from|following)(?: the| early| late)? ?(?:on )?$", re.I)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stated date or time: what is written, the days it may mean (first, last), and the stems beside it."""

    text: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    minute: int | None = None
    spans: tuple[tuple[date, date], ...] = ()
    side: str = ""
    nouns: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def moments(text: str, published: str | None = None) -> tuple[Moment, ...]:
    """Every date and time of day in `text`, in order, relative ones resolved against `published` (ISO) if given."""
    base = _day(published)
    taken: list[tuple[int, int]] = []
    found: list[Moment] = []
    for kind, pattern in _ANY:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            moment = _moment(kind, match, base, text)
            if moment is not None:
                taken.append(match.span())
                found.append(moment)
    return tuple(sorted(found, key=lambda moment: moment.start))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _moment(kind: str, match: re.Match[str], base: date | None, text: str) -> Moment | None:
    part = match.groupdict()
    before = text[max(0, match.start() - 24) : match.start()]
    side = "early" if _EARLY.search(before) else "late" if _LATE.search(before) else ""
    beside = _beside(text, match.start(), match.end())
    if kind == "clock":
        return Moment(match[0], *match.span(), minute=_minute(part), side=side, nouns=beside)
    if (
        kind == "month"
        and not re.match(r" (?:has|had|was|is|brought|saw)\b", text[match.end() : match.end() + 9])
        and (match[0].lower().rstrip(".") in {"may", "march", "mar", "sep", "dec", "jan"})
        and not _BEFORE_MONTH.search(before)
    ):
        return None
    year = int(part["y"]) if part.get("y") else None
    month = _MONTH.get(part["mon"].lower().rstrip(".")) if part.get("mon") else None
    day = int(re.sub(r"\D", "", part["d"])) if part.get("d") else None
    weekday = None
    spans: list[tuple[date, date]] = []
    try:
        if kind == "iso":
            month = int(part["m"])
        if kind in {"iso", "dmy", "mdy", "my", "year", "month"}:
            spans = list(_calendar(year, month, day, base))
        elif kind == "season" and year:
            first, last = _SEASONS[part["season"].lower()]
            spans = [(date(year, first, 1), _month_end(year + (last < first), last))]
        elif kind == "decade":
            year = None
            spans = [(date(int(part["decade"]), 1, 1), date(int(part["decade"]) + 9, 12, 31))]
        elif kind == "weekday":
            weekday = next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(part["week"].lower()))
            spans = list(_weekdays(weekday, base))
        elif base is not None and kind != "reltime":
            spans = list(_relative(kind, part, base, month))
    except ValueError:
        return None
    if kind == "relmonth" and spans:
        year = spans[0][0].year
    return Moment(match[0], *match.span(), year, month, day, weekday, None, tuple(spans), side, beside)


def _minute(part: dict[str, str]) -> int:
    if part.get("word"):
        return 720 if part["word"].lower() == "noon" else 0
    if part.get("h24"):
        return int(part["h24"]) * 60 + int(part["min24"])
    hour = int(part["h"]) % 12 + (12 if part["half"].lower() == "p" else 0)
    return hour * 60 + int(part["min"] or 0)


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def _calendar(year: int | None, month: int | None, day: int | None, base: date | None) -> Iterator[tuple[date, date]]:
    years = [year] if year else []
    if not year and base and month:
        years = [base.year] + ([base.year - 1] if month > base.month else [])
    for each in years:
        if month and day:
            yield date(each, month, day), date(each, month, day)
        elif month:
            yield date(each, month, 1), _month_end(each, month)
        else:
            yield date(each, 1, 1), date(each, 12, 31)


def _weekdays(weekday: int, base: date | None) -> Iterator[tuple[date, date]]:
    if base:
        back = (base.weekday() - weekday) % 7
        for days in (-back, 7 - back):
            day = base + timedelta(days=days)
            yield day, day


def _relative(kind: str, part: dict[str, str], base: date, month: int | None) -> Iterator[tuple[date, date]]:
    if kind == "day":
        shift = {"yesterday": -1, "tomorrow": 1}.get(part["day"].lower(), 0)
        day = base + timedelta(days=shift)
        yield day, day
    elif kind == "ago":
        word = part["count"].lower()
        count = int(word) if word.isdigit() else 1 if word in {"a", "an"} else _NUMBER.index(word) + 1
        sign = -1 if part["dir"].lower() in {"ago", "earlier", "before"} else 1
        unit = part["unit"].lower()
        if unit == "year":
            yield date(base.year + sign * count, 1, 1), date(base.year + sign * count, 12, 31)
        elif unit == "month":
            total = base.year * 12 + base.month - 1 + sign * count
            yield date(total // 12, total % 12 + 1, 1), _month_end(total // 12, total % 12 + 1)
        else:
            slack = 0 if unit == "day" else 3
            day = base + sign * timedelta(days=count * (7 if unit == "week" else 1))
            yield day - timedelta(days=slack), day + timedelta(days=slack)
    else:
        shift = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(part["rel"].lower(), 0)
        if kind == "relmonth" and month:
            year = base.year + (
                -1 if shift < 0 and month >= base.month else 1 if shift > 0 and month <= base.month else 0
            )
            yield date(year, month, 1), _month_end(year, month)
        elif part["unit"].lower() == "week":
            monday = base - timedelta(days=base.weekday()) + timedelta(days=7 * shift)
            yield monday, monday + timedelta(days=6)
        elif part["unit"].lower() == "month":
            total = base.year * 12 + base.month - 1 + shift
            yield date(total // 12, total % 12 + 1, 1), _month_end(total // 12, total % 12 + 1)
        else:
            yield date(base.year + shift, 1, 1), date(base.year + shift, 12, 31)


def _beside(text: str, start: int, end: int) -> tuple[str, ...]:
    """Stems of the content words next to a date in its clause: what happened then."""
    left = re.split(r"[.;:,—]| and | but | while ", text[max(0, start - 90) : start])[-1]
    right = re.split(r"[.;:,—]| and | but | while ", text[end : end + 60])[0]
    words = re.findall(r"[^\W\d_]+", fold(left))[-7:] + re.findall(r"[^\W\d_]+", fold(right))[:4]
    return tuple(stem(word) for word in words if word not in STOP)


def agrees(claim: Moment, source: Moment) -> bool:
    """Does `source` state the time that `claim` states, at least as exactly?"""
    if claim.minute is not None or source.minute is not None:
        return claim.minute == source.minute
    if claim.weekday is not None and source.weekday is not None:
        return claim.weekday == source.weekday
    if fold(claim.text) == fold(source.text):
        return True
    for first, last in claim.spans:
        if any(first <= start and end <= last for start, end in source.spans):
            return True
    if claim.spans and source.spans:
        return False
    if claim.weekday is not None:
        return any(start == end and start.weekday() == claim.weekday for start, end in source.spans)
    pairs = ((claim.year, source.year), (claim.month, source.month), (claim.day, source.day))
    stated = [(one, two) for one, two in pairs if one is not None]
    return bool(stated) and all(one == two for one, two in stated)


def _conflicts(claim: Moment, source: Moment) -> bool:
    pairs = (
        (claim.year, source.year),
        (claim.month, source.month),
        (claim.day, source.day),
        (claim.minute, source.minute),
    )
    return any(one is not None and two is not None and one != two for one, two in pairs)


def disagreement(claim: str, quote: str, *, published: str | None = None, context: str = "") -> str:
    """Why the dates of `claim` are not those of `quote`; empty when each is stated there.

    A date that the quote leaves open may come from `context`, the text around it, if the quote does not say otherwise.
    """
    stated = moments(claim, published)
    if not stated:
        return ""
    given = moments(quote, published)
    around = moments(context, published) if context else ()
    for one in stated:
        equal = [two for two in given if agrees(one, two)]
        rivals = [two for two in given if two not in equal and (one.minute is None) == (two.minute is None)]
        if not equal:
            exact = one.day is not None or one.weekday is not None or one.minute is not None
            open_to = not exact and not any(_conflicts(one, two) for two in rivals)
            if open_to and (one.year or one.month) and not rivals and any(agrees(one, two) for two in around):
                continue
            if rivals:
                return f"the source gives {rivals[0].text}, not {one.text}"
            return f"the source does not give {one.text}"
        if all({one.side, two.side} == {"early", "late"} for two in equal):
            return f"the source says it the other way round: not {one.side} but {equal[0].side} {one.text}"
        best = max(_overlap(one, two) for two in equal)
        closest = max((_overlap(one, two) for two in rivals), default=0)
        if one.nouns and best == 0 and closest > 0 and all(two.nouns for two in equal):
            return f"{one.text} is the date of something else in the source"
    return ""


def _overlap(one: Moment, two: Moment) -> int:
    return sum(any(same(left, right) for right in two.nouns) for left in one.nouns)
