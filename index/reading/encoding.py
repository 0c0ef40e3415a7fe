"""Which characters do these bytes stand for?"""

import codecs
import re

from index.errors import ReadError
from index.reading.tidy import tidy

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a detector needs to see; more only costs time (it tries every code page on all it is given).
_SAMPLE = 64_000
# English with typographic quotes has under 1 % bytes above 127, western European languages up to 5 %, Polish or Czech
# up to 15 %, Cyrillic and Greek over 60 %. Below this share Windows-1252 is far likelier than a detector's guess.
_WESTERN = 0.08
_HIGH = re.compile(rb"[\x80-\xff]")
# Mac Roman writes ’ between letters as 0xD5, which no western code page has there as a letter of lower-case words.
_MAC = re.compile(rb"[a-z]\xd5(?:s|t|re|ve|ll|d|m)\b")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was read with. `declared` is what a header or a tag says, tried after UTF-8.

    Line ends become `\\n` and a byte order mark goes. Raises ReadError when no encoding makes sense of the bytes.
    """
    text, encoding = _decoded(data, declared)
    return tidy(text), encoding


def encoding_of(head: bytes, *, cut: bool) -> str:
    """The encoding of a file whose first bytes are `head`, for reading it line by line; `cut`: there is more of it."""
    if cut:
        # A character may be cut in two at the end of the head.
        head = head[: max(head.rfind(b"\n"), head.rfind(b" "), len(head) - 4) if len(head) > 4 else len(head)]
    encoding = _decoded(head, None)[1]
    return "utf-8" if encoding in ("utf-8-sig", "utf-8 with windows-1252") else encoding


def _decoded(data: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if (wide := _unmarked_wide(data)) is not None:
        return _strictly(data, wide)
    if (mixed := _mostly_utf8(data)) is not None:
        return mixed, "utf-8 with windows-1252"
    if declared:
        try:
            return data.decode(declared), codecs.lookup(declared).name
        except (LookupError, ValueError):  # not that of these bytes, not one at all, or one of no text ("hex")
            pass
    return _guessed(data)


def _strictly(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise ReadError(f"begins as {encoding} but is broken at byte {error.start}") from None


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text is zero."""
    sample = data[:2_000]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 into which pieces of Windows-1252 were pasted, or which was cut inside a character."""
    lenient = data.decode("utf-8", "surrogateescape")
    broken = sum(1 for character in lenient if "\udc80" <= character <= "\udcff")
    sound = sum(1 for character in lenient if character > "\x7f") - broken
    if sound < broken or sound == 0:
        return None
    return re.sub("[\udc80-\udcff]", lambda match: _western_letter(match[0]), lenient)


def _western_letter(escaped: str) -> str:
    return bytes([ord(escaped) - 0xDC00]).decode("windows-1252", "replace")


def _guessed(data: bytes) -> tuple[str, str]:
    high = len(_HIGH.findall(data[:_SAMPLE])) / max(1, len(data[:_SAMPLE]))
    if _MAC.search(data):
        return data.decode("mac-roman"), "mac-roman"
    if high < _WESTERN:
        try:
            return data.decode("windows-1252"), "windows-1252"
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        try:
            text = data.decode(best.encoding)
        except UnicodeDecodeError:
            text = data.decode(best.encoding, "replace")
        if len(_CONTROLS.findall(text[:_SAMPLE])) < 0.01 * max(1, len(text[:_SAMPLE])):
            return text, best.encoding
    raise ReadError("is in an encoding that could not be recognised: save it as UTF-8")
