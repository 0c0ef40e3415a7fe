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


def statement_of(question: str) -> str:
    """A yes-or-no question as the words of a statement: "Did the council approve it?" says "the council approve it"."""
    return _AUXILIARY.sub("", question.strip(), count=1).strip().rstrip("?").strip()
