"""Which articles does a web archive hold, one page at a time?"""

from collections.abc import Iterator
from pathlib import Path

from index.errors import ReadError
from index.reading.fields import MAX_BYTES
from index.reading.html import record, with_host
from index.reading.jsonl import counted
from index.reading.options import Options
from index.records import Record, Unreadable


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """The article of each page that was answered with 200 and HTML; pictures, scripts and redirects are passed over."""
    yield from counted(_pages(path, name, options))


def _pages(path: Path, name: str, options: Options) -> Iterator[Record | Unreadable]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    pages = 0
    with open(path, "rb") as file:
        try:
            for entry in ArchiveIterator(file):
                headers = entry.http_headers
                if entry.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
                    continue
                kind = headers.get_header("Content-Type") or ""
                if "html" not in kind.lower():
                    continue
                pages += 1
                url = entry.rec_headers.get_header("WARC-Target-URI") or ""
                data = entry.content_stream().read(MAX_BYTES + 1)
                yield _page(data, kind, url.strip("<>"), name, options)
        except (ArchiveLoadFailed, ValueError, EOFError, UnicodeDecodeError) as error:
            raise ReadError(f"is a damaged web archive after page {pages}: {str(error).splitlines()[0]}") from None
    if not pages:
        raise ReadError("is a web archive without a page in it")


def _page(data: bytes, kind: str, url: str, name: str, options: Options) -> Record | Unreadable:
    where = f"{name}, {url}"
    if len(data) > MAX_BYTES:
        return Unreadable(where, f"is more than the {MAX_BYTES / 1e6:,.0f} MB that one page may have")
    declared = kind.lower().partition("charset=")[2].split(";")[0].strip("\"' ") or None
    try:
        return with_host(record(data, name=name, options=options, url=url, declared=declared))
    except ReadError as error:
        return Unreadable(where, str(error))
