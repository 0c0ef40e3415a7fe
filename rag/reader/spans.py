"""Which stretches of a passage answer best? Start and end logits become spans with exact offsets."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.reader.records import ScoredSpan

# Longest answer in pieces: .99 of the training answers are shorter.
LONGEST = 40
# Starts and ends that are combined; the best pair lies among far fewer.
BEAM = 20
KEPT = 5
# An answer lies within one paragraph; a hard-wrapped line may end inside it.
BLANK_LINE = re.compile(r"\n\s*\n")

# What each further piece takes off a span's score: starts and ends are scored apart from each other, and a long span
# joins the start of one answer to the end of another. On the choosing articles F1 rose from 73.7 to 74.6 (SQuAD) and
# from 75.2 to 76.4 (new_wiki); 0.05 to 0.15 are equals, 0.3 loses (evals/LOG.md).
LENGTH_COST = 0.1

Logits = NDArray[np.float32]


def best_spans(
    start: Logits, end: Logits, offsets: Sequence[tuple[int, int]], passage: str, *, kept: int = KEPT
) -> list[tuple[int, int, float]]:
    """(start, end, score) in code points of `passage`, best first, none overlapping a better one, none over a blank
    line. Ties go to the earlier span.
    """
    starts = np.argsort(-start, kind="stable")[:BEAM]
    ends = np.argsort(-end, kind="stable")[:BEAM]
    pairs = sorted(
        (LENGTH_COST * int(b - a) - float(start[a] + end[b]), int(a), int(b))
        for a in starts
        for b in ends
        if a <= b < a + LONGEST
    )
    found: list[tuple[int, int, float]] = []
    for negative, a, b in pairs:
        left, right = offsets[a][0], offsets[b][1]
        if (
            left < right
            and not BLANK_LINE.search(passage, left, right)
            and all(right <= other[0] or left >= other[1] for other in found)
        ):
            found.append((left, right, -negative))
            if len(found) == kept:
                break
    return found


def merged(found: Sequence[tuple[int, int, float]], passage: str, *, kept: int = KEPT) -> tuple[ScoredSpan, ...]:
    """Spans of all windows together, best first, without overlaps."""
    chosen: list[ScoredSpan] = []
    for left, right, score in sorted(found, key=lambda span: (-span[2], span[0], span[1])):
        if all(right <= other.start or left >= other.end for other in chosen):
            chosen.append(ScoredSpan(left, right, score, passage[left:right]))
            if len(chosen) == kept:
                break
    return tuple(chosen)
