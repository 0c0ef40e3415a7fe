"""What does a Markdown file say: its front matter, and its words without the marks?"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.reading.encoding import decode
from index.reading.fields import record_from
from index.reading.files import whole
from index.reading.options import Options
from index.reading.tidy import line
from index.records import Record, Unreadable

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
# Front matter of a news site has some dozens of lines; behind this many characters a rule is only a rule.
_FRONT_LIMIT = 20_000
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,2000}>")
_SPACES = re.compile(r"[ \t]{2,}")
# The parser's time grows with the square of open brackets (400,000 of them took 24 s); such a text, and one that is
# longer than any article, is taken as plain text.
_PARSED, _BRACKETS = 2_000_000, 20_000


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """The one article in the file."""
    yield record(whole(path), name=name, options=options)


def record(data: bytes, *, name: str, options: Options) -> Record:
    """The article in these bytes: every word is kept, of a link its text, of a picture its description."""
    text, _ = decode(data)
    values, body = _front_matter(text)
    tokens = _tokens(body)
    if heading := line(_heading(tokens)):
        values = {"title": heading} | {key: value for key, value in values.items() if value}
    return record_from(values, options=options, source=name, text=_plain(tokens) if tokens else body)


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    match = _FRONT.match(text[:_FRONT_LIMIT])
    if match is None:
        return {}, text
    import yaml

    try:
        values = yaml.safe_load(match[1])
    except Exception as error:  # a tag whose value does not fit it raises whatever its converter does
        where = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ReadError(f"has front matter that is not YAML ({where})") from None
    if not isinstance(values, Mapping):
        # A rule, some words and another rule: not front matter.
        return {}, text
    return {str(key): value for key, value in values.items()}, text[match.end() :]


def _tokens(body: str) -> list["Token"]:
    if len(body) > _PARSED or body.count("[") > _BRACKETS:
        return []
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").parse(body)


def _heading(tokens: list["Token"]) -> str:
    """The first heading of the first level, when it opens the text."""
    for number, token in enumerate(tokens[:4]):
        if token.type == "heading_open" and number + 1 < len(tokens):
            return _inline(tokens[number + 1])
    return ""


def _plain(tokens: list["Token"]) -> str:
    """Blocks with a blank line between them; list items and table rows on a line each."""
    text = marker = before = ""
    for token in tokens:
        if token.type == "list_item_open":
            marker = f"{token.info}. " if token.info else "- "
        elif token.type == "tr_open":
            marker = "|"
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            words = _inline(token) if token.type == "inline" else _without_tags(token.content)
            if not words:
                continue
            if marker == "" and before == "|" and token.level > 3:
                text += f" | {words}"
                continue
            family = marker and ("|" if marker == "|" else "-")
            text += "\n" if family and before == family else "\n\n" if text else ""
            text += words if marker == "|" else marker + words
            before, marker = family, ""
    return text


def _without_tags(html: str) -> str:
    """The words of raw HTML. Comments are cut by hand: a pattern for them takes time with the square of open ones."""
    while (start := html.find("<!--")) >= 0:
        end = html.find("-->", start)
        html = html[:start] + (html[end + 3 :] if end >= 0 else html[start + 4 :].replace("<!--", ""))
    return _TAG.sub(" ", html).strip()


def _inline(token: "Token") -> str:
    words: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" " if child.type == "softbreak" else "\n")
        elif child.type == "image":
            words.append(child.content)
    return _SPACES.sub(" ", "".join(words)).strip()
