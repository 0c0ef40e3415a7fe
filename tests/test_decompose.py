"""Questions in parts, and what follows from the parts' answers."""

import pytest
from langchain_core.language_models import FakeListChatModel

from rag.decompose import PartAnswer, combine, parts, parts_with_model


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which was built first, the dam or the ferry?", ["When was the dam built?", "When was the ferry built?"]),
        (
            "Which of the Ostrey Bridge and the Brannoc Bridge was built first?",
            ["When was the Ostrey Bridge built?", "When was the Brannoc Bridge built?"],
        ),
        ("Who resigned first: Tranter or Visser?", ["When did Tranter resign?", "When did Visser resign?"]),
        ("Which is longer, the Lady Aldry or the Nettle?", ["How long is the Lady Aldry?", "How long is the Nettle?"]),
        ("Who is older, Konrad Visser or Ada Lund?", ["How old is Konrad Visser?", "How old is Ada Lund?"]),
        (
            "Which killed more people, the fire or the storm?",
            ["How many people did the fire kill?", "How many people did the storm kill?"],
        ),
        (
            "Did the ferry sink before the cannery burned?",
            ["When did the ferry sink?", "When did the cannery burn?"],
        ),
        ("Who changed first: Tranter or Visser?", ["When did Tranter change?", "When did Visser change?"]),
        (
            "How many more seats did Labour win than the Greens?",
            ["How many seats did Labour win?", "How many seats did the Greens win?"],
        ),
        (
            "How many more people died in the storm than in the fire?",
            ["How many people died in the storm?", "How many people died in the fire?"],
        ),
        ("Who designed the bridge and who built the tram?", ["Who designed the bridge?", "Who built the tram?"]),
        (
            "How many people died in Ostrey and in Brannoc?",
            ["How many people died in Ostrey?", "How many people died in Brannoc?"],
        ),
        ("Who else was arrested besides Jan Petrov?", ["Who was arrested?"]),
        (
            "Compare the cost of the tram and the bridge.",
            ["What is the cost of the tram?", "What is the cost of the bridge?"],
        ),
    ],
)
def test_a_question_about_two_things_is_taken_apart(question: str, expected: list[str]) -> None:
    assert parts(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "How many people live in Ostrey?",
        "When and where was she born?",
        "Was the dam built before 1960?",
        "Who runs the bank formed by Osk Savings Bank and Montan Bank?",
        "Who announced the merger of Osk and Montan?",
        "Who said the ferry was safe before it sank?",
        "What did Onslow say before the vote?",
    ],
)
def test_a_plain_question_stays_whole(question: str) -> None:
    assert parts(question) is None


def test_dates_are_compared_each_by_its_own_article() -> None:
    answers = [
        PartAnswer(answer="Saturday", published="2025-04-05"),
        PartAnswer(answer="on Thursday", published="2025-04-17"),
    ]
    found = combine("Did the ferry sink before the cannery burned?", answers)
    assert found is not None
    assert found.answer == "Yes"
    assert found.text == "Yes: the ferry sank (Saturday) came before the cannery burned (on Thursday)."
    assert found.parts == (0, 1)


def test_the_first_of_two_is_named() -> None:
    found = combine(
        "Which was built first, the dam or the ferry?", [PartAnswer(answer="1957"), PartAnswer(answer="in 1994")]
    )
    assert found is not None
    assert found.text == "the dam (1957), before the ferry (in 1994)."


def test_numbers_are_compared_and_subtracted() -> None:
    more = combine(
        "Which killed more people, the fire or the storm?", [PartAnswer(answer="two"), PartAnswer(answer="12 people")]
    )
    assert more is not None
    assert more.answer == "the storm"
    seats = combine(
        "How many more seats did Labour win than the Greens?", [PartAnswer(answer="31"), PartAnswer(answer="17 seats")]
    )
    assert seats is not None
    assert seats.answer == "14 seats"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (None, "12"),
        ("several", "12"),
        ("91 million crowns", "$12 million"),
        ("at least 38", "45"),
        ("about 40", "42"),
        ("12 of 45", "7"),
        ("5 percent", "7"),
        ("800 metres", "2 hours"),
    ],
)
def test_nothing_is_claimed_that_the_parts_do_not_carry(one: str | None, two: str) -> None:
    answers = [PartAnswer(answer=one), PartAnswer(answer=two)]
    assert combine("Which killed more people, the fire or the storm?", answers) is None


@pytest.mark.parametrize(
    ("one", "two", "answer"),
    [
        ("800 m", "1.2 km", "the dam"),
        ("800m long", "750 metres", "the fire"),
        ("3m people", "2 million", "the fire"),
        ("-15 degrees", "5 degrees", "the dam"),
        ("minus 15 degrees", "−20 degrees", "the fire"),
        ("two weeks", "10 days", "the fire"),
        ("$800 m", "$1.2 bn", "the dam"),
    ],
)
def test_amounts_are_compared_with_unit_and_sign(one: str, two: str, answer: str) -> None:
    answers = [PartAnswer(answer=one), PartAnswer(answer=two)]
    found = combine("Which was larger, the fire or the dam?", answers)
    assert found is not None
    assert found.answer == answer


def test_a_difference_has_the_unit_that_was_compared_in() -> None:
    answers = [PartAnswer(answer="1.2 km"), PartAnswer(answer="800 m")]
    found = combine("How much longer is the Arn tunnel than the Bex tunnel?", answers)
    assert found is not None
    assert found.answer == "400 metres"


def test_a_weekday_to_come_is_the_next_one() -> None:
    answers = [
        PartAnswer(answer="Saturday", published="2025-05-07", ahead=True),
        PartAnswer(answer="on Monday", published="2025-05-06"),
    ]
    found = combine("Did the concert take place before the regatta?", answers)
    assert found is not None
    assert found.answer == "No"


def test_the_order_of_one_day_within_a_month_is_not_claimed() -> None:
    answers = [PartAnswer(answer="April 2025"), PartAnswer(answer="April 5, 2025")]
    assert combine("Which happened first, the vote or the fire?", answers) is None


def test_who_else_leaves_out_the_one_that_was_named() -> None:
    found = combine("Who else was arrested besides Jan Petrov?", [PartAnswer(answer="Jan Petrov and Maria Orlov")])
    assert found is not None
    assert found.answer == "Maria Orlov"
    assert combine("Who else was arrested besides Jan Petrov?", [PartAnswer(answer="Petrov")]) is None


def test_a_models_parts_are_used_when_they_ask_about_nothing_new() -> None:
    question = "Did more people die on the Lady Aldry than in the storm?"
    model = FakeListChatModel(responses=["1. How many died on the Lady Aldry?\n2. How many died in the storm?"])
    assert parts_with_model(question, model) == ["How many died on the Lady Aldry?", "How many died in the storm?"]
    assert parts_with_model("Who won?", FakeListChatModel(responses=["SINGLE"])) is None
    invented = FakeListChatModel(responses=["How many died in Paris?\nHow many died in Rome?"])
    assert parts_with_model("Who won the race?", invented) is None
