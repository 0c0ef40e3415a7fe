"""Do catalogue, vectors and words agree? What does not is named, and rebuilt from the catalogue on request."""

import shutil
import sqlite3
from typing import TYPE_CHECKING

from index.errors import LibraryDamaged
from index.lock import writing
from index.records import CheckReport
from index.remove import finish_purge
from index.storage import storage_errors
from index.upkeep import PURGING, dimensions, new_generation, new_words, strays, words_folder
from index.vectors import Generation
from index.words import Words

if TYPE_CHECKING:
    from index.library import Library


def check(library: "Library", *, repair: bool) -> CheckReport:
    """Compare the three stores. With `repair`, rebuild what is derived; the catalogue itself cannot be rebuilt.

    The writer's lock is held meanwhile: between two stores of a running add there is always a difference.
    """
    library.refuse_absent()
    with storage_errors(library.path), writing(library.path):
        problems = _problems(library)
        if not repair or "catalogue" in problems:
            return CheckReport(problems=tuple(problems.values()))
        repaired = []
        if "purge" in problems:
            finish_purge(library)
            repaired.append("removal completed")
        if "words" in problems:
            new_words(library).close()
            repaired.append("words rebuilt from the catalogue")
        if "vectors" in problems:
            _repair_vectors(library)
            repaired.append("vectors rebuilt from the catalogue")
        if "leftovers" in problems:
            for stray in strays(library):
                shutil.rmtree(library.path / stray, ignore_errors=True)
            repaired.append("leftovers of an interrupted run removed")
        with library.catalogue.transaction():
            library.catalogue.forget_meta("unfinished")
        return CheckReport(problems=tuple(problems.values()), repaired=tuple(repaired))


def _problems(library: "Library") -> dict[str, str]:
    catalogue = library.catalogue
    try:
        state = str(catalogue.connection.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        state = str(error)
    if state != "ok":
        return {"catalogue": f"catalogue: {state}. Restore {catalogue.path} from a backup"}
    problems: dict[str, str] = {}
    if catalogue.meta("unfinished") == PURGING:
        problems["purge"] = "removal: an article was erased, but not yet from the vectors and words"
    live = {int(number) for number in catalogue.live_ids()}
    if problem := _word_problem(library, live):
        problems["words"] = f"words: {problem}"
    if problem := _vector_problem(library, live):
        problems["vectors"] = f"vectors: {problem}"
    if left := strays(library):
        problems["leftovers"] = f"leftovers: {', '.join(left)} of an interrupted run"
    return problems


def _word_problem(library: "Library", live: set[int]) -> str | None:
    try:
        indexed = Words(words_folder(library)).chunk_ids()
    except LibraryDamaged as error:
        return str(error)
    if missing := len(live - indexed):
        return f"{missing} of {len(live)} chunks are not in the word index"
    if extra := len(indexed - live):
        return f"{extra} chunks of retired articles are still in the word index"
    return None


def _vector_problem(library: "Library", live: set[int]) -> str | None:
    retired = {chunk_id for _, chunk_id in library.catalogue.retired()}
    connect = library.server_factory()
    if connect is not None:
        upto = int(library.catalogue.meta("server_upto") or 0)
        held = connect().chunk_ids()
        if missing := len({i for i in live if i <= upto} - held):
            return f"{missing} chunks are not on the Chroma server"
        if extra := len({i for i in held if i <= upto} - live - retired):
            return f"{extra} chunks of retired articles are still on the Chroma server"
        return None
    name = library.catalogue.meta("generation")
    if name is None:
        return "no Chroma generation was built yet" if live else None
    try:
        generation = Generation(library.path / "vectors" / name)
        held = {int(number) for number in generation.ids}
        if len(held):
            # Chroma itself must answer too: its SQLite file is not sealed.
            generation.nearest(generation.matrix[0].astype("float32"), 1)
        generation.close()
    except LibraryDamaged as error:
        return str(error)
    upto = max(held, default=0)
    if missing := len({i for i in live if i <= upto} - held):
        return f"{missing} chunks are not in the Chroma generation"
    if extra := len(held - live - retired):
        return f"{extra} chunks of the Chroma generation are not in the catalogue"
    return None


def _repair_vectors(library: "Library") -> None:
    connect = library.server_factory()
    if connect is None:
        new_generation(library)
        return
    catalogue = library.catalogue
    server = connect()
    live = {int(number) for number in catalogue.live_ids()}
    server.write(catalogue.embeddings(), dimensions(library))
    server.delete(sorted(server.chunk_ids() - live))
    with catalogue.transaction():
        catalogue.set_meta("vectors_url", server.url)
        catalogue.set_meta("server_upto", str(catalogue.next_chunk_id() - 1))
        catalogue.set_meta("server_rows", str(len(live)))
        catalogue.bump()
