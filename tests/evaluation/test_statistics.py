"""Intervals hold what they promise: worked values, and simulations whose truth is known."""

import numpy as np
import pytest

from evals.paired import detectable, difference, holm, power_of, randomisation
from evals.statistics import intervals, ratio, resampled

UNIT = ((0.0, 1.0),)


def one(values: list[float], clusters: list[int]) -> object:
    return intervals(np.array(values)[:, None], np.array(clusters), UNIT)[0]


def test_yes_or_no_with_a_question_a_cluster_gives_wilson() -> None:
    found = intervals(np.array([1.0] * 8 + [0.0] * 2)[:, None], np.arange(10), UNIT)[0]
    assert found is not None
    # Wilson (1927) for 8 of 10: (p + z²/2n ± z sqrt(pq/n + z²/4n²)) / (1 + z²/n) with z = 1.96
    assert (found.value, found.method) == (0.8, "Wilson")
    assert (found.low, found.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def test_few_clusters_give_t_and_are_labelled_approximate() -> None:
    # cluster means 0, 1/2, 1 of two questions each: mean 1/2, its error sqrt(3/2 * 2 * 1²) / 6 = 0.2887
    found = intervals(np.array([0, 0, 0, 1, 1, 1.0])[:, None], np.array([0, 0, 1, 1, 2, 2]), UNIT)[0]
    assert found is not None
    assert (found.method, found.approximate, found.clusters, found.count) == ("t over clusters", True, 3, 6)
    assert ratio(np.array([0.0, 1, 2]), np.array([2.0, 2, 2])) == (0.5, pytest.approx(0.288675, abs=1e-6))
    assert (found.low, found.high) == (0.0, 1.0)  # 0.5 ± 4.303 * 0.289, kept within what a share can be


def test_one_cluster_gives_no_interval() -> None:
    found = intervals(np.array([0.3, 0.4])[:, None], np.array([7, 7]), UNIT)[0]
    assert found is not None
    assert (found.low, found.high, found.method) == (None, None, "one cluster")


def test_a_perfect_score_is_not_given_a_perfect_interval() -> None:
    found = intervals(np.ones((80, 1)), np.repeat(np.arange(40), 2), UNIT)[0]
    assert found is not None
    assert (found.method, found.high) == ("Wilson over clusters", 1.0)
    assert found.low == pytest.approx(0.9124, abs=1e-3)  # 40 of 40, not 80 of 80


def test_measures_that_apply_nowhere_have_no_interval_and_others_leave_those_questions_out() -> None:
    values = np.array([[np.nan, 1.0], [np.nan, np.nan], [np.nan, 0.0]])
    nothing, some = intervals(values, np.arange(3), ((0.0, 1.0), (0.0, 1.0)))
    assert nothing is None
    assert some is not None
    assert (some.value, some.count, some.clusters) == (0.5, 2, 2)


def cluster_sample(random: np.random.Generator, groups: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Yes-or-no answers of clusters of 2 to 11 questions that share luck (intra-cluster correlation 0.15)."""
    sizes = random.integers(2, 12, size=groups)
    clusters = np.repeat(np.arange(groups), sizes)
    strength = (1 - 0.15) / 0.15
    luck = random.beta(share * strength, (1 - share) * strength, size=groups)
    return (random.random(len(clusters)) < luck[clusters]).astype(float), clusters


@pytest.mark.parametrize(("groups", "share"), [(40, 0.5), (40, 0.85), (80, 0.7)])
def test_intervals_over_clusters_cover_the_truth_as_often_as_they_say(groups: int, share: float) -> None:
    random = np.random.default_rng(7)
    covered = 0
    for _ in range(600):
        values, clusters = cluster_sample(random, groups, share)
        found = intervals(values[:, None], clusters, UNIT)[0]
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        assert found.method == "bootstrap over clusters"
        covered += found.low <= share <= found.high
    assert 0.93 <= covered / 600 <= 0.97


def test_intervals_that_ignore_clusters_would_cover_too_seldom() -> None:
    random = np.random.default_rng(7)
    covered = 0
    for _ in range(300):
        values, _clusters = cluster_sample(random, 40, 0.5)
        found = intervals(values[:, None], np.arange(len(values)), UNIT)[0]
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 0.5 <= found.high
    assert covered / 300 < 0.9


def two_runs(random: np.random.Generator, groups: int, effect: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two runs over the same clustered questions: a fifth of the answers change, the second is better by `effect`."""
    sizes = random.integers(3, 12, size=groups)
    clusters = np.repeat(np.arange(groups), sizes)
    luck = random.beta(4, 4, size=groups)[clusters]
    draw = random.random(len(clusters))
    kept = (random.random(len(clusters)) < luck).astype(float)
    gained, lost = 0.1 + effect / 2, 0.1 - effect / 2
    first = np.where(draw < gained, 0.0, np.where(draw < gained + lost, 1.0, kept))
    second = np.where(draw < gained, 1.0, np.where(draw < gained + lost, 0.0, kept))
    return first, second, clusters


def rejections(groups: int, effect: float, tries: int) -> tuple[float, float]:
    """How often the paired test rejects at 5 %, and how often the power calculation says it should."""
    random = np.random.default_rng(11)
    rejected, powers = 0, []
    for _ in range(tries):
        first, second, clusters = two_runs(random, groups, effect)
        rejected += difference(first, second, clusters, flips=999).p <= 0.05
        change = second - first
        error = ratio(np.bincount(clusters, weights=change), np.bincount(clusters).astype(float))[1]
        powers.append(power_of(effect, error, groups))
    return rejected / tries, float(np.mean(powers))


def test_a_true_null_is_rejected_at_most_as_often_as_the_level_allows() -> None:
    rejected, _ = rejections(50, 0.0, 300)
    # at most 6 % in the long run; 300 tries of a 5 % test stay under 8.3 % in 99 of 100 such experiments
    assert rejected <= 0.083


def test_a_real_five_point_difference_is_found_as_often_as_the_power_says() -> None:
    rejected, power = rejections(60, 0.05, 250)
    assert 0.5 < power < 0.95
    assert abs(rejected - power) < 0.09


def test_the_randomisation_test_is_exact_for_few_clusters() -> None:
    # three clusters, all one way: of the 8 ways to flip signs, 2 are as far from zero
    assert randomisation(np.array([1.0, 2.0, 3.0])) == pytest.approx(0.25)
    assert randomisation(np.zeros(5)) == 1.0
    assert randomisation(np.array([1.0, 0.0, -1.0])) == 1.0


def test_flips_are_counted_and_mcnemar_is_exact() -> None:
    first = np.array([1.0] * 5 + [0.0] * 6)
    second = np.array([0.0] + [1.0] * 10)
    found = difference(first, second, np.arange(11))
    assert (found.gained, found.lost) == (6, 1)
    assert found.mcnemar == pytest.approx(2 * (1 + 7) / 2**7)  # 6 of 7 flips one way
    assert found.interval.value == pytest.approx(5 / 11)


def ends(first: np.ndarray, second: np.ndarray, clusters: np.ndarray, most: float = 1.0) -> tuple[float, float]:
    """The interval of a paired difference."""
    found = difference(first, second, clusters, most=most).interval
    assert found.low is not None
    assert found.high is not None
    return found.low, found.high


@pytest.mark.parametrize("gained", [0, 1, 3, 30, 60])
def test_swapping_the_runs_mirrors_the_interval_also_where_all_changes_go_one_way(gained: int) -> None:
    first, second, clusters = np.zeros(60), np.zeros(60), np.arange(60)
    second[:gained] = 1.0
    low, high = ends(first, second, clusters)
    assert ends(second, first, clusters) == (pytest.approx(-high), pytest.approx(-low))
    assert low <= gained / 60 <= high
    assert (low > 0) == (gained >= 30)  # three of sixty may be chance, as the randomisation test says


def test_a_run_against_itself_may_be_as_much_worse_as_better() -> None:
    same = np.array([1.0] * 20 + [0.0] * 40)
    for clusters in (np.arange(60), np.arange(60) // 3):
        groups = len(set(clusters))
        low, high = ends(same, same, clusters)
        assert low == -high
        assert high == pytest.approx(3.8415 / (groups + 3.8415), abs=1e-4)  # Wilson's upper end of none of them


def test_marks_that_can_be_negative_are_no_yes_or_no_and_their_changes_reach_twice_as_far() -> None:
    found = intervals(np.array([1.0] * 8 + [0.0] * 2)[:, None], np.arange(10), ((-1.0, 1.0),))[0]
    assert found is not None
    assert (found.method, found.high) == ("t over clusters", 1.0)
    low, high = ends(-np.ones(60), np.ones(60), np.arange(60), 2.0)
    assert low < high == 2.0


def test_holm_steps_down() -> None:
    assert holm([0.01, 0.04, 0.03]) == [pytest.approx(0.03), pytest.approx(0.06), pytest.approx(0.06)]
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


def test_the_detectable_difference_is_what_power_finds_four_times_of_five() -> None:
    least = detectable(0.02, 60)
    assert least == pytest.approx(0.02 * (2.001 + 0.8479), abs=1e-4)
    assert power_of(least, 0.02, 60) == pytest.approx(0.8, abs=0.01)


def test_a_percentile_interval_surrounds_its_statistic_and_repeats_itself() -> None:
    values = np.arange(100.0)
    first = resampled(lambda rows: float(np.median(values[rows])), 100, np.arange(100))
    assert first == resampled(lambda rows: float(np.median(values[rows])), 100, np.arange(100))
    assert first.value == 49.5
    assert first.low is not None
    assert first.high is not None
    assert 30 < first.low < 49.5 < first.high < 70
