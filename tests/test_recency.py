"""How an article's date suits a window, and the day of an event."""

from dataclasses import replace

from index.records import Passage
from rag.recency import event_day, preferred, weight
from rag.records import Window


def passage(number: int, text: str, published: str | None, *, title: str = "", score: float = 0.0) -> Passage:
    return Passage(
        chunk_id=number, article_id=f"a{number}", version=1, start=0, end=len(text), text=text, title=title,
        source="s", outlet=None, url=None, published=published, score=score,
    )  # fmt: skip


def test_a_report_printed_the_day_after_suits_better_than_one_printed_before() -> None:
    april = Window(after="2016-04-12", before="2016-04-13", strict=False)
    dates = ["2016-04-12", "2016-04-13", "2016-06-01", "2016-04-11"]
    weights = [weight(day, april) for day in dates]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1.0


def test_latest_lifts_the_newest_of_passages_that_match_alike() -> None:
    old, new = passage(1, "four", "2025-04-05", score=0.0300), passage(2, "seven", "2025-04-06", score=0.0299)
    assert [found.text for found in preferred([old, new], Window(prefer="latest", strict=False))] == ["seven", "four"]
    assert preferred([old, new], None) == [old, new]


def test_an_updated_article_speaks_as_of_its_update() -> None:
    updated = replace(passage(1, "213", "2025-04-04", score=0.03), updated="2025-04-09")
    later = passage(2, "231", "2025-04-05", score=0.03)
    assert preferred([later, updated], Window(prefer="latest", strict=False))[0].text == "213"


def test_the_day_of_an_event_is_the_one_that_its_sentences_name() -> None:
    found = [
        passage(1, "Councillors will decide on the tram. The council vote is on Thursday, April 24.", "2025-04-10"),
        passage(2, "The decisive vote on Thursday night came from the Alliance.", "2025-04-25"),
    ]
    assert event_day("the vote: council tram", found) == "2025-04-24"


def test_an_event_without_a_named_day_has_the_date_of_the_article_with_it_in_the_title() -> None:
    found = [
        passage(1, "A poll.", "2025-05-11", title="The race narrows"),
        passage(2, "Counting began.", "2025-05-18", title="Election night as it happened"),
    ]
    assert event_day("the election", found) == "2025-05-18"
    assert event_day("the election", []) is None


def test_what_nobody_foresaw_was_on_the_day_of_its_first_report_and_what_is_planned_was_not() -> None:
    inquiry, first = "Inquiry into the {} of the Lady Aldry off Ostrey", "The Lady Aldry sailed from Ostrey with Moll."
    found = [
        passage(1, "The Lady Aldry left Ostrey. Moll was aboard.", "2025-05-09", title=inquiry.format("disaster")),
        passage(2, first, "2025-04-05"),
        passage(3, "Rain fell on Tarn.", "2025-01-02"),
    ]
    assert event_day("the disaster: missing", found) == "2025-04-05"
    planned = [replace(found[0], title=inquiry.format("launch")), *found[1:]]
    assert event_day("the launch: missing", planned) == "2025-05-09"


def test_words_that_name_no_event_have_no_day() -> None:
    found = [passage(1, "The turnout on Sunday was 68.3 percent.", "2025-05-19")]
    assert event_day("this one: turnout", found) is None
