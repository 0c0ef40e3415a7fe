"""Is one run better than another? Paired tests on the same questions, and the difference that they could have shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evals.statistics import LEVEL, SEED, Interval, intervals, ratio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FLIPS = 9_999  # random sign flips; the least p-value is then 1 in 10,000
POWER = 0.8  # the usual convention for a minimum detectable difference
MEMORY = 4_000_000  # signs held at a time: 32 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Second minus first, over the questions both answered for.

    `p` is that of the randomisation test, `adjusted` after Holm's correction over the measures compared. `gained` and
    `lost` count flips of a yes-or-no measure and `mcnemar` is their exact test, which takes questions as independent.
    `detectable`: the least true difference that this test finds 4 times out of 5 at the 5 % level.
    """

    interval: Interval
    p: float
    adjusted: float
    detectable: float | None
    gained: int | None = None
    lost: int | None = None
    mcnemar: float | None = None


def difference(
    first: "NDArray[np.float64]",
    second: "NDArray[np.float64]",
    clusters: "NDArray[np.int64]",
    *,
    flips: int = FLIPS,
    most: float = 1.0,
) -> Difference:
    """The paired difference of one measure; `adjusted` equals `p` until `holm` is applied over several. `most`: how far
    apart two values of the measure can be.
    """
    import numpy as np
    from scipy import stats

    change = second - first
    found = intervals(change[:, None], clusters, ((-most, most),))[0]
    assert found is not None
    codes = np.unique(clusters, return_inverse=True)[1]
    sums = np.bincount(codes, weights=change).astype(np.float64)
    counts = np.bincount(codes).astype(np.float64)
    p = randomisation(sums, flips=flips)
    gained = lost = None
    mcnemar = None
    if bool(np.isin(first, (0, 1)).all() and np.isin(second, (0, 1)).all()):
        gained, lost = int(((first == 0) & (second == 1)).sum()), int(((first == 1) & (second == 0)).sum())
        mcnemar = float(stats.binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0
    groups = len(sums)
    error = ratio(sums, counts)[1]
    return Difference(
        interval=found,
        p=p,
        adjusted=p,
        detectable=detectable(error, groups) if groups > 1 else None,
        gained=gained,
        lost=lost,
        mcnemar=mcnemar,
    )


def randomisation(sums: "NDArray[np.float64]", *, flips: int = FLIPS) -> float:
    """Two-sided p-value of flipping the sign of whole clusters' differences at random (Fisher's randomisation test; for
    retrieval, Smucker, Allan and Carterette 2007). Exact where there are at most 13 clusters.
    """
    import numpy as np
    from scipy import stats

    moved = sums[sums != 0]  # a cluster without a difference is the same under either sign
    if len(moved) < 2:  # a single cluster is as far from zero under either sign
        return 1.0
    result = stats.permutation_test(
        (moved,),
        lambda x, axis: np.sum(x, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=flips,
        batch=max(1, MEMORY // len(moved)),
        rng=np.random.default_rng(SEED),
    )
    return float(result.pvalue)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's (1979) step-down correction: adjusted p-values that keep the chance of any false alarm at the level."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return adjusted


def detectable(error: float, groups: int, *, power: float = POWER) -> float:
    """The minimum detectable difference (Bloom 1995): t of the level and of the power, G-1 degrees, times `error`."""
    from scipy import stats

    degrees = groups - 1
    return float((stats.t.ppf((1 + LEVEL) / 2, degrees) + stats.t.ppf(power, degrees)) * error)


def power_of(effect: float, error: float, groups: int) -> float:
    """The chance that a two-sided test at the 5 % level finds a true difference `effect` measured with standard error
    `error`: the noncentral t distribution with G-1 degrees.
    """
    from scipy import stats

    degrees = groups - 1
    reach = stats.t.ppf((1 + LEVEL) / 2, degrees)
    shift = effect / error
    return float(stats.nct.sf(reach, degrees, shift) + stats.nct.cdf(-reach, degrees, shift))
