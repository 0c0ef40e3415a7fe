"""Which people, places and organisations does a text name, and are they the source's?"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.sentences import sentences
from rag.verify.amounts import quantities
from rag.verify.spellings import LONG, spelled_alike, word_alike
from rag.verify.words import LIGHT, STOP, Token, same, stem, tokenize, vocabulary

_CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
TITLES = frozenset(
    "president minister premier mayor governor senator judge justice general colonel major captain sergeant lieutenant "
    "commander admiral chief dr professor prof sir lord lady dame king queen prince princess pope bishop "
    "archbishop rev "
    "father sister mr mrs ms miss chancellor secretary councillor inspector superintendent constable coach director "
    "chairman chairwoman chair ambassador spokesman spokeswoman detective officer sheikh imam rabbi attorney "
    "vice deputy "
    "mp mps mep meps ceo prime foreign defence defense interior finance health former acting".split()
)
_PART_OF_MONTH = re.compile(rf"(?:mid|early|late|end)-(?:{'|'.join(_CALENDAR)})$")
_LINK = frozenset("of de da del della di du la le van von der den bin ibn al el the for".split())
PRONOUNS = frozenset("he she they his her their him them it its who whose i we my our".split())
_DEFINITE = frozenset("the this that its their his her these those".split())
_NOBODY = frozenset(
    "nobody everybody somebody anybody everyone someone anyone nothing everything something anything none".split()
)
_OPENING = frozenset("\"“‘'«(:—–")
_NEVER_NAMED = STOP | _CALENDAR | _NOBODY | {"i"}
# How near a description must stand to a name to describe it ("Anna Berg, the town's mayor").
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: its words folded, where its tokens stand, and whether a sentence start made it."""

    words: tuple[str, ...]
    first: int
    last: int
    text: str
    weak: bool = False


@lru_cache(maxsize=512)
def names(text: str, known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """Every name in `text`, titles and calendar words left out; `known` words are names at a sentence's start too."""
    tokens = tokenize(text)
    starts = {start for start, _ in sentences(text)}
    lower = {token.low for token in tokens if not token.capital}
    found: list[Name] = []
    run: list[int] = []

    def close() -> None:
        while run and tokens[run[-1]].low in _LINK:
            run.pop()
        words = [position for position in run if tokens[position].low not in _LINK]
        if words:
            first = tokens[words[0]]
            weak = len(words) == 1 and _opens(tokens, words[0], starts) and not first.text[1:].isupper()
            if not (weak and _common(first, lower) and first.low not in known):
                if (
                    len(words) > 1
                    and _opens(tokens, words[0], starts)
                    and _common(first, lower)
                    and first.low not in known
                    and not _is_given(first)
                ):
                    words = words[1:]
                found.append(
                    Name(
                        tuple(tokens[p].low for p in words),
                        words[0],
                        words[-1],
                        text[tokens[words[0]].start : tokens[words[-1]].end],
                        weak,
                    )
                )
        run.clear()

    counted = {one.start for one in quantities(text) if one.text[0].isalpha()}
    for position, token in enumerate(tokens):
        capital = token.capital and token.low[0].isalpha() and token.low not in _NEVER_NAMED
        acronym = token.text.isupper() and len(token.text) > 1 and token.low[0].isalpha() and token.low not in _CALENDAR
        capital = capital and not _PART_OF_MONTH.match(token.low)
        capital, acronym = capital and token.start not in counted, acronym and token.start not in counted
        if ((capital or acronym) and (run or token.low not in TITLES)) or (
            run and token.low in _LINK and position + 1 < len(tokens) and tokens[position + 1].capital
        ):
            run.append(position)
        elif run and token.text == "." and len(tokens[run[-1]].text) == 1:
            continue
        else:
            close()
    close()
    return tuple(found)


@lru_cache(maxsize=64)
def known_names(text: str) -> frozenset[str]:
    """Words that `text` has as names inside its sentences and never without a capital letter."""
    lower = {token.low for token in tokenize(text) if not token.capital}
    return frozenset(word for name in names(text) if not name.weak for word in name.words) - lower - STOP


def _opens(tokens: Sequence[Token], position: int, starts: set[int]) -> bool:
    token = tokens[position]
    if 0 < position < len(tokens) - 1 and tokens[position - 1].text == "(" and tokens[position + 1].text == ")":
        # A dateline's agency: "Paris (Reuters)".
        return False
    return token.start in starts or position == 0 or tokens[position - 1].text in _OPENING


def _common(token: Token, lower: set[str]) -> bool:
    low = token.low
    return (
        low in STOP
        or low in lower
        or token.stem in vocabulary()
        or token.stem in LIGHT
        or low.endswith(("ing", "ed", "ly", "tion", "ment", "ists", "ers", "ness"))
        or (low.endswith("s") and len(low) > 5 and not low.endswith("ss"))
    )


def _is_given(token: Token) -> bool:
    return token.low in {
        "will",
        "mark",
        "grace",
        "hope",
        "faith",
        "rose",
        "bill",
        "frank",
        "summer",
        "grant",
        "chase",
        "miles",
    }


def matches(name: Name, other: Name) -> bool:
    """Does `other` name what `name` names, every word of `name` included?"""
    if all(any(word_alike(word, candidate) for candidate in other.words) for word in name.words):
        return True
    mine, theirs = "".join(name.words), "".join(other.words)
    if len(name.words) == 1 and _initials(other) == mine.replace(".", ""):
        return True
    if len(other.words) == 1 and len(name.words) > 1 and _initials(name) == theirs.replace(".", ""):
        return True
    long_one = LONG.get(mine.replace(".", ""), " ".join(name.words))
    long_two = LONG.get(theirs.replace(".", ""), " ".join(other.words))
    return long_one == long_two or (len(name.words) == len(other.words) == 1 and spelled_alike(mine, theirs))


def _initials(name: Name) -> str:
    return "".join(word[0] for word in name.words if word not in _LINK)


def disagreement(claim: str, quote: str, *, context: str = "", known: frozenset[str] = frozenset()) -> str:
    """Why a name of `claim` is not one of `quote`; empty when each is there or behind a pronoun or description."""
    given = names(quote)
    around = names(context) if context else ()
    for name in names(claim, known):
        if not _stands(name, claim, quote, given, context, around):
            return f"the source does not name {name.text}"
    return ""


def _stands(name: Name, claim: str, quote: str, given: Sequence[Name], context: str, around: Sequence[Name]) -> bool:
    if any(matches(name, other) for other in given):
        return True
    tokens = tokenize(quote)
    lows = {token.low for token in tokens}
    if all(
        word in lows or any(spelled_alike(word, other) for other in lows if other[0] == word[0]) for word in name.words
    ):
        # Both words are there, but in two different names: John Brown and Anna Smith are no John Smith.
        apart = len(name.words) == 2 and len(given) > 1
        return not apart or any(name.words[-1] in other.words and len(other.words) == 1 for other in given)
    if name.weak and any(same(stem(name.words[0]), token.stem) for token in tokens):
        return True
    head = name.words[-1]
    short = any(len(other.words) < len(name.words) and spelled_alike(head, other.words[-1]) for other in given)
    if short or (head in lows and len(name.words) > 1):
        if not context:
            return True
        return any(matches(name, other) for other in around)
    return bool(context) and _stands_behind(name, claim, quote, context, around)


def _stands_behind(name: Name, claim: str, quote: str, context: str, around: Sequence[Name]) -> bool:
    """Is `name` what a pronoun or a description ("the mayor") of the quote refers to, as far as the context tells?"""
    spoken = [other for other in around if matches(name, other)]
    if not spoken:
        return False
    quoted = tokenize(quote)
    described = {
        after.stem for before, after in itertools.pairwise(quoted) if before.low in _DEFINITE and after.content
    } | {token.stem for token in quoted if token.low in TITLES}
    text = tokenize(context)
    mine = tokenize(claim)
    near_claim = {token.stem for token in mine[max(0, name.first - 3) : name.last + 4]}
    all_claim = {token.stem for token in mine}
    for other in spoken:
        near = {token.stem for token in text[max(0, other.first - _NEAR) : other.last + _NEAR + 1]}
        if any(noun in near and (noun in near_claim or noun not in all_claim) for noun in described):
            return True
    if not any(token.low in PRONOUNS for token in quoted):
        return False
    place = context.find(quote)
    place = place if place >= 0 else len(context)
    if any(token.low in {"it", "its", "they", "their"} for token in quoted) and not _person(name):
        # "It" may be anything that was named in the sentences before.
        earlier = context[max([start for start, end in sentences(context) if end <= place][-3:-2], default=0) : place]
        return any(matches(name, other) for other in names(earlier))
    before = names_before(context, place)
    if not any(_person(other) for other in before) and matches(name, _protagonist(context) or name):
        # Nobody else was named before it: the pronoun means whom the article is about.
        return any(token.low in {"he", "she", "his", "her", "him", "they", "their"} for token in quoted)
    return any(matches(name, other) for other in before)


def names_before(context: str, place: int) -> list[Name]:
    """Whom a pronoun at `place` may mean: the first person of the nearest sentence with one, else the last names."""
    last: list[Name] = []
    for start, end in reversed([span for span in sentences(context) if span[1] <= place][-4:]):
        here = [name for name in names(context[start:end]) if not name.weak or len(name.words) > 1]
        people = [name for name in here if _person(name)]
        if people:
            return people[:1]
        last = last or here[:2]
    return last


@lru_cache(maxsize=64)
def _protagonist(context: str) -> Name | None:
    """The person whom a text names most often, by surname; at least three times."""
    people = [name for name in names(context) if _person(name)]
    counts = {name: sum(other.words[-1] == name.words[-1] for other in names(context)) for name in people}
    most = max(counts, key=lambda name: counts[name], default=None)
    return most if most and counts[most] >= _OFTEN else None


_OFTEN = 3
_ORGANISATION = frozenset(
    "bank lines line union council party list league accord front institute university agency company works yard "
    "office "
    "ministry board court museum club society association church hospital school college news courant lantern press "
    "times post service department commission committee police army navy assembly parliament athletic town united city "
    "port island sound river valley bridge street road hill stack bay district hotel green group foundation".split()
)


def _person(name: Name) -> bool:
    """Two or three words, none of which is a word of organisations and places."""
    return len(name.words) in {2, 3} and not any(word in _ORGANISATION for word in name.words)
