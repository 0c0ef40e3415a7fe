"""Which questions have no answer in a library? Three kinds, each checked against every article that could answer it."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from evals.templates import Draft

# Invented; checked against the library's own words before use, as any invention may exist.
ELSEWHERE = (
    "Velmora", "Trissandar", "Oskelund", "Qarvell", "Bremhollow", "Istavane", "Luddermoor", "Pellacoste", "Norrebec",
    "Zantheria", "Halvermark", "Corrindale",
)  # fmt: skip
TOPICS = (
    "Who won the mayoral election in {}?",
    "How many people were injured in the {} rail crash?",
    "When was the {} hydroelectric dam opened?",
    "What did the parliament of {} decide about fishing quotas?",
    "Which company operates the port of {}?",
)
# A detail that news seldom gives, and the words that would show that it does.
DETAILS = (
    ("Where was {} born?", r"\bborn\b|\bbirthplace\b|\bnative of\b|\bgrew up\b|\bhometown\b"),
    ("Which university did {} attend?", r"\buniversity\b|\bcollege\b|\bgraduat|\bstudied\b|\balumn"),
    ("What is the name of the spouse of {}?", r"\bwife\b|\bhusband\b|\bmarried\b|\bspouse\b|\bpartner\b|\bwidow"),
    ("What was the salary of {}?", r"\bsalar|\bpaid\b|\bearn|\bwage|\bpay\b"),
)
Texts = Callable[[str], Iterator[str]]  # a name -> the texts of the articles that have it


def topics(vocabulary: set[str], most: int) -> Iterator[tuple[str, str]]:
    """Questions about places that no article knows."""
    for number in range(most):
        place = ELSEWHERE[number % len(ELSEWHERE)]
        template = TOPICS[(number + number // len(ELSEWHERE)) % len(TOPICS)]
        if place.lower() not in vocabulary:
            yield "null_topic", template.format(place)


def details(names: Sequence[str], texts: Texts, most: int) -> Iterator[tuple[str, str]]:
    """Questions about people of the library, for a detail that none of the articles naming them touches."""
    made = 0
    for number, name in enumerate(names):
        template, shown = DETAILS[number % len(DETAILS)]
        if not any(re.search(shown, text, re.IGNORECASE) for text in texts(name)):
            yield "null_detail", template.format(name)
            made += 1
            if made >= most:
                return


def swapped(made: Sequence[tuple[Draft, str]], texts: Texts, most: int, *, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Questions whose name is swapped for one that another question of its kind hangs on, where no text tells the like.

    `made` are drafts with their answers: people who were quoted take the place of people whose age was told.
    """
    order = random.Random(seed)
    people = sorted({answer for draft, answer in made if draft.kind in ("quotation", "role") and " " in answer})
    subjects: dict[str, set[str]] = {}
    for draft, _answer in made:
        if draft.subject:
            subjects.setdefault(draft.kind, set()).add(draft.subject)
    count = 0
    for draft, _answer in made:
        others = people if draft.kind == "age" else sorted(subjects.get(draft.kind, set()))
        words = {word for word in re.findall(r"[a-z]{4,}", draft.question.replace(draft.subject, "")) if word != "when"}
        other = order.choice(others) if others else ""
        if not draft.subject or not other or other in draft.question or draft.subject in other:
            continue
        if draft.kind == "age":
            told = any(aged(text, other) for text in texts(other))
        else:
            told = not words or any(tells(text, other, words) for text in texts(other))
        if not told:
            yield "null_entity", draft.question.replace(draft.subject, other)
            count += 1
            if count >= most:
                return


def aged(text: str, name: str) -> bool:
    """Whether a text may tell a person's age: a number of two digits within 80 characters of the name."""
    return any(
        re.search(r"\b[1-9]\d\b", text[max(0, match.start() - 80) : match.end() + 80])
        for match in re.finditer(re.escape(name), text)
    )


def tells(text: str, name: str, words: set[str]) -> bool:
    """Whether a text has, within 300 characters of a name, half of the words that a question is about."""
    for match in re.finditer(re.escape(name), text):
        near = set(re.findall(r"[a-z]{4,}", text[max(0, match.start() - 300) : match.end() + 300].lower()))
        if len(words & near) * 2 >= len(words):
            return True
    return False
