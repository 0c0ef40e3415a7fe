"""The cell that a question asks for is found by its row and its column, and none where the table does not say."""

import pytest

from rag.tables import look_up, share, tables
from rag.verify.answers import disagreement

LEAGUE = """The season ended on Sunday without a surprise at the top of the northern league.

| Club | Played | Won | Drawn | Lost | Points |
|---|---|---|---|---|---|
| Osk Rovers | 18 | 12 | 2 | 4 | 38 |
| Port Ellen | 18 | 9 | 6 | 3 | 33 |
| Tarn City | 18 | 4 | 1 | 13 | 13 |

Tarn City go down. The matches drew 40,000 people."""
PRICES = """Prices of flats in the towns of the bay, first quarter.

Town | Median price (crowns) | Change in a year (%) | Flats sold
Osk | 210,000 | +3.1 | 44
Ellen | 180,500 | -6.0 | 19
Tarn | 96,000 | -1.5 | 71"""
RACE = """The results of the bay run on Saturday.

Place | Runner | Club | Time
1 | Ada Lund | Osk Rovers | 41:07
2 | Mia Kell | Ellen Harriers | 41:55
3 | Eva Strom | Tarn City | 43:02"""
BUDGET = """The council's spending on schools, roads and parks in million crowns.

Department | 2024 | 2025
Schools | 41.0 | 44.5
Roads | 12.2 | 9.8"""


@pytest.mark.parametrize(
    ("text", "question", "cell"),
    [
        (LEAGUE, "How many points did Osk Rovers end the season with?", "38"),
        (LEAGUE, "How many matches did Port Ellen draw?", "6"),
        (LEAGUE, "Which club lost the most matches?", "Tarn City"),
        (LEAGUE, "Which club won the fewest matches?", "Tarn City"),
        (PRICES, "What is the median price of a flat in Ellen?", "180,500"),
        (PRICES, "How many flats changed hands in Tarn?", "71"),
        (PRICES, "In which town did prices fall the most?", "Ellen"),
        (RACE, "Who won the bay run?", "Ada Lund"),
        (RACE, "Who came third in the bay run?", "Eva Strom"),
        (RACE, "For which club does Mia Kell run?", "Ellen Harriers"),
        (BUDGET, "How much is the council spending on schools?", "44.5"),
        (BUDGET, "How much did the council spend on roads in 2024?", "12.2"),
    ],
)
def test_a_cell_is_found_by_row_and_column(text: str, question: str, cell: str) -> None:
    found = look_up(question, "", text)
    assert found is not None
    assert found.cell.text == cell
    assert text[found.cell.start : found.cell.end] == cell
    assert found.start <= found.cell.start < found.cell.end <= found.end
    assert "\n" not in text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (LEAGUE, "How many points did Osk Rovers have in the season of 2019 under coach Brandt?"),
        (LEAGUE, "How many points did Ivo Marsh score for Osk Rovers?"),
        (LEAGUE, "Since when has Port Ellen not won the league?"),
        (PRICES, "How many flats in Lund were sold?"),
        (PRICES, "Who sold the most expensive castle in Osk?"),
        ("No table at all, only Osk and its 38 points.", "How many points has Osk?"),
    ],
)
def test_what_the_table_does_not_say_is_not_looked_up(text: str, question: str) -> None:
    assert look_up(question, "", text) is None


def test_a_tie_has_no_first() -> None:
    text = "Goals of the clubs this season:\n\nClub | Goals\nOsk | 12\nEllen | 12\nTarn | 3"
    assert look_up("Which of the clubs has the most goals this season?", "", text) is None


def test_lines_with_another_number_of_cells_end_a_table() -> None:
    found = list(tables("a | b\n1 | 2\nx | y | z\n4 | 5 | 6\nno bar here\nalone | row"))
    assert [(len(table.header), len(table.rows)) for table in found] == [(2, 1), (3, 1)]


def test_the_share_leaves_superlatives_out() -> None:
    assert share("Which town has the highest price?", "", "town and its price") == 1.0


def test_a_cell_is_checked_without_the_unit_that_its_heading_has() -> None:
    row = "Osk Rovers | 18 | 12 | 2 | 4 | 38"
    question = "How many points did Osk Rovers have?"
    assert disagreement(question, "38", row) == ""
    assert disagreement(question, "39", row) != ""
    assert disagreement(question, "38", "Osk Rovers sold 38 shirts.") != ""
