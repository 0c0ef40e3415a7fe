"""The written news that the reader learns from: what is asked stands there, and two files are kept for choosing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.reader_training.examples import MASK, QUESTION_PIECES, TOLD_PIECES, Examples
from evals.reader_training.negatives import mined
from evals.reader_training.questions import Pieces, TokenText, TrainingQuestion
from evals.reader_training.written import CHOOSING, EVENTS, FOLDER, STORIES, TOLD, events, stories, told, training_files
from rag.reader.model import WEIGHTS

PIECES = Pieces(WEIGHTS / "tokenizer.json")


def some() -> list[TrainingQuestion]:
    return list(stories([training_files(STORIES)[0]], PIECES))


def reported() -> list[TrainingQuestion]:
    return list(events([training_files(EVENTS)[0]], PIECES))


def informed() -> list[TrainingQuestion]:
    return list(told([training_files(EVENTS)[0]], PIECES))


@pytest.mark.parametrize("kind", [STORIES, EVENTS])
def test_the_file_that_chooses_is_not_trained_on(kind: str) -> None:
    assert all(path.exists() for path in CHOOSING[kind])
    assert not set(CHOOSING[kind]) & set(training_files(kind))
    assert len(training_files(kind)) == len(list((FOLDER / kind).glob("*.jsonl"))) - len(CHOOSING[kind])


@pytest.mark.parametrize("path", sorted((FOLDER / EVENTS).glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_report_is_asked_what_the_others_are(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        for fact in event["facts"]:
            given = [answer for answer in fact["a"] if answer]
            assert given
            assert len(given) > 1 or fact["kind"] == "one"
            for report, answer in zip(event["reports"], fact["a"], strict=True):
                if answer:
                    quote = answer.get("quote", answer["text"])
                    assert report["text"].count(quote) == 1, (event["story"], quote)
                    assert quote.count(answer["text"]) == 1, (event["story"], quote)


@pytest.mark.parametrize("path", sorted((FOLDER / STORIES).glob("*.jsonl")), ids=lambda path: path.stem)
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


@pytest.mark.parametrize("written", [some, reported, informed])
def test_a_question_points_at_its_answer(written: Callable[[], list[TrainingQuestion]]) -> None:
    answered = [question for question in written() if question.span is not None]
    assert len(answered) > 1_000
    for question in answered[::37]:
        assert question.span is not None
        first, last = question.span
        offsets = question.passage.offsets
        shown = question.passage.text[offsets[first][0] : offsets[last - 1][1]]
        assert any(answer in shown or shown in answer for answer in question.answers)


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


def test_a_report_that_does_not_say_it_is_a_wrong_passage_of_its_event(tmp_path: Path) -> None:
    questions = reported()
    examples = Examples({EVENTS: questions}, {EVENTS: mined(questions, tmp_path / "negatives.json")}, PIECES, seed=1)
    silent = {passage.ids for question in questions for passage in question.silent}
    beside = alone = 0
    for group in examples.pool(0, 1.0):
        wrong = [pair for pair in group if pair.span == (0, 0)]
        of_event = [any(_part(pair.passage, ids) for ids in silent) for pair in wrong]
        beside += len(group) > 1 and any(of_event)
        alone += len(group) == 1 and any(of_event)
        assert group[0].span != (0, 0) or len(group) == 1
    assert beside > 30
    assert alone > 15


def test_the_reader_is_told_what_another_report_says(tmp_path: Path) -> None:
    questions = informed()
    reports: dict[str, set[TokenText]] = {}
    for question in questions:
        reports.setdefault(question.passage.story, set()).add(question.passage)
    for question in questions[::37]:
        sentences = {
            report: {report.ids[start:end] for start, end in report.sentences}
            for report in reports[question.passage.story]
        }
        assert any(question.told in own for report, own in sentences.items() if report is not question.passage)
        assert question.told not in sentences[question.passage]
    assert 200 < sum(question.span is None for question in questions) < len(questions) / 2
    examples = Examples({TOLD: questions}, {TOLD: mined(questions, tmp_path / "negatives.json")}, PIECES, seed=1)
    known = {question.ids[:QUESTION_PIECES] + question.told[:TOLD_PIECES] for question in questions}
    assert {pair.question for group in examples.pool(0, 1.0) for pair in group} <= known


def _part(shown: tuple[int, ...], passage: tuple[int, ...]) -> bool:
    """Do the shown pieces end within the passage, masked ones aside, under a title or not?"""
    end = shown[-20:]
    return any(
        all(one in (MASK, other) for one, other in zip(end, passage[at : at + 20], strict=False))
        for at in range(len(passage) - 19)
    )
