"""What does a library hold, and how is it searched, added to and kept sound? The one object that users meet."""

import os
import threading
import time
import uuid
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import cast

import numpy as np

from index.catalogue import SCHEMA, Catalogue
from index.encoder import Embedder, MiniLM, embedder_name, encode, load_embedder
from index.errors import ArticleNotFound, LibraryDamaged, LibraryError, LibraryMismatch, LibraryNotFound, QuestionError
from index.lock import writing
from index.nearest import Ids, Nearest
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
from index.repeats import merge_repeats
from index.split import SPLITTER
from index.vectors import Server
from index.words import Words

CATALOGUE_FILE = "catalogue.sqlite"
NO_FILTERS = Filters()
# Each list gives this many candidates to fusion (DESIGN.md, the way of a question).
CANDIDATES = 50


class Library:
    """Articles in a folder: `catalogue.sqlite` (the truth), `words/` and `vectors/` (derived from it).

    Any number of processes may read while one writes. Use it from many threads as it is.
    """

    def __init__(self, path: Path, *, embedder: Embedder | None, vectors: str | None) -> None:
        self.path = path
        self._embedder = embedder
        self._vectors_url = vectors
        self._catalogue: Catalogue | None = None
        self._words: Words | None = None
        self._words_revision = -1
        self._nearest: Nearest | None = None
        self._guard = threading.RLock()
        self._allowed = lru_cache(maxsize=32)(self._allowed_at)

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
        folder. Raises LibraryError when `path` is a file.
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
            self._nearest = self._words = self._catalogue = None
            self._words_revision = -1

    # parts -----------------------------------------------------------------------------------------------------

    @property
    def exists(self) -> bool:
        """Has anything ever been added here?"""
        return (self.path / CATALOGUE_FILE).is_file()

    @property
    def catalogue(self) -> Catalogue:
        """The truth. Raises LibraryNotFound before the first add."""
        with self._guard:
            if self._catalogue is None:
                if not self.exists:
                    raise LibraryNotFound(f"There is no library at {self.path} yet: make one with onrecord add SOURCE")
                self._catalogue = Catalogue(self.path / CATALOGUE_FILE)
            return self._catalogue

    @property
    def embedder(self) -> Embedder:
        """What questions are encoded with. Raises LibraryMismatch when it is not what the library was built with."""
        with self._guard:
            built = self.catalogue.meta("embedder") if self.exists else None
            if self._embedder is None:
                if built is not None and built != MiniLM.name and not built.startswith("sentence-transformers:"):
                    raise LibraryMismatch(
                        f"{self.path} was built with the embedder {built}: open it with that object, or re-embed it "
                        "with onrecord rebuild"
                    )
                self._embedder = load_embedder(built)
            name = embedder_name(self._embedder)
            if built is not None and name != built:
                raise LibraryMismatch(
                    f"{self.path} was built with the embedder {built}, not {name}: leave the embedder out, or re-embed "
                    f"with onrecord rebuild --embedder {name.removeprefix('sentence-transformers:')}"
                )
            return self._embedder

    # writing ---------------------------------------------------------------------------------------------------

    def add(self, sources: Iterable[Source], *, progress: Callable[[AddProgress], None] | None = None) -> AddReport:
        """Read, split, encode and index what is new or changed; skip the rest. Safe to repeat and to interrupt.

        Broken files and records are in `report.failed`; the others are added. Raises LibraryBusy when another process
        writes for more than 10 s, LibraryMismatch, LibraryError (disk full, not a library).
        """
        from index.adding import Tally, add_all, first_article
        from index.upkeep import storage_errors

        begun = time.perf_counter()
        tally = Tally()
        if not self.exists:
            readable = first_article(sources, tally)
            if readable is None:
                return tally.report(time.perf_counter() - begun)
            sources = readable
            self._refuse_foreign_folder()
        with storage_errors(self.path), writing(self.path):
            self._create()
            add_all(self, sources, tally=tally, progress=progress)
        return tally.report(time.perf_counter() - begun)

    def remove(self, article_id: str, *, purge: bool = False) -> None:
        """Take an article out of every search; its versions stay readable. `purge` erases every trace of it.

        Raises ArticleNotFound.
        """
        from index.upkeep import remove

        remove(self, article_id, purge=purge)

    def check(self, *, repair: bool = False) -> CheckReport:
        """Compare catalogue, vectors and words; with `repair`, rebuild what is derived, without encoding anything."""
        from index.upkeep import check

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
        catalogue = self.catalogue
        vector = encode(self.embedder, [text])[0]
        allowed = self._allowed(filters, catalogue.revision()) if filters != NO_FILTERS else None
        nearest = self._open_nearest().search(vector, k, allowed=allowed)
        matching = self._matching(text, k, filters)
        rows = catalogue.rows(list(dict.fromkeys(chunk_id for chunk_id, _ in chain(nearest, matching))))
        permitted = None if allowed is None else {int(i) for i in rows if _holds(allowed, i)}
        by_vector = _ranks(nearest, rows, permitted)
        by_word = _ranks(matching, rows, permitted)
        found = [
            _passage(chunk_id, rows[chunk_id], by_vector.get(chunk_id), by_word.get(chunk_id))
            for chunk_id in {**by_vector, **by_word}
        ]
        found.sort(key=lambda p: (min(p.vector_rank or 10**9, p.word_rank or 10**9), p.word_rank or 10**9))
        return merge_repeats(found)

    def article(self, article_id: str, *, version: int | None = None) -> Article:
        """One version of an article (the current one without a number), removed ones too. Raises ArticleNotFound."""
        found = self.catalogue.article(article_id, version)
        if found is None:
            which = f"version {version} of article {article_id}" if version else f"article {article_id}"
            raise ArticleNotFound(f"There is no {which} in {self.path}: onrecord list shows what it holds")
        return found

    def articles(self, filters: Filters = NO_FILTERS, *, copy_group: str | None = None) -> list[ArticleSummary]:
        """Live articles that pass the filters, newest first."""
        return list(self.catalogue.summaries(filters, copy_group=copy_group))

    def info(self) -> LibraryInfo:
        """Facts: counts, outlets, first and last date, and what built it."""
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
        self._embedder = embedder

    def _allowed_at(self, filters: Filters, revision: int) -> Ids:
        return self.catalogue.live_ids(filters)

    def _matching(self, question: str, k: int, filters: Filters) -> list[tuple[int, float]]:
        words = self.open_words()
        # Filters over single articles are not in the word index: draw more and let the join drop the rest.
        wanted = k if not filters.article_ids else 20 * k
        return words.search(question, wanted, outlets=filters.outlets, after=filters.after, before=filters.before)

    def open_words(self) -> Words:
        """The word index that the catalogue names, up to date. A damaged one is rebuilt when nobody else is writing."""
        from index.upkeep import mended_words, words_folder

        with self._guard:
            revision = self.catalogue.revision()
            if self._words is not None and revision == self._words_revision:
                return self._words
            folder = words_folder(self)
            if self._words is not None and self._words.folder == folder:
                self._words.reload()
            else:
                try:
                    self._words = Words(folder)
                except LibraryDamaged:
                    self._words = mended_words(self)
            self._words_revision = self.catalogue.revision()
            return self._words

    def _open_nearest(self) -> Nearest:
        with self._guard:
            if self._nearest is None:
                self._nearest = Nearest(self.catalogue, self.path / "vectors", self.server_factory())
            return self._nearest

    def server_factory(self) -> Callable[[], Server] | None:
        """How the Chroma server is reached, None when vectors lie in the folder."""
        url = self._vectors_url or (self.catalogue.meta("vectors_url") if self.exists else None)
        if not url:
            return None
        return lambda: Server(url, self.catalogue.meta("library_id") or "")

    def _refuse_foreign_folder(self) -> None:
        if self.path.exists() and any(entry.name != "writer.lock" for entry in self.path.iterdir()):
            raise LibraryError(
                f"{self.path} holds other files and no library: name a new or empty folder with --library"
            )

    def _create(self) -> None:
        """Make the catalogue when there is none, and make sure that this add fits what built it."""
        if not self.exists:
            embedder = self._embedder if self._embedder is not None else load_embedder()
            catalogue = Catalogue(self.path / CATALOGUE_FILE, create=True)
            with catalogue.transaction():
                catalogue.set_meta("library_id", uuid.uuid4().hex[:12])
                catalogue.set_meta("embedder", embedder_name(embedder))
                catalogue.set_meta("splitter", SPLITTER)
                if self._vectors_url:
                    catalogue.set_meta("vectors_url", self._vectors_url)
            self._embedder, self._catalogue = embedder, catalogue
        built = self.catalogue.meta("splitter")
        if built != SPLITTER:
            raise LibraryMismatch(f"{self.path} was split by {built}, not {SPLITTER}: run onrecord rebuild")


def _holds(ids: Ids, chunk_id: int) -> bool:
    position = int(np.searchsorted(ids, chunk_id))
    return position < len(ids) and int(ids[position]) == chunk_id


def _ranks(
    ranking: list[tuple[int, float]], rows: dict[int, tuple[object, ...]], permitted: set[int] | None
) -> dict[int, tuple[int, float]]:
    """Chunk id -> (rank from 1, score), counting only what is live and permitted."""
    kept = [(i, score) for i, score in ranking if i in rows and (permitted is None or i in permitted)]
    return {chunk_id: (rank, score) for rank, (chunk_id, score) in enumerate(kept, start=1)}


def _passage(
    chunk_id: int, row: tuple[object, ...], vector: tuple[int, float] | None, word: tuple[int, float] | None
) -> Passage:
    (article_id, version, start, end, text, group, title, source, url, outlet, _, published, updated, _, pages) = cast(
        "tuple[str, int, int, int, str, str | None, str, str, str | None, str | None, str | None, str | None, "
        "str | None, str, str]",
        row,
    )
    return Passage(
        chunk_id=chunk_id, article_id=article_id, version=version, start=start, end=end, text=text, title=title,
        source=source, outlet=outlet, url=url, published=published, updated=updated, copy_group=group,
        page=_page(pages, start), vector_rank=vector[0] if vector else None,
        vector_score=vector[1] if vector else None, word_rank=word[0] if word else None,
        word_score=word[1] if word else None,
    )  # fmt: skip


def _page(pages: str, start: int) -> int | None:
    """The page (from 1) on which a chunk begins; None for unpaged articles."""
    if pages == "[]":
        return None
    return bisect_right([int(number) for number in pages.strip("[]").split(",")], start) or 1
