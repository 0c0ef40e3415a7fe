"""Which articles does a feed (RSS, Atom) or a sitemap name?"""

import gzip
import logging
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.errors import ReadError
from index.reading.dates import iso_date
from index.reading.files import whole
from index.reading.html import record as page_record
from index.reading.options import Options
from index.reading.tidy import line
from index.records import Record, Unreadable

# The sitemap protocol allows 50,000 addresses and 50 MB a file; a feed is far smaller.
_ENTRIES, _BYTES = 50_000, 50_000_000
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as a feed or sitemap names it. `stamp` changes whenever the article does; empty when nothing tells.

    `content` is HTML: the whole article in some feeds, its first words in most.
    """

    url: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str | None = None
    language: str = ""
    stamp: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or sitemap holds: articles, and for a sitemap index further sitemaps."""

    entries: tuple[Entry, ...]
    sitemaps: tuple[str, ...] = ()


def is_listing(data: bytes) -> bool:
    """Whether these bytes begin as a feed or sitemap, compressed or not."""
    if data.startswith(b"\x1f\x8b"):
        return True
    start = data[:4_096].lower()
    return _ROOT.search(start) is not None and b"<html" not in start


def listing(data: bytes, *, base: str) -> Listing:
    """The articles in the order given, each once. Raises ReadError when it is neither feed nor sitemap."""
    data = _unpacked(data)
    root = _ROOT.search(data[:4_096])
    if root is None:
        raise ReadError("is XML that is neither a feed nor a sitemap")
    found = _sitemap(data, base) if root[1].lower() in (b"urlset", b"sitemapindex") else _feed(data, base)
    if not found.entries and not found.sitemaps:
        raise ReadError("names no articles")
    return found


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """The articles that the file itself holds; nothing is fetched for a file that merely lies in a folder."""
    for entry in listing(whole(path, limit=_BYTES), base="").entries:
        found = from_content(entry, name=name, options=options)
        yield found or Unreadable(f"{name}, {entry.url}", "is only named in the feed: add the feed file by itself")


def from_content(entry: Entry, *, name: str, options: Options) -> Record | None:
    """The article as the feed itself gives it; None when that is a teaser."""
    # Teasers have up to about 500 characters of text; with their tags twice as many.
    if len(entry.content) < 1_000:
        return None
    page = f"<html><body><article>{entry.content}</article></body></html>".encode()
    try:
        return completed(page_record(page, name=name, options=options, url=entry.url), entry)
    except Exception:  # whatever a parser makes of it: the article is then only named
        return None


def completed(record: Record, entry: Entry) -> Record:
    """The record with what the page did not say taken from the feed."""
    return replace(
        record,
        title=record.title or entry.title,
        outlet=record.outlet or entry.outlet or None,
        author=record.author or entry.author or None,
        published=record.published or entry.published,
    )


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
            data = packed.read(_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise ReadError("is compressed and damaged") from None
    if len(data) > _BYTES:
        raise ReadError(f"unpacks to more than {_BYTES / 1e6:,.0f} MB")
    return data


def _feed(data: bytes, base: str) -> Listing:
    import feedparser

    parsed = feedparser.parse(BytesIO(data))
    outlet = line(parsed.feed.get("title"))
    language = line(parsed.feed.get("language")).split("-")[0].lower()
    entries: dict[str, Entry] = {}
    for item in parsed.entries[:_ENTRIES]:
        if url := _address(base, line(item.get("link"))):
            # RSS has no date of change; Atom's `updated` is one. Asked as a plain dict, since the library's own access
            # answers with the date of publication where there is none.
            updated = line(dict.get(item, "updated"))
            entries.setdefault(
                url,
                Entry(
                    url=url,
                    title=line(item.get("title")),
                    outlet=outlet,
                    author=line(item.get("author")),
                    published=iso_date(item.get("published"), language=language or "en"),
                    language=language,
                    stamp=updated,
                    content=_content(item),
                ),
            )
    return Listing(tuple(entries.values()))


def _address(base: str, found: str) -> str:
    """The web address of an entry; empty for what is none, such as `http://[bad/`."""
    try:
        url = urljoin(base, found)
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _content(item: Any) -> str:
    pieces = [str(piece.get("value", "")) for piece in item.get("content", [])] or [str(item.get("summary", ""))]
    return max(pieces, key=len)


def _sitemap(data: bytes, base: str) -> Listing:
    from lxml import etree

    entries: dict[str, Entry] = {}
    sitemaps: list[str] = []
    # No entity is resolved and nothing fetched; without `huge_tree` the parser bounds depth and text itself.
    reading = etree.iterparse(
        BytesIO(data), events=("end",), resolve_entities=False, no_network=True, recover=True, huge_tree=False
    )
    try:
        for _, element in reading:
            kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if kind not in ("url", "sitemap"):
                continue
            told = {
                etree.QName(child).localname: line(child.text)
                for child in element.iter()
                if isinstance(child.tag, str) and child.text
            }
            if url := _address(base, told.get("loc", "")):
                if kind == "sitemap":
                    sitemaps.append(url)
                else:
                    entries.setdefault(url, _from_sitemap(url, told))
            element.clear()
            if len(entries) >= _ENTRIES or len(sitemaps) >= _ENTRIES:
                break
    except etree.XMLSyntaxError as error:
        if not entries and not sitemaps:
            raise ReadError(f"is not a sitemap that can be parsed: {str(error).splitlines()[0].lower()}") from None
    return Listing(tuple(entries.values()), tuple(dict.fromkeys(sitemaps)))


def _from_sitemap(url: str, told: dict[str, str]) -> Entry:
    return Entry(
        url=url,
        title=told.get("title", ""),
        outlet=told.get("name", ""),
        published=iso_date(told.get("publication_date")),
        language=told.get("language", ""),
        stamp=told.get("lastmod", ""),
    )


# Without a handler of its own, Python prints this library's warnings; an application can still listen to them.
logging.getLogger("feedparser").addHandler(logging.NullHandler())
