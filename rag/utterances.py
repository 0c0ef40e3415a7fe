"""Which words of a passage are somebody's own, whose, and does a question ask for them?

"What did the hydrologist say about the rain?" is answered by what stands between quotation marks, or behind "said
that": whole, since half of what somebody said is something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.records import Passage
from index.sentences import sentences
from rag.english import content, fold, names, words
from rag.reader.features import cover
from rag.verify.speakers import speakers

LEAST_WORDS = 3  # of a quotation: one or two words between marks are a name or a mocking
BEFORE = 300  # characters in front of a quotation in which its speaker may be named
_SAYING = (
    "say|tell|reply|answer|respond|comment|remark|add|warn|argue|explain|complain|joke|admit|insist|claim|write|ask|"
    "promise|think|make of|announce|shout|suggest|recommend|quote"
)
_TELLING = (
    "describe|sum up|put|react|respond|reply|answer|comment|explain|characteri[sz]e|compare|call|justify|express|"
    "defend|account for|say so|judge|rate|assess"
)
_WORDS = (
    "advice|warning|image|saying|comparison|remark|comment|reaction|reply|answer|response|words|motto|joke|speech|"
    "promise|verdict|message|explanation|description|quip|opinion|view|assessment"
)
_DO = "did|does|do|has|have|had"
# Each names who is asked about, where the question does.
_ASKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat(?: was| were| is|['’]s) (?P<who>.{{2,60}}?)['’]s? (?:\w+ )?(?:{_WORDS})\b",
        r"\bin (?P<who>.{2,60}?)['’]s? (?:words|telling|view|opinion|account)\b",
        r"\bquotes? (?:from|by|of) (?P<who>.+?) (?:about|on|over)\b",
        r"^(?P<who>.+?) on .+\b(?:his|her|their|own|exact) words\b",
        rf"\b(?:what|which) (?:\w+ )?(?:{_WORDS})s?\b(?: (?:about|on|for|to) .+?)? (?:{_DO}) (?P<who>.+?) "
        r"(?:give|get|make|use|have|quote|offer|issue|find|choose|send|leave|write)\b",
        rf"\b(?:in|with) (?:what|which) words (?:{_DO}) (?P<who>.+?) (?:{_TELLING}|{_SAYING}|thank|greet|praise)\b",
        rf"\bwhat (?:else |exactly )?(?:{_DO}|would|will) (?P<who>.+?) (?:{_SAYING})\b",
        rf"\bwhat (?:{_DO}) (?P<who>.+?) (?:compare|liken)\b",
        rf"\bhow (?:{_DO}) (?P<who>.+?) (?:{_TELLING}|see|feel)\b",
        rf"\b(?:what|which) (?:\w+ )?(?:{_WORDS})\b",
    )
)
# Quotation marks in pairs; a single closing one is also an apostrophe, so that a letter behind it is none.
_QUOTED = re.compile(r"“(?P<curly>[^“”\n]+)”?|\"(?P<straight>[^\"\n]+)\"|(?<![\w’'])[‘'](?P<single>[^\n]+?)[’'](?!\w)")
_MARK = re.compile(r"[“”\"]")
_REPORTED = re.compile(
    r"\b(?:sa(?:id|ys)|replie[ds]|answer(?:ed|s)|warn(?:ed|s)|argue[ds]|explain(?:ed|s)|complain(?:ed|s)|admit(?:s|ted)|"
    r"insist(?:ed|s)|claim(?:ed|s)|add(?:ed|s)|announced|promise[ds]|thinks|thought|believe[ds]|suggest(?:ed|s)|"
    r"denie[ds]|(?:told|tells|assured|reminded) [\w’'. ]{2,40}?) ?"
    r"(?:that (?P<that>[^.\n]+)|(?P<told>(?:the|a|an|he|she|it|they|his|her|its|their|there|we|no|some|small|most|many|"
    r"people|everybody|nobody|[A-Z]\w+) [^.\n]+))"
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """Somebody's words: text[start:end], between the marks where they are `quoted`; `first` to `last` are the sentences
    that hold them.
    """

    start: int
    end: int
    first: int
    last: int
    quoted: bool


def asks_words(question: str) -> bool:
    """Does a question ask for what somebody said?"""
    return any(pattern.search(question) for pattern in _ASKS)


def asked_speaker(question: str) -> str:
    """Whose words a question asks for, as it says so; empty where it does not."""
    found = next((match for pattern in _ASKS if (match := pattern.search(question))), None)
    return (found.groupdict().get("who") or "") if found else ""


def utterances(text: str) -> Iterator[Utterance]:
    """Everything between quotation marks, three words or more that are no title, and what stands behind a verb of
    saying where a sentence has no such marks.
    """
    bounds = sentences(text)
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        if len(text[start:end].split()) < LEAST_WORDS or text[start:end].istitle():
            continue
        held = [(a, b) for a, b in bounds if a < end and b > start]
        yield Utterance(start, end, held[0][0], held[-1][1], quoted=True)
    for first, last in bounds:
        told = None if _MARK.search(text, first, last) else _REPORTED.search(text, first, last)
        if told:
            start, end = told.span(told.lastgroup or 0)
            yield Utterance(start, end, first, last, quoted=False)


def spoken_by(who: str, passage: Passage, said: Utterance) -> float:
    """How well the speaker of an utterance fits whom a question asks about, from -1 (somebody else is named) to 1."""
    text = passage.text
    around, before = text[said.first : said.last], text[max(0, said.first - BEFORE) : said.first]
    wanted = {word for name in _named(who) for word in words(name)}
    if wanted:
        given = {fold(word) for speaker in speakers(around) for name in speaker.named for word in name.words}
        if given:
            return 1.0 if wanted & given else -1.0
        return 0.6 if wanted & {*words(before), *words(around)} else 0.0
    role = content(who)
    if not role:
        return 0.3
    return max(
        cover(role, around), 0.7 * cover(role, f"{before} {around}"), 0.4 * cover(role, f"{passage.title} {text}")
    )


def _named(who: str) -> list[str]:
    """The names, where somebody is named and not described: in "the mayor of Ostrey" nobody is."""
    found = names(f"of {who}")
    rest = fold(who)
    for name in found:
        rest = rest.replace(fold(name), " ")
    described = re.search(r"['’]s?\b|\b(?:of|who|in|at|from|for|by)\b", rest)
    return [] if described else found
