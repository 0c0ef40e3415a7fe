"""How do the derived stores follow the catalogue, and how are they built anew without encoding anything?"""

import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import LibraryBusy, LibraryDamaged
from index.lock import writing
from index.vectors import Generation, build, sweep
from index.words import WordRow, Words

if TYPE_CHECKING:
    from index.library import Library

# Rows newer than the Chroma generation are scanned exactly: a tenth of it, or this many, cost a search under 10 ms.
TAIL_SHARE = 0.1
TAIL_ROWS = 5_000
# While an add runs, a generation is built anew when the library has doubled: a scan of the tail (30 ms) costs less.
RUNNING_TAIL_ROWS = 50_000
# Retired rows take places among the nearest; beyond this share the generation is built anew.
DEAD_SHARE = 0.2
# A reader that must mend the words does not keep its user waiting for a writer.
_READER_PATIENCE = 2.0
_WORD_BATCH = 20_000
# What `unfinished` in the catalogue says while a writer is between the stores: they are compared before the next write.
WRITING, PURGING = "writing", "purging"


# vectors -------------------------------------------------------------------------------------------------------


def follow_vectors(library: "Library", *, finished: bool) -> None:
    """Bring the vectors up to the catalogue when that pays: a new Chroma generation, or rows to the server.

    `finished`: the add is at its end, so that a damaged or missing generation is built anew as well.
    """
    catalogue = library.catalogue
    if library.server_factory() is not None:
        _follow_server(library)
        return
    rows, upto = generation_rows(library, verify=finished)
    live, newer = catalogue.live_counts(upto)
    if live == 0:
        return
    long = max(TAIL_ROWS, TAIL_SHARE * rows) if finished else max(RUNNING_TAIL_ROWS, rows)
    missing = rows == 0 and finished
    dead = finished and len(catalogue.retired()) > max(TAIL_ROWS, DEAD_SHARE * rows)
    if missing or newer > long or dead:
        new_generation(library)


def _follow_server(library: "Library") -> None:
    catalogue = library.catalogue
    connect = library.server_factory()
    # A server under another address than before may hold nothing yet; writing a row twice changes nothing.
    moved = library.vectors_url != catalogue.meta("vectors_url")
    upto, last = 0 if moved else int(catalogue.meta("server_upto") or 0), catalogue.next_chunk_id() - 1
    retired = catalogue.retired()
    if connect is None or (last == upto and not retired and not moved):
        return
    server = connect()
    server.write(catalogue.embeddings(above=upto), dimensions(library))
    server.delete([chunk_id for _, chunk_id in retired])
    live, _ = catalogue.live_counts(last)
    with catalogue.transaction():
        catalogue.set_meta("vectors_url", server.url)
        catalogue.set_meta("server_upto", str(last))
        catalogue.set_meta("server_rows", str(live))
        if retired:
            catalogue.forget_retired(retired[-1][0])
        catalogue.bump()


def new_generation(library: "Library") -> None:
    """Build vectors anew from the catalogue and name them there; the generation before stays for who has it open."""
    catalogue = library.catalogue
    before = catalogue.meta("generation")
    parent = library.path / "vectors"
    sweep(parent, keep={before} if before else set())
    retired = catalogue.retired()
    live, _ = catalogue.live_counts(0)
    name = build(parent, catalogue.embeddings(), count=live, dimensions=dimensions(library))
    ids = Generation(parent / name).ids
    with catalogue.transaction():
        catalogue.set_meta("generation", name)
        catalogue.set_meta("generation_rows", f"{len(ids)} {int(ids[-1]) if len(ids) else 0}")
        if retired:
            catalogue.forget_retired(retired[-1][0])
        catalogue.bump()


def generation_rows(library: "Library", *, verify: bool) -> tuple[int, int]:
    """(rows, highest chunk id) of the current generation; zeros when there is none, or (`verify`) a damaged one."""
    name = library.catalogue.meta("generation")
    if name is None or not (library.path / "vectors" / name / "manifest.json").is_file():
        return 0, 0
    if verify:
        try:
            Generation(library.path / "vectors" / name)
        except LibraryDamaged:
            return 0, 0
    rows, upto = (library.catalogue.meta("generation_rows") or "0 0").split()
    return int(rows), int(upto)


def dimensions(library: "Library") -> int:
    """Length of the library's vectors, 0 before the first."""
    return int(library.catalogue.meta("dimensions") or 0)


# words ---------------------------------------------------------------------------------------------------------


def words_folder(library: "Library") -> Path:
    """The folder of the word index that the catalogue names."""
    return library.path / (library.catalogue.meta("words") or "words")


def writable_words(library: "Library") -> Words:
    """The word index for the writer: made or rebuilt when it is missing or damaged, and put in step with the catalogue
    when the writer before was interrupted. The lock must be held.
    """
    catalogue = library.catalogue
    folder = words_folder(library)
    if catalogue.meta("words") is None:
        with catalogue.transaction():
            catalogue.set_meta("words", "words")
        shutil.rmtree(folder, ignore_errors=True)
        words = Words(folder, create=True)
    else:
        try:
            words = Words(folder)
            words.tidy()
        except LibraryDamaged:
            words = new_words(library)
    if catalogue.meta("unfinished") is not None:
        live, indexed = {int(number) for number in catalogue.live_ids()}, words.chunk_ids()
        if live != indexed:
            _write_words(library, words, sorted(live - indexed), retired=sorted(indexed - live))
        for stray in strays(library):
            shutil.rmtree(library.path / stray, ignore_errors=True)
        with catalogue.transaction():
            catalogue.drop_staged()
    return words


def new_words(library: "Library") -> Words:
    """Build a word index anew in a folder of its own and name it in the catalogue. The lock must be held."""
    catalogue = library.catalogue
    before = words_folder(library)
    folder = library.path / f"words-{uuid.uuid4().hex[:8]}"
    try:
        words = Words(folder, create=True)
        _write_words(library, words, [int(number) for number in catalogue.live_ids()])
        words.close()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    with catalogue.transaction():
        catalogue.set_meta("words", folder.name)
        catalogue.bump()
    shutil.rmtree(before, ignore_errors=True)
    return words


def _write_words(library: "Library", words: Words, chunk_ids: list[int], *, retired: list[int] | None = None) -> None:
    for begin in range(0, max(1, len(chunk_ids)), _WORD_BATCH):
        rows = library.catalogue.rows(chunk_ids[begin : begin + _WORD_BATCH])
        words.write(
            (
                WordRow(
                    chunk_id=chunk_id,
                    text=str(row[4]),
                    title=str(row[6]),
                    outlet=_text(row[9]),
                    published=_text(row[11]),
                )
                for chunk_id, row in rows.items()
            ),
            retired=(retired or []) if begin == 0 else (),
        )


def open_words(library: "Library") -> Words:
    """The word index for a reader. A damaged one is rebuilt when nobody is writing, else LibraryDamaged."""
    folder = words_folder(library)
    try:
        return Words(folder)
    except LibraryDamaged as damage:
        if words_folder(library) != folder:
            return Words(words_folder(library))  # another process has built it anew in this moment
        try:
            with writing(library.path, patience=_READER_PATIENCE):
                try:
                    return Words(words_folder(library))  # the writer that was waited for may have mended it
                except LibraryDamaged:
                    return new_words(library)
        except (LibraryBusy, OSError) as error:
            raise damage from error


def strays(library: "Library") -> list[str]:
    """Folders, relative to the library's, that an interrupted writer left behind. The lock must be held."""
    named = {library.catalogue.meta("generation"), words_folder(library).name}
    folders = [*library.path.glob("words*"), *(library.path / "vectors").glob("generation-*")]
    unfinished = [f for f in folders if f.is_dir() and f.name not in named and not (f / "manifest.json").exists()]
    return sorted(str(folder.relative_to(library.path)) for folder in unfinished)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
