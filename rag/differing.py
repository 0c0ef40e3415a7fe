"""When do reports differ: which candidate answers to one question are the same figure or name, and which are not?

Equal answers are grouped (numbers by value, names by their variants, days by the calendar). Groups that speak of the same
event and still give another figure or name are returned side by side, newest first, never blended. "38" and "at least 38
militants", "Saturday" and "Saturday evening", "Maria Orlov" and "Orlov" are one answer at two grains.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from index.records import Passage
from rag.english import FUNCTION, TITLES, content, fold, names, numbers, placed_numbers, words
from rag.moments import as_date, days, find

Form = Literal["number", "time", "name", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer that a passage gives: the bare answer, the passage, and how sure the reader is (0 to 1).

    `start` is where the answer stands in `passage.text`, when known.
    """

    answer: str
    passage: Passage
    confidence: float
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One version. `members` carry it, newest first; the first is the one to show. `withdrawn`: a later report or a
    correction takes it back, so it never answers "latest" or "now".
    """

    answer: str
    members: tuple[Candidate, ...]
    withdrawn: bool = False

    @property
    def newest(self) -> str:
        """The date that orders sides: an updated article speaks as of its update."""
        return max(_as_of(member.passage) for member in self.members)


# A candidate that the reader holds for less than this share of the best one is noise, not a version of the story.
# Chosen on the development half of the times suite (see evals/LOG.md).
_SHARE = 0.35
# Copies of one story are the same event by definition; other articles have to share the question's words and their own.
_SHARED_NAMES = 1
_OVERLAP = 0.08
_DAYS_APART = 45
_WITHDRAWN_BEFORE = re.compile(
    r"(?:earlier version|earlier report|previously (?:said|stated|reported|put|given)|incorrectly|wrongly|mistakenly|in error|"
    r"misstated|had (?:earlier |first )?(?:said|put|reported|given)|initially (?:said|put|reported|given)|first (?:said|reported)|"
    r"(?:revised|corrected|up|down|raised|lowered|increased|reduced) (?:\w+ )?from|instead of|rather than|and not|not)\b[^.;]{0,90}$",
    re.IGNORECASE,
)
_WITHDRAWN_AFTER = re.compile(
    r"^[^.;]{0,60}\b(?:as (?:previously|first|earlier|originally|initially) (?:reported|stated|said|given)|was (?:wrong|incorrect|an error)|"
    r"had been (?:first )?(?:reported|given))\b",
    re.IGNORECASE,
)
_ROUGH = re.compile(
    r"\b(?:about|around|some|roughly|nearly|almost|approximately|close to|up to|more than|over|at least|under|fewer than|less than)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|several|many|few|a number of)\b", re.IGNORECASE)
_NUMBER_QUESTION = re.compile(
    r"\bhow (?:many|much|long|old|far|deep|high|tall|big|large|full|fast|wide|heavy|hot|cold)\b|\bwhat (?:was|is|will)?\s?(?:the )?(?:\w+ ){0,3}?(?:toll|cost|price|number|percentage|share|total|score|speed|size|depth|length|height|age|amount|figure|count)\b",
    re.IGNORECASE,
)
_NAME_QUESTION = re.compile(
    r"^\W*(?:(?:and|to|by|for|with|from|of) )?(?:who|whom|whose)\b|\bname\b|\bcalled\b", re.IGNORECASE
)


def differing(question: str, candidates: Sequence[Candidate]) -> tuple[Side, ...]:
    """The versions, newest first, when candidates of equal standing give different figures, days or names for the
    question; empty when they agree, or when they may speak of different events.
    """
    best = max((candidate.confidence for candidate in candidates), default=0.0)
    serious = [
        candidate for candidate in candidates if candidate.confidence >= _SHARE * best and candidate.answer.strip()
    ]
    if len(serious) < 2:
        return ()
    leader = max(serious, key=lambda candidate: candidate.confidence)
    form = form_of(question, leader.answer)
    if form == "other":
        return ()
    related = [candidate for candidate in serious if candidate is leader or same_event(question, leader, candidate)]
    comparable = [
        candidate
        for candidate in related
        if _has_form(candidate.answer, form) and _unit_agrees(leader, candidate, form)
    ]
    groups = _group(comparable, form)
    groups = [
        group
        for group in groups
        if not any(_both_told(group, other, form) for other in groups if other is not group and leader in other)
    ]
    if len(groups) < 2:
        return ()
    sides = [_side(group, [other for other in comparable if other not in group], form) for group in groups]
    return tuple(sorted(sides, key=lambda side: (not side.withdrawn, side.newest), reverse=True))


def current(sides: Sequence[Side]) -> Side | None:
    """The side that answers "latest" or "now": the newest that nothing takes back."""
    standing = [side for side in sides if not side.withdrawn] or list(sides)
    return max(standing, key=lambda side: side.newest, default=None)


def same_answer(one: Candidate, other: Candidate, form: Form) -> bool:
    """True when two answers are one at different grains: "38" and "at least 38 militants", "Orlov" and "Maria Orlov"."""
    if fold(one.answer).strip(" .") == fold(other.answer).strip(" ."):
        return True
    if form == "number":
        return _same_number(one.answer, other.answer)
    if form == "time":
        return _same_time(one, other)
    return _same_name(one.answer, other.answer)


def same_event(question: str, one: Candidate, other: Candidate) -> bool:
    """True when two passages speak of the same thing: copies of one story, or articles near in time that share names."""
    if one.passage.article_id == other.passage.article_id:
        return True
    if one.passage.copy_group is not None and one.passage.copy_group == other.passage.copy_group:
        return True
    first, second = as_date(one.passage.published), as_date(other.passage.published)
    if first and second and abs(first - second) > timedelta(days=_DAYS_APART):
        return False
    texts = [f"{candidate.passage.title}. {candidate.passage.text}" for candidate in (one, other)]
    asked = set(content(question))
    stems = [set(content(text)) for text in texts]
    unmatched = [word for word in asked if (word in stems[0]) != (word in stems[1])]
    if any(
        fold(name).split()[-1] not in fold(texts[1]) and fold(name).split()[-1] in fold(texts[0])
        for name in names(f"of {question}")
    ):
        return False
    shared = {word for word in stems[0] & stems[1] if word not in asked}
    overlap = len(shared) / max(1, min(len(stems[0]), len(stems[1])))
    named = [{part for name in names(text) for part in fold(name).split() if part not in FUNCTION} for text in texts]
    return overlap >= _OVERLAP and len(named[0] & named[1]) >= _SHARED_NAMES and len(unmatched) <= len(asked) / 2


def form_of(question: str, answer: str) -> Form:
    """What a question asks for: only figures, days and names can differ; explanations are told in many ways."""
    if re.search(r"\bwhen\b|\b(?:what|which) (?:day|date|year|month|weekday|time)\b", question, re.IGNORECASE):
        return "time" if find(answer) else "other"
    if numbers(answer) and len(words(answer)) <= 8:
        return "number" if _NUMBER_QUESTION.search(question) or len(words(answer)) <= 4 else "other"
    if _NUMBER_QUESTION.search(question):
        return "other"
    named = names(f"of {answer}")
    if named and (_NAME_QUESTION.search(question) or len(words(answer)) <= 5):
        return "name"
    return "other"


def is_withdrawn(candidate: Candidate) -> bool:
    """True when the passage itself takes the answer back ("an earlier version said that 231 people were on board")."""
    text = candidate.passage.text
    start = candidate.start if candidate.start is not None else text.find(candidate.answer)
    if start < 0:
        return False
    sentence = max(text.rfind(mark, 0, start) for mark in (". ", ".\n", "\n", "? ", "! "))
    before, after = text[max(0, sentence) : start], text[start + len(candidate.answer) :]
    return bool(_WITHDRAWN_BEFORE.search(before) or _WITHDRAWN_AFTER.match(after))


def _group(candidates: Sequence[Candidate], form: Form) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for candidate in sorted(candidates, key=lambda candidate: -candidate.confidence):
        home = next((group for group in groups if any(same_answer(candidate, member, form) for member in group)), None)
        if home is None:
            groups.append([candidate])
        else:
            home.append(candidate)
    return groups


def _side(group: Sequence[Candidate], others: Sequence[Candidate], form: Form) -> Side:
    members = sorted(group, key=lambda member: (_as_of(member.passage), member.confidence), reverse=True)
    standing = [member for member in members if not is_withdrawn(member)]
    latest = max((_as_of(member.passage) for member in standing), default="")
    corrections = [member for member in members if member not in standing and _as_of(member.passage) >= latest]
    taken_back = any(
        _as_of(other.passage) >= latest and _takes_back(other.passage, member.answer, form)
        for other in others
        for member in standing[:1]
    )
    shown = tuple(standing or members)
    return Side(answer=shown[0].answer, members=shown, withdrawn=bool(corrections) or taken_back)


def _takes_back(passage: Passage, answer: str, form: Form) -> bool:
    """True when a passage states this answer only to correct it."""
    if form != "number":
        return False
    wanted = numbers(answer)[:1]
    places = [place for place, value in placed_numbers(passage.text) if [value] == wanted]
    stated = [
        Candidate(answer=passage.text[place : place + 1], passage=passage, confidence=0.0, start=place)
        for place in places
    ]
    return bool(stated) and all(is_withdrawn(candidate) for candidate in stated)


def _both_told(group: Sequence[Candidate], other: Sequence[Candidate], form: Form) -> bool:
    """True when each passage of a group tells the leader's answer too: it means something else by its own ("12 dead, 45
    hurt"), unless it takes one of the two back or says how the figure has changed.
    """
    if form == "time" or any(is_withdrawn(member) for member in [*group, *other]):
        return False
    return all(any(_states(member.passage.text, answer.answer, form) for answer in other) for member in group)


def _states(text: str, answer: str, form: Form) -> bool:
    if form == "number":
        return any(value in numbers(text) for value in numbers(answer)[:1])
    return any(fold(name).split()[-1] in words(text) for name in names(f"of {answer}"))


def _has_form(answer: str, form: Form) -> bool:
    if form == "number":
        return bool(numbers(answer)) or bool(_VAGUE.search(answer))
    return bool(find(answer)) if form == "time" else bool(names(f"of {answer}"))


_UNIT = re.compile(
    r"(?:[\d.,]+|hundred|thousand|million|billion|[a-z]+teen|[a-z]+ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]*(?P<unit>%|[a-z]+)",
    re.IGNORECASE,
)
_MAGNITUDES = {"hundred", "thousand", "million", "billion", "trillion", "bn", "and", "of", "to", "point", "per"}
_MEASURED = {"%", "percent", "crowns", "crown", "dollars", "euros", "pounds", "metres", "meters", "kilometres", "kilometers", "miles", "km", "m",
             "hectares", "acres", "tonnes", "tons", "litres", "degrees", "knots", "hours", "minutes", "days", "weeks", "months", "years", "seats", "votes", "millimetres"}  # fmt: skip


def _unit_agrees(one: Candidate, other: Candidate, form: Form) -> bool:
    """Two numbers with different measures ("84 million crowns", "9 kilometres") answer different questions."""
    if form != "number":
        return True
    units = [
        {fold(unit) for unit in _UNIT.findall(candidate.answer) if fold(unit) in _MEASURED}
        for candidate in (one, other)
    ]
    return not units[0] or not units[1] or bool(units[0] & units[1])


def _same_number(one: str, other: str) -> bool:
    first, second = numbers(one), numbers(other)
    if not first or not second:
        return True  # "dozens" beside a figure
    if first[0] == second[0]:
        return True
    rough, exact = (one, other) if _ROUGH.search(one) else (other, one)
    if _ROUGH.search(rough) is None or _ROUGH.search(exact):
        return False
    near, value = numbers(rough)[0], numbers(exact)[0]
    # A round number stands for what it was rounded from: "more than 30" for 38, "about 40" for 38.
    scale = 10.0 ** max(0, len(str(int(abs(value)))) - 1)
    if re.search(r"\b(?:more than|over|at least)\b", rough, re.IGNORECASE):
        return near <= value < near + scale and near % scale == 0
    if re.search(r"\b(?:nearly|almost|up to|under|fewer than|less than)\b", rough, re.IGNORECASE):
        return near - scale < value <= near and near % scale == 0
    return abs(near - value) <= 0.1 * abs(value)


def _same_time(one: Candidate, other: Candidate) -> bool:
    spans = []
    for candidate in (one, other):
        meant = [days(moment, as_date(candidate.passage.published)) for moment in find(candidate.answer)]
        spans.append([span for span in meant if span is not None])
    if not spans[0] or not spans[1]:
        return True  # a day that cannot be placed contradicts nothing
    return any(first.first <= second.last and second.first <= first.last for first in spans[0] for second in spans[1])


def _same_name(one: str, other: str) -> bool:
    first, second = _name_parts(one), _name_parts(other)
    if not first or not second:
        return True
    shorter, longer = sorted((first, second), key=len)
    if all(any(_same_part(part, whole) for whole in longer) for part in shorter):
        return True
    # "the mayor, Konrad Visser" and "Konrad Visser of the Harbour Alliance": a whole name in common.
    common = [part for part in first if any(_same_part(part, whole) for whole in second)]
    return len(common) >= 2


def _name_parts(text: str) -> list[str]:
    parts = [part for name in names(f"of {text}") for part in re.findall(r"[\w'-]+", fold(name))]
    return [part for part in parts if part not in FUNCTION and part not in TITLES]


def _same_part(one: str, other: str) -> bool:
    if (
        one == other
        or (len(one) <= 2 and other.startswith(one.rstrip(".")))
        or (len(other) <= 2 and one.startswith(other.rstrip(".")))
    ):
        return True
    return _skeleton(one) == _skeleton(other)


def _skeleton(part: str) -> str:
    """What transliterations share: no article, no hyphen, no final h, no doubled letters ("al-Qayyarah", "Qayara")."""
    bare = re.sub(r"^(?:al|el|ad|an|ar|as)-", "", part).replace("-", "").replace("'", "")
    return re.sub(r"(.)\1", r"\1", bare.removesuffix("h"))


def _as_of(passage: Passage) -> str:
    return max(passage.updated or "", passage.published or "")
