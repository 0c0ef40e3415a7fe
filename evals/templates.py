"""Which questions can be read off a sentence without a model? Figures, quotations, roles, ages and dates, by pattern.

Each pattern is narrow on purpose: it passes over most sentences, and what it makes can be asked as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAME = r"(?:[A-Z][\w'’-]+|[A-Z]\.)(?: (?:(?:al|el|de|del|van|von|bin|der)[ -])?(?:[A-Z][\w'’-]+|[A-Z]\.)){1,3}"
PRONOUNS = {"He", "She", "It", "They", "We", "You", "I", "This", "That", "There", "The", "These", "Those", "A", "An"}
TITLES = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Sir|President|Prime Minister|Minister|Mayor|Governor|Captain|Judge)\.? ")
NUMBER = (
    r"(?:\d[\d,.]*\d|\d|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve)"
)
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"

SAID = re.compile(
    r"[“\"](?P<quote>[^“”\"]{25,200})[”\"],? (?:(?:said|says|told [^,.]{3,40}|added) )?"
    rf"(?P<name>{NAME})(?P<after> said| says| told| added|,|\.)"
)
ROLE = re.compile(rf"(?P<name>{NAME}), (?P<role>the [a-z][^,.;“”\"]{{8,70}}),")
AGE = re.compile(rf"(?P<name>{NAME}), (?P<age>[1-9]\d),")
BOUND = "At least |More than |About |Around |Nearly |Some |Almost |As many as |Up to |Over "
FIGURE = re.compile(
    rf"^(?P<bound>{BOUND})?(?P<number>{NUMBER}) (?P<noun>[a-z][a-z'’ -]{{2,40}}?) "
    r"(?P<verb>were|was|have been|had been|have|had|are|will be|died|live|took part) "
    r"(?P<rest>[^.;:“”\"]{8,90}?)(?=[.,;])"
)
# Words that show that what stands before the verb is no plain noun: "two weeks after it", "three hundred people".
NO_NOUN = re.compile(
    r"\b(?:of|percent|per cent|years?|months?|weeks?|days?|hours?|minutes?|metres?|miles?|kilomet\w*|ago|after|before|"
    r"later|earlier|it|they|he|she|hundred|thousand|million|billion|other|others|more|people who|were|was|had)\b"
)
# "Who is ...?" asks for a person: the first noun of a role has to be one that people hold.
HELD = re.compile(
    r"\b(?:spokes\w+|leader|head|minister|director|president|chief|captain|mayor|governor|secretary|chair\w*|treasurer|"
    r"coach|owner|founder|author|editor|manager|commissioner|ambassador|judge|lawyer|professor|engineer|officer|general|"
    r"commander|bishop|inspector|doctor|surgeon|curator|keeper|conductor|driver|pilot|skipper|son|daughter|wife|husband|"
    r"brother|sister|mother|father|widow|designer|architect|prosecutor|mediator|analyst|economist)\b"
)
OPENERS = {
    "Since", "When", "After", "Before", "While", "If", "As", "In", "On", "At", "For", "But", "And", "Until", "Although",
    "By",
}  # fmt: skip
DATE = rf"(?:(?:{MONTH}) \d{{1,2}}, )?(?:19|20)\d\d|(?:{MONTH}) \d{{1,2}}"
WHEN = re.compile(
    r"^(?P<subject>(?:The )?[A-Z][^.,;:“”\"]{4,60}?) (?P<be>was|were) (?P<verb>[a-z]+(?:ed|en|wn|ld|de|lt)) "
    rf"(?P<rest>(?:by |at |in |for )?[^.,;:“”\"\d]{{0,50}}?) ?(?:in|on) (?P<date>{DATE})\b"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with its answer in a sentence: `start` and `end` are offsets into that sentence."""

    kind: str
    question: str
    start: int
    end: int
    subject: str  # the name that it hangs on, "" where it has none


def drafts(sentence: str, title: str) -> Iterator[Draft]:
    """The questions that a sentence answers; those without a name of their own name the story by its headline."""
    yield from said_by(sentence)
    yield from role_of(sentence)
    yield from age_of(sentence)
    yield from how_many(sentence, title)
    yield from when_was(sentence)


def said_by(sentence: str) -> Iterator[Draft]:
    """“...,” said NAME. -> Who said “...”?"""
    for match in SAID.finditer(sentence):
        if (
            match["after"] in (",", ".")
            and "said" not in match[0]
            and "told" not in match[0]
            and "added" not in match[0]
        ):
            continue
        quote = match["quote"].strip().rstrip(",.")
        words = quote.split()
        short = quote if len(words) <= 16 else " ".join(words[:16]) + " …"
        span = person(match, sentence)
        if span:
            yield Draft("quotation", f"Who said “{short}”?", *span, subject="")


def role_of(sentence: str) -> Iterator[Draft]:
    """NAME, the ROLE, -> Who is the ROLE?"""
    for match in ROLE.finditer(sentence):
        role = match["role"]
        span = person(match, sentence)
        # a role that names nothing ("the company") asks about everything; one with a verb is a clause, not a role
        named = re.search(r" [A-Z]", role)
        if (
            span
            and named
            and HELD.search(role)
            and not re.search(r"\b(?:is|was|were|are|which|who|that|said|first|only|last)\b", role)
        ):
            yield Draft("role", f"Who is {role}?", *span, subject=named_in(role))


def age_of(sentence: str) -> Iterator[Draft]:
    """NAME, 47, -> How old is NAME?"""
    for match in AGE.finditer(sentence):
        if person(match, sentence):
            start, end = match.span("age")
            yield Draft("age", f"How old is {match['name']}?", start, end, subject=match["name"])


def how_many(sentence: str, title: str) -> Iterator[Draft]:
    """At least 38 militants were killed in Mosul -> How many militants were killed in Mosul?"""
    match = FIGURE.match(sentence)
    if not match or re.search(r"\b(?:he|she|it|they|we|this|that|here|there|his|her|their)\b", match["rest"]):
        return
    noun = match["noun"].strip()
    if NO_NOUN.search(noun) or len(noun.split()) > 4:
        return
    verb = "were" if match["verb"] == "was" else match["verb"]
    asked = f"How many {noun} {verb} {match['rest'].strip()}"
    subject = named_in(match["rest"])
    if not subject:
        if not title:
            return
        asked += f", according to “{title}”"
    start = match.start("bound") if match["bound"] else match.start("number")
    yield Draft("figure", asked + "?", start, match.end("number"), subject=subject)


def when_was(sentence: str) -> Iterator[Draft]:
    """The Skell Bridge was built in 1987. -> When was the Skell Bridge built?"""
    match = WHEN.match(sentence)
    if not match or match["subject"].split()[0] in (PRONOUNS | OPENERS) - {"The"}:
        return
    subject = match["subject"]
    named = named_in(subject)
    if not named or named == subject.split()[0] == "The":
        return
    shown = "the" + subject[3:] if subject.startswith("The ") else subject
    rest = f" {match['rest'].strip()}" if match["rest"].strip() else ""
    start, end = match.span("date")
    yield Draft("date", f"When {match['be']} {shown} {match['verb']}{rest}?", start, end, subject=named)


def person(match: re.Match[str], sentence: str) -> tuple[int, int] | None:
    """The span of a matched name without its title; None where it begins with a word that is no name."""
    start, end = match.span("name")
    title = TITLES.match(sentence[start:end])
    if title:
        start += title.end()
    name = sentence[start:end]
    if name.split()[0] in PRONOUNS or len(name) < 4:
        return None
    return start, end


def named_in(text: str) -> str:
    """The longest run of capitalised words within a text; "" where there is none."""
    runs = re.findall(r"\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*", text)
    runs = [run for run in runs if run not in PRONOUNS]
    return max(runs, key=len, default="")
