"""What do other passages give in the place of a known answer, and what speaks for its being another version of it?

The reader is told the sentence that is known and reads what another report says in its place; each of its spans is an
offer. Whether the two tell of one event it is not asked: a report of another ferry has a toll as well.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from index.records import Passage
from index.sentences import sentence_at
from rag.corrections import is_withdrawn
from rag.english import content, names, placed_numbers, words
from rag.events import NO_TEXTS, Likeness, event_likeness, tells_of_others
from rag.likeness import Form, asks_cause, form_of, has_form, lasting, same_answer, same_measure
from rag.reader.comparer import Compares, marked
from rag.reader.features import CLIP
from rag.reader.judge import Judge
from rag.reader.records import Reading, Reads, ScoredSpan
from rag.records import PASSAGES, Finding

SCALE, MOST_LEAD = 4.0, 2.0  # logits and the judge's scores are weighed in units of four
LEAST_JUDGED = -3.0  # of those units: what is not among the spans of the plain reading
# A place so far behind the answer where the reader was not told anything, and so unlikely where it was, is none.
# A passage whose every place lies so far behind is not read again, and at most MOST_TOLD are: where all are, 224 of 498
# questions on events and 22 of 35 of newsrooms had all versions, so 219 and 22 (evals/LOG.md).
FAR_BEHIND, LEAST_MARGIN = -1.2, -1.2
MOST_TOLD = 4
LEAST_COPIED = 40  # characters of a sentence that two reports do not come upon by chance
FAR = 3.0  # as logarithms: figures twenty times apart are hardly two counts of one thing
UNIT_REACH = 15  # characters after a figure in which its unit stands
_ADDED = re.compile(r"[\w.,]+ (?:more|other|others|another|further|additional)\b", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
ALIKE = 0.8  # two spellings of a name share this much of their letters, word by word
FEATURES = (
    "margin", "sure", "lead", "relevance", "measured", "ratio", "of_others", "added", "recalls", "variant", "same",
    "shared_names", "overlap", "days", "asked_names", "asked_words", "time", "name", "other", "judged", "rank",
    "read", "compared",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A place in `passages[passage]` (offsets in the passage) that may answer; `features` by the names in FEATURES.

    `form` is the known answer's; `same`: it says what is known; `copied`: in the very same sentence, so that nothing
    was read or weighed and `features` are empty.
    """

    passage: int
    start: int
    end: int
    text: str
    form: Form
    same: bool
    features: Mapping[str, float]
    copied: bool = False


def offers(
    question: str,
    finding: Finding,
    passages: Sequence[Passage],
    reader: Reads,
    *,
    known: Passage,
    judge: Judge,
    comparer: Compares,
    places: Sequence[int] | None = None,
    texts: Mapping[str, str] = NO_TEXTS,
) -> list[Offer]:
    """What the passages of other articles than `known`, which the finding was taken from, offer. `places`: where the
    search had them, from 0 (None: in this order). `texts`: whole articles by id.
    """
    answer = finding.answer or ""
    form = form_of(question, answer)
    if form == "other" and not asks_cause(question):
        return []
    copies = list(_copies(finding, form, passages, known))
    others = [
        number
        for number, passage in enumerate(passages)
        if passage.article_id != known.article_id and all(copy.passage != number for copy in copies)
    ]
    if not others:
        return copies
    asked = [known, *(passages[number] for number in others)]
    plainly = reader.read(question, [one.text for one in asked], [one.title for one in asked])
    start = _place_of(finding, known)
    place = (start, start + len(answer))
    first = _best_at(place, judge.by_reading(question, known, plainly[0]))
    scored = {
        number: judge.by_reading(question, passages[number], plain)
        for number, plain in zip(others, plainly[1:], strict=True)
    }
    near = _near(answer, form, first, passages, scored)
    readings = reader.read(
        question,
        [passages[number].text for number in near],
        [passages[number].title for number in near],
        told=_sentence_of(finding, known),
    )
    found = []
    for number, reading in zip(near, readings, strict=True):
        passage, rank = passages[number], number if places is None else places[number]
        event = _of_event(event_likeness(question, known, passage, texts=texts))
        for start, end in _places(question, answer, form, passage, reading):
            text = passage.text[start:end]
            told = _of_place(question, answer, form, passage, reading, (start, end))
            judged = max(LEAST_JUDGED, (_best_at((start, end), scored[number]) - first) / SCALE)
            if told["margin"] < LEAST_MARGIN and judged < FAR_BEHIND and not told["variant"]:
                continue
            same = same_answer(answer, text, form, published=(known.published, passage.published))
            features = {
                **event,
                **told,
                "same": float(same),
                "judged": judged,
                "rank": 1 / (1 + rank),
                "read": float(rank < PASSAGES),
            }
            offer = Offer(passage=number, start=start, end=end, text=text, form=form, same=same, features=features)
            found.append(offer)
    return [*_leading(_likened(question, known, place, found, passages, comparer), passages), *copies]


def _copies(finding: Finding, form: Form, passages: Sequence[Passage], known: Passage) -> Iterator[Offer]:
    """The places in other articles that have the known sentence word for word."""
    answer, sentence = finding.answer or "", _sentence_of(finding, known).strip()
    within = _place_of(finding, known) - known.text.find(sentence)
    for number, passage in enumerate(passages):
        at = passage.text.find(sentence) if len(sentence) >= LEAST_COPIED else -1
        start = at + within
        if at >= 0 and passage.article_id != known.article_id and passage.text.startswith(answer, start):
            end = start + len(answer)
            yield Offer(
                passage=number, start=start, end=end, text=answer, form=form, same=True, features={}, copied=True
            )


def _near(
    answer: str,
    form: Form,
    first: float,
    passages: Sequence[Passage],
    scored: Mapping[int, Sequence[tuple[ScoredSpan, float]]],
) -> list[int]:
    """The passages worth telling the reader what is known, in their order: a place of the answer's form comes near it,
    or another spelling of its name stands there.
    """
    nearest = {
        number: max((score for span, score in scores if has_form(span.text, form)), default=-CLIP) - first
        for number, scores in scored.items()
    }
    spelled = [number for number in scored if form == "name" and any(variants(answer, passages[number].text))]
    near = sorted((number for number in scored if nearest[number] >= FAR_BEHIND * SCALE), key=lambda n: -nearest[n])
    return sorted({*near[:MOST_TOLD], *spelled})


def _place_of(finding: Finding, known: Passage) -> int:
    return finding.evidence[0].spans[0].start - known.start if finding.evidence and finding.evidence[0].spans else 0


def _sentence_of(finding: Finding, known: Passage) -> str:
    start, end = sentence_at(known.text, _place_of(finding, known))
    return known.text[start:end]


def _best_at(place: tuple[int, int], scores: Sequence[tuple[ScoredSpan, float]]) -> float:
    """What the judge makes of the best span at a place, where the reader was not told what is known."""
    return max((score for span, score in scores if span.start < place[1] and place[0] < span.end), default=-CLIP)


def _places(question: str, answer: str, form: Form, passage: Passage, reading: Reading) -> Iterator[tuple[int, int]]:
    """The reader's spans of the answer's form, and other spellings of its name. Of what has no form the first alone."""
    asked = set(content(question))
    spans = [
        (span.start, span.end)
        for span in reading.spans[: 1 if form == "other" else None]
        if has_form(span.text, form)
        and not set(content(span.text)) <= asked
        and not (form == "name" and _all_asked(span.text, asked))
        and not _taken_back(passage, form, span)
    ]
    yield from spans
    for start, end in variants(answer, passage.text) if form == "name" else ():
        if not any(start < b and a < end for a, b in spans):
            yield start, end


def _all_asked(text: str, asked: Collection[str]) -> bool:
    """Does it name whom the question names and nobody else: "the centrist Harbour Alliance"?"""
    return {word for name in names(f"of {text}") for word in content(name)} <= set(asked)


def _taken_back(passage: Passage, form: Form, span: ScoredSpan) -> bool:
    place = span.start + next((place for place, _ in placed_numbers(span.text)), 0)
    return form == "number" and is_withdrawn(passage.text, place, place + 1)


def _of_place(
    question: str, answer: str, form: Form, passage: Passage, reading: Reading, place: tuple[int, int]
) -> dict[str, float]:
    """What the reader makes of a place, and how what stands there compares with the answer."""
    start, end = place
    text = passage.text
    span = next((span for span in reading.spans if (span.start, span.end) == place), None)
    margin = _clipped(span.score - reading.not_here if span is not None else -CLIP)
    spelled = variants(answer, text) if form == "name" else ()
    measured = text[start : end + UNIT_REACH]
    return {
        "margin": margin,
        "sure": max(0.0, margin),
        "relevance": _clipped(reading.relevance),
        "measured": float(form != "number" or same_measure(answer, measured, asked=question)),
        "ratio": _ratio(answer, measured) if form == "number" else 0.0,
        "of_others": float(form == "number" and tells_of_others(question, text, start)),
        "added": float(form == "number" and bool(_ADDED.match(text, start))),
        "recalls": float(form in ("number", "time") and _recalls(question, passage, start)),
        "variant": float(any(start < b and a < end for a, b in spelled)),
        "time": float(form == "time"),
        "name": float(form == "name"),
        "other": float(form == "other"),
    }


def _of_event(likeness: Likeness) -> dict[str, float]:
    return {
        "shared_names": min(4, likeness.names) / 4,
        "overlap": likeness.overlap,
        "days": min(90, likeness.days) / 90,
        "asked_names": likeness.asked_names,
        "asked_words": likeness.asked_words,
    }


def _ratio(answer: str, text: str) -> float:
    """How far apart the first figures are, as a logarithm; lengths of time in hours."""
    known, own = lasting(answer)[:1], lasting(text)[:1]
    return min(FAR, abs(math.log((own[0] + 1) / (known[0] + 1)))) if known and own else 0.0


def _recalls(question: str, passage: Passage, place: int) -> bool:
    """Does the sentence name a year before the article's, where the question names none: "two died there in 1981"?"""
    start, end = sentence_at(passage.text, place)
    years = _YEARS.findall(passage.text[start:end])
    return not _YEARS.search(question) and any(year < (passage.published or "")[:4] for year in years)


def _likened(
    question: str,
    known: Passage,
    place: tuple[int, int],
    found: Sequence[Offer],
    passages: Sequence[Passage],
    comparer: Compares,
) -> list[Offer]:
    """Each offer with what the comparer makes of it."""
    if not found:
        return []
    places = [marked(passages[offer.passage], offer.start, offer.end, offer.form) for offer in found]
    scores = comparer.compare(question, marked(known, *place, found[0].form), places)
    return [
        replace(offer, features={**offer.features, "compared": _clipped(score)})
        for offer, score in zip(found, scores, strict=True)
    ]


def _leading(found: Sequence[Offer], passages: Sequence[Passage]) -> list[Offer]:
    """Each offer with how far it leads the others of its article."""
    result = []
    for offer in found:
        article, margin = passages[offer.passage].article_id, offer.features["margin"]
        others = [one for one in found if one is not offer and passages[one.passage].article_id == article]
        rival = max((one.features["margin"] for one in others), default=-CLIP / SCALE)
        lead = max(-MOST_LEAD, min(MOST_LEAD, margin - rival))
        result.append(replace(offer, features={**offer.features, "lead": lead}))
    return result


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
