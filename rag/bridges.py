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
from rag.verify.verbs import VERBS


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """`described` is what the question describes, at its offsets `start` to `end`; `asked` asks who or what that is."""

    question: str
    described: str
    start: int
    end: int
    asked: str

    def filled(self, named: str) -> str:
        """The question with a name in the description's place."""
        own = "'s" if re.search(r"['’]s?$", self.described) else ""
        return f"{self.question[: self.start]}{named}{own}{self.question[self.end :]}"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return fold(self.text)


_RELATIVE = frozenset("who whom whose which that".split())
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
_THING_ENDING = re.compile(r"(?:number|paper|letter|river|water|tower|ferry|order|matter|factor|sector|motor|motor)$")
_PLAIN = frozenset(
    "accept accuse add admit advise agree allow announce answer appear apply argue arrive ask attack bear beat become "
    "begin believe belong blame borrow bring build buy call carry cause celebrate change charge choose claim climb "
    "close collect come comment compare complain confess confirm contain continue cost cover create cross cut decide "
    "declare deliver demand deny depend describe design die disappear discover do donate draw drive drop earn eat end "
    "enter escape expect explain fail fall fear feel fight fill find finish flee fly forget get give go grow guess "
    "happen hate have hear help hide hire hold hope hurt imagine inherit injure insist intend invent invest invite "
    "join jump keep kill know lack last lead learn leave lend lie lift like live look lose love make manage marry mean "
    "measure meet mention miss move name need notice offer open order own pay plan play plead point predict prefer "
    "prepare promise propose protect prove provide publish put raise reach read receive recommend reduce refuse "
    "remain remember remove repair repeat replace reply report represent request rescue resign respond rest result "
    "retire return reveal ride rise run save say see seek seem sell send serve set settle shout show sign sing sit "
    "sleep spend stand start stay steal stop study succeed suffer suggest support swear take talk teach tell thank "
    "think throw train travel try turn understand use visit vote wait walk want warn wear weigh welcome win wish work "
    "worry write".split()
)
_VERBS = _PLAIN | frozenset(PAST_TO_BASE.values()) | frozenset(re.findall(r"[a-z]+", VERBS))
_PARTICIPLES = frozenset(
    "born built made held won lost given taken known found left led sold bought paid shot hit caught sent written "
    "run owned chosen driven flown grown hurt kept laid lent seen set shown sung sunk spent stolen struck taught told "
    "thrown worn beaten broken eaten fallen forgotten frozen hidden risen spoken woken drawn brought fought thought "
    "sought".split()
)
# Before these a word is a noun, whatever it looks like.
_NOUN_AFTER = _ARTICLES | frozenset("his her its their my our your this these those no every each some any two".split())
_ADVERBS = frozenset(
    "also already still later once never now then first finally recently apparently reportedly".split()
)
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


def _described(text: str, words: Sequence[_Word], marker: int) -> Bridge | None:
    """The description whose relative pronoun or participle stands at `marker`."""
    participle = _opens_participle(words, marker)
    if not participle and words[marker].low not in _RELATIVE:
        return None
    first = _article(words, marker)
    if first is None:
        return None
    noun = " ".join(word.text for word in words[first + 1 : marker])
    if noun.split()[-1][:1].isupper():  # "the engineer Emil Strand" is named
        return None
    last = _end(words, first, marker)
    if last - marker < _LEAST:
        return None
    start, end = words[first].start, words[last - 1].end
    clause = text[words[marker if participle else marker + 1].start : end]
    return Bridge(
        question=text, described=text[start:end], start=start, end=end,
        asked=_question(noun, words[marker].low, clause, participle=participle),
    )  # fmt: skip


def _opens_participle(words: Sequence[_Word], place: int) -> bool:
    """ "the club coached by ...": a participle between a noun and a preposition or an adverb of time."""
    word, before = words[place], words[place - 1]
    follows = words[place + 1].low if place + 1 < len(words) else ""
    return (
        word.text.islower()
        and _is_participle(word.low)
        and before.text[:1].isalpha()
        and before.low not in FUNCTION
        and follows in PREPOSITIONS | {"last", "this", "next", "yesterday"}
    )


def _is_participle(word: str) -> bool:
    return word in _PARTICIPLES or (word.endswith("ed") and len(word) > 4)


def _article(words: Sequence[_Word], marker: int) -> int | None:
    """Where the noun phrase before a marker begins: an article at most four words before, with no verb between."""
    for place in range(marker - 1, max(-1, marker - 6), -1):
        low = words[place].low
        if low in _ARTICLES:
            return place if low == _DEFINITE and place < marker - 1 else None
        if not words[place].text[:1].isalnum() or low in FUNCTION:
            return None
    return None


def _end(words: Sequence[_Word], first: int, marker: int) -> int:
    """The number of the first word behind a description."""
    stop = next(
        (place for place in range(marker, len(words)) if words[place].text in ".,;:?!"), len(words)
    )  # a comma ends it
    helper = next((words[place].low for place in range(first - 1, -1, -1) if words[place].low in _DO | _BE), "")
    between = [word.low for word in words[:first]]
    inside = any(word.low in _RELATIVE for word in words[1:first] if word.low == "that")
    if inside:
        return stop
    own = _own_verb(words, marker, stop)
    if stop < len(words) and words[stop].text == "." and stop + 1 < len(words):
        return next((place for place in range(own + 1, stop) if _is_finite(words, place)), stop)
    if helper in _DO and _subject(words, first, helper):
        return next((place for place in range(own + 1, stop) if _is_plain(words, place)), stop)
    if helper in _BE and _subject(words, first, helper):
        rest = [place for place in range(own + 1, stop) if _is_rest(words, place, own)]
        return rest[-1] if rest else stop
    if between and between[0] in {"who", "what", "which", "how"} and not helper:
        return stop
    return stop


def _subject(words: Sequence[_Word], first: int, helper: str) -> bool:
    """Does the description stand between the helping verb and its own: "did the head of the company that ..."?"""
    at = max(place for place in range(first) if words[place].low == helper)
    return all(
        word.low in _ARTICLES | {"of", "in", "at", "for", "to", "from", "by"} or word.low not in FUNCTION
        for word in words[at + 1 : first]
    ) and not any(_is_plain(words, place) for place in range(at + 2, first))


def _own_verb(words: Sequence[_Word], marker: int, stop: int) -> int:
    """The description's own verb, the last of its group: "was arrested" of "who was arrested in May"."""
    if _is_participle(words[marker].low) and words[marker].low not in _RELATIVE:
        return marker
    place = marker + 1
    while place < stop - 1 and words[place].low in AUXILIARIES | _ADVERBS | {"not"}:
        place += 1
    if place > marker + 1 and words[place - 1].low in _BE and not _is_participle(words[place].low):
        return place - 1  # "who is four", "that was on the list"
    return place


def _is_plain(words: Sequence[_Word], place: int) -> bool:
    """A verb's plain form, where no article and no "to" makes it something else."""
    word, before = words[place], words[place - 1]
    if not word.text.islower() or before.low in _NOUN_AFTER | {"to", "and", "or"} | PREPOSITIONS:
        return False
    return word.low in _VERBS


def _is_finite(words: Sequence[_Word], place: int) -> bool:
    word, before = words[place], words[place - 1]
    past = word.low in PAST_TO_BASE or word.low in AUXILIARIES or (word.low.endswith("ed") and len(word.low) > 4)
    return word.text.islower() and past and before.low not in _NOUN_AFTER | PREPOSITIONS | {"to", "and", "or"}


def _is_rest(words: Sequence[_Word], place: int, own: int) -> bool:
    """What a form of "be" or "have" goes with: a participle that is not the description's, or a last preposition."""
    word, before = words[place], words[place - 1]
    if place == len(words) - 2 and word.low in PREPOSITIONS:
        return True
    if not word.text.islower() or before.low in _NOUN_AFTER | PREPOSITIONS | {"and", "or", "to"} | AUXILIARIES:
        return False
    return place > own and (_is_participle(word.low) or (word.low.endswith("ing") and len(word.low) > 5))


def _question(noun: str, relative: str, clause: str, *, participle: bool) -> str:
    """Who or what is it? "The woman who defeated her": "Who defeated her?"; the club: "Which club ...?"."""
    head = fold(noun.split()[-1])
    person = head in _PERSONS or head in TITLES or relative in ("who", "whom")
    person = person or bool(_PERSON_ENDING.search(head) and not _THING_ENDING.search(head))
    subject = "Who" if person else f"Which {noun}"
    if relative == "whose":
        return f"Whose {clause}?"
    return f"{subject} was {clause}?" if participle else f"{subject} {clause}?"


def names_one(answer: str) -> bool:
    """Does an answer name somebody or something, so that it can stand in a description's place?"""
    return bool(names(f"of {answer}"))
