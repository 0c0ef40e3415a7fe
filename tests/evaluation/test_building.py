"""Questions made from one's own articles can be asked as they stand, and nulls have no answer."""

import json
from pathlib import Path

import pytest

import evals
from evals.building import Near
from evals.suites import load
from evals.templates import drafts
from index import Library
from index.errors import SuiteError


def made(sentence: str, title: str = "A headline") -> list[tuple[str, str, str]]:
    """(kind, question, answer) of the drafts of a sentence."""
    return [(draft.kind, draft.question, sentence[draft.start : draft.end]) for draft in drafts(sentence, title)]


@pytest.mark.parametrize(
    ("sentence", "drafted"),
    [
        (
            "At least 38 ISIS militants were killed in the operation, officials said.",
            [],  # the noun has a name in it: the pattern passes it over
        ),
        (
            "At least 38 militants were killed in the fight for Mosul, officials said.",
            [("figure", "How many militants were killed in the fight for Mosul?", "At least 38")],
        ),
        (
            "Eight people are still missing after the storm.",
            [("figure", "How many people are still missing after the storm, according to “A headline”?", "Eight")],
        ),
        (
            "“We just followed the orange jackets,” said Pavel Imrie, who skippers the Nettle.",
            [("quotation", "Who said “We just followed the orange jackets”?", "Pavel Imrie")],
        ),
        (
            "Sabah Nouri, the spokesman for Iraq’s counter-terrorism unit, spoke on Saturday.",
            [("role", "Who is the spokesman for Iraq’s counter-terrorism unit?", "Sabah Nouri")],
        ),
        ("Danica Oriel, 34, escaped.", [("age", "How old is Danica Oriel?", "34")]),
        ("The Lady Aldry was built in 1994 at Port Verrin.", [("date", "When was the Lady Aldry built?", "1994")]),
        ("Since the lamp was changed in 2008, nobody came.", []),
        ("Twelve days ago it was nineteen.", []),
        ("Brannoc Marine Works, the largest private employer in western Caldmark, closed.", []),
        ("“They saw it,” he said.", []),
        ("He was arrested in 2016.", []),
    ],
)
def test_a_sentence_gives_the_questions_that_it_answers(sentence: str, drafted: list[tuple[str, str, str]]) -> None:
    assert made(sentence) == drafted


def test_near_duplicates_are_told() -> None:
    near = Near()
    assert near.take("How many people were killed in the fight for Mosul?")
    assert not near.take("How many people were killed in a fight for Mosul?")
    assert near.take("How many people were injured near Skell Island?")


def test_a_suite_from_the_sample_newsroom_can_be_loaded_and_its_gold_stands(newsroom: Library, tmp_path: Path) -> None:
    built = evals.build_suite(newsroom, tmp_path / "mine")
    assert built.questions >= 20
    assert {"null_topic", "null_detail", "null_entity"} <= set(built.kinds)
    suite = load(str(built.path))
    assert suite.library == str(newsroom.path.resolve())
    assert {question.split for question in suite.questions} == {"dev", "test"}
    for question in suite.questions:
        assert question.answerable == (not question.type.startswith("null_"))
        for span in question.gold:
            assert newsroom.article(span.article).text[span.start : span.end] == question.answers[0]
    splits: dict[str, set[str]] = {}
    for question in suite.questions:
        for span in question.gold[:1]:
            splits.setdefault(span.article, set()).add(question.split)
    assert all(len(found) == 1 for found in splits.values())
    assert (tmp_path / "mine" / "questions.jsonl").read_text().count("\n") == built.questions


def test_the_same_library_gives_the_same_suite(newsroom: Library, tmp_path: Path) -> None:
    for name in ("one", "two"):
        evals.build_suite(newsroom, tmp_path / name)
    one, two = ((tmp_path / name / "questions.jsonl").read_bytes() for name in ("one", "two"))
    assert one == two
    with pytest.raises(SuiteError, match="is there already"):
        evals.build_suite(newsroom, tmp_path / "one")


def test_feedback_from_the_chat_is_a_suite(tmp_path: Path) -> None:
    line = {
        "id": "feedback-1",
        "question": "And why?",
        "type": "feedback_wrong",
        "split": "dev",
        "answerable": True,
        "answers": ["the bow door"],
        "gold": [],
        "conversation": [{"question": "Did it sink?", "answer": ""}],
    }
    (tmp_path / "feedback.jsonl").write_text(json.dumps(line) + "\n")
    suite = load(f"{tmp_path / 'feedback.jsonl'}#library={tmp_path}")
    assert suite.questions[0].answers == ("the bow door",)
    assert suite.questions[0].conversation[0].question == "Did it sink?"
    assert suite.library == str(tmp_path)
