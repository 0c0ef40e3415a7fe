"""What does the comparer learn from? Places in other reports of an event, and whether each answers the question.

Of the written events (evals/reader_training/written.py): the known sentence is that of one report; the places are all
figures, days or names, as the answer is one, in the event's other reports and in those of the event that it may be
mistaken for; and those that the reader offers there when it is told the known sentence, which are the hard ones.
"""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.sentences import sentence_at
from rag.english import names, placed_numbers
from rag.likeness import Form, form_of, has_form, same_answer
from rag.moments import find
from rag.reader.comparer import Place, anchored, figure_at
from rag.reader.records import Reads

# Wrong places beside the right ones of a question: of a report that answers, of one that does not, of the other event.
BESIDE, SILENT, SIBLING = 3, 2, 1
# Spans that are taken of what the reader offers in one report.
OFFERED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A place, for each wording of a question, and whether it answers; `known`: where another report does."""

    questions: tuple[str, ...]
    known: Place | None
    other: Place
    right: bool


def comparisons(paths: Iterable[Path], *, seed: int) -> Iterator[list[Comparison]]:
    """For each question and each report that answers it: the right places, and some of the wrong ones."""
    chooser = random.Random(seed)
    for event, sibling in _events(paths):
        for fact in event["facts"]:
            yield from _of_fact(event, sibling, fact, chooser)


def _events(paths: Iterable[Path]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    """Each event, and the one that it may be mistaken for."""
    for path in paths:
        events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        by_name = {event["story"]: event for event in events}
        for event in events:
            yield event, by_name.get(event.get("sibling", ""))


def _of_fact(
    event: Mapping[str, Any], sibling: Mapping[str, Any] | None, fact: Mapping[str, Any], chooser: random.Random
) -> Iterator[list[Comparison]]:
    reports, (questions, spans) = event["reports"], _asked(event, fact)
    for number, span in enumerate(spans):
        if span is None:
            continue
        form = form_of(questions[0], reports[number]["text"][slice(*span)])
        if form == "other":
            continue
        known = _place(reports[number], *anchored(reports[number]["text"], *span, form))
        found = []
        for other, (report, own) in enumerate(zip(reports, spans, strict=True)):
            if other == number:
                continue
            right, wrong = _places(report, own, form)
            found += [(place, True) for place in right]
            found += [(place, False) for place in _some(wrong, BESIDE if right else SILENT, chooser)]
        for report in sibling["reports"] if sibling else ():
            found += [(place, False) for place in _some(_places(report, None, form)[1], SIBLING, chooser)]
        group = [Comparison(questions=questions, known=known, other=place, right=right) for place, right in found]
        if any(one.right for one in group):
            yield group


def offered(paths: Iterable[Path], reader: Reads, *, seed: int) -> Iterator[list[Comparison]]:
    """For each question, with one of the reports that answer it known: what the reader, told its sentence, offers in
    the event's other reports and in one of the event that it may be mistaken for.
    """
    chooser = random.Random(seed)
    for event, sibling in _events(paths):
        for fact in event["facts"]:
            group = _offered(event, sibling, fact, reader, chooser)
            if group:
                yield group


def _offered(
    event: Mapping[str, Any],
    sibling: Mapping[str, Any] | None,
    fact: Mapping[str, Any],
    reader: Reads,
    chooser: random.Random,
) -> list[Comparison]:
    reports, (questions, spans) = event["reports"], _asked(event, fact)
    number = chooser.choice([number for number, span in enumerate(spans) if span])
    text, span = reports[number]["text"], spans[number]
    assert span is not None
    form = form_of(questions[0], text[slice(*span)])
    if form == "other":
        return []
    known = _place(reports[number], *anchored(text, *span, form))
    others = [(report, own) for report, own in zip(reports, spans, strict=True) if report is not reports[number]]
    others += [(report, None) for report in (chooser.sample(sibling["reports"], 1) if sibling else ())]
    texts, titles = [report["text"] for report, _ in others], [report["title"] for report, _ in others]
    first, last = sentence_at(text, known.start)
    readings = reader.read(chooser.choice(questions), texts, titles, told=text[first:last])
    found: dict[Place, bool] = {}
    for (report, own), reading in zip(others, readings, strict=True):
        said = report["text"][slice(*own)] if own else None
        places = [(one.start, one.end) for one in reading.spans if has_form(one.text, form)][:OFFERED]
        for start, end in [*places, *([own] if own else [])]:
            right = bool(own and start < own[1] and own[0] < end)
            if right or not (said and same_answer(said, report["text"][start:end], form)):
                found[_place(report, *anchored(report["text"], start, end, form))] = right
    return [Comparison(questions=questions, known=known, other=place, right=right) for place, right in found.items()]


def _asked(event: Mapping[str, Any], fact: Mapping[str, Any]) -> tuple[tuple[str, ...], list[tuple[int, int] | None]]:
    """The wordings of a fact's question, and where each report answers it."""
    told = zip(event["reports"], fact["a"], strict=True)
    spans = [_span(report["text"], answer) if answer else None for report, answer in told]
    return tuple(" ".join(wording.split()) for wording in fact["q"]), spans


def _span(text: str, answer: Mapping[str, str]) -> tuple[int, int]:
    quote = answer.get("quote", answer["text"])
    start = text.index(quote) + quote.index(answer["text"])
    return start, start + len(answer["text"])


def _place(report: Mapping[str, Any], start: int, end: int) -> Place:
    return Place(title=report["title"], text=report["text"], start=start, end=end)


def _places(report: Mapping[str, Any], own: tuple[int, int] | None, form: Form) -> tuple[list[Place], list[Place]]:
    """The right place of a report, where it answers, and all others of the form; without those that say the same."""
    text = report["text"]
    right = [anchored(text, *own, form)] if own else []
    said = text[slice(*own)] if own else None
    wrong = [
        (start, end)
        for start, end in formed(text, form)
        if not (own and start < own[1] and own[0] < end) and not (said and same_answer(said, text[start:end], form))
    ]
    return [_place(report, *place) for place in right], [_place(report, *place) for place in wrong]


def formed(text: str, form: Form) -> list[tuple[int, int]]:
    """Every figure, day or name in a text."""
    if form == "number":
        return [figure_at(text, place) for place, _ in placed_numbers(text)]
    if form == "time":
        return [(moment.start, moment.end) for moment in find(text)]
    found, at = [], 0
    for name in names(text):
        at = text.find(name, at)
        if at < 0:
            break
        found.append((at, at + len(name)))
        at += len(name)
    return found


def _some(places: Sequence[Place], most: int, chooser: random.Random) -> list[Place]:
    return chooser.sample(list(places), min(most, len(places)))
