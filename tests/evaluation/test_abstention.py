"""Declining, risk and confidence: worked values, and NumPy's versions against the plain ones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.abstention import measure, reliability, risk_coverage
from evals.scoring import area, calibration
from tests.evaluation.stand_ins import NO_ANSWER, answered


def test_refusals_are_precise_on_the_unanswerable_and_recall_counts_them() -> None:
    assert measure(NO_ANSWER) == {"answered": 0.0, "refusal_precision": 1.0, "refusal_recall": 1.0, "crag": 1.0}
    wrongly = replace(answered("48", "48"), outcome="abstained", answer=None)
    assert measure(wrongly) == {"answered": 0.0, "refusal_precision": 0.0, "crag": 0.0}
    invented = replace(NO_ANSWER, outcome="answered", answer="x")
    assert measure(invented) == {"answered": 1.0, "refusal_recall": 0.0, "crag": -1.0, "selective_right": 0.0}
    assert measure(answered("48", "48")) == {"answered": 1.0, "crag": 1.0, "selective_right": 1.0}
    assert measure(replace(NO_ANSWER, outcome="error"))["crag"] == 0.0


def test_risk_and_coverage_follow_the_surest_answers_first() -> None:
    curve = risk_coverage([0.9, 0.5, 0.7], [True, False, True], total=4)
    assert curve.coverage == (0.25, 0.5, 0.75)
    assert curve.risk == (0.0, 0.0, pytest.approx(1 / 3))
    assert curve.area == pytest.approx((0 + 0 + 1 / 3) / 3)


def test_answers_of_equal_confidence_are_given_together() -> None:
    curve = risk_coverage([0.5, 0.5], [True, False], total=2)
    assert curve.coverage == (1.0,)
    assert curve.risk == (0.5,)
    assert curve.area == 0.5


def test_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    bins, error = reliability([0.92, 0.98, 0.15], [True, False, False])
    assert [(round(one.confidence, 2), one.right, one.questions) for one in bins] == [(0.15, 0.0, 1), (0.95, 0.5, 2)]
    assert error == pytest.approx((2 * 0.45 + 1 * 0.15) / 3)
    assert reliability([1.0], [True])[1] == 0.0


PAIRS = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40)


@given(PAIRS)
def test_the_quick_versions_equal_the_plain_ones(pairs: list[tuple[int, bool]]) -> None:
    confidence = [value / 20 for value, _ in pairs]
    right = [flag for _, flag in pairs]
    numbers = np.array(confidence), np.array(right, dtype=float)
    assert area(*numbers) == pytest.approx(risk_coverage(confidence, right, len(pairs)).area)
    assert calibration(*numbers) == pytest.approx(reliability(confidence, right)[1])
