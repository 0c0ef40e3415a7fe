"""What kind of file is this, by its name and by its first bytes, and what reads it?"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from index.errors import ReadError
from index.reading.options import Options
from index.records import Record, Unreadable

# Enough for every signature, the first tags of a page, and a fair look for zero bytes.
HEAD = 8_192

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pdf": "pdf",
    ".docx": "docx",
    ".warc": "warc",
    ".warc.gz": "warc",
}
# Signatures of what people put among their articles by mistake, so that the reason can be named.
_FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file: save it as .docx or .pdf"),
    (b"{\\rtf", "an RTF file: save it as .docx or .txt"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x1f\x8b", "compressed: unpack it first"),
    (b"BZh", "compressed: unpack it first"),
    (b"\xfd7zXZ", "compressed: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed: unpack it first"),
    (b"7z\xbc\xaf", "compressed: unpack it first"),
    (b"%!PS", "a PostScript file: save it as .pdf"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Reader(Protocol):
    """A module that reads one kind: `records(path, name=..., options=...)`."""

    def records(self, path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
        """The articles in the file. Raises ReadError when nothing of it can be read."""
        ...


def suffix_of(path: str) -> str:
    """The ending that tells the kind, in lower case."""
    lowered = path.lower()
    return ".warc.gz" if lowered.endswith(".warc.gz") else Path(lowered).suffix


def kind_of(head: bytes, suffix: str) -> str:
    """The kind of a file that begins with `head`. What it holds counts for more than what it is called.

    Raises ReadError for an empty or binary file.
    """
    if not head:
        raise ReadError("is empty")
    expected = SUFFIXES.get(suffix)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        if expected == "docx" or b"word/" in head or b"[Content_Types].xml" in head:
            return "docx"
        raise ReadError("is a zip archive: unpack it first")
    if head.startswith((b"WARC/", b"\x1f\x8b")) and expected == "warc":
        return "warc"
    for signature, thing in _FOREIGN:
        if head.startswith(signature):
            raise ReadError(f"is {thing}")
    _check_text(head)
    if expected in ("pdf", "docx", "parquet", "warc"):
        raise ReadError(f"is called {suffix} but does not begin like one")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if not start and len(head) < HEAD:
        raise ReadError("is empty but for white space")
    if expected in (None, "text") and start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if expected is None and start.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex")):
        return "feed"
    return expected or "text"


def reader_of(kind: str) -> Reader:
    """The module that reads this kind, loaded when it is first needed."""
    return cast(Reader, import_module(f"index.reading.{kind}"))


def _check_text(head: bytes) -> None:
    if b"\x00" not in head:
        if sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head) > 0.05 * len(head):
            raise ReadError("is binary, not text")
        return
    if head.startswith((*_WIDE_MARKS, b"\x00\x00\xfe\xff")):
        return
    even, odd, half = head[::2].count(0), head[1::2].count(0), len(head) // 2
    if len(head) >= 4 and (max(even, odd) > 0.7 * half and min(even, odd) < 0.1 * half):
        return
    raise ReadError(f"is binary, not text (a zero byte at {head.index(0)})")
