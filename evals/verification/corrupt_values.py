"""How can a true sentence be made false by rule? A number, a unit or a date of it changed, one at a time."""

import re
from collections.abc import Sequence
from random import Random

from evals.verification.paraphrase import spelled

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
_VALUES = {spelled(number): number for number in range(2, 100)}
_DIGITS = re.compile(r"(?<![\w.,:])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,:])\d+(?:\.\d+)?(?!\w)")
_SPELLED = re.compile(r"\b(" + "|".join(sorted(_VALUES, key=len, reverse=True)) + r")\b", re.I)
_UNITS = {
    "million": "billion",
    "billion": "million",
    "thousand": "million",
    "percent": "percentage points below average",
    "metres": "kilometres",
    "kilometres": "metres",
    "miles": "kilometres",
    "crowns": "euros",
    "hours": "days",
    "days": "weeks",
    "weeks": "months",
    "months": "years",
    "years": "months",
    "minutes": "hours",
    "seconds": "minutes",
    "tons": "kilos",
    "tonnes": "kilograms",
    "kilograms": "tonnes",
    "kilos": "tons",
    "hectares": "square metres",
    "litres": "barrels",
    "millimetres": "centimetres",
    "degrees": "percent",
    "points": "goals",
    "votes": "percent of the votes",
    "meters": "feet",
    "kilometers": "meters",
    "centimetres": "metres",
    "millimeters": "inches",
    "dozen": "hundred",
    "hundred": "thousand",
    "year": "month",
    "hour": "minute",
    "month": "week",
    "week": "month",
    "megawatts": "kilowatts",
    "acres": "hectares",
    "pounds": "kilograms",
    "litre": "barrel",
}
_UNITS["percent"] = "crowns"


def number(sentence: str, random: Random, others: Sequence[str]) -> str | None:
    """Another number of the article, or a near one, in the place of one that is no date."""
    spots = [
        match for match in [*_DIGITS.finditer(sentence), *_SPELLED.finditer(sentence)] if not _in_date(sentence, match)
    ]
    if not spots:
        return None
    match = random.choice(spots)
    word = match[0]
    if word[0].isdigit():
        value = float(word.replace(",", ""))
        pool = [
            other
            for other in others
            if other[0].isdigit() and other not in sentence and other.replace(",", "") != word.replace(",", "")
        ]
        if pool and random.random() < 0.5:
            new = random.choice(pool)
        elif "." in word:
            new = f"{value + random.choice((-0.3, 0.4, 1.1, 2.0)):.{len(word.split('.')[1])}f}".lstrip("-")
        else:
            step = max(1, round(value * random.choice((0.1, 0.2, 0.5, 1.0))))
            changed = int(value + step if random.random() < 0.6 or value <= step else value - step)
            new = f"{changed:,}" if "," in word else str(changed)
    else:
        value = _VALUES[word.lower()]
        new = spelled(min(99, value + random.choice((1, 2, 3, 7, 10))))
        new = new.capitalize() if word[0].isupper() else new
    return sentence[: match.start()] + new + sentence[match.end() :] if new != word else None


def unit(sentence: str, random: Random, others: Sequence[str]) -> str | None:
    """Million for billion, metres for kilometres, weeks for days behind a number."""
    found = [
        (match, new) for old, new in _UNITS.items() for match in re.finditer(rf"(?<=[\dnoaerxydt] ){old}\b", sentence)
    ]
    numbered = [
        (match, new)
        for match, new in found
        if re.search(
            r"(?:\d|\b(?:" + "|".join(_VALUES) + r"|a|an|one|last|million|billion|half a))[ -]$",
            sentence[: match.start()],
        )
    ]
    numbered = [
        (match, new) for match, new in numbered if not re.search(r"\b(?:last|the|a|an) $", sentence[: match.start()])
    ]
    if not numbered:
        return None
    match, new = random.choice(numbered)
    return sentence[: match.start()] + new + sentence[match.end() :]


def moved_date(sentence: str, random: Random, others: Sequence[str]) -> str | None:
    """Another weekday, month, day of the month, year or time of day."""
    spots: list[tuple[int, int, str]] = []
    for match in re.finditer(r"\b(" + "|".join(DAYS) + r")\b", sentence):
        spots.append((*match.span(), random.choice([day for day in DAYS if day not in sentence])))
    for match in re.finditer(r"\b(" + "|".join(MONTHS) + r")\b", sentence):
        spots.append((*match.span(), random.choice([month for month in MONTHS if month not in sentence])))
        day = re.match(r" (\d{1,2})\b(?!\d|,\d)", sentence[match.end() :])
        if day:
            start = match.end() + 1
            spots.append((start, start + len(day[1]), str(int(day[1]) % 27 + random.choice((1, 2)))))
    for match in re.finditer(
        r"(?<![\d,.])\b(1[6-9]\d\d|20\d\d)\b(?![,.]\d| (?:people|crowns|metres|votes|passengers|members|signatures))",
        sentence,
    ):
        spots.append((*match.span(), str(int(match[0]) + random.choice((-11, -2, -1, 1, 3)))))
    for match in re.finditer(r"\b(\d{1,2})([.:]\d\d)? ?(?=[ap]\.?m)", sentence):
        spots.append((match.start(1), match.end(1), str(int(match[1]) % 12 + 1)))
    for old, new in (
        ("yesterday", "today"),
        ("tomorrow", "yesterday"),
        ("last week", "next week"),
        ("next week", "last week"),
        ("last month", "last week"),
        ("last year", "last month"),
        ("next year", "last year"),
        ("this summer", "last summer"),
        ("last November", "last March"),
    ):
        spots.extend((*match.span(), new) for match in re.finditer(rf"\b{old}\b", sentence))
    if not spots:
        return None
    start, end, new = random.choice(spots)
    return sentence[:start] + new + sentence[end:] if sentence[start:end] != new else None


def numbers(sentences: Sequence[str]) -> list[str]:
    """Every number that the sentences hold."""
    return sorted(
        {match[0] for sentence in sentences for match in [*_DIGITS.finditer(sentence), *_SPELLED.finditer(sentence)]}
    )


def _in_date(sentence: str, match: re.Match[str]) -> bool:
    before, after = sentence[max(0, match.start() - 12) : match.start()], sentence[match.end() : match.end() + 12]
    if any(before.rstrip().endswith(month) for month in MONTHS) or any(
        after.lstrip().startswith(month) for month in MONTHS
    ):
        return True
    if re.match(r"[.:]?\d* ?[ap]\.?m", after) or re.fullmatch(r"1[5-9]\d\d|20\d\d", match[0]):
        return True
    return bool(re.match(r"-?(?:first|second|third)", after))
