"""How is a span cut to what a person would quote? Whole words and names, numbers with their unit and qualifier."""

import re

# Left of a figure: part of what is claimed ("at least 38" is not "38").
_QUALIFIER = re.compile(
    r"(?:\b(?:at least|at most|up to|as (?:many|much|few|little) as|(?:no )?(?:more|fewer|less|other) than|about|"
    r"around|"
    r"some|nearly|almost|over|under|roughly|approximately|an estimated|(?:just |well )?(?:over|under|below|above)|"
    r"close to|only|exactly|between)\s+|[$€£¥~]\s?)$",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"[$€£¥]?\d|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|a hundred|hundreds|a thousand|thousands|dozens|half)\b",
    re.IGNORECASE,
)
# Right of a figure: its magnitude and unit.
_MAGNITUDE = re.compile(
    r"\s?(?:%|percent\b|per cent\b|percentage points?\b|(?:hundred|thousand|million|billion|trillion)\b|°\s?[CF]\b)"
)
_UNIT = re.compile(
    r"[\s-](?:kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|inch(?:es)?|acres?|hectares?|tonn?es?|tons?|kilograms?|"
    r"pounds?|grams?|lit(?:er|re)s?|gallons?|"
    r"degrees(?: Celsius| Fahrenheit)?|knots?|mph|km|kg|hours?|minutes?|seconds?|"
    r"days?|weeks?|months?|years?|dollars?|euros?|crowns?|cents?|pence)\b"
)
# "about 65 kilometers (40 miles)": the same measure said again belongs to it.
_AGAIN = re.compile(r"\s\([^()\n]{0,30}\d[^()\n]{0,30}\)")
_WORD_CHARACTER = re.compile(r"[\w]")
_CAPITALISED = re.compile(r"(?:(?:al|el|de|van|von|bin|la)[-\s])?[A-Z][\w’'-]*\.?$")
# Words in front of a name that are not part of it, and sentence openers that only look like one.
_NO_NAME = frozenset(
    "the a an mr mrs ms dr president prime minister mayor governor senator judge captain chief professor sir in on at by "
    "for from of to and but or with when while after before as if it he she they his her their this that u.s "
    "us".split()
)
_PAIRS = {"“": "”", "(": ")", "[": "]", "«": "»"}


def cleaned(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the span as a person would quote it; never empty, always within one line of `text`.

    Grown to whole words, to a figure's qualifier, magnitude and unit, and to the first names before a lone surname;
    shrunk by punctuation and quotation marks without their partner.
    """
    start, end = _trimmed(text, *_whole_words(text, start, end))
    if _FIGURE.match(text, start, end):
        start, end = _figure(text, start, end)
    elif " " not in text[start:end]:
        start = _first_names(text, start, end)
    return _trimmed(text, start, end)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _inside_word(text, start):
        start -= 1
    while end < len(text) and _inside_word(text, end):
        end += 1
    return start, end


def _inside_word(text: str, place: int) -> bool:
    """Is there no word boundary between text[place - 1] and text[place]? "3.5" and "al-Abadi" are one."""
    before, after = text[place - 1], text[place]
    if _WORD_CHARACTER.match(before) and _WORD_CHARACTER.match(after):
        return True
    if before in ".,-’'" and _WORD_CHARACTER.match(after):
        return (
            place > 1 and bool(_WORD_CHARACTER.match(text[place - 2])) and not (before == "," and not after.isdigit())
        )
    if after in ".,-" and _WORD_CHARACTER.match(before) and place + 1 < len(text):
        following = text[place + 1]
        return following.isdigit() and before.isdigit() if after in ".," else bool(_WORD_CHARACTER.match(following))
    return False


def _figure(text: str, start: int, end: int) -> tuple[int, int]:
    while match := _QUALIFIER.search(text, max(0, start - 30), start):
        start = match.start()
    if text[start:end].replace(",", "").replace(".", "").strip("$€£¥").isdigit() or _ends_in_figure(text, start, end):
        while match := _MAGNITUDE.match(text, end):
            end = match.end()
        if match := _UNIT.match(text, end):
            end = match.end()
    if match := _AGAIN.match(text, end):
        end = match.end()
    return start, end


def _ends_in_figure(text: str, start: int, end: int) -> bool:
    last = text[start:end].split()[-1]
    return bool(_FIGURE.match(last)) or last in {"hundred", "thousand", "million", "billion"}


def _first_names(text: str, start: int, end: int) -> int:
    """Left to the beginning of a name of which the span is the last word."""
    if not _CAPITALISED.fullmatch(text[start:end]):
        return start
    line = text.rfind("\n", 0, start) + 1
    words = list(re.finditer(r"[\w’'.-]+", text[line:start]))
    for word in reversed(words[-3:]):
        gap = text[line + word.end() : start]
        plain = word.group().rstrip(".").lower()
        if gap != " " or plain in _NO_NAME or not _CAPITALISED.fullmatch(word.group()):
            break
        if word.group().endswith(".") and len(word.group()) > 2:
            break
        start = line + word.start()
    return start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space, dangling punctuation and quotation marks that have no partner inside."""
    first, last = start, end
    while True:
        before = (start, end)
        while end - start > 1 and (text[start].isspace() or text[start] in ",.;:!?–—-"):
            start += 1
        while end - start > 1 and (text[end - 1].isspace() or text[end - 1] in ",;:!?–—-"):
            end -= 1
        while end - start > 1 and text[end - 1] == "." and not _abbreviation(text[start:end]):
            end -= 1
        inner = text[start:end]
        for left, right in _PAIRS.items():
            if inner.startswith(left) and right not in inner[1:-1]:
                start += 1
                end -= inner.endswith(right) and len(inner) > 2
            elif inner.endswith(right) and left not in inner:
                end -= 1
        if inner.count('"') == 1 and end - start > 1:
            start += inner.startswith('"')
            end -= inner.endswith('"')
        if (start, end) == before or start >= end:
            break
    if start >= end:
        return first, last
    # A span never runs over a line break: what follows is another paragraph.
    broken = text.find("\n", start, end)
    return (start, end) if broken < 0 else (start, start + len(text[start:broken].rstrip()) or end)


def _abbreviation(span: str) -> bool:
    """Does the span end in an abbreviation whose full stop belongs to it?"""
    return bool(re.search(r"(?:\b[A-Za-z]\.){2,}$|\b(?:Jr|Sr|Inc|Co|Ltd|Corp|a\.m|p\.m)\.$", span))
