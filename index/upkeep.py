"""How are the derived stores kept in step with the catalogue, checked, and rebuilt without encoding anything?"""

import errno
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArticleNotFound, LibraryBusy, LibraryDamaged, LibraryError
from index.lock import writing
from index.records import CheckReport, Filters
from index.vectors import Generation, build, sweep
from index.words import WordRow, Words

if TYPE_CHECKING:
    from index.library import Library

# Rows newer than the Chroma generation are scanned exactly: a tenth of it, or this many, cost a search under 10 ms.
TAIL_SHARE = 0.1
TAIL_ROWS = 1_000
# While an add runs, a new generation is worth its time only for a long tail.
RUNNING_TAIL_ROWS = 20_000
# Retired rows take places among the nearest; beyond this share the generation is built anew.
DEAD_SHARE = 0.2
_WORD_BATCH = 20_000


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """What the disk refuses becomes one clear line; what was committed before stands."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "full" in str(error) or "I/O" in str(error):
            raise _full(folder, error) from error
        raise LibraryDamaged(f"The catalogue in {folder} failed ({error}): run onrecord check") from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise _full(folder, error) from error
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            raise LibraryError(
                f"{folder} may not be written: {error.strerror}. Name another folder with --library"
            ) from error
        raise
    except ValueError as error:
        # tantivy reports its I/O errors as ValueError.
        if (
            "os error 28" in str(error).lower()
            or "no space" in str(error).lower()
            or "os error 27" in str(error).lower()
        ):
            raise _full(folder, error) from error
        raise


def _full(folder: Path, error: Exception) -> LibraryError:
    return LibraryError(
        f"The disk of {folder} is full ({error}): everything reported so far is kept; free space and run the command "
        "again"
    )


# vectors -------------------------------------------------------------------------------------------------------


def follow_vectors(library: "Library", *, finished: bool) -> None:
    """Bring the vectors up to the catalogue when that pays: a new Chroma generation, or rows to the server."""
    catalogue = library.catalogue
    connect = library.server_factory()
    if connect is not None:
        upto = int(catalogue.meta("server_upto") or 0)
        last = catalogue.next_chunk_id() - 1
        if last > upto:
            connect().write(catalogue.embeddings(above=upto), _dimensions(library))
            with catalogue.transaction():
                catalogue.set_meta("server_upto", str(last))
                catalogue.bump()
        return
    rows, upto = _generation_rows(library)
    live, newer = catalogue.live_counts(upto)
    if live == 0:
        return
    long = max(TAIL_ROWS, TAIL_SHARE * rows) if finished else max(RUNNING_TAIL_ROWS, rows / 2)
    missing = rows == 0 and finished
    dead = finished and rows > TAIL_ROWS and rows - (live - newer) > DEAD_SHARE * rows
    if missing or newer > long or dead:
        new_generation(library)


def new_generation(library: "Library") -> None:
    """Build vectors anew from the catalogue and name them there; the generation before stays for who has it open."""
    catalogue = library.catalogue
    before = catalogue.meta("generation")
    parent = library.path / "vectors"
    sweep(parent, keep={before} if before else set())
    live, _ = catalogue.live_counts(0)
    name = build(parent, catalogue.embeddings(), count=live, dimensions=_dimensions(library))
    ids = Generation(parent / name).ids
    with catalogue.transaction():
        catalogue.set_meta("generation", name)
        catalogue.set_meta("generation_rows", f"{len(ids)} {int(ids[-1]) if len(ids) else 0}")
        catalogue.bump()


def _generation_rows(library: "Library") -> tuple[int, int]:
    """(rows, highest chunk id) of the current generation; zeros when there is none that can be read."""
    name = library.catalogue.meta("generation")
    if name is None or not (library.path / "vectors" / name / "manifest.json").is_file():
        return 0, 0
    rows, upto = (library.catalogue.meta("generation_rows") or "0 0").split()
    return int(rows), int(upto)


def _dimensions(library: "Library") -> int:
    return int(library.catalogue.meta("dimensions") or 0)


# words ---------------------------------------------------------------------------------------------------------


def words_folder(library: "Library") -> Path:
    """The folder of the word index that the catalogue names."""
    return library.path / (library.catalogue.meta("words") or "words")


def writable_words(library: "Library") -> Words:
    """The word index for the writer, made or rebuilt when it is missing or damaged."""
    folder = words_folder(library)
    if library.catalogue.meta("words") is None:
        with library.catalogue.transaction():
            library.catalogue.set_meta("words", "words")
        return Words(folder, create=True)
    try:
        return Words(folder)
    except LibraryDamaged:
        return new_words(library)


def new_words(library: "Library") -> Words:
    """Build a word index anew in a folder of its own and name it in the catalogue. The lock must be held."""
    catalogue = library.catalogue
    before = words_folder(library)
    folder = library.path / f"words-{uuid.uuid4().hex[:8]}"
    words = Words(folder, create=True)
    ids = [int(number) for number in catalogue.live_ids(Filters())]
    for begin in range(0, max(1, len(ids)), _WORD_BATCH):
        rows = catalogue.rows(ids[begin : begin + _WORD_BATCH])
        words.write(
            WordRow(
                chunk_id=chunk_id, text=str(row[4]), title=str(row[6]), outlet=_text(row[9]), published=_text(row[11])
            )
            for chunk_id, row in rows.items()
        )
    words.close()
    with catalogue.transaction():
        catalogue.set_meta("words", folder.name)
        catalogue.bump()
    _drop_folder(before)
    return words


def mended_words(library: "Library") -> Words:
    """For a reader that met a damaged word index: rebuilt when nobody is writing, else LibraryDamaged."""
    try:
        with writing(library.path):
            try:
                return Words(words_folder(library))  # the writer that was waited for may have mended it
            except LibraryDamaged:
                return new_words(library)
    except (LibraryBusy, OSError) as error:
        raise LibraryDamaged(f"The word index of {library.path} is damaged: run onrecord check --repair") from error


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _drop_folder(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


# check and remove ----------------------------------------------------------------------------------------------


def check(library: "Library", *, repair: bool) -> CheckReport:
    """Compare the three stores. With `repair`, rebuild what is derived; the catalogue itself cannot be rebuilt."""
    if not repair:
        return CheckReport(problems=tuple(_problems(library).values()))
    with storage_errors(library.path), writing(library.path):
        problems = _problems(library)
        if "catalogue" in problems:
            return CheckReport(problems=tuple(problems.values()))
        repaired = []
        if "words" in problems:
            new_words(library).close()
            repaired.append("words rebuilt from the catalogue")
        if "vectors" in problems:
            _repair_vectors(library)
            repaired.append("vectors rebuilt from the catalogue")
        if "leftovers" in problems:
            _sweep(library)
            repaired.append("leftovers of an interrupted run removed")
        return CheckReport(problems=tuple(problems.values()), repaired=tuple(repaired))


def _problems(library: "Library") -> dict[str, str]:
    catalogue = library.catalogue
    state = catalogue.connection.execute("PRAGMA quick_check").fetchone()[0]
    if state != "ok":
        return {"catalogue": f"catalogue: {state}. Restore {catalogue.path} from a backup"}
    problems: dict[str, str] = {}
    live = {int(number) for number in catalogue.live_ids(Filters())}
    try:
        indexed = Words(words_folder(library)).chunk_ids()
        if missing := len(live - indexed):
            problems["words"] = f"words: {missing} of {len(live)} chunks are not in the word index"
        elif extra := len(indexed - live):
            problems["words"] = f"words: {extra} chunks of retired articles are still in the word index"
    except LibraryDamaged as error:
        problems["words"] = f"words: {error}"
    if problem := _vector_problem(library, live):
        problems["vectors"] = f"vectors: {problem}"
    if strays := _strays(library):
        problems["leftovers"] = f"leftovers: {', '.join(strays)} of an interrupted run"
    return problems


def _vector_problem(library: "Library", live: set[int]) -> str | None:
    connect = library.server_factory()
    if connect is not None:
        upto = int(library.catalogue.meta("server_upto") or 0)
        missing = len({i for i in live if i <= upto} - connect().chunk_ids())
        return f"{missing} chunks are not on the Chroma server" if missing else None
    name = library.catalogue.meta("generation")
    if name is None:
        return "no Chroma generation was built yet" if live else None
    try:
        held = {int(number) for number in Generation(library.path / "vectors" / name).ids}
    except LibraryDamaged as error:
        return str(error)
    upto = max(held, default=0)
    missing = len({i for i in live if i <= upto} - held)
    return f"{missing} chunks are not in the Chroma generation" if missing else None


def _repair_vectors(library: "Library") -> None:
    connect = library.server_factory()
    if connect is None:
        new_generation(library)
        return
    connect().write(library.catalogue.embeddings(), _dimensions(library))


def _strays(library: "Library") -> list[str]:
    named = {library.catalogue.meta("generation"), words_folder(library).name}
    folders = [*library.path.glob("words*"), *(library.path / "vectors").glob("generation-*")]
    unfinished = [f for f in folders if f.name not in named and not (f / "manifest.json").exists() and f.is_dir()]
    return sorted(folder.name for folder in unfinished)


def _sweep(library: "Library") -> None:
    name = library.catalogue.meta("generation")
    sweep(library.path / "vectors", keep={name} if name else set())
    for stray in _strays(library):
        _drop_folder(library.path / stray)


def remove(library: "Library", article_id: str, *, purge: bool) -> None:
    """Hide an article, or erase every trace of it from all stores."""
    if library.catalogue.article(article_id) is None:
        raise ArticleNotFound(f"There is no article {article_id} in {library.path}: onrecord list shows what it holds")
    with storage_errors(library.path), writing(library.path):
        catalogue = library.catalogue
        all_chunks = catalogue.chunks_of(article_id)
        words = writable_words(library)
        with catalogue.transaction():
            if purge:
                catalogue.erase(article_id)
            else:
                catalogue.hide(article_id)
        words.write([], retired=all_chunks)
        words.close()
        if not purge:
            return
        # Deleted rows linger in segments, pages and older generations until those are written anew.
        new_words(library).close()
        connect = library.server_factory()
        if connect is not None:
            connect().delete(all_chunks)
        else:
            new_generation(library)
            _sweep(library)
        catalogue.compact()
