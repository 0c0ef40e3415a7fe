"""What is an article called that does not say so itself?"""

import re

from index.reading.furniture import find_furniture, without_bullet
from index.reading.tidy import line
from index.sentences import sentences

# A title made from a sentence is cut here: headlines have up to about 110 characters.
_TITLE = 110
# A headline is no longer than this; a longer first paragraph is the beginning of the story.
_HEADLINE = 160
# Lines of prose that was wrapped have this many characters (the same numbers as in `index.sentences`).
_WRAPPED = range(45, 101)
# What is looked at for the first sentence: no opening is longer.
_OPENING = 2_000


def title_of(text: str) -> str:
    """A title from what is there: the headline, else the first highlight, else the first sentence, cut at a word."""
    found = find_furniture(text)
    begin = len(text) - len(text.lstrip())
    end = text.find("\n", begin)
    first = text[begin : end if end >= 0 else len(text)].strip()
    follows = end >= 0 and bool(text[end : end + _OPENING].strip()) and not _is_wrapped(first, text[end + 1 :][:200])
    is_furniture = any(piece.start <= begin < piece.end for piece in found)
    if follows and not is_furniture and len(first) <= _HEADLINE and first[-1:] not in ".;:,":
        return line(re.sub(r"^#+\s*", "", first))
    for piece in found:
        if piece.kind == "highlight":
            return line(without_bullet(text[piece.start : piece.end]))
    head = max((piece.end for piece in found if piece.kind != "contributors"), default=begin)
    opening = text[head : head + _OPENING].lstrip(" \u00a0—–-\n")
    for start, stop in sentences(opening):
        return _shortened(line(opening[start:stop]))
    return _shortened(line(first))


def _is_wrapped(first: str, follows: str) -> bool:
    """Is the first line one of many lines of about the same length, as in PDF, and not a headline above a story?"""
    second = follows.split("\n")[0].strip()
    return second[:1].islower() or (len(first) in _WRAPPED and len(second) in _WRAPPED)


def _shortened(sentence: str) -> str:
    if len(sentence) <= _TITLE:
        return sentence.rstrip(".")
    cut = sentence.rfind(" ", 0, _TITLE)
    return sentence[: cut if cut > 0 else _TITLE].rstrip(" ,;:—–-") + "…"
