"""The other newsrooms' questions rest on what their articles say, word for word."""

import json
from pathlib import Path

import pytest

from evals.conversations.measure import conversations
from evals.other_newsrooms import MARAVENE, TAVELIN
from evals.times.differing import disputed

FOLDERS = pytest.mark.parametrize("folder", [TAVELIN, MARAVENE], ids=lambda folder: folder.name)


def texts(folder: Path) -> dict[str, str]:
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


@FOLDERS
def test_every_version_is_quoted_from_its_article(folder: Path) -> None:
    known = texts(folder)
    suite = disputed(folder / "differing.jsonl")
    assert len(suite) == 36
    for question in suite:
        for told in question.told:
            assert known[told.article].count(told.quote) == 1, question.id
            assert told.answer.lower() in told.quote.lower(), question.id
        assert question.current is None or question.current in question.sides


@FOLDERS
def test_every_turn_has_an_article(folder: Path) -> None:
    known = texts(folder)
    suite = conversations(folder / "conversations.jsonl")
    assert sum(len(one.turns) - 1 for one in suite) > 60
    assert all(turn.articles and set(turn.articles) <= set(known) for one in suite for turn in one.turns)


@FOLDERS
def test_answers_stand_in_their_article_and_the_unanswerable_have_none(folder: Path) -> None:
    known = texts(folder)
    rows = {
        name: [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        for name in ("questions.jsonl", "hard_questions.jsonl", "unread_questions.jsonl")
        if (folder / name).exists()
    }
    counted = {name: sum(row["answerable"] for row in held) for name, held in rows.items()}
    assert counted == (
        {"questions.jsonl": 45, "hard_questions.jsonl": 190, "unread_questions.jsonl": 92}
        if folder == TAVELIN
        else {"questions.jsonl": 45, "hard_questions.jsonl": 96}
    )
    for row in (row for held in rows.values() for row in held):
        assert bool(row["answers"]) is bool(row["gold"]) is row["answerable"], row["id"]
        for gold in row["gold"]:
            assert known[gold["article"]].count(gold["quote"]) == 1, row["id"]
            assert gold["text"] in gold["quote"], row["id"]


def test_the_halves_share_no_article() -> None:
    assert not set(texts(TAVELIN)) & set(texts(MARAVENE))
    assert all(question.split == "dev" for question in disputed(TAVELIN / "differing.jsonl"))
    assert all(question.split == "test" for question in disputed(MARAVENE / "differing.jsonl"))
