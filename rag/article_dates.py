"""Which days does an article's "last Friday" mean, and is an expression one of time at all?"""

import re

from rag.english import FUNCTION
from rag.moments import Moment, Towards, as_date, days, find, looks_ahead

TIME_PREPOSITIONS = r"in|on|during|within|over|from|throughout|at|around|about"
DETERMINED = re.compile(r"(?:\b(?:the|a|an|that|its|his|her|their|our|every|each)|['’]s)\s+$", re.IGNORECASE)

# What makes a number of a year: "about 2000 people", and "rose to 2000" where nothing follows, but for "2022 to 2024".
_COUNTED = re.compile(r"\b(?:about|around|over|to|and|by)\s+$")
_COUNTED_ALONE = re.compile(r"\b(?:about|around|over|(?<!\d{4} )to)\s+$")


def resolve(expression: str, published: str | None) -> str | None:
    """The absolute date of an expression in an article of that date: `2016-07-09`, `2016-07`, `2016`, or an interval
    `2016-07-04/2016-07-10`; None where it names no time, or a relative one in an article without a date. Words around
    the expression may be given with it: "will meet on Tuesday" is the coming Tuesday.
    """
    for moment in find(expression):
        meant = days(moment, as_date(published), towards=_towards(expression))
        if meant is not None:
            return meant.iso()
    return None


def dated(text: str, published: str | None) -> tuple[tuple[int, int, str], ...]:
    """Every expression of time in an article's text as (start, end, absolute date): shown beside a quote."""
    found = []
    for moment in find(text):
        around = re.split(r"[.!?\n]", text[max(0, moment.start - 40) : moment.start])[-1]  # its own sentence
        meant = days(moment, as_date(published), towards=_towards(around)) if is_time(text, moment) else None
        if meant is not None:
            found.append((moment.start, moment.end, meant.iso()))
    return tuple(found)


def is_time(text: str, moment: Moment) -> bool:
    """False for "May" the name, "may" the verb, "Black Friday", a year that counts people, and the like."""
    before, after = text[: moment.start], text[moment.end :]
    fields = dict(moment.fields)
    previous = re.search(r"([\w'’.-]+)\s+$", before)
    word = previous.group(1) if previous else ""
    follows = re.match(r"\s+([\w'’-]+)", after)
    then = follows.group(1) if follows else ""
    temporal = re.search(
        rf"\b(?:{TIME_PREPOSITIONS}|since|before|after|until|till|by|through|to|and|between|of|late|early|mid)\s+$",
        before,
        re.IGNORECASE,
    )
    if moment.kind == "month" and set(fields) == {"month"}:
        if moment.phrase[0].islower() or moment.phrase.lower() in ("may", "march", "april", "june", "august"):
            return bool(temporal) and not re.match(r"(?:\w+ed|said|says|left|became|took|won|lost|quit|told)$", then)
        return bool(temporal) or not (word[:1].isupper() and word.lower() not in FUNCTION)
    if moment.kind == "weekday" and "which" not in fields:
        named = word[:1].isupper() and word.lower() not in FUNCTION and previous is not None and previous.start() > 0
        part = re.search(r"(?:day)$", moment.phrase, re.IGNORECASE)
        return not named and not (part and then[:1].isupper() and "’" not in after[:1] and "'" not in after[:1])
    if moment.kind == "year" and "edge" not in fields:
        alone = not before.strip() and not after.strip()
        counted = _COUNTED if then else _COUNTED_ALONE
        counts = then.lower() not in FUNCTION and counted.search(before) is not None
        return alone or (temporal is not None and not counts) or bool(DETERMINED.search(before))
    return True


def _towards(around: str) -> Towards:
    return "future" if looks_ahead(around) else "near"
