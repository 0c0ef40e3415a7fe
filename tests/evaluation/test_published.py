"""Compatible modes print what the data sets' own scripts print: cases worked by hand along their code."""

from dataclasses import replace

import pytest

from evals.metrics.abstention import best_threshold
from evals.metrics.citations import alce
from evals.metrics.published import multihop, multihop_answer, multihop_retrieval, rgb
from evals.records import Seen
from evals.suite import GoldSpan
from tests.evaluation.stand_ins import NO_ANSWER, answered


def test_multihop_retrieval_counts_new_facts_over_their_rank() -> None:
    facts = ["The ferry sank.", "Four died."]
    scores = multihop_retrieval(
        ["Nothing.", "x The ferry\nsank. y", "The ferry sank.", "Four died. The ferry sank."], facts
    )
    # hits at ranks 2 (one new fact), 3 (none new) and 4 (one new): (1/2 + 0/3 + 1/4) / 2 facts
    assert scores == (1.0, 1.0, pytest.approx(0.375), 0.5)


def test_multihop_retrieval_ends_at_rank_ten() -> None:
    scores = multihop_retrieval(["no"] * 10 + ["a fact"], ["a fact"])
    assert scores == (0.0, 0.0, 0.0, 0.0)
    assert multihop_retrieval(["no"] * 4 + ["a fact"], ["a fact"]) == (1.0, 0.0, pytest.approx(0.2), pytest.approx(0.2))


@pytest.mark.parametrize(
    ("prediction", "gold", "score"),
    [
        ("Yes, it did", "yes", 0.0),
        ("yes it did", "Yes", 1.0),
        ("The New York Times", "the verge", 1.0),
        ("", "Yes", 0.0),
    ],
)
def test_multihop_answers_share_a_word(prediction: str, gold: str, score: float) -> None:
    assert multihop_answer(prediction, gold) == score


def test_declining_is_the_refusal_that_multihop_asks_for() -> None:
    assert multihop(NO_ANSWER) == {"accuracy": 1.0}
    assert multihop(replace(NO_ANSWER, outcome="answered", answer="Sam Bankman-Fried")) == {"accuracy": 0.0}
    passage = Seen(article="u", start=0, end=9, text="It sank at noon.")
    gold = (GoldSpan(article="u", start=0, end=7, text="It sank"),)
    found = multihop(replace(answered("the ferry", "The ferry"), passages=(passage,), gold=gold))
    assert found == {"accuracy": 1.0, "hits_at_10": 1.0, "hits_at_4": 1.0, "map_at_10": 1.0, "mrr_at_10": 1.0}


def test_rgb_needs_every_part_in_any_wording_and_counts_rejection_apart() -> None:
    record = replace(answered("It was jan 2 of 2022."), parts=(("January 2", "Jan 2"), ("2022",)))
    assert rgb(record) == {"accuracy": 1.0}
    assert rgb(replace(record, answer="Jan 2")) == {"accuracy": 0.0}
    assert rgb(NO_ANSWER) == {"rejection": 1.0}
    assert rgb(replace(NO_ANSWER, outcome="answered", answer="x")) == {"rejection": 0.0}


def carries(premise: str, claim: str) -> bool:
    """A premise carries a claim when it has each of its letters."""
    return set(claim) <= set(premise.replace("\n", ""))


@pytest.mark.parametrize(
    ("sentences", "recall", "precision"),
    [
        ([("a", ["a"])], 1.0, 1.0),
        ([("a", ["a", "b"])], 1.0, 0.5),  # b is not needed: a carries it without b
        ([("ab", ["a", "b"])], 1.0, 1.0),  # each is needed: neither the other alone carries it
        ([("ab", ["ab", "ab"])], 1.0, 1.0),  # each carries it alone
        ([("a", ["b"]), ("b", ["b"])], 0.5, 0.5),
        ([("a", []), ("b", ["b"])], 0.5, 1.0),
        ([("d", ["a", "b", "c", "d"])], 0.0, 0.0),  # only three citations count
        ([], 0.0, 0.0),
    ],
)
def test_alce_recall_and_precision(sentences: list[tuple[str, list[str]]], recall: float, precision: float) -> None:
    assert alce(sentences, carries) == (recall, precision)


def test_the_squad_threshold_sweep_finds_the_best_cut() -> None:
    scores = {"a": 1.0, "b": 0.5, "c": 1.0, "d": 0.0}
    predictions = {"a": "x", "b": "x", "c": "", "d": "x"}
    no_answer = {"a": 0.1, "b": 0.2, "c": 0.9, "d": 0.3}
    has_answer = {"a": True, "b": True, "c": False, "d": False}
    # declining all gives 2 of 4; answering a gives 3, b gives 3.5, then d costs 1
    assert best_threshold(scores, predictions, no_answer, has_answer) == (87.5, 0.2)
    nothing_answerable = dict.fromkeys(has_answer, False)
    assert best_threshold({**scores, "b": 0.0}, predictions, no_answer, nothing_answerable) == (100.0, 0.0)
