"""Which figure of a text does a person quote, and which only stands beside what is counted?"""

import re

from index.sentences import sentence_at
from rag.reader.cleaning import cleaned

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
_AGE = re.compile(r"\b(?:aged? |ages? [^.]{1,60} as )#|[a-z], #\d\d,|#\d+-year-old", re.IGNORECASE)
_HOW_OLD = re.compile(r"\bhow old\b|\bage\b", re.IGNORECASE)
_OWNER = re.compile(r"(?P<owner>[A-Z][\w-]+)(?:['’]s|s['’]) $")
_COMPARED = re.compile(
    r"\b(?:normal(?:ly)?|usual(?:ly)?|on average|an average|a year (?:ago|earlier|before)|last year|typical(?:ly)?|"
    r"compared (?:with|to)|record of)\b",
    re.IGNORECASE,
)
HOURS = 24


def whole_figure(text: str, place: int) -> tuple[int, int]:
    """The figure as a person would quote it; both ends of a range."""
    spread = _RANGE.match(text, max(0, place - len("between ")))
    if spread and spread.start("first") == place:
        return spread.start(), cleaned(text, spread.start("second"), spread.end())[1]
    return cleaned(text, place, place + 1)


def is_beside(question: str, text: str, place: int, value: float) -> bool:
    """Is the figure at `place` no count of what is asked for: an addition, a clock's, a rate, an age, somebody else's,
    or one for comparison?
    """
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
        or (_COMPARED.search(text, *sentence_at(text, place)) and not _COMPARED.search(question))
    )
