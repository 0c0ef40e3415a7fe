"""The only truth: articles, their versions, chunks and embeddings, in one SQLite file."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryDamaged, LibraryMismatch
from index.records import Article, ArticleSummary, Filters

# Each entry lifts a library by one schema number, in one transaction. Never edit an entry; append.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE sources (
        root TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, articles INTEGER NOT NULL,
        PRIMARY KEY (root, key)
    );
    CREATE TABLE articles (
        article_id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, root TEXT NOT NULL, version INTEGER NOT NULL,
        hidden INTEGER NOT NULL DEFAULT 0, copy_group TEXT, signature BLOB
    );
    CREATE TABLE versions (
        article_id TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, text TEXT NOT NULL,
        title TEXT NOT NULL, source TEXT NOT NULL, url TEXT, outlet TEXT, author TEXT, published TEXT, updated TEXT,
        language TEXT NOT NULL, page_starts TEXT NOT NULL, PRIMARY KEY (article_id, version)
    );
    CREATE TABLE chunks (
        chunk_id INTEGER PRIMARY KEY, article_id TEXT NOT NULL, version INTEGER NOT NULL, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, live INTEGER NOT NULL, embedding BLOB NOT NULL
    );
    CREATE INDEX chunks_by_article ON chunks (article_id, version);
    CREATE INDEX articles_by_group ON articles (copy_group) WHERE copy_group IS NOT NULL;
    """,
)
SCHEMA = len(MIGRATIONS)
# SQLite's own limit on bound values is 32,766 in the builds that Python ships; stay far below.
_MANY = 500
_COLUMNS = "title, source, url, outlet, author, published, updated, language, page_starts"


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


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored about an article key."""

    article_id: str
    root: str
    version: int
    hash: str
    hidden: bool


class Catalogue:
    """A SQLite file in WAL mode with `synchronous=FULL`; one connection a thread, so it can be shared by threads."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._migrate(create=create)
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(
                f"The catalogue {path} cannot be read ({error}). Restore it from a backup; it is the only truth."
            ) from error

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if existing is None:
            existing = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
            existing.execute("PRAGMA journal_mode=WAL")
            existing.execute("PRAGMA synchronous=FULL")
            existing.execute("PRAGMA cache_size=-16000")
            self._local.connection = existing
            with self._guard:
                self._open.append(existing)
        return existing

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._local = threading.local()

    def _migrate(self, *, create: bool) -> None:
        number = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
        if number > SCHEMA:
            raise LibraryMismatch(
                f"{self.path.parent} was written by a newer onrecord (schema {number}, this one knows {SCHEMA}): "
                "pip install --upgrade onrecord"
            )
        if number == 0 and not create:
            raise LibraryDamaged(f"{self.path} holds no catalogue. Restore it from a backup, or add to a new folder.")
        for position in range(number, SCHEMA):
            steps = "".join((f"BEGIN IMMEDIATE;{MIGRATIONS[position]}", f"PRAGMA user_version={position + 1};COMMIT;"))
            self.connection.executescript(steps)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; on disk when the block is left."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    # facts -----------------------------------------------------------------------------------------------------

    def meta(self, name: str) -> str | None:
        """A remembered fact, None when it was never set."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Remember a fact (within a transaction when one is open)."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def forget_meta(self, name: str) -> None:
        """Remove a fact (within a transaction when one is open)."""
        self.connection.execute("DELETE FROM meta WHERE name = ?", (name,))

    def revision(self) -> int:
        """Counts the transactions that changed what a search can find."""
        return int(self.meta("revision") or 0)

    def bump(self) -> None:
        """Say that what a search can find has changed. Call within a transaction."""
        self.set_meta("revision", str(self.revision() + 1))

    def source_fingerprint(self, root: str, key: str) -> tuple[str, int] | None:
        """The fingerprint that a source had when it was last read completely, and how many articles it gave."""
        row = self.connection.execute(
            "SELECT fingerprint, articles FROM sources WHERE root = ? AND key = ?", (root, key)
        ).fetchone()
        return None if row is None else (str(row[0]), int(row[1]))

    def remember_sources(self, rows: Iterable[tuple[str, str, str, int]]) -> None:
        """Note (root, key, fingerprint, articles) of sources that were read completely."""
        self.connection.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", rows)

    def known(self, key: str) -> Known | None:
        """What is stored under an article key."""
        row = self.connection.execute(
            "SELECT a.article_id, a.root, a.version, v.hash, a.hidden FROM articles a "
            "JOIN versions v ON v.article_id = a.article_id AND v.version = a.version WHERE a.key = ?",
            (key,),
        ).fetchone()
        return None if row is None else Known(row[0], row[1], int(row[2]), row[3], bool(row[4]))

    def live_chunks_of(self, article_ids: Sequence[str]) -> list[int]:
        """Ids of the live chunks of these articles."""
        found: list[int] = []
        for begin in range(0, len(article_ids), _MANY):
            part = article_ids[begin : begin + _MANY]
            marks = ", ".join("?" * len(part))
            rows = self.connection.execute(
                f"SELECT chunk_id FROM chunks WHERE live = 1 AND article_id IN ({marks})", list(part)
            )
            found.extend(int(row[0]) for row in rows)
        return found

    def chunks_of(self, article_id: str) -> list[int]:
        """Ids of all chunks of an article, of every version."""
        rows = self.connection.execute("SELECT chunk_id FROM chunks WHERE article_id = ?", (article_id,))
        return [int(row[0]) for row in rows]

    def live_counts(self, upto: int) -> tuple[int, int]:
        """(live chunks, those of them with an id above `upto`)."""
        row = self.connection.execute(
            "SELECT count(*), coalesce(sum(chunk_id > ?), 0) FROM chunks WHERE live = 1", (upto,)
        ).fetchone()
        return int(row[0]), int(row[1])

    def compact(self) -> None:
        """Rewrite the file so that erased rows are in no page of it, nor in the log beside it."""
        self.connection.execute("VACUUM")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def signatures(self) -> Iterator[tuple[str, bytes, str | None]]:
        """(article id, signature, copy group) of every article that is not hidden."""
        yield from self.connection.execute(
            "SELECT article_id, signature, copy_group FROM articles WHERE hidden = 0 AND signature IS NOT NULL"
        )

    def counts(self) -> tuple[int, int, int]:
        """Live articles, all readable versions, live chunks."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM articles WHERE hidden = 0), (SELECT count(*) FROM versions), "
            "(SELECT count(*) FROM chunks WHERE live = 1)"
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def outlets_and_dates(self) -> tuple[tuple[str, ...], str | None, str | None]:
        """Outlets of the live articles in order of name, first and last day of publication."""
        live = (
            "FROM articles a JOIN versions v ON v.article_id = a.article_id AND v.version = a.version "
            "WHERE a.hidden = 0"
        )
        names = self.connection.execute(
            f"SELECT DISTINCT v.outlet {live} AND v.outlet IS NOT NULL ORDER BY 1"
        ).fetchall()
        first, last = self.connection.execute(
            f"SELECT min(substr(v.published, 1, 10)), max(substr(v.published, 1, 10)) {live}"
        ).fetchone()
        return tuple(str(row[0]) for row in names), first, last

    def summaries(self, filters: Filters, *, copy_group: str | None = None) -> Iterator[ArticleSummary]:
        """Live articles that pass the filters, newest first, undated ones last."""
        conditions, values = filter_sql(filters)
        if copy_group is not None:
            conditions.append("a.copy_group = ?")
            values.append(copy_group)
        where = " AND ".join(["a.hidden = 0", *conditions])
        rows = self.connection.execute(
            "SELECT a.article_id, a.version, v.title, v.source, v.url, v.outlet, v.author, v.published, v.updated, "
            "v.language, a.copy_group, length(v.text) FROM articles a "
            f"JOIN versions v ON v.article_id = a.article_id AND v.version = a.version WHERE {where} "
            "ORDER BY v.published IS NULL, substr(v.published, 1, 10) DESC, v.published DESC, v.title, a.article_id",
            values,
        )
        for row in rows:
            yield ArticleSummary(
                article_id=row[0], version=row[1], title=row[2], source=row[3], url=row[4], outlet=row[5],
                author=row[6], published=row[7], updated=row[8], language=row[9], copy_group=row[10],
                characters=row[11],
            )  # fmt: skip

    def next_chunk_id(self) -> int:
        """One more than any chunk ever stored; ids of purged chunks are not used again."""
        row = self.connection.execute("SELECT max(chunk_id) FROM chunks").fetchone()
        return max(int(row[0] or 0), int(self.meta("last_chunk_id") or 0)) + 1

    # writing ---------------------------------------------------------------------------------------------------

    def publish(self, entries: Sequence[Entry], *, groups: Sequence[tuple[str, str]] = ()) -> None:
        """Make entries live and retire what they replace. Call within a transaction.

        `groups` are (article_id, copy group) pairs that changed.
        """
        connection = self.connection
        for entry in entries:
            article = entry.article
            connection.execute("UPDATE chunks SET live = 0 WHERE article_id = ? AND live = 1", (article.article_id,))
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
            connection.executemany(
                "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, 1, ?)",
                [
                    (chunk.chunk_id, article.article_id, article.version, chunk.start, chunk.end,
                     chunk.embedding.tobytes())
                    for chunk in entry.chunks
                ],
            )  # fmt: skip
        connection.executemany(
            "UPDATE articles SET copy_group = ? WHERE article_id = ?", [(group, name) for name, group in groups]
        )
        if entries or groups:
            self.bump()

    def stage(self, article_id: str, version: int, chunk: StoredChunk) -> None:
        """Keep a chunk that no search sees yet (live = 2), for `swap_staged`. Call within a transaction."""
        self.connection.execute(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, 2, ?)",
            (chunk.chunk_id, article_id, version, chunk.start, chunk.end, chunk.embedding.tobytes()),
        )

    def drop_staged(self) -> None:
        """Forget what an interrupted rebuild staged. Call within a transaction."""
        self.set_meta("last_chunk_id", str(self.next_chunk_id() - 1))
        self.connection.execute("DELETE FROM chunks WHERE live = 2")

    def swap_staged(self) -> None:
        """Make the staged chunks the only ones. Call within a transaction."""
        self.connection.execute("DELETE FROM chunks WHERE live <> 2")
        self.connection.execute("UPDATE chunks SET live = 1")
        self.bump()

    def hide(self, article_id: str) -> None:
        """Take an article out of every search; its versions stay readable. Call within a transaction."""
        self.connection.execute("UPDATE articles SET hidden = 1 WHERE article_id = ?", (article_id,))
        self.connection.execute("UPDATE chunks SET live = 0 WHERE article_id = ?", (article_id,))
        self._forget_source(article_id)
        self.bump()

    def erase(self, article_id: str) -> None:
        """Remove every version, chunk and embedding of an article. Call within a transaction."""
        self.set_meta("last_chunk_id", str(self.next_chunk_id() - 1))
        self._forget_source(article_id)
        for table in ("chunks", "versions", "articles"):
            self.connection.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
        self.bump()

    def _forget_source(self, article_id: str) -> None:
        """Reading the same file again must not count as unchanged once its article is out."""
        self.connection.execute(
            "DELETE FROM sources WHERE (root, key) IN (SELECT root, key FROM articles WHERE article_id = ?)",
            (article_id,),
        )

    # reading ---------------------------------------------------------------------------------------------------

    def article(self, article_id: str, version: int | None = None) -> Article | None:
        """One version (the current one without a number), hidden ones included; None when there is none."""
        row = self.connection.execute(
            f"SELECT a.version, v.version, v.text, a.copy_group, {', '.join('v.' + c for c in _COLUMNS.split(', '))} "
            "FROM articles a JOIN versions v ON v.article_id = a.article_id "
            "WHERE a.article_id = ? AND v.version = coalesce(?, a.version)",
            (article_id, version),
        ).fetchone()
        if row is None:
            return None
        _, number, text, group, title, source, url, outlet, author, published, updated, language, pages = row
        return Article(
            article_id=article_id, version=int(number), text=text, title=title, source=source, url=url, outlet=outlet,
            author=author, published=published, updated=updated, language=language, copy_group=group,
            page_starts=tuple(json.loads(pages)),
        )  # fmt: skip

    def live_ids(self, filters: Filters) -> NDArray[np.int64]:
        """Ids of all live chunks that pass the filters, ascending."""
        conditions, values = filter_sql(filters)
        where = " AND ".join(["c.live = 1", *conditions])
        join = "JOIN versions v ON v.article_id = c.article_id AND v.version = c.version" if conditions else ""
        rows = self.connection.execute(f"SELECT c.chunk_id FROM chunks c {join} WHERE {where} ORDER BY 1", values)
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def embeddings(self, *, above: int = 0, live_only: bool = True) -> Iterator[tuple[int, bytes]]:
        """(chunk id, float16 bytes) with ids greater than `above`, ascending."""
        condition = " AND live = 1" if live_only else ""
        yield from self.connection.execute(
            f"SELECT chunk_id, embedding FROM chunks WHERE chunk_id > ?{condition} ORDER BY chunk_id", (above,)
        )

    def rows(self, chunk_ids: Sequence[int]) -> dict[int, tuple[object, ...]]:
        """Live chunks among `chunk_ids`: id -> (article_id, version, start, end, text, copy_group, *_COLUMNS)."""
        columns = ", ".join("v." + column for column in _COLUMNS.split(", "))
        found: dict[int, tuple[object, ...]] = {}
        for begin in range(0, len(chunk_ids), _MANY):
            part = chunk_ids[begin : begin + _MANY]
            marks = ", ".join("?" * len(part))
            rows = self.connection.execute(
                'SELECT c.chunk_id, c.article_id, c.version, c.start, c."end", '
                f'substr(v.text, c.start + 1, c."end" - c.start), a.copy_group, {columns} FROM chunks c '
                "JOIN versions v ON v.article_id = c.article_id AND v.version = c.version "
                f"JOIN articles a ON a.article_id = c.article_id WHERE c.live = 1 AND c.chunk_id IN ({marks})",
                [int(chunk_id) for chunk_id in part],
            )
            found.update({int(row[0]): tuple(row[1:]) for row in rows})
        return found


def filter_sql(filters: Filters) -> tuple[list[str], list[object]]:
    """Conditions over `versions v` and their values. An undated article never passes a date filter."""
    conditions: list[str] = []
    values: list[object] = []
    for column, wanted in (("v.outlet", filters.outlets), ("v.article_id", filters.article_ids)):
        if wanted:
            conditions.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values.extend(wanted)
    if filters.after:
        conditions.append("substr(v.published, 1, 10) >= ?")
        values.append(filters.after[:10])
    if filters.before:
        conditions.append("substr(v.published, 1, 10) < ?")
        values.append(filters.before[:10])
    return conditions, values
