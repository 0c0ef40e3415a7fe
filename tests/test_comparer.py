"""The comparer judges one marked place in another report; it reads the question, the known sentence and the place's."""

import json
import shutil
from pathlib import Path

import pytest

from index.errors import ReaderError
from rag.likeness import Form
from rag.reader.comparer import (
    AROUND_PIECES,
    COMPARER,
    QUESTION_PIECES,
    SENTENCE_PIECES,
    Comparer,
    Place,
    anchored,
    compared,
    shipped_comparer,
)
from rag.reader.model import WEIGHTS, tokenizer_of
from rag.reader.windows import TITLE_PIECES

TOLL = "How many people died when the Lady Aldry sank?"
KNOWN = "At least four people died when the Lady Aldry sank in Skell Sound, the coastguard said."


def place(text: str, marked: str, title: str = "") -> Place:
    start = text.index(marked)
    return Place(title=title, text=text, start=start, end=start + len(marked))


@pytest.mark.parametrize(
    ("form", "span", "anchor"),
    [
        ("number", "At least four people", "four"),
        ("number", "some 1.2 million crowns", "1.2 million"),
        ("number", "about €84,500.", "84,500"),
        ("number", "dozens", "dozens"),
        ("time", "late on Saturday evening", "Saturday evening"),
        ("name", "the captain, Tomas Hedvik", "Tomas Hedvik"),
        ("other", "a blocked valve", "a blocked valve"),
    ],
)
def test_the_figure_day_or_name_itself_is_marked(form: Form, span: str, anchor: str) -> None:
    text = f"It was told of {span} that day."
    start = text.index(span)
    first, last = anchored(text, start, start + len(span), form)
    assert text[first:last] == anchor


def test_it_reads_both_sentences_under_their_titles_with_the_places_in_brackets() -> None:
    tokenizer = tokenizer_of(WEIGHTS)
    text = "It was dark. Divers searched all night. The toll stands at nine. Nobody else was found."
    before, after = compared(
        TOLL,
        place(KNOWN, "four", "Ferry sinks"),
        place(text, "nine", "Toll rises"),
        lambda part: tokenizer.encode(part, add_special_tokens=False).ids,
    )
    assert tokenizer.decode(before).startswith(
        "how many people died when the lady aldry sank? ferry sinks. at least [ four ]"
    )
    assert tokenizer.decode(after) == "toll rises. divers searched all night. the toll stands at [ nine ]."


def test_what_is_long_is_cut_around_the_place() -> None:
    tokenizer = tokenizer_of(WEIGHTS)
    long = f"{'and so on ' * 200}nine{' and so forth' * 200}."
    before, after = compared(
        "why " * 200,
        place(long, "nine", "title " * 100),
        place(long, "nine", "title " * 100),
        lambda part: tokenizer.encode(part, add_special_tokens=False).ids,
    )
    assert len(before) <= QUESTION_PIECES + TITLE_PIECES + SENTENCE_PIECES
    assert len(after) <= TITLE_PIECES + AROUND_PIECES
    assert "[ nine ]" in tokenizer.decode(before)
    assert "[ nine ]" in tokenizer.decode(after)


def test_the_toll_of_the_same_ferry_is_likelier_than_other_figures_near_it() -> None:
    text = (
        "Divers searched the Lady Aldry for 11 hours. The toll has risen to nine, police said. She carried 213 people."
    )
    other = "Four died when a bus ran off the road near Ostrey on Monday."
    scores = shipped_comparer().compare(
        TOLL, place(KNOWN, "four"), [place(text, "nine"), place(text, "11"), place(text, "213"), place(other, "Four")]
    )
    assert max(scores) == scores[0] > 0 > max(scores[1:3])
    assert scores[0] > scores[3]


def test_a_score_depends_on_its_place_alone() -> None:
    text = "The toll has risen to nine, police said. She carried 213 people."
    places = [place(text, "nine"), place(text, "213")]
    both = shipped_comparer().compare(TOLL, place(KNOWN, "four"), places)
    assert both == [shipped_comparer().compare(TOLL, place(KNOWN, "four"), [one])[0] for one in places]
    assert shipped_comparer().compare(TOLL, place(KNOWN, "four"), []) == []


def _copied(folder: Path) -> Path:
    for name in ("reader.onnx", "tokenizer.json", "manifest.json", COMPARER):
        shutil.copy(WEIGHTS / name, folder / name)
    return folder


def test_a_changed_comparer_is_refused(tmp_path: Path) -> None:
    folder = _copied(tmp_path)
    content = bytearray((folder / COMPARER).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / COMPARER).write_bytes(content)
    with pytest.raises(ReaderError, match=r"comparer\.onnx is damaged \(sha256"):
        Comparer.load(folder)


def test_a_comparer_of_other_weights_is_refused(tmp_path: Path) -> None:
    """Its lower layers lie in reader.onnx: where that was replaced, its manifest does not name the comparer."""
    folder = _copied(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["files"][COMPARER]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ReaderError, match="missing or unreadable"):
        Comparer.load(folder)
