"""Does each person find their own conversations again, and only their own?"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.suites import load
from index.library import Library
from index.records import Filters
from tests.test_web_render import ANSWER, TURN
from ui.web.conversations import Conversations, chat_file
from ui.web.desk import Desk
from ui.web.feedback import question_of, suite_lines
from ui.web.records import AskSettings, Feedback


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(chat_file(str(tmp_path / "library")))


def test_the_file_is_beside_the_library_and_private(tmp_path: Path) -> None:
    kept = Conversations(chat_file(str(tmp_path / "library")))
    assert kept.file == tmp_path / "library.chat.sqlite"
    assert kept.file.stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "library").exists()


def test_a_turn_comes_back_as_it_was_kept_also_after_a_restart(kept: Conversations) -> None:
    name = kept.start("ann", "How many militants were killed?")
    turn = replace(TURN, filters=Filters(outlets=("A",), after="2016-01-01"), settings=AskSettings(passages=12))
    kept.save("ann", name, turn)
    assert Conversations(kept.file).turns("ann", name) == (turn,)
    assert Conversations(kept.file).listed("ann")[0].title == "How many militants were killed?"


def test_nobody_finds_reads_renames_deletes_or_judges_what_is_somebody_elses(kept: Conversations) -> None:
    name = kept.start("ann", "Secret question?")
    kept.save("ann", name, TURN)
    kept.rename("bob", name, "mine now")
    kept.delete("bob", name)
    kept.drop_turn("bob", name, "t1")
    kept.save("bob", name, replace(TURN, turn_id="t2"))
    kept.give_feedback("bob", name, "t1", Feedback(verdict="wrong"))
    assert kept.listed("bob") == []
    assert kept.turns("bob", name) == ()
    assert kept.title("bob", name) == ""
    assert kept.with_feedback("bob") == []
    assert kept.turns("ann", name) == (TURN,)
    assert kept.title("ann", name) == "Secret question?"


def test_conversations_are_searched_by_title_and_question_and_wildcards_are_words(kept: Conversations) -> None:
    first, second = kept.start("ann", "The ferry"), kept.start("ann", "100 % of votes")
    kept.save("ann", first, replace(TURN, question="How cold was the water?"))
    assert [one.conversation_id for one in kept.listed("ann", containing="COLD")] == [first]
    assert [one.conversation_id for one in kept.listed("ann", containing="%")] == [second]
    assert kept.listed("ann", containing="_") == []


def test_a_renamed_conversation_keeps_its_name_and_a_deleted_one_is_gone(kept: Conversations) -> None:
    name = kept.start("ann", "First")
    kept.rename("ann", name, "  Better  name ")
    assert kept.title("ann", name) == "Better name"
    kept.rename("ann", name, "   ")
    assert kept.title("ann", name) == "Better name"
    kept.delete("ann", name)
    assert kept.listed("ann") == []


def test_asking_again_replaces_the_last_turn(kept: Conversations) -> None:
    name = kept.start("ann", "First")
    kept.save("ann", name, TURN)
    kept.drop_turn("ann", name, "t1")
    kept.save("ann", name, replace(TURN, turn_id="t2"))
    assert [turn.turn_id for turn in kept.turns("ann", name)] == ["t2"]


def test_a_purged_article_leaves_no_quote_in_any_kept_answer(kept: Conversations) -> None:
    name = kept.start("ann", "First")
    kept.save("ann", name, TURN)
    assert kept.forget_article("a1") == 1
    answer = kept.turns("ann", name)[0].answer
    assert answer is not None
    assert (answer.text, answer.citations[0].quote, answer.passages) == ("[erased]", "[erased]", ())
    assert kept.forget_article("a1'; --") == 0


@pytest.mark.parametrize("name", ["x\\a4", 'a "b"', "100%_é\n\u2028/\x7f", "new\\\\"])
def test_an_article_of_any_id_is_purged(kept: Conversations, name: str) -> None:
    conversation = kept.start("ann", "First")
    quotes = tuple(replace(one, article_id=name) for one in ANSWER.citations)
    passages = tuple(replace(one, article_id=name) for one in ANSWER.passages)
    kept.save("ann", conversation, replace(TURN, answer=replace(ANSWER, citations=quotes, passages=passages)))
    assert kept.forget_article(name) == 1
    answer = kept.turns("ann", conversation)[0].answer
    assert answer is not None
    assert answer.text == "[erased]"


def test_a_conversation_keeps_its_address_and_its_turn_while_it_is_being_answered(
    newsroom: Library, kept: Conversations
) -> None:
    desk = Desk(newsroom, conversations=kept)
    first = desk.ask("ann", "How cold was the water?")
    next(first)
    name = kept.listed("ann")[0].conversation_id
    assert desk.transcript("ann", name, empty="Hello") == f'<div class="turns" data-conversation="{name}">Hello</div>'
    assert desk.transcript("bob", name, empty="Welcome") == '<div class="turns" data-conversation="">Welcome</div>'
    for _ in first:
        pass
    (old,) = kept.turns("ann", name)
    again = desk.ask("ann", "How cold was the sea?", conversation_id=name, instead_of=old.turn_id)
    assert old.turn_id not in next(again)
    assert kept.turns("ann", name) == (old,)  # a page that is left now has lost nothing
    for _ in again:
        pass
    assert [turn.question for turn in kept.turns("ann", name)] == ["How cold was the sea?"]
    desk.intake.close()


def test_the_secret_is_made_once_and_kept(kept: Conversations) -> None:
    assert kept.secret("session") == Conversations(kept.file).secret("session")
    assert len(kept.secret("session")) == 64


def test_right_feedback_becomes_a_question_with_its_gold_span(kept: Conversations) -> None:
    said = question_of(replace(TURN, feedback=Feedback(verdict="right")), ())
    assert said is not None
    assert (said["answers"], said["answerable"]) == (["At least 38"], True)
    assert said["gold"] == [{"article": "a1", "start": 10, "end": 21, "text": "At least 38"}]


def test_should_have_declined_becomes_an_unanswerable_question() -> None:
    said = question_of(replace(TURN, feedback=Feedback(verdict="should_decline")), ())
    assert said is not None
    assert (said["answerable"], said["answers"], said["gold"]) == (False, [], [])


def test_wrong_becomes_a_question_only_where_it_says_what_is_right() -> None:
    assert question_of(replace(TURN, feedback=Feedback(verdict="wrong", note="no")), ()) is None
    said = question_of(replace(TURN, feedback=Feedback(verdict="wrong", correct="40")), ())
    assert said is not None
    assert said["answers"] == ["40"]


def test_exported_feedback_is_read_as_a_suite(kept: Conversations, tmp_path: Path) -> None:
    name = kept.start("ann", "First")
    kept.save("ann", name, replace(TURN, turn_id="t0", question="Where?"))
    kept.save("ann", name, TURN)
    kept.give_feedback("ann", name, "t1", Feedback(verdict="right"))
    file = tmp_path / "feedback.jsonl"
    file.write_text("\n".join(suite_lines(kept.with_feedback("ann"))) + "\n", encoding="utf-8")
    suite = load(f"{file}#library={tmp_path}")
    assert [question.question for question in suite.questions] == ["How many?"]
    assert suite.questions[0].conversation[0].question == "Where?"
    assert json.loads(file.read_text().splitlines()[0])["id"] == "feedback-t1"
    assert ANSWER.answer in suite.questions[0].answers
