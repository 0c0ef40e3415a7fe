"""Whom a span only describes gets a name where one alone stands beside the noun, and none where that is not certain."""

from collections.abc import Sequence

import pytest

from index import Library
from index.records import Passage
from rag import Assistant
from rag.answerers.whom import with_name
from rag.naming import named, noun_of
from rag.reader.closer import Candidate
from rag.reader.judge import Judgement
from rag.reader.kinds import is_subject

HELD = "Police arrested a scaffolder on Tuesday. The man was named by prosecutors as Viktor Laskey, 38, from Tarn."


def passage(number: int, text: str, *, article: str | None = None, start: int = 100) -> Passage:
    return Passage(
        chunk_id=number, article_id=article or f"a{number}", version=1, start=start, end=start + len(text), text=text,
        title="", source="s", outlet=None, url=None, published="2025-05-06",
    )  # fmt: skip


def name_of(description: str, *texts: str, article: str | None = None) -> str | None:
    passages = [passage(number, text, article=article) for number, text in enumerate(texts)]
    start = texts[0].index(description)
    found = named(passages, 0, (start, start + len(description)))
    return texts[found[0]][found[1] : found[2]] if found else None


@pytest.mark.parametrize(
    ("description", "noun"),
    [
        ("a scaffolder who had worked on the roof", "scaffolder"),
        ("a retired appeal court judge", "judge"),
        ("the premier of Caldmark", "premier"),
        ("their boss", "boss"),
        ("Judge Holm", ""),
        ("the 38-year-old man", ""),
        ("nurses", ""),
        ("", ""),
    ],
)
def test_a_description_hangs_on_its_noun(description: str, noun: str) -> None:
    assert noun_of(description) == noun


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "the judge said. It is led by a retired appeal court judge, Bertil Maugham, and will report.",
            "Bertil Maugham",
        ),
        ("the judge said. Ida de Holm, 61, the country’s first female judge, was chosen.", "Ida de Holm"),
        ("the judge said. The Courant asked Judge Karl Brandt.", "Karl Brandt"),
        ("the judge said. The judge, named by the court as Karl Brandt, was asked.", "Karl Brandt"),
        ("the judge said. Two judges, Karl Brandt and Ida Holm, were asked.", None),
        ("the judge said so, and Karl Brandt agreed.", None),
    ],
)
def test_a_name_beside_the_noun_is_whose_it_is(text: str, name: str | None) -> None:
    assert name_of("the judge", text) == name


def test_the_next_sentence_names_whom_it_is_about() -> None:
    assert name_of("a scaffolder", HELD) == "Viktor Laskey"
    assert name_of("a man", HELD.replace("a scaffolder", "a man")) == "Viktor Laskey"
    assert name_of("a man", "Police arrested a man.", "The man Viktor Laskey went free.") is None


def test_two_of_a_kind_leave_it_open_and_the_own_report_goes_first() -> None:
    said, holm, brandt = "the judge said so.", "The judge, Ida Holm, left.", "The judge, Karl Brandt, left."
    assert name_of("the judge", f"{said} {holm} {brandt}") is None
    assert name_of("the judge", said, holm, brandt) == "Ida Holm"
    assert name_of("the judge", f"{said} {brandt}", holm) == "Karl Brandt"
    assert name_of("the judge", said, holm, brandt, article="one") is None


def judged(passages: Sequence[Passage], text: str) -> Judgement:
    start = passages[0].start + passages[0].text.index(text)
    first = Candidate(passage=0, start=start, end=start + len(text), text=text, features={}, score=3.0)
    other = Candidate(passage=1, start=100, end=103, text="The", features={}, score=1.0)
    return Judgement(candidates=(first, other), confidence=0.7, features={})


def test_the_name_takes_the_place_of_the_description_where_the_question_asks_who() -> None:
    passages = [passage(0, "Police arrested a scaffolder."), passage(1, "The scaffolder Viktor Laskey went home.")]
    known = judged(passages, "a scaffolder")
    (person,) = with_name("Who was arrested?", passages, known, [0, 1]).candidates[:1]
    assert (person.passage, person.text) == (1, "Viktor Laskey")
    assert passages[1].text[person.start - 100 : person.end - 100] == "Viktor Laskey"
    assert with_name("What was arrested?", passages, known, [0, 1]) == known
    assert with_name("Who was arrested?", passages, known, [0]) == known


@pytest.mark.parametrize(
    ("question", "text", "subject"),
    [
        ("Who did the premier pick for the inquiry?", "Premier Ilsa Corvane spoke.", True),
        ("To whom did the premier speak?", "The premier, Ilsa Corvane, spoke.", True),
        ("Who is the premier of Caldmark?", "Premier Ilsa Corvane spoke.", False),
        ("Who did the premier pick for the inquiry?", "Minister Ilsa Corvane spoke.", False),
        ("Who picked the premier?", "Premier Ilsa Corvane spoke.", False),
    ],
)
def test_who_did_it_is_not_to_whom_it_was_done(question: str, text: str, subject: bool) -> None:
    assert is_subject(question, text, text.index("Ilsa")) is subject


def test_no_description_supplants_whom_the_reader_names(newsroom: Library) -> None:
    answer = Assistant(newsroom, today="2025-06-07", min_confidence=0.3).ask("Who won the film prize?")
    assert answer.answer == "Nell Ambrose"


def test_both_spellings_of_the_thief_are_told(newsroom: Library) -> None:
    answer = Assistant(newsroom, today="2025-06-07").ask("Who was arrested over the theft of the Skell Torc?")
    assert {report.answer for report in answer.differing} == {"Viktor Laskey", "Victor Lasky"}
