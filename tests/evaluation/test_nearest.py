"""A question that was declined wrongly counts as told where a sentence that comes nearest holds its answer."""

from collections.abc import Sequence
from dataclasses import replace

from evals.nearest import SUITES, measure, rows
from rag.records import ABSTENTION, Answer, Citation

ROW = {
    "question": "How cold was the water?", "answerable": True, "split": "dev", "answers": ["7 degrees", "seven"],
    "gold": [{"article": "a1", "quote": "The sea temperature was 7 degrees Celsius", "text": "7 degrees Celsius"}],
}  # fmt: skip


def sentence(quote: str, article: str = "a1") -> Citation:
    return Citation(
        marker=1, article_id=article, version=1, title="", source="reports.jsonl", outlet=None, url=None,
        published=None, quote=quote, start=0, end=len(quote),
    )  # fmt: skip


DECLINED = Answer(
    question="", searched_for="", window=None, answer=None, text=ABSTENTION, abstained=True, confidence=0.1,
    answerer="local", claims=(), citations=(), passages=(), library_revision=1,
)  # fmt: skip


class Scripted:
    """Gives one answer, and remembers how long the conversation was."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.turns: list[int] = []

    def ask(self, question: str, *, history: Sequence[Answer] = ()) -> Answer:
        self.turns.append(len(history))
        return self.answer


def places(*told: Citation) -> list[int | None]:
    return [one.place for one in measure(Scripted(replace(DECLINED, accounts=told)), [ROW])]


def test_the_first_sentence_with_the_answer_counts() -> None:
    right = sentence("The sea temperature was 7 degrees Celsius, the coastguard said.")
    assert places(sentence("It was 7 p.m."), right, right) == [2]
    assert places(sentence("It was 7 p.m.")) == [None]


def test_the_same_words_elsewhere_do_not_count() -> None:
    assert places(sentence("The sea temperature was 7 degrees Celsius.", article="a2")) == [None]
    assert places(sentence("In the shed it was 7 degrees Celsius.")) == [None]


def test_what_was_answered_takes_no_part() -> None:
    assert measure(Scripted(replace(DECLINED, abstained=False)), [ROW]) == []


def test_a_follow_up_is_asked_after_its_conversation() -> None:
    scripted = Scripted(DECLINED)
    measure(scripted, [{**ROW, "conversation": ["Where did it sink?", "When?"]}])
    assert scripted.turns == [0, 1, 2]


def test_every_suite_has_questions_that_its_articles_answer() -> None:
    for _, paths in SUITES.values():
        assert all(row["gold"] and row["answers"] for path in paths for row in rows(path, None))
    _, (sample,) = SUITES["sample"]
    assert len(list(rows(sample, None))) == len(list(rows(sample, "dev"))) + len(list(rows(sample, "test")))
