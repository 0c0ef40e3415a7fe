"""What a text takes back answers nothing and carries no claim, and what only looks like it does."""

import pytest

from index.library import Library
from rag.assistant import Assistant
from rag.corrections import is_taken_back, is_withdrawn, takes_back
from rag.verify import verify

NOTICE = "Correction: an earlier version of this article said that 231 people were on board. There were 213."
MOVED = "The toll has risen from 86 to 91, the rescue service said."


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (NOTICE, "231"),
        (MOVED, "86"),
        ("The number of missing hikers has fallen from twelve to five.", "twelve"),
        ("The club had incorrectly stated that Falk scored four goals.", "four"),
        ("The figure of 78 percent, which the office gave on Sunday, was wrong.", "78 percent"),
        ("Correction: this article misidentified the harbour master as Ivo Brandt.", "Ivo Brandt"),
        ("Nordwing, not Orbis, has bought the airline.", "Orbis"),
        ("The prize went to Clara Dunn, not to Karla Dun.", "Karla Dun"),
    ],
)
def test_what_is_taken_back_is_no_answer(text: str, figure: str) -> None:
    start = text.index(figure)
    assert is_taken_back("How many are there, and who?", text, start, start + len(figure))


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (NOTICE, "213"),
        (MOVED, "91"),
        ("The number of missing hikers has fallen from twelve to five.", "five"),
        ("According to an earlier report by the central bank, prices fell by 3 percent.", "3 percent"),
        ("He was wrongly convicted of stealing 300 crowns.", "300 crowns"),
        ("Soldiers mistakenly shot twelve villagers near the border.", "twelve"),
        ("Unemployment fell to 5 percent, as previously reported.", "5 percent"),
        ("Officials had said that the repair would cost 30 million crowns.", "30 million crowns"),
        ("An earlier version said 231, but the list shows that there were 213.", "213"),
        ("The report misstated the age of Paula Renz. She is 43.", "43"),
        ("The first version of the vaccine protects 70 percent of those who get it.", "70 percent"),
        ("The original version of the film lasts 140 minutes.", "140 minutes"),
    ],
)
def test_what_stands_is_an_answer(text: str, figure: str) -> None:
    start = text.index(figure)
    assert not is_taken_back("How many are there?", text, start, start + len(figure))


def test_who_asks_for_the_earlier_figure_gets_it() -> None:
    start = NOTICE.index("231")
    assert not is_taken_back("How many were first said to be on board?", NOTICE, start, start + 3)


def test_the_figure_that_a_toll_rose_to_in_words_stands() -> None:
    text = "The toll has risen from seven to nine."
    assert is_withdrawn(text, text.index("seven"), text.index("seven") + 5)
    assert not is_withdrawn(text, text.index("nine"), text.index("nine") + 4)


@pytest.mark.parametrize(
    ("claim", "quote", "back"),
    [
        ("231 people were on board.", NOTICE, "231"),
        ("The toll is 86.", MOVED, "86"),
        ("The price was 86 crowns in 2010.", "The price rose from 86 crowns in 2010 to 91 crowns in 2012.", ""),
        ("213 people were on board.", NOTICE, ""),
        ("An earlier version said that 231 people were on board.", NOTICE, ""),
        (
            "Ivo Brandt is the harbour master.",
            "The paper misidentified the harbour master as Ivo Brandt.",
            "Ivo Brandt",
        ),
        ("Paula Renz is 43.", "The report misstated the age of Paula Renz. She is 43.", ""),
        ("It was so.", "Police had said wrongly that the man was armed.", ""),
        ("The man was armed.", "Police had said wrongly that the man was armed.", "The man was armed"),
    ],
)
def test_a_claim_does_not_rest_on_what_its_source_takes_back(claim: str, quote: str, back: str) -> None:
    assert takes_back(claim, quote) == back


def test_the_checker_names_what_is_taken_back() -> None:
    verdict = verify("231 people were on board.", NOTICE)
    assert (verdict.supported, verdict.reason) == (False, "the source takes back “231”")
    asked = verify("231", NOTICE, question="How many people were on board?", answer="231")
    assert (asked.supported, asked.reason) == (False, "the source takes back “231”")
    assert verify("213", NOTICE, question="How many people were on board?", answer="213").supported


def test_an_article_that_was_corrected_answers_with_what_it_says_now(newsroom: Library) -> None:
    answer = Assistant(newsroom, today="2025-06-07").ask("How many people were on board the Lady Aldry?")
    assert {report.answer for report in answer.differing} == {"213", "231"}
    assert not any("earlier version" in citation.quote for citation in answer.citations if "213" not in citation.quote)
