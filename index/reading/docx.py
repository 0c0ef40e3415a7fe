"""What does a Word document say, paragraph by paragraph and table by table?"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from index.errors import ReadError
from index.reading.fields import checked
from index.reading.files import whole
from index.reading.options import Options
from index.reading.tidy import line
from index.reading.title import title_of
from index.records import Record, Unreadable

_FILE = 100_000_000
# All parts are loaded, pictures too, so their unpacked size is limited before any is unpacked (zip bombs). The text
# part of a book of 500 pages has 3 to 8 MB; its tree takes about ten times that in memory.
_UNPACKED, _TEXT_PART, _PARTS = 200_000_000, 30_000_000, 5_000
# What programs write where an author should be.
_NO_AUTHOR = frozenset(["python-docx", "microsoft office user", "user", "admin", "unknown", "author", "windows user"])


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """The one article in the file."""
    yield record(whole(path, limit=_FILE), name=name, options=options)


def record(data: bytes, *, name: str, options: Options, url: str | None = None) -> Record:
    """The text of the document; table rows are lines. Raises ReadError for a damaged or swollen file.

    The file's own dates are those of its making, not of publication, and are left alone.
    """
    _check_archive(data)
    from docx import Document

    try:
        document = Document(BytesIO(data))
        blocks = list(_blocks(document))
        properties = document.core_properties
        title, author = line(properties.title), line(properties.author)
    except RecursionError:
        raise
    except Exception as error:
        # A damaged document makes the library fail in any way at all: KeyError, XMLSyntaxError, AttributeError ...
        raise ReadError(f"is a damaged Word document ({type(error).__name__})") from None
    text = checked("".join(blocks).strip("\n"))
    return Record(
        text=text,
        title=title if title and title.lower() != "word document" else title_of(text),
        url=url,
        source=name,
        author=author if author and author.lower() not in _NO_AUTHOR else None,
        language=options.language,
    )


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise ReadError(f"is a damaged Word document ({str(error).lower() or 'not a zip archive'})") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _PARTS or unpacked > _UNPACKED:
        raise ReadError(f"unpacks to {unpacked / 1e6:,.0f} MB in {len(parts):,} parts: too much for one article")
    texts = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
    if max(texts, default=0) > _TEXT_PART:
        raise ReadError(f"unpacks to {max(texts) / 1e6:,.0f} MB of text: too much for one article")
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise ReadError("is a zip archive, not a Word document: unpack it first")


def _blocks(document: Any) -> Iterator[str]:
    """Each paragraph with a blank line before it; list items and table rows on a line each."""
    from docx.table import Table

    before = ""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield "\n"
            for row in block.rows:
                # A merged cell is given once for each column that it spans; two that say the same are two.
                cells = [line(next(same).text) for _, same in groupby(row.cells, key=lambda cell: cell._tc)]
                if any(cells):
                    yield "\n" + " | ".join(cells)
            before = "table"
            continue
        words = block.text.strip()
        if not words:
            continue
        style = str(getattr(block.style, "name", "") or "")
        is_item = style.startswith("List")
        yield ("\n" if is_item and before == "List" else "\n\n") + ("- " if is_item else "") + words
        before = "List" if is_item else style
