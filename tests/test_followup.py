"""Follow-ups become questions that stand alone."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.records import Passage
from rag.answerers.chat_model import ChatModelAnswerer
from rag.followup import standalone, standalone_with_model
from rag.own_words import as_read, in_conversation, spoken
from rag.reader.records import Reading, ScoredSpan
from rag.records import Answer, Report
from tests.test_chat_model import Scripted


def told(question: str, answer: str | None, *texts: str, searched_for: str = "") -> Answer:
    passages = tuple(
        Passage(
            chunk_id=number, article_id=f"a{number}", version=1, start=0, end=len(text), text=text, title="",
            source="s", outlet=None, url=None, published=None,
        )
        for number, text in enumerate(texts)
    )  # fmt: skip
    return Answer(
        question=question, searched_for=searched_for or question, window=None, answer=answer, text=answer or "",
        abstained=answer is None, confidence=0.9, answerer="local", claims=(), citations=(), passages=passages,
        library_revision=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "answer", "follow_up", "expected"),
    [
        ("Who won the race?", "Ada Lund", "And where was she born?", "About the race: where was Ada Lund born?"),
        ("Who won the race?", "Ada Lund", "When?", "When was it that Ada Lund won the race?"),
        ("How many militants were killed at the base?", "38", "why?", "Why were militants killed at the base?"),
        ("How many were killed at the base?", "38", "and the injured?", "How many were injured at the base?"),
        ("How many people came in 2014?", "1,200", "and in 2015?", "How many people came in 2015?"),
        ("Where did the ferry sink?", "Skell Sound", "How deep is it there?", None),
        ("What did Odile Marrant plead?", "not guilty", "why?", "Why did Odile Marrant plead not guilty?"),
        ("Was the bridge closed?", "yes", "When?", "When was the bridge closed?"),
        ("When was the dam built?", "1957", "Who was premier then?", "About the dam: who was premier in 1957?"),
        ("How long is the first tunnel?", "3 km", "What about the other one?", "How long is the second tunnel?"),
        (
            "Which is longer, the Ostrey Bridge or the Brannoc Bridge?",
            "the Ostrey Bridge",
            "What about the other one?",
            "How long is the Brannoc Bridge?",
        ),
        ("What did Konrad Visser promise?", "a fund", "And Oskar Penhale?", "What did Oskar Penhale promise?"),
        ("Who resigned from Sound Lines?", "Viola Tranter", "Who else?", None),
    ],
)
def test_a_follow_up_is_put_in_full(asked: str, answer: str, follow_up: str, expected: str | None) -> None:
    found = standalone(follow_up, [told(asked, answer)])
    if expected is not None:
        assert found == expected
    else:
        assert found != follow_up


def test_a_correction_exchanges_what_was_meant() -> None:
    history = [told("What did the captain say about the alarm?", "it was off")]
    assert standalone("No, I meant the mayor", history) == "What did the mayor say about the alarm?"
    history = [told("Who designed the bridge in Ostrey?", "Ada Lund")]
    assert standalone("No, in Hallowmere", history) == "Who designed the bridge in Hallowmere?"


def test_a_correction_with_a_question_of_its_own_asks_that() -> None:
    history = [told("What did the premier announce in Radovec?", "a day of mourning")]
    asked = standalone("no, I meant the mayor. What did she do?", history)
    assert "what did the mayor do" in asked.lower()
    assert "Radovec" in asked


def test_they_are_what_was_counted_rather_than_a_single_thing() -> None:
    history = [told("How many farms deliver milk to the Belan dairy?", "74")]
    assert "farms do with the milk" in standalone("what did they do with the milk?", history)


def test_a_new_topic_is_left_as_it_was_asked() -> None:
    history = [told("Where did the ferry sink?", "Skell Sound", "The ferry sank in Skell Sound.")]
    assert standalone("Who won the regatta?", history) == "Who won the regatta?"
    assert standalone("What happened to the cannery in Ostrey?", history) == "What happened to the cannery in Ostrey?"


def test_the_passage_that_holds_the_follow_ups_own_words_comes_before_one_that_holds_the_storys_names() -> None:
    story = told("", None, "The Lady Aldry left Port Verrin. The yard was sold.", "The ship, built in 1994, sank.")
    ranked = [replace(passage, score=0.0484 - 0.0005 * place) for place, passage in enumerate(story.passages)]
    asked = "About Lady Aldry, Port Verrin: when was the ship built?"
    found = in_conversation(asked, "When did the Lady Aldry leave? When was it built?", ranked, ranked)
    assert [passage.article_id for passage in found] == ["a1", "a0"]


def test_what_the_conversation_finds_makes_up_for_a_question_put_in_full_wrongly() -> None:
    story = told("", None, "The trainee found 31 pairs of numbers.", "The meteorite was found in a ditch.")
    right, wrong = (replace(passage, score=0.0484) for passage in story.passages)
    asked = "Who found the double entries?"
    found = in_conversation(asked, f"Who is on trial? {asked}", [wrong], [right, replace(wrong, score=0.02)])
    assert {passage.article_id for passage in found} == {"a0", "a1"}
    assert spoken(asked, [told("Who is on trial?", None)]) == f"Who is on trial? {asked}"


def test_without_a_history_a_question_is_unchanged() -> None:
    assert standalone("Why?", []) == "Why?"


def test_he_and_she_go_by_what_the_passages_call_them() -> None:
    text = "Maria Orlov said the mayor lied. She resigned. Jan Petrov said he would stay."
    history = [told("Who spoke about the mayor?", "Maria Orlov and Jan Petrov", text)]
    assert "Jan Petrov" in standalone("How old is he?", history)
    assert "Maria Orlov" in standalone("How old is she?", history)


def test_the_topic_is_carried_over_several_turns() -> None:
    text = "The cannery fire hurt 26. Firefighters needed six hours."
    first = told("How many people were hurt in the cannery fire?", "26", text)
    second_question = standalone("What caused it?", [first])
    second = told("What caused it?", "a conveyor motor", text, searched_for=second_question)
    assert "the cannery fire" in standalone("How long did the firefighters need?", [first, second])


def test_a_follow_up_takes_the_newest_of_differing_reports() -> None:
    versions = [Report(answer=one, outlet=None, published=None, marker=1) for one in ("seven", "At least four")]
    asked = told("How many people died when the ferry sank?", "seven; At least four")
    history = [replace(asked, differing=tuple(versions))]
    assert standalone("Where?", history) == "Where was it that seven people died when the ferry sank?"


def rewritten(*pieces: object, timeout: float = 5.0) -> str:
    """The follow-up in the words of a model that says these pieces, errors and seconds of silence among them."""
    model = Scripted(scripts=[list(pieces)], calls=[])
    history = [told("Who won the race?", "Ada Lund")]
    reply = ChatModelAnswerer(model, timeout=timeout).reply
    return standalone_with_model("And where was she born?", history, reply)


@pytest.mark.parametrize(
    "pieces",
    [
        ["Where was Ada Lund born?"],
        ["Where was ", "Ada Lund born?"],
        ["<think>She is the winner.\n", "</think>\n\nWhere was Ada Lund born?"],
        [[{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "Where was Ada Lund born?"}]],
    ],
)
def test_a_models_words_are_used_when_they_ask_about_nothing_new(pieces: list[object]) -> None:
    assert rewritten(*pieces) == "Where was Ada Lund born?"


@pytest.mark.parametrize(
    "reply",
    ["She was born in Oslo.", "Where was Grace Hopper born?", "", "Where?\nWhen?", "Where was Ada Lund in 1999?"],
)
def test_the_rules_stand_in_for_a_model_that_answers_or_invents(reply: str) -> None:
    assert rewritten(reply) == "About the race: where was Ada Lund born?"


def test_the_rules_stand_in_for_a_model_that_fails_or_is_silent() -> None:
    assert rewritten(RuntimeError("busy")) == "About the race: where was Ada Lund born?"
    begun = time.monotonic()
    assert rewritten(2.0, "Where was Ada Lund born?", timeout=0.05) == "About the race: where was Ada Lund born?"
    assert time.monotonic() - begun < 1.0


class Prefers:
    """A reader that finds an answer to one wording in one text alone."""

    def __init__(self, wording: str, text: str) -> None:
        self.wording, self.text = wording, text

    def read(
        self, question: str, passages: Sequence[str], titles: Sequence[str] | None = None, *, told: str = ""
    ) -> list[Reading]:
        found = ScoredSpan(0, 4, 8.0, "1994")
        return [
            Reading(
                0.0, 0.0, (found if text == self.text and question == self.wording else replace(found, score=-8.0),)
            )
            for text in passages
        ]


@pytest.mark.parametrize("wording", ["When was it built?", "About Lady Aldry: when was it built?"])
def test_the_passage_that_answers_either_wording_comes_first(wording: str) -> None:
    asked, in_full = "When was it built?", "About Lady Aldry: when was it built?"
    first, second = told("", None, "The Lady Aldry sank.", "She dates from 1994.").passages
    ranked = [replace(first, score=0.03), replace(second, score=0.029)]
    assert as_read(asked, in_full, ranked, Prefers("neither", ""))[0].article_id == "a0"
    found = as_read(asked, in_full, ranked, Prefers(wording, second.text))
    assert [one.article_id for one in found] == ["a1", "a0"]
    assert found[0].score > found[1].score
