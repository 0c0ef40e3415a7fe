"""How is the catalogue's file opened, shared by threads, and written all or nothing?"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryDamaged, LibraryError, LibraryMismatch
from index.schema import MIGRATIONS, SCHEMA


class Database:
    """A SQLite file in WAL mode with `synchronous=FULL`; one connection a thread, so it can be shared by threads.

    Raises LibraryDamaged when it cannot be read, LibraryMismatch when a newer onrecord wrote it.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._local = threading.local()
        self._open: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._guard = threading.Lock()
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._migrate(create=create)
        except sqlite3.OperationalError as error:
            self.close()
            if create:
                raise
            # Busy, full or not permitted: nothing is broken.
            raise LibraryError(f"The catalogue {path} cannot be opened ({error}): try again") from error
        except sqlite3.DatabaseError as error:
            self.close()
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
                # Pools start new threads for every batch: connections of ended ones must not pile up.
                for thread, connection in self._open:
                    if not thread.is_alive():
                        connection.close()
                self._open = [(thread, connection) for thread, connection in self._open if thread.is_alive()]
                self._open.append((threading.current_thread(), existing))
        return existing

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for _, connection in self._open:
                connection.close()
            self._open.clear()
        self._local = threading.local()

    def _migrate(self, *, create: bool) -> None:
        if self._number(create=create) == SCHEMA:
            return
        connection = self.connection
        # Of two processes that come at once the second waits here, and then finds nothing to do.
        connection.execute("BEGIN IMMEDIATE")
        try:
            for position in range(self._number(create=create), SCHEMA):
                # Not executescript: it commits what is open.
                for statement in filter(str.strip, MIGRATIONS[position].split(";")):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version={SCHEMA}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _number(self, *, create: bool) -> int:
        number = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
        if number > SCHEMA:
            raise LibraryMismatch(
                f"{self.path.parent} was written by a newer onrecord (schema {number}, this one knows {SCHEMA}): "
                "pip install --upgrade onrecord"
            )
        if number == 0 and not create:
            raise LibraryDamaged(f"{self.path} holds no catalogue. Restore it from a backup, or add to a new folder.")
        return number

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; on disk when the block is left."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
            self.connection.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled it back already.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

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

    def compact(self) -> None:
        """Rewrite the file so that erased rows are in no page of it, nor in the log beside it."""
        self.connection.execute("VACUUM")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
