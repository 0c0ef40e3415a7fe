"""A span is of the kind that a question asks for, or of another, or the question leaves it open."""

import pytest

from rag.reader.fitting import fitting
from rag.reader.kinds import is_dateline


def fit(question: str, text: str, span: str) -> float:
    start = text.index(span)
    return fitting(question, text, start, start + len(span))


@pytest.mark.parametrize(
    ("question", "text", "span"),
    [
        ("How cold was the water?", "The sea temperature was 7 degrees Celsius.", "7 degrees Celsius"),
        ("How much did the repair cost?", "The repair cost 6,400 crowns.", "6,400 crowns"),
        ("What was the turnout?", "Turnout was put at 68.3 percent.", "68.3 percent"),
        ("How long was the ship?", "The 48-metre vessel sank.", "48-metre"),
        ("How long did the search last?", "It went on for nine hours.", "nine hours"),
        ("How many adults were asked?", "Plumbline interviewed 1,204 adults.", "1,204"),
        ("How many miles is it to Mosul?", "It lies 40 miles north.", "40 miles"),
        ("How old was he?", "Tolley was 83.", "83"),
        ("At what time did it call?", "It sent a call at 2.02 pm.", "2.02 pm"),
        ("In what year was it built?", "The bridge was built in 1848.", "1848"),
        ("On what date will the ban begin?", "The ban begins on May 1.", "May 1"),
        ("Who beat the minister?", "She lost to Tamsin Oke.", "Tamsin Oke"),
        ("Which party leader stepped down?", "Gregor Holme resigned.", "Gregor Holme"),
        ("What was the score at half-time?", "Athletic led 2-0 at the break.", "2-0"),
        ("What will the tram cost?", "It puts the cost at 84 million crowns.", "84 million crowns"),
        ("How heavy is the stone?", "It weighs 2.9 pounds.", "2.9 pounds"),
        ("How many cubic metres does it hold?", "It holds 40,000 cubic metres.", "40,000 cubic metres"),
        ("How many square miles burned?", "The fire took 198 square miles.", "198 square miles"),
        ("How many per cent went to the polls?", "Turnout was put at 45.2%.", "45.2%"),
        ("By how much will the budget grow?", "It grows by 0.8 percent.", "0.8 percent"),
    ],
)
def test_what_was_asked_for(question: str, text: str, span: str) -> None:
    assert fit(question, text, span) == 1.0


@pytest.mark.parametrize(
    ("question", "text", "span"),
    [
        ("How cold was the water?", "The wreck lies at a depth of 38 metres.", "38 metres"),
        ("How much did the repair cost?", "It took three weeks.", "three weeks"),
        ("What was the turnout?", "23:20 Turnout is known.", "23:20"),
        ("How long did the search last?", "The 48-metre vessel sank.", "48-metre"),
        ("How many cubic metres does it hold?", "It would be 90 percent full.", "90 percent"),
        ("How many adults were asked?", "It cost 30,000 crowns.", "30,000 crowns"),
        ("How many goals did he score?", "Adults were asked why.", "Adults"),
        ("In what year was it built?", "It was built in spring.", "spring"),
        ("At what time did it call?", "It called from the Sound.", "the Sound"),
        ("Which party leader stepped down?", "The premier resigned.", "premier"),
        ("Which country had the guest been to?", "The guest had been abroad.", "abroad"),
        ("What will the tram cost?", "It has been planned for 7 years.", "7 years"),
        ("Who was arrested?", "PORT VERRIN, May 6 (CPA) - Police said a man was held.", "PORT VERRIN"),
        ("Who beat the minister?", "She lost by 612 votes.", "612 votes"),
    ],
)
def test_something_else(question: str, text: str, span: str) -> None:
    assert fit(question, text, span) == -1.0


@pytest.mark.parametrize(
    ("question", "text", "span"),
    [
        ("What did the divers recover?", "Divers recovered three bodies.", "three bodies"),
        ("Where did it sink?", "It sank off Skell Island.", "Skell Island"),
        ("What happened when the bridge closed?", "Queues formed.", "Queues"),
    ],
)
def test_a_question_may_leave_it_open(question: str, text: str, span: str) -> None:
    assert fit(question, text, span) == 0.0


def test_a_count_of_another_noun_is_doubtful() -> None:
    text = "The bank will shut eleven of its 64 branches; 240 workers will go."
    assert fit("How many branches will close?", text, "eleven") == 1.0
    assert fit("How many branches will close?", text, "240") == -0.5


def test_an_unknown_currency_is_money_where_it_is_counted_in_millions_or_more_than_once() -> None:
    question = "How much does the airline owe?"
    assert fit(question, "Its debts are put at 210 million talars.", "210 million") == 0.5
    assert fit(question, "Its debts are put at 210 million talars.", "210 million talars") == 0.5
    assert fit(question, "It has 9,000 talars left of 40,000 talars.", "9,000") == 0.5
    assert fit(question, "It left 9,000 travellers behind.", "9,000") < 0
    assert fit(question, "It owes 3 million zloty.", "3 million zloty") == 1.0


@pytest.mark.parametrize(
    ("text", "inside", "after"),
    [
        ("RADOVEC, March 3 (TPA) - Four men died on Tuesday.", "March 3", "Tuesday"),
        ("MIRNIK - Thieves came on Saturday.", "MIRNIK", "Saturday"),
        ("Lower Osk (Reuters) – The vote is on 7 June.", "Lower Osk", "7 June"),
    ],
)
def test_a_dateline_is_told_from_the_report(text: str, inside: str, after: str) -> None:
    assert is_dateline(text, text.index(inside))
    assert not is_dateline(text, text.index(after))


@pytest.mark.parametrize("text", ["The vote on May 3 - a Friday - was close.", "On June 21: the longest day in Osk."])
def test_a_sentence_with_a_dash_is_no_dateline(text: str) -> None:
    assert not any(is_dateline(text, place) for place in range(len(text)))
