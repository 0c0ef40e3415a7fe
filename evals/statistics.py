"""How sure is a mean? Intervals that respect clusters: Wilson, studentised bootstrap, or t where clusters are few."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.int64]

LEVEL = 0.95
FEW = 40  # clusters; below, resampling them understates their spread (Cameron, Gelbach and Miller 2008)
MANY = 2_000  # clusters; above, bootstrap and t intervals agree to 1 % of their width, and t costs nothing
RESAMPLES = 1_000  # the 2.5 % points of 1,000 draws have a standard error of half a per cent of coverage
SEED = 20_240_611  # any; fixed, so that the same records give the same intervals


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean with its 95 % interval. `count` questions in `clusters` clusters took part; `low` and `high` are None when
    a single cluster leaves nothing to judge the spread by. `approximate`: fewer than 40 clusters.
    """

    value: float
    low: float | None
    high: float | None
    count: int
    clusters: int
    method: str
    approximate: bool = False


def intervals(
    values: "Floats", clusters: "Codes", bounds: tuple[tuple[float, float], ...], *, resamples: int = RESAMPLES
) -> list[Interval | None]:
    """An interval for the mean of each column of `values` (questions x measures; NaN where one does not apply).

    `clusters` numbers the cluster of each row. A mean over clusters is a ratio of sums, whose variance is linearised
    (Cochran 1977, ch. 6; the cluster-robust variance with its G/(G-1) factor). Yes-or-no measures with one question a
    cluster: Wilson (1927). From 40 to 2,000 clusters: studentised bootstrap of clusters (Efron and Tibshirani 1993,
    ch. 12). More: t with G-1 degrees. Fewer than 40: the same t, labelled approximate. A constant 0 or 1: Wilson over
    clusters. What can be negative (a change, a mark) is no yes-or-no, whatever values it has: fewer than 40 clusters
    other than 0 give t, and a constant is allowed as many other clusters as Wilson allows where none was seen. None for
    a measure that applies nowhere. `bounds` are the least and most that each measure can be.
    """
    import numpy as np

    codes = np.unique(clusters, return_inverse=True)[1]
    groups = int(codes.max()) + 1 if len(codes) else 0
    results: list[Interval | None] = [None] * values.shape[1]
    patterns: dict[bytes, list[int]] = {}
    sums: list[Floats] = []
    counts: list[Floats] = []
    for column in range(values.shape[1]):
        known = ~np.isnan(values[:, column])
        totals = np.bincount(codes[known], weights=values[known, column], minlength=groups)
        sums.append(totals.astype(np.float64))
        counts.append(np.bincount(codes[known], minlength=groups).astype(np.float64))
        if known.any():
            patterns.setdefault(np.packbits(counts[column] > 0).tobytes(), []).append(column)
    for columns in patterns.values():
        active = counts[columns[0]] > 0
        own = [(sums[column][active], counts[column][active]) for column in columns]
        low_t, high_t = studentised(own, resamples) if FEW <= int(active.sum()) <= MANY else ([], [])
        for place, column in enumerate(columns):
            points = (low_t[place], high_t[place]) if low_t else None
            known = values[~np.isnan(values[:, column]), column]
            results[column] = one_interval(known, *own[place], bounds[column], points)
    return results


def one_interval(
    known: "Floats", sums: "Floats", counts: "Floats", bounds: tuple[float, float], points: tuple[float, float] | None
) -> Interval:
    """The interval of one measure; `points` are the bootstrap's 2.5 and 97.5 % points of t, where it was drawn."""
    from scipy import stats

    count, groups = int(counts.sum()), len(counts)
    mean, error = ratio(sums, counts)
    signed = bounds[0] < 0
    if signed and bool((known == known[0]).all()):
        return constant(mean, count, groups, bounds)
    yes_or_no = not signed and bool(((known == 0) | (known == 1)).all())
    if yes_or_no and (groups == count or mean in (0.0, 1.0)):
        trials = count if groups == count else groups
        found = stats.binomtest(round(mean * trials), trials).proportion_ci(LEVEL, method="wilson")
        method = "Wilson" if groups == count else "Wilson over clusters"
        return Interval(
            value=mean,
            low=float(found.low),
            high=float(found.high),
            count=count,
            clusters=groups,
            method=method,
            approximate=groups < FEW and groups != count,
        )
    if groups < 2:
        return Interval(
            value=mean, low=None, high=None, count=count, clusters=groups, method="one cluster", approximate=True
        )
    telling = int((sums != 0).sum()) if signed else groups  # unchanged clusters say little of how changes spread
    if points is None or error == 0 or telling < FEW:
        reach = float(stats.t.ppf((1 + LEVEL) / 2, groups - 1))
        points, method = (-reach, reach), "t over clusters"
    else:
        method = "bootstrap over clusters"
    low, high = mean - points[1] * error, mean - points[0] * error
    return Interval(
        value=mean,
        low=max(bounds[0], low),
        high=min(bounds[1], high),
        count=count,
        clusters=groups,
        method=method,
        approximate=telling < FEW,
    )


def constant(value: float, count: int, groups: int, bounds: tuple[float, float]) -> Interval:
    """The interval of what was the same in every cluster: as many others as Wilson allows for none of `groups`, all of
    them at one end of the bounds. Mirrored where the bounds and the value are.
    """
    from scipy import stats

    others = float(stats.binomtest(0, groups).proportion_ci(LEVEL, method="wilson").high)
    return Interval(
        value=value,
        low=value - others * (value - bounds[0]),
        high=value + others * (bounds[1] - value),
        count=count,
        clusters=groups,
        method="Wilson over clusters",
        approximate=groups < FEW,
    )


def ratio(sums: "Floats", counts: "Floats") -> tuple[float, float]:
    """The mean over all questions and its cluster-robust standard error (0 for a single cluster)."""
    groups, total = len(counts), counts.sum()
    mean = float(sums.sum() / total)
    if groups < 2:
        return mean, 0.0
    residuals = sums - mean * counts
    return mean, float((groups / (groups - 1) * (residuals**2).sum()) ** 0.5 / total)


@lru_cache(maxsize=4)  # a suite's slices share few cluster counts; 4 tables of 2,000 clusters are 64 MB
def draws(groups: int, resamples: int) -> "Floats":
    """How often each cluster is drawn in each resample."""
    import numpy as np

    random = np.random.default_rng(SEED)
    return random.multinomial(groups, np.full(groups, 1 / groups), size=resamples).astype(np.float64)


def studentised(columns: "list[tuple[Floats, Floats]]", resamples: int) -> tuple[list[float], list[float]]:
    """The 2.5 and 97.5 % points of (mean* - mean) / error* over resampled clusters, for columns of (sums, counts)."""
    import numpy as np

    groups = len(columns[0][0])
    weights = draws(groups, resamples)
    lows, highs = [], []
    for sums, counts in columns:
        mean, _error = ratio(sums, counts)
        total = weights @ counts
        means = (weights @ sums) / total
        squares = weights @ sums**2 - 2 * means * (weights @ (sums * counts)) + means**2 * (weights @ counts**2)
        errors = np.sqrt(np.maximum(squares, 0) * groups / (groups - 1)) / total
        usable = errors > 1e-12
        # a resample without spread has no t; where it happens the sample is nearly constant, and 0 is its centre
        t = np.where(usable, (means - mean) / np.where(usable, errors, 1), 0.0)
        low, high = np.quantile(t, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        lows.append(float(low))
        highs.append(float(high))
    return lows, highs


def resampled(statistic: Any, rows: int, clusters: "Codes", *, resamples: int = 200) -> Interval:
    """A percentile bootstrap interval for a statistic that is no mean (an area, a percentile, a best threshold).

    `statistic` takes the row numbers of a resample, clusters drawn whole, and returns a number (Efron and Tibshirani
    1993, ch. 13). Fewer than 40 clusters: labelled approximate.
    """
    import numpy as np

    codes = np.unique(clusters, return_inverse=True)[1]
    order = np.argsort(codes, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(codes))[:-1])
    value = float(statistic(np.arange(rows)))
    groups = len(members)
    if groups < 2:
        return Interval(
            value=value, low=None, high=None, count=rows, clusters=groups, method="one cluster", approximate=True
        )
    random = np.random.default_rng(SEED)
    drawn = [
        float(statistic(np.concatenate([members[place] for place in random.integers(0, groups, groups)])))
        for _ in range(resamples)
    ]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(
        value=value,
        low=float(low),
        high=float(high),
        count=rows,
        clusters=groups,
        method="bootstrap percentile",
        approximate=groups < FEW,
    )
