"""How is what was read made fit to store and to show: whole texts, and single lines such as titles and names?"""

import re
from collections.abc import Mapping

# A title or name longer than this is a text in the wrong column; it is cut, the article is kept.
_LINE = 1_000
# Authors of one article; investigations by many papers name up to two dozen.
_NAMES = 30
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def tidy(text: str) -> str:
    """Line ends as `\\n`, no byte order mark, and U+FFFD for what no store can keep (NUL, half of a character)."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("\ufffd", text)


def line(value: object, *, depth: int = 3) -> str:
    """One clean line from whatever a field holds: a string, a number, a list of names, or an object with a name.

    YAML can hold lists of lists that grow tenfold with each level, so only the first of each and few levels are read.
    """
    if value is None or isinstance(value, bool) or depth == 0:
        return ""
    if isinstance(value, Mapping):
        found = (value.get(key) for key in ("name", "title", "@id", "id"))
        return next((text for text in (line(item, depth=depth - 1) for item in found) if text), "")
    if isinstance(value, list | tuple):
        names = (line(item, depth=depth - 1) for item in value[:_NAMES])
        return ", ".join(dict.fromkeys(filter(None, names)))[:_LINE]
    if isinstance(value, int) and abs(value) > 10**30:
        return ""
    return re.sub(r"\s+", " ", tidy(str(value)[: 4 * _LINE])).strip()[:_LINE].rstrip()
