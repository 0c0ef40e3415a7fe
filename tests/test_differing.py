"""Differing reports, and answers that only differ in grain."""

from dataclasses import replace

import pytest

from index.records import Passage
from rag.differing import Candidate, current, differing
from rag.english import numbers
from rag.likeness import same_answer

SANK = "when the ferry Lady Aldry sank in Skell Sound on Saturday"


def said(
    number: int, answer: str, text: str, *, published: str = "2025-04-05", group: str | None = None, sure: float = 0.8
) -> Candidate:
    passage = Passage(
        chunk_id=number, article_id=f"a{number}", version=1, start=0, end=len(text), text=text, title="Ferry",
        source="s", outlet=f"Outlet {number}", url=None, published=published, copy_group=group,
    )  # fmt: skip
    return Candidate(answer=answer, passage=passage, confidence=sure, start=text.find(answer))


def shown(question: str, *candidates: Candidate) -> list[str]:
    return [side.answer for side in differing(question, candidates)]


def test_two_figures_for_one_event_are_shown_newest_first() -> None:
    first = said(1, "four", f"At least four people died {SANK}.")
    later = said(2, "seven", f"The number of people who died {SANK} has risen to seven.", published="2025-04-06")
    assert shown("How many people died on the Lady Aldry?", first, later) == ["seven", "four"]


def test_copies_of_one_wire_story_that_differ_in_a_figure_are_shown() -> None:
    one = said(1, "31 percent", "The reservoir is at 31 percent of its capacity.", group="g")
    two = said(2, "34 percent", "The reservoir is at 34 percent of its capacity.", group="g", published="2025-04-06")
    assert shown("How full is the reservoir?", one, two) == ["34 percent", "31 percent"]


def test_two_names_for_one_person_asked_about_are_shown() -> None:
    one = said(1, "Jorun Keats", "Jorun Keats won the seat of Lissick, Hanna Birk said.", published="2025-05-18")
    two = said(2, "Dario Semple", "Dario Semple won the seat of Lissick, Hanna Birk said.", published="2025-05-22")
    assert shown("Who won the seat of Lissick?", one, two) == ["Dario Semple", "Jorun Keats"]


@pytest.mark.parametrize(
    ("question", "one", "two"),
    [
        ("How many died on the Lady Aldry?", "38", "at least 38 militants"),
        ("How many died on the Lady Aldry?", "more than 30", "38"),
        ("How many died on the Lady Aldry?", "thirty-eight", "38 people"),
        ("When did the Lady Aldry sink?", "Saturday", "Saturday evening"),
        ("When did the Lady Aldry sink?", "Saturday", "April 5"),
        ("Who was captain of the Lady Aldry?", "Maria Orlov", "Orlov"),
        ("Who was captain of the Lady Aldry?", "Captain Maria Orlov", "M. Orlov"),
        ("Who was captain of the Lady Aldry?", "al-Qayyarah", "Qayara"),
    ],
)
def test_another_grain_is_no_difference(question: str, one: str, two: str) -> None:
    first = said(1, one, f"It was {one}, police told the Courant, {SANK}.")
    second = said(2, two, f"It was {two}, police told the Courant, {SANK}.")
    assert shown(question, first, second) == []


def test_figures_of_two_events_are_no_difference() -> None:
    ferry = said(1, "twelve", f"Twelve people died {SANK}.")
    storm = said(2, "two", "Two people died in Orrin in a storm.", published="2024-01-04")
    assert shown("How many people died on the Lady Aldry?", ferry, storm) == []


def test_articles_that_share_names_beyond_the_question_tell_of_one_event() -> None:
    first = said(1, "four", f"At least four people died {SANK}, said coastguard Tove Marsh.")
    others = "Tove Marsh put the toll at nine. The wreck lies off Skell."
    assert shown("How many people died on the Lady Aldry?", first, said(2, "nine", others)) == ["four", "nine"]
    inquiry = said(2, "nine", others, published="2027-11-06")
    assert shown("How many people died on the Lady Aldry?", first, inquiry) == ["nine", "four"]


def test_the_same_words_a_year_later_tell_of_another_event() -> None:
    first = said(1, "four", "Four people were hurt when a lorry left the bridge road in fog.")
    near = said(2, "nine", "Nine people were hurt when a lorry left the bridge road in fog.", published="2025-04-06")
    late = said(2, "nine", near.passage.text, published="2026-04-06")
    assert shown("How many people were hurt on the bridge road?", first, near) == ["nine", "four"]
    assert shown("How many people were hurt on the bridge road?", first, late) == []


def test_causes_differ_unless_they_share_a_word() -> None:
    first = said(1, "a blocked valve", "A blocked valve set off the fire at Marsh Mill, said Tove Rask.")
    again = said(2, "the valve", "The valve set off the fire at Marsh Mill, Tove Rask said.")
    text = "A match set off the fire at Marsh Mill, Tove Rask said."
    other = said(3, "A match", text, published="2025-04-09")
    assert shown("What set off the fire at Marsh Mill?", first, again) == []
    assert shown("What set off the fire at Marsh Mill?", first, again, other) == ["A match", "a blocked valve"]


def test_a_corrected_figure_is_shown_last_and_is_never_the_latest() -> None:
    wire = said(1, "231", f"231 people were on board the Lady Aldry {SANK}.", published="2025-04-07")
    text = "Correction: an earlier version said that 231 people were on board the Lady Aldry. There were 213."
    old, new = said(2, "231", text, published="2025-04-09"), said(3, "213", text, published="2025-04-09")
    sides = differing("How many people were on board the Lady Aldry?", [wire, old, new])
    assert [(side.answer, side.withdrawn) for side in sides] == [("213", False), ("231", True)]
    newest = current(sides)
    assert newest is not None
    assert newest.answer == "213"


def test_rounding_is_a_grain_and_two_measurements_are_not() -> None:
    assert same_answer("12 percent", "11.9 percent", "number")
    assert not same_answer("-5 degrees", "5 degrees", "number")
    assert same_answer("-5 degrees", "minus 5", "number")
    assert same_answer("1.2 million", "1,234,000", "number")
    assert not same_answer("1.3 kilograms", "1.27 kilograms", "number")
    assert not same_answer("38", "40", "number")


def test_a_corrected_article_speaks_as_of_its_correction_where_it_was_corrected_and_nowhere_else() -> None:
    notice = "Correction, April 9: an earlier version of this article said that the ship was 84 metres long. It was 48."
    filler = "The company has run ferries in the sound since 1950. " * 8
    text = f"The number of people who died {SANK} has risen to seven. {filler}{notice}"
    first = said(1, "seven", text, published="2025-04-06")
    first = replace(first, passage=replace(first.passage, updated="2025-04-09"))
    later = said(2, "nine", f"The number of people who died {SANK} has risen to nine.", published="2025-04-08")
    assert shown("How many people died on the Lady Aldry?", first, later) == ["nine", "seven"]
    updated = replace(first, passage=replace(first.passage, text=first.passage.text.replace(notice, "")))
    assert shown("How many people died on the Lady Aldry?", updated, later) == ["seven", "nine"]


def test_how_long_is_compared_in_one_unit() -> None:
    assert same_answer("48 hours", "two days", "number")
    assert not same_answer("48 hours", "six days", "number")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two million six hundred thousand customers", [2_600_000.0]),
        ("three hundred and five thousand crowns", [305_000.0]),
        ("two thousand three hundred people and four dogs", [2_300.0, 4.0]),
        ("three hundred and five", [305.0]),
        ("ten and twelve", [10.0, 12.0]),
        ("12 thousand and 3 hundred", [12_000.0, 300.0]),
    ],
)
def test_numbers_in_words_add_up(text: str, value: list[float]) -> None:
    assert numbers(text) == value
