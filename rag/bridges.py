"""Whom or what does a question describe instead of naming, and what does it ask once that is known?

"Where did the club coached by Judith Karsh finish?" asks "Which club was coached by Judith Karsh?" first, and what
comes back takes the description's place. The rules find where a description ends by the verb that the question itself
needs: "What did the captain who converted a penalty announce?" has one in "converted" and one in "announce".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.english import AUXILIARIES, FUNCTION, PREPOSITIONS, TITLES, fold, names
from rag.measures import PAST_TO_BASE
from rag.mentions import of_question
from rag.pronouns import resolve_pronouns
from rag.verb_forms import PLAIN, is_participle


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """`described` is whom or what the question describes, `asked` the question for it. What is asked once that is known
    is `before`, the name and `after`.
    """

    described: str
    asked: str
    before: str
    after: str

    def filled(self, named: str) -> str:
        """The question with a name in the description's place."""
        return f"{self.before}{named}{self.after}"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return fold(self.text)


_RELATIVE = frozenset("who whom whose which that where".split())
_ARTICLES = frozenset("the a an".split())
# "A man who does not know the day" is anybody.
_DEFINITE = "the"
# What asks for a plain verb, and what for a participle or none.
_DO = frozenset("did does do will would can could should may might must".split())
_BE = frozenset("is are was were has have had be been".split())
# Heads that are asked for by "who".
_PERSONS = frozenset(
    "man woman men women girl boy child person people one mother father wife husband son daughter brother sister widow "
    "farmer premier politician paramedic engineer chief head leader boss founder owner skipper captain keeper coach "
    "striker goalkeeper player champion winner loser teacher pupil student professor scientist researcher expert "
    "hydrologist historian author writer poet artist painter singer actor actress doctor nurse surgeon lawyer judge "
    "prosecutor witness suspect thief burglar victim survivor pilot driver sailor fisherman lifeguard guard soldier "
    "candidate minister mayor councillor member official officer spokesman spokeswoman director manager banker "
    "investor journalist reporter editor photographer baker butcher cook chef shepherd gardener hunter gamekeeper "
    "neighbour neighbor resident pensioner patient tourist climber hiker guide rescuer miner locksmith heir heiress "
    "economist analyst chairman chairwoman chair secretary ambassador bishop priest king queen prince princess".split()
)
_PERSON_ENDING = re.compile(r"(?:man|woman|er|or|ist|ian|year-old)$")
_THING_ENDING = re.compile(r"(?:number|paper|letter|river|water|tower|ferry|order|matter|factor|sector|motor)$")
# Before these a word is a noun, whatever it looks like.
_NOUN_AFTER = _ARTICLES | frozenset("his her its their my our your this these those no every each some any two".split())
_ADVERBS = frozenset(
    "also already still later once never now then first finally recently apparently reportedly".split()
)
_LINKS = _ARTICLES | frozenset("of in at for to from by".split())
_FACTS = frozenset("fact claim news report idea decision allegation suggestion announcement so way".split())
_INTENDED = frozenset("supposed expected meant scheduled needed used required".split())
_CONJUNCTIONS = frozenset("when after before while since until if because as once".split())
_RANKED = re.compile(r"..est$|^(?:most|least|first|last|second|third|other|next)$")
_WHEN = frozenset("last this next yesterday".split())
# A comma or a stop within a figure is none: "15,000", "2.4".
_WORD = re.compile(r"\d[\d.,]*\d|[\w’'-]+|[.,;:?!]")
_LEAST = 2  # words of a description after its head


def bridge(question: str) -> Bridge | None:
    """The first description in a question that stands for somebody or something; None where everything is named."""
    text = " ".join(question.split())
    words = [_Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]
    for place in range(1, len(words)):
        found = _described(text, words, place)
        if found is not None:
            return found
    return None


def names_one(answer: str) -> bool:
    """Does an answer name somebody or something, so that it can stand in a description's place?"""
    return bool(names(f"of {answer}"))


def _described(text: str, words: Sequence[_Word], marker: int) -> Bridge | None:
    """The description whose relative pronoun or participle stands at `marker`."""
    relative = words[marker].low in _RELATIVE
    if words[marker - 1].low in _FACTS or not (relative or _opens_participle(words, marker)):
        return None
    placed = words[marker].low in ("which", "whom") and words[marker - 1].low in PREPOSITIONS  # "the town in which"
    noun = _noun(words, marker - 1 if placed else marker)
    stop = next((place for place in range(marker, len(words)) if words[place].text in ".,;:?!"), len(words))
    verb = _verb_before(words, marker) if relative and not placed else None
    if verb is not None and (noun is None or noun[0] < verb):
        return _held_back(text, words, marker, stop, verb)
    if noun is None:
        return None
    last = _end(words, noun[0], marker, stop)
    told = stop < len(words) - 1 and words[stop].text == "."  # in a sentence before the question
    if last is None or last - marker < _LEAST or (told and (placed or words[marker].low == "where")):
        return None
    start, end = words[noun[0]].start, words[last - 1].end
    return Bridge(
        described=text[start:end], asked=_question(text, words, noun, marker, last),
        before=text[:start], after=text[end:],
    )  # fmt: skip


def _held_back(text: str, words: Sequence[_Word], marker: int, stop: int, verb: int) -> Bridge | None:
    """A description that comes after the question's verb: "Where was the woman born who found the ring?"."""
    noun = _noun(words, verb)
    if noun is None or stop - marker <= _LEAST:
        return None
    start, end = words[noun[0]].start, words[noun[1] - 1].end
    return Bridge(
        described=f"{text[start:end]} {text[words[marker].start : words[stop - 1].end]}",
        asked=_question(text, words, noun, marker, stop),
        before=text[:start], after=f"{text[end : words[marker - 1].end]}{text[words[stop - 1].end :]}",
    )  # fmt: skip


def _verb_before(words: Sequence[_Word], marker: int) -> int | None:
    """The question's own verb behind its helping verb and subject, where it comes before a relative pronoun."""
    helper = _helper(words, marker)
    if helper is None or words[marker - 2].low in _ARTICLES:
        return None
    needed = _is_plain if words[helper].low in _DO else _is_rest
    return next((place for place in range(helper + 3, marker) if needed(words, place)), None)


def _helper(words: Sequence[_Word], before: int) -> int | None:
    """The last helping verb before a place; "May" is a month."""
    return next(
        (
            place
            for place in range(before - 1, -1, -1)
            if words[place].low in _DO | _BE and (words[place].text.islower() or not place)
        ),
        None,
    )


def _noun(words: Sequence[_Word], behind: int) -> tuple[int, int] | None:
    """The bounds of the noun phrase that ends before `behind`: "the" at most five words before, and no name."""
    for place in range(behind - 1, max(-1, behind - 6), -1):
        low = words[place].low
        if low in _ARTICLES:
            if place and words[place - 1].low in _CONJUNCTIONS:  # "when the bus overturned near the bridge"
                return None
            named = words[behind - 1].text[:1].isupper()  # "the engineer Emil Strand"
            # Whoever is the first or the youngest of several is not found by what all of them did.
            ranked = any(_RANKED.search(word.low) for word in words[place + 1 : behind - 1])
            return (place, behind) if low == _DEFINITE and place < behind - 1 and not named and not ranked else None
        if not words[place].text[:1].isalnum() or (low in FUNCTION and low != "only"):
            return None
    return None


def _opens_participle(words: Sequence[_Word], place: int) -> bool:
    """ "The club coached by ...", "the teacher heading the committee": a participle behind a noun."""
    word, before = words[place], words[place - 1]
    follows = words[place + 1] if place + 1 < len(words) else None
    if follows is None or not word.text.islower() or before.low in FUNCTION:
        return False
    if is_participle(word.low) and word.low not in _INTENDED:
        return follows.low in PREPOSITIONS or follows.low in _WHEN
    object_follows = follows.low in _NOUN_AFTER or follows.text[:1].isupper()
    return word.low.endswith("ing") and len(word.low) > 5 and object_follows


def _end(words: Sequence[_Word], first: int, marker: int, stop: int) -> int | None:
    """The number of the first word behind a description; None where the participle is the question's own verb."""
    own = _own_verb(words, marker, stop)
    if stop < len(words) - 1 and words[stop].text == ".":
        # "The candidate who led lost in the end. By how much?"
        return next((place for place in range(own + 1, stop) if _is_finite(words, place)), stop)
    helper = _helper(words, first)
    if helper is None or not _subject(words, first, helper):
        return stop
    if words[helper].low in _DO:
        plain = next((place for place in range(own + 2, stop) if _is_plain(words, place)), None)
        # A verb that is not listed: the last word, unless a name or a preposition makes it a noun.
        verb = words[stop - 2].text.islower() and words[stop - 2].low not in PREPOSITIONS
        return plain if plain is not None else stop - 1 if verb else None
    if words[0].low in {"who", "what"} and any(word.low == "of" for word in words[helper + 1 : first]):
        return stop  # "What is the name of the driver who was arrested?"
    rest = [place for place in range(own + 1, stop) if _is_rest(words, place)]
    if rest:
        return rest[-1]
    # "When was the bridge closed in May?" asks for no bridge, "How old is the teacher heading it?" for a teacher.
    measured = words[0].low == "how" and helper == 2 and words[helper].low not in ("has", "have", "had")
    told = measured or words[0].low in {"who", "what"} or words[marker].low in _RELATIVE
    return stop if told else None


def _subject(words: Sequence[_Word], first: int, helper: int) -> bool:
    """Does the description stand between the helping verb and its own: "did the head of the company that ..."?"""
    between = words[helper + 1 : first]
    needed = _is_plain if words[helper].low in _DO else _is_rest
    return all(word.low in _LINKS or word.low not in FUNCTION for word in between) and not any(
        needed(words, place) for place in range(helper + 1, first)
    )


def _own_verb(words: Sequence[_Word], marker: int, stop: int) -> int:
    """The description's own verb, the last of its group: "was arrested" of "who was arrested in May"."""
    if words[marker].low not in _RELATIVE:
        return marker
    if words[marker].low == "whose":
        return next((place for place in range(marker + 2, stop) if _is_finite(words, place)), marker + 2)
    place = marker + 1
    while place < stop - 1 and words[place].low in AUXILIARIES | _ADVERBS | {"not"}:
        place += 1
    if place > marker + 1 and words[place - 1].low in _BE and not is_participle(words[place].low):
        return place - 1  # "who is four", "that was on the list"
    return place


def _is_plain(words: Sequence[_Word], place: int) -> bool:
    """A verb's plain form, where no article and no "to" makes it something else."""
    word, before = words[place], words[place - 1]
    owned = before.low.endswith(("'s", "s'"))
    if not word.text.islower() or owned or before.low in _NOUN_AFTER | {"to", "and", "or"} | PREPOSITIONS:
        return False
    return word.low in PLAIN


def _is_finite(words: Sequence[_Word], place: int) -> bool:
    word, before = words[place], words[place - 1]
    past = word.low in PAST_TO_BASE or word.low in AUXILIARIES or (word.low.endswith("ed") and len(word.low) > 4)
    return word.text.islower() and past and before.low not in _NOUN_AFTER | PREPOSITIONS | {"to", "and", "or"}


def _is_rest(words: Sequence[_Word], place: int) -> bool:
    """What a form of "be" or "have" goes with: a participle, or a last preposition."""
    word, before = words[place], words[place - 1]
    if word.low == "been" or (place == len(words) - 2 and word.low in PREPOSITIONS):
        return True
    noun = before.low in _NOUN_AFTER | PREPOSITIONS | {"and", "or", "to"} | AUXILIARIES
    if noun or not word.text.islower() or word.low in PREPOSITIONS:
        return False
    return is_participle(word.low) or (word.low.endswith("ing") and len(word.low) > 5)


def _question(text: str, words: Sequence[_Word], noun: tuple[int, int], marker: int, last: int) -> str:
    """Who or what is it? "The woman who defeated her": "Who defeated her?"; the club: "Which club ...?"."""
    what = text[words[noun[0] + 1].start : words[noun[1] - 1].end]
    relative = words[marker].low
    if relative not in _RELATIVE:
        many = what.endswith("s") and not what.endswith("ss")
        told = ("are" if many else "is") if relative.endswith("ing") else "were" if many else "was"
        clause = f"{told} {text[words[marker].start : words[last - 1].end]}"
    else:
        clause = text[words[marker + 1].start : words[last - 1].end]
    clause = resolve_pronouns(clause, of_question(text[: words[noun[0]].start]))
    head = fold(what.split()[-1]).removesuffix("s")
    person = head in _PERSONS or head in TITLES or relative in ("who", "whom")
    person = person or bool(_PERSON_ENDING.search(head) and not _THING_ENDING.search(head))
    if relative == "whose":
        owner = f"Which {what}'" if what.endswith("s") else f"Which {what}'s"
        return f"{'Whose' if person else owner} {clause}?"
    before = words[marker - 1].low
    if relative == "where" or (relative in ("which", "whom") and before in PREPOSITIONS):
        return (
            f"{'In' if relative == 'where' else before.capitalize()} {'whom' if person else f'which {what}'} {clause}?"
        )
    return f"{'Who' if person else f'Which {what}'} {clause}?"
