"""Are the models, flights, roads and quarters that a claim names the source's: A320, MH370, E6, H5N1, Q2?"""

import re

from rag.english import fold

# A word of letters and digits. A number with a unit, a magnitude or an ending ("30m", "3bn", "1990s", "22nd", "5pm") is
# none: those are read as amounts and dates.
_MIXED = re.compile(r"(?<![\w.,:])(?=[^\W\d_]*\d)(?=\d*[^\W\d_])[^\W_]{2,}")
_HYPHENATED = re.compile(r"(?<![\w.,:-])([A-Z]{1,5})[-‑](\d+[^\W_]*)")
_AMOUNT = re.compile(
    r"\d+(?:st|nd|rd|th|s|am|pm|m|mn|mln|bn|b|tn|k|c|f|h|hr|hrs|min|mins|sec|secs|p|km|cm|mm|ft|in|yd|mi|kg|g|mg|lb|lbs|"
    r"oz|l|ml|ha|mph|kph|kmh|gb|mb|tb|kw|mw|gw|hz|khz|mhz|ghz|db|x|yo)\d*"
)
_QUARTER, _HALF = re.compile(r"q([1-4])"), re.compile(r"h([12])")
_NTH = ("first", "second", "third", "fourth")


def disagreement(claim: str, quote: str, *, context: str = "") -> str:
    """Why a designation of `claim` is not one of `quote`; empty when each is there, or where the quote has none of its
    own and the text around it does.
    """
    named, given = _of(claim), _of(quote)
    others = [text for low, text in given.items() if low not in named]
    for low, text in named.items():
        if low in given or _in_words(low, quote):
            continue
        if others:
            return f"the source gives {others[0]}, not {text}"
        if low not in _of(context) and not _in_words(low, context):
            return f"the source does not name {text}"
    return ""


def _of(text: str) -> dict[str, str]:
    """Each designation as it is compared, without case and hyphens -> as it is written."""
    joined = _HYPHENATED.sub(r"\1\2", text)
    found = {fold(match[0]): match[0] for match in _MIXED.finditer(joined)}
    return {low: written for low, written in found.items() if not _AMOUNT.fullmatch(low)}


def _in_words(low: str, text: str) -> bool:
    """Q2 as "the second quarter", H1 as "the first half"."""
    for pattern, noun in ((_QUARTER, "quarter"), (_HALF, "half")):
        match = pattern.fullmatch(low)
        if match:
            return re.search(rf"\b{_NTH[int(match[1]) - 1]} {noun}\b", fold(text)) is not None
    return False
