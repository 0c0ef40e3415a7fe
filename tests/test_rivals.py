"""Another version is found by the question's words, and what only stands beside it is not."""

import pytest

from index.records import Passage
from rag.reader.records import Reading, ScoredSpan
from rag.records import Finding
from rag.rivals import rivals

TOLL = "How many people died when the Lady Aldry sank?"


def passage(number: int, text: str, *, title: str = "") -> Passage:
    return Passage(
        chunk_id=number, article_id=f"a{number}", version=1, start=0, end=len(text), text=text, title=title,
        source="s", outlet="Courant", url=None, published="2025-04-08",
    )  # fmt: skip


def found(question: str, answer: str, text: str, *, title: str = "", spans: tuple[str, ...] = ()) -> list[str]:
    places = [text.index(span) for span in spans]
    scored = tuple(ScoredSpan(place, place + len(span), 1.0, span) for place, span in zip(places, spans, strict=True))
    finding = Finding(text=answer, answer=answer, evidence=(), confidence=0.9)
    offered = rivals(question, finding, [passage(1, text, title=title)], [Reading(0.0, 0.0, scored)])
    assert all(text[span.start : span.end] == one.answer for one in offered for span in one.evidence[0].spans)
    return [one.text for one in offered]


@pytest.mark.parametrize(
    ("question", "answer", "text", "version"),
    [
        (TOLL, "At least four", "Divers found two more bodies on Tuesday, raising the death toll to nine.", "nine"),
        ("How many were killed in the raid?", "At least 12", "By Sunday the death toll rose to 15.", "15"),
        ("How many signatures has it?", "12", "The signatures are counted at noon. By eleven it had 40.", "40"),
        ("How full is the reservoir?", "31 percent", "The reservoir is at 34 percent of its capacity.", "34 percent"),
        (
            "How many people were on board the Lady Aldry?",
            "231",
            "An earlier version said that 231 people were on board. The passenger list shows that there were 213.",
            "213",
        ),
    ],
)
def test_another_figure_for_the_matter_is_a_rival(question: str, answer: str, text: str, version: str) -> None:
    assert found(question, answer, text, title="Lady Aldry: more found") == [version]


def test_a_passage_that_does_not_name_the_ship_has_no_rival() -> None:
    assert found(TOLL, "At least four", "The storm killed two people.", title="Storm") == []


@pytest.mark.parametrize(
    ("question", "answer", "text"),
    [
        (TOLL, "At least four", "The Lady Aldry was 48 metres long and had been built in 1994."),
        (TOLL, "At least four", "The engineer, 57, died in the night."),
        (TOLL, "At least four", "Those who died left Port Verrin at 1.15 pm."),
        (TOLL, "At least four", "In 2003 eleven people died on the same crossing."),
        ("How full is the reservoir?", "31 percent", "The reservoir is normally at 90 percent at this time of year."),
        ("How many homes have no power?", "31,000", "Two people without power were brought to the school."),
        ("How many operations were put off?", "1,900", "Clinics offered to take over 200 operations a week."),
        ("What will the tram cost?", "84 million crowns", "The cost of the tram is 17 times what was said."),
        ("How many seats did the party win?", "24", "With the seats of the other party he would have 33 of them."),
        ("Why was the tram put off?", "it cost too much", "The tram was put off for 3 years."),
    ],
)
def test_what_stands_beside_the_matter_is_none(question: str, answer: str, text: str) -> None:
    assert found(question, answer, text, title="Lady Aldry") == []


def test_the_same_name_in_another_spelling_is_a_rival() -> None:
    text = "The captain, named by police as Thomas Hedvick, was questioned for three hours."
    assert found("Who was the captain?", "Tomas Hedvik", text) == ["Thomas Hedvick"]


def test_another_name_is_a_rival_where_the_reader_names_it_for_the_same_deed() -> None:
    text = "Dario Semple has won the constituency of Lissick, Hanna Birk said."
    question = "Who won the constituency of Lissick?"
    assert found(question, "Jorun Keats", text, spans=("Dario Semple", "Hanna Birk")) == ["Dario Semple"]
    assert found(question, "Jorun Keats", text, spans=("Hanna Birk",)) == []
