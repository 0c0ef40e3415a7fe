"""Logistic regression with a little ridge, as the small models are learned."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def fitted(
    names: Sequence[str],
    rows: Sequence[Sequence[float]],
    right: Sequence[bool],
    *,
    ridge: float,
    counts: Sequence[float] | None = None,
) -> dict[str, float]:
    """The weights of the named features, and `bias`, which is not held small. `counts`: how often each row counts."""
    from scipy.optimize import minimize

    table = np.array([[1.0, *row] for row in rows])
    target = np.array(right, dtype=np.float64)
    share = np.array(counts if counts is not None else np.ones(len(table)), dtype=np.float64)
    share /= share.sum()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = table @ weights
        kept = np.array([0.0, *weights[1:]])
        value = float(share @ (np.logaddexp(0, scores) - target * scores) + ridge * (kept @ kept))
        return value, table.T @ (share * (1 / (1 + np.exp(-scores)) - target)) + 2 * ridge * kept

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    return dict(zip(("bias", *names), (float(value) for value in found), strict=True))
