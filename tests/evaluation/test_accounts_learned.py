"""What stands beside an answer is learned from what each article says to a question, and shown from a threshold on."""

import pytest

from evals.calibrate_accounts import COUNTS, MOST_LOST, Weighed, chosen, fit, lost, quoted
from evals.event_questions import Asked
from evals.logistic import fitted
from rag.answerers.near import FEATURES, AccountModel, Near
from rag.other_reports import MOST, MOST_OF_ARTICLE
from rag.records import Span

LIKELY = AccountModel(weights={"bias": 0.0, "score": 1.0}, least=0.0)


def near(number: int, score: float) -> Near:
    return Near(passage=number, span=Span(0, 3), sentence=(0, 9), score=score, rank=0)


def weighed(*told: tuple[str, float, bool], source: str = "events", story: str = "one") -> Weighed:
    """Sentences of these articles with these logits, and whether each tells what its article says."""
    return Weighed(
        source=source,
        story=story,
        found=tuple(near(number, score) for number, (_, score, _) in enumerate(told)),
        features=tuple({**dict.fromkeys(FEATURES, 0.0), "score": score} for _, score, _ in told),
        articles=tuple(name for name, _, _ in told),
        tells=tuple(right for _, _, right in told),
        wanted=frozenset(name for name, _, right in told if right),
    )


def test_a_place_is_told_where_any_part_of_it_stands() -> None:
    asked = Asked(story="s", kind="differ", question="How many?", told={"a": (10, 14)})
    assert asked.is_told("a", 13, 20)
    assert not asked.is_told("a", 14, 20)
    assert not asked.is_told("b", 10, 14)


def test_a_feature_that_goes_with_what_is_right_weighs_and_one_that_does_not_does_not() -> None:
    rows = [[1.0, 0.0], [1.0, 1.0], [0.0, 0.0], [0.0, 1.0]] * 5
    right = [True, True, False, False] * 5
    weights = fitted(("telling", "idle"), rows, right, ridge=0.01)
    assert weights["telling"] > 1
    assert weights["idle"] == pytest.approx(0.0, abs=1e-3)
    assert weights["bias"] < 0


def test_rows_that_count_more_decide() -> None:
    rows, right = [[1.0], [1.0], [0.0], [0.0]], [True, False, False, True]
    first = fitted(("a",), rows, right, ridge=0.01, counts=[9.0, 1.0, 9.0, 1.0])
    second = fitted(("a",), rows, right, ridge=0.01, counts=[1.0, 9.0, 1.0, 9.0])
    assert first["a"] > 0 > second["a"]


def test_what_tells_is_learned_from_all_sentences() -> None:
    one = weighed(("a", 2.0, True), ("b", -2.0, False), ("c", 1.5, True), ("d", -1.0, False))
    model = fit([one, weighed(("e", 1.0, True), ("f", -1.5, False), source="tavelin")])
    assert model.weights["score"] > 0
    assert COUNTS["tavelin"] > COUNTS["events"]


def test_no_more_is_counted_than_is_shown() -> None:
    of_one = [("a", 5.0 - number / 10, number == 2) for number in range(3)]
    others = [(f"b{number}", 3.0 - number / 10, True) for number in range(MOST)]
    told, sentences = quoted(weighed(*of_one, *others), LIKELY, 0.0)
    assert sentences == MOST
    assert told == {f"b{number}" for number in range(MOST - MOST_OF_ARTICLE)}


def test_the_threshold_is_the_highest_that_loses_little() -> None:
    many = [weighed(("a", 0.0, True), ("b", -3.0, False)) for _ in range(int(1 / MOST_LOST))]
    rare = [*many, weighed(("c", -4.0, True))]
    models = [LIKELY] * len(rare)
    share, sentences = lost(rare, models, 0.0)
    assert share == 0
    assert sentences == pytest.approx(2.0, abs=0.02)
    least = chosen(rare, models)
    assert least > AccountModel(weights=LIKELY.weights, least=0).likely({"score": -3.0})
    share, sentences = lost(rare, models, least)
    assert 0 < share <= MOST_LOST
    assert sentences == pytest.approx(1.0, abs=0.02)
