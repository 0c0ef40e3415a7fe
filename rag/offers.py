"""What does each other passage give as the answer, and what speaks for its being another version of the known one?

Every span of the reader and every figure of the answer's measure is an offer. The reader reads its sentence alone, and
is told of the event it stands in: a report of another ferry has a toll as well.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from index.records import Passage
from index.sentences import sentence_at
from rag.affirm import does
from rag.english import content, names, numbers, placed_numbers, words
from rag.events import (
    NO_TEXTS,
    Likeness,
    core,
    counts_another,
    cover,
    event_likeness,
    is_withdrawn,
    spoken_of,
    tells_of_others,
)
from rag.figures import is_beside, whole_figure
from rag.likeness import Form, asks_cause, form_of, has_form, lasting, same_answer, same_measure
from rag.moments import find
from rag.reader.features import CLIP
from rag.reader.records import Reading, Reads
from rag.records import Finding

# The reader's spans that are looked at in each passage, and the places of a passage whose sentence is read alone.
SPANS, PLACES = 3, 5
SCALE, MOST_LEAD = 4.0, 2.0  # logits are weighed in units of four
NEAR = 0.5  # the share of the question's matter that stands near a version
FAR = 3.0  # as logarithms: figures twenty times apart are not two counts of one thing
UNIT_REACH = 15  # characters after a figure in which its unit stands
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
ALIKE = 0.8  # two spellings of a name share this much of their letters, word by word
FEATURES = (
    "margin", "first", "relevance", "alone_margin", "alone_relevance", "alone_first", "cover", "near", "beside_known",
    "counts_another", "of_others", "did", "did_not", "variant", "shared_names", "overlap", "days", "asked_names",
    "asked_words", "ratio", "time", "name", "other", "best", "lead", "alone_best", "alone_lead", "same",
    "sure", "alone_sure", "named", "ruled",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A place in `passages[passage]` (offsets in the passage) that may answer; `features` by the names in FEATURES.

    `form` is the known answer's; `same`: it says what is known.
    """

    passage: int
    start: int
    end: int
    text: str
    form: Form
    same: bool
    features: Mapping[str, float]


def offers(
    question: str,
    finding: Finding,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    reader: Reads,
    *,
    known: Passage,
    texts: Mapping[str, str] = NO_TEXTS,
) -> list[Offer]:
    """What the passages of other articles than `known`, which the finding was taken from, offer. `texts`: whole
    articles by id.
    """
    answer = finding.answer or ""
    form = form_of(question, answer)
    if form == "other" and not asks_cause(question):
        return []
    found: list[Offer] = []
    for number, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
        if passage.article_id == known.article_id:
            continue
        likeness = event_likeness(question, known, passage, texts=texts)
        own = [
            Offer(
                passage=number,
                start=start,
                end=end,
                text=passage.text[start:end],
                form=form,
                same=_same(answer, passage.text[start:end], form, known, passage),
                features=_features(question, answer, form, passage, reading, start, end, likeness),
            )
            for start, end in _places(question, answer, form, passage, reading)
            if form != "number"
            or not (_recalls(question, passage, start) or _ratio(answer, passage.text[start : end + UNIT_REACH]) >= FAR)
        ]
        found += sorted(own, key=lambda offer: (-offer.features["margin"], -offer.features["near"]))[:PLACES]
    return _compared(_read_alone(question, finding, passages, known, found, reader), passages)


def _ratio(answer: str, text: str) -> float:
    """How far apart the first figures are, as a logarithm; lengths of time in hours."""
    known, own = lasting(answer)[:1], lasting(text)[:1]
    return abs(math.log((own[0] + 1) / (known[0] + 1))) if known and own else 0.0


def _recalls(question: str, passage: Passage, place: int) -> bool:
    """Does the sentence name a year before the article's, where the question names none: "two died there in 1981"?"""
    start, end = sentence_at(passage.text, place)
    years = _YEARS.findall(passage.text[start:end])
    return not _YEARS.search(question) and any(year < (passage.published or "")[:4] for year in years)


def _same(answer: str, text: str, form: Form, known: Passage, passage: Passage) -> bool:
    return same_answer(answer, text, form, published=(known.published, passage.published))


def _places(question: str, answer: str, form: Form, passage: Passage, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where something of the answer's form stands, each place once."""
    text = passage.text
    seen: list[tuple[int, int]] = []

    def new(start: int, end: int) -> bool:
        if any(start < b and a < end for a, b in seen):
            return False
        seen.append((start, end))
        return True

    asked = set(content(question))
    for span in reading.spans[: SPANS if form != "other" else 1]:
        fits = form == "other" or has_form(span.text, form)
        if form == "number":
            fits = bool(numbers(span.text)) and same_measure(
                answer, text[span.start : span.end + UNIT_REACH], asked=question
            )
            place = next((place for place, _ in placed_numbers(span.text)), 0)
            fits = fits and not is_withdrawn(text, span.start + place, span.start + place + 1)
        if fits and not set(content(span.text)) <= asked and new(span.start, span.end):
            yield span.start, span.end
    if form == "number":
        times = [(moment.start, moment.end) for moment in find(text)]
        for place, value in placed_numbers(text):
            if any(start <= place < end for start, end in times) or is_beside(question, text, place, value):
                continue
            start, end = whole_figure(text, place)
            measured = same_measure(answer, text[start : end + UNIT_REACH], asked=question)
            if measured and not is_withdrawn(text, place, place + 1) and new(start, end):
                yield start, end
    elif form == "time":
        for moment in find(text):
            if new(moment.start, moment.end):
                yield moment.start, moment.end
    elif form == "name":
        for start, end in variants(answer, text):
            if new(start, end):
                yield start, end


def _features(
    question: str,
    answer: str,
    form: Form,
    passage: Passage,
    reading: Reading,
    start: int,
    end: int,
    likeness: Likeness,
) -> dict[str, float]:
    text = passage.text
    opens, closes = sentence_at(text, start)
    sentence = text[opens:closes]
    over = next((span for span in reading.spans if span.start < end and start < span.end), None)
    did = does(question, text[start:end], sentence, start - opens) if form == "name" else None
    return {
        "margin": _clipped(over.score - reading.not_here) if over is not None else _clipped(-CLIP),
        "first": float(over is not None and over is reading.spans[0]),
        "relevance": _clipped(reading.relevance),
        "cover": spoken_of(core(question), f"{passage.title}. {sentence}"),
        "near": cover(question, passage, start),
        "counts_another": float(form == "number" and counts_another(question, text, start)),
        "of_others": float(form == "number" and tells_of_others(question, text, start)),
        "did": float(did is True),
        "did_not": float(did is False),
        "variant": float(form == "name" and (start, end) in set(variants(answer, text))),
        "shared_names": min(4, likeness.names) / 4,
        "overlap": likeness.overlap,
        "days": min(90, likeness.days) / 90,
        "asked_names": likeness.asked_names,
        "asked_words": likeness.asked_words,
        "ratio": min(FAR, _ratio(answer, text[start : end + UNIT_REACH])) if form == "number" else 0.0,
        "time": float(form == "time"),
        "name": float(form == "name"),
        "other": float(form == "other"),
    }


def _read_alone(
    question: str, finding: Finding, passages: Sequence[Passage], known: Passage, found: Sequence[Offer], reader: Reads
) -> list[Offer]:
    """Each offer with what the reader makes of its sentence alone, and what that shares with the known one's."""
    places = [(offer.passage, *sentence_at(passages[offer.passage].text, offer.start)) for offer in found]
    distinct = list(dict.fromkeys(places))
    texts = [passages[number].text[start:end] for number, start, end in distinct]
    readings = dict(
        zip(distinct, reader.read(question, texts, [passages[number].title for number, _, _ in distinct]), strict=True)
    )
    asked = set(content(question))
    place = finding.evidence[0].spans[0].start - known.start if finding.evidence and finding.evidence[0].spans else 0
    opens, closes = sentence_at(known.text, place)
    told = set(content(known.text[opens:closes])) - asked - set(content(finding.answer or ""))
    result = []
    for offer, at in zip(found, places, strict=True):
        reading = readings[at]
        start, end = offer.start - at[1], offer.end - at[1]
        over = next((span for span in reading.spans if span.start < end and start < span.end), None)
        own = set(content(passages[at[0]].text[at[1] : at[2]])) - asked
        result.append(
            replace(
                offer,
                features={
                    **offer.features,
                    "alone_margin": _clipped(over.score - reading.not_here) if over is not None else _clipped(-CLIP),
                    "alone_relevance": _clipped(reading.relevance),
                    "alone_first": float(over is not None and over is reading.spans[0]),
                    "beside_known": len(told & own) / max(4, min(len(told), len(own))),
                },
            )
        )
    return result


def _compared(found: Sequence[Offer], passages: Sequence[Passage]) -> list[Offer]:
    """Each offer with how it stands against the others of its article, and what a straight line cannot weigh."""
    result = []
    for offer in found:
        told = dict(offer.features)
        article = passages[offer.passage].article_id
        others = [one for one in found if one is not offer and passages[one.passage].article_id == article]
        for name, margin in (("", "margin"), ("alone_", "alone_margin")):
            rival = max((one.features[margin] for one in others), default=-CLIP / SCALE)
            told[f"{name}best"] = float(told[margin] >= rival)
            told[f"{name}lead"] = max(-MOST_LEAD, min(MOST_LEAD, told[margin] - rival))
            told[f"{name}sure"] = max(0.0, told[margin])
        told["named"] = float(told["shared_names"] > 0)
        told["same"] = float(offer.same)
        told["ruled"] = float(_by_rule(told, offer.form))
        result.append(replace(offer, features=told))
    return result


def _by_rule(told: Mapping[str, float], form: Form) -> bool:
    """Does everything that can be told by rule speak for a version: the question's names and matter, in the sentence or
    pointed at, and nothing that is counted besides?
    """
    if told["variant"]:
        return True
    if told["asked_names"] < 1 or told["did_not"]:
        return False
    pointed = bool(told["first"]) and told["margin"] > 0
    if form == "name":
        return told["cover"] >= NEAR and (bool(told["did"]) or pointed)
    beside = told["counts_another"] or told["of_others"]
    return not beside and told["near"] >= NEAR and (told["cover"] > 0 or pointed)


def _clipped(value: float) -> float:
    return max(-CLIP, min(CLIP, value)) / SCALE


def variants(answer: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the same name stands in another spelling: "Tomas Hedvik", "Thomas Hedvick"."""
    mine = next((words(known) for known in names(f"of {answer}")), [])
    for name in names(text):
        theirs = words(name)
        if len(mine) != len(theirs) or len(mine) < 2 or mine == theirs:
            continue
        if all(SequenceMatcher(None, one, two).ratio() >= ALIKE for one, two in zip(mine, theirs, strict=True)):
            start = text.find(name)
            yield start, start + len(name)
