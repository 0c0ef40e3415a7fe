"""Which day does a date in metadata mean, in ISO 8601?"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}-{_MONTH}-{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{_DAY}\b"),
)
_SLASHED = re.compile(rf"\b(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}\b")
_TIME = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\.\d+)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"|\b(?P<full>1[0-2]|0?[1-9])\s*(?P<side>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
# Only abbreviations that mean one offset in news; ET, CT and PT depend on the day and are looked up.
_OFFSETS = {"utc": 0, "gmt": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "edt": -4, "est": -5, "cdt": -5, "cst": -6}
_OFFSETS |= {"mdt": -6, "mst": -7, "pdt": -7, "pst": -8}
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "pt": "America/Los_Angeles"}
_NUMERIC_ZONE = re.compile(r"(?:utc|gmt)?\s*(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)\b", re.IGNORECASE)
_ZONE = re.compile(rf"\b(?P<name>{'|'.join([*_OFFSETS, *_PLACES])})\b", re.IGNORECASE)
# Words that may stand beside a date without making it relative or something else than a date.
_BESIDE = re.compile(
    r"published|posted|updated|last|modified|created|first|on|at|of|the|date|dated|originally|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?",
    re.IGNORECASE,
)
# Seconds and milliseconds since 1970 that lie between 1980 and 2100.
_SECONDS = range(315_532_800, 4_102_444_800)


def iso_date(value: object, *, language: str = "en") -> str | None:
    """`2016-07-09`, or with a time `2016-07-09T17:21:00-04:00`; None for what names no single day.

    The offset is kept as written, so that the day stays the one that readers saw. Relative dates ("yesterday") and
    ones that read two ways (07/09/2016) are None: a missing date is better than a wrong one.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime):
        return _plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _from_number(value)
    text = " ".join(str(value).split())
    if not any(character.isdigit() for character in text) or len(text) > 100:
        return None
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _from_number(int(text))
    return _from_iso(text) or _from_words(text) or _from_mail(text) or _from_any_language(text, language)


def is_date_line(line: str) -> bool:
    """Is this whole line a date with nothing but words such as "Updated" beside it?"""
    return len(line) <= 100 and _from_words(" ".join(line.split())) is not None


def later(updated: str | None, published: str | None) -> str | None:
    """`updated` when it says more than `published`, else None."""
    return updated if updated and updated != published and updated[:10] >= (published or "")[:10] else None


def _plain(moment: datetime) -> str:
    # pandas and pyarrow give midnight for a plain day.
    if moment.tzinfo is None and (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0):
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat()


def _from_number(value: float) -> str | None:
    if abs(value) >= 1000 * _SECONDS.stop:
        return None
    seconds = value / 1000 if abs(value) >= _SECONDS.stop else value
    if not _SECONDS.start <= seconds < _SECONDS.stop:
        return None
    return datetime.fromtimestamp(int(seconds), tz=UTC).isoformat()


def _from_iso(text: str) -> str | None:
    if not re.match(r"\d{4}-?\d\d-?\d\d", text):
        return None
    candidate = re.sub(r" (?=[+-]\d\d:?\d\d$)|\s(?=Z$)", "", text.removesuffix(" UTC"))
    try:
        moment = datetime.fromisoformat(candidate)
    except ValueError:
        return None
    return moment.date().isoformat() if len(candidate) <= 10 else moment.replace(microsecond=0).isoformat()


def _from_mail(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_words(text: str) -> str | None:
    day = _day_in(text)
    if day is None:
        return None
    found, (start, end) = day
    rest = text[:start] + " " + text[end:]
    time = _TIME.search(rest)
    zone = None
    if time:
        rest = rest[: time.start()] + " " + rest[time.end() :]
        if numeric := _NUMERIC_ZONE.search(rest):
            rest = rest[: numeric.start()] + " " + rest[numeric.end() :]
            minutes = int(numeric["hours"]) * 60 + int(numeric["minutes"])
            if minutes >= 24 * 60:
                return None
            zone = timezone(timedelta(minutes=minutes if numeric["sign"] == "+" else -minutes))
        elif named := _ZONE.search(rest):
            rest = rest[: named.start()] + " " + rest[named.end() :]
            zone = _zone(named["name"].lower(), found)
    if re.sub(r"[\W_]+", "", _BESIDE.sub("", rest)):
        return None
    if time is None:
        return found.isoformat()
    hour = int(time["hour"] or time["full"])
    half = (time["half"] or time["side"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    moment = datetime(found.year, found.month, found.day, hour, int(time["minute"] or 0), int(time["second"] or 0))
    return moment.replace(tzinfo=zone).isoformat()


def _day_in(text: str) -> tuple[date, tuple[int, int]] | None:
    for pattern in _WRITTEN:
        if match := pattern.search(text):
            month = _MONTHS.get(match["month"].lower()) or int(match["month"])
            return _day(int(match["year"]), month, int(match["day"]), match)
    if match := _SLASHED.search(text):
        first, second = int(match["first"]), int(match["second"])
        # Dots are only used day first; otherwise the day must be told by its size.
        if match["mark"] == "." or first > 12 or first == second:
            return _day(int(match["year"]), second, first, match)
        if second > 12:
            return _day(int(match["year"]), first, second, match)
    return None


def _day(year: int, month: int, day: int, match: re.Match[str]) -> tuple[date, tuple[int, int]] | None:
    try:
        return date(year, month, day), match.span()
    except ValueError:
        return None


def _zone(name: str, day: date) -> timezone:
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    # United States rule since 2007: daylight time from the second Sunday of March to the first of November.
    standard = {"et": -5, "ct": -6, "pt": -8}[name]
    march = date(day.year, 3, 14)
    november = date(day.year, 11, 7)
    start = march - timedelta(days=(march.weekday() + 1) % 7)
    end = november - timedelta(days=(november.weekday() + 1) % 7)
    return timezone(timedelta(hours=standard + (1 if start <= day < end else 0)))


def _from_any_language(text: str, language: str) -> str | None:
    if _SLASHED.search(text) or not re.search(r"[^\W\d_]{3}", text):
        return None
    if language.split("-")[0] == "en":
        # English dates were tried above; the general parser would only find relative or partial ones.
        return None
    import warnings

    import dateparser

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            moment = dateparser.parse(text, languages=[language.split("-")[0]], settings=settings)
        except (ValueError, TypeError, OverflowError):
            return None
    return None if moment is None else _plain(moment)
