"""Which sentence, or which two or three adjacent ones, of a passage carry a claim best?"""

from collections.abc import Sequence

from index.sentences import sentences
from rag.verify.amounts import quantities
from rag.verify.cover import align
from rag.verify.names import names
from rag.verify.words import LIGHT, tokenize

# A name or number of the claim says more about where it stands than a common word.
_NAME_WEIGHT, _NUMBER_WEIGHT, _WORD_WEIGHT, _LIGHT_WEIGHT = 2.0, 2.0, 1.0, 0.3
# Each further sentence has to bring this much more of the claim's weight to be quoted too.
_WORTH = 0.9
# The share of a claim that it has to bring, and what each more of them costs.
_SHARE, _LONGER = 0.08, 0.3


def candidates(claim: str, text: str, *, limit: int = 3) -> list[tuple[int, int]]:
    """Offsets of the stretches of `text` (one or two adjacent sentences) that may carry `claim`, best first.

    Behind the `limit` best ones stands the best of three sentences, if more than one was asked for.
    """
    spans = sentences(text)
    if not spans:
        return []
    weights = _weights(claim)
    carried = [_carried(claim, text[start:end], weights) for start, end in spans]
    scored: list[tuple[float, int, int]] = []
    for position, (start, end) in enumerate(spans):
        # A shorter sentence with the same words is the better quote.
        scored.append((_sum(carried[position], weights) - 0.002 * (end - start) / 10, start, end))
    scored += _joined(spans, carried, weights, 2)
    ranked = sorted(scored, key=lambda item: (-item[0], item[1]))[:limit]
    if limit > 1:
        # Three sentences only where fewer have failed: they hold more by chance.
        ranked += sorted(_joined(spans, carried, weights, 3), key=lambda item: (-item[0], item[1]))[:1]
    return [(start, end) for score, start, end in ranked if score > 0]


def _joined(
    spans: Sequence[tuple[int, int]], carried: Sequence[frozenset[int]], weights: dict[int, float], count: int
) -> list[tuple[float, int, int]]:
    """Runs of `count` adjacent sentences that carry more than any shorter run in them, with their scores."""
    total = sum(weights.values()) or 1.0
    scored = []
    for position in range(len(spans) - count + 1):
        run = carried[position : position + count]
        whole = _sum(frozenset().union(*run), weights)
        gain = whole - max(_sum(frozenset().union(*part), weights) for part in (run[:-1], run[1:]))
        if gain >= _WORTH and gain / total > _SHARE:
            start, end = spans[position][0], spans[position + count - 1][1]
            scored.append((whole - _LONGER * (count - 1) - 0.002 * (end - start) / 10, start, end))
    return scored


def locate(claim: str, passage_text: str) -> tuple[int, int] | None:
    """Offsets of the one or two adjacent sentences of `passage_text` that carry `claim` best; None when none does."""
    found = candidates(claim, passage_text, limit=1)
    return found[0] if found else None


def _weights(claim: str) -> dict[int, float]:
    tokens = tokenize(claim)
    named = {position for name in names(claim) for position in range(name.first, name.last + 1)}
    counted = {one.start for one in quantities(claim) if one.value > 1}
    weights: dict[int, float] = {}
    for position, token in enumerate(tokens):
        if token.low[0].isdigit() or token.start in counted:
            weights[position] = _NUMBER_WEIGHT
        elif token.content and token.low[0].isalpha():
            light = token.stem in LIGHT
            weights[position] = _NAME_WEIGHT if position in named else _LIGHT_WEIGHT if light else _WORD_WEIGHT
    return weights


def _carried(claim: str, sentence: str, weights: dict[int, float]) -> frozenset[int]:
    pairs = align(claim, sentence)
    found = {pair.claim for pair in pairs if pair.sign != 0}
    theirs = {token.low for token in tokenize(sentence)}
    tokens = tokenize(claim)
    found |= {position for position in weights if tokens[position].low[0].isdigit() and tokens[position].low in theirs}
    amounts = {(one.value, one.kind == "ordinal") for one in quantities(sentence)}
    found |= {
        position
        for one in quantities(claim)
        if (one.value, one.kind == "ordinal") in amounts
        for position in weights
        if one.start <= tokens[position].start < one.end
    }
    return frozenset(found)


def _sum(positions: frozenset[int], weights: dict[int, float]) -> float:
    return sum(weights.get(position, 0.0) for position in positions)
