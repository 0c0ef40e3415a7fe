"""A question that describes somebody is answered by way of who that is, and says so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from index import Library
from rag import Assistant, ClaimChecked, Finished
from rag.bridges import bridge
from rag.multipart import can_stand, crosses


@pytest.mark.parametrize(
    ("question", "asked", "filled"),
    [
        (
            "Where did the club coached by Judith Karsh end up?",
            "Which club was coached by Judith Karsh?",
            "Where did X end up?",
        ),
        ("What did the captain who missed a penalty announce?", "Who missed a penalty?", "What did X announce?"),
        (
            "How old is the head of the bank that closed a branch?",
            "Which bank closed a branch?",
            "How old is the head of X?",
        ),
        ("Where does the woman live who found the ring?", "Who found the ring?", "Where does X live?"),
        ("When was the dairy founded whose milk was bad?", "Which dairy's milk was bad?", "When was X founded?"),
        ("How big is the town in which it was held?", "In which town it was held?", "How big is X?"),
        ("Who won the place where turnout was highest?", "In which place turnout was highest?", "Who won X?"),
        ("How old is the teacher heading the inquiry?", "Who is heading the inquiry?", "How old is X?"),
        ("The man who led by 41 votes lost. By how many?", "Who led by 41 votes?", "X lost. By how many?"),
        ("What does the company that got hold of it own?", "Which company got hold of it?", "What does X own?"),
        (
            "What did Leo Marant say about the player who beat him?",
            "Who beat Leo Marant?",
            "What did Leo Marant say about X?",
        ),
    ],
)
def test_a_description_is_asked_for_and_then_replaced(question: str, asked: str, filled: str) -> None:
    found = bridge(question)
    assert found is not None
    assert (found.asked, found.filled("X")) == (asked, filled)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the vote?",
        "When was the bridge closed in May?",
        "What becomes of a man who does not know the day?",
        "What did she say about the claim that nobody knew?",
        "Where was the engineer Emil Strand who spoke up treated?",
        "How old was the youngest miner who died at Barbora?",
        "How many children were hurt when the bus overturned near Podlesi?",
    ],
)
def test_a_question_that_describes_nobody_in_particular_is_left_alone(question: str) -> None:
    assert bridge(question) is None


def test_only_a_name_that_is_new_can_stand_for_a_description() -> None:
    assert can_stand("Abel Sorrento", "What did the captain announce?")
    assert not can_stand("Abel Sorrento", "What did Abel Sorrento say about the captain?")
    assert not can_stand("a scaffolder", "Where was the man arrested?")
    assert not can_stand(None, "Where was the man arrested?")


def test_words_of_the_question_are_no_answer_by_way_of_another_fact(newsroom: Library) -> None:
    asked = Assistant(newsroom, today="2025-06-01").ask(CAPTAIN)
    direct = replace(asked, abstained=True)
    assert crosses(direct, asked, asked)
    assert not crosses(direct, asked, replace(asked, answer="the season"))
    sure = replace(asked, answer="something else", confidence=0.9)
    assert not crosses(sure, replace(asked, answer="Abel Sorrento"), asked)
    assert crosses(replace(sure, answer="Abel Sorrento"), replace(asked, answer="Abel Sorrento"), asked)


WORDS = (
    "the a who that which whose whom where in by of did was is had how what when old club captain coached led won born "
    "said Ostrey it he . ? , 2.4 May been to only heading"
).split()
CAPTAIN = "What did the captain who converted a penalty in the Cup final announce on the last day of the season?"


def test_the_assistant_says_who_was_meant_and_cites_both(newsroom: Library) -> None:
    *events, last = Assistant(newsroom, today="2025-06-01").stream(CAPTAIN)
    assert isinstance(last, Finished)
    answer = last.answer
    assert answer.answer == "he would retire"
    assert answer.text == (
        "he would retire [1]. The captain who converted a penalty in the Cup final: Abel Sorrento [2]."
    )
    assert (answer.question, answer.searched_for) == (
        CAPTAIN,
        "What did Abel Sorrento announce on the last day of the season?",
    )
    assert len({citation.article_id for citation in answer.citations}) == 2
    assert [event.claim for event in events if isinstance(event, ClaimChecked)] == list(answer.claims)
    for citation in answer.citations:
        text = newsroom.article(citation.article_id, version=citation.version).text
        assert text[citation.start : citation.end] == citation.quote
    told = [*answer.citations, *answer.accounts]
    assert [one.marker for one in told] == list(range(1, len(told) + 1))
    assert len({(one.article_id, one.start) for one in told}) == len(told)


def test_what_no_article_says_of_the_one_described_is_declined(newsroom: Library) -> None:
    question = "Where was the captain who converted a penalty in the Cup final born?"
    assert bridge(question) is not None
    assert Assistant(newsroom, today="2025-06-01").ask(question).abstained


def test_a_chat_model_reads_about_the_one_described(newsroom: Library) -> None:
    model = FakeListChatModel(responses=["He announced that he would retire [1]."])
    answer = Assistant(newsroom, model=model, today="2025-06-01").ask(CAPTAIN)
    assert any("announced after the match that he would retire" in passage.text for passage in answer.passages)
    assert not answer.abstained


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_whatever_is_typed_is_read_without_a_failure(words: list[str]) -> None:
    found = bridge(" ".join(words))
    assert found is None or (found.asked.endswith("?") and "X" in found.filled("X"))
