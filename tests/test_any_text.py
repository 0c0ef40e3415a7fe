"""What reads articles by rule reads any text: signs, fractions, foreign digits and loose marks raise nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.english import content, names, placed_numbers
from rag.moments import find
from rag.reader.fitting import fitting
from rag.telling import statement
from rag.verify import support, verify
from rag.verify.amounts import quantities
from rag.verify.times import moments

SIGNS = "½⅓¼¾⅞²³①⑳Ⅷ٣७一億％‰$€-–.,:;/()'’ \n"
WORDS = st.sampled_from(
    "one two hundred million percent half a an of from to between and May 3 2016 10.30 1,000 million $ killed Orlov "
    "didn't not when who how many much the".split(" ")
)
TEXTS = st.lists(st.one_of(WORDS, st.text(SIGNS, max_size=4), st.text(max_size=6)), max_size=14).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, question=TEXTS)
def test_no_text_is_too_odd(text: str, question: str) -> None:
    quantities(text)
    moments(text)
    find(text)
    placed_numbers(text)
    names(text)
    content(text)
    statement(f"Was {question}?")
    fitting(f"How many {question}?", text, 0, len(text))
    verify(question, text, question="How many were there?", answer=text[:8], quote_published="2016-05-03")
    support(question, text, published="2016-05-03")


@pytest.mark.parametrize(("text", "value"), [("½ of it", 0.5), ("¾ cup", 0.75), ("1,000 men", 1000.0), ("٣ men", 3.0)])
def test_signs_have_their_value(text: str, value: float) -> None:
    assert quantities(text)[0].value == value
