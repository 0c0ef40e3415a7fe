"""Which words are somebody's own in a passage, who says them, and does a question ask for them?

"What did the hydrologist say about the rain?" is answered by what stands between quotation marks, or behind "said
that": whole, since half of what somebody said is something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import sentences

LEAST_WORDS = 3  # of a quotation: one or two words between marks are a name or a mocking
_SAYING = (
    r"say|tell|reply|answer|respond|comment|remark|add|warn|argue|explain|complain|joke|admit|insist|claim|write|ask|"
    r"promise|think|make of|announce|shout|suggest|recommend|quote"
)
_ASKS = re.compile(
    rf"\bwhat (?:else )?(?:did|does|do|has|have|had|would|will) (?P<who>.+?) (?:{_SAYING})\b|"
    r"\bhow (?:did|does|do|has|have|had) (?P<how>.+?) (?:describe|sum up|put|react|respond|reply|answer|comment|explain"
    r"|characteri[sz]e|compare|call)\b|"
    r"\bin (?:what|which) words\b|"
    r"\b(?:what|which) (?:\w+ )?(?:advice|warning|image|saying|comparison|remark|comment|reaction|reply|answer|response|"
    r"words|motto|joke|speech|promise|verdict|message|explanation|description|quip)\b|"
    r"\bwhat (?:was|were|is) .{2,60}?(?:reaction|reply|answer|response|comment|verdict|advice|explanation|message|"
    r"speech|words|opinion|view|warning|description|assessment)\b",
    re.IGNORECASE,
)
# Quotation marks in pairs; a single closing one is also an apostrophe, so that a letter behind it is none.
_QUOTED = re.compile(
    r"“(?P<curly>[^“”\n]+)”?|\"(?P<straight>[^\"\n]+)\"|(?<![\w’'])[‘'](?P<single>[^\n]+?)[’'](?!\w)"
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|tells|replied|replies|answered|warned|warns|argued|argues|explained|explains|complained|"
    r"admitted|insisted|claimed|claims|added|adds|announced|promised|thinks|believes|suggested|denied)\b"
    r"(?: (?:(?!that\b)[\w’'.-]+ ){0,6})? ?(?:that )?(?P<told>[^.\n]+)"
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """Somebody's words: text[start:end], within the marks where they are `quoted`; `first` to `last` are the sentences
    that hold them.
    """

    start: int
    end: int
    first: int
    last: int
    quoted: bool


def asks_words(question: str) -> bool:
    """Does a question ask for what somebody said?"""
    return bool(_ASKS.search(question))


def utterances(text: str) -> Iterator[Utterance]:
    """Everything between quotation marks, three words or more, and what stands behind a verb of saying."""
    bounds = sentences(text)
    for match in _QUOTED.finditer(text):
        name = match.lastgroup or "curly"
        start, end = match.span(name)
        if len(text[start:end].split()) >= LEAST_WORDS:
            held = [(a, b) for a, b in bounds if a < end and b > start]
            yield Utterance(start, end, held[0][0], held[-1][1], quoted=True)
    for first, last in bounds:
        if re.search(r"[“”\"]", text[first:last]):
            continue
        told = _REPORTED.search(text, first, last)
        if told and len(told["told"].split()) >= LEAST_WORDS:
            yield Utterance(told.start("told"), told.end("told"), first, last, quoted=False)
