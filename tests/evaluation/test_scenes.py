"""Invented scenes mark each answer where it stands, and ask for what was left out only where it is nowhere told."""

import random
import re
from itertools import islice

import pytest

from evals.reader_training.scene_page import Awkward, Page
from evals.reader_training.scene_words import Draw, Value, spelled
from evals.reader_training.scenes import KINDS, SENTENCES, WORDS, Scene, scenes


@pytest.fixture(scope="module")
def passages() -> list[Scene]:
    return list(scenes(6 * len(KINDS), seed=7))


def test_answers_are_whole_words_of_the_text(passages: list[Scene]) -> None:
    for scene in passages:
        for question in scene.questions:
            if question.span:
                start, end = question.span
                assert 0 <= start < end <= len(scene.text), scene
                answer = scene.text[start:end]
                assert answer == answer.strip(), scene
                assert not re.match(r"\w", scene.text[end:]), (answer, scene)
                assert start == 0 or not scene.text[start - 1].isalnum(), (answer, scene)


def test_equal_seeds_give_equal_scenes(passages: list[Scene]) -> None:
    assert list(islice(scenes(100, seed=7), 20)) == passages[:20]
    assert list(scenes(20, seed=8)) != passages[:20]


def test_each_kind_has_questions_with_and_without_an_answer(passages: list[Scene]) -> None:
    for kind in KINDS:
        spans = [question.span for scene in passages if scene.kind == kind.name for question in scene.questions]
        assert None in spans, kind.name
        assert any(spans), kind.name


def test_a_third_of_the_questions_goes_unanswered(passages: list[Scene]) -> None:
    questions = [question for scene in passages for question in scene.questions]
    assert 0.3 < sum(question.span is None for question in questions) / len(questions) < 0.4


def test_a_value_that_was_left_out_does_not_stand_in_the_text(passages: list[Scene]) -> None:
    unsaid = [(q.unsaid, scene.text) for scene in passages for q in scene.questions if q.unsaid]
    assert len(unsaid) > 50
    for value, text in unsaid:
        assert not re.search(rf"(?<![\w.,-]){re.escape(value)}(?![\w]|[.,-]\d)", text), (value, text)


def test_passages_read_as_sentences(passages: list[Scene]) -> None:
    for scene in passages:
        assert WORDS[0] <= len(scene.text.split()) <= WORDS[1]
        assert len(re.findall(r"[.!?][”\"]?(?= |$)", scene.text)) >= SENTENCES[0]
        assert not re.search(r"[{}\[\]~|]|  | [.,]|\.\.|[.!?] [a-z]|\. \d", scene.text.replace("a.m. ", "")), scene.text


def test_every_key_is_stated_somewhere_and_asked_in_three_ways() -> None:
    for kind in KINDS:
        lines = [*kind.openings, *kind.sources, *(line for lines in kind.statements.values() for line in lines)]
        stated = {key for line in lines for key in re.findall(r"\[(\w+):", line)}
        assert {ask.key for ask in kind.asks} == stated, kind.name
        assert all(len(ask.wordings) >= 3 for ask in kind.asks), kind.name


class First:
    """A chooser that takes what comes first and never the rare way."""

    def choice(self, options: list[str]) -> str:
        return options[0]

    def random(self) -> float:
        return 0.5


def page(text: str, later: str, *, start: str = "") -> Page:
    value = Value(text, later, later, start, frozenset(text.lower().split()))
    return Page({"who": value}, First())  # type: ignore[arg-type]


def test_a_surname_alone_is_answered_with_the_full_name_before_it() -> None:
    written = page("Omar Badrani", "Badrani").write("police arrested {who}", ()).write("[who:{who}] was jailed", ())
    assert written.text == "Police arrested Omar Badrani. Badrani was jailed."
    start, end = written.places["who"]
    assert (start, written.text[start:end]) == (16, "Omar Badrani")


def test_a_sentence_does_not_open_with_digits() -> None:
    with pytest.raises(Awkward):
        page("140", "140").write("[who:{who}] people died", ())
    assert page("38", "38", start="thirty-eight").write("{who} died", ()).text == "Thirty-eight died."


def test_figures_of_a_scene_differ() -> None:
    draw = Draw(random.Random(1))
    values = [draw.value("number 2 12").bare for _ in range(8)]
    assert len(set(values)) == 8
    assert spelled(38) == "thirty-eight"
