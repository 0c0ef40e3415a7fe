"""What does the catalogue hold? Every question that is asked of it, none of which changes it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.database import Database
from index.records import Article, ArticleSummary, Filters

# SQLite's own limit on bound values is 32,766 in the builds that Python ships; stay far below.
_MANY = 500
_COLUMNS = ", ".join(
    "v." + column
    for column in ("title", "source", "url", "outlet", "author", "published", "updated", "language", "page_starts")
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored about an article key."""

    article_id: str
    root: str
    version: int
    hash: str
    hidden: bool


class Lookup(Database):
    """The reading half of the catalogue."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        super().__init__(path, create=create)
        # (revision, facts): asked with each question, and costing a pass over all articles.
        self._facts: tuple[int, tuple[tuple[str, ...], str | None, str | None]] | None = None

    # sources and keys ------------------------------------------------------------------------------------------

    def source_fingerprints(self, root: str) -> dict[str, tuple[str, int]]:
        """Key -> (fingerprint when it was last read completely, articles it gave), for all sources under a root."""
        rows = self.connection.execute("SELECT key, fingerprint, articles FROM sources WHERE root = ?", (root,))
        return {key: (fingerprint, int(articles)) for key, fingerprint, articles in rows}

    def known(self, key: str) -> Known | None:
        """What is stored under an article key."""
        row = self.connection.execute(
            "SELECT a.article_id, a.root, a.version, v.hash, a.hidden FROM articles a "
            "JOIN versions v ON v.article_id = a.article_id AND v.version = a.version WHERE a.key = ?",
            (key,),
        ).fetchone()
        return None if row is None else Known(row[0], row[1], int(row[2]), row[3], bool(row[4]))

    def key_of(self, article_id: str) -> str | None:
        """The key that an article is stored under."""
        row = self.connection.execute("SELECT key FROM articles WHERE article_id = ?", (article_id,)).fetchone()
        return None if row is None else str(row[0])

    def signatures(self) -> Iterator[tuple[str, bytes, str | None]]:
        """(article id, signature, copy group) of every article that is not hidden."""
        yield from self.connection.execute(
            "SELECT article_id, signature, copy_group FROM articles WHERE hidden = 0 AND signature IS NOT NULL"
        )

    # chunks ----------------------------------------------------------------------------------------------------

    def live_chunks_of(self, article_ids: Sequence[str]) -> list[int]:
        """Ids of the live chunks of these articles, ascending."""
        found: list[int] = []
        for begin in range(0, len(article_ids), _MANY):
            part = article_ids[begin : begin + _MANY]
            marks = ", ".join("?" * len(part))
            rows = self.connection.execute(
                f"SELECT chunk_id FROM chunks WHERE live = 1 AND article_id IN ({marks})", list(part)
            )
            found.extend(int(row[0]) for row in rows)
        return sorted(found)

    def live_counts(self, upto: int) -> tuple[int, int]:
        """(live chunks, those of them with an id above `upto`)."""
        total = self.connection.execute("SELECT count(*) FROM chunks WHERE live = 1").fetchone()[0]
        newer = self.connection.execute(
            "SELECT count(*) FROM chunks WHERE live = 1 AND chunk_id > ?", (upto,)
        ).fetchone()[0]
        return int(total), int(newer)

    def live_ids(self) -> NDArray[np.int64]:
        """Ids of all live chunks, ascending."""
        rows = self.connection.execute("SELECT chunk_id FROM chunks INDEXED BY chunks_by_article WHERE live = 1")
        return np.sort(np.fromiter((row[0] for row in rows), dtype=np.int64))

    def retired(self, *, after: int = 0) -> list[tuple[int, int]]:
        """(place, chunk id) of chunks that went out and may still be in a derived store, from place `after` on."""
        rows = self.connection.execute("SELECT place, chunk_id FROM retired WHERE place > ? ORDER BY place", (after,))
        return [(int(place), int(chunk_id)) for place, chunk_id in rows]

    def facets(self, *, above: int) -> Iterator[tuple[int, str | None, str | None]]:
        """(chunk id, published, outlet) of live chunks with ids greater than `above`, in no order."""
        index = " INDEXED BY chunks_by_article" if above == 0 else ""
        yield from self.connection.execute(
            f"SELECT c.chunk_id, v.published, v.outlet FROM chunks c{index} JOIN versions v INDEXED BY versions_facts "
            "ON v.article_id = c.article_id AND v.version = c.version WHERE c.live = 1 AND c.chunk_id > ?",
            (above,),
        )

    def embeddings(self, *, above: int = 0) -> Iterator[tuple[int, bytes]]:
        """(chunk id, float16 bytes) of live chunks with ids greater than `above`, ascending."""
        yield from self.connection.execute(
            "SELECT chunk_id, embedding FROM chunks WHERE chunk_id > ? AND live = 1 ORDER BY chunk_id", (above,)
        )

    def embeddings_of(self, chunk_ids: Sequence[int]) -> list[tuple[int, bytes]]:
        """(chunk id, float16 bytes) of those of `chunk_ids` that are live, ascending."""
        found: list[tuple[int, bytes]] = []
        for begin in range(0, len(chunk_ids), _MANY):
            part = [int(chunk_id) for chunk_id in chunk_ids[begin : begin + _MANY]]
            marks = ", ".join("?" * len(part))
            found += self.connection.execute(
                f"SELECT chunk_id, embedding FROM chunks WHERE live = 1 AND chunk_id IN ({marks}) ORDER BY chunk_id",
                part,
            ).fetchall()
        return found

    def rows(self, chunk_ids: Sequence[int]) -> dict[int, tuple[object, ...]]:
        """Live chunks among `chunk_ids`: id -> (article_id, version, start, end, text, copy_group, title, source, url,
        outlet, author, published, updated, language, page_starts).
        """
        found: dict[int, tuple[object, ...]] = {}
        for begin in range(0, len(chunk_ids), _MANY):
            part = chunk_ids[begin : begin + _MANY]
            marks = ", ".join("?" * len(part))
            rows = self.connection.execute(
                'SELECT c.chunk_id, c.article_id, c.version, c.start, c."end", '
                f'substr(v.text, c.start + 1, c."end" - c.start), a.copy_group, {_COLUMNS} FROM chunks c '
                "JOIN versions v ON v.article_id = c.article_id AND v.version = c.version "
                f"JOIN articles a ON a.article_id = c.article_id WHERE c.live = 1 AND c.chunk_id IN ({marks})",
                [int(chunk_id) for chunk_id in part],
            )
            found.update({int(row[0]): tuple(row[1:]) for row in rows})
        return found

    def next_chunk_id(self) -> int:
        """One more than any chunk ever stored; ids of retired chunks are not used again."""
        row = self.connection.execute("SELECT max(chunk_id) FROM chunks").fetchone()
        return max(int(row[0] or 0), int(self.meta("last_chunk_id") or 0)) + 1

    # articles --------------------------------------------------------------------------------------------------

    def article(self, article_id: str, version: int | None = None) -> Article | None:
        """One version (the current one without a number), hidden ones included; None when there is none."""
        row = self.connection.execute(
            f"SELECT v.version, v.text, a.copy_group, {_COLUMNS} "
            "FROM articles a JOIN versions v ON v.article_id = a.article_id "
            "WHERE a.article_id = ? AND v.version = coalesce(?, a.version)",
            (article_id, version),
        ).fetchone()
        if row is None:
            return None
        number, text, group, title, source, url, outlet, author, published, updated, language, pages = row
        return Article(
            article_id=article_id, version=int(number), text=text, title=title, source=source, url=url, outlet=outlet,
            author=author, published=published, updated=updated, language=language, copy_group=group,
            page_starts=tuple(json.loads(pages)),
        )  # fmt: skip

    def counts(self) -> tuple[int, int, int]:
        """Live articles, all readable versions, live chunks."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM articles WHERE hidden = 0), (SELECT count(*) FROM versions), "
            "(SELECT count(*) FROM chunks WHERE live = 1)"
        ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def outlets_and_dates(self) -> tuple[tuple[str, ...], str | None, str | None]:
        """Outlets of the live articles in order of name, first and last day of publication."""
        revision = self.revision()
        known = self._facts
        if known is not None and known[0] == revision:
            return known[1]
        live = (
            "FROM articles a JOIN versions v INDEXED BY versions_facts "
            "ON v.article_id = a.article_id AND v.version = a.version WHERE a.hidden = 0"
        )
        names = self.connection.execute(
            f"SELECT DISTINCT v.outlet {live} AND v.outlet IS NOT NULL ORDER BY 1"
        ).fetchall()
        first, last = self.connection.execute(
            f"SELECT min(substr(v.published, 1, 10)), max(substr(v.published, 1, 10)) {live}"
        ).fetchone()
        facts = (tuple(str(row[0]) for row in names), first, last)
        self._facts = (revision, facts)
        return facts

    def summaries(self, filters: Filters, *, copy_group: str | None = None) -> Iterator[ArticleSummary]:
        """Live articles that pass the filters, newest first, undated ones last."""
        conditions, values = _filter_sql(filters)
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


def _filter_sql(filters: Filters) -> tuple[list[str], list[object]]:
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
