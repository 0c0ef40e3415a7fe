"""What is somebody called whom a span only describes: "a scaffolder", "the judge"?

A report names whom it tells of once and describes them elsewhere. Where one name alone stands beside the noun of the
description, in the same report or in another of the same event, that is who is meant.
"""

import re
from collections.abc import Iterator, Sequence

from index.records import Passage
from rag.english import fold

_PART = r"[A-ZÀ-Þ][\w’'-]*[\w]"
_NAME = rf"(?P<name>{_PART}(?: (?:de|del|van|von|der|la|al|di|da|bin|[A-Z]\.))?(?: {_PART}){{1,2}})"
_BY = r"(?:named|identified)(?: [a-z]+)?(?: by (?:[\w’'-]+ ){1,5}?)? ?as"
# "The man was named by prosecutors as Viktor Laskey": whoever the sentence before tells of.
_NAMED_NEXT = re.compile(rf"\b(?:He|She|[Tt]he (?:[a-z-]+ )?[a-z-]+),? (?:was |has been |were )?{_BY} {_NAME}")
_DESCRIBED = re.compile(r"^(?:(?:a|an|the|his|her|its|their)\s+)?(?P<noun>[a-z][a-z -]*)")
_ENDS = re.compile(r"\b(?:who|whom|whose|that|which|of|in|at|from|for|with|by|on|to|near|and|or|named|called)\b")
# Nouns that fit anybody, and words that are none.
_ANYBODY = frozenset(
    "man woman men women boy girl person people one someone somebody nobody anyone everyone he she they it him her "
    "them others other years old".split()
)
_NEXT_TO = 250  # characters behind a description within which a sentence names whom it was about


def noun_of(description: str) -> str:
    """The noun that a description hangs on: "a scaffolder who had worked there" -> "scaffolder"; "" where it has a name
    or none.
    """
    found = _DESCRIBED.match(_ENDS.split(description.strip())[0].rstrip())
    if found is None or found.end() < len(found.string):
        return ""
    noun = found["noun"].split()[-1:]
    return noun[0] if noun and len(noun[0]) > 2 and (noun[0][-1] != "s" or noun[0].endswith("ss")) else ""


def named(passages: Sequence[Passage], number: int, place: tuple[int, int]) -> tuple[int, int, int] | None:
    """Which passage names whom `passages[number]` describes at `place`, and where: offsets in the passage; None where
    nobody or more than one is named so.

    `passages` are of one event; the description's own article is looked through before the others.
    """
    own = passages[number]
    noun = noun_of(own.text[place[0] : place[1]])
    if not noun:
        return None
    next_to = _NAMED_NEXT.search(own.text, place[1], place[1] + _NEXT_TO)
    if next_to is not None:
        return number, *next_to.span("name")
    if noun in _ANYBODY:
        return None
    articles = dict.fromkeys([own.article_id, *(one.article_id for one in passages)])
    for article in articles:
        found = [
            (which, start, end)
            for which, passage in enumerate(passages)
            if passage.article_id == article
            for start, end in _beside(noun, passage.text)
        ]
        if found:
            surnames = {fold(passages[which].text[start:end]).split()[-1] for which, start, end in found}
            return found[0] if len(surnames) == 1 else None
    return None


def _beside(noun: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands as the noun's: "scaffolder Victor Lasky", "a judge, Ida Holm," or "Ida Holm, the judge"."""
    told = rf"(?i:{re.escape(noun)})"
    for pattern in (
        rf"\b{told} {_NAME}",
        rf"\b{told}, {_NAME}(?=[,.;:)—–]| \()",
        rf"{_NAME}, (?:\d+, )?(?:an?|the|its|his|her|their|our|[\w-]+’s?|[\w-]+'s?) (?:[\w’'-]+ ){{0,4}}{told}\b",
        rf"\b{told},? (?:was |has been )?{_BY} {_NAME}",
    ):
        for match in re.finditer(pattern, text):
            yield match.span("name")
