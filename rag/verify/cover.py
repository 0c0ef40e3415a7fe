"""Which words of a claim does its source carry? The alignment that the other checks read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.sentences import sentences
from rag.verify.amounts import quantities
from rag.verify.negation import DENIALS, NOT
from rag.verify.times import moments
from rag.verify.words import LIGHT, NEGATORS, PAST, UNCHANGED, Token, fold, opposite, same, stem, tokenize

# Weights of one uncovered word. Names, numbers and dates have checks of their own; light words tell little.
_LIGHT_WEIGHT = 0.2
# What was done is the statement; who did it and to whom was checked before.
_DEED_WEIGHT = 1.5
# What the article is about is left out where it goes on: "the discovery includes 46 species", not "on the reef".
_TOPIC_WEIGHT = 0.25
# A number or date of the claim that was found in the source speaks for the sentence too.
_ANCHOR_WEIGHT = 0.5
# How much of a claim may lack a word in its source. Chosen on the dev half of evals/verification (see evals/LOG.md).
MISSING_SHARE = 0.34
# In a claim of this weight so many words may be missing whatever their share.
LONG, MISSING_WORDS = 3.0, 1.0
# The same where a similarity that was handed in vouches for the meaning.
SURE_SHARE = 0.65
# Three sentences hold many words by chance, so they have to carry nearly all of a claim.
WIDE_SHARE = 0.3
# A run of this many uncovered content words side by side is something that was added.
ADDED_RUN = 3
# In a claim that otherwise keeps to its source two at the end are enough: "..., after a scandal at work".
APPENDED_RUN, NEAR_VERBATIM = 1.6, 0.6


@dataclass(frozen=True, slots=True)
class Pair:
    """A content word of the claim and the words of the source that may carry it (+1 the same, -1 the opposite)."""

    claim: int
    source: tuple[int, ...]
    sign: int


@lru_cache(maxsize=256)
def align(claim: str, quote: str) -> tuple[Pair, ...]:
    """For each content word of `claim`, where `quote` says the same, else where it says the opposite."""
    theirs = _places(quote)
    pairs = []
    mine = tokenize(claim)
    said = {token.stem for token in mine} & LIGHT
    for position, token in enumerate(mine):
        if not token.content or not token.low[0].isalpha():
            continue
        alike = [word for word in theirs if _says(token.low, token.stem, *word)]
        contrary = [word for word in theirs if opposite(token.stem, word[1])]
        exact = [word for word in alike if word[1] == token.stem]
        # "Made a profit" is not carried by the "made" of "made a loss", which another word of the claim says.
        free = exact or [word for word in alike if not contrary or word[1] not in said]
        if free:
            pairs.append(Pair(position, _positions(theirs, exact or alike), 1))
            continue
        pairs.append(Pair(position, _positions(theirs, contrary), -1 if contrary else 0))
    return tuple(pairs)


@lru_cache(maxsize=1024)
def _places(quote: str) -> dict[tuple[str, str], tuple[int, ...]]:
    """Where each word of letters stands, by its folded form and its stem: a claim meets the same sentences often."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for position, word in enumerate(tokenize(quote)):
        if word.low[0].isalpha():
            key = (word.low, word.stem)
            found[key] = (*found.get(key, ()), position)
    return found


def _positions(places: dict[tuple[str, str], tuple[int, ...]], chosen: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    return tuple(sorted(position for word in chosen for position in places[word]))


def _says(mine: str, my_stem: str, theirs: str, their_stem: str) -> bool:
    if same(my_stem, their_stem):
        return True
    if "-" in theirs or "-" in mine:
        if any(opposite(one, two) for one in mine.split("-") for two in theirs.split("-")):
            return False
        return bool(set(_parts(mine)) & set(_parts(theirs))) and min(len(mine), len(theirs)) > 3
    return False


def _parts(low: str) -> list[str]:
    """Stems of a hyphened word's longer parts: "warm-up" has the warm of "warming up"."""
    return [stem(part) for part in low.split("-") if len(part) > 3] or [stem(low)]


# "Younger than ten": the number's bound was compared with the number.
_COMPARED = re.compile(r"\b(?:young|old|long|short|larg|high|low|few)er than(?= \w)")


def _checked(claim: str) -> list[tuple[int, int]]:
    """Stretches of the claim that the number and date checks answer for."""
    dates = tuple((moment.start, moment.end) for moment in moments(claim))
    bounds = [match.span() for match in _COMPARED.finditer(claim)]
    return [*dates, *((one.start, one.end) for one in quantities(claim, skip=dates)), *bounds]


def missing(
    claim: str,
    quote: str,
    *,
    known: frozenset[str] = frozenset(),
    topic: frozenset[str] = frozenset(),
    similarity: Callable[[str, str], float] | None = None,
) -> str:
    """Why too much of `claim` has no word in `quote`; empty when enough has.

    `known` words are answered elsewhere; `topic` holds the stems of the title.
    """
    mine = tokenize(claim)
    skip = _checked(claim)
    denies = any(token.low in NOT for token in tokenize(quote))
    weights: list[tuple[Token, float, bool]] = []
    for pair in align(claim, quote):
        token = mine[pair.claim]
        # "Declined to comment" says "not" of the comment, as "could not comment" does.
        refuses = (
            denies and token.stem in DENIALS and [word.low for word in mine[pair.claim + 1 : pair.claim + 2]] == ["to"]
        )
        denied = token.low in NEGATORS or refuses
        if denied or any(start <= token.start < end for start, end in skip):
            continue
        weight = _LIGHT_WEIGHT if token.stem in LIGHT else _DEED_WEIGHT if _deed(mine, pair.claim) else 1.0
        if token.low in known:
            continue
        if not pair.source and token.stem in topic:
            weight = min(weight, _TOPIC_WEIGHT)
        weights.append((token, weight, bool(pair.source)))
    total = sum(weight for _, weight, _ in weights) + _ANCHOR_WEIGHT * len(skip)
    absent = [(token, weight) for token, weight, covered in weights if not covered]
    lost = sum(weight for _, weight in absent)
    if not total or not lost:
        return ""
    allowed = max(MISSING_SHARE * total, MISSING_WORDS if total >= LONG else 0.3 if total >= 1 else 0.0)
    if len(sentences(quote)) > 2:
        allowed = min(allowed, WIDE_SHARE * total)
    run = _longest_run(weights)
    if (total - lost) / total >= NEAR_VERBATIM and _appended(claim, weights, skip):
        run = ADDED_RUN
    if run >= APPENDED_RUN and (total - lost) / total >= NEAR_VERBATIM and _ends_uncovered(weights):
        run = ADDED_RUN
    if similarity is not None and run < 2 * ADDED_RUN and similarity(claim, quote) >= 0.8:
        allowed, run = max(allowed, SURE_SHARE * total), 0
    if lost > allowed + 1e-9 or run >= ADDED_RUN:
        return "the source does not say: " + " ".join(token.text for token, _ in absent)
    return ""


def _deed(tokens: Sequence[Token], position: int) -> bool:
    """Is the word a verb of what happened: "resigned", "was shut", "has broken"?"""
    form = fold(tokens[position].text.split()[0])
    before = tokens[position - 1].low if position else ""
    if tokens[position].capital or before in _NO_VERB_AFTER:
        return False
    return form in PAST or form.endswith("ed") or (before in _HELPING and form in UNCHANGED)


def _appended(claim: str, weights: Sequence[tuple[Token, float, bool]], checked: Sequence[tuple[int, int]]) -> bool:
    """Is half of what follows the last comma without a word in the source: "..., in memory of a drowned fisherman"?"""
    comma = claim.rfind(", ")
    if comma < 0 or any(start > comma for start, _ in checked):
        return False
    tail = [(weight, covered) for token, weight, covered in weights if token.start > comma]
    lost = sum(weight for weight, covered in tail if not covered)
    return lost >= 1.0 and lost >= sum(weight for weight, _ in tail) / 2


def _longest_run(weights: Sequence[tuple[Token, float, bool]]) -> float:
    best = run = 0.0
    for _, weight, covered in weights:
        run = 0.0 if covered else run + weight
        best = max(best, run)
    return best


def _ends_uncovered(weights: Sequence[tuple[Token, float, bool]]) -> bool:
    """Is the last content word of the claim, or the one before it, without a word in the source?"""
    return any(not covered for _, _, covered in weights[-2:])


_NO_VERB_AFTER = frozenset("the a an of his her their its this these those in on at for with by".split())
_HELPING = frozenset("has have had was were been is are be".split())
_QUOTED = re.compile(r"[\"“]([^\"“”]{3,}?)[\"”]")


def misquoted(claim: str, quote: str) -> str:
    """Why words that `claim` puts in quotation marks are not the source's; empty when they are."""
    plain = _letters(quote)
    for match in _QUOTED.finditer(claim):
        for piece in re.split(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*", match[1]):
            if _letters(piece) not in plain:
                return f"the source does not hold the words “{match[1]}”"
    return ""


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
