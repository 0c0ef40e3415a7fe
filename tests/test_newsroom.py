"""Does every question of the sample newsroom rest on what its articles say?"""

import json
from collections import Counter
from typing import Any

import pytest

from evals.newsroom import ARTICLES, QUESTIONS
from evals.newsroom.gold import locate, records
from index.errors import SuiteError
from index.records import Record

TYPES = {
    "single_fact",
    "two_articles",
    "time",
    "conflict",
    "follow_up",
    "unanswerable_topic",
    "unanswerable_detail",
    "unanswerable_entity",
}
OUTLETS = {"The Verrin Courant", "Caldmark Broadcast News", "The Ostrey Lantern", "Caldmark Press Agency"}
# In these types a gold span may be evidence that leads to the answer instead of the answer itself.
EVIDENCE_TYPES = {"two_articles"}


@pytest.fixture(scope="module")
def articles() -> dict[str, Record]:
    return records()


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def plain(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum() or letter == " ").strip()


def test_every_gold_span_is_the_text_it_says_it_is(
    articles: dict[str, Record], questions: list[dict[str, Any]]
) -> None:
    wrong = [
        (question["id"], span["text"])
        for question in questions
        for span in question["gold"]
        if articles[span["article"]].text[span["start"] : span["end"]] != span["text"]
        or locate(articles[span["article"]].text, span["quote"], span["text"]) != (span["start"], span["end"])
    ]
    assert wrong == [], "run: python -m evals.newsroom.gold"


def test_gold_text_and_accepted_answers_agree(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        answers = [plain(answer) for answer in question["answers"]]
        fits = [
            any(answer in plain(span["text"]) or plain(span["text"]) in answer for answer in answers)
            for span in question["gold"]
        ]
        if question["answerable"]:
            agrees = any(fits) if question["type"] in EVIDENCE_TYPES else all(fits)
            assert fits, question["id"]
            assert agrees, question["id"]
        else:
            assert question["answers"] == question["gold"] == [], question["id"]


def test_every_question_is_complete_and_asked_once(questions: list[dict[str, Any]]) -> None:
    assert {question["type"] for question in questions} == TYPES
    for question in questions:
        assert question["answerable"] == (not question["type"].startswith("unanswerable")), question["id"]
        assert bool(question["conversation"]) == (question["type"] == "follow_up"), question["id"]
        assert question["question"].endswith("?"), question["id"]
    assert [name for name, count in Counter(q["id"] for q in questions).items() if count > 1] == []
    asked = Counter((q["question"], *q["conversation"]) for q in questions)
    assert [words for words, count in asked.items() if count > 1] == []


def test_a_conflict_has_a_version_from_each_of_two_articles(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        if question["type"] in {"conflict", "two_articles"}:
            assert len({span["article"] for span in question["gold"]}) >= 2, question["id"]
        if question["type"] == "conflict":
            assert len({span["text"] for span in question["gold"]}) >= 2, question["id"]


def test_no_article_has_gold_in_both_splits(questions: list[dict[str, Any]]) -> None:
    splits: dict[str, set[str]] = {}
    for question in questions:
        for span in question["gold"]:
            splits.setdefault(span["article"], set()).add(question["split"])
    assert [name for name, found in splits.items() if len(found) > 1] == []


def test_about_half_is_dev_and_over_a_quarter_has_no_answer(questions: list[dict[str, Any]]) -> None:
    dev = sum(question["split"] == "dev" for question in questions) / len(questions)
    unanswerable = sum(not question["answerable"] for question in questions) / len(questions)
    assert 0.4 <= dev <= 0.6
    assert 0.22 <= unanswerable <= 0.32
    assert {question["split"] for question in questions} == {"dev", "test"}


def test_articles_come_with_their_facts_and_without_their_surroundings(articles: dict[str, Record]) -> None:
    undated = [name for name, record in articles.items() if record.published is None]
    assert sorted(undated) == ["caldmark-broadcast/cold-water-reef.txt", "caldmark-broadcast/marrant-trial-opens.txt"]
    assert {record.outlet for name, record in articles.items() if name not in undated} == OUTLETS
    for name, record in articles.items():
        assert record.title, name
        assert 150 <= len(record.text.split()) <= 1100, name
        for boilerplate in ("All rights reserved", "Subscribe from", "evening letter", "Read more", "datePublished"):
            assert boilerplate not in record.text, name


def test_a_corrected_article_keeps_both_its_dates(articles: dict[str, Record]) -> None:
    ferry = articles["verrin-courant/ferry-toll-rises.html"]
    assert ferry.title == "Toll rises to seven as divers reach sunken ferry"
    assert (ferry.published or "")[:10] == "2025-04-06"
    assert (ferry.updated or "")[:10] == "2025-04-09"
    assert ferry.url == "https://verrincourant.example/caldmark/ferry-toll-rises.html"
    assert "The passenger list shows that there were 213." in ferry.text


def test_a_quote_that_stands_twice_is_refused_by_name() -> None:
    with pytest.raises(SuiteError, match="stands 2 times"):
        locate("seven dead, seven hurt", "seven", "seven")
    assert locate("seven dead, nine hurt", "nine hurt", "nine") == (12, 16)


def test_the_folder_is_where_the_package_says() -> None:
    assert (ARTICLES / "press-agency" / "wire-2025.jsonl").is_file()
