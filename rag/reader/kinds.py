"""What kind of answer does a question want: a span, yes or no, several things, or a whole sentence?"""

import re
from typing import Literal

Kind = Literal["span", "yes_no", "list", "sentence"]

_AUXILIARY = re.compile(
    r"^(?:is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should|may|might|must|isn't|aren't|wasn't|"
    r"weren't|didn't|doesn't|hasn't|haven't|won't)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\bor\b(?! not\b)", re.IGNORECASE)
_LIST = re.compile(
    r"^(?:which|what)\s+(?:(?:two|three|four|five|six|other|different|main|\d+)\s+)?\w+(?:ies|[^s\W]s)\b(?!\s+(?:the|a|an)\b)|"
    r"^(?:who|what) (?:are|were)\b|^(?:name|list) (?:the|all|every)\b|\b(?:who all|names? of all)\b",
    re.IGNORECASE,
)
# "How many", "how long" and their like want a figure; bare "how" and "why" want to be told.
_SENTENCE = re.compile(
    r"^(?:and |but |so )?(?:why\b|how\b(?!\s+(?:many|much|long|old|far|deep|high|tall|big|large|fast|wide|heavy|often|"
    r"hot|cold|soon|late|early|few|full|strong|close|steep|expensive|is .{1,40} (?:spelled|called))\b)|"
    r"what (?:is|was) the reason\b|for what reason\b)",
    re.IGNORECASE,
)


def kind_of(question: str) -> Kind:
    """The kind of answer that is asked for, by the question's first words."""
    text = question.strip()
    if _AUXILIARY.match(text) and not _EITHER.search(text):
        return "yes_no"
    if _SENTENCE.match(text):
        return "sentence"
    if _LIST.match(text):
        return "list"
    return "span"


_WHO = re.compile(r"^\W*(?:(?:to|by|for|with|from|of)\s+)?(?:who|whom)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?\s+\w")
_COUNTED = re.compile(
    r"^\W*how many (?P<noun>(?:[\w’'-]+ ){0,3}?[\w’'-]+?s|people|men|women|children|police)\b", re.IGNORECASE
)
_DOER = re.compile(
    r"^\W*who \w+(?:ed|ook|ew|on|an|ave|old|ought|ell|ose|oke|eld|aid|ent|ame|id|ut|et)\b", re.IGNORECASE
)
# Nouns that stand for whatever a source counts.
_ANYTHING = frozenset(
    "people persons times others deaths casualties victims fatalities injuries lives things items ones cases years "
    "months weeks days hours minutes seconds miles metres meters kilometres kilometers percent dollars euros pounds "
    "crowns".split()
)


def is_owner(question: str, text: str, end: int) -> bool:
    """Is the span only the owner of what was asked about? "Who is the unit's spokesman?" is not answered by "Iraq" of
    "Iraq's counter-terrorism unit".
    """
    return bool(_WHO.match(question)) and bool(_POSSESSIVE.match(text, end))


def asks_doer(question: str) -> bool:
    """ "Who retook the base?": who did it, rather than who somebody is."""
    return bool(_DOER.match(question))


_SUBJECT = re.compile(
    r"^\W*(?:(?:to|by|for|with|from|of) )?(?:who|whom) (?:did|does|do|has|had|have|will|would|can|could|should|must) "
    r"(?:the|its|their|his|her) (?P<noun>[a-z]+(?: minister)?) ",
    re.IGNORECASE,
)


def is_subject(question: str, text: str, start: int) -> bool:
    """Is the span who by the question did it, where it asks for somebody else? "Who did the premier pick?" is not
    answered by "Ilsa Corvane" of "Premier Ilsa Corvane".
    """
    asked = _SUBJECT.match(question)
    before = text[max(0, start - 30) : start].lower()
    return asked is not None and bool(re.search(rf"\b{re.escape(asked['noun'].lower())},? $", before))


def is_source(question: str, text: str, start: int) -> bool:
    """Does the span stand after "from", where a doer was asked for? "Who retook the base?" is not answered by "ISIS" of
    "retaken a base from ISIS".
    """
    return bool(_DOER.match(question)) and " from" not in question and text[max(0, start - 5) : start] == "from "


def counts_another(question: str, text: str, end: int) -> bool:
    """Does the figure that ends at `end` count another thing than was asked for? "How many civilians were killed?" is
    not answered by the 38 of "38 ISIS militants", where the passage never speaks of civilians.
    """
    asked = _COUNTED.match(question)
    if asked is None:
        return False
    noun = asked["noun"].split()[-1].lower()
    if noun in _ANYTHING or _stem(noun) in _stems(text):
        return False
    after = re.match(r"(?:\s+[\w’'-]+){1,3}", text[end : end + 60])
    following = [word for word in after.group().split() if word.endswith("s")] if after else []
    return any(word.lower() not in _ANYTHING and len(word) > 3 for word in following)


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in re.findall(r"[a-z]+", text.lower())}


def _stem(noun: str) -> str:
    return re.sub(r"(?:ies|es|s|y)$", "", noun)


# A place in capitals with or without a day, or any place with its agency in brackets: "On May 3 - a Friday" is neither.
_DATELINE = re.compile(
    r"^\s*(?:[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40}(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:, \d{4})?)?"
    r"(?: ?\([^)]{1,30}\))?|[A-ZÀ-Þ][\w .,'’-]{1,60}\([A-Z][^)]{1,30}\)) ?[-–—] ",
    re.MULTILINE,
)


def is_dateline(text: str, start: int) -> bool:
    """Does the place lie in the words that say where and when a report was sent: "RADOVEC, March 3 (TPA) - "?"""
    return any(match.start() <= start < match.end() for match in _DATELINE.finditer(text))
