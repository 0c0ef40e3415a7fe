"""Where are conversations kept? In a SQLite file of their own beside the library, each with its owner.

The file is `<library>.chat.sqlite`, next to the library folder and not in it: a library can be copied, handed on or
opened read-only without the questions that people asked of it, and the library's lock is never touched. Every method
takes the owner, and finds nothing that belongs to somebody else.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from index.records import Filters
from rag.records import Answer
from ui.web.escape import shortened
from ui.web.records import AskSettings, Conversation, Feedback, Status, Turn

SCHEMA = 1
TABLES = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS conversation_owner ON conversation (owner, updated);
CREATE TABLE IF NOT EXISTS turn (
    id TEXT PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, asked_at TEXT NOT NULL, status TEXT NOT NULL,
    error TEXT NOT NULL, filters TEXT NOT NULL, settings TEXT NOT NULL, answer TEXT);
CREATE INDEX IF NOT EXISTS turn_conversation ON turn (conversation, position);
CREATE TABLE IF NOT EXISTS feedback (
    turn TEXT PRIMARY KEY REFERENCES turn (id) ON DELETE CASCADE, verdict TEXT NOT NULL, note TEXT NOT NULL,
    correct TEXT NOT NULL, given TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
TITLE_LENGTH = 60  # characters of the first question that name a conversation; two lines of the list
ERASED = "[erased]"
Kept = TypeVar("Kept", Answer, Filters, AskSettings)


def chat_file(library_path: str) -> Path:
    """Where the conversations about this library are kept."""
    whole = Path(library_path).absolute()
    return whole.with_name(whole.name + ".chat.sqlite")


def now() -> str:
    """This moment in UTC, to the microsecond: the order of the list hangs on it."""
    return datetime.now(UTC).isoformat()


class Conversations:
    """Every conversation of every owner about one library. Safe to use from any thread: one connection a call."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(TABLES)
            database.execute(f"PRAGMA user_version = {SCHEMA}")
        self.file.chmod(0o600)  # what people asked is nobody else's business on a shared machine

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file, timeout=10)) as database, database:
            database.row_factory = sqlite3.Row
            database.execute("PRAGMA foreign_keys = ON")
            yield database

    def secret(self, name: str) -> str:
        """A random secret made at first use and kept, so that sign-ins survive a restart."""
        with self._open() as database:
            database.execute("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, secrets.token_hex(32)))
            return str(database.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()["value"])

    def listed(self, owner: str, *, containing: str = "") -> list[Conversation]:
        """The owner's conversations, newest first; `containing` looks in titles and questions."""
        like = "%" + containing.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._open() as database:
            rows = database.execute(
                "SELECT c.id, c.title, c.updated, (SELECT count(*) FROM turn t WHERE t.conversation = c.id) AS turns "
                "FROM conversation c WHERE c.owner = :owner AND (c.title LIKE :like ESCAPE '\\' OR EXISTS "
                "(SELECT 1 FROM turn t WHERE t.conversation = c.id AND t.question LIKE :like ESCAPE '\\')) "
                "ORDER BY c.updated DESC LIMIT 200",
                {"owner": owner, "like": like},
            ).fetchall()
        return [
            Conversation(conversation_id=row["id"], title=row["title"], updated=row["updated"], turns=row["turns"])
            for row in rows
        ]

    def start(self, owner: str, question: str) -> str:
        """A new conversation, named by its first question; returns its id."""
        name, moment = secrets.token_urlsafe(9), now()
        with self._open() as database:
            database.execute(
                "INSERT INTO conversation VALUES (?, ?, ?, ?, ?)",
                (name, owner, shortened(question, TITLE_LENGTH), moment, moment),
            )
        return name

    def owns(self, owner: str, conversation_id: str) -> bool:
        """The conversation exists and is the owner's."""
        with self._open() as database:
            return _owned(database, owner, conversation_id)

    def title(self, owner: str, conversation_id: str) -> str:
        """The conversation's name; empty when there is none of the owner's."""
        with self._open() as database:
            row = database.execute(
                "SELECT title FROM conversation WHERE id = ? AND owner = ?", (conversation_id, owner)
            ).fetchone()
        return str(row["title"]) if row else ""

    def turns(self, owner: str, conversation_id: str) -> tuple[Turn, ...]:
        """The turns in the order in which they were asked."""
        with self._open() as database:
            if not _owned(database, owner, conversation_id):
                return ()
            return tuple(_turn(row) for row in _rows(database, "t.conversation = ?", (conversation_id,)))

    def save(self, owner: str, conversation_id: str, turn: Turn) -> None:
        """Keep a turn: a new one goes to the end, a known one is replaced (its feedback stays)."""
        with self._open() as database:
            if not _owned(database, owner, conversation_id):
                return
            place = database.execute(
                "SELECT coalesce(max(position) + 1, 0) AS place FROM turn WHERE conversation = ?", (conversation_id,)
            ).fetchone()["place"]
            values = (turn.turn_id, conversation_id, place, turn.question, turn.asked_at, turn.status, turn.error)
            database.execute(
                "INSERT INTO turn VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                "question = excluded.question, status = excluded.status, error = excluded.error, "
                "filters = excluded.filters, settings = excluded.settings, answer = excluded.answer",
                (*values, dump(turn.filters), dump(turn.settings), dump(turn.answer) if turn.answer else None),
            )
            database.execute("UPDATE conversation SET updated = ? WHERE id = ?", (now(), conversation_id))

    def drop_turn(self, owner: str, conversation_id: str, turn_id: str) -> None:
        """Take one turn out, to ask it again."""
        with self._open() as database:
            if _owned(database, owner, conversation_id):
                database.execute("DELETE FROM turn WHERE id = ? AND conversation = ?", (turn_id, conversation_id))

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give the conversation another name; an empty one changes nothing."""
        wanted = shortened(title, 2 * TITLE_LENGTH)
        if wanted:
            with self._open() as database:
                database.execute(
                    "UPDATE conversation SET title = ? WHERE id = ? AND owner = ?", (wanted, conversation_id, owner)
                )

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete the conversation, its turns and their feedback."""
        with self._open() as database:
            database.execute("DELETE FROM conversation WHERE id = ? AND owner = ?", (conversation_id, owner))

    def give_feedback(self, owner: str, conversation_id: str, turn_id: str, feedback: Feedback) -> None:
        """Keep what the owner said of an answer; saying it again replaces it."""
        with self._open() as database:
            known = database.execute(
                "SELECT 1 FROM turn WHERE id = ? AND conversation = ?", (turn_id, conversation_id)
            ).fetchone()
            if known and _owned(database, owner, conversation_id):
                database.execute(
                    "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?)",
                    (turn_id, feedback.verdict, feedback.note, feedback.correct, now()),
                )

    def with_feedback(self, owner: str | None) -> list[tuple[Turn, tuple[Turn, ...]]]:
        """Each turn that feedback was given on, with the turns before it; `owner` None: everybody's."""
        with self._open() as database:
            chosen = database.execute(
                "SELECT DISTINCT c.id FROM conversation c JOIN turn t ON t.conversation = c.id "
                "JOIN feedback f ON f.turn = t.id WHERE :owner IS NULL OR c.owner = :owner ORDER BY c.created",
                {"owner": owner},
            ).fetchall()
            found = []
            for row in chosen:
                turns = tuple(_turn(line) for line in _rows(database, "t.conversation = ?", (row["id"],)))
                found += [(turn, turns[:place]) for place, turn in enumerate(turns) if turn.feedback]
        return found

    def forget_article(self, article_id: str) -> int:
        """Erase a purged article's quotes and passages from every kept answer; returns how many answers held some."""
        changed = 0
        with self._open() as database:
            # instr knows no wildcards; in the stored JSON an id is escaped as `dump` escapes it
            for row in _rows(database, "instr(t.answer, ?) > 0", (dump_text(article_id),)):
                turn = _turn(row)
                if turn.answer is not None and _mentions(turn.answer, article_id):
                    erased = dump(_without(turn.answer, article_id))
                    database.execute("UPDATE turn SET answer = ? WHERE id = ?", (erased, turn.turn_id))
                    changed += 1
        return changed


def dump(value: Answer | Filters | AskSettings) -> str:
    """A record as JSON."""
    from pydantic import TypeAdapter

    return TypeAdapter[Any](type(value)).dump_json(value).decode()


def dump_text(value: str) -> str:
    """A text as it stands inside the JSON of `dump`, without its quotation marks."""
    from pydantic import TypeAdapter

    return TypeAdapter(str).dump_json(value).decode()[1:-1]


def load(kind: type[Kept], stored: str) -> Kept:
    """A record back from its JSON; tuples, nested records and all."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind).validate_json(stored)


def _owned(database: sqlite3.Connection, owner: str, conversation_id: str) -> bool:
    query = "SELECT 1 FROM conversation WHERE id = ? AND owner = ?"
    return database.execute(query, (conversation_id, owner)).fetchone() is not None


def _rows(database: sqlite3.Connection, where: str, values: tuple[str, ...]) -> list[sqlite3.Row]:
    return database.execute(
        "SELECT t.*, f.verdict, f.note, f.correct FROM turn t LEFT JOIN feedback f ON f.turn = t.id "
        f"WHERE {where} ORDER BY t.position",
        values,
    ).fetchall()


def _turn(row: sqlite3.Row) -> Turn:
    said = Feedback(verdict=row["verdict"], note=row["note"], correct=row["correct"]) if row["verdict"] else None
    return Turn(
        turn_id=row["id"],
        question=row["question"],
        asked_at=row["asked_at"],
        status=cast(Status, row["status"]),
        error=row["error"],
        filters=load(Filters, row["filters"]),
        settings=load(AskSettings, row["settings"]),
        answer=load(Answer, row["answer"]) if row["answer"] else None,
        feedback=said,
    )


def _mentions(answer: Answer, article_id: str) -> bool:
    quoted = {one.article_id for one in (*answer.citations, *answer.accounts)}
    return article_id in quoted | {one.article_id for one in answer.passages}


def _without(answer: Answer, article_id: str) -> Answer:
    """The answer without the article's words: markers stay, so that the rest still reads."""
    gone = {one.marker for one in answer.citations if one.article_id == article_id}
    claims = tuple(replace(claim, text=ERASED) if set(claim.citations) & gone else claim for claim in answer.claims)
    return replace(
        answer,
        text=ERASED if gone else answer.text,
        answer=ERASED if gone and answer.answer is not None else answer.answer,
        claims=claims,
        differing=tuple(report for report in answer.differing if report.marker not in gone),
        citations=tuple(
            replace(one, quote=ERASED, title=ERASED, spans=()) if one.marker in gone else one
            for one in answer.citations
        ),
        passages=tuple(one for one in answer.passages if one.article_id != article_id),
        accounts=tuple(one for one in answer.accounts if one.article_id != article_id),
    )
