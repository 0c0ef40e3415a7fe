"""The sentence that tells whether, why or how: of the right passage, the newest where it says yes or no."""

from index.records import Passage
from rag.reader.kinds import kind_of
from rag.telling import reason, yes_or_no


def passage(number: int, text: str, *, title: str = "", published: str = "2025-04-08") -> Passage:
    return Passage(
        chunk_id=number, article_id=f"a{number}", version=1, start=100, end=100 + len(text), text=text, title=title,
        source="s", outlet="Courant", url=None, published=published,
    )  # fmt: skip


def quoted(question: str, *passages: Passage) -> str | None:
    find = yes_or_no if kind_of(question) == "yes_no" else reason
    told = find(question, passages, {})
    if told is None:
        return None
    one = passages[told.passage]
    return one.text[told.start - one.start : told.end - one.start]


def test_the_newest_passage_that_says_yes_or_no_is_quoted() -> None:
    before = passage(1, "The bridge was not reopened on Monday, the council said.", published="2025-04-07")
    after = passage(2, "The bridge was reopened at noon, the council said.", published="2025-05-20")
    told = yes_or_no("Was the bridge reopened?", [before, after], {})
    assert told is not None
    assert (told.passage, told.word) == (1, "Yes")
    told = yes_or_no("Was the bridge reopened?", [before], {})
    assert told is not None
    assert told.word == "No"


def test_the_sentence_that_gives_the_reason_is_quoted() -> None:
    text = "Noor Baptiste headed the first goal. Baptiste was playing only because Vale had pulled a muscle."
    assert quoted("Why was Noor Baptiste playing?", passage(1, text)) == text[37:]


def test_a_passage_that_does_not_name_whom_is_asked_about_tells_nothing() -> None:
    assert quoted("Why did Angela Merkel visit the base?", passage(1, "He came because the base was retaken.")) is None
    assert quoted("Did Angela Merkel visit the base?", passage(1, "The minister visited the base.")) is None
