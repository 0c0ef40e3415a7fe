"""Which invented news passages teach reading instead of matching? Rival figures and names, one asked for or none."""

import random
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from evals.reader_training.scene_page import SENTENCE_END, SLOT, Awkward, Page, chosen, form
from evals.reader_training.scene_words import Draw, Value
from evals.reader_training.scenes_of_harm import HARM
from evals.reader_training.scenes_of_life import LIFE
from evals.reader_training.scenes_of_state import STATE
from evals.reader_training.scenes_of_town import TOWN
from evals.reader_training.scenes_of_work import WORK

# Every third question or so goes without an answer; SQuAD 2.0 trains on a third.
UNANSWERABLE = 0.35
# The share of these that ask a stated fact of somebody else in the passage.
TRAPS = 0.3
# The share of the plain statements that share a sentence, rivals side by side.
JOINED = 0.4
WORDS = (40, 160)
SENTENCES = (3, 7)
_TRIES = 200
_AGENCIES = ("Wire", "Meridian News", "News Service", "Staff", "Northline Press")


@dataclass(frozen=True, slots=True)
class SceneQuestion:
    """A question; `span` is the answer in code points of the scene's text, None where the text does not say.
    `unsaid` is then the value that was left out, empty where it is a whole clause.
    """

    question: str
    span: tuple[int, int] | None
    unsaid: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One invented passage of a kind."""

    text: str
    questions: tuple[SceneQuestion, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Ask:
    """The wordings that ask for a key; with one of `given` in the text, the answer might be worked out."""

    key: str
    given: frozenset[str]
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of scene as its block of lines says it."""

    name: str
    slots: tuple[tuple[tuple[str, ...], str], ...]
    sources: tuple[str, ...]
    openings: tuple[str, ...]
    statements: dict[str, tuple[str, ...]]
    asks: tuple[_Ask, ...]


def scenes(count: int, seed: int) -> Iterator[Scene]:
    """Scenes of all kinds in turn, the same for the same seed."""
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        chooser = random.Random(f"scene {seed} {number}")
        for _ in range(_TRIES):
            scene = _scene(kind, chooser)
            if scene:
                yield scene
                break
        else:
            raise ValueError(f"no passage of the kind {kind.name!r} keeps to {WORDS} words; give it more statements")


def _kinds(block: str) -> Iterator[_Kind]:
    """Kinds from lines "kind", "slot NAMES: KIND", "set NAMES: A ; B | C ; D", "source", "open", "say" and "ask"."""
    for part in re.split(r"^kind ", block, flags=re.MULTILINE)[1:]:
        name, *lines = part.strip().splitlines()
        slots, sources, openings = [], [], []
        asks: dict[str, _Ask] = {}
        statements: dict[str, tuple[str, ...]] = {}
        for line in filter(str.strip, lines):
            word, _, rest = line.strip().partition(" ")
            word = word.rstrip(":")
            head, _, tail = rest.partition(": ")
            if word in ("slot", "set"):
                slots.append((tuple(head.split()), tail if word == "slot" else f"set {tail}"))
            elif word == "source":
                sources.extend(rest.split(" | "))
            elif word == "open":
                openings.append(rest)
            elif word == "say":
                statements[head] = (*statements.get(head, ()), tail)
            else:
                key, *given = head.split()
                wordings = tuple(f"{wording.strip()}?" for wording in tail.split("?") if wording.strip())
                known = asks[key].wordings if key in asks else ()
                asks[key] = _Ask(key, frozenset(g.lstrip("!") for g in given), known + wordings)
        yield _Kind(name.strip(), tuple(slots), tuple(sources), tuple(openings), statements, tuple(asks.values()))


KINDS = tuple(kind for block in (HARM, STATE, WORK, LIFE, TOWN) for kind in _kinds(block))


def _values(kind: _Kind, draw: Draw, chooser: random.Random) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for names, spec in kind.slots:
        if spec.startswith("set "):
            row = chooser.choice(spec.removeprefix("set ").split(" | ")).split(" ; ")
            values |= {name: draw.fixed(text.strip()) for name, text in zip(names, row, strict=True)}
        else:
            values |= {name: draw.value(spec) for name in names}
    return values


def _sentences(text: str) -> int:
    return len(SENTENCE_END.findall(text))


def _plain(template: str) -> bool:
    """Whether a statement is one clause that another may follow."""
    return template.startswith("~") and not re.search(r"[,.”]", re.sub(r"\{\w+\.", "", template))


def _scene(kind: _Kind, chooser: random.Random) -> Scene | None:
    """One try; None when the passage came out too short, too long or without questions."""
    draw = Draw(chooser)
    values = _values(kind, draw, chooser)
    page = Page(values, chooser)
    sources = kind.sources
    enough = chooser.randint(WORDS[0] + 5, 130)
    try:
        page = page.write(chooser.choice(kind.openings), sources)
    except Awkward:
        return None
    facts = list(kind.statements)
    chooser.shuffle(facts)
    told = [chooser.choice(kind.statements[fact]) for fact in facts[: len(facts) - 2]]
    while told and len(page.text.split()) < enough and _sentences(page.text) < SENTENCES[1]:
        template = told.pop()
        with suppress(Awkward):
            if told and chooser.random() < JOINED and _plain(template) and _plain(told[-1]):
                template += chooser.choice((", and ", ", and ", ", while ", "; ")) + told.pop().removeprefix("~")
            page = page.write(template, sources)
    shift = 0
    text = page.text
    if chooser.random() < 0.4:
        town = values.get("town")
        near = town.full if town and "where" in page.places and chooser.random() < 0.6 else draw.value("place").full
        dateline = f"{near.upper()} ({chooser.choice(_AGENCIES)}) {chooser.choice('—–-')} "
        text, shift = dateline + text, len(dateline)
    if not (WORDS[0] <= len(text.split()) <= WORDS[1] and SENTENCES[0] <= _sentences(page.text) <= SENTENCES[1]):
        return None
    questions = tuple(_questions(kind, page, values, text, shift, chooser))
    text = text if chooser.random() < 0.6 else text.translate(str.maketrans("“”’", '""\''))
    return Scene(text, questions, kind.name) if questions else None


def _questions(
    kind: _Kind, page: Page, values: dict[str, Value], text: str, shift: int, chooser: random.Random
) -> Iterator[SceneQuestion]:
    """A few of the kind's questions, about one in three on what was left out."""
    said = [ask for ask in kind.asks if ask.key in page.places]
    unsaid = [ask for ask in kind.asks if ask.key not in page.places and not ask.given & set(page.places)]
    if shift:
        # A dateline half answers where it was.
        unsaid = [ask for ask in unsaid if ask.key != "where"]
    chooser.shuffle(said)
    chooser.shuffle(unsaid)
    trapped = False
    for _ in range(chooser.randint(3, 6)):
        without = chooser.random() < UNANSWERABLE
        if without and not trapped and chooser.random() < TRAPS and (trap := _trap(kind, page, values, chooser)):
            trapped = True
            yield trap
            continue
        pool = unsaid if without else said
        if not pool:
            continue
        ask = pool.pop()
        wordings = [w for w in ask.wordings if all(s.endswith("_q") or s in page.shown for s, _ in SLOT.findall(w))]
        missing = "" if not without else _missing(kind, ask.key, values)
        if not wordings or (missing and _stands(missing, text)):
            continue
        wording = chooser.choice(wordings)
        sources = list(page.told_by.values())
        told_by = page.told_by.get(ask.key, "") if not without else chooser.choice(sources) if sources else ""
        if told_by and chooser.random() < (0.12 if without else 0.25) and f"{{{ask.key}}}" not in told_by:
            wording = _according(chosen(wording, chooser), told_by, chooser)
        question = _worded(wording, values, chooser)
        start, end = page.places.get(ask.key, (0, 0))
        yield SceneQuestion(question, None if without else (start + shift, end + shift), missing)


def _trap(kind: _Kind, page: Page, values: dict[str, Value], chooser: random.Random) -> SceneQuestion | None:
    """A question on a stated fact, asked of another person, place or firm of the passage; None where there is none.

    The other is one of whom the kind has no questions, so that the passage cannot answer by chance.
    """
    asked = {slot for ask in kind.asks for wording in ask.wordings for slot, _ in SLOT.findall(wording)}
    found = []
    for names, spec in kind.slots:
        others = [name for name in names if name in page.shown and name not in asked]
        if spec.split()[0] not in ("person", "place", "company", "team") or not others:
            continue
        for ask in kind.asks:
            for wording in ask.wordings if ask.key in page.places else ():
                slots = {slot for slot, _ in SLOT.findall(wording)}
                inside = slots & set(names)
                if len(inside) == 1 and all(s.endswith("_q") or s in page.shown for s in slots):
                    found.append((wording, inside.pop(), chooser.choice(others)))
    if not found:
        return None
    wording, slot, other = chooser.choice(found)
    return SceneQuestion(_worded(wording, values | {slot: values[other]}, chooser), None)


def _according(wording: str, told_by: str, chooser: random.Random) -> str:
    if chooser.random() < 0.5:
        return f"According to {told_by}, {wording[0].lower()}{wording[1:]}"
    return f"{wording[:-1]}, according to {told_by}?"


def _missing(kind: _Kind, key: str, values: dict[str, Value]) -> str:
    """The value that answers a key, where the kind's lines give it as one slot."""
    templates = [t for ts in (kind.openings, kind.sources, *kind.statements.values()) for t in ts]
    for template in templates:
        if match := re.search(rf"\[{key}:(?:the |Judge |Dr |\()?\{{(\w+)\}}\]", template):
            return values[match[1]].bare
    return ""


def _stands(value: str, text: str) -> bool:
    """Whether a value stands in the text as a whole word or figure."""
    return bool(re.search(rf"(?<![\w.,-]){re.escape(value)}(?!\w|[.,-]\d)", text, flags=re.IGNORECASE))


def _worded(wording: str, values: dict[str, Value], chooser: random.Random) -> str:
    """The question with its names, now and then as it is typed: no mark at the end, no capitals."""

    def name(match: re.Match[str]) -> str:
        value = values[match[1]]
        if match[2]:
            return form(value, match[2])
        if value.full.endswith(f" {value.later}") or value.full.startswith(f"{value.later} "):
            return chooser.choice((value.full, value.later))
        return value.bare

    question = SLOT.sub(name, chosen(wording, chooser)).replace("s's ", "s' ")
    question = question[0].upper() + question[1:]
    chance = chooser.random()
    if chance < 0.1:
        return question[:-1]
    if chance < 0.2:
        return question.lower() if chooser.random() < 0.5 else question[0].lower() + question[1:]
    return question.lower()[:-1] if chance < 0.26 else question
