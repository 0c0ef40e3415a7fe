"""How are quotes shown? In quotation marks, but for those that are somebody's words from mark to mark already."""

import re

# What stands over the accounts beside an answer, in the terminal and in the chat.
ELSEWHERE = "What else comes near"
_WHOLE = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def is_whole(quote: str) -> bool:
    """Does a quote begin and end with the marks of one quotation?"""
    return _WHOLE.fullmatch(quote.strip()) is not None


def in_marks(quote: str) -> str:
    """The quote between quotation marks."""
    return quote.strip() if is_whole(quote) else f"“{quote.strip()}”"
