"""Which files lie under a path, and how is each read, hashed and named?"""

import hashlib
import os
import re
import stat
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.errors import ReadError, SourceError
from index.reading.fields import MAX_BYTES
from index.reading.kinds import HEAD, SUFFIXES, kind_of, reader_of, suffix_of
from index.reading.options import Options
from index.records import Record, Unreadable

# Read at once when hashing: large enough that the loop costs nothing, small enough for any memory.
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file under a root; `problem` is set when the way to it is already known to be broken."""

    name: str
    key: str
    root: str
    path: str
    options: Options
    problem: str = ""

    def fingerprint(self) -> str:
        """SHA-256 of the bytes and of the options that change what is made of them."""
        if self.problem:
            raise ReadError(f"{self.name} {self.problem}")
        try:
            with open(self.path, "rb") as file:
                digest = hashlib.sha256()
                while block := file.read(_BLOCK):
                    digest.update(block)
        except OSError as error:
            raise ReadError(f"{self.name} {_why(error)}") from None
        digest.update(self.options.digest())
        return digest.hexdigest()

    def is_feed(self) -> bool:
        """Whether this is a feed or a sitemap, which only names articles."""
        with open(self.path, "rb") as file:
            return kind_of(file.read(HEAD), suffix_of(self.path)) == "feed"

    def records(self) -> Iterator[Record | Unreadable]:
        """The articles in the file, in order."""
        if self.problem:
            raise ReadError(f"{self.name} {self.problem}")
        with closing(self._found()) as found:
            while (item := self._next(found)) is not None:
                yield item

    def _found(self) -> Generator[Record | Unreadable, None, None]:
        with open(self.path, "rb") as file:
            head = file.read(HEAD)
        kind = kind_of(head, suffix_of(self.path))
        yield from reader_of(kind).records(Path(self.path), name=self.name, options=self.options)

    def _next(self, found: Iterator[Record | Unreadable]) -> Record | Unreadable | None:
        """The next article, None after the last. Whatever its reader raises becomes a ReadError: files beside go on."""
        try:
            return next(found, None)
        except OSError as error:
            raise ReadError(f"{self.name} {_why(error)}") from None
        except RecursionError:
            raise ReadError(f"{self.name} is nested too deeply to be an article") from None
        except Exception as error:
            reason = reason_of(error)
            raise ReadError(reason if reason.startswith(self.name) else f"{self.name} {reason}") from error


def reason_of(error: Exception) -> str:
    """What is said of a file or page that was not read. A parser may fail in ways of its own: then of which kind."""
    if isinstance(error, ReadError):
        return str(error)
    said = (str(error).splitlines() or [""])[0]
    return f"cannot be read ({type(error).__name__}{': ' if said else ''}{said})"


def whole(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """All bytes of one article's file. Raises ReadError when there are more than any article has."""
    size = path.stat().st_size
    if size > limit:
        raise ReadError(f"is {size / 1e6:,.0f} MB, more than the {limit / 1e6:,.0f} MB that one article may have")
    return path.read_bytes()


def one_file(path: str, options: Options) -> FileSource:
    """A file that was named by itself. Raises SourceError when it cannot be an article: better said at once."""
    absolute = os.path.abspath(path)
    shown = printable(path)
    try:
        if not stat.S_ISREG(os.stat(absolute).st_mode):
            raise SourceError(f"{shown} is neither a file nor a folder")
        with open(absolute, "rb") as file:
            kind_of(file.read(HEAD), suffix_of(absolute))
    except OSError as error:
        raise SourceError(f"{shown} {_why(error)}") from None
    except ReadError as error:
        raise SourceError(f"{shown} {error}") from None
    folder, base = os.path.split(absolute)
    return FileSource(shown, printable(base), printable(folder), absolute, options)


def folder_files(path: str, options: Options) -> Iterator[FileSource]:
    """Every article file under a folder, each folder in the order of its names; hidden ones are passed over.

    Without globs these are the files with a known ending and plain text without any; with globs, those that match.
    """
    root = os.path.abspath(path)
    wanted = [_pattern(glob) for glob in options.globs]
    # A folder is entered once on any way down, so that a link to a folder above is seen; links to one beside are kept.
    waiting: list[tuple[str, frozenset[tuple[int, int]]]] = [("", frozenset())]
    while waiting:
        relative, above = waiting.pop()
        here = os.path.join(root, relative)
        try:
            status = os.stat(here)
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            yield _broken(path, root, relative or ".", options, _why(error))
            continue
        passed = above | {(status.st_dev, status.st_ino)}
        below = []
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__MACOSX":
                continue
            inside = os.path.join(relative, entry.name)
            try:
                status = entry.stat()
            except OSError as error:
                if _is_wanted(inside, entry.name, wanted, entry.path):
                    yield _broken(path, root, inside, options, _why(error))
                continue
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) in passed:
                    yield _broken(path, root, inside, options, "is a link to a folder above it")
                else:
                    below.append((inside, passed))
            elif stat.S_ISREG(status.st_mode) and _is_wanted(inside, entry.name, wanted, entry.path):
                yield FileSource(
                    printable(os.path.join(path, inside)),
                    printable(inside).replace(os.sep, "/"),
                    printable(root),
                    entry.path,
                    options,
                )
        waiting.extend(reversed(below))


def printable(path: str) -> str:
    """The path with bytes that are no characters written as `\\xff`, so that it can be stored and shown."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _broken(path: str, root: str, relative: str, options: Options, problem: str) -> FileSource:
    name = printable(os.path.join(path, relative))
    key = printable(relative).replace(os.sep, "/")
    return FileSource(name, key, printable(root), os.path.join(root, relative), options, problem)


def _is_wanted(relative: str, base: str, patterns: list[re.Pattern[str]], path: str) -> bool:
    if patterns:
        return any(pattern.fullmatch(relative.replace(os.sep, "/")) for pattern in patterns)
    suffix = suffix_of(base)
    return suffix in SUFFIXES or (suffix == "" and _is_plain_text(path))


def _is_plain_text(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return kind_of(file.read(HEAD), "") == "text"
    except (OSError, ReadError):
        return False


def _pattern(glob: str) -> re.Pattern[str]:
    """`*.txt` matches in any folder, `2016/*.txt` in that one, `2016/**/*.txt` in all below it."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]+\])", glob if "/" in glob else f"**/{glob}")
    special = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    written = [
        special.get(part) or (part.replace("[!", "[^") if part.startswith("[") and len(part) > 2 else re.escape(part))
        for part in parts
    ]
    try:
        return re.compile("".join(written))
    except re.error:
        raise SourceError(f"{glob!r} is not a pattern for file names; write for example '*.txt'") from None


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist, or is a link to nothing"
    if isinstance(error, PermissionError):
        return "may not be read: permission denied"
    if error.errno == 40:
        return "is a link that leads back to itself"
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
