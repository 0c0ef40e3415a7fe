"""What does a plain text file say: its header, its title, its outlet, its dates, its authors, and its text?"""

import re
from collections.abc import Iterator
from pathlib import Path

from index.reading.dates import iso_date, later
from index.reading.encoding import decode
from index.reading.fields import checked
from index.reading.files import whole
from index.reading.furniture import Found, find_furniture, furniture
from index.reading.options import Options
from index.reading.tidy import line
from index.reading.title import title_of
from index.records import Record, Unreadable

__all__ = ["furniture", "record", "records"]

# Names that a person may write at the top of a file, and the field that each fills.
_HEADER = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "outlet": "outlet",
    "publisher": "outlet",
    "published": "published",
    "date": "published",
    "updated": "updated",
    "url": "url",
    "link": "url",
    "language": "language",
    "id": "id",
}
_HEADER_LINE = re.compile(r"[ \t]*([A-Za-z]{2,10})[ \t]*:[ \t]*([^\n]*)(?:\n|$)")


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """The one article in the file."""
    yield record(whole(path), name=name, options=options)


def record(data: bytes, *, name: str, options: Options, url: str | None = None, declared: str | None = None) -> Record:
    """The article in these bytes. Its text is what was read, less a header block at the top."""
    text, _ = decode(data, declared=declared)
    header, begin = _header(text)
    text = checked(text[begin:].lstrip("\n") if begin else text)
    found = find_furniture(text)
    language = header.get("language") or options.language
    published, updated = _dates(text, found, language)
    published = iso_date(header.get("published"), language=language) or published
    return Record(
        text=text,
        id=header.get("id"),
        title=header.get("title") or title_of(text),
        url=header.get("url") or url,
        source=name,
        outlet=header.get("outlet") or next((piece.outlet for piece in found if piece.outlet), None),
        author=header.get("author") or _author(found),
        published=published,
        updated=later(iso_date(header.get("updated"), language=language) or updated, published),
        language=language,
    )


def _header(text: str) -> tuple[dict[str, str], int]:
    """Fields of a header block and where the text behind it begins; nothing when the top is not one."""
    values: dict[str, str] = {}
    position = 0
    while match := _HEADER_LINE.match(text, position):
        field = _HEADER.get(match[1].lower())
        if field is None:
            return {}, 0
        if value := line(match[2]):
            values.setdefault(field, value)
        position = match.end()
    # A blank line ends the block, or the text could begin with a line such as "Title: a history of the word".
    ends = re.compile(r"[ \t]*(?:\n|$)").match(text, position)
    return (values, position) if position and ends else ({}, 0)


def _dates(text: str, found: list[Found], language: str) -> tuple[str | None, str | None]:
    published = updated = None
    for piece in found:
        if piece.kind == "date_line":
            written = text[piece.start : piece.end]
            day = iso_date(written, language=language)
            if re.search(r"updated|modified", written, re.IGNORECASE):
                updated = updated or day
            else:
                published = published or day
    return published or updated, updated


def _author(found: list[Found]) -> str | None:
    for kind in ("byline", "contributors"):
        names = [name for piece in found if piece.kind == kind for name in piece.names]
        if names:
            return ", ".join(dict.fromkeys(names))
    return None
