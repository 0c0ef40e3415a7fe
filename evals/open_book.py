"""Every paragraph of a set in one library: what the reader is calibrated and measured on, open book.

SQuAD-format files: the first 8 articles of the SQuAD half and new_wiki's 33rd to 40th choose, the last 8 of each
report.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import Library
from index.records import Filters, Passage, Record, Unreadable
from rag.fuse import fuse

SQUAD, NEW_WIKI = "squad/squad2-dev-half.json", "squadshifts/new_wiki.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question over the book. `answers` empty: it is unanswerable, because `without` (an article's title) is taken
    out of the book, or because the set says so (`without` None).
    """

    question: str
    paragraph: str
    article: str
    answers: tuple[str, ...]
    without: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A source of one record a paragraph, for `Library.add`."""

    articles: Sequence[dict[str, Any]]
    name: str = "paragraphs"
    key: str = "paragraphs"
    root: str = ""

    def fingerprint(self) -> str:
        """One add a book; never read again."""
        return self.name

    def records(self) -> Iterator[Record | Unreadable]:
        """`TITLE#NUMBER` is the id."""
        for article in self.articles:
            for number, paragraph in enumerate(article["paragraphs"]):
                title = article["title"].replace("_", " ")
                yield Record(text=paragraph["context"], id=f"{article['title']}#{number}", title=title)


class Book:
    """A library of paragraphs and the questions over it."""

    def __init__(self, library: Library, articles: Sequence[dict[str, Any]]) -> None:
        self.library = library
        self.articles = articles

    @classmethod
    def build(cls, folder: Path, articles: Sequence[dict[str, Any]]) -> "Book":
        """Add every paragraph to a new library in `folder`."""
        library = Library.open(folder)
        library.add([Paragraphs(articles)])
        return cls(library, articles)

    def questions(self, *, impossible: bool = False) -> list[Asked]:
        """All answerable questions, or all that the set itself says its paragraph does not answer."""
        return [
            Asked(
                question=entry["question"], paragraph=f"{article['title']}#{number}", article=article["title"],
                answers=() if impossible else tuple(dict.fromkeys(answer["text"] for answer in entry["answers"])),
            )
            for article in self.articles
            for number, paragraph in enumerate(article["paragraphs"])
            for entry in paragraph["qas"]
            if bool(entry.get("is_impossible")) == impossible
        ]  # fmt: skip

    def half_and_half(self, count: int, chooser: random.Random) -> list[Asked]:
        """`count` answerable questions in random order, every second one without its article, so unanswerable."""
        found = self.questions()
        chosen = chooser.sample(found, min(count, len(found)))
        return [
            Asked(question=q.question, paragraph=q.paragraph, article=q.article, answers=(), without=q.article)
            if place % 2
            else q
            for place, q in enumerate(chosen)
        ]

    def passages(self, asked: Asked, k: int) -> tuple[Passage, ...]:
        """The k passages that the assistant would read."""
        filters = Filters()
        if asked.without is not None:
            kept = [s.article_id for s in self._summaries() if not s.article_id.startswith(f"{asked.without}#")]
            filters = Filters(article_ids=tuple(kept))
        return tuple(fuse(self.library.search(asked.question, filters=filters))[:k])

    def _summaries(self) -> list[Any]:
        if not hasattr(self, "_kept"):
            self._kept = self.library.articles()
        return self._kept


def choosing(data: Path) -> dict[str, list[dict[str, Any]]]:
    """The articles that choose."""
    return {"squad": _articles(data / SQUAD)[:8], "new_wiki": _articles(data / NEW_WIKI)[32:40]}


def reporting(data: Path) -> dict[str, list[dict[str, Any]]]:
    """The articles that report."""
    return {"squad": _articles(data / SQUAD)[-8:], "new_wiki": _articles(data / NEW_WIKI)[-8:]}


def _articles(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return found
