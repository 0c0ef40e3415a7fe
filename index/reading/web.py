"""Which articles are at a web address: a page, a document, or all that a feed or sitemap names?"""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import ReadError
from index.reading import feed
from index.reading.fetch import Fetched, Fetcher, check_address
from index.reading.files import reason_of
from index.reading.html import with_host
from index.reading.kinds import HEAD, SUFFIXES, kind_of, reader_of, suffix_of
from index.reading.options import Options
from index.records import Record, Source, Unreadable

if TYPE_CHECKING:
    from index.reading.files import FileSource

# A sitemap index names sitemaps, which name articles; the protocol has no third level.
_LEVELS = 2
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


class WebSource:
    """One web address. What was fetched for the fingerprint is kept for the reading that follows."""

    __slots__ = ("_entry", "_fetched", "_fetcher", "_options", "_problem", "_records", "name")

    def __init__(
        self,
        url: str,
        *,
        fetcher: Fetcher,
        options: Options,
        entry: feed.Entry | None = None,
        fetched: Fetched | None = None,
        problem: str = "",
    ) -> None:
        self.name = url
        self._fetcher = fetcher
        self._options = options
        self._entry = entry
        self._fetched = fetched
        self._problem = problem
        self._records: list[Record | Unreadable] | None = None

    @property
    def key(self) -> str:
        """The address."""
        return self.name

    @property
    def root(self) -> str:
        """Empty: an address stands for itself."""
        return ""

    def fingerprint(self) -> str:
        """Hash over the article, or over the date of change that a feed or sitemap gives, which saves the fetching.

        The bytes of a page differ at every visit (advertising, tokens), its article does not.
        """
        stamp = self._entry.stamp if self._entry else ""
        told = f"{self.name} {stamp}" if stamp else repr(self._read())
        return hashlib.sha256(told.encode() + self._options.digest()).hexdigest()

    def records(self) -> Iterator[Record | Unreadable]:
        """The article, or those of a data set at the address. Raises ReadError when it cannot be fetched or read."""
        yield from self._read()

    def _read(self) -> list[Record | Unreadable]:
        if self._records is None:
            self._records = self._read_anew()
            self._fetched = None
        return self._records

    def _read_anew(self) -> list[Record | Unreadable]:
        if self._problem:
            raise ReadError(self._problem)
        try:
            fetched = self._fetched or self._fetcher.fetch(self.name)
            found = _records_in(fetched, self.name, self._options)
        except Exception as error:
            # Where the page cannot be had, the feed may carry the whole article.
            if self._entry and (given := feed.from_content(self._entry, name=self.name, options=self._options)):
                return [given]
            reason = reason_of(error)
            raise ReadError(reason if self.name in reason or "://" in reason else f"{self.name} {reason}") from error
        return [self._completed(item) if isinstance(item, Record) else item for item in found]

    def _completed(self, record: Record) -> Record:
        return with_host(feed.completed(record, self._entry) if self._entry else record)


def sources_at(url: str, options: Options, *, fetcher: Fetcher | None = None) -> Iterator[Source]:
    """One source for a page, one for each article of a feed or sitemap, fetched when its turn comes.

    Raises SourceError at the call for an address that is never fetched.
    """
    address = check_address(url, allow_private=options.allow_private)
    return _found_at(address, options, fetcher or Fetcher(allow_private=options.allow_private))


def sources_in(file: "FileSource", options: Options) -> Iterator[Source]:
    """One source for each article that a feed or sitemap file names. Raises ReadError when it names none."""
    found = feed.listing(Path(file.path).read_bytes(), base="")
    return _listed(found, options, Fetcher(allow_private=options.allow_private), set(), 0)


def _found_at(url: str, options: Options, fetcher: Fetcher) -> Iterator[Source]:
    try:
        fetched = fetcher.fetch(url)
        found = feed.listing(fetched.data, base=fetched.url) if feed.is_listing(fetched.data) else None
    except Exception as error:
        reason = reason_of(error)
        yield WebSource(url, fetcher=fetcher, options=options, problem=reason if "://" in reason else f"{url} {reason}")
        return
    if found is None:
        yield WebSource(url, fetcher=fetcher, options=options, fetched=fetched)
    else:
        yield from _listed(found, options, fetcher, {url}, 0)


def _listed(found: feed.Listing, options: Options, fetcher: Fetcher, seen: set[str], level: int) -> Iterator[Source]:
    for entry in found.entries:
        if entry.url not in seen:
            seen.add(entry.url)
            yield WebSource(entry.url, fetcher=fetcher, options=options, entry=entry)
    for url in found.sitemaps:
        if url in seen:
            continue
        seen.add(url)
        try:
            if level >= _LEVELS:
                raise ReadError(f"{url} lies more than {_LEVELS} sitemaps deep")
            fetched = fetcher.fetch(url)
            inner = feed.listing(fetched.data, base=fetched.url)
        except Exception as error:
            yield WebSource(url, fetcher=fetcher, options=options, problem=reason_of(error))
            continue
        yield from _listed(inner, options, fetcher, seen, level + 1)


def _records_in(fetched: Fetched, name: str, options: Options) -> list[Record | Unreadable]:
    from index.reading import html, text

    suffix = suffix_of(urlsplit(fetched.url).path)
    if suffix not in SUFFIXES or fetched.content_type == "text/html":
        suffix = _TYPES.get(fetched.content_type, "")
    kind = kind_of(fetched.data[:HEAD], suffix)
    if kind == "html":
        found = html.record(fetched.data, name=name, options=options, url=fetched.url, declared=fetched.charset)
        return [found]
    if kind == "text":
        return [text.record(fetched.data, name=name, options=options, url=fetched.url, declared=fetched.charset)]
    # The other readers work on files, so that a large one is never whole in memory.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"fetched{suffix}"
        path.write_bytes(fetched.data)
        return list(reader_of(kind).records(path, name=name, options=options))
