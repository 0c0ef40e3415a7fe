"""Windows of questions, days of articles."""

import pytest

from rag.article_dates import dated, resolve
from rag.dates import event_phrase, window
from rag.records import Window

TODAY = "2016-11-24"  # a Thursday


def bounds(question: str, **options: str) -> tuple[str | None, str | None, str | None] | None:
    found = window(question, today=TODAY, **options)
    return (found.after, found.before, found.prefer) if found else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What happened before July?", (None, "2016-07-01", None)),
        ("What did the council decide last week?", ("2016-11-14", "2016-11-21", None)),
        ("What happened in August 2016?", ("2016-08-01", "2016-09-01", None)),
        ("What happened on 12 April?", ("2016-04-12", "2016-04-13", None)),
        ("What has happened since Monday?", ("2016-11-21", None, None)),
        ("How many were missing as of 3 May?", (None, "2016-05-04", "latest")),
        ("How many had been rescued by Sunday?", (None, "2016-11-21", "latest")),
        ("What did the ministry say after July 9?", ("2016-07-10", None, None)),
        ("What changed between 3 May and 10 May?", ("2016-05-03", "2016-05-11", None)),
        ("What happened in the last three days?", ("2016-11-21", "2016-11-25", None)),
        ("What happened yesterday?", ("2016-11-23", "2016-11-24", None)),
        ("What did people say in the week of July 4?", ("2016-07-04", "2016-07-11", None)),
    ],
)
def test_a_question_with_a_time_gets_its_window(
    question: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    assert bounds(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2016 referendum?",
        "Who led the June 18 offensive?",
        "What did the referendum of 12 April decide?",
        "Who scored at the 2014 World Cup?",
        "Who was born in 1958?",
        "Who may lead the march?",
        "What happened on Black Friday?",
        "What happened in the 2015-16 season?",
        "What is planned for next week?",
        "When did the bridge open?",
        "What is the last day to apply for a refund?",
        "Who led on the last day of the campaign?",
    ],
)
def test_a_date_that_is_part_of_the_subject_is_no_window(question: str) -> None:
    assert window(question, today=TODAY) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was reported no earlier than 10 May?", ("2016-05-10", None, None)),
        ("What was reported not earlier than 10 May?", ("2016-05-10", None, None)),
        ("What do reports not published before 10 May say?", ("2016-05-10", None, None)),
        ("What do reports that weren't printed before 10 May say?", ("2016-05-10", None, None)),
        ("What happened on or after 10 May?", ("2016-05-10", None, None)),
        ("What did the minister say not after 5 May?", (None, "2016-05-06", None)),
        ("What do reports not published later than 5 May say?", (None, "2016-05-06", None)),
        ("What happened on or before 10 May?", (None, "2016-05-11", None)),
        ("How many were missing no later than 10 May?", (None, "2016-05-11", "latest")),
        ("Who had not resigned before 10 May?", (None, "2016-05-10", None)),
        ("Who had not resigned after 10 May?", ("2016-05-11", None, None)),
    ],
)
def test_a_bound_that_is_negated_or_holds_its_day_is_read_as_such(
    question: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    assert bounds(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Which articles were published between 2012 and 2014?",
        "Which strikes were there from 2012 to 2014?",
        "Between 2012 and 2014, how many strikes were there?",
    ],
)
def test_the_second_year_counts_where_nothing_follows_it(question: str) -> None:
    assert bounds(question) == ("2012-01-01", "2015-01-01", None)


@pytest.mark.parametrize(
    "question", ["Did the toll rise to 2000?", "Are there about 2000?", "Did 2010 to 2012 people come?"]
)
def test_a_number_that_looks_like_a_year_is_no_window(question: str) -> None:
    assert window(question, today=TODAY) is None


def test_latest_and_now_prefer_the_newest_without_a_bound() -> None:
    assert window("What is the latest toll?", today=TODAY) == Window(prefer="latest", phrase="latest", strict=False)
    assert bounds("Who is the mayor now?") == (None, None, "latest")
    assert bounds("Is the bridge closed today?") == (None, None, "latest")
    assert bounds("What was the initial count?") == (None, None, "earliest")


def test_still_does_not_turn_a_named_day_into_the_latest() -> None:
    assert bounds("How many were still missing on April 14?") == ("2016-04-14", "2016-04-15", None)


def test_a_named_day_is_a_preference_and_a_bound_on_what_was_known_is_strict() -> None:
    named, known = window("What happened on 12 April?", today=TODAY), window("What was known by 12 April?", today=TODAY)
    assert named is not None
    assert not named.strict
    assert known is not None
    assert known.strict


def test_a_month_without_a_year_is_one_that_the_library_can_hold() -> None:
    assert bounds("What happened in May?", newest="2015-06-30") == ("2015-05-01", "2015-06-01", None)


def test_a_period_before_the_first_article_is_the_subject() -> None:
    assert bounds("Who ran the port between 2001 and 2005?", oldest="2015-01-01") is None


def test_an_event_is_looked_up_and_becomes_a_preference() -> None:
    asked: list[str] = []

    def day_of(event: str) -> str | None:
        asked.append(event)
        return "2016-06-23"

    found = window("Who led the polls before the vote?", today=TODAY, published_of=day_of)
    assert found == Window(before="2016-06-23", phrase="before the vote", strict=False)
    assert asked == ["the vote: led polls"]
    assert event_phrase("Who took over after the mayor resigned?") == "the mayor resigned"


@pytest.mark.parametrize(
    "question",
    ["Who testified before the court?", "Who was the school named after the queen?", "What did he do before moving?"],
)
def test_before_a_court_and_named_after_are_no_events(question: str) -> None:
    assert event_phrase(question) is None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Saturday", "2016-07-09"),
        ("last Saturday", "2016-07-02"),
        ("last Friday", "2016-07-08"),
        ("Saturday evening", "2016-07-09"),
        ("yesterday", "2016-07-08"),
        ("will meet on Tuesday", "2016-07-12"),
        ("this month", "2016-07"),
        ("last month", "2016-06"),
        ("June 18", "2016-06-18"),
        ("Friday, July 8", "2016-07-08"),
        ("9 July 2016", "2016-07-09"),
        ("2016-06-18", "2016-06-18"),
        ("2016-13-45", None),
        ("in 2015", "2015"),
        ("two weeks ago", "2016-06-20/2016-06-26"),
        ("earlier this week", "2016-07-04/2016-07-09"),
        ("July 4-6", "2016-07-04/2016-07-06"),
        ("overnight", "2016-07-08/2016-07-09"),
        ("31 June", None),
        ("the second bridge", None),
    ],
)
def test_an_expression_in_an_article_becomes_absolute(expression: str, expected: str | None) -> None:
    assert resolve(expression, "2016-07-09T18:00:00+02:00") == expected


def test_without_the_articles_date_only_absolute_expressions_resolve() -> None:
    assert resolve("last Friday", None) is None
    assert resolve("18 June 2016", None) == "2016-06-18"


def test_every_date_in_a_text_is_found_with_its_offsets() -> None:
    text = "Obama said last month that May would march. The base fell on Saturday, 9 July."
    assert [(text[start:end], day) for start, end, day in dated(text, "2016-07-10")] == [
        ("last month", "2016-06"),
        ("Saturday, 9 July", "2016-07-09"),
    ]
