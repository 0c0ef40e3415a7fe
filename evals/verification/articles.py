"""Which articles are claims made from? The sample newsroom, whole stories on one side of the split."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.reading import read
from index.records import Record
from index.sentences import sentences

NEWSROOM = Path(__file__).parent.parent / "newsroom" / "articles"
# Stories that the rules were developed on, by a word of the article's key or title; every other story only reports.
DEVELOPMENT = (
    "ferry",
    "ostrey-buries",
    "ansgar",
    "election",
    "recount",
    "dankworth",
    "reservoir",
    "hosepipe",
    "measles",
    "meteorite",
    "mill-bridge",
    "cold-water-reef",
    "eagles",
    "0507-bank",
    "cup-final",
    "league-final",
    "house-prices",
    "gannet",
    "school-phones",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of the newsroom: its key, the facts that the verifier reads, and its side of the split."""

    key: str
    title: str
    text: str
    published: str | None
    split: str


@lru_cache(maxsize=1)
def pieces() -> tuple[Piece, ...]:
    """Every article of the sample newsroom, by key."""
    found = []
    for source in read(NEWSROOM):
        for record in source.records():
            if isinstance(record, Record):
                key = record.id or source.key
                split = "dev" if any(word in key for word in DEVELOPMENT) else "test"
                found.append(Piece(key, record.title, record.text, record.published, split))
    return tuple(sorted(found, key=lambda piece: piece.key))


def statements(piece: Piece) -> list[str]:
    """The sentences of an article that a person might repeat: whole, of 6 to 45 words, no headings or by-lines."""
    found = []
    for start, end in sentences(piece.text):
        sentence = " ".join(piece.text[start:end].split())
        words = sentence.split()
        whole = sentence[-1] in '.”"' and sentence[0] not in "|#*-" and not sentence.endswith("?”")
        if whole and 6 <= len(words) <= 45 and "contributed to this report" not in sentence and "http" not in sentence:
            found.append(sentence)
    return found
