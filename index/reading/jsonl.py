"""Which articles does a JSONL file (or a JSON list) hold, one at a time?"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from index.errors import ReadError
from index.reading.encoding import decode, encoding_of
from index.reading.fields import MAX_BYTES, record_from
from index.reading.kinds import HEAD
from index.reading.options import Options
from index.records import Record, Unreadable

# After this many broken lines in a row from the top the file is something else; naming each of a million helps nobody.
_HOPELESS = 100
# Named one by one up to here, then counted.
_NAMED = 1_000
_JSON_NAMES = {list: "list", str: "string", int: "number", float: "number", bool: "true or false", type(None): "null"}


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """Each record in turn; a broken one as Unreadable with its line. Raises ReadError when none of it is JSON."""
    with open(path, "rb") as file:
        head = file.read(HEAD)
        encoding = encoding_of(head, cut=len(head) == HEAD)
        begins = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        whole_document = begins.startswith(b"[") or (begins.startswith(b"{") and not _has_lines(head, path.suffix))
        file.seek(0)
        if whole_document:
            yield from counted(_in_document(file, name, options, encoding))
        else:
            yield from counted(_in_lines(file, name, options, encoding))


def counted(found: Iterator[Record | Unreadable]) -> Iterator[Record | Unreadable]:
    """The same, with broken records beyond a number only counted, and an end when nothing at all can be read."""
    read = broken = 0
    last = ""
    for item in found:
        if isinstance(item, Record):
            read += 1
            yield item
            continue
        broken += 1
        last = item.reason
        if broken <= _NAMED:
            yield item
        if not read and broken == _HOPELESS:
            raise ReadError(f"holds nothing to read in its first {_HOPELESS} records: the last one {last}")
    if not read and not broken:
        raise ReadError("holds no records")
    if broken > _NAMED:
        yield Unreadable("further records", f"{broken - _NAMED:,} more could not be read: the last one {last}")


def lines_of(file: BinaryIO, *, encoding: str, limit: int = MAX_BYTES) -> Iterator[tuple[int, str | ReadError]]:
    """Each line with its number, counted from 1, never more than `limit` bytes of one in memory."""
    wide = encoding.startswith(("utf-16", "utf-32"))
    if wide:
        # In wide encodings a line end is not one byte; such files are small exports.
        text, _ = decode(_all(file, limit))
        yield from enumerate(text.split("\n"), start=1)
        return
    number = 0
    while data := file.readline(limit + 1):
        number += 1
        if len(data) > limit:
            while data and not data.endswith(b"\n"):
                data = file.readline(1 << 20)
            yield number, ReadError(f"is longer than the {limit / 1e6:,.0f} MB that one record may have")
            continue
        if number == 1:
            data = data.removeprefix(b"\xef\xbb\xbf")
        try:
            yield number, data.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            try:
                yield number, decode(data)[0].rstrip("\n")
            except ReadError as error:
                yield number, error


def _in_lines(file: BinaryIO, name: str, options: Options, encoding: str) -> Iterator[Record | Unreadable]:
    for number, text in lines_of(file, encoding=encoding):
        where = f"{name}, line {number}"
        if isinstance(text, ReadError):
            yield Unreadable(where, str(text))
        elif text.strip():
            yield _from_json(text, where, name, options)


def _from_json(text: str, where: str, name: str, options: Options) -> Record | Unreadable:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return Unreadable(where, f"is not JSON: {error.msg.lower()} at column {error.colno}")
    except (RecursionError, ValueError) as error:
        return Unreadable(where, f"is not usable JSON: {str(error).splitlines()[0]}")
    return _from_value(value, where, name, options)


def _from_value(value: object, where: str, name: str, options: Options) -> Record | Unreadable:
    if not isinstance(value, Mapping):
        return Unreadable(where, f"is a JSON {_JSON_NAMES.get(type(value), 'value')}, not an object with fields")
    try:
        return record_from(value, options=options, source=name)
    except ReadError as error:
        return Unreadable(where, str(error))


def _has_lines(head: bytes, suffix: str) -> bool:
    """Is this JSONL, which has a whole object on its first line and more behind it, and not one JSON object?"""
    first, _, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if suffix.lower() != ".json":
        return first.strip() != b"{"
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _in_document(file: BinaryIO, name: str, options: Options, encoding: str) -> Iterator[Record | Unreadable]:
    """A list is read item by item; an object is one article, or holds one list of them ("articles": [...])."""
    import codecs

    if encoding.startswith(("utf-16", "utf-32")):
        text = decode(_all(file, MAX_BYTES))[0]
        pieces = iter([text])
    else:
        decoder = codecs.getreader("utf-8" if encoding == "utf-8" else encoding)(file, "replace")
        pieces = iter(lambda: decoder.read(1 << 16), "")
    if _first_character(file) == b"{":
        value = _loaded("".join(_limited(pieces)))
        lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], Mapping)]
        has_text = isinstance(record_or_reason := _from_value(value, name, name, options), Record)
        items = lists[0] if len(lists) == 1 and not has_text else None
        if items is None:
            if isinstance(record_or_reason, Unreadable):
                raise ReadError(record_or_reason.reason)
            yield record_or_reason
            return
        for number, item in enumerate(items, start=1):
            yield _from_value(item, f"{name}, item {number}", name, options)
        return
    yield from _in_list(pieces, name, options)


def _in_list(pieces: Iterator[str], name: str, options: Options) -> Iterator[Record | Unreadable]:
    decoder = json.JSONDecoder()
    waiting = next(pieces, "").lstrip("\ufeff \t\r\n")[1:]
    number = 0
    tried = 0
    while True:
        waiting = waiting.lstrip(" \t\r\n,")
        if waiting.startswith("]"):
            return
        # A piece may end inside a value. Trying again only when the buffer has doubled keeps the whole linear.
        if len(waiting) >= 2 * tried or tried == 0:
            try:
                value, end = decoder.raw_decode(waiting)
            except (json.JSONDecodeError, RecursionError):
                tried = max(len(waiting), 1)
            else:
                number += 1
                yield _from_value(value, f"{name}, item {number}", name, options)
                waiting, tried = waiting[end:], 0
                continue
        piece = next(pieces, None)
        if piece is None or len(waiting) > MAX_BYTES:
            try:
                value, end = decoder.raw_decode(waiting)
            except (json.JSONDecodeError, RecursionError) as error:
                why = getattr(error, "msg", "nested too deeply").lower()
                yield Unreadable(f"{name}, item {number + 1}", f"is not JSON: {why}; what follows is left out")
                return
            tried = 0
            continue
        waiting += piece


def _loaded(text: str) -> Mapping[str, object]:
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise ReadError(f"is not JSON: {error.msg.lower()} in line {error.lineno}") from None
    except (RecursionError, ValueError) as error:
        raise ReadError(f"is not usable JSON: {str(error).splitlines()[0]}") from None
    assert isinstance(value, dict)
    return value


def _limited(pieces: Iterator[str]) -> Iterator[str]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > MAX_BYTES:
            raise ReadError("is one JSON object of more than 20 MB: write one article a line (JSONL)")
        yield piece


def _first_character(file: BinaryIO) -> bytes:
    here = file.tell()
    file.seek(0)
    first = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    file.seek(here)
    return first


def _all(file: BinaryIO, limit: int) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        raise ReadError(f"is more than {limit / 1e6:,.0f} MB in a wide encoding: save it as UTF-8")
    return data
