"""Which of two runs is better, and what flipped? Paired over the questions that both were asked."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evals.metrics.catalogue import catalogue
from evals.paired import Difference, difference, holm
from evals.rundir import load_facts
from evals.scores import MEASURES
from index.errors import SuiteError

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A question that one run got right and the other wrong: causes and answers, first and second."""

    id: str
    question: str
    type: str
    gained: bool
    causes: tuple[str, str]
    answers: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Second against first. `differences` by measure, Holm-corrected together; `by_type` and `by_cause` count flips as
    (gained, lost), a cause being that of the wrong side.
    """

    first: str
    second: str
    count: int
    left_out: int
    same_suite: bool
    differences: Mapping[str, Difference]
    flips: tuple[Flip, ...]
    by_type: Mapping[str, tuple[int, int]]
    by_cause: Mapping[str, tuple[int, int]]


def compare(run_a: str | Path, run_b: str | Path) -> Comparison:
    """Compare two scored runs over their common questions.

    Raises SuiteError where a run was not scored, or where they have no question in common.
    """
    import numpy as np

    first, second = Path(run_a), Path(run_b)
    before, after = rows(first), rows(second)
    common = [name for name in before if name in after]
    if not common:
        raise SuiteError(f"{first} and {second} have no question in common; compare runs of one suite")
    codes: dict[str, int] = {}
    clusters = np.array([codes.setdefault(str(before[name]["cluster"]), len(codes)) for name in common])
    found: dict[str, Difference] = {}
    for metric in catalogue().values():
        if not metric.headline and metric.name not in ("mrr", "citation_precision"):
            continue
        pairs = [(value(before[name], metric.name), value(after[name], metric.name)) for name in common]
        both = np.array([one is not None and other is not None for one, other in pairs])
        if both.any():
            columns = np.array([pair for pair, kept in zip(pairs, both, strict=True) if kept], dtype=np.float64)
            found[metric.name] = difference(columns[:, 0], columns[:, 1], clusters[both], most=metric.high - metric.low)
    adjusted = holm([item.p for item in found.values()])
    flipped = tuple(flip for name in common if (flip := flip_of(before[name], after[name])) is not None)
    return Comparison(
        first=first.name,
        second=second.name,
        count=len(common),
        left_out=len(before) + len(after) - 2 * len(common),
        same_suite=load_facts(first).suite["fingerprint"] == load_facts(second).suite["fingerprint"],
        differences={name: replace(item, adjusted=p) for (name, item), p in zip(found.items(), adjusted, strict=True)},
        flips=flipped,
        by_type=tally(flipped, lambda flip: flip.type),
        by_cause=tally(flipped, lambda flip: flip.causes[0] if flip.gained else flip.causes[1]),
    )


def rows(folder: Path) -> dict[str, Row]:
    """The measures of each question of a scored run, by its id."""
    file = folder / MEASURES
    if not file.exists():
        raise SuiteError(f"{file}: is missing; make it with onrecord score {folder}")
    found: dict[str, Row] = {}
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                found[row["id"]] = row
            except (ValueError, KeyError, TypeError) as error:
                raise SuiteError(f"{file}, line {number}: is damaged; run onrecord score {folder} again") from error
    return found


def value(row: Row, name: str) -> float | None:
    """A measure of a row; None where it does not apply."""
    measures = row["measures"]
    assert isinstance(measures, dict)
    return measures.get(name)


def flip_of(before: Row, after: Row) -> Flip | None:
    """The flip between two rows of one question; None where both are right or both wrong."""
    was, now = value(before, "right"), value(after, "right")
    if was is None or now is None or was == now:
        return None
    answers = tuple(None if row["answer"] is None else str(row["answer"]) for row in (before, after))
    return Flip(
        id=str(after["id"]),
        question=str(after["question"]),
        type=str(after["type"]),
        gained=now > was,
        causes=(str(before["cause"]), str(after["cause"])),
        answers=(answers[0], answers[1]),
    )


def tally(flips: tuple[Flip, ...], key: Callable[[Flip], str]) -> dict[str, tuple[int, int]]:
    """Gained and lost by a property of the flips, the most first."""
    gained = Counter(key(flip) for flip in flips if flip.gained)
    lost = Counter(key(flip) for flip in flips if not flip.gained)
    return {label: (gained[label], lost[label]) for label, _ in (gained + lost).most_common()}
