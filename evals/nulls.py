"""Which questions have no answer in a library? Three kinds, each checked against every article that could answer it."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

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


def swapped(
    made: Sequence[Draft], names: Mapping[str, int], texts: Texts, most: int, *, seed: int = 1
) -> Iterator[tuple[str, str]]:
    """Questions whose name is another one of the library, of which no sentence tells the like."""
    order = random.Random(seed)
    others = sorted(name for name, articles in names.items() if articles <= 3)
    count = 0
    for draft in made:
        if not draft.subject or draft.kind in ("age", "quotation") or len(others) < 2:
            continue
        other = order.choice(others)
        words = {word for word in re.findall(r"[a-z]{4,}", draft.question.replace(draft.subject, "")) if word != "when"}
        if other in draft.question or draft.subject in other or not words:
            continue
        if any(tells(text, other, words) for text in texts(other)):
            continue
        yield "null_entity", draft.question.replace(draft.subject, other)
        count += 1
        if count >= most:
            return


def tells(text: str, name: str, words: set[str]) -> bool:
    """Whether a text has, within 300 characters of a name, half of the words that a question is about."""
    for match in re.finditer(re.escape(name), text):
        near = set(re.findall(r"[a-z]{4,}", text[max(0, match.start() - 300) : match.end() + 300].lower()))
        if len(words & near) * 2 >= len(words):
            return True
    return False
