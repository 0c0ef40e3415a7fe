"""What does a PDF say, and on which page?"""

import logging
import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from index.errors import ReadError
from index.reading.fields import MAX_CHARACTERS, checked
from index.reading.files import whole
from index.reading.options import Options
from index.reading.tidy import line, tidy
from index.reading.title import title_of
from index.records import Record, Unreadable

# A newspaper's issue with its pictures has 20 to 80 MB.
_FILE = 200_000_000
# A page takes 10 to 100 ms; some made to harm take minutes. The rest of such a file is not worth waiting for.
_SECONDS = 120.0
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_HYPHENATED = re.compile(r"(\w+)[-\u00ad]\n[ \t]*([^\W\d_A-Z][\w]*)")
# What programs write where a title should be.
_NO_TITLE = re.compile(
    r"untitled.*|microsoft word.*|.*\.(?:docx?|pdf|indd|qxd|pmd|odt|tex|html?)|document\d*|\W*|slide \d+"
)


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """The one article in the file."""
    yield record(whole(path, limit=_FILE), name=name, options=options)


def record(data: bytes, *, name: str, options: Options, url: str | None = None) -> Record:
    """The text of all pages, with where each begins. Words that were divided at a line's end are joined again.

    Raises ReadError for a damaged, encrypted or scanned file. The file's own dates are those of its making, not of
    its publication, and are left alone.
    """
    title, author, pages = _read(data)
    text, starts = _joined(pages)
    if not text.strip():
        raise ReadError("has no text: it is a scan, run character recognition over it first")
    return Record(
        text=checked(text),
        title=title or title_of(text),
        url=url,
        source=name,
        author=author or None,
        language=options.language,
        page_starts=starts,
    )


def _read(data: bytes) -> tuple[str, str, list[str]]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    # Without a handler of its own, Python prints this library's warnings; an application can still listen to them.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    ends = time.monotonic() + _SECONDS
    pages: list[str] = []
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("is locked with a password: save it without one")
        found = reader.metadata
        title, author = (line(found.title), line(found.author)) if found else ("", "")
        length = 0
        for page in reader.pages:
            pages.append(_page(page.extract_text()))
            length += len(pages[-1])
            if length > MAX_CHARACTERS:
                break
            if time.monotonic() > ends:
                raise ReadError(f"takes too long to read: stopped after {len(pages)} pages")
    except ReadError:
        raise
    except DependencyError:
        raise ReadError("is locked with a cipher that cannot be read here: save it without a password") from None
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:
        # A damaged file makes the parser fail in any way at all: KeyError, TypeError, struct.error, RecursionError ...
        raise ReadError(f"is a damaged PDF ({type(error).__name__} after page {len(pages)})") from None
    return "" if _NO_TITLE.fullmatch(title.lower()) else title, author, pages


def _page(text: str) -> str:
    lines = (piece.strip() for piece in tidy(text).translate(_LIGATURES).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _joined(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """All pages in one text. A sentence may go on behind the page, so only a line break stands between them."""
    together = "\n".join(pages)
    text = ""
    starts = []
    for page in pages:
        if text and page:
            text += "\n"
        starts.append(len(text))
        text += _HYPHENATED.sub(lambda match: _one_word(match, together), page)
    return text, tuple(starts)


def _one_word(match: re.Match[str], together: str) -> str:
    """`inter-` and `national` are one word, `long-` and `term` keep the hyphen when it is written so elsewhere."""
    hyphenated = f"{match[1]}-{match[2]}"
    return hyphenated if hyphenated in together else match[1] + match[2]
