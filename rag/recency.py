"""How well does an article's date suit a question's window, and on which day was an event?"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from index.records import Passage
from index.sentences import sentences
from rag.article_dates import dated
from rag.english import content, stem, words
from rag.events import same_event
from rag.moments import as_date
from rag.records import Window

# An article printed a few days after a window still tells of it; one printed before it began cannot.
REPORTING_DAYS = 3
INSIDE, SHORTLY_AFTER, LATER, EARLIER = 1.0, 0.97, 0.9, 0.85
# "Latest" is a third ranking beside words and vectors, at half the weight of the weaker one: what is newest but beside
# the point must not come first. Chosen on the times suite's development half (evals/LOG.md).
RECENCY_WEIGHT = 0.5
LOOKED_AT = 10  # passages about an event that are looked through for its day
_DEADLINE = re.compile(r"\b(?:until|by|from)\s+(?:the\s+)?$", re.IGNORECASE)
# What nobody reports on before it happens: of a vote or a match there are earlier articles, of these none.
_UNFORESEEN = re.compile(
    r"\b(?:disaster|tragedy|catastrophe|accident|crash|collision|derailment|wreck|sinking|capsizing|fire|wildfire|blaze|"
    r"blast|explosion|attack|shooting|stabbing|bombing|murder|killing|robbery|burglary|heist|theft|earthquake|quake|"
    r"tremor|landslide|mudslide|rockfall|avalanche|eruption|tsunami|collapse|breach|spill|leak|outage|blackout|outbreak)s?\b",
    re.IGNORECASE,
)
RRF_CONSTANT = 60  # as in rag/fuse.py


def weight(published: str | None, when: Window) -> float:
    """How well an article's date suits a window, in (0, 1]: 1 inside, less shortly after, least before it began."""
    day = (published or "")[:10]
    if when.after is None and when.before is None:
        return INSIDE
    if not day:
        return LATER
    if when.after is not None and day < when.after:
        return EARLIER
    if when.before is None or day < when.before:
        return INSIDE
    end = as_date(when.before)
    if when.after is None:  # "before the vote": what came later tells of something else
        return EARLIER
    soon = end is not None and day < (end + timedelta(days=REPORTING_DAYS)).isoformat()
    return SHORTLY_AFTER if soon else LATER


def preferred(passages: Sequence[Passage], when: Window | None) -> list[Passage]:
    """Fused passages in the order that a window prefers, `score` changed to it; a strict window has filtered before."""
    if when is None:
        return list(passages)
    newest_first = sorted({as_of(passage) for passage in passages}, reverse=when.prefer != "earliest")
    places = {day: place for place, day in enumerate(newest_first, 1)}
    bonus = RECENCY_WEIGHT if when.prefer in ("latest", "earliest") else 0.0
    scored = [
        replace(
            passage,
            score=passage.score * weight(passage.published, when) + bonus / (RRF_CONSTANT + places[as_of(passage)]),
        )
        for passage in passages
    ]
    return sorted(scored, key=lambda passage: -passage.score)


def event_day(event: str, passages: Sequence[Passage]) -> str | None:
    """The day of an event, out of what a search for it found: the day that sentences about it name; else the date of
    the first article with the event in its title; else that of the best article. What nobody foresaw was on the day of
    the first report of that article's event, not on that of an inquiry's.

    `event` may have a colon and further words of the question behind it ("the vote: council members"), which tell one
    vote from another.
    """
    phrase, _, rest = event.partition(": ")
    named, around = set(content(phrase)), set(content(rest))
    if not named:
        return None  # "before this one" names no event
    votes: Counter[str] = Counter()
    for place, passage in enumerate(passages[:LOOKED_AT]):
        shared = len(around & set(content(f"{passage.title} {passage.text}")))
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            if not named <= set(content(sentence)):
                continue
            said = [i for i, word in enumerate(words(sentence)) if stem(word) in named]
            if not said:
                continue
            at = [
                (len(words(sentence[:begin])), day)
                for begin, _, day in dated(sentence, passage.published)
                if not _DEADLINE.search(sentence[:begin])
            ]
            nearest = min(at, key=lambda item: min(abs(item[0] - i) for i in said), default=(0, ""))[1]
            if len(nearest) == len("2016-07-09"):
                votes[nearest] += LOOKED_AT - place + 5 * shared
    if votes:
        return votes.most_common(1)[0][0]
    titled = next((passage for passage in passages if named <= set(content(passage.title)) and passage.published), None)
    best = titled or next((passage for passage in passages if passage.published), None)
    if best is None:
        return None
    unforeseen = _UNFORESEEN.search(phrase) is not None
    story = [one for one in passages[:LOOKED_AT] if one is best or (unforeseen and same_event(event, best, one))]
    return min((one.published[:10] for one in story if one.published), default=None)


def as_of(passage: Passage) -> str:
    """The day a passage speaks as of: an updated article as of its update. Empty when unknown."""
    return max(passage.updated or "", passage.published or "")[:10]
