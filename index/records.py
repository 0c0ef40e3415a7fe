"""What goes into a library and what comes out of it: small frozen records that carry their provenance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One article as a source gives it, before a library has stored it. Only `text` is required.

    `source` is where it was read, `outlet` who published it. Dates are ISO 8601 (`2016-07-09` or with a time) or None.
    `page_starts` are the code-point offsets in `text` where each page begins (PDF), empty for unpaged sources.
    """

    text: str
    id: str | None = None
    title: str = ""
    url: str | None = None
    source: str = ""
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str = "en"
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or a record that could not be read: its name as a person would say it, and why."""

    name: str
    reason: str


class Source(Protocol):
    """One thing that can be read again: a file under a root, or a URL. Nothing is read before it is asked for."""

    @property
    def name(self) -> str:
        """What to call it before a person: the path or URL as given."""
        ...

    @property
    def key(self) -> str:
        """Stable name: the path relative to `root` with forward slashes, or the URL."""
        ...

    @property
    def root(self) -> str:
        """The absolute folder that `key` is relative to; empty for a URL."""
        ...

    def fingerprint(self) -> str:
        """Hash over the bytes and the reading options; equal fingerprints need no second reading.

        Raises ReadError when the bytes cannot be had.
        """
        ...

    def records(self) -> Iterator[Record | Unreadable]:
        """The articles in it, one at a time; a broken one among others comes as Unreadable.

        Raises ReadError when nothing of it can be read.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One stored version of an article. `text` is never altered; offsets are code points into it."""

    article_id: str
    version: int
    text: str
    title: str
    source: str
    url: str | None
    outlet: str | None
    author: str | None
    published: str | None
    updated: str | None
    language: str
    copy_group: str | None = None
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """An exact slice: `article.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a search is narrowed to. Dates are ISO 8601: `after` is inclusive, `before` exclusive.

    The day counts, in any of its forms: `20250501` and `2025-W18-4` become the `2025-05-01` that days are compared by.
    """

    outlets: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    article_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, given in (("after", self.after), ("before", self.before)):
            if given is not None and (day := _day_of(given)) != given[:10]:
                object.__setattr__(self, name, day)


def _day_of(given: str) -> str:
    """The day of a date or moment as `2025-05-01`; what is neither stays as it is."""
    try:
        return datetime.fromisoformat(given).date().isoformat()
    except ValueError:
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A live chunk found by a search, with its article's facts.

    `vector_rank` and `word_rank` count from 1 (None: not in that list); `vector_score` is the cosine, `word_score`
    BM25. `outlets` are all outlets that carry this very passage (copies of one story), the article's own first.
    `score` orders passages within one result only.
    """

    chunk_id: int
    article_id: str
    version: int
    start: int
    end: int
    text: str
    title: str
    source: str
    outlet: str | None
    url: str | None
    published: str | None
    updated: str | None = None
    copy_group: str | None = None
    page: int | None = None
    outlets: tuple[str, ...] = ()
    vector_rank: int | None = None
    vector_score: float | None = None
    word_rank: int | None = None
    word_score: float | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """One live article without its text, for lists."""

    article_id: str
    version: int
    title: str
    source: str
    url: str | None
    outlet: str | None
    author: str | None
    published: str | None
    updated: str | None
    language: str
    copy_group: str | None
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProgress:
    """How far an `add` is: sources done, articles and chunks stored so far, and the source being read."""

    sources: int
    articles: int
    chunks: int
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What `check` found wrong, what it mended, and what is still wrong; all empty: sound."""

    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing is left to mend."""
        return len(self.problems) == len(self.repaired)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What an `add` did, counted in articles. `failed` names what could not be read and why."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: tuple[Unreadable, ...] = ()
    chunks: int = 0
    seconds: float = 0.0
    encoder_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryInfo:
    """Facts about a library; `onrecord info --json` prints them under the same names."""

    schema: int
    path: str
    revision: int
    articles: int
    versions: int
    chunks: int
    outlets: tuple[str, ...]
    first_published: str | None
    last_published: str | None
    embedder: str
    splitter: str
