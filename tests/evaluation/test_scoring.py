"""Scores are a pure function of records; comparisons and gates read them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import evals
from evals.collect import collect
from evals.columns import measure
from evals.gates import fail_under, not_worse_than, parse_limits
from evals.journal import read_records
from evals.metrics.catalogue import catalogue
from evals.records import RunRecord
from evals.rundir import begin
from evals.scores import MEASURES, SCORES, load_scores
from evals.scoring import ages, spread_of_curve
from evals.suite import GoldSpan
from index.errors import SuiteError
from tests.evaluation.stand_ins import NO_ANSWER, QuickAsker, answered, facts, questions, quote, searched, write_run

FOUR = [
    replace(answered("France", "France", confidence=0.9), id="a", cluster="normans"),
    replace(answered("in the 10th century", "10th century", confidence=0.6), id="b", cluster="normans"),
    replace(NO_ANSWER, id="c", cluster="vikings", confidence=0.2),
    replace(NO_ANSWER, id="d", cluster="vikings", outcome="answered", answer="Rollo", confidence=0.7),
]


def test_scores_add_up_what_a_person_can_count(tmp_path: Path) -> None:
    scores = evals.score(write_run(tmp_path / "run", FOUR))
    assert scores.count == 4
    assert scores.outcomes == {"abstained": 1, "answered": 3}
    assert scores.overall["right"].value == 0.75
    assert scores.overall["exact"].value == 0.5
    assert scores.overall["f1"].value == pytest.approx((1 + 0.8 + 1 + 0) / 4)
    assert scores.overall["refusal_recall"].value == 0.5
    assert scores.overall["refusal_precision"].value == 1.0
    assert scores.overall["crag"].value == pytest.approx((1 + 1 + 1 - 1) / 4)
    assert (scores.overall["f1"].clusters, scores.overall["f1"].approximate) == (2, True)
    assert scores.causes == {"right": 3, "answered the unanswerable": 1}
    assert scores.risk_coverage == ((0.25, 0.0), (0.5, 0.5), (0.75, pytest.approx(1 / 3)))
    assert scores.reliability == ((0.6, 1.0, 1), (0.7, 0.0, 1), (0.9, 1.0, 1))


def test_squads_own_figures_are_given_under_its_protocol(tmp_path: Path) -> None:
    scores = evals.score(write_run(tmp_path / "run", FOUR, protocols=("squad2",)))
    found = scores.published["squad2"]
    assert found["exact"] == 50.0
    assert found["f1"] == pytest.approx(70.0)
    assert (found["HasAns_exact"], found["HasAns_f1"], found["NoAns_f1"]) == (50.0, pytest.approx(90.0), 50.0)
    # from declining all (2): answer a (3), then d costs one (2), then b gives 0.8 (2.8): best after a
    assert (found["best_f1"], found["best_f1_thresh"]) == (75.0, pytest.approx(0.1))


def test_scoring_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    run = tmp_path / "run"
    begin(run, facts(300), resume=True)
    collect(questions(300), QuickAsker(), run)
    first = evals.score(run)
    files = [(run / name).read_bytes() for name in (SCORES, MEASURES)]
    evals.score(run)
    assert files == [(run / name).read_bytes() for name in (SCORES, MEASURES)]
    assert load_scores(run) == first


def test_errors_are_counted_and_lower_the_means(tmp_path: Path) -> None:
    failed = replace(FOUR[0], id="e", outcome="error", answer=None, error="ValueError: x")
    scores = evals.score(write_run(tmp_path / "run", [*FOUR, failed]))
    assert scores.errors == 1
    assert scores.overall["right"].value == pytest.approx(3 / 5)
    assert scores.overall["right"].count == 5
    assert scores.causes["error"] == 1


def test_slices_part_the_questions(tmp_path: Path) -> None:
    kinds = [replace(record, type=kind) for record, kind in zip(FOUR, ("fact", "fact", "null", "null"), strict=True)]
    slices = evals.score(write_run(tmp_path / "run", kinds)).slices
    assert list(slices) == ["type"]
    assert slices["type"]["fact"].count == 2
    assert slices["type"]["fact"].measures["right"].value == 1.0
    assert slices["type"]["null"].measures["refusal_recall"].value == 0.5


def test_measures_pass_through_without_being_held(tmp_path: Path) -> None:
    import tracemalloc

    def stream(count: int) -> Iterator[RunRecord]:
        for number in range(count):
            gold = (GoldSpan(article=f"a{number % 50}", start=10, end=20),)
            yield replace(
                searched(gold, *((f"a{number % 50}", 0, 4000) for _ in range(8))),
                id=str(number),
                citations=(quote("a", 0, 9),),
            )

    def peak(count: int) -> int:
        tracemalloc.start()
        measure(stream(count), tuple(catalogue()), (), None, tmp_path / "m.jsonl")
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    # 600 more records of some 5 KB each may add their columns (60 numbers of 8 bytes), never themselves
    assert peak(1_200) - peak(600) < 600 * 1_500


def test_every_measure_in_the_catalogue_is_made_by_some_record(tmp_path: Path) -> None:
    record = replace(
        searched((GoldSpan(article="a", start=10, end=20),), ("a", 0, 100)),
        id="x",
        answer="38",
        answers=("38",),
        citations=(quote("a", 5, 25),),
        ceiling=(True,),
    )
    from evals.records import Said

    spoken = replace(record, claims=(Said(text="38", supported=True, citations=(1,)),))
    scores = evals.score(write_run(tmp_path / "run", [spoken, NO_ANSWER]))
    assert set(catalogue()) == set(scores.overall)


def test_a_folder_without_records_or_scores_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="collect one with onrecord eval SUITE"):
        evals.score(tmp_path)
    run = write_run(tmp_path / "run", [])
    with pytest.raises(SuiteError, match="has no records yet"):
        evals.score(run)
    with pytest.raises(SuiteError, match=f"make them with onrecord score {run}"):
        evals.report(run)


def test_ages_are_told_against_the_newest_article() -> None:
    days = ["2025-04-30", "2025-04-25", "2025-04-01", "2024-12-01", "2020-01-01", ""]
    assert ages(days) == [
        "the newest week",
        "the newest week",
        "a week to a month",
        "a month to a year",
        "more than a year",
        "",
    ]
    assert ages(["", ""]) == ["", ""]


def test_curves_keep_their_end_when_they_are_thinned() -> None:
    points = [(number / 1000, 0.5) for number in range(1, 1001)]
    thinned = spread_of_curve(points)
    assert len(thinned) == 200
    assert thinned[-1] == (1.0, 0.5)


def two_runs(folder: Path, worse: int) -> tuple[Path, Path]:
    """Two runs of 60 questions; the second gets the first `worse` of them wrong."""
    good = [replace(answered("48", "48"), id=f"q{n}", type=("odd", "even")[n % 2], cluster=f"a{n}") for n in range(60)]
    bad = [replace(record, answer="12") if number < worse else record for number, record in enumerate(good)]
    runs = write_run(folder / "first", good), write_run(folder / "second", bad)
    for run in runs:
        evals.score(run)
    return runs


def test_a_comparison_lists_what_flipped_by_type_and_by_cause(tmp_path: Path) -> None:
    first, second = two_runs(tmp_path, worse=3)
    found = evals.compare(first, second)
    assert (found.count, found.left_out, found.same_suite) == (60, 0, True)
    assert found.differences["right"].interval.value == pytest.approx(-3 / 60)
    assert (found.differences["right"].gained, found.differences["right"].lost) == (0, 3)
    assert found.by_type == {"odd": (0, 2), "even": (0, 1)}
    assert found.by_cause == {"reader missed": (0, 3)}
    assert [flip.id for flip in found.flips] == ["q0", "q1", "q2"]
    assert found.flips[0].answers == ("48", "12")
    assert found.differences["right"].adjusted >= found.differences["right"].p


def test_a_run_compared_with_itself_differs_in_nothing(tmp_path: Path) -> None:
    first, _second = two_runs(tmp_path, worse=3)
    found = evals.compare(first, first)
    assert all(item.interval.value == 0 and item.p == 1.0 for item in found.differences.values())
    assert found.flips == ()


def test_runs_without_a_common_question_are_not_compared(tmp_path: Path) -> None:
    first, _second = two_runs(tmp_path, worse=1)
    other = write_run(tmp_path / "other", FOUR)
    with pytest.raises(SuiteError, match=r"measures.jsonl: is missing; make it with onrecord score"):
        evals.compare(first, other)
    evals.score(other)
    with pytest.raises(SuiteError, match="no question in common"):
        evals.compare(first, other)


def test_gates_look_at_the_lower_end_and_not_at_the_mean(tmp_path: Path) -> None:
    first, second = two_runs(tmp_path, worse=6)
    scores = load_scores(second)
    low = scores.overall["right"].low
    assert low is not None
    assert 0.78 < low < 0.81  # Wilson for 54 of 60
    assert [gate.passed for gate in fail_under(scores, ["right=0.75", "right=0.85"])] == [False]
    assert [gate.passed for gate in fail_under(scores, ["right=0.75"])] == [True]
    assert fail_under(scores, ["refusal_recall=0.5"])[0].told == "refusal_recall applies to no question of this suite"
    assert [gate.name for gate in not_worse_than(first, second) if not gate.passed] == []
    third = two_runs(tmp_path / "more", worse=15)
    assert "right not worse" in [gate.name for gate in not_worse_than(*third) if not gate.passed]


@pytest.mark.parametrize("limit", ["f1", "f1=high", "speed=3", "=0.5"])
def test_a_limit_that_cannot_be_read_is_refused(limit: str) -> None:
    with pytest.raises(SuiteError, match=f"--fail-under {limit}"):
        parse_limits([limit])


def test_measures_of_each_question_are_kept_for_looking_at(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", FOUR)
    evals.score(run)
    lines = [json.loads(line) for line in (run / MEASURES).read_text().splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c", "d"]
    assert lines[1]["measures"]["f1"] == 0.8
    assert [record.id for record in read_records(run)] == ["a", "b", "c", "d"]
