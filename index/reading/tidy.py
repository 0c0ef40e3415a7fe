"""How is what was read made fit to store and to show: whole texts, and single lines such as titles and names?"""

import re
from collections.abc import Mapping

# A title or name longer than this is a text in the wrong column; it is cut, the article is kept.
_LINE = 1_000
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def tidy(text: str) -> str:
    """Line ends as `\\n`, no byte order mark, and U+FFFD for what no store can keep (NUL, half of a character)."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("\ufffd", text)


def line(value: object) -> str:
    """One clean line from whatever a field holds: a string, a number, a list of names, or an object with a name."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, Mapping):
        return line(value.get("name") or value.get("title") or value.get("@id") or value.get("id"))
    if isinstance(value, list | tuple):
        return ", ".join(dict.fromkeys(part for part in map(line, value) if part))[:_LINE]
    return re.sub(r"\s+", " ", tidy(str(value)[: 4 * _LINE])).strip()[:_LINE].rstrip()
