"""What does a library hold, and how is it searched, added to and kept sound? The one object that users meet."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType

from index.beginning import CATALOGUE_FILE, begin, refuse_foreign_folder, refuse_other_embedder
from index.catalogue import Catalogue
from index.encoder import Embedder, embedder_name, load_embedder
from index.errors import ArticleNotFound, LibraryDamaged, LibraryError, LibraryMismatch, LibraryNotFound, QuestionError
from index.facets import Facets
from index.lock import writing
from index.nearest import Nearest
from index.records import (
    AddProgress,
    AddReport,
    Article,
    ArticleSummary,
    CheckReport,
    Filters,
    LibraryInfo,
    Passage,
    Source,
)
from index.schema import SCHEMA
from index.search import NO_FILTERS, search
from index.server import Server
from index.split import SPLITTER
from index.storage import storage_errors
from index.words import Words

# Each list gives this many candidates to fusion (DESIGN.md, the way of a question).
CANDIDATES = 50


class Library:
    """Articles in a folder: `catalogue.sqlite` (the truth), `words/` and `vectors/` (derived from it).

    Any number of processes may read while one writes. Use it from many threads as it is.
    """

    def __init__(self, path: Path, *, embedder: Embedder | None, vectors: str | None) -> None:
        self.path = path
        self._embedder = embedder
        # Not named by who opened it: then it follows what the library was built with.
        self._follows = embedder is None
        self._vectors_url = vectors
        self._catalogue: Catalogue | None = None
        self._words: Words | None = None
        self._words_revision = -1
        self._nearest: Nearest | None = None
        self._facets: Facets | None = None
        self._server: Server | None = None
        self._guard = threading.RLock()

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] = "library",
        *,
        embedder: Embedder | str | None = None,
        vectors: str | None = None,
    ) -> "Library":
        """The library at `path`. Nothing is made before the first `add`, and nothing is read before it is asked for.

        `embedder`: None for what the library was built with (a new one: the packaged MiniLM), the name of a
        sentence-transformers model, or any LangChain `Embeddings`. `vectors`: address of a Chroma server instead of the
        folder, for a new library; one that has moved is filled and remembered by the next `add`. Raises LibraryError
        when `path` is a file.
        """
        folder = Path(path)
        if folder.is_file():
            raise LibraryError(f"{folder} is a file, not a library: name a folder with --library")
        chosen = load_embedder(embedder) if isinstance(embedder, str) else embedder
        return cls(folder, embedder=chosen, vectors=vectors)

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let every file go. The object may be used again."""
        with self._guard:
            if self._nearest is not None:
                self._nearest.close()
            if self._words is not None:
                self._words.close()
            if self._catalogue is not None:
                self._catalogue.close()
            self._nearest = self._words = self._catalogue = self._facets = self._server = None
            self._words_revision = -1

    # parts -----------------------------------------------------------------------------------------------------

    @property
    def exists(self) -> bool:
        """Has anything ever been added here?"""
        return (self.path / CATALOGUE_FILE).is_file()

    def refuse_absent(self) -> None:
        """Raise LibraryNotFound before the first add; what takes the writer's lock would make the folder."""
        if not self.exists:
            raise LibraryNotFound(f"There is no library at {self.path} yet: make one with onrecord add SOURCE")

    @property
    def catalogue(self) -> Catalogue:
        """The truth. Raises LibraryNotFound before the first add, LibraryMismatch when a server is named for a library
        that keeps its vectors in its folder: erasing would not reach what was sent there.
        """
        with self._guard:
            if self._catalogue is None:
                self.refuse_absent()
                catalogue = Catalogue(self.path / CATALOGUE_FILE)
                if self._vectors_url and catalogue.meta("vectors_url") is None:
                    catalogue.close()
                    raise LibraryMismatch(
                        f"{self.path} keeps its vectors in its folder, not on {self._vectors_url}: leave --vectors "
                        "out, or add the articles to a new library with it"
                    )
                self._catalogue = catalogue
            return self._catalogue

    @property
    def embedder(self) -> Embedder:
        """What questions are encoded with. Raises LibraryMismatch when it is not what the library was built with."""
        with self._guard:
            built = self.catalogue.meta("embedder") if self.exists else None
            refuse_other_embedder(self.path, built, None if self._follows else self._embedder)
            if self._embedder is None or (self._follows and built not in (None, embedder_name(self._embedder))):
                self._embedder = load_embedder(built)
            return self._embedder

    # writing ---------------------------------------------------------------------------------------------------

    def add(self, sources: Iterable[Source], *, progress: Callable[[AddProgress], None] | None = None) -> AddReport:
        """Read, split, encode and index what is new or changed; skip the rest. Safe to repeat and to interrupt.

        Broken files and records are in `report.failed`; the others are added. Raises LibraryBusy when another process
        writes for more than 10 s, LibraryMismatch, LibraryError (disk full, not a library).
        """
        from index.adding import add_all
        from index.preparing import Tally, first_article

        begun = time.perf_counter()
        tally = Tally()
        if not self.exists:
            readable = first_article(sources, tally)
            if readable is None:
                return tally.report(time.perf_counter() - begun)
            sources = readable
            refuse_foreign_folder(self.path)
        with storage_errors(self.path), writing(self.path):
            self._begin()
            add_all(self, sources, tally=tally, progress=progress)
        return tally.report(time.perf_counter() - begun)

    def remove(self, article_id: str, *, purge: bool = False) -> None:
        """Take an article out of every search; its versions stay readable. `purge` erases every trace of it.

        Raises ArticleNotFound.
        """
        from index.remove import remove

        remove(self, article_id, purge=purge)

    def check(self, *, repair: bool = False) -> CheckReport:
        """Compare catalogue, vectors and words; with `repair`, rebuild what is derived, without encoding anything."""
        from index.check import check

        return check(self, repair=repair)

    def rebuild(
        self, *, embedder: Embedder | str | None = None, progress: Callable[[AddProgress], None] | None = None
    ) -> int:
        """Split and encode every live article anew, with another embedder if one is given; returns the chunks."""
        from index.rebuild import rebuild

        return rebuild(
            self, embedder=load_embedder(embedder) if isinstance(embedder, str) else embedder, progress=progress
        )

    # reading ---------------------------------------------------------------------------------------------------

    def search(self, question: str, *, k: int = CANDIDATES, filters: Filters = NO_FILTERS) -> list[Passage]:
        """Candidates for `question`: the k nearest by vectors and the k best by BM25, joined; only live ones.

        Ordered by their better rank; `vector_rank`, `word_rank` and both scores say where each came from (rag/fuse.py
        makes one ranking of them). Repeats among copies of one story are folded into one passage with all outlets.
        Raises QuestionError for an empty question, LibraryNotFound.
        """
        text = question.strip()
        if not text:
            raise QuestionError('The question is empty: ask for example "Who won the vote?"')
        with storage_errors(self.path):
            return search(self, text, k, filters)

    def article(self, article_id: str, *, version: int | None = None) -> Article:
        """One version of an article (the current one without a number), removed ones too. Raises ArticleNotFound."""
        with storage_errors(self.path):
            found = self.catalogue.article(article_id, version)
        if found is None:
            which = f"version {version} of article {article_id}" if version else f"article {article_id}"
            raise ArticleNotFound(f"There is no {which} in {self.path}: onrecord list shows what it holds")
        return found

    def articles(self, filters: Filters = NO_FILTERS, *, copy_group: str | None = None) -> list[ArticleSummary]:
        """Live articles that pass the filters, newest first."""
        with storage_errors(self.path):
            return list(self.catalogue.summaries(filters, copy_group=copy_group))

    def info(self) -> LibraryInfo:
        """Facts: counts, outlets, first and last date, and what built it."""
        with storage_errors(self.path):
            catalogue = self.catalogue
            articles, versions, chunks = catalogue.counts()
            outlets, first, last = catalogue.outlets_and_dates()
            return LibraryInfo(
                schema=SCHEMA, path=str(self.path), revision=catalogue.revision(), articles=articles, versions=versions,
                chunks=chunks, outlets=outlets, first_published=first, last_published=last,
                embedder=catalogue.meta("embedder") or "", splitter=catalogue.meta("splitter") or "",
            )  # fmt: skip

    # inside ----------------------------------------------------------------------------------------------------

    def use_embedder(self, embedder: Embedder) -> None:
        """Encode questions with this one from now on (after a rebuild)."""
        self._embedder, self._follows = embedder, False

    @property
    def nearest(self) -> Nearest:
        """The vectors, up to date."""
        with self._guard:
            if self._nearest is None:
                self._nearest = Nearest(self.catalogue, self.path / "vectors", self.server_factory())
            return self._nearest

    @property
    def facets(self) -> Facets:
        """What filters ask about each chunk."""
        with self._guard:
            if self._facets is None:
                self._facets = Facets(self.catalogue)
            return self._facets

    def search_words(
        self, question: str, k: int, *, filters: Filters, chunk_ids: Sequence[int] | None
    ) -> list[tuple[int, float]]:
        """Up to k (chunk id, BM25 score). A damaged word index is rebuilt when nobody else is writing."""
        for words in (self._open_words, self._reopened_words):
            try:
                return words().search(
                    question, k, outlets=filters.outlets, after=filters.after, before=filters.before,
                    chunk_ids=chunk_ids,
                )  # fmt: skip
            except LibraryDamaged as error:
                damage = error
        raise damage

    def _reopened_words(self) -> Words:
        with self._guard:
            self._words, self._words_revision = None, -1
            return self._open_words()

    def _open_words(self) -> Words:
        from index.upkeep import open_words, words_folder

        with self._guard:
            revision = self.catalogue.revision()
            if self._words is not None and revision == self._words_revision:
                return self._words
            if self._words is not None and self._words.folder == words_folder(self):
                try:
                    self._words.reload()
                except LibraryDamaged:
                    self._words = open_words(self)
            else:
                self._words = open_words(self)
            self._words_revision = revision
            return self._words

    @property
    def vectors_url(self) -> str | None:
        """Address of the Chroma server, None when vectors lie in the folder."""
        return self._vectors_url or (self.catalogue.meta("vectors_url") if self.exists else None)

    def server_factory(self) -> Callable[[], Server] | None:
        """How the Chroma server is reached, None when vectors lie in the folder."""
        url = self.vectors_url
        if not url:
            return None

        def connect() -> Server:
            with self._guard:
                if self._server is None:
                    self._server = Server(url, self.catalogue.meta("library_id") or "")
                return self._server

        return connect

    def _begin(self) -> None:
        """Make the catalogue when there is none, and make sure that this add fits what built it."""
        if not self.exists:
            self._embedder = self._embedder if self._embedder is not None else load_embedder()
            begin(self.path, self._embedder, self._vectors_url)
        refuse_other_embedder(self.path, self.catalogue.meta("embedder"), None if self._follows else self._embedder)
        built = self.catalogue.meta("splitter")
        if built != SPLITTER:
            raise LibraryMismatch(f"{self.path} was split by {built}, not {SPLITTER}: run onrecord rebuild")
