"""Yes or no is said only where a sentence says it of the same things, and a doer only where it did it."""

import pytest

from rag.affirm import does, said, statement

RETAKEN = (
    "Iraqi forces backed by U.S.-led airstrikes have retaken an air base from ISIS near Mosul, Iraqi Prime Minister "
    "Haider al-Abadi said Saturday."
)
SWEPT = "The forces are sweeping al-Qayyara air base, about 65 kilometers (40 miles) south of Mosul."
KILLED = "At least 38 ISIS militants were killed in the operation to retake the base."
FALLUJA = "Iraq declared it had regained full control of Falluja, as the militant group loses more ground."
TRUCKS = "The forces have also destroyed four trucks mounted with machine guns."
OBAMA = "Obama said his administration was “not ruling out the possibility” of sending hundreds of additional troops."


@pytest.mark.parametrize(
    ("question", "quote", "word"),
    [
        ("Was the air base retaken from ISIS?", RETAKEN, "Yes"),
        ("Were militants killed in the operation?", KILLED, "Yes"),
        ("Can the base be used by the army?", "The base can be used by the army and the coalition.", "Yes"),
        ("Is the base north of Mosul?", f"{SWEPT} The base is large.", "No"),
        ("Has Obama ruled out sending more troops?", OBAMA, "No"),
        ("May farmers take more water?", "Farmers will not be allowed to use more water for the time being.", "No"),
        ("Was Strand hurt?", "Strand was not hurt, he said.", "No"),
        ("Was anybody hurt?", "Nobody was hurt.", "No"),
        ("Was anyone hurt?", "Two people were hurt by falling tiles.", "Yes"),
        ("Was anybody hurt when the train derailed?", "The train derailed near Lund. Nobody was hurt.", "No"),
        ("Did Anders Roake drown?", "The order came from the first mate, Anders Roake, who drowned.", "Yes"),
        ("Did the council approve the plan?", "The council approved the plan by 14 votes to 11.", "Yes"),
        ("Did the council approve the plan?", "The council rejected the plan by 14 votes to 11.", "No"),
    ],
)
def test_a_sentence_says_yes_or_no(question: str, quote: str, word: str) -> None:
    assert said(question, quote, published="2016-07-09", context=quote) == word


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Did ISIS retake the air base?", RETAKEN),
        ("Was the air base retaken by Kurdish forces?", RETAKEN),
        ("Was the air base destroyed?", TRUCKS),
        ("Did civilians die in the operation?", KILLED),
        ("Was the base retaken?", KILLED),
        ("Did Iraq lose control of Falluja?", FALLUJA),
        ("Were fifty militants killed?", KILLED),
        ("Did the council approve the plan?", "The council may approve the plan in June."),
        ("Did the council approve the plan?", "The council was asked whether it approved the plan."),
        ("Did Berg beat Lund?", "Lund beat Berg in the final."),
        ("Did Emil Strand drown?", "The engineer of the ferry that sank on Saturday, Emil Strand, heard an alarm."),
        ("Was Odile Marrant acquitted?", "Odile Marrant, who is accused of fraud, listened with folded hands."),
        ("Has the ban been lifted?", "The ban is to be lifted on Saturday."),
        ("Did Erik Falk know about the taxes?", "Erik Falk resigned after it became known that he owed taxes."),
        ("Was anyone hurt in the derailment near Lund?", "A rail and not a wheel made a train derail near Lund."),
        ("Wasn't the air base retaken from ISIS?", RETAKEN),
    ],
)
def test_neither_yes_nor_no_where_the_words_are_said_of_something_else(question: str, quote: str) -> None:
    assert said(question, quote, published="2016-07-09", context=quote) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Was the air base retaken from ISIS?", "the air base was retaken from ISIS"),
        ("Will the farmers be compensated?", "the farmers will be compensated"),
        ("Did the ship sink?", "the ship sank"),
        ("Has the U.S. ruled out sending troops?", "the U.S. has ruled out sending troops"),
    ],
)
def test_a_question_becomes_a_statement(question: str, told: str) -> None:
    assert statement(question) == told


@pytest.mark.parametrize(
    ("question", "name", "quote", "did"),
    [
        ("Who retook the air base?", "Iraqi forces", RETAKEN, True),
        ("Who retook the air base?", "Haider al-Abadi", RETAKEN, False),
        ("Who killed 38 militants?", "ISIS", KILLED, False),
        ("Who bombed the air base?", "Iraqi forces", RETAKEN, None),
        ("Who reported from Atlanta?", "Ann Lee", "Ann Lee reported from Iraq, Bo Berg reported from Atlanta.", False),
        ("Who reported from Atlanta?", "Bo Berg", "Ann Lee reported from Iraq, Bo Berg reported from Atlanta.", True),
        ("Who reported from Paris?", "Ann Lee", "Ann Lee contributed to this report and reported from Paris.", True),
        ("Who approved the plan?", "the council", "The plan was approved by the council.", True),
    ],
)
def test_who_did_it_stands_on_the_doers_side(question: str, name: str, quote: str, did: bool | None) -> None:
    assert does(question, name, quote, quote.index(name)) is did
