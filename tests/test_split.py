"""Sentences and chunks are exact slices that cover the text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.encoder import load_tokenizer
from index.sentences import sentences
from index.split import CHUNK_CHARACTERS, CHUNK_TOKENS, header, split

TOKENIZER = load_tokenizer(None)
# Pieces that news is made of, and what breaks careless offsets: emoji, combining marks, CRLF, no-break spaces.
PIECES = st.sampled_from(
    [
        "The ferry sank. ", "Mr. Brandt said no. ", "U.S. officials ", "“Did they?” Orlov asked. ", "\n\n", "\n",
        "\r\n\r\n",
        "Story highlights\n\n", "3.5 percent", " – ", "🚢🌊 ", "é́ ", "\u00a0", "al-Qayyarah ", "x" * 300, "word " * 80,
        "Ends here!” ", "No. 5 ", "(see p. 4.) ", "…and then. ", "日本語です。", "- item one\n", "A heading\n",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=400)


def offsets(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = TOKENIZER.encode(text, add_special_tokens=False).offsets
    return found


@given(TEXTS)
def test_sentences_cover_every_visible_character_once(text: str) -> None:
    spans = sentences(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    outside = list(text)
    for start, end in spans:
        outside[start:end] = " " * (end - start)
    assert "".join(outside).strip() == ""


@given(TEXTS)
def test_chunks_are_exact_slices_that_cover_the_text_and_fit(text: str) -> None:
    chunks = split(text, token_offsets=offsets)
    position = 0
    for chunk in chunks:
        assert text[chunk.start : chunk.end] == chunk.text
        assert text[position : chunk.start].strip() == ""
        assert len(offsets(chunk.text)) <= CHUNK_TOKENS
        assert len(chunk.text) <= CHUNK_CHARACTERS + CHUNK_CHARACTERS // CHUNK_TOKENS
        position = chunk.end
    assert text[position:].strip() == ""


@given(TEXTS)
def test_chunks_end_at_sentence_ends_unless_one_sentence_is_too_long(text: str) -> None:
    spans = sentences(text)
    ends = {end for _, end in spans}
    long = [
        (start, end)
        for start, end in spans
        if len(offsets(text[start:end])) > CHUNK_TOKENS // 2 or end - start > CHUNK_CHARACTERS // 2
    ]
    for chunk in split(text, token_offsets=offsets):
        assert chunk.end in ends or any(start < chunk.end < end for start, end in long)


def test_titles_initials_and_abbreviations_do_not_end_a_sentence() -> None:
    text = "Gen. J. K. Smith Jr. met the U.S. President on Jan. 5. He left at 5 p.m. The talks failed."
    assert [text[start:end] for start, end in sentences(text)] == [
        "Gen. J. K. Smith Jr. met the U.S. President on Jan. 5.",
        "He left at 5 p.m.",
        "The talks failed.",
    ]


def test_a_quoted_question_and_its_speaker_are_one_sentence() -> None:
    text = "“Did they pay?” Orlov asked. “Never!” The crowd left."
    found = [text[start:end] for start, end in sentences(text)]
    assert found == ["“Did they pay?” Orlov asked.", "“Never!”", "The crowd left."]


def test_a_wrapped_line_is_no_sentence_end_but_a_list_item_is() -> None:
    text = (
        "The harbour authority said on Monday that the ferry Aldry had been\noverloaded.\n- first item\n- second item"
    )
    assert [text[start:end] for start, end in sentences(text)] == [
        "The harbour authority said on Monday that the ferry Aldry had been\noverloaded.",
        "- first item",
        "- second item",
    ]


def test_a_heading_stays_with_what_it_heads() -> None:
    body = "The council met for three hours in the old town hall and agreed on nothing at all. "
    text = body * 8 + "\n\nWhat happens now\n\n" + body * 6
    chunks = split(text, token_offsets=offsets)
    (holding,) = [chunk.text for chunk in chunks if "What happens now" in chunk.text]
    assert "What happens now\n\nThe council met" in holding


def test_the_header_is_one_line_of_title_and_day() -> None:
    assert header("Bridge\nreopens", "2025-03-04T10:00:00Z") == "Bridge reopens (2025-03-04)"
    assert header("", None) == ""
