"""How does a library begin? An empty or new folder gets a catalogue that says, once it is there, what built it."""

import uuid
from pathlib import Path

from index.catalogue import Catalogue
from index.encoder import Embedder, MiniLM, embedder_name
from index.errors import LibraryDamaged, LibraryError, LibraryMismatch
from index.split import SPLITTER

CATALOGUE_FILE = "catalogue.sqlite"


def refuse_foreign_folder(folder: Path) -> None:
    """Raise LibraryError when `folder` holds anything but what an interrupted beginning leaves."""
    if not folder.exists():
        return
    names = {entry.name for entry in folder.iterdir()}
    if any(name.startswith(("words", "vectors")) for name in names):
        raise LibraryDamaged(
            f"{folder / CATALOGUE_FILE} is missing: restore it from a backup, or delete the folder and add again"
        )
    if any(not name.startswith((CATALOGUE_FILE, "writer.")) for name in names):
        raise LibraryError(f"{folder} holds other files and no library: name a new or empty folder with --library")


def begin(folder: Path, embedder: Embedder, vectors_url: str | None) -> None:
    """Make the catalogue, under another name until it is complete. The lock must be held."""
    for leftover in folder.glob(f"{CATALOGUE_FILE}.new*"):
        leftover.unlink()
    unfinished = folder / f"{CATALOGUE_FILE}.new"
    catalogue = Catalogue(unfinished, create=True)
    with catalogue.transaction():
        catalogue.set_meta("library_id", uuid.uuid4().hex[:12])
        catalogue.set_meta("embedder", embedder_name(embedder))
        catalogue.set_meta("splitter", SPLITTER)
        if vectors_url:
            catalogue.set_meta("vectors_url", vectors_url)
    catalogue.close()
    unfinished.rename(folder / CATALOGUE_FILE)


def refuse_other_dimensions(built: int, given: int) -> None:
    """Raise LibraryMismatch when an embedder of the right name returns vectors of another length than are stored."""
    if built and given and built != given:
        raise LibraryMismatch(
            f"The library holds vectors of {built} dimensions and the embedder returns {given}: open it with "
            "the embedder it was built with, or re-embed it with onrecord rebuild"
        )


def refuse_other_embedder(folder: Path, built: str | None, given: Embedder | None) -> None:
    """Raise LibraryMismatch when questions would be encoded unlike the articles; `given`: who opened it named one."""
    if built is None:
        return
    if given is not None:
        if (name := embedder_name(given)) != built:
            raise LibraryMismatch(
                f"{folder} was built with the embedder {built}, not {name}: leave the embedder out, or re-embed "
                + (
                    f"with onrecord rebuild --embedder {name.removeprefix('sentence-transformers:')}"
                    if _has_name(name)
                    else "in Python with library.rebuild(embedder=...)"
                )
            )
    elif not _has_name(built):
        raise LibraryMismatch(
            f"{folder} was built with the embedder {built}: open it in Python with that object, or re-embed it "
            "with onrecord rebuild --embedder default"
        )


def _has_name(embedder: str) -> bool:
    """Can the command line load it, or is it an object of somebody's program?"""
    return embedder == MiniLM.name or embedder.startswith("sentence-transformers:")
