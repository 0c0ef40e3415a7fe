"""What would a person quote? Whole words and names, numbers with their qualifier and unit, no loose punctuation."""

import re

_JOINERS = "-'’‑"
_TRIM_LEFT = " \t\r\n.,;:!?)]}»”…–—*"
_TRIM_RIGHT = " \t\r\n,;:([{«“–—*"
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»"}
_NUMBER = (
    r"(?:[$€£]\s?)?(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens|hundreds|"
    r"thousands|millions)\b"
)
_STARTS_WITH_NUMBER = re.compile(_NUMBER, re.IGNORECASE)
# What changes a figure's meaning, directly before it: "more than 100" is not "100".
_QUALIFIER = re.compile(
    r"\b(?:more than|less than|fewer than|at least|at most|up to|as many as|as much as|no more than|no fewer than|"
    r"close to|an estimated|some|about|around|approximately|roughly|nearly|almost|over|under|between)\s+$",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\s?(?:%|percent\b|per cent\b|(?:hundred|thousand|million|billion|trillion)\b)", re.IGNORECASE)
# Units that a bare figure cannot do without; counted things ("38 militants") can.
_UNIT = re.compile(
    r"[\s-](?:kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|foot|inch(?:es)?|km|kg|kilograms?|grams?|pounds?|tons?|tonnes?|"
    r"lit(?:er|re)s?|gallons?|degrees?(?:\s(?:Celsius|Fahrenheit))?|hectares?|acres?|knots?|dollars?|euros?|crowns?|"
    r"hours?|minutes?|seconds?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_CONVERSION = re.compile(r"\s\((?:about\s)?\d[\d,.]*\s[\w\s]{1,20}\)")
# "1.3 kilograms (" before a span that is only the conversion, "2.9 pounds".
_CONVERTED = re.compile(rf"(?<![\w.,]){_NUMBER}(?:{_SCALE.pattern})?{_UNIT.pattern}\s\((?:about\s)?$", re.IGNORECASE)
_ENDS_WITH_NUMBER = re.compile(_NUMBER + r"$", re.IGNORECASE)
# "CNN's Barbara Starr" names the outlet, then the person; "BBC's World Service" is one thing.
_OUTLET = re.compile(
    r"(?:[A-Z]{2,5}|(?:[A-Z][\w.-]+ )*(?:Times|Post|News|Journal|Guardian|Reuters|Press|Tribune|Herald|Observer))[’']s "
    r"(?=[A-Z][\w’-]+(?: [A-Z][\w’.-]*){1,2}$)(?!.*\b(?:Service|News|Today|Radio|TV|Network|Channel|Bureau|World|"
    r"Office|Cent(?:er|re)|House|Programme?|Mission|Space|Prize|Awards?)\b)"
)
# What ends without the stop that belongs to it: "11 p.m", "the U.S".
_INITIALS = re.compile(r"(?<![\w.])(?:[a-z]\.)+[a-z]$", re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-Z][\w’'-]*$")
_ONE_NAME = re.compile(r"(?:(?:al|el|de|van|von|bin|ben|la)-)?[A-Z][\w’'-]+$")
# A capitalised word before a surname that is no part of it.
_NOT_A_NAME = frozenset(
    "The A An In On At By For From Of And But Or As If When While After Before With Since He She It They We I This "
    "That These Those His Her Its Their Our My Mr Mrs Ms Dr Sir Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday January February March April May June July August September October November December President Minister "
    "Secretary Senator Judge Justice King Queen Prince Princess Pope Governor Mayor General Colonel Captain "
    "Lieutenant Sergeant Major Chief Director Professor Officer".split()
)


def cleaned(text: str, start: int, end: int) -> tuple[int, int]:
    """The span as a person would quote it, as code points into the same text. Never empty unless it was; never leaves
    its line.
    """
    if not text[start:end].strip():
        return start, end
    start, end = _whole_words(text, start, end)
    start, end = _trimmed(text, start, end)
    start, end = _measured(text, start, end)
    start = _whole_name(text, start, end)
    outlet = _OUTLET.match(text[start:end])
    start += outlet.end() if outlet else 0
    return _balanced(text, start, end)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Grown to the ends of the words it begins and ends in; hyphens and apostrophes join, "10.5" and "1,000" too."""

    def inside(position: int) -> bool:
        """Whether text[position - 1] and text[position] belong to one word."""
        if not 0 < position < len(text):
            return False
        before, after = text[position - 1], text[position]
        if before.isalnum() and after.isalnum():
            return True
        beyond = text[position + 1] if position + 1 < len(text) else " "
        earlier = text[position - 2] if position > 1 else " "
        if after in _JOINERS and before.isalnum() and beyond.isalnum():
            return not (after in "'’" and beyond in "sS")
        if before in _JOINERS and after.isalnum() and earlier.isalnum():
            return True
        if after in ".," and before.isdigit() and beyond.isdigit():
            return True
        return before in ".," and after.isdigit() and earlier.isdigit()

    # A word is no longer than this; a megabyte without a blank is not a word.
    limit = 60
    left, right = start, end
    while left > start - limit and inside(left):
        left -= 1
    while right < end + limit and inside(right):
        right += 1
    if text[right : right + 1] == "." and _INITIALS.search(text[left:right]):
        right += 1
    return left, right


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = start, end
    while left < right and text[left] in _TRIM_LEFT:
        left += 1
    while right > left and text[right - 1] in _TRIM_RIGHT:
        right -= 1
    # A full stop stays with an abbreviation or initials alone: "U.S.", "Inc."
    while right > left and text[right - 1] in ".!?…" and "." not in text[left : right - 1].split(" ")[-1]:
        if re.search(r"\b(?:Inc|Jr|Sr|Co|Ltd|Corp|St|[A-Z])\.$", text[left:right]):
            break
        right -= 1
    return (left, right) if left < right else (start, end)


def _measured(text: str, start: int, end: int) -> tuple[int, int]:
    """A figure with the words that change what it says before it, its scale and unit after it."""
    converted = _CONVERTED.search(text[max(0, start - 48) : start]) if text[end : end + 1] == ")" else None
    if converted and _UNIT.search(text[start:end]) and "\n" not in converted.group():
        start, end = max(0, start - 48) + converted.start(), end + 1
    if _STARTS_WITH_NUMBER.match(text, start, end):
        if start > 0 and text[start - 1] in "$€£":
            start -= 1
        before = text[max(0, start - 24) : start]
        qualifier = _QUALIFIER.search(before)
        if qualifier and "\n" not in qualifier.group():
            start -= len(qualifier.group())
    if _ENDS_WITH_NUMBER.search(text[max(start, end - 24) : end]):
        scale = _SCALE.match(text, end)
        end = scale.end() if scale else end
        unit = _UNIT.match(text, end)
        end = unit.end() if unit and "\n" not in unit.group() else end
    if _UNIT.search(text[max(start, end - 14) - 1 : end] if start else text[:end][-15:]):
        conversion = _CONVERSION.match(text, end)
        end = conversion.end() if conversion and "\n" not in conversion.group() else end
    return start, end


def _whole_name(text: str, start: int, end: int) -> int:
    """The start of the name that a lone surname ends: "Abadi" in "Haider Abadi said"."""
    if not _ONE_NAME.fullmatch(text[start:end]):
        return start
    for _ in range(2):
        if start < 2 or text[start - 1] != " ":
            break
        before = _NAME_WORD.search(text[max(0, start - 32) : start - 1])
        if before is None or before.group() in _NOT_A_NAME or before.group().isupper():
            break
        begin = start - 1 - len(before.group())
        # The first word of a sentence may be capitalised for that alone.
        if begin == 0 or text[begin - 1] in '\n"“‘(' or text[max(0, begin - 2) : begin] in {". ", "? ", "! ", ": "}:
            break
        start = begin
    return start


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a bracket or quotation mark whose partner lies outside; the closing one is taken in when it is next."""
    for opening, closing in _PAIRS.items():
        inner = text[start:end]
        if len(inner) < 2:
            return start, end
        if inner.count(opening) > inner.count(closing):
            if text[end : end + 1] == closing and (opening in "([" or not inner.startswith(opening)):
                end += 1
            elif inner.startswith(opening) and inner.count(opening) == 1:
                start += 1
        elif inner.count(closing) > inner.count(opening):
            if start > 0 and text[start - 1] == opening and opening in "([":
                start -= 1
            elif inner.endswith(closing):
                end -= 1
    inner = text[start:end]
    if inner.count('"') == 1 and len(inner) > 1:
        if inner.startswith('"'):
            start += 1
        elif inner.endswith('"'):
            end -= 1
    return start, end
