"""Is this run good enough to land? Limits on the lower bound of an interval, and no worse than another run."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.comparison import Comparison, compare
from evals.metrics.catalogue import catalogue
from evals.scores import Scores
from index.errors import SuiteError

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition, whether it held, and the numbers, in words."""

    name: str
    passed: bool
    told: str


def parse_limits(limits: Sequence[str]) -> dict[str, float]:
    """`["f1=0.6"]` as a mapping. Raises SuiteError for an unknown measure or a limit that is no number."""
    known = catalogue()
    found: dict[str, float] = {}
    for limit in limits:
        name, equals, number = limit.partition("=")
        if name not in known or not equals:
            raise SuiteError(f"--fail-under {limit}: give MEASURE=NUMBER; the measures are {', '.join(known)}")
        try:
            found[name] = float(number)
        except ValueError as error:
            raise SuiteError(f"--fail-under {limit}: {number!r} is not a number") from error
    return found


def fail_under(scores: Scores, limits: Sequence[str]) -> list[Gate]:
    """One gate for each limit: the lower end of the 95 % interval has to reach it, not just the mean."""
    gates: list[Gate] = []
    for name, limit in parse_limits(limits).items():
        interval = scores.overall.get(name)
        if interval is None:
            gates.append(Gate(f"{name} >= {limit:g}", False, f"{name} applies to no question of this suite"))
        elif interval.low is None:
            gates.append(Gate(f"{name} >= {limit:g}", False, f"{name} has no interval: one cluster only"))
        else:
            told = f"{name} {interval.value:.3f}, at least {interval.low:.3f} with 95 % confidence"
            gates.append(Gate(f"{name} >= {limit:g}", interval.low >= limit, told))
    return gates


def not_worse_than(old: str | Path, new: str | Path) -> list[Gate]:
    """One gate for each headline measure: it must not be worse beyond chance (Holm-corrected, 5 % level)."""
    comparison = compare(old, new)
    return [judge(comparison, name) for name in comparison.differences]


def judge(comparison: Comparison, name: str) -> Gate:
    """Whether a measure got worse beyond chance."""
    found = comparison.differences[name]
    change = found.interval.value
    worse = change < 0 and found.adjusted <= LEVEL
    told = f"{name} {change:+.3f} against {comparison.first}, p = {found.adjusted:.4f}"
    return Gate(f"{name} not worse", not worse, told)
