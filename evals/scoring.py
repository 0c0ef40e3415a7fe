"""How are scores made? A pure function of a run's records: the same records give the same scores, byte for byte."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from evals import statistics
from evals.columns import Columns, Verifier, measure
from evals.journal import read_records
from evals.metrics.abstention import best_threshold, reliability, risk_coverage
from evals.metrics.catalogue import catalogue
from evals.rundir import load_facts
from evals.scores import MEASURES, Scores, Slice, save
from evals.statistics import Interval, intervals
from index.errors import SuiteError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLICED_BY = ("type", "split", "hops", "turns", "overlap", "outlet", "month", "age")
MOST_LABELS = 24  # a dimension with more labels (outlets, months) shows its largest ones; more is no picture
POINTS = 200  # of a curve: more than a screen shows
AGES = ((7, "the newest week"), (31, "a week to a month"), (366, "a month to a year"), (10**6, "more than a year"))


def score(run_dir: str | Path, *, verifier: Verifier | None = None) -> Scores:
    """Score a run and write `scores.json` and `measures.jsonl` into its folder.

    Streams the records: memory grows by some hundred bytes a question. `verifier` says whether a quote carries a claim
    (None: the product's own rules), for ALCE's two scores. Raises SuiteError where the folder holds no run.
    """
    folder = Path(run_dir)
    facts = load_facts(folder)
    metrics = catalogue()
    columns = measure(
        read_records(folder),
        tuple(metrics),
        facts.protocols,
        verifier or own_verifier(),
        folder / MEASURES,
        facts.questions,
    )
    scores = add_up(columns, facts.protocols)
    save(scores, folder)
    return scores


def own_verifier() -> Verifier:
    """The product's rule-based check as ALCE's judge of entailment."""
    from rag.verify import verify

    def of(record):  # type: ignore[no-untyped-def]
        def entails(premise: str, claim: str) -> bool:
            # a bare span is read together with its question; a sentence has to stand by itself
            span = record.answer if record.answer and record.answer in premise else None
            return verify(claim, premise, question=record.question, answer=span).supported

        return entails

    return of


def add_up(columns: Columns, protocols: tuple[str, ...]) -> Scores:
    """The scores of measured records."""
    import numpy as np

    count = len(columns.clusters)
    if not count:
        raise SuiteError("the run has no records yet; collect some with onrecord eval SUITE")
    metrics = catalogue()
    names = [name for name in metrics if not bool(np.isnan(columns.column(name)).all())]
    values = np.column_stack([columns.column(name) for name in names])
    clusters = np.frombuffer(columns.clusters, dtype=np.int64)
    bounds = tuple((metrics[name].low, metrics[name].high) for name in names)
    found = intervals(values, clusters, bounds)
    outcomes = Counter(columns.labels["outcome"])
    answered = np.array([outcome == "answered" for outcome in columns.labels["outcome"]])
    judged = ~np.isnan(columns.column("right"))
    confident = answered & judged & ~np.isnan(columns.column("confidence"))
    confidence = columns.column("confidence")[confident].tolist()
    right = (columns.column("is_right")[confident] == 1).tolist()
    curve = risk_coverage(confidence, right, count)
    bars, _error = reliability(confidence, right)
    return Scores(
        count=count,
        errors=outcomes["error"],
        outcomes=dict(sorted(outcomes.items())),
        overall={name: interval for name, interval in zip(names, found, strict=True) if interval is not None},
        slices=slices(columns, [name for name in names if metrics[name].headline], clusters),
        causes=dict(Counter(columns.labels["cause"]).most_common()),
        aggregates=aggregates(columns, clusters, confident),
        published=published(columns, protocols),
        risk_coverage=spread_of_curve(list(zip(curve.coverage, curve.risk, strict=True))),
        reliability=tuple((bar.confidence, bar.right, bar.questions) for bar in bars),
        seconds=tuple(np.quantile(columns.column("seconds"), np.linspace(0, 1, 101)).round(5).tolist()),
        stages_ms={stage: float(np.median(np.frombuffer(column))) for stage, column in columns.stages.items()},
        tokens=dict(columns.tokens),
        cost=columns.cost,
    )


def slices(columns: Columns, names: list[str], clusters: "NDArray[np.int64]") -> dict[str, dict[str, Slice]]:
    """The headline measures by each dimension that parts the questions."""
    import numpy as np

    metrics = catalogue()
    bounds = tuple((metrics[name].low, metrics[name].high) for name in names)
    values = np.column_stack([columns.column(name) for name in names])
    labels = {**columns.labels, "age": ages(columns.labels["published"])}
    result: dict[str, dict[str, Slice]] = {}
    for dimension in SLICED_BY:
        column = np.array(labels[dimension])
        counted = Counter(label for label in labels[dimension] if label)
        if len(counted) < 2:
            continue
        result[dimension] = {}
        for label, size in sorted(counted.most_common(MOST_LABELS)):
            chosen = column == label
            found = intervals(values[chosen], clusters[chosen], bounds)
            measures = {name: interval for name, interval in zip(names, found, strict=True) if interval is not None}
            result[dimension][label] = Slice(count=size, measures=measures)
    return result


def ages(days: list[str]) -> list[str]:
    """How much older each article is than the newest, in steps that news is read in."""
    known = [day for day in days if day]
    if not known:
        return [""] * len(days)
    newest = date.fromisoformat(max(known))
    by_day = {
        day: next(label for most, label in AGES if (newest - date.fromisoformat(day)).days <= most)
        for day in set(known)
    }
    return [by_day.get(day, "") for day in days]


def aggregates(columns: Columns, clusters: "NDArray[np.int64]", confident: "NDArray[np.bool_]") -> dict[str, Interval]:
    """Statistics that are no means, with percentile intervals: latency, area under risk and coverage, calibration."""
    import numpy as np

    seconds = columns.column("seconds")
    # a resample of 100,000 rows takes 10 ms; fewer of them keep scoring within a minute and move the ends by a few per
    # cent
    draws = 200 if len(seconds) <= 20_000 else 40
    result: dict[str, Interval] = {}
    for name, share in (("latency_p50", 0.5), ("latency_p95", 0.95)):

        def percentile(rows: "NDArray[np.int64]", share: float = share) -> float:
            return float(np.quantile(seconds[rows], share))

        result[name] = statistics.resampled(percentile, len(seconds), clusters, resamples=draws)
    if confident.sum() >= 2:
        confidence, right = columns.column("confidence")[confident], columns.column("is_right")[confident]
        own = clusters[confident]
        result["aurc"] = statistics.resampled(
            lambda rows: area(confidence[rows], right[rows]), len(own), own, resamples=draws
        )
        result["calibration_error"] = statistics.resampled(
            lambda rows: calibration(confidence[rows], right[rows]), len(own), own, resamples=draws
        )
    return result


def area(confidence: "NDArray[np.float64]", right: "NDArray[np.float64]") -> float:
    """The area under risk and coverage, in NumPy: equal to `risk_coverage(...).area` (a test compares them)."""
    import numpy as np

    order = np.argsort(-confidence, kind="stable")
    ranked = confidence[order]
    risk = np.cumsum(1 - right[order]) / np.arange(1, len(order) + 1)
    ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    return float((risk[ends] * np.diff(ends, prepend=-1)).sum() / len(order))


def calibration(confidence: "NDArray[np.float64]", right: "NDArray[np.float64]") -> float:
    """The expected calibration error, in NumPy: equal to `reliability(...)[1]` (a test compares them)."""
    import numpy as np

    bins = np.minimum((confidence * 10).astype(np.int64), 9)
    gaps = np.bincount(bins, weights=right - confidence, minlength=10)
    return float(np.abs(gaps).sum() / len(confidence))


def published(columns: Columns, protocols: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """What the scripts that came with a data set would print."""
    result = {
        protocol: {name: sum(values) / len(values) for name, values in found.items()}
        for protocol, found in columns.published.items()
    }
    for protocol in ("squad1", "squad2"):
        if protocol in protocols:
            result[protocol] = squad(columns, protocol)
    return result


def squad(columns: Columns, protocol: str) -> dict[str, float]:
    """The figures of SQuAD's script in per cent; for 2.0 with its threshold sweep over 1 - confidence."""
    import numpy as np

    exact, f1 = columns.column("exact"), columns.column("f1")
    known = ~np.isnan(exact)
    answerable = columns.column("answerable")[known] == 1
    exact, f1 = exact[known], f1[known]
    result = {"exact": 100 * float(exact.mean()), "f1": 100 * float(f1.mean()), "total": float(len(exact))}
    if protocol == "squad1":
        return result
    for name, chosen in (("HasAns", answerable), ("NoAns", ~answerable)):
        if chosen.any():
            result |= {
                f"{name}_exact": 100 * float(exact[chosen].mean()),
                f"{name}_f1": 100 * float(f1[chosen].mean()),
                f"{name}_total": float(chosen.sum()),
            }
    confidence = np.nan_to_num(columns.column("confidence")[known], nan=0.0)
    gave = [outcome == "answered" for outcome, kept in zip(columns.labels["outcome"], known, strict=True) if kept]
    ids = [str(number) for number in range(len(exact))]
    has_answer = dict(zip(ids, answerable.tolist(), strict=True))
    no_answer = dict(zip(ids, (1 - confidence).tolist(), strict=True))
    given = {name: "x" if answered else "" for name, answered in zip(ids, gave, strict=True)}
    for name, values in (("exact", exact), ("f1", f1)):
        best = best_threshold(dict(zip(ids, values.tolist(), strict=True)), given, no_answer, has_answer)
        result |= {f"best_{name}": best.score, f"best_{name}_thresh": best.threshold}
    return result


def spread_of_curve(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """At most 200 points of a curve, its end among them."""
    if len(points) <= POINTS:
        return tuple(points)
    step = len(points) / POINTS
    return tuple(points[min(len(points) - 1, int((number + 1) * step) - 1)] for number in range(POINTS))
