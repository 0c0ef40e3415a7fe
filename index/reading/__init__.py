"""How are articles read from files, folders, data sets, pages and feeds?"""

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from index.errors import ReadError, SourceError
from index.reading.files import FileSource, folder_files, one_file, printable
from index.reading.options import Options, options_from
from index.records import Source

__all__ = ["read"]


def read(
    *sources: str | os.PathLike[str],
    map: Mapping[str, str] | None = None,
    language: str = "en",
    allow_private: bool = False,
    globs: Sequence[str] = (),
) -> Iterator[Source]:
    """Sources to give to `Library.add`: files, folders and web addresses, each read when its turn comes.

    `map` names the column for a field of JSONL, CSV and Parquet (`{"text": "body"}`), `language` is that of articles
    which do not tell, `globs` narrow folders (`*.txt`, `2016/**/*.md`), `allow_private` lets addresses of one's own
    network be fetched.

    Raises SourceError at the call, before anything is read, for a path that is missing, empty or binary, a folder
    without articles, or an address that is never fetched. A broken file inside a folder does not stop the others.
    """
    options = options_from(mapping=map, language=language, allow_private=allow_private, globs=globs)
    if not sources:
        raise SourceError("nothing to read: name a file, a folder or a web address")
    found = [_found(os.fspath(source), options) for source in sources]
    return found[0] if len(found) == 1 else _without_repeats(chain.from_iterable(found))


def _found(source: str, options: Options) -> Iterator[Source]:
    if not source.strip():
        raise SourceError("an empty name cannot be read: name a file, a folder or a web address")
    if "://" in source or source.lower().startswith(("file:", "data:", "javascript:")):
        from index.reading.web import sources_at

        return sources_at(source, options)
    if "\x00" in source or not os.path.lexists(source):
        raise SourceError(f"{printable(source)} does not exist: check the path")
    if not os.path.isdir(source):
        file = one_file(source, options)
        return _in_feed(file, options) if file.is_feed() else iter([file])
    files = folder_files(source, options)
    first = next(files, None)
    if first is None:
        wanted = ", ".join(options.globs) or ".txt .md .html .pdf .docx .jsonl .csv .parquet"
        raise SourceError(f"{printable(source)} holds no article (looked for {wanted})")
    return chain([first], files)


def _in_feed(file: FileSource, options: Options) -> Iterator[Source]:
    from index.reading.web import sources_in

    try:
        return sources_in(file, options)
    except ReadError as error:
        raise SourceError(f"{file.name} {error}") from None


def _without_repeats(sources: Iterator[Source]) -> Iterator[Source]:
    """A file that lies in two of the given folders is the same file only when it has the same key there."""
    seen = set()
    for source in sources:
        mark = hash((source.root, source.key))
        if mark not in seen:
            seen.add(mark)
            yield source
