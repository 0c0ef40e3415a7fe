"""Is a plain text, as it was scraped or typed, understood without a word of it being lost?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import read
from index.reading.dates import iso_date
from index.reading.encoding import decode
from index.reading.furniture import furniture
from index.reading.title import title_of
from index.records import Record

SCRAPED = (
    "Story highlights\n\n"
    "Tal-Arun dam can be used again within weeks\n\n"
    "12 engineers were hurt in the collapse\n\n"
    "Karsa, Velmora VNN \xa0— \n\n"
    "Engineers backed by the army have closed the breach in the Tal-Arun dam, the minister said Saturday.\n\n"
    "“We worked like ants,” said Ilan Dross, a spokesman for the dam’s authority. Tal-Aroun feeds two cities.\n\n"
    "VNN’s Mara Lind contributed to this report and reported from Ostrey. Ivo Brand reported from Karsa, Tess van Holt "
    "reported from Verrin and Ada Moor wrote and reported from London."
)


def first(path: Path, text: str, name: str = "article.txt") -> Record:
    file = path / name
    file.write_bytes(text.encode())
    (source,) = read(file)
    (record,) = source.records()
    assert isinstance(record, Record)
    return record


def pieces(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for start, end, kind in furniture(text)]


def test_a_scraped_article_gets_its_title_outlet_and_authors_and_keeps_every_character(tmp_path: Path) -> None:
    record = first(tmp_path, SCRAPED)
    assert record.text == SCRAPED
    assert record.title == "Tal-Arun dam can be used again within weeks"
    assert record.outlet == "VNN"
    assert record.author == "Mara Lind, Ivo Brand, Tess van Holt, Ada Moor"
    assert record.published is None
    assert record.language == "en"


def test_the_furniture_of_a_scraped_article_is_found_by_offsets() -> None:
    assert pieces(SCRAPED) == [
        ("highlights_heading", "Story highlights"),
        ("highlight", "Tal-Arun dam can be used again within weeks"),
        ("highlight", "12 engineers were hurt in the collapse"),
        ("dateline", "Karsa, Velmora VNN \xa0—"),
        ("contributors", SCRAPED[SCRAPED.index("VNN’s Mara") :]),
    ]


@pytest.mark.parametrize(
    ("opening", "dateline", "outlet"),
    [
        ("WASHINGTON (Reuters) - The senate voted.", "WASHINGTON (Reuters) -", "Reuters"),
        ("LONDON, July 9 (AP) — The queen spoke.", "LONDON, July 9 (AP) —", "AP"),
        ("(CNN) -- The dam broke.", "(CNN) --", "CNN"),
        ("(CNN)The dam broke.", "(CNN)", "CNN"),
        ("New York (CNN Business) — Shares fell.", "New York (CNN Business) —", "CNN Business"),
        ("São Paulo, Brazil CNN — The dam broke.", "São Paulo, Brazil CNN —", "CNN"),
        ("Port Verrin, Caldmark — \n\nThe dam broke.", "Port Verrin, Caldmark —", ""),
        ("PARIS — The president spoke.", "PARIS —", ""),
    ],
)
def test_datelines_of_many_houses_are_known(opening: str, dateline: str, outlet: str, tmp_path: Path) -> None:
    text = f"{opening} It was the second time this year that it happened.\n\nNobody was hurt.\n"
    assert ("dateline", dateline) in pieces(text)
    assert (first(tmp_path, text).outlet or "") == outlet


@pytest.mark.parametrize(
    "text",
    [
        "The FBI — which has led the inquiry — said nothing on Friday.\n\nNobody was charged.",
        "The council met on Friday.\n\nCasualties were reported from the area.",
        "The council met on Friday.\n\nJohn Smith reported from Iraq in 2003 and won a prize for it.",
        "Highlights of the festival were the two concerts on the island.\n\nThousands came.",
        "By the time the ship reached Karsa, the crew had left.\n\nNobody was found.",
    ],
)
def test_sentences_that_only_look_like_furniture_are_left_alone(text: str) -> None:
    assert pieces(text) == []


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Reporting by Mara Lind and Ivo Brand; Editing by Ada Moor", "Mara Lind, Ivo Brand"),
        ("VNN’s Mara Lind reported from the court. Ivo Brand contributed from Lissick.", "Mara Lind, Ivo Brand"),
        ("(Additional reporting by Mara Lind in Karsa)", "Mara Lind"),
        ("Associated Press writers Mara Lind in Karsa and Ivo Brand in Verrin contributed to this report.",
         "Mara Lind, Ivo Brand"),
    ],
)  # fmt: skip
def test_the_last_lines_name_the_contributors(line: str, author: str, tmp_path: Path) -> None:
    text = f"The council met on Friday and voted for the bridge, the mayor said.\n\n{line}\n"
    assert pieces(text) == [("contributors", line)]
    assert first(tmp_path, text).author == author


def test_a_headline_byline_and_date_line_are_understood(tmp_path: Path) -> None:
    text = (
        "Harbour bridge opens after months\n\nBy Mara Lind and Ivo Brand, VNN\n\n"
        "Updated 5:21 PM ET, Sat July 9, 2016\n\nThe bridge opened on Friday, the mayor said.\n"
    )
    record = first(tmp_path, text)
    assert record.text == text
    assert record.title == "Harbour bridge opens after months"
    assert (record.author, record.outlet) == ("Mara Lind, Ivo Brand", "VNN")
    assert record.published == "2016-07-09T17:21:00-04:00"
    assert [kind for kind, _ in pieces(text)] == ["byline", "date_line"]


def test_a_header_block_is_read_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    record = first(
        tmp_path,
        "Title: A bridge opens\nAuthor: Mara Lind\nOutlet: The Courant\nPublished: 4 March 2026\n"
        "Updated: March 5, 2026 5:21 PM EST\nURL: https://courant.example/bridge\nLanguage: en\n\nThe bridge opened.\n",
    )
    assert record == Record(
        text="The bridge opened.\n",
        title="A bridge opens",
        author="Mara Lind",
        outlet="The Courant",
        published="2026-03-04",
        updated="2026-03-05T17:21:00-05:00",
        url="https://courant.example/bridge",
        source=record.source,
    )


def test_lines_with_colons_that_are_no_header_stay_in_the_text(tmp_path: Path) -> None:
    for text in ("Title: a history of the word\nIt came from Latin.\n", "Verdict: guilty\n\nThe court ruled.\n"):
        assert first(tmp_path, text).text == text


def test_a_text_without_any_headline_is_called_by_its_first_sentence() -> None:
    assert title_of("The bridge opened on Friday, the mayor said. Thousands came.") == (
        "The bridge opened on Friday, the mayor said"
    )
    assert title_of("(CNN) -- The dam broke on Friday. Nobody was hurt.") == "The dam broke on Friday"
    long = (
        "The bridge over the Lind that had been closed for months while workers replaced its cables opened on Friday."
    )
    assert title_of(f"{long} Thousands came.") == (
        "The bridge over the Lind that had been closed for months while workers replaced its cables opened on Friday"
    )
    assert title_of(f"{long[:-1]}, the mayor said. Thousands came.").endswith("opened on Friday…")


@given(st.text(max_size=400))
def test_furniture_never_overlaps_and_lies_within_the_text(text: str) -> None:
    end = 0
    for start, stop, _ in furniture(text):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.lists(st.sampled_from(SCRAPED.split("\n\n")), max_size=12))
def test_furniture_of_shuffled_articles_is_made_of_whole_pieces(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    for start, stop, kind in furniture(text):
        assert text[start:stop].strip() == text[start:stop]
        assert kind in {"highlights_heading", "highlight", "dateline", "contributors"}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2016-07-09", "2016-07-09"),
        ("2016-07-09T17:21:00Z", "2016-07-09T17:21:00+00:00"),
        ("2016-07-09 17:21:00 +0200", "2016-07-09T17:21:00+02:00"),
        ("July 9, 2016", "2016-07-09"),
        ("9 July 2016", "2016-07-09"),
        ("Sat, 09 Jul 2016 17:21:00 GMT", "2016-07-09T17:21:00+00:00"),
        ("Published 10:02 GMT, 9 July 2016", "2016-07-09T10:02:00+00:00"),
        ("Sept. 3, 2016", "2016-09-03"),
        ("13/07/2016", "2016-07-13"),
        ("07/13/2016", "2016-07-13"),
        ("07/09/2016", None),
        ("09.07.2016", "2016-07-09"),
        ("1468085460", "2016-07-09T17:31:00+00:00"),
        (1468085460000, "2016-07-09T17:31:00+00:00"),
        ("yesterday", None),
        ("2 hours ago", None),
        ("July 2016", None),
        ("February 30, 2016", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_dates_become_iso_or_nothing(written: object, day: str | None) -> None:
    assert iso_date(written) == day


def test_dates_of_other_languages_are_read_in_the_language_that_is_named() -> None:
    assert iso_date("9 juillet 2016", language="fr") == "2016-07-09"
    assert iso_date("9. Juli 2016", language="de") == "2016-07-09"
    assert iso_date("gestern", language="de") is None


@given(st.text(max_size=60))
def test_any_date_text_gives_iso_or_nothing(written: str) -> None:
    found = iso_date(written)
    assert found is None or found[4] == found[7] == "-"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_curly_quotes_are_read_in_every_usual_encoding(encoding: str) -> None:
    text = "“Fled like rats,” said the minister’s aide — in Zürich.\n"
    assert decode(text.replace("\n", "\r\n").encode(encoding))[0] == text


def test_other_alphabets_without_a_declaration_are_recognised() -> None:
    russian = "Совет проголосовал в пятницу за открытие моста, сообщил мэр города журналистам утром. " * 4
    assert decode(russian.encode("cp1251"))[0] == russian
    japanese = "市議会は金曜日に橋の開通を承認したと市長が記者団に語った。" * 6
    assert decode(japanese.encode("shift_jis"))[0] == japanese


@given(st.text())
def test_utf8_comes_back_but_for_line_ends_and_what_cannot_be_stored(text: str) -> None:
    plain = text.encode("utf-8", "replace").decode().replace("\x00", "").lstrip("\ufeff").replace("\r", "")
    assert decode(plain.encode())[0] == plain
