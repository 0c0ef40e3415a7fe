"""Articles in, exact passages out: reading, splitting, embedding, and the library that holds it all."""

from typing import TYPE_CHECKING

from index.records import AddReport, Article, Filters, LibraryInfo, Passage, Record

if TYPE_CHECKING:
    from index.library import Library
    from index.reading import read

__all__ = ["AddReport", "Article", "Filters", "Library", "LibraryInfo", "Passage", "Record", "read"]


def __getattr__(name: str) -> object:
    # Library and read pull in the stores and parsers: only who asks for them waits for them.
    if name == "Library":
        from index.library import Library

        return Library
    if name == "read":
        from index.reading import read

        return read
    raise AttributeError(f"module 'index' has no attribute {name!r}")
