"""Does a sentence say yes to a question, or no, or neither of the two?

Stricter than `verify` is with claims, which are whole sentences: a question is five words, and all of them may stand in
a sentence that says something else with them. "Yes" needs every word of the question near its verb, and the doer on the
doer's side of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.measures import told
from rag.verify import polarity, verify
from rag.verify.cover import Pair, align
from rag.verify.negation import NOT
from rag.verify.words import LIGHT, PAST, UNCHANGED, Token, tokenize

Word = Literal["Yes", "No"]

_ASKED = re.compile(r"^(?P<auxiliary>[\w’']+)\s+(?P<clause>.+?)[\s?]*$", re.DOTALL)
_WHO = re.compile(r"^\W*who\s+(?P<rest>[a-z]+\s.+)$", re.IGNORECASE | re.DOTALL)
# What a question only recalls ("now that it has rained") is not asked.
_RECALLED = re.compile(r",?\s+(?:now that|even though|although|given that)\b.*$", re.IGNORECASE | re.DOTALL)
# Nor is the occasion, where the article tells of it: "when the train derailed".
_OCCASION = re.compile(r",?\s+(?:when|while)\s+(?P<occasion>.+?)[\s?]*$", re.IGNORECASE | re.DOTALL)
# Reasons of `verify` that turn the statement round; the others only say that something is missing or different.
_CONTRARY = re.compile(
    r"^the source (?:denies|affirms|says [\w-]+(?: [\w-]+)?, not [\w-]+$|says it the other way round)", re.IGNORECASE
)
_ANYBODY = re.compile(r"\b(?:any|some)(?:body|one)\b", re.IGNORECASE)
_DO = frozenset("do does did".split())
_HELPING = frozenset("be been being have not".split())
_BE = frozenset("is are was were be been being am".split())
_BECOME = frozenset("become becomes became get gets got".split())  # "it became known", "he got hurt"
_MODAL = frozenset("can could may might must should would will shall".split())
# A rumour or a condition is no yes to whether something happened; nor is a plan or an attempt ("to retake the base").
_HEDGES = _MODAL - {"will", "shall"} | frozenset("if unless whether allegedly possible possibly perhaps likely".split())
_PRONOUNS = frozenset("he she it they we you i".split())
_DETERMINERS = frozenset("the a an this that these those his her its their our my no any some each every".split())
# Words that ask but name nothing ("again", "ever"): their absence says nothing.
_UNASKED = frozenset("again ever really actually indeed still already yet currently officially also too even".split())
# A clause ends here: words on both sides of one are not said of each other.
_CLAUSE = frozenset("; : — – but while whereas although though because when after before as until if".split())
_NEAR = 8  # words between two that belong together: "forces backed by U.S.-led airstrikes have retaken"
_HEDGED_NEAR = 4
# For a "no" this share of the question's words has to stand in the sentence, in the same or the contrary sense.
_SPOKEN_OF = 0.6


@dataclass(frozen=True, slots=True)
class _Question:
    """A yes-or-no question taken apart; `verb` is the place of its main verb among `tokens`, where one was found."""

    auxiliary: str
    statement: str
    tokens: tuple[Token, ...]
    verb: int | None

    @property
    def passive(self) -> bool:
        """Is its subject what something is done to?"""
        verb = self.tokens[self.verb] if self.verb is not None else None
        helped = self.auxiliary in _BE or any(token.low in _BE for token in self.tokens[: self.verb or 0])
        return verb is not None and helped and _is_participle(verb)


def said(question: str, quote: str, *, published: str | None = None, context: str = "") -> Word | None:
    """ "Yes" or "No" when `quote` carries the statement that `question` asks about, or its contrary; else None."""
    asked = _taken_apart(_without_occasion(question, context))
    if asked is None:
        return None
    verdict = verify(asked.statement, quote, quote_published=published, context=context)
    theirs, aligned = tokenize(quote), align(asked.statement, quote)
    needed = [pair for pair in aligned if _counts(asked, pair.claim)]
    if not needed or not _together(needed, aligned, theirs):
        return None
    alone = len(needed) < 2  # names and one word: what that word may mean elsewhere says little
    if verdict.supported:
        whole = all(pair.sign > 0 for pair in needed) and not (alone and _loose(asked, needed[0], theirs))
        return "Yes" if whole and _done_by_the_same(asked, aligned, theirs) else None
    spoken_of = sum(pair.sign != 0 for pair in needed) >= _SPOKEN_OF * len(needed) and all(
        pair.sign != 0 for pair in needed if pair.claim == asked.verb
    )
    turned = _CONTRARY.match(verdict.reason) or _CONTRARY.match(polarity.disagreement(asked.statement, quote))
    opposed = any(pair.sign < 0 for pair in needed)
    planned = any(_hedged(theirs, place) for pair in needed if pair.claim == asked.verb for place in pair.source)
    return "No" if spoken_of and turned and not (alone and opposed) and not planned else None


def _without_occasion(question: str, context: str) -> str:
    match = _OCCASION.search(question)
    told = {token.stem for token in tokenize(context)}
    if match and all(token.stem in told for token in tokenize(match["occasion"]) if token.content):
        return f"{question[: match.start()]}?"
    return question


def _loose(asked: _Question, pair: Pair, theirs: Sequence[Token]) -> bool:
    """Is the word only another one of like meaning: "drown" where the source says "sank"?"""
    return all(theirs[place].stem != asked.tokens[pair.claim].stem for place in pair.source)


def does(question: str, name: str, quote: str, start: int) -> bool | None:
    """Is it `name`, at `start` of `quote`, that did what "Who did it?" asks about? None where the quote does not say
    all of it, False where it does and the name stands on another side.
    """
    match = _WHO.match(question.strip())
    if match is None:
        return None
    own, rest = tokenize(name), match["rest"].strip(" ?")
    asked = _Question("", f"{name} {rest}", tokenize(f"{name} {rest}"), len(own))
    theirs, aligned = tokenize(quote), align(asked.statement, quote)
    verb = next((pair for pair in aligned if pair.claim == asked.verb), None)
    others = [
        pair
        for pair in aligned
        if pair.claim > len(own) and (asked.tokens[pair.claim].capital or _counts(asked, pair.claim))
    ]
    if verb is None or not others or any(pair.sign <= 0 for pair in (verb, *others)):
        return None
    if not _together([verb, *others], aligned, theirs):
        return None

    def away(place: int) -> int:
        return sum(min(abs(place - other) for other in pair.source) for pair in others)

    done = min(verb.source, key=away)
    subject = [place for place, token in enumerate(theirs) if start <= token.start < start + len(name)]
    # The same verb between the two: somebody else did it ("A reported from Iraq, B reported from Atlanta").
    between = any(
        min(subject, default=done) < place < done for place in verb.source if theirs[place].low == theirs[done].low
    )
    return not between and _fits(False, subject, theirs, done) and not _hedged(theirs, done)


def statement(question: str) -> str:
    """A yes-or-no question as a statement: "Was the base retaken?" says "the base was retaken"."""
    asked = _taken_apart(question)
    return asked.statement if asked else question.strip().rstrip("?")


def _taken_apart(question: str) -> _Question | None:
    """None for a question that denies ("Wasn't it ...?"): its yes and no are unclear."""
    match = _ASKED.match(question.strip())
    if match is None:
        return None
    auxiliary, clause = match["auxiliary"].lower(), _ANYBODY.sub("people", _RECALLED.sub("", match["clause"]))
    tokens = tokenize(clause)
    if auxiliary.endswith(("n't", "n’t")) or any(token.low in NOT for token in tokens):
        return None
    stated = _stated(auxiliary, clause, tokens)
    tokens = tokenize(stated)
    return _Question(auxiliary, stated, tokens, _verb(auxiliary, tokens))


def _stated(auxiliary: str, clause: str, tokens: Sequence[Token]) -> str:
    """The clause with its auxiliary where a statement has it: "the base was retaken", "the council approved it"."""
    verb = _verb(auxiliary, tokens)
    if verb is None or auxiliary in _DO - {"did"}:
        return clause
    if auxiliary == "did":
        start, end = tokens[verb].start, tokens[verb].end
        return clause[:start] + told(auxiliary, f"it {clause[start:end]}").removeprefix("it ") + clause[end:]
    while verb > 1 and (tokens[verb - 1].low in _HELPING or tokens[verb - 1].low.endswith("ly")):
        verb -= 1
    return f"{clause[: tokens[verb].start]}{auxiliary} {clause[tokens[verb].start :]}"


def _verb(auxiliary: str, tokens: Sequence[Token]) -> int | None:
    """The place of the main verb: the first participle, else (not after "is") what stands between two phrases."""
    able = [
        place
        for place, token in enumerate(tokens)
        if place and token.content and not token.capital and tokens[place - 1].low not in _DETERMINERS
    ]
    for place in able if auxiliary not in _DO else ():
        if _is_participle(tokens[place]) or tokens[place].low.endswith("ing"):
            return place
    for place in able if auxiliary not in _BE else ():
        before, after = tokens[place - 1], tokens[place + 1] if place + 1 < len(tokens) else None
        opens = after is None or after.capital or (not after.content and after.low != "of")
        if opens and (before.content or before.low in _PRONOUNS or before.low in _MODAL):
            return place
    return None


def _is_participle(token: Token) -> bool:
    form = token.text.split()[0].lower()  # "ruled out" is one token
    return form.endswith("ed") or form in PAST or form in UNCHANGED


def _counts(asked: _Question, place: int) -> bool:
    """Does the sentence have to hold this word of the statement? `verify` answers for names."""
    token = asked.tokens[place]
    if token.low in _UNASKED or token.capital:
        return False
    before = asked.tokens[place - 1] if place else None
    return token.stem not in LIGHT or (before is not None and (before.low in _DETERMINERS or before.content))


def _together(needed: Sequence[Pair], aligned: Sequence[Pair], theirs: Sequence[Token]) -> bool:
    """Does each word stand near another one of the question, with no clause ending between them?"""
    places = [(pair.claim, place) for pair in aligned for place in pair.source]
    if len({claim for claim, _ in places}) < 2:
        return True
    return all(
        not pair.source
        or any(_joined(theirs, place, other) for place in pair.source for claim, other in places if claim != pair.claim)
        for pair in needed
    )


def _joined(theirs: Sequence[Token], one: int, other: int) -> bool:
    first, last = sorted((one, other))
    between = theirs[first + 1 : last]
    return len(between) <= _NEAR and not any(token.low in _CLAUSE or token.text in ".!?" for token in between)


def _done_by_the_same(asked: _Question, aligned: Sequence[Pair], theirs: Sequence[Token]) -> bool:
    """Where the sentence has the question's verb: is its subject on the side of the doer, or of what it is done to?"""
    pair = next((pair for pair in aligned if pair.claim == asked.verb), None)
    if pair is None or asked.verb is None:
        return True
    if not pair.source:
        return asked.tokens[asked.verb].stem in LIGHT
    subject = [place for other in aligned if other.claim < asked.verb for place in other.source]
    return any(
        _fits(asked.passive, subject, theirs, verb) and (asked.auxiliary in _MODAL or not _hedged(theirs, verb))
        for verb in pair.source
    )


def _fits(passive: bool, subject: Sequence[int], theirs: Sequence[Token], verb: int) -> bool:
    if not subject:  # "he", whom `verify` has found in the context
        return any(token.low in _PRONOUNS for token in theirs[max(0, verb - _HEDGED_NEAR) : verb])
    turned = any(token.low in _BE | _BECOME for token in theirs[max(0, verb - 3) : verb])
    if turned and not passive:
        return any(place > verb and "by" in {token.low for token in theirs[verb + 1 : place]} for place in subject)
    return any((place > verb) == (passive and not turned) for place in subject)


def _hedged(theirs: Sequence[Token], verb: int) -> bool:
    before = [token.low for token in theirs[max(0, verb - _HEDGED_NEAR) : verb]]
    return before[-1:] == ["to"] or any(low in _HEDGES for low in before)
