"""How does a loose set of named values (a row, an object, a header) become a Record?"""

from collections.abc import Mapping

from index.errors import ReadError
from index.reading.dates import iso_date, later
from index.reading.options import Options
from index.reading.tidy import line, tidy
from index.reading.title import title_of
from index.records import Record

# War and Peace has 3.2 million characters. What is longer is not an article but a dump in the wrong format.
MAX_CHARACTERS = 5_000_000
# The same in bytes (up to four a character), so that a file is refused before it is read.
MAX_BYTES = 4 * MAX_CHARACTERS

# Other names for our fields, best first, from feeds, news APIs, schema.org and the usual data sets.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "guid", "uuid", "identifier"),
    "title": ("title", "headline", "name"),
    "text": ("text", "body", "content", "article", "article_text", "articlebody", "full_text", "maintext", "context"),
    "url": ("url", "link", "canonical_url", "web_url", "permalink"),
    "source": ("source",),
    "outlet": ("outlet", "publisher", "publication", "site", "site_name", "sitename", "source_name", "newspaper"),
    "author": ("author", "authors", "byline", "creator", "writer"),
    "published": (
        *("published", "published_at", "publishedat", "date_published", "datepublished", "publish_date"),
        *("date_publish", "publication_date", "pubdate", "pub_date", "date"),
    ),
    "updated": ("updated", "updated_at", "updatedat", "date_modified", "datemodified", "modified", "date_modify"),
    "language": ("language", "lang", "inlanguage"),
}


def record_from(values: Mapping[str, object], *, options: Options, source: str, text: str | None = None) -> Record:
    """The record that these values describe; `text` is the body where it stands outside them (front matter).

    A mapped field is read from the column that the person named, any other from its own name or an alias, without
    regard to case. Raises ReadError when there is no text or it is too long.
    """
    lowered = {str(key).strip().lower(): value for key, value in values.items()}
    mapped = dict(options.mapping)

    def value_of(field: str) -> object:
        if field in mapped:
            return _at(values, mapped[field])
        for alias in ALIASES[field]:
            found = lowered.get(alias)
            if found not in (None, "", [], {}):
                return found
        return None

    body = text if text is not None else _body(value_of("text"), mapped.get("text"), values)
    given_source = value_of("source")
    # News APIs put the outlet's name under "source".
    outlet = value_of("outlet") or (given_source if isinstance(given_source, Mapping) else None)
    language = line(value_of("language")) or options.language
    published = iso_date(_scalar(value_of("published")), language=language)
    body = checked(body)
    return Record(
        text=body,
        id=line(value_of("id")) or None,
        title=line(value_of("title")) or title_of(body),
        url=line(value_of("url")) or None,
        source=(line(given_source) if isinstance(given_source, str) else "") or source,
        outlet=line(outlet) or None,
        author=line(value_of("author")) or None,
        published=published,
        updated=later(iso_date(_scalar(value_of("updated")), language=language), published),
        language=language,
    )


def checked(text: str) -> str:
    """The text as it will be stored. Raises ReadError when nothing is there or it is too long to be one article."""
    stored = tidy(text)
    if not stored.strip():
        raise ReadError("has no text")
    if len(stored) > MAX_CHARACTERS:
        raise ReadError(f"is longer than {MAX_CHARACTERS:,} characters: split it into articles")
    return stored


def _scalar(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _body(value: object, column: str | None, values: Mapping[str, object]) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(part.strip() for part in value)
    if value is None or value == "":
        has = ", ".join(map(str, list(values)[:8])) or "nothing"
        raise ReadError(
            f"has no {column!r} field (it has {has})"
            if column
            else f"has no text field (it has {has}): name it with --map text=FIELD"
        )
    if not isinstance(value, str):
        raise ReadError(f"has {type(value).__name__} where its text should be")
    return value


def _at(values: Mapping[str, object], path: str) -> object:
    """The value under `path`: a key, or keys joined by dots where one object lies in another."""
    if path in values:
        return values[path]
    here: object = values
    for part in path.split("."):
        if not isinstance(here, Mapping) or part not in here:
            return None
        here = here[part]
    return here
