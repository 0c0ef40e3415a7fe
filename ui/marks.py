"""Which quotes are shown in quotation marks: all but those that are somebody's words from mark to mark already."""

import re

_WHOLE = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def is_whole(quote: str) -> bool:
    """Does a quote begin and end with the marks of one quotation?"""
    return _WHOLE.fullmatch(quote.strip()) is not None


def in_marks(quote: str) -> str:
    """The quote between quotation marks."""
    return quote.strip() if is_whole(quote) else f"“{quote.strip()}”"
