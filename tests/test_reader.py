"""The local reader: exact offsets on any text, the same reading every time, and no damaged weights."""

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import ReaderError
from rag.reader import Reader
from rag.reader.model import WEIGHTS, shipped
from rag.reader.windows import OVERLAP_PIECES, WINDOW_PIECES, heading_of, windows

AIR_BASE = (
    "The Iraqi military is sweeping al-Qayyara air base, about 65 kilometers (40 miles) south of Mosul.\r\n\r\n"
    "At least 38 militants were killed in the operation, Sabah Nouri, the spokesman, said Saturday. 🛩️ "
    "The forces also detonated more than 100 improvised explosive devices."
)
BAKERY = "The bakery on Lind Street opens at six in the morning and sells rye bread on Thursdays only."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def test_it_points_at_a_number_with_its_qualifier(reader: Reader) -> None:
    (reading,) = reader.read("How many militants were killed?", [AIR_BASE])
    assert reading.spans[0].text == "At least 38"
    assert AIR_BASE[reading.spans[0].start : reading.spans[0].end] == "At least 38"


def test_it_points_at_a_distance_with_its_unit_and_conversion(reader: Reader) -> None:
    (reading,) = reader.read("How far is the air base from Mosul?", [AIR_BASE])
    assert reading.spans[0].text == "about 65 kilometers (40 miles)"


def test_a_passage_that_answers_stands_above_one_that_does_not(reader: Reader) -> None:
    here, elsewhere = reader.read("How many militants were killed?", [AIR_BASE, BAKERY])
    assert here.margin > elsewhere.margin
    assert here.relevance > elsewhere.relevance
    assert elsewhere.margin < 0


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    assert reader.read("Who is the spokesman?", [AIR_BASE]) == reader.read("Who is the spokesman?", [AIR_BASE])


def test_together_and_one_by_one_agree_exactly(reader: Reader) -> None:
    passages = [AIR_BASE, BAKERY, "", AIR_BASE * 12, "Short."]
    together = reader.read("Who is the spokesman?", passages)
    assert together == [reader.read("Who is the spokesman?", [passage])[0] for passage in passages]


@pytest.mark.parametrize("empty", ["", " \n\t", "\u200b"])
def test_an_empty_passage_has_no_answer(reader: Reader, empty: str) -> None:
    (reading,) = reader.read("Who is the spokesman?", [empty])
    assert reading.spans == ()
    assert reading.margin < -50


def test_no_passages_give_no_readings(reader: Reader) -> None:
    assert reader.read("Who is the spokesman?", []) == []


def test_the_answer_is_found_at_the_end_of_a_giant_passage(reader: Reader) -> None:
    giant = (BAKERY + " ") * 60 + AIR_BASE
    (reading,) = reader.read("How many militants were killed?", [giant])
    assert reading.spans[0].text == "At least 38"
    assert reading.spans[0].start > 5_000


def test_a_word_without_end_is_read_without_harm(reader: Reader) -> None:
    (reading,) = reader.read("What?", ["x" * 300_000])
    assert all(span.end <= 300_000 for span in reading.spans)


def test_a_question_of_two_thousand_words_is_cut_not_refused(reader: Reader) -> None:
    (reading,) = reader.read("why " * 2_000, [AIR_BASE])
    assert reading.spans


WORDS = st.sampled_from(
    [
        "At least 38",
        "café",
        "naïve",
        "🛩️",
        "👩‍👩‍👧",
        "Иран",
        "東京",
        "e\u0301",
        "\r\n",
        "\n\n",
        "“",
        "”",
        "(",
        ")",
        "$4.5",
        "million",
        "al-Abadi",
        "'s",
        ".",
        ",",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_every_span_is_the_slice_at_its_offsets(reader: Reader, text: str) -> None:
    (reading,) = reader.read("How many were there?", [text])
    for span in reading.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    ordered = sorted(reading.spans, key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in pairwise(ordered))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, title=TEXTS)
def test_under_a_title_spans_still_lie_in_the_passage(reader: Reader, text: str, title: str) -> None:
    (reading,) = reader.read("How many were there?", [text], [title])
    assert all(text[span.start : span.end] == span.text for span in reading.spans)


def test_an_answer_in_the_title_alone_is_no_answer(reader: Reader) -> None:
    (reading,) = reader.read("How many militants were killed?", [BAKERY], ["At least 38 militants killed"])
    assert all("38" not in span.text for span in reading.spans)


def test_the_title_says_what_a_passage_is_about(reader: Reader) -> None:
    passage = "At least 38 people were killed, the ministry said on Saturday."
    named, unnamed = reader.read(
        "How many people were killed at the Qayyara air base?", [passage] * 2, ["Qayyara air base", "The bakery"]
    )
    assert named.margin > unnamed.margin


@pytest.mark.parametrize(
    ("title", "passage", "heading"),
    [
        ("The Andes", "They are long.", "The Andes."),
        ("Who won?", "Nobody.", "Who won?"),
        (" Spread \n out ", "Here.", "Spread out."),
        ("", "Here.", ""),
        (" ", "Here.", ""),
        ("Here it is", "Here it is\n\nFor all to see.", ""),
    ],
)
def test_a_title_is_read_as_a_sentence_and_never_twice(title: str, passage: str, heading: str) -> None:
    assert heading_of(title, passage) == heading


def test_a_passage_that_was_read_for_a_question_is_not_read_again() -> None:
    runs: list[int] = []

    class Counting:
        def run(self, names: object, given: dict[str, Any]) -> Any:
            runs.append(int(given["ids"].shape[1]))
            return shipped()._session.run(names, given)

    reader = Reader(Counting(), shipped()._tokenizer, fingerprint="")
    texts = ["The Lady Aldry was built in 1994.", "She sank in April."]
    first = reader.read("When was it built?", texts)
    assert reader.read("When was it built?", texts) == first
    assert len(runs) == 2
    assert reader.read("When did it sink?", texts) != first
    assert len(runs) == 4


@given(pieces=st.integers(0, 5_000), question=st.integers(1, 64))
def test_windows_cover_every_piece_and_overlap_by_the_longest_answer(pieces: int, question: int) -> None:
    found = windows(pieces, question)
    assert [piece for piece in range(pieces) if not any(a <= piece < b for a, b in found)] == []
    assert all(question + 3 + b - a <= WINDOW_PIECES for a, b in found)
    assert all(one[1] - other[0] >= OVERLAP_PIECES for one, other in pairwise(found))


def _copied(folder: Path) -> Path:
    for name in ("reader.onnx", "tokenizer.json", "manifest.json", "judge.json"):
        shutil.copy(WEIGHTS / name, folder / name)
    return folder


def test_missing_weights_are_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"missing or unreadable.*pip install --force-reinstall"):
        Reader.load(tmp_path)


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json"])
def test_one_changed_byte_is_refused_by_its_hash(tmp_path: Path, name: str) -> None:
    folder = _copied(tmp_path)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ReaderError, match=rf"{name} is damaged \(sha256"):
        Reader.load(folder)


def test_a_file_that_went_missing_is_named(tmp_path: Path) -> None:
    folder = _copied(tmp_path)
    (folder / "reader.onnx").unlink()
    with pytest.raises(ReaderError, match=r"reader\.onnx is missing"):
        Reader.load(folder)


def test_a_manifest_that_is_no_manifest_is_refused(tmp_path: Path) -> None:
    folder = _copied(tmp_path)
    (folder / "manifest.json").write_text(json.dumps(["nothing"]))
    with pytest.raises(ReaderError, match="missing or unreadable"):
        Reader.load(folder)


def test_the_shipped_files_stay_below_thirty_megabytes() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 30_000_000
