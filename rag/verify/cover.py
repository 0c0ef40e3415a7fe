"""Which words of a claim does its source carry? The alignment that the other checks read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.verify.amounts import quantities
from rag.verify.times import moments
from rag.verify.words import LIGHT, NEGATORS, Token, fold, opposite, same, tokenize

# Weights of one uncovered word. Names, numbers and dates have checks of their own; light words tell little.
_LIGHT_WEIGHT = 0.2
# A number or date of the claim that was found in the source speaks for the sentence too.
_ANCHOR_WEIGHT = 0.5
# How much of a claim may lack a word in its source. Chosen on the dev half of evals/verification (see evals/LOG.md).
MISSING_SHARE = 0.34
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
    mine, theirs = tokenize(claim), tokenize(quote)
    pairs = []
    for position, token in enumerate(mine):
        if not token.content or not token.low[0].isalpha():
            continue
        alike = tuple(other for other, word in enumerate(theirs) if _says(token, word))
        if alike:
            exact = tuple(other for other in alike if theirs[other].stem == token.stem)
            pairs.append(Pair(position, exact or alike, 1))
            continue
        contrary = tuple(
            other for other, word in enumerate(theirs) if word.low[0].isalpha() and opposite(token.stem, word.stem)
        )
        pairs.append(Pair(position, contrary, -1 if contrary else 0))
    return tuple(pairs)


def _says(token: Token, word: Token) -> bool:
    if not word.low[0].isalpha():
        return False
    if same(token.stem, word.stem):
        return True
    if "-" in word.low or "-" in token.low:
        return bool(set(_parts(token.low)) & set(_parts(word.low))) and min(len(token.low), len(word.low)) > 3
    return False


def _parts(low: str) -> list[str]:
    return [part for part in low.split("-") if len(part) > 3] or [low]


def _checked(claim: str) -> list[tuple[int, int]]:
    """Stretches of the claim that the number and date checks answer for."""
    dates = tuple((moment.start, moment.end) for moment in moments(claim))
    return [*dates, *((one.start, one.end) for one in quantities(claim, skip=dates))]


def missing(
    claim: str,
    quote: str,
    *,
    known: frozenset[str] = frozenset(),
    similarity: Callable[[str, str], float] | None = None,
) -> str:
    """Why too much of `claim` has no word in `quote`; empty when enough has. `known` words are answered elsewhere."""
    mine = tokenize(claim)
    skip = _checked(claim)
    weights: list[tuple[Token, float, bool]] = []
    for pair in align(claim, quote):
        token = mine[pair.claim]
        if any(start <= token.start < end for start, end in skip) or token.low in NEGATORS:
            continue
        weight = _LIGHT_WEIGHT if token.stem in LIGHT else 1.0
        if token.low in known:
            continue
        weights.append((token, weight, bool(pair.source)))
    total = sum(weight for _, weight, _ in weights) + _ANCHOR_WEIGHT * len(skip)
    absent = [(token, weight) for token, weight, covered in weights if not covered]
    lost = sum(weight for _, weight in absent)
    if not total or not lost:
        return ""
    allowed = max(MISSING_SHARE * total, 1.0 if total >= 3 else 0.3)
    run = _longest_run(weights)
    if run >= APPENDED_RUN and (total - lost) / total >= NEAR_VERBATIM and _ends_uncovered(weights):
        run = ADDED_RUN
    if similarity is not None and run < 2 * ADDED_RUN and similarity(claim, quote) >= 0.8:
        allowed, run = max(allowed, 0.6 * total), 0
    if lost > allowed + 1e-9 or run >= ADDED_RUN:
        return "the source does not say: " + " ".join(token.text for token, _ in absent)
    return ""


def _longest_run(weights: Sequence[tuple[Token, float, bool]]) -> float:
    best = run = 0.0
    for _, weight, covered in weights:
        run = 0.0 if covered else run + weight
        best = max(best, run)
    return best


def _ends_uncovered(weights: Sequence[tuple[Token, float, bool]]) -> bool:
    """Is the last content word of the claim, or the one before it, without a word in the source?"""
    return any(not covered for _, _, covered in weights[-2:])


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
