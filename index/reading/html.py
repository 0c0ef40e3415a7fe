"""What does a web page say: its article without menus, and what its tags and JSON-LD tell about it?"""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.errors import ReadError
from index.reading.dates import iso_date, later
from index.reading.encoding import decode
from index.reading.fields import checked
from index.reading.files import whole
from index.reading.options import Options
from index.reading.tidy import line
from index.reading.title import title_of
from index.records import Record, Unreadable

# News pages have 0.1 to 2 MB; extraction takes about a second a megabyte, so this bounds the time.
_PAGE = 10_000_000
# News pages have up to 10,000 tags. Extraction of 250,000 took 20 s and 500 MB.
_TAGS = 100_000
# No tag has this many attributes; only longer tags than `_TAG` characters are looked at.
_ATTRIBUTES, _TAG = 2_000, 10_000
# The kinds of schema.org that are an article; WebPage, VideoObject and the like only stand beside it.
_ARTICLE_TYPES = frozenset(
    [
        *("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"),
        *("BackgroundNewsArticle", "AskPublicNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle"),
        *("LiveBlogPosting", "BlogPosting", "ScholarlyArticle", "TechArticle", "Report", "SatiricalArticle"),
    ]
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{3,30})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page says about its article; empty where it does not."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    published: object = None
    updated: object = None
    url: str = ""
    language: str = ""
    body: str = ""


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """The one article of the page."""
    yield with_host(record(whole(path, limit=_PAGE), name=name, options=options))


def record(data: bytes, *, name: str, options: Options, url: str | None = None, declared: str | None = None) -> Record:
    """The article in these bytes; `url` is where they came from, `declared` the encoding that the server named.

    JSON-LD is believed first, then the page's tags, then what trafilatura makes of it. Raises ReadError when there is
    no article in it.
    """
    charset = _CHARSET.search(data[:4096])
    text, _ = decode(data, declared=declared or (charset[1].decode("ascii") if charset else None))
    text = _DECLARATION.sub("", text)
    tree = _tree(text)
    linked, tagged = _from_json_ld(tree), _from_tags(tree)
    body, extracted = _extracted(tree, url)
    if len(linked.body) > 2 * len(body):
        # The page builds its text by script; JSON-LD has it whole.
        body = linked.body
    if not body.strip():
        raise ReadError("is a page without an article in it")
    body = checked(body)
    language = (linked.language or tagged.language or options.language).split("-")[0].lower()
    published = _first_date(language, linked.published, tagged.published, extracted.published)
    return Record(
        text=body,
        title=linked.title or extracted.title or tagged.title or title_of(body),
        url=_absolute(tagged.url or linked.url, url),
        source=name,
        outlet=linked.outlet or tagged.outlet or extracted.outlet or None,
        author=linked.author or tagged.author or extracted.author or None,
        published=published,
        updated=later(_first_date(language, linked.updated, tagged.updated), published),
        language=language,
    )


def with_host(record: Record) -> Record:
    """The record with the host of its address as the outlet where nothing better is known."""
    host = (urlsplit(record.url).hostname or "") if record.url else ""
    if record.outlet or "." not in host or host.replace(".", "").isdigit():
        return record
    return replace(record, outlet=host.removeprefix("www."))


def _tree(text: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    _check_tags(text)
    # Without `huge_tree` the parser stops at a depth of 256 by itself; extraction recurses as deep as the tree is.
    parser = HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=False)
    try:
        return document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"is not a page that can be parsed: {str(error).splitlines()[0].lower()}") from None


def _check_tags(text: str) -> None:
    """Parsing takes time with the square of a tag's attributes, extraction a tenth of a second a thousand tags."""
    if len(re.findall(r"<[a-zA-Z]", text)) > _TAGS:
        raise ReadError(f"is a page of more than {_TAGS:,} tags: too much for one article")
    for piece in text.split("<"):
        if len(piece) > _TAG and piece[:1].isalpha():
            tag = piece.partition(">")[0]
            if len(tag.split(None, _ATTRIBUTES)) > _ATTRIBUTES and tag.count("=") > _ATTRIBUTES // 2:
                raise ReadError(f"is a page with a tag of more than {_ATTRIBUTES:,} attributes")


def _extracted(tree: Any, url: str | None) -> tuple[str, _Told]:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            # Only what the page says about its date: a guess from its text is worse than no date.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError(f"is a page whose article could not be told from the rest ({type(error).__name__})") from None
    if found is None:
        return "", _Told()
    body = _paragraphs(found.text or "")
    return body, _Told(
        title=line(found.title),
        author=line((found.author or "").replace(";", ",")).replace(" ,", ","),
        # Where it finds no name of the site it gives that of the host, which a feed may know better.
        outlet="" if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?", found.sitename or "") else line(found.sitename),
        published=found.date,
    )


def _paragraphs(text: str) -> str:
    """A blank line between paragraphs, none between the items of a list or the rows of a table."""
    together = ""
    previous = ""
    for piece in filter(None, map(str.strip, text.split("\n"))):
        joined = piece.startswith(("- ", "|")) and previous.startswith(piece[:1])
        together += ("\n" if joined else "\n\n" if previous else "") + piece
        previous = piece
    return together


def _from_tags(tree: Any) -> _Told:
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        if key and tag.get("content"):
            tags.setdefault(key, tag.get("content"))
    links = [tag.get("href") for tag in tree.iter("link") if (tag.get("rel") or "").lower() == "canonical"]

    def first(*keys: str) -> str:
        return next((line(tags[key]) for key in keys if line(tags.get(key))), "")

    author = first("author", "parsely-author", "sailthru.author", "article:author", "dc.creator", "byl")
    return _Told(
        title=first("og:title", "twitter:title", "dc.title"),
        author="" if author.startswith(("http:", "https:")) else re.sub(r"^[Bb]y\s+", "", author),
        outlet=first("og:site_name", "application-name", "dc.publisher"),
        published=first(
            "article:published_time",
            "og:published_time",
            "parsely-pub-date",
            "datepublished",
            "pubdate",
            "date",
            "dc.date",
            "publish-date",
            "sailthru.date",
        )
        or None,
        updated=first("article:modified_time", "og:updated_time", "lastmod", "datemodified", "last-modified") or None,
        url=line(links[0]) if links else first("og:url"),
        language=line(tree.get("lang") or "") or first("og:locale").replace("_", "-"),
    )


def _from_json_ld(tree: Any) -> _Told:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for thing in _things(_parsed(script.text or "")):
            kinds = thing.get("@type")
            if not _ARTICLE_TYPES.isdisjoint(map(str, kinds if isinstance(kinds, list) else [kinds])):
                return _article(thing)
    return _Told()


def _parsed(script: str) -> object:
    # Pages put line breaks into strings and wrap the object in a comment or CDATA.
    bare = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$", "", script).strip().rstrip(";")
    try:
        parsed: object = json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None
    return parsed


def _things(value: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects in lists and graphs; a deeper search would find the articles that a page only links to."""
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _things(item, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _things(value.get(key), depth + 1)


def _article(thing: Mapping[str, Any]) -> _Told:
    page = thing.get("mainEntityOfPage")
    url = thing.get("url") or (page.get("@id") if isinstance(page, Mapping) else page)
    body = thing.get("articleBody")
    author = line(thing.get("author") or thing.get("creator"))
    return _Told(
        title=_unescaped(line(thing.get("headline") or thing.get("name"))),
        author="" if author.startswith(("http:", "https:")) else _unescaped(re.sub(r"^[Bb]y\s+", "", author)),
        outlet=_unescaped(line(thing.get("publisher") or thing.get("sourceOrganization"))),
        published=thing.get("datePublished") or thing.get("dateCreated"),
        updated=thing.get("dateModified"),
        url=line(url),
        language=line(thing.get("inLanguage")),
        body=_unescaped(body) if isinstance(body, str) else "",
    )


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _first_date(language: str, *values: object) -> str | None:
    return next((found for value in values if (found := iso_date(value, language=language))), None)


def _absolute(found: str, url: str | None) -> str | None:
    try:
        joined = urljoin(url or "", found) if found else url
        return joined if joined and urlsplit(joined).scheme in ("http", "https") else url
    except ValueError:
        return url


# Without handlers of their own, Python prints these libraries' warnings; an application can still listen to them.
for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
