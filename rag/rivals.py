"""Which other answer of the same kind does each passage give: another figure or name, near the question's own words?

The reader is taught to say "not here" and seldom points at a second version. A rival is looked for by rule, for figures
in every sentence that speaks of the matter, for names among the reader's own spans; `rag/differing.py` judges whether
it is a version of the same thing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from index.records import Passage
from index.sentences import sentences
from rag.affirm import does
from rag.english import content, names, numbers, placed_numbers, words
from rag.events import NO_TEXTS, core, counts_another, cover, is_withdrawn, speaks_of, spoken_of, tells_of_others
from rag.likeness import form_of, has_form, same_measure
from rag.moments import find
from rag.reader.cleaning import cleaned
from rag.reader.records import Reading
from rag.records import Evidence, Finding, Span

# The share of the question's core that stands near a rival: half, and some of it in its own sentence.
NEAR = 0.5
# A figure that adds to another, a clock's, a rate, or one for comparison is no version of the figure asked for.
_BESIDE = re.compile(
    r"^[\w.,]+ (?:more|other|others|another|further|additional)\b|^\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m\b|o['’]clock)|"
    r"^\d{1,2}:\d\d\b|^[\w.,]+(?: [a-z]+){1,3} (?:a|per|each|every) (?:day|week|month|year)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?:between )(?P<first>\d[\d.,]*) and (?P<second>\d[\d.,]*)", re.IGNORECASE)
_CLOCK = re.compile(r"\b(?:at|by|since|until|from|before|after) $", re.IGNORECASE)
_NO_NOUN = re.compile(r"^[\w:]+(?:[.,;:]| (?:on|in|this|that|it|he|she|they|the|a)\b|$)", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december) $", re.IGNORECASE
)
_NEEDED = re.compile(
    r"\b(?:need(?:s|ed)?|requir(?:es|ed)|must (?:have|reach)|(?:target|goal|threshold|limit) of|"
    r"(?:would|could|might) (?:have|be|reach|bring|give)) (?:at least |some )?$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|they|these|those)\b", re.IGNORECASE)
_AGE = re.compile(r"\b(?:aged? |ages? [^.]{1,60} as )#|[a-z], #\d\d,|#\d+-year-old", re.IGNORECASE)
_HOW_OLD = re.compile(r"\bhow old\b|\bage\b", re.IGNORECASE)
_OWNER = re.compile(r"(?P<owner>[A-Z][\w-]+)(?:['’]s|s['’]) $")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COMPARED = re.compile(
    r"\b(?:normal(?:ly)?|usual(?:ly)?|on average|an average|a year (?:ago|earlier|before)|last year|typical(?:ly)?|"
    r"compared (?:with|to)|record of)\b",
    re.IGNORECASE,
)
_NAMES_INSIDE = re.compile(r"(?<=\w )[A-Z][\w’'-]+")
# Two spellings of a name share this much of their letters, word by word; a found one outweighs what the reader names.
ALIKE, VARIANT = 0.8, 2.0
FACTOR = 20.0  # versions of one figure lay up to 18 times apart on the development half, other counts further
UNIT_REACH = 15  # characters after a figure in which its unit stands
HOURS = 24
# How many of a passage's spans are looked at for names: what the reader ranks lower is no name of the right kind.
NAMES = 3
# That rules find a rival says nothing of how likely it is: it only has to be taken seriously (rag/differing.py).
SHARE = 0.5
_FORMS = ("number", "name")


def may_differ(question: str, finding: Finding) -> bool:
    """Does the question ask for a figure or a name, of which there may be several versions?"""
    return finding.answer is not None and form_of(question, finding.answer) in _FORMS


def rivals(
    question: str,
    finding: Finding,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    *,
    texts: Mapping[str, str] = NO_TEXTS,
) -> tuple[Finding, ...]:
    """Other versions of a finding's answer, at most one for each passage. `texts`: articles by id whose whole text may
    name what the question names, where a passage alone need not.
    """
    offered = [
        _rival(question, finding, number, passage, reading)
        if speaks_of(question, passage, text=texts.get(passage.article_id))
        else None
        for number, (passage, reading) in enumerate(zip(passages, readings, strict=True))
    ]
    return tuple(rival for rival in offered if rival is not None)


def _rival(question: str, finding: Finding, number: int, passage: Passage, reading: Reading) -> Finding | None:
    if not may_differ(question, finding):
        return None
    answer = finding.answer or ""
    find_in = _figures if form_of(question, answer) == "number" else _names
    best = max(find_in(question, answer, passage, reading), default=None)
    if best is None:
        return None
    start, end = -best[1], best[2]
    text = passage.text[start:end]
    return Finding(
        text=text,
        answer=text,
        evidence=(Evidence(passage=number, spans=(Span(passage.start + start, passage.start + end),)),),
        confidence=(finding.confidence or 1.0) * SHARE,
    )


def _figures(question: str, answer: str, passage: Passage, reading: Reading) -> Iterator[tuple[float, int, int]]:
    """Figures of the answer's unit whose sentence speaks of the matter: (weight, minus start, end)."""
    text, asked = passage.text, core(question)
    times = [(moment.start, moment.end) for moment in find(text)]
    for place, value in placed_numbers(text):
        if any(start <= place < end for start, end in times) or _is_beside(question, text, place, value):
            continue
        start, end = _figure(text, place)
        measured = same_measure(answer, text[start : end + UNIT_REACH], asked=question)
        if not measured or counts_another(question, text, start):
            continue
        sentence = _sentence(text, place)
        if not _YEAR.search(question) and any(year < (passage.published or "")[:4] for year in _YEAR.findall(sentence)):
            continue
        if is_withdrawn(text, place, place + 1):
            continue
        own, pointed = spoken_of(asked, _NAMES_INSIDE.sub("", sentence)), _pointed(reading, place)
        if not own and (_corrects(text, place) or _continues(asked, text, place)):
            own = NEAR
        near = cover(question, passage, start)
        trusted = own or (pointed == 1.0 and reading.margin > 0)
        if near >= NEAR and trusted and _plausible(answer, value) and not tells_of_others(question, text, place):
            yield own + near / 2 + pointed / 2, -start, end


def _plausible(answer: str, value: float) -> bool:
    """Is the figure no more than some times the other? Three workers and 240 are not two counts of one staff."""
    known = next(iter(numbers(answer)), 0.0)
    return not known or not value or 1 / FACTOR <= value / known <= FACTOR


def _figure(text: str, place: int) -> tuple[int, int]:
    """The figure as a person would quote it; both ends of a range."""
    spread = _RANGE.match(text, max(0, place - len("between ")))
    if spread and spread.start("first") == place:
        return spread.start(), cleaned(text, spread.start("second"), spread.end())[1]
    return cleaned(text, place, place + 1)


def _corrects(text: str, place: int) -> bool:
    """Does the sentence before state a figure only to take it back ("An earlier version said 231. There were 213.")?"""
    placed = sentences(text)
    at = next((number for number, (_, end) in enumerate(placed) if place < end), 0)
    start, end = placed[max(0, at - 2)][0], placed[at][0]
    return any(is_withdrawn(text, start + figure, start + figure + 1) for figure, _ in placed_numbers(text[start:end]))


def _continues(asked: set[str], text: str, place: int) -> bool:
    """Does the sentence speak by a pronoun of what the one before it names ("... signatures. It had 340.")?"""
    placed = sentences(text)
    at = next((number for number, (_, end) in enumerate(placed) if place < end), 0)
    if not at or not _PRONOUN.search(text[placed[at][0] : place]):
        return False
    return bool(spoken_of(asked, _NAMES_INSIDE.sub("", text[placed[at - 1][0] : placed[at - 1][1]])))


def _is_beside(question: str, text: str, place: int, value: float) -> bool:
    before, after = text[max(0, place - 40) : place], text[place : place + 60]
    owner = _OWNER.search(before)
    return bool(
        _BESIDE.match(after)
        or re.search(r"\d[:.]$", before)  # the minutes of a clock
        or _NEEDED.search(before)
        or _MONTH.search(before)
        or (value <= HOURS and _CLOCK.search(before) and _NO_NOUN.match(after))
        or (_AGE.search(f"{before}#{after}") and not _HOW_OLD.search(question))
        or (owner and owner["owner"] not in question)
        or (_COMPARED.search(_sentence(text, place)) and not _COMPARED.search(question))
    )


def _names(question: str, answer: str, passage: Passage, reading: Reading) -> Iterator[tuple[float, int, int]]:
    for name in names(passage.text):
        if _is_variant(answer, name):
            start = passage.text.find(name)
            yield VARIANT, -start, start + len(name)
    asked = core(question)
    for span in reading.spans[:NAMES]:
        start = _sentence_start(passage.text, span.start)
        sentence = _sentence(passage.text, span.start)
        if not has_form(span.text, "name") or set(content(span.text)) <= set(content(question)):
            continue
        did = does(question, span.text, sentence, span.start - start)
        if spoken_of(asked, sentence) < NEAR or did is False or not (did or reading.margin > 0):
            continue
        yield _pointed(reading, span.start), -span.start, span.end


def _is_variant(answer: str, name: str) -> bool:
    """Is it the same name in another spelling: "Tomas Hedvik", "Thomas Hedvick"?"""
    mine = next((words(known) for known in names(f"of {answer}")), [])
    theirs = words(name)
    return (
        len(mine) == len(theirs) > 1
        and mine != theirs
        and all(SequenceMatcher(None, one, two).ratio() >= ALIKE for one, two in zip(mine, theirs, strict=True))
    )


def _pointed(reading: Reading, place: int) -> float:
    """1.0 for the reader's first span of the passage, less for its others, 0.0 beside them."""
    rank = next((rank for rank, span in enumerate(reading.spans, 1) if span.start <= place < span.end), None)
    return 1.0 / rank if rank else 0.0


def _sentence(text: str, place: int) -> str:
    return next((text[start:end] for start, end in sentences(text) if place < end), text)


def _sentence_start(text: str, place: int) -> int:
    return next((start for start, end in sentences(text) if place < end), 0)
