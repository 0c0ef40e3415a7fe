"""The time suite is whole: every quote stands in its article, every window has a question."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evals.newsroom.gold import records
from evals.times.differing import by_assistant, disputed
from evals.times.windows import questions
from index.errors import SuiteError
from rag.records import ABSTENTION, Answer, Citation, Report


def test_sixty_questions_have_a_window_a_preference_or_none() -> None:
    suite = questions()
    assert len(suite) >= 60
    assert all(timed.after and timed.before and timed.prefer for timed in suite)
    assert sum(timed.split == "test" for timed in suite) >= 30


def test_every_version_is_quoted_from_its_article() -> None:
    articles = records()
    for question in disputed():
        for told in question.told:
            assert told.quote in articles[told.article].text, (question.question, told)
        assert question.current is None or question.current in question.sides


def test_an_assistant_is_right_when_it_shows_all_versions_and_none_where_articles_agree() -> None:
    suite = [question for question in disputed() if len(question.sides) > 1][:1]
    agreed = [question for question in disputed() if len(question.sides) == 1][:1]
    answers = iter([shown("231", "213"), shown("231"), shown("42"), shown()])

    class Told:
        def ask(self, question: str) -> Answer:
            return replace(next(answers), question=question)

    assert [one.right for one in by_assistant(Told(), [*suite, *suite, *agreed, *agreed])] == [True, False, False, True]


def test_a_version_is_told_in_words_where_its_sentence_is_quoted_beside_the_answer() -> None:
    dispute = next(question for question in disputed() if len(question.sides) > 1)
    told, other = "verrin-courant/ferry-toll-rises.html", "verrin-courant/ferry-verdict.html"
    sentence = "The passenger list shows that there were 213."
    answers = iter(
        [
            shown("231", beside=((told, "In this sea 213 boats were out."),)),
            shown("231", beside=((other, sentence),)),
            shown("231", beside=((told, "The passenger list shows that there were 90."),)),
            shown("231", beside=((told, f"“{sentence}”"),)),
        ]
    )

    class Told:
        def ask(self, question: str) -> Answer:
            return replace(next(answers), question=question)

    judged = by_assistant(Told(), [dispute] * 4)
    assert [one.in_words for one in judged] == [False, False, False, True]
    assert not any(one.right or one.abstained for one in judged)
    assert judged[0].beside == 1


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("no\n", encoding="utf-8")
    with pytest.raises(SuiteError, match="line 1"):
        questions(broken)
    with pytest.raises(SuiteError, match="line 1"):
        disputed(broken)


def shown(*answers: str, beside: Sequence[tuple[str, str]] = ()) -> Answer:
    reports = tuple(Report(answer=text, outlet=None, published=None, marker=1) for text in answers)
    accounts = tuple(
        Citation(
            marker=number, article_id=f"a{number}", version=1, title="", source=f"articles/{article}", outlet=None,
            url=None, published=None, quote=quote, start=0, end=len(quote),
        )
        for number, (article, quote) in enumerate(beside, 2)
    )  # fmt: skip
    return Answer(
        question="", searched_for="", window=None, answer=None, text=ABSTENTION, abstained=not answers, confidence=0.0,
        answerer="scripted", claims=(), citations=(), passages=(), library_revision=0, differing=reports,
        accounts=accounts,
    )  # fmt: skip
