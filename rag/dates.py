"""Which time is a question about?

Three kinds of dates are kept apart: when an article was published, when it was updated, and when the event it tells of
took place. A window speaks of publication. A question about a day names an event, and reports of it may be printed days
later: such a window is a preference (`strict=False`), and rag/recency.py says how far an article outside it falls back.
"Before July", "since Monday", "as of 3 May" are about what was known then: they are strict.
"""

import itertools
import re
from collections.abc import Callable
from datetime import date, timedelta

from rag.article_dates import DETERMINED, TIME_PREPOSITIONS, is_time
from rag.english import FUNCTION, content
from rag.moments import Days, Moment, as_date, days, find, looks_ahead
from rag.records import Window

# "Not published before May" is a bound; who "had not resigned before May" is asked about before May.
_NOT = r"(?:no|not|\w+n['’]t)\s+(?:(?:published|reported|printed|written|posted|released|updated|dated)\s+)?"
# Tried in this order: the bounds that hold the named day itself stand before the words that they are made of.
_RELATIONS = (
    ("as of", r"as of|as at|as on|up to|up until|until|till|through|by|no later than|not later than"),
    ("since", rf"{_NOT}(?:before|prior to|earlier than)|on (?:or|and) after|after or on"),
    ("until", rf"{_NOT}(?:after|later than)|on (?:or|and) before|before or on"),
    ("before", r"before|prior to|ahead of|earlier than|pre"),
    ("after", r"after|following|later than"),
    ("since", r"since|from|starting|onwards from"),
    ("for", r"for|due on|due in|planned on|scheduled on"),
    ("in", TIME_PREPOSITIONS),
)
_MODIFIER = (
    r"(?:(?:the|a|about|around|roughly|late|early|the end of|end of|the start of|the morning of|the evening of)\s+)*"
)
_BEFORE = [(name, re.compile(rf"\b(?:{words})\s+{_MODIFIER}$", re.IGNORECASE)) for name, words in _RELATIONS]
_OF_EVENT = re.compile(r"\b(?:the|a|an|that)\s+(?:[\w-]+\s+){0,2}?([\w-]+)\s+(?:of|from)\s+(?:the\s+)?$", re.IGNORECASE)
_CLOCK_NOUNS = {
    "week",
    "weekend",
    "month",
    "months",
    "end",
    "start",
    "beginning",
    "middle",
    "evening",
    "morning",
    "night",
}
_CLOCK_NOUNS |= {"day", "afternoon", "half", "part", "summer", "spring", "autumn", "winter", "quarter", "course"}
_CLOCK_NOUNS |= {"article", "articles", "report", "reports", "story", "stories", "news", "issue", "edition", "coverage"}
_FOUNDED = re.compile(
    r"\b(?:born|founded|established|built|constructed|invented|discovered|created|composed|painted|written|graduated|"
    r"first\s+(?:opened|published|released|elected|used)|dates?\s+(?:back\s+)?(?:to|from)|inaugurated|incorporated)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:published|reported|printed|written|articles?|stories|reports?|coverage|news)\b", re.IGNORECASE
)
_SPANNING = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINT = re.compile(r"^\s*(?:and|to|until|till|through|[-–—])\s*(?:the\s+)?$", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:latest|newest|most\s+recent(?:ly)?|currently|(?<!until\s)(?<!till\s)now(?!-)(?!\s+that)|nowadays|so\s+far|to\s+date|"
    r"recent(?:ly)?|at\s+present|at\s+the\s+moment|these\s+days|still|up\s+to\s+now|as\s+it\s+stands|current(?=\s+[a-z])(?!\s+(?:of|in|was|is|that|flow)\b)|"
    r"(?:final|updated|revised|corrected|last)\s+(?:reported\s+)?(?:figures?|count|toll|number|total|estimate|update|report|statement))\b",
    re.IGNORECASE,
)
_NEWEST = re.compile(r"\b(?:latest|newest|most\s+recent|final|updated|revised|corrected)\b", re.IGNORECASE)
_EARLIEST = re.compile(
    r"\b(?:initially|at\s+first|originally(?!\s+from)|first\s+(?:reported|announced|estimated|believed|thought)|earliest|"
    r"(?:initial|first|early|original|preliminary)\s+(?:reports?|figures?|estimates?|toll|count|number|statement|story))\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"^(?:[\w\s,'’-]*?\b)?(?:is|are|does|do|has|have|isn't|aren't)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?P<relation>before|after|since|until|till|prior\s+to|ahead\s+of|following|in\s+the\s+(?:run-up\s+to|wake\s+of)|"
    r"leading\s+up\s+to)\s+(?P<event>(?:(?:the|a|an|this|that|its|his|her|their|last|yesterday['’]s)\s+[^,?;]+|(?-i:[A-Z])[^,?;]+))",
    re.IGNORECASE,
)
_NO_EVENT = re.compile(
    r"^(?:the|a|an|this|that)\s+(?:\w+\s+)?(?:court|judges?|jury|parliament|committee|tribunal|council|panel|commission|congress|"
    r"senate|inquiry|hearing\s+officer|camera|public|king|queen|people|age|fact|event|first|last|next|man|woman|name)\b(?!['’]s)",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"\b(?:named|called|look(?:s|ed|ing)?|ran|run|take[ns]?|took|modell?ed|goes|day|year|one)\s+$", re.IGNORECASE
)
_CLAUSE_END = re.compile(
    r"\s+(?:(?:what|who|whom|how|why|where|when|which|did|does|is|are|was|were|has|have|had)\b.*)$", re.IGNORECASE
)


def window(
    question: str,
    *,
    today: str | None = None,
    newest: str | None = None,
    oldest: str | None = None,
    published_of: Callable[[str], str | None] | None = None,
) -> Window | None:
    """The window or preference that a question names, or None. `today` is the asker's day (default: the machine's).

    `newest` and `oldest` are the library's first and last published dates: a date without a year means its latest
    occurrence that the library can hold, and a period that ended before the library begins is the subject, no filter.
    `published_of` turns the words that look an event up ("the vote: council members undecided") into
    its date: rag.recency.event_day over a search for them.
    """
    now = as_date(today) or date.today()
    anchor = min(now, as_date(newest) or now)
    prefer = "latest" if _LATEST.search(question) else "earliest" if _EARLIEST.search(question) else None
    moments = [moment for moment in find(question) if is_time(question, moment)]
    bounded = _between(question, moments, now, anchor)
    for moment in moments if bounded is None else ():
        bounded = _one(question, moment, now, anchor)
        if bounded is not None:
            break
    if bounded is None and published_of is not None:
        bounded = _of_event(question, published_of)
    first_day = as_date(oldest)
    if (
        bounded is not None
        and first_day is not None
        and bounded.before is not None
        and bounded.before <= first_day.isoformat()
    ):
        bounded = None
    if bounded is None:
        cue = _LATEST.search(question) or _EARLIEST.search(question)
        return Window(prefer=prefer, phrase=cue.group(), strict=False) if cue and prefer else None
    # "Still missing on April 14" is about that day; "the latest toll before July" is the newest of before.
    strong = _LATEST.search(question) is None or _NEWEST.search(question) is not None
    return Window(
        after=bounded.after,
        before=bounded.before,
        prefer=bounded.prefer or (prefer if strong else None),
        phrase=bounded.phrase,
        strict=bounded.strict,
    )


def event_phrase(question: str) -> str | None:
    """The event that a question is dated by ("before the vote" -> "the vote"): search for it and take its date."""
    found = _event(question)
    return found[1] if found else None


def _between(question: str, moments: list[Moment], now: date, anchor: date) -> Window | None:
    for one, other in itertools.pairwise(moments):
        if _SPANNING.search(question[: one.start]) and _JOINT.match(question[one.end : other.start]):
            first, last = days(one, anchor, towards="past"), days(other, anchor, towards="past")
            if first and last and first.first > last.last and not dict(other.fields).get("year"):
                first = days(one, last.last, towards="past")
            if first and last and first.first <= last.last and first.first <= now:
                phrase = question[one.start : other.end]
                strict = bool(_PUBLISHED.search(question))  # else: rain that fell in winter is printed in spring
                return Window(after=first.first.isoformat(), before=_next(last), phrase=phrase, strict=strict)
    return None


def _one(question: str, moment: Moment, now: date, anchor: date) -> Window | None:
    before, after = question[: moment.start], question[moment.end :]
    relation = next((name for name, pattern in _BEFORE if pattern.search(before)), "")
    relative = moment.kind in ("named", "ago", "trailing", "sofar", "period", "weekday") or "which" in dict(
        moment.fields
    )
    meant = days(moment, now if relative else anchor, towards="past")
    if meant is None or relation == "for" or _is_subject(before, after, moment) or _is_limit(after, moment):
        return None
    if meant.first > now:
        return Window(prefer="latest", phrase=moment.phrase, strict=False) if relative else None
    if looks_ahead(re.sub(r"\bwould\b", "", before)) and not relative:
        return None
    if not relative and relation == "in" and _FOUNDED.search(question) and not _PUBLISHED.search(before):
        return None
    if (
        moment.phrase.lower() in ("today", "tonight")
        and _PRESENT.search(question)
        and not re.search(r"\bhappen", question)
    ):
        return Window(prefer="latest", phrase=moment.phrase, strict=False)
    start, end = meant.first.isoformat(), _next(meant)
    if relation == "before":
        return Window(before=start, phrase=moment.phrase, strict=True)
    if relation == "as of":
        return Window(before=end, prefer="latest", phrase=moment.phrase, strict=True)
    if relation == "until":
        return Window(before=end, phrase=moment.phrase, strict=True)
    if relation == "after":
        return Window(after=end, phrase=moment.phrase, strict=True)
    onwards = re.match(r"\s+(?:on|onwards?|until now|to date)\b", after, re.IGNORECASE)
    if (relation == "since" and not re.search(r"\bfrom\s+(?:the\s+)?$", before, re.IGNORECASE)) or onwards:
        return Window(after=start, phrase=moment.phrase, strict=True)
    possessive = after[:2] in ("'s", "’s")
    # A day's events are printed the next day as well; a week or more of "last week" is about what was printed in it.
    strict = (relative and meant.first != meant.last and not possessive) or bool(_PUBLISHED.search(before[-25:]))
    return Window(after=start, before=end, phrase=moment.phrase, strict=strict)


def _is_subject(before: str, after: str, moment: Moment) -> bool:
    """True for "the 2016 referendum", "the June 18 offensive", "the referendum of 2016": the date names the thing."""
    follows = re.match(r"\s+([\w-]+)", after)
    noun = follows is not None and follows.group(1).lower() not in FUNCTION
    absolute = moment.kind in ("iso", "day", "days", "week", "month", "season", "quarter", "decade", "year")
    absolute = absolute and "which" not in dict(moment.fields)
    if absolute and noun and DETERMINED.search(before):
        return True
    if absolute and re.match(r"['’]s\s+\w", after) and moment.kind in ("month", "year"):
        return True
    of_event = _OF_EVENT.search(before)
    named = of_event.group(1).lower() if of_event else "as"
    return absolute and named != "as" and named not in _CLOCK_NOUNS


def _is_limit(after: str, moment: Moment) -> bool:
    """True for "the last day for claims", "the last week of the season": the end of something, and not of today."""
    return moment.kind == "trailing" and bool(re.match(r"\s+(?:of|for|to|when|that|on\s+which|before)\b", after))


def _event(question: str) -> tuple[str, str] | None:
    for match in _EVENT.finditer(question):
        phrase = _CLAUSE_END.sub("", match["event"]) if match.start() == 0 else match["event"]
        phrase = phrase.strip(" .!")
        dates = [moment for moment in find(phrase) if is_time(match.group(), moment)]
        whole = any(moment.start <= 4 and moment.end >= len(phrase) - 1 for moment in dates)
        if whole or any(
            moment.kind in ("named", "ago", "period", "trailing") and moment.start == 0 for moment in dates
        ):
            continue
        if not _NO_EVENT.match(phrase) and not _NAMED_AFTER.search(question[: match.start()]):
            return match["relation"].lower(), phrase
    return None


def _of_event(question: str, published_of: Callable[[str], str | None]) -> Window | None:
    found = _event(question)
    if found is None:
        return None
    relation, phrase = found
    day = as_date(published_of(_looked_up(phrase, question)))
    if day is None:
        return None
    earlier = relation.split()[0] in ("before", "until", "till", "prior", "ahead", "leading") or "run-up" in relation
    bounds = {"before": day.isoformat()} if earlier else {"after": day.isoformat()}
    return Window(before=bounds.get("before"), after=bounds.get("after"), phrase=f"{relation} {phrase}", strict=False)


def _looked_up(phrase: str, question: str) -> str:
    """A short phrase with the rest of its question behind it: which vote, if the library tells of several."""
    if len(content(phrase)) > 2:
        return phrase
    rest = [
        word.strip("?,.") for word in question.replace(phrase, "").split() if set(content(word)) - set(content(phrase))
    ]
    return f"{phrase}: {' '.join(rest)}" if rest else phrase


def _next(meant: Days) -> str:
    return (meant.last + timedelta(days=1)).isoformat()
