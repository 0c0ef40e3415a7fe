"""Does it know when it does not know? Refusals, risk against coverage, thresholds, calibration."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evals.metrics.answers import Measures, is_right
from evals.records import RunRecord

BINS = 10  # of equal width, as in Guo et al. 2017


def measure(record: RunRecord) -> Measures:
    """Measures of one decision to answer or to decline.

    `refusal_precision`: over declined questions, the share that had no answer. `refusal_recall`: over unanswerable
    ones, the share declined. `answered`: the share answered at all. `selective_right`: over answered ones, the share
    right. `crag`: +1 right (a declined unanswerable question is), 0 declined or failed though answerable, -1 wrong
    (Yang et al. 2024, CRAG's truthfulness).
    """
    declined = record.outcome == "abstained"
    right = is_right(record)
    known = not record.answerable or bool(record.answers or record.parts)
    result: Measures = {"answered": float(record.outcome == "answered")}
    if declined:
        result["refusal_precision"] = float(not record.answerable)
    if not record.answerable:
        result["refusal_recall"] = float(declined)
    if known:
        result["crag"] = 1.0 if right else (-1.0 if record.outcome == "answered" else 0.0)
        if record.outcome == "answered":
            result["selective_right"] = float(right)
    return result


class RiskCoverage(NamedTuple):
    """A risk-coverage curve: `coverage[i]` of all questions answered at `risk[i]` wrong, and the area under it."""

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float


def risk_coverage(confidence: Sequence[float], right: Sequence[bool], total: int) -> RiskCoverage:
    """The curve over answered questions sorted by falling confidence, `total` questions being asked (El-Yaniv and
    Wiener 2010). The area is the mean risk over the coverages reached (AURC, Geifman et al. 2019): lower is better.
    Questions of equal confidence are answered together.
    """
    order = sorted(range(len(confidence)), key=lambda place: -confidence[place])
    coverage: list[float] = []
    risk: list[float] = []
    wrong, area = 0, 0.0
    for position, place in enumerate(order, start=1):
        wrong += not right[place]
        following = confidence[order[position]] if position < len(order) else None
        if following != confidence[place]:
            # the step's questions share one risk, as no threshold parts them
            step = position - round(coverage[-1] * total) if coverage else position
            coverage.append(position / total)
            risk.append(wrong / position)
            area += step * wrong / position
    return RiskCoverage(tuple(coverage), tuple(risk), area / len(order) if order else 0.0)


class Bin(NamedTuple):
    """One bar of a reliability diagram: how sure it was on average, how often right, over how many."""

    confidence: float
    right: float
    questions: int


def reliability(confidence: Sequence[float], right: Sequence[bool]) -> tuple[list[Bin], float]:
    """The reliability diagram and the expected calibration error, 10 bins of equal width (Guo et al. 2017, eq. 3)."""
    bins: list[list[int]] = [[] for _ in range(BINS)]
    for place, value in enumerate(confidence):
        bins[min(int(value * BINS), BINS - 1)].append(place)
    bars = [
        Bin(sum(confidence[p] for p in places) / len(places), sum(right[p] for p in places) / len(places), len(places))
        for places in bins
        if places
    ]
    total = len(confidence)
    return bars, sum(bar.questions * abs(bar.right - bar.confidence) for bar in bars) / total if total else 0.0


class Threshold(NamedTuple):
    """The best score a threshold on the no-answer probability reaches, in per cent, and that threshold."""

    score: float
    threshold: float


def best_threshold(
    scores: Mapping[str, float],
    predictions: Mapping[str, str],
    no_answer: Mapping[str, float],
    has_answer: Mapping[str, bool],
) -> Threshold:
    """`find_best_thresh` of the SQuAD 2.0 script (Rajpurkar et al. 2018): questions are answered in rising order of
    `no_answer`, starting from declining all. `scores` are those of the predictions were they all given.
    """
    current = best = float(sum(not answerable for answerable in has_answer.values()))
    threshold = 0.0
    for name in sorted(no_answer, key=lambda name: no_answer[name]):
        if name not in scores:
            continue
        if has_answer[name]:
            current += scores[name]
        elif predictions[name]:
            current -= 1
        if current > best:
            best, threshold = current, no_answer[name]
    return Threshold(100 * best / len(scores), threshold)
