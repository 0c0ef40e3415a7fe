"""Spans are cut to what a person would quote, and never leave the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reader.cleaning import cleaned


@pytest.mark.parametrize(
    ("text", "span", "quoted"),
    [
        ("They detonated more than 100 devices.", "100", "more than 100"),
        ("At least 38 militants died.", "38", "At least 38"),
        ("It lies about 65 kilometers (40 miles) south of Mosul.", "65", "about 65 kilometers (40 miles)"),
        ("It cost $4.5 million in all.", "4.5", "$4.5 million"),
        ("Turnout was 61.2% in May.", "61", "61.2%"),
        ("An estimated 1,200 people came.", "200", "An estimated 1,200"),
        ("Prime Minister Haider al-Abadi spoke.", "Abadi", "Haider al-Abadi"),
        ("The spokesman, Sabah Nouri, said so.", "Nouri,", "Sabah Nouri"),
        ("President Obama said so.", "Obama", "Obama"),
        ("On Saturday Orlov left.", "Orlov", "Orlov"),
        ("He called it “a breakthrough” on Friday.", "a breakthrough”", "a breakthrough"),
        (
            "He was “not ruling out the possibility” of it.",
            "was “not ruling out the possibility",
            "was “not ruling out the possibility”",
        ),
        ("The Union (AEU) agreed.", "Union (AEU", "Union (AEU)"),
        ("It was Iraq’s second city.", "Iraq", "Iraq"),
        ("CNN’s Barbara Starr contributed to it.", "CNN’s Barbara Starr", "Barbara Starr"),
        ("BBC’s World Service reported it.", "BBC’s World Service", "BBC’s World Service"),
        ("It stood in Iraq’s Anbar Province.", "Iraq’s Anbar Province", "Iraq’s Anbar Province"),
        ("The 48-metre vessel sank.", "48", "48-metre"),
        ("It was sold to Ardent Inc. in May.", "Ardent Inc.", "Ardent Inc."),
        ("It opened in the U.S. in May.", "U.S.", "U.S."),
        ("It ended on 3 May.", "3 May.", "3 May"),
        ("It began at 11 p.m. on Monday.", "11 p.m", "11 p.m."),
        ("He went to the U.S. in May.", "the U.S", "the U.S."),
        ("They showed 1.3 kilograms (2.9 pounds).", "2.9 pounds", "1.3 kilograms (2.9 pounds)"),
        ("It lies at about 190 meters (623 feet).", "623 feet", "about 190 meters (623 feet)"),
        ("A bus (2 pounds) runs daily.", "2 pounds", "2 pounds"),
    ],
)
def test_a_span_becomes_what_a_person_would_quote(text: str, span: str, quoted: str) -> None:
    start = text.index(span)
    first, last = cleaned(text, start, start + len(span))
    assert text[first:last] == quoted


def test_a_name_does_not_reach_into_the_line_above() -> None:
    text = "By Maria\nOrlov said so."
    start = text.index("Orlov")
    first, last = cleaned(text, start, start + 5)
    assert text[first:last] == "Orlov"


@given(text=st.text(max_size=80), places=st.tuples(st.integers(0, 80), st.integers(0, 80)))
def test_a_cleaned_span_is_never_empty_and_stays_inside(text: str, places: tuple[int, int]) -> None:
    start, end = sorted(min(place, len(text)) for place in places)
    first, last = cleaned(text, start, end)
    assert 0 <= first <= last <= len(text)
    if text[start:end].strip():
        assert text[first:last].strip()
