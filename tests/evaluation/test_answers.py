"""Answers are scored as SQuAD's script scores them, and one yes-or-no says what "right" means."""

import re
import string
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.answers import is_right, measure
from evals.metrics.wording import exact_match, holds, normalise, numbers, token_f1
from tests.evaluation.stand_ins import NO_ANSWER, answered, quote


@pytest.mark.parametrize(
    ("gold", "given_answer", "exact", "f1"),
    [
        ("the 48 metres", "48 metres!", 1.0, 1.0),
        ("France", "in France", 0.0, 2 / 3),
        ("10th and 11th centuries", "in the 10th and 11th centuries", 0.0, 8 / 9),
        ("a a b", "a b b", 0.0, 2 * (1 / 2) * 1 / (1 / 2 + 1)),  # "a" is an article: b against b b
        ("x x y", "x y y", 0.0, 2 / 3),  # duplicates count: two of three words in common
        ("12", "21", 0.0, 0.0),
        ("the", "", 1.0, 1.0),  # both are empty after normalisation
        ("x", "", 0.0, 0.0),
    ],
)
def test_exact_and_f1_give_the_values_worked_by_hand(gold: str, given_answer: str, exact: float, f1: float) -> None:
    assert exact_match(gold, given_answer) == exact
    assert token_f1(gold, given_answer) == pytest.approx(f1, abs=1e-12)


def official_normalise(text: str) -> str:
    """The steps of the SQuAD script's `normalize_answer`, in its order: lower, punctuation, articles, blanks."""
    text = "".join(char for char in text.lower() if char not in set(string.punctuation))
    return " ".join(re.compile(r"\b(a|an|the)\b", re.UNICODE).sub(" ", text).split())


def official_f1(gold: str, prediction: str) -> float:
    """The script's `compute_f1`, written anew from its formula."""
    wanted = official_normalise(gold).split() if gold else []
    given_tokens = official_normalise(prediction).split() if prediction else []
    same = sum((Counter(wanted) & Counter(given_tokens)).values())
    if len(wanted) == 0 or len(given_tokens) == 0:
        return float(wanted == given_tokens)
    if same == 0:
        return 0.0
    return (2.0 * (same / len(given_tokens)) * (same / len(wanted))) / (same / len(given_tokens) + same / len(wanted))


TEXTS = st.text(alphabet="aAnthe bB.,'’12“”é-", max_size=24)


@given(TEXTS, TEXTS)
def test_f1_and_exact_agree_with_the_official_formulas(gold: str, prediction: str) -> None:
    assert normalise(gold) == official_normalise(gold)
    assert abs(token_f1(gold, prediction) - official_f1(gold, prediction)) < 1e-6
    assert exact_match(gold, prediction) == float(official_normalise(gold) == official_normalise(prediction))


def test_the_best_of_several_wordings_counts() -> None:
    measures = measure(answered("in the 10th century", "10th century", "the tenth century"))
    assert measures["exact"] == 0.0
    assert measures["f1"] == pytest.approx(0.8)  # "in 10th century" against "10th century": 2/3 and 1
    assert measures["contains"] == 1.0


def test_an_unanswerable_question_scores_one_exactly_when_it_is_declined() -> None:
    assert measure(NO_ANSWER)["f1"] == 1.0
    wrong = replace(NO_ANSWER, outcome="answered", answer="Aldry")
    assert measure(wrong)["f1"] == 0.0
    failed = replace(NO_ANSWER, outcome="error")
    assert measure(failed)["f1"] == 0.0
    assert measure(failed)["right"] == 0.0
    assert "answerable_f1" not in measure(NO_ANSWER)


def test_an_error_is_wrong_and_not_left_out() -> None:
    failed = replace(answered("48", "48"), outcome="error", answer=None)
    assert measure(failed)["f1"] == 0.0
    assert measure(failed)["right"] == 0.0


def test_whole_words_hold_a_wording_and_parts_of_words_do_not() -> None:
    assert holds("At least 38 militants", "38")
    assert not holds("At least 380 militants", "38")
    assert holds("the country’s Prime Minister", "country's prime minister")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("twenty-one of 1,200", {21, 1200}),
        ("1.2 million and two dozen", {1_200_000, 24}),
        ("two hundred and five people", {205}),
        ("on June 18, 2016", {18, 2016}),
        ("nobody", set()),
        ("3.50", {Decimal("3.5")}),
        ("two million three hundred thousand", {2_300_000}),
        ("one thousand two hundred", {1_200}),
        ("one hundred and twenty-one thousand and seven", {121_007}),
        ("one thousand to two million", {1_000, 2_000_000}),
        ("a thousand million", {1_000_000_000}),
    ],
)
def test_numbers_are_read_from_digits_and_words(text: str, found: set[Decimal]) -> None:
    assert numbers(text) == {Decimal(value) for value in found}


@pytest.mark.parametrize(
    ("answer", "wordings", "right"),
    [
        ("At least 38 militants", ("38",), True),
        ("Haider Abadi", ("Haider al-Abadi", "Abadi"), True),
        ("65 kilometers south", ("about 65 kilometers",), True),
        ("21 people killed", ("12 people killed",), False),  # two thirds of the words, another number
        ("380", ("38",), False),
        ("35 million", ("3.5 million",), False),
        ("15 percent", ("1.5 percent",), False),
        ("21", ("2-1",), False),
        ("They won 2–1.", ("2-1",), True),
        ("330", ("3:30",), False),
        ("at 10.30 on Monday", ("10:30",), True),
        ("12", ("1/2",), False),
        ("1,200 people", ("1200",), True),
        ("one thousand two hundred", ("1,200",), False),  # in other words, which only `numeric` counts
        ("the minister", ("the prime minister of Iraq",), False),
    ],
)
def test_right_needs_the_wording_or_most_words_with_the_same_numbers(
    answer: str, wordings: tuple[str, ...], right: bool
) -> None:
    assert is_right(answered(answer, *wordings)) is right


def test_an_answer_in_parts_needs_every_part() -> None:
    both = replace(answered("January 2 in 2022"), parts=(("January 2", "Jan 2"), ("2022",)))
    assert is_right(both)
    assert not is_right(replace(both, answer="January 2"))
    assert measure(both)["contains"] == 1.0


def test_quotes_may_hold_what_the_answer_leaves_out() -> None:
    record = replace(answered("Yes", "48 metres"), citations=(quote("a", 0, 5),))
    assert measure(record)["with_quotes"] == 0.0
    shown = replace(record, citations=(replace(quote("a", 0, 5), quote="She was 48 metres long."),))
    assert measure(shown)["with_quotes"] == 1.0
