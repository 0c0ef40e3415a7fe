"""The written stories that the reader learns from: what is asked stands there, and one file is kept for choosing."""

import json
from pathlib import Path

import pytest

from evals.reader_training.negatives import mined
from evals.reader_training.questions import Pieces, TrainingQuestion
from evals.reader_training.written import CHOOSING, FOLDER, stories, training_files
from rag.reader.model import WEIGHTS

PIECES = Pieces(WEIGHTS / "tokenizer.json")


def some() -> list[TrainingQuestion]:
    return list(stories([training_files()[0]], PIECES))


def test_the_file_that_chooses_is_not_trained_on() -> None:
    assert CHOOSING.exists()
    assert CHOOSING not in training_files()
    assert len(training_files()) == len(list(FOLDER.glob("*.jsonl"))) - 1


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_answer_has_one_place(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        assert article["title"]
        assert article["story"]
        for fact in article["qa"]:
            quote = fact.get("s") or fact["a"]
            assert article["text"].count(quote) == 1, (article["title"], quote)
            assert quote.count(fact["a"]) == 1, (article["title"], quote)
            assert len(fact["q"]) >= 2


def test_a_question_points_at_its_answer() -> None:
    answered = [question for question in some() if question.span is not None]
    assert len(answered) > 1_000
    for question in answered[::37]:
        assert question.span is not None
        first, last = question.span
        offsets = question.passage.offsets
        told = question.passage.text[offsets[first][0] : offsets[last - 1][1]]
        assert question.answers[0] in told or told in question.answers[0]


def test_another_article_of_the_story_is_no_wrong_passage(tmp_path: Path) -> None:
    questions = some()
    negatives = mined(questions, tmp_path / "negatives.json")
    seen = 0
    for question, found in zip(questions, negatives.found, strict=True):
        for number in found:
            passage = negatives.chunks[number][0]
            seen += passage is question.passage
            other = passage is not question.passage and passage.story == question.passage.story
            assert question.span is None or not other
    assert seen > 100  # the rest of its own article is one, though
