"""Which parts of an article's text are furniture around the story: highlights, dateline, byline, contributors?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.reading.dates import is_date_line

# Furniture stands within the first paragraphs or the last ones; looking further only finds what is none.
_TOP, _BOTTOM = 14, 4
# Longer than this, a paragraph is a part of the story. CNN's highlights have at most 120 characters; contributor
# lines name up to a dozen people.
_HIGHLIGHT, _CREDIT = 220, 700

_HIGHLIGHTS = re.compile(r"(?:story\s+)?highlights\s*:?|key\s+points\s*:?|in\s+brief\s*:?", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*•·–]\s+)?")
_DASH = r"(?:[—–]|--?(?=\s|$))"
_WORD = r"[A-ZÀ-Þ][\w.’'-]{0,30}"
_PLACE = rf"(?P<place>{_WORD}(?:,?\s(?:(?:and|of|de|la|al)\s)?{_WORD}){{0,5}}?)"
_DAY = r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?"
# Agencies and broadcasters that sign datelines without brackets; any other word there may be the subject of a sentence.
_AGENCY = r"CNN|AP|AFP|UPI|BBC|NPR|ABC|CBS|NBC|PTI|ANI|IANS|DPA|dpa|EFE|TASS|CNBC|CNNMoney|Reuters|Bloomberg|Xinhua"
_DATELINES = (
    # WASHINGTON (Reuters) - ...   LONDON, July 9 (AP) — ...   (CNN) -- ...   (CNN)Iraqi forces ...
    re.compile(rf"(?:{_PLACE}{_DAY}\s)?\((?P<outlet>[A-Z][\w.&’ -]{{1,30}})\)\s*{_DASH}[^\S\n]*"),
    re.compile(rf"(?:{_PLACE}\s)?\((?P<outlet>{_AGENCY})\)[^\S\n]*"),
    # Baghdad, Iraq CNN  — ...
    re.compile(rf"(?:{_PLACE}\s)?(?P<outlet>{_AGENCY})\s+[—–][^\S\n]*"),
    # Baghdad, Iraq XYZ — alone on its line
    re.compile(rf"(?:{_PLACE}\s)?(?P<outlet>[A-Z]{{2,6}})\s+[—–]\s*$"),
    # Port Verrin, Caldmark — alone on its line
    re.compile(rf"{_PLACE}\s+[—–]\s*$(?P<outlet>)"),
    # PARIS — The ...
    re.compile(rf"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{{3,30}}(?:,\s{_WORD})?)\s{_DASH}\s+(?=[A-ZÀ-Þ“\"]|$)(?P<outlet>)"),
)
_NAME = r"[A-ZÀ-Þ][\w’'.-]{0,30}"
_NAMES = rf"{_NAME}(?:\s(?:(?:de|van|von|der|bin|el|al|da|la)\s)?{_NAME}){{1,3}}"
_BYLINE = re.compile(
    rf"[Bb][Yy]:?\s(?P<names>{_NAMES}(?:(?:,\s(?:and\s)?|\s(?:and|&)\s){_NAMES}){{0,8}})"
    rf"(?:\s*[,|/–—-]\s*|\s(?:for|of)\s)?(?P<outlet>(?:(?<=\W)(?:the\s)?{_NAME}(?:\s{_NAME}){{0,3}})?)"
)
_PLACES = rf"(?:(?:the\s)?{_NAME}(?:,?\s{_NAME}){{0,4}}|the\s[a-z]{{2,20}}(?:\s[a-z]{{2,20}})?)"
_VERB = r"(?:also\s)?(?:contributed|reported|wrote)"
_PART = rf"(?:to\sthis\s\w+|reporting|(?:this\s\w+\s)?from\s{_PLACES}(?:\sand\s{_PLACES})?|this\s\w+)"
# "CNN’s Barbara Starr contributed to this report and reported from Washington"
_WORKED = re.compile(
    rf"(?P<owner>(?:(?:the\s|The\s)?{_NAME}(?:\s{_NAME}){{0,2}}[’'](?:s\s|\s))|(?:[\w ]{{0,30}}?\swriters?\s))?"
    rf"(?P<name>{_NAMES})(?:\sin\s{_PLACES})?"
    rf"(?P<did>\s{_VERB}(?:\sand\s{_VERB})?(?:\s{_PART}){{0,3}}(?:,?\sand\s{_VERB}(?:\s{_PART}){{0,2}})?)?\.?"
)
_CLAUSE = re.compile(r"\.\s+(?=[A-ZÀ-Þ])|,?\s+and\s+(?=[A-ZÀ-Þ])|[,;]\s+(?=[A-ZÀ-Þ])")
_DESK = re.compile(
    r"[\[(]?\s*(?:(?:additional\s+)?(?:reporting|writing)|(?:edited|editing|compiled|written))\s+by\s+(?P<names>[^;.\n]{3,200})",
    re.IGNORECASE,
)
_AND = re.compile(r",?\s+and\s+|,\s+|;\s+|\s+&\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of furniture: offsets into the text, what it is, and the names and outlet it gives."""

    start: int
    end: int
    kind: str
    names: tuple[str, ...] = ()
    outlet: str = ""


def furniture(text: str) -> list[tuple[int, int, str]]:
    """Offsets (start, end) and kind of each piece of furniture, in order.

    Kinds: highlights_heading, highlight, byline, date_line, dateline (only the dateline itself where the story goes on
    behind it), contributors. Nothing else is: a heading or a caption is a part of the story here.
    """
    return [(piece.start, piece.end, piece.kind) for piece in find_furniture(text)]


def find_furniture(text: str) -> list[Found]:
    """The same with the names and outlets that the furniture gives."""
    top = _first_paragraphs(text)
    found = [*_head(text, top)]
    taken = max((piece.end for piece in found), default=0)
    found.extend(piece for piece in _foot(text) if piece.start >= taken)
    return found


def without_bullet(text: str) -> str:
    """A highlight as a title: no bullet, no surrounding space."""
    return text[_bullet_end(text, 0) :].strip()


def _first_paragraphs(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text) and len(found) < _TOP:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            found.append(_trimmed(text, start, end))
        start = end + 1
    return found


def _last_paragraphs(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    end = len(text)
    while end > 0 and len(found) < _BOTTOM:
        start = text.rfind("\n", 0, end) + 1
        if text[start:end].strip():
            found.append(_trimmed(text, start, end))
        end = start - 1
    return found[::-1]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _head(text: str, top: list[tuple[int, int]]) -> Iterator[Found]:
    """Furniture before the story begins: it ends with the dateline or with the first paragraph of prose."""
    datelines = [_dateline(text, start, end) for start, end in top]
    first_dateline = next((number for number, found in enumerate(datelines) if found), len(top))
    in_highlights = False
    for number, (start, end) in enumerate(top):
        piece = text[start:end]
        if number == first_dateline:
            yield datelines[number]  # type: ignore[misc]
            return
        if _HIGHLIGHTS.fullmatch(piece):
            in_highlights = True
            yield Found(start, end, "highlights_heading")
        elif end - start <= _CREDIT and (byline := _BYLINE.fullmatch(piece)):
            in_highlights = False
            yield Found(start, end, "byline", _people(byline["names"]), (byline["outlet"] or "").strip())
        elif is_date_line(piece):
            in_highlights = False
            yield Found(start, end, "date_line")
        elif in_highlights and end - start <= _HIGHLIGHT and _is_highlight(piece, first_dateline < len(top)):
            yield Found(_bullet_end(text, start), end, "highlight")
        elif in_highlights or (piece[-1] in '.”"' and end - start > 60):
            return


def _is_highlight(piece: str, before_dateline: bool) -> bool:
    # Without a dateline only the missing full stop tells a highlight from the first paragraph of the story.
    return before_dateline or piece[-1] not in '.”"'


def _bullet_end(text: str, start: int) -> int:
    match = _BULLET.match(text, start)
    return match.end() if match else start


def _dateline(text: str, start: int, end: int) -> Found | None:
    # A dateline is short; the limit keeps the search from running through a long paragraph.
    line = text[start : min(end, start + 120)]
    for pattern in _DATELINES:
        match = pattern.match(line)
        if match and match.end() > 2:
            return Found(start, start + len(line[: match.end()].rstrip()), "dateline", outlet=match["outlet"] or "")
    return None


def _foot(text: str) -> Iterator[Found]:
    """Contributor lines: the last paragraphs in which every clause names who did what."""
    found: list[Found] = []
    for start, end in reversed(_last_paragraphs(text)):
        credit = _credit(text[start:end]) if end - start <= _CREDIT else None
        if credit is None:
            if found:
                break
            continue
        found.append(Found(start, end, "contributors", *credit))
    yield from reversed(found)


def _credit(paragraph: str) -> tuple[tuple[str, ...], str] | None:
    bare = paragraph.strip("()[] \t")
    if match := _DESK.match(bare):
        return _people(re.sub(r"\s+in\s+[A-Z][\w ]+?(?=,|\sand\s|$)", "", match["names"])), ""
    names: list[str] = []
    outlet = ""
    worked = False
    for clause in _CLAUSE.split(bare):
        match = _WORKED.fullmatch(clause)
        if match is None:
            # "reported from Baghdad, Iraq": the country is left over as a clause of its own.
            if worked and re.fullmatch(rf"{_NAME}(?:\s{_NAME})?\.?", clause):
                continue
            # "The Associated Press contributed to this report."
            if re.fullmatch(rf"(?:The\s)?{_NAME}(?:\s{_NAME}){{0,3}}\s{_VERB}\s(?:to\sthis\s\w+|reporting)\.?", clause):
                worked = True
                continue
            return None
        worked = worked or match["did"] is not None
        if match["owner"] and not outlet:
            outlet = re.sub(r"[’']s?\s$", "", match["owner"]) if "writer" not in match["owner"] else ""
        names.append(match["name"])
    return (tuple(dict.fromkeys(names)), outlet) if worked else None


def _people(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip(" .)]") for part in _AND.split(names) if part.strip(" .)]")))
