"""Which files try to break the readers, and what must be said about each?"""

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.hostile.building import docx, docx_with, locked_pdf, pdf, swollen_pdf, warc

_PROSE = "The council voted on Friday to open the bridge over the Lind, the mayor said, after months of repairs. " * 4
_PAGE = f"<html><body><article><p>{_PROSE}</p></article></body></html>"


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _linked(linked_data: str) -> bytes:
    return _PAGE.replace("<body>", f'<body><script type="application/ld+json">{linked_data}</script>').encode()


def _bomb_docx() -> bytes:
    return docx_with(b"<a>" + b" " * 40_000_000 + b"</a>")


def _laughing_docx() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return docx_with(
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
        "&l11;</w:t></w:r></w:p></w:body></w:document>".encode()
    )


def _parquet(columns: Mapping[str, list[object]]) -> bytes:
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.table(dict(columns)), out)
    return out.getvalue()


def _aliased_yaml() -> bytes:
    rows = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 12))
    return f"---\nl0: &l0 [ha]\n{rows}title: *l11\n---\n{_PROSE}".encode()


# Name -> bytes and a part of the reason.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no-boolean.md": (lambda: b"---\ndraft: !!bool maybe\n---\nA bridge.\n", "has front matter that is not YAML"),
    "no-number.md": (lambda: b"---\nn: !!int ''\n---\nA bridge.\n", "has front matter that is not YAML"),
    "no-moment.md": (lambda: b"---\nn: !!timestamp soon\n---\nA bridge.\n", "has front matter that is not YAML"),
    "empty.txt": (lambda: b"", "is empty"),
    "blank.txt": (lambda: b" \n\t\n  ", "is empty but for white space"),
    "long-blank.txt": (lambda: b" " * 4_000_000, "has no text"),
    "zeros.txt": (lambda: b"The council\x00met.", "is binary, not text (a zero byte at 11)"),
    "controls.txt": (lambda: bytes(range(1, 27)) * 40, "is binary, not text"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "is a PNG picture"),
    "photo.html": (lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 64, "is a JPEG picture"),
    "program.md": (lambda: b"\x7fELF\x02\x01" + b"\x00" * 64, "is a program"),
    "squeezed.txt": (lambda: b"\x1f\x8b\x08\x00" + b"a" * 64, "is compressed: unpack it first"),
    "archive.txt": (lambda: _zip(**{"a.txt": b"words"}), "is a zip archive: unpack it first"),
    "rich.txt": (lambda: b"{\\rtf1 words}", "is an RTF file: save it as .docx or .txt"),
    "one-line-of-50-megabytes.txt": (lambda: b"word " * 10_000_000, "is 50 MB, more than the 20 MB"),
    "six-million-letters.txt": (lambda: b"word " * 1_200_000, "is longer than 5,000,000 characters"),
    "half-a-character.txt": (lambda: b"\xff\xfeT\x00h\x00e\x00 \x00c", "begins as utf-16 but is broken at byte"),
    "only-a-header.txt": (lambda: b"Title: Nothing follows\nAuthor: A B\n\n", "has no text"),
    "broken-front.md": (lambda: b"---\ntitle: [a\n---\nWords.", "has front matter that is not YAML"),
    "impossible-date.md": (lambda: b"---\ndate: 2026-13-45\n---\nWords.", "has front matter that is not YAML"),
    "only-front.md": (lambda: b"---\ntitle: Nothing\n---\n", "has no text"),
    "only-comments.md": (lambda: b"<!--" * 50_000, "has no text"),
    "no-article.html": (lambda: b"<html><body><img src=a.png></body></html>", "is a page without an article"),
    "only-scripts.html": (lambda: b"<html><script>" + b"a=1;" * 100_000 + b"</script></html>", "without an article"),
    "deep.html": (lambda: b"<html><body>" + b"<div>" * 90_000 + b"<p>words</p>", "without an article"),
    "many-tags.html": (lambda: b"<html><body>" + b"<p>a</p>" * 200_000, "is a page of more than 100,000 tags"),
    "many-attributes.html": (
        lambda: b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">a</p>",
        "is a page with a tag of more than 2,000 attributes",
    ),
    "twelve-megabytes.html": (lambda: b"<html>" + b"<!-- a -->" * 1_200_000, "is 12 MB, more than the 10 MB"),
    "cut.pdf": (lambda: pdf("The council met on Friday.")[:300], "is a damaged PDF"),
    "only-a-name.pdf": (lambda: b"%PDF-1.7\n", "is a damaged PDF"),
    "not-a.pdf": (lambda: b"The council met.", "is called .pdf but does not begin like one"),
    "scan.pdf": (lambda: pdf(""), "has no text: it is a scan"),
    "locked.pdf": (lambda: locked_pdf("secret"), "is locked with a password"),
    "own-parent.pdf": (
        lambda: pdf("words").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
        "is a damaged PDF",
    ),
    "deep-lists.pdf": (lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer <</Root 1 0 R>>", "PDF"),
    "swollen.pdf": (lambda: swollen_pdf(300_000_000), "PDF"),
    "swollen.docx": (_bomb_docx, "unpacks to 40 MB of text"),
    "laughing.docx": (_laughing_docx, "Word document"),
    "cut.docx": (lambda: docx("The council met.")[:2_000], "is a damaged Word document"),
    "not-word.docx": (lambda: _zip(**{"a.txt": b"words"}), "is a zip archive, not a Word document"),
    "nothing.docx": (lambda: docx(), "has no text"),
    "old.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "is an old Office file"),
    "not-a.docx": (lambda: b"The council met.", "is called .docx but does not begin like one"),
    "all-broken.jsonl": (lambda: b"{broken\n" * 5_000, "holds nothing to read in its first 100 records"),
    "cut.json": (lambda: b'{"text": "The council', "is not JSON: unterminated string"),
    "no-rows.csv": (lambda: b"title,text\n", "holds no records"),
    "wrong-columns.csv": (lambda: b"a,b\n1,2\n", "has no column for the text (it has a, b)"),
    "cut.parquet": (lambda: _parquet({"text": ["words"]})[:60], "is a damaged Parquet file"),
    "not-a.parquet": (lambda: b"words", "is called .parquet but does not begin like one"),
    "wrong-columns.parquet": (lambda: _parquet({"a": [1]}), "has no column for the text (it has a)"),
    "broken.warc.gz": (lambda: b"\x1f\x8b\x08\x00" + b"\xff" * 200, "web archive"),
    "no-page.warc.gz": (
        lambda: warc(("http://news.example/a", "words"), kind="image/png"),
        "is a web archive without a page",
    ),
}

# Name -> bytes, how many articles come out, and reasons for the records that do not.
PARTLY_READ: dict[str, tuple[Callable[[], bytes], int, tuple[str, ...]]] = {
    "two-encodings.txt": (lambda: "“Yes”, said Müller. ".encode() * 3 + "“No”, said Öz.".encode("windows-1252"), 1, ()),
    "cut-in-a-letter.txt": (lambda: "The café closed — ".encode()[:-2], 1, ()),
    "unmarked-wide.txt": (lambda: "The council met.".encode("utf-16-le"), 1, ()),
    "page.txt": (lambda: _PAGE.encode(), 1, ()),
    "words.html": (lambda: _PROSE.encode(), 1, ()),
    "broken-linked-data.html": (
        lambda: _PAGE.replace("<body>", '<body><script type="application/ld+json">{"@type": [[</script>').encode(),
        1,
        (),
    ),
    "deep-linked-data.html": (
        lambda: _PAGE.replace(
            "<body>", '<body><script type="application/ld+json">' + "[" * 50_000 + "</script>"
        ).encode(),
        1,
        (),
    ),
    "kinds-in-lists.html": (lambda: _linked('{"@type": [["NewsArticle"]], "headline": "x"}'), 1, ()),
    "kinds-in-objects.html": (lambda: _linked('{"@type": [{"@id": "NewsArticle"}], "headline": "x"}'), 1, ()),
    "no-text-encoding.html": (
        lambda: _PAGE.replace("<body>", "<head><meta charset='hex'></head><body>caf\xe9 ").encode("latin-1"),
        1,
        (),
    ),
    "endless-date.jsonl": (lambda: b'{"text": "one", "date": 1' + b"0" * 400 + b'}\n{"text": "two"}\n', 2, ()),
    "aliases.md": (_aliased_yaml, 1, ()),
    "brackets.md": (lambda: b"[" * 400_000 + b" word", 1, ()),
    "stars.md": (lambda: b"**a_b* " * 20_000, 1, ()),
    "broken-lines.jsonl": (
        lambda: b'{"text": "one"}\n{broken\n"text"\n[1]\n{"title": "none"}\n{"text": 5}\n{"text": "two"}\n',
        2,
        (
            "line 2: is not JSON",
            "line 3: is a JSON string, not an object",
            "line 4: is a JSON list, not an object",
            "line 5: has no text field (it has title)",
            "line 6: has int where its text should be",
        ),
    ),
    "long-line.jsonl": (
        lambda: b'{"text": "' + b"a" * 21_000_000 + b'"}\n{"text": "two"}\n',
        1,
        ("line 1: is longer than the 20 MB",),
    ),
    "deep.jsonl": (lambda: b"[" * 200_000 + b"\n", 0, ("is not JSON",)),
    "deep-second.jsonl": (lambda: b'{"text": "one"}\n' + b"[" * 200_000 + b"\n", 1, ("line 2: is not usable JSON",)),
    "long-number.jsonl": (
        lambda: b'{"text": "one", "id": ' + b"1" * 5_000 + b'}\n{"text": "two"}\n',
        1,
        ("line 1: is not usable JSON",),
    ),
    "half-letters.jsonl": (lambda: b'{"text": "a \\ud83d b \\u0000 c"}\n', 1, ()),
    "cut-list.json": (lambda: b'[{"text": "one"}, {"text": "tw', 1, ("item 2: is not JSON",)),
    "number.json": (lambda: b"42", 0, ("line 1: is a JSON number",)),
    "ragged.csv": (
        lambda: b'title,text\nA,one\nB,two,three,four\nC\nD,"four"\n',
        2,
        ("line 3: has 4 fields where the header has 2", "line 4: has no text field"),
    ),
    "open-quote.csv": (lambda: b'title,text\nA,one\nB,"two\nC,three\n', 1, ("is not a row",)),
    "stray-quote.csv": (lambda: b'title,text\nA,"one" two\nB,three\n', 1, ("line 2: is not a row",)),
    "long-line.csv": (
        lambda: b"title,text\nA," + b"a" * 21_000_000 + b"\nB,two\n",
        1,
        ("line 2: is longer than the 20 MB",),
    ),
    "empty-page.warc.gz": (
        lambda: warc(("http://news.example/a", "<html></html>"), ("http://news.example/b", _PAGE)),
        1,
        ("http://news.example/a: is ",),
    ),
}
