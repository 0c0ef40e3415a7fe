"""The cell that a question asks for is found by its row and its column, and none where the table does not say."""

from pathlib import Path

import pytest

from index import Library, read
from index.records import Passage
from rag import Assistant
from rag.answerers.cells import in_row
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
CLUBS = (
    "Abergele Breda Cuxhaven Delft Emden Flensburg Gdynia Husum Ijmuiden Jever Kiel Lowestoft Malmo Norden Ostend "
    "Papenburg Quimper Rostock Skagen Zandvoort"
).split()
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


def test_an_empty_cell_keeps_its_column_and_a_short_row_is_left_out() -> None:
    rows = ("Town | Price | Sold", "Osk | | 44", "Ellen | 180 | 19", "Lund | 7", "Tarn | 90 | 71")
    text = "\n".join(["Flats of the towns:", *(f"| {row} |" for row in rows)])
    (table,) = tables(text)
    assert [[box.text for box in row] for row in table.rows] == [
        ["Osk", "", "44"], ["Ellen", "180", "19"], ["Tarn", "90", "71"],
    ]  # fmt: skip
    for row in (table.header, *table.rows):
        assert all(text[box.start : box.end] == box.text for box in row)
    sold = look_up("How many flats were sold in Osk?", "", text)
    assert sold is not None
    assert sold.cell.text == "44"
    assert look_up("What is the price of flats in Osk?", "", text) is None


def test_a_line_without_bars_ends_a_table() -> None:
    found = list(tables("a | b\n1 | 2\nno bar here\nx | y | z\n4 | 5 | 6\nthe end\nalone | row"))
    assert [(len(table.header), len(table.rows)) for table in found] == [(2, 1), (3, 1)]


def test_an_assistant_answers_from_a_row_whose_heading_stands_in_another_passage(tmp_path: Path) -> None:
    rows = "\n".join(f"| {name} Harbour Athletic Club | 18 | {n} | {60 - n} |" for n, name in enumerate(CLUBS, 10))
    text = (
        f"The northern rowing league ended on Sunday.\n\n| Club | Started | Won | Points |\n|---|---|---|---|\n{rows}"
    )
    (tmp_path / "league.md").write_text(f"# Northern rowing league\n\n{text}\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(read(str(tmp_path / "league.md")))
        answer = Assistant(library).ask("Which club of the northern rowing league has the fewest points?")
        holding = [one for one in answer.passages if "Zandvoort" in one.text]
        assert holding
        assert all("Points" not in one.text for one in holding)
    assert answer.answer == "Zandvoort Harbour Athletic Club"
    assert answer.citations[0].quote.startswith("Zandvoort")


def test_the_share_leaves_superlatives_out() -> None:
    assert share("Which town has the highest price?", "", "town and its price") == 1.0


def test_a_cell_is_checked_without_the_unit_that_its_heading_has() -> None:
    row = "Osk Rovers | 18 | 12 | 2 | 4 | 38"
    question = "How many points did Osk Rovers have?"
    assert disagreement(question, "38", row) == ""
    assert disagreement(question, "39", row) != ""
    assert disagreement(question, "38", "Osk Rovers sold 38 shirts.") != ""


def test_a_cell_is_not_compared_with_other_articles() -> None:
    text = "| Party | Share |\n| --- | --- |\n| Citizens' List | 16.2 |\n\nThe List said it was pleased."
    row = Passage(
        chunk_id=1, article_id="a", version=1, start=50, end=50 + len(text), text=text, title="", source="s",
        outlet=None, url=None, published=None,
    )  # fmt: skip
    assert in_row(row, 50 + text.index("16.2"))
    assert not in_row(row, 50 + text.index("pleased"))
