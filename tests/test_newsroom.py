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
    "single_fact": 80,
    "two_articles": 20,
    "time": 25,
    "conflict": 10,
    "follow_up": 20,
    "table": 15,
    "quotation": 15,
    "yes_no": 10,
    "list": 6,
    "why_how": 15,
    "unanswerable_topic": 15,
    "unanswerable_detail": 30,
    "unanswerable_entity": 30,
}
OUTLETS = {"The Verrin Courant", "Caldmark Broadcast News", "The Ostrey Lantern", "Caldmark Press Agency"}
# Where a gold span may be evidence that leads to the answer instead of being the answer itself.
EVIDENCE_TYPES = {"two_articles", "yes_no"}


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
        if not question["answerable"]:
            assert question["answers"] == question["gold"] == [], question["id"]
        elif question["type"] not in EVIDENCE_TYPES:
            assert answers, question["id"]
            assert all(fits), question["id"]
        elif question["type"] == "yes_no":
            assert question["answers"] in (["yes"], ["no"]), question["id"]
            assert fits, question["id"]
        else:
            assert any(fits), question["id"]


def test_every_question_is_complete_and_asked_once(questions: list[dict[str, Any]]) -> None:
    assert {question["type"] for question in questions} == set(TYPES)
    for question in questions:
        assert question["answerable"] == (not question["type"].startswith("unanswerable")), question["id"]
        assert bool(question["conversation"]) == (question["type"] == "follow_up"), question["id"]
        assert question["question"].endswith("?"), question["id"]
    assert [name for name, count in Counter(q["id"] for q in questions).items() if count > 1] == []
    asked = Counter((q["question"], *q["conversation"]) for q in questions)
    assert [words for words, count in asked.items() if count > 1] == []


def test_parts_say_which_spans_are_alternatives_and_which_belong_together(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        parts: dict[int, set[str]] = {}
        for span in question["gold"]:
            parts.setdefault(span["part"], set()).add(plain(span["text"]))
        assert sorted(parts) == list(range(1, len(parts) + 1)), question["id"]
        if question["type"] in {"conflict", "list"}:
            assert len(parts) == len(question["answer_parts"]) >= 2, question["id"]
            assert [words for part in question["answer_parts"] for words in part] == question["answers"], question["id"]
            for number, texts in parts.items():
                accepted = [plain(answer) for answer in question["answer_parts"][number - 1]]
                assert all(any(a in text or text in a for a in accepted) for text in texts), question["id"]
        elif question["type"] == "two_articles":
            assert len(parts) == len({span["article"] for span in question["gold"]}) == 2, question["id"]
        else:
            assert len(parts) <= 1, question["id"]


def test_versions_that_conflict_come_from_different_articles(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        if question["type"] == "conflict":
            assert len({span["article"] for span in question["gold"]}) >= 2, question["id"]


def test_no_article_has_gold_in_both_splits(questions: list[dict[str, Any]]) -> None:
    splits: dict[str, set[str]] = {}
    for question in questions:
        for span in question["gold"]:
            splits.setdefault(span["article"], set()).add(question["split"])
    assert [name for name, found in splits.items() if len(found) > 1] == []


def test_both_splits_hold_every_type_and_a_quarter_has_no_answer(questions: list[dict[str, Any]]) -> None:
    assert len(questions) >= 200
    count = Counter(question["type"] for question in questions)
    assert [name for name, least in TYPES.items() if count[name] < least] == []
    for split in ("dev", "test"):
        part = [question for question in questions if question["split"] == split]
        assert 0.45 <= len(part) / len(questions) <= 0.55
        assert 0.25 <= sum(not question["answerable"] for question in part) / len(part) <= 0.31
        assert {question["type"] for question in part} == set(TYPES)


def test_every_article_is_asked_about(articles: dict[str, Record], questions: list[dict[str, Any]]) -> None:
    assert len(articles) >= 48
    assert set(articles) == {span["article"] for question in questions for span in question["gold"]}


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
