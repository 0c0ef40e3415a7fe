"""When do reports differ: which figures or names stand against each other for one question, and which is the latest?

Equal answers are grouped (rag/likeness.py). Groups that speak of the same event (rag/events.py) and still give another
figure, day or name are returned side by side, newest first, never blended.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.records import Passage
from rag.corrections import is_withdrawn
from rag.english import numbers, placed_numbers
from rag.events import NO_TEXTS, same_event
from rag.likeness import Form, form_of, has_form, same_answer, same_unit
from rag.moments import looks_ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer that a passage gives: the bare answer, the passage, and how sure the reader is (0 to 1).

    `start` is where the answer stands in `passage.text`, when known.
    """

    answer: str
    passage: Passage
    confidence: float
    start: int | None = None

    @property
    def withdrawn(self) -> bool:
        """True when the passage itself takes the answer back."""
        text = self.passage.text
        start = self.start if self.start is not None else text.find(self.answer)
        return start >= 0 and is_withdrawn(text, start, start + len(self.answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One version. `members` carry it, newest first; the first is the one to show. `newest`: the day that orders sides.
    `withdrawn`: a later report or a correction takes it back, so it never answers "latest" or "now".
    """

    answer: str
    members: tuple[Candidate, ...]
    newest: str
    withdrawn: bool = False


# What an article says of itself when it was changed for the sake of one statement.
_CORRECTED = re.compile(
    r"\b(?:earlier|previous|original) version of this (?:article|story|report)\b|"
    r"\bthis (?:article|story|report) (?:was|has been) (?:corrected|amended)\b|^corrections?\b",
    re.IGNORECASE | re.MULTILINE,
)
# How far from its first words a correction reaches, in characters.
_NOTICE = 300


def differing(
    question: str, candidates: Sequence[Candidate], *, texts: Mapping[str, str] = NO_TEXTS
) -> tuple[Side, ...]:
    """The versions, newest first, when candidates of equal standing give different figures, days or names for the
    question; empty when they agree, or when they may speak of different events. `texts` are the articles' whole
    texts by id.
    """
    serious = [one for one in candidates if one.answer.strip()]
    if len(serious) < 2:
        return ()
    leader = max(serious, key=lambda candidate: (not candidate.withdrawn, candidate.confidence))
    form = form_of(question, leader.answer)
    alike = [one for one in serious if has_form(one.answer, form)]
    if form == "number":
        alike = [one for one in alike if same_unit(leader.answer, one.answer)]
    groups = _group(_story(question, leader, alike, texts), form)
    if len(groups) < 2:
        return ()
    members = [candidate for group in groups for candidate in group]
    sides = [_side(group, [one for one in members if one not in group], form, texts) for group in groups]
    return tuple(sorted(sides, key=lambda side: (not side.withdrawn, side.newest), reverse=True))


def current(sides: Sequence[Side]) -> Side | None:
    """The side that answers "latest" or "now": the newest that nothing takes back."""
    standing = [side for side in sides if not side.withdrawn] or list(sides)
    return max(standing, key=lambda side: side.newest, default=None)


def _story(
    question: str, leader: Candidate, candidates: Sequence[Candidate], texts: Mapping[str, str]
) -> list[Candidate]:
    """The candidates that tell of the leader's event, directly or by way of one that does."""
    story, left = [leader], [candidate for candidate in candidates if candidate is not leader]
    while True:
        joined = [
            one
            for one in left
            if any(same_event(question, member.passage, one.passage, texts=texts) for member in story)
        ]
        if not joined:
            return story
        story += joined
        left = [one for one in left if one not in joined]


def _group(candidates: Sequence[Candidate], form: Form) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for one in sorted(candidates, key=lambda candidate: -candidate.confidence):
        home = next((group for group in groups if any(_same(one, member, form) for member in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _same(one: Candidate, other: Candidate, form: Form) -> bool:
    published = (one.passage.published, other.passage.published)
    ahead = (_ahead(one), _ahead(other)) if form == "time" else (False, False)
    return same_answer(one.answer, other.answer, form, published=published, ahead=ahead)


def _ahead(candidate: Candidate) -> bool:
    """True when the words before the answer speak of something to come ("is expected on Saturday")."""
    text = candidate.passage.text
    start = candidate.start if candidate.start is not None else max(0, text.find(candidate.answer))
    return looks_ahead(text[max(0, start - 60) : start])


def _side(group: Sequence[Candidate], others: Sequence[Candidate], form: Form, texts: Mapping[str, str]) -> Side:
    days = {id(one): _as_of(one, texts) for one in (*group, *others)}
    members = sorted(group, key=lambda member: (days[id(member)], member.confidence), reverse=True)
    standing = [member for member in members if not member.withdrawn]
    latest = max((days[id(member)] for member in standing), default="")
    corrected = any(member.withdrawn and days[id(member)] >= latest for member in members)
    taken_back = any(
        days[id(other)] >= latest and _takes_back(other.passage, member.answer, form)
        for other in others
        for member in standing[:1]
    )
    shown = tuple(standing or members)
    newest = max(days[id(member)] for member in shown)
    return Side(answer=shown[0].answer, members=shown, newest=newest, withdrawn=corrected or taken_back)


def _takes_back(passage: Passage, answer: str, form: Form) -> bool:
    """True when a passage states this number only to correct it."""
    if form != "number":
        return False
    wanted = numbers(answer)[:1]
    places = [place for place, value in placed_numbers(passage.text) if [value] == wanted]
    return bool(places) and all(is_withdrawn(passage.text, place, place + 1) for place in places)


def _as_of(candidate: Candidate, texts: Mapping[str, str]) -> str:
    """The day as of which a passage speaks, without the time: many outlets give none, and a morning paper is not older
    for saying so. An updated article speaks as of its update; one that was corrected does so where it says what was.
    """
    passage = candidate.passage
    published, updated = (passage.published or "")[:10], (passage.updated or "")[:10]
    if _CORRECTED.search(texts.get(passage.article_id, passage.text)):
        start = candidate.start if candidate.start is not None else max(0, passage.text.find(candidate.answer))
        notice = _CORRECTED.search(passage.text)
        if notice is None or not -_NOTICE <= start - notice.start() <= _NOTICE:
            return published
    return max(published, updated)
