"""How does text that others wrote get onto the page? Always as text: escaped, isolated, and linked only to http(s)."""

from html import escape
from urllib.parse import urlsplit

# Handlebars and template literals would read these; Gradio does not evaluate values today, and this keeps it so.
BRACES = str.maketrans({"{": "&#123;", "}": "&#125;", "`": "&#96;", "$": "&#36;"})
MONTHS = ["", "January", "February", "March", "April", "May", "June"]
MONTHS += ["July", "August", "September", "October", "November", "December"]


def text(value: str) -> str:
    """Escaped for an element or a quoted attribute."""
    return escape(value.replace("\x00", "\ufffd"), quote=True).translate(BRACES)


def inline(value: str) -> str:
    """Escaped and isolated, so that a right-to-left override in it cannot turn the words after it around."""
    return f"<bdi>{text(value)}</bdi>"


def web_link(url: str | None) -> str | None:
    """The URL when it is plain http(s) with a host, else None: no `javascript:`, no `data:`, no relative path."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def day(moment: str | None) -> str:
    """An ISO date as a reader writes it: `5 April 2025`, `April 2025` when the day is not known; empty for None."""
    if not moment:
        return ""
    parts = moment[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        month = MONTHS[numbers[1]] if len(numbers) > 1 else ""
    except (ValueError, IndexError):
        return moment
    return " ".join(part for part in (str(numbers[2]) if len(numbers) > 2 else "", month, str(numbers[0])) if part)


def shortened(value: str, limit: int) -> str:
    """At most `limit` characters, cut at a word, with an ellipsis."""
    plain = " ".join(value.split())
    if len(plain) <= limit:
        return plain
    cut = plain[:limit].rsplit(" ", 1)[0] or plain[:limit]
    return cut.rstrip(" ,;:.") + "…"
