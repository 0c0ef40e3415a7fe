"""The only truth: articles, their versions, chunks and embeddings. How does it change?"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.copies import group_name
from index.lookup import Lookup
from index.records import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChunk:
    """One chunk as the catalogue keeps it; `embedding` is float16 of shape (dimensions,)."""

    chunk_id: int
    start: int
    end: int
    embedding: NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article version that is about to become live, with its chunks."""

    article: Article
    key: str
    root: str
    hash: str
    signature: bytes | None
    chunks: tuple[StoredChunk, ...]


class Catalogue(Lookup):
    """Adds the writing half. Call each method within a transaction, holding the writer's lock."""

    def remember_sources(self, rows: Iterable[tuple[str, str, str, int]]) -> None:
        """Note (root, key, fingerprint, articles) of sources that were read completely."""
        self.connection.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", rows)

    def publish(self, entries: Sequence[Entry], *, groups: Sequence[tuple[str, str]] = ()) -> None:
        """Make entries live and retire what they replace. `groups` are (article_id, copy group) pairs that changed."""
        connection = self.connection
        for entry in entries:
            article = entry.article
            self._retire(article.article_id)
            connection.execute(
                "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, 0, ?, ?)",
                (article.article_id, entry.key, entry.root, article.version, article.copy_group, entry.signature),
            )
            connection.execute(
                "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    article.article_id, article.version, entry.hash, article.text, article.title, article.source,
                    article.url, article.outlet, article.author, article.published, article.updated,
                    article.language, json.dumps(article.page_starts),
                ),
            )  # fmt: skip
            for chunk in entry.chunks:
                self._store(article.article_id, article.version, chunk, live=1)
        connection.executemany(
            "UPDATE articles SET copy_group = ? WHERE article_id = ?", [(group, name) for name, group in groups]
        )
        if entries or groups:
            self.bump()

    def hide(self, article_id: str) -> None:
        """Take an article out of every search; its versions stay readable."""
        self.connection.execute("UPDATE articles SET hidden = 1 WHERE article_id = ?", (article_id,))
        self._retire(article_id)
        self._forget_source(article_id)
        self.bump()

    def erase(self, article_id: str) -> None:
        """Remove every version, chunk and embedding of an article."""
        self._retire(article_id)
        self._forget_source(article_id)
        for table in ("versions", "articles"):
            self.connection.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
        self._rename_group(article_id)
        self.bump()

    # a rebuild -------------------------------------------------------------------------------------------------

    def stage(self, article_id: str, version: int, chunk: StoredChunk) -> None:
        """Keep a chunk that no search sees yet (live = 2), for `swap_staged`."""
        self._store(article_id, version, chunk, live=2)

    def drop_staged(self) -> None:
        """Forget what an interrupted rebuild staged."""
        self._keep_ids_used()
        self.connection.execute("DELETE FROM chunks WHERE live = 2")

    def swap_staged(self) -> None:
        """Make the staged chunks the only ones."""
        self.connection.execute("INSERT INTO retired (chunk_id) SELECT chunk_id FROM chunks WHERE live = 1")
        self.connection.execute("DELETE FROM chunks WHERE live = 1")
        self.connection.execute("UPDATE chunks SET live = 1 WHERE live = 2")
        self.bump()

    def forget_retired(self, upto: int) -> None:
        """Drop the notes of retired chunks up to a place: no derived store holds these chunks any more."""
        self.connection.execute("DELETE FROM retired WHERE place <= ?", (upto,))

    # inside ----------------------------------------------------------------------------------------------------

    def _store(self, article_id: str, version: int, chunk: StoredChunk, *, live: int) -> None:
        self.connection.execute(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?)",
            (chunk.chunk_id, article_id, version, chunk.start, chunk.end, live, chunk.embedding.tobytes()),
        )

    def _retire(self, article_id: str) -> None:
        """Chunks go out; the article's texts are not touched."""
        self.connection.execute(
            "INSERT INTO retired (chunk_id) SELECT chunk_id FROM chunks WHERE article_id = ?", (article_id,)
        )
        if self.connection.execute("SELECT changes()").fetchone()[0]:
            self._keep_ids_used()
            self.connection.execute("DELETE FROM chunks WHERE article_id = ?", (article_id,))

    def _keep_ids_used(self) -> None:
        self.set_meta("last_chunk_id", str(self.next_chunk_id() - 1))

    def _rename_group(self, article_id: str) -> None:
        """The copies of an erased article do not bear its id as the name of their group."""
        rows = self.connection.execute(
            "SELECT article_id FROM articles WHERE copy_group = ? ORDER BY hidden, article_id", (article_id,)
        )
        if members := [str(row[0]) for row in rows]:
            name = group_name(members, lambda other: other == article_id or self._is_group(other))
            self.connection.execute("UPDATE articles SET copy_group = ? WHERE copy_group = ?", (name, article_id))

    def _is_group(self, name: str) -> bool:
        found = self.connection.execute("SELECT 1 FROM articles WHERE copy_group = ? LIMIT 1", (name,))
        return found.fetchone() is not None

    def _forget_source(self, article_id: str) -> None:
        """Reading the same file again must not count as unchanged once its article is out.

        A path names its file. An id or a URL does not say in which files it stood: all are read once more.
        """
        self.connection.execute(
            "DELETE FROM sources WHERE EXISTS (SELECT 1 FROM articles a WHERE a.article_id = ? "
            "AND (a.root = '' OR (a.root = sources.root AND a.key = sources.key)))",
            (article_id,),
        )
