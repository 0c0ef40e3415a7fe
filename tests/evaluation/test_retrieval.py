"""Retrieval is scored on article spans: at ranks, at budgets of words, and as independent code ranks it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.ranking import measure_all
from evals.metrics.retrieval import measure
from evals.records import RunRecord
from evals.suite import GoldSpan
from tests.evaluation.stand_ins import NO_ANSWER, searched

ONE = (GoldSpan(article="a", start=50, end=60),)
TWO = (GoldSpan(article="a", start=50, end=60, evidence=0), GoldSpan(article="b", start=5, end=9, evidence=1))
EITHER = (GoldSpan(article="a", start=50, end=60), GoldSpan(article="b", start=5, end=9))


def test_a_passage_counts_only_when_it_holds_the_span_whole() -> None:
    assert measure(searched(ONE, ("a", 0, 55)))["hit@1"] == 0.0
    assert measure(searched(ONE, ("a", 50, 60)))["hit@1"] == 1.0
    assert measure(searched(ONE, ("b", 0, 100)))["hit@1"] == 0.0


def test_all_evidence_needs_every_piece_and_alternatives_need_one() -> None:
    first_only = searched(TWO, ("a", 0, 100), ("c", 0, 100))
    assert (measure(first_only)["hit@3"], measure(first_only)["evidence@3"], measure(first_only)["recall@3"]) == (
        1.0,
        0.0,
        0.5,
    )
    both = searched(TWO, ("a", 0, 100), ("c", 0, 100), ("b", 0, 100))
    assert (measure(both)["evidence@1"], measure(both)["evidence@3"]) == (0.0, 1.0)
    assert measure(searched(EITHER, ("b", 0, 100)))["evidence@1"] == 1.0


def test_neighbouring_passages_hold_a_span_together_within_a_budget_of_words() -> None:
    small = searched(ONE, ("a", 0, 55), ("a", 55, 110))
    assert measure(small)["hit@8"] == 0.0
    assert measure(small)["hit@256w"] == 1.0
    # 300 words come before the right passage: it is outside 256 words and inside 512
    late = searched(ONE, ("c", 0, 3000), ("a", 0, 100))
    assert (measure(late)["hit@256w"], measure(late)["hit@512w"]) == (0.0, 1.0)
    # a passage of 600 words is cut at 256: its first 256 tenths of 6,000 characters reach to 2,560
    long = searched(
        (GoldSpan(article="a", start=2500, end=2550), GoldSpan(article="a", start=2550, end=2570, evidence=1)),
        ("a", 0, 6000),
    )
    assert (measure(long)["hit@256w"], measure(long)["evidence@256w"], measure(long)["evidence@512w"]) == (
        1.0,
        0.0,
        1.0,
    )


def test_a_question_without_gold_takes_no_part_and_an_error_counts_as_nothing_found() -> None:
    assert measure(NO_ANSWER) == {}
    failed = RunRecord(id="q", question="?", outcome="error", gold=ONE)
    assert measure(failed)["evidence@8"] == 0.0
    assert measure_all([failed])[0]["mrr"] == 0.0
    assert measure_all([NO_ANSWER]) == [{}]


def test_the_ceiling_is_the_share_of_pieces_that_a_chunk_can_hold() -> None:
    record = searched(TWO, ("a", 0, 100))
    assert measure(record)["ceiling"] is None
    from dataclasses import replace

    assert measure(replace(record, ceiling=(True, False)))["ceiling"] == 0.5
    assert measure(replace(searched(EITHER, ("a", 0, 100)), ceiling=(False, True)))["ceiling"] == 1.0


def test_ranking_gives_the_values_worked_by_hand() -> None:
    # evidence a at rank 2, b at rank 3; rank 4 repeats a and is no further gain
    record = searched(TWO, ("c", 0, 100), ("a", 0, 100), ("b", 0, 100), ("a", 40, 140))
    found = measure_all([record])[0]
    assert found["mrr"] == pytest.approx(1 / 2)
    assert found["ap"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    gain = 1 / math.log2(3) + 1 / math.log2(4)
    assert found["ndcg@10"] == pytest.approx(gain / (1 + 1 / math.log2(3)))


def test_articles_are_ranked_by_their_first_passage_and_keep_their_grades() -> None:
    gold = (GoldSpan(article="a", grade=1), GoldSpan(article="b", evidence=1, grade=2))
    record = searched(gold, ("a", 0, 10), ("a", 10, 20), ("c", 0, 10), ("b", 0, 10))
    found = measure_all([record])[0]
    # articles in the order a, c, b with gains 1, 0, 2; the ideal is b, a
    assert found["article_ndcg@10"] == pytest.approx((1 + 2 / math.log2(4)) / (2 + 1 / math.log2(3)))
    assert found["article_mrr"] == 1.0


RANKINGS = st.lists(st.sampled_from("abcdefgh"), max_size=12, unique=True)
RELEVANT = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 3), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(RANKINGS, RELEVANT)
def test_ranking_agrees_with_an_independent_implementation(ranking: list[str], relevant: dict[str, int]) -> None:
    gold = tuple(
        GoldSpan(article=name, evidence=number, grade=grade) for number, (name, grade) in enumerate(relevant.items())
    )
    found = measure_all([searched(gold, *((name, 0, 10) for name in ranking))])[0]
    ranks = [rank for rank, name in enumerate(ranking, 1) if name in relevant]
    gains = [relevant.get(name, 0) for name in ranking]
    ideal = sorted(relevant.values(), reverse=True)
    dcg, best = (
        sum(gain / math.log2(rank + 1) for rank, gain in enumerate(values[:10], 1)) for values in (gains, ideal)
    )
    assert found["article_mrr"] == pytest.approx(1 / ranks[0] if ranks else 0.0, abs=1e-6)
    assert found["article_ap"] == pytest.approx(
        sum(n / rank for n, rank in enumerate(ranks, 1)) / len(relevant), abs=1e-6
    )
    assert found["article_ndcg@10"] == pytest.approx(dcg / best, abs=1e-6)
