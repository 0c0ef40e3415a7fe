"""The conversation suite is whole, and its baselines are what they are called."""

from pathlib import Path

import pytest

from evals.conversations.measure import conversations, told, unchanged, wilson, with_all, with_last
from evals.newsroom.gold import records
from index.errors import SuiteError


def test_the_suite_has_sixty_conversations_of_two_to_four_turns_over_the_newsroom() -> None:
    suite = conversations()
    articles = set(records())
    assert len(suite) >= 60
    assert all(2 <= len(conversation.turns) <= 4 for conversation in suite)
    assert {name for one in suite for turn in one.turns for name in turn.articles} <= articles
    assert {conversation.split for conversation in suite} == {"dev", "test"}
    assert len({conversation.id for conversation in suite}) == len(suite)


def test_the_baselines_put_the_earlier_questions_in_front() -> None:
    history = [told("Who won?", "Who won?", "Ada", ()), told("Where?", "Where?", None, ())]
    assert unchanged("Why?", history) == "Why?"
    assert with_last("Why?", history) == "Where? Why?"
    assert with_all("Why?", history) == "Who won? Where? Why?"


def test_a_share_has_wilsons_interval() -> None:
    low, high = wilson(85, 100)
    assert (round(low, 3), round(high, 3)) == (
        0.767,
        0.907,
    )  # statsmodels' proportion_confint(85, 100, method="wilson")


def test_a_line_that_is_no_conversation_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "one"}\n', encoding="utf-8")
    with pytest.raises(SuiteError, match="line 1"):
        conversations(broken)
