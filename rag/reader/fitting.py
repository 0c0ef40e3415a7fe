"""Is a span of the kind that a question asks for: an amount in its unit, a count of its noun, a time or a name?"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.sentences import sentences
from rag.english import fold
from rag.verify.amounts import Quantity, quantities
from rag.verify.number_words import CURRENCY, MEASURE
from rag.verify.words import stem

Wanted = Literal[
    "open", "count", "money", "share", "amount", "measure", "figure", "age", "clock", "year", "month", "date", "time",
    "person", "name", "score",
]  # fmt: skip

_TIME = frozenset("second minute hour day week month year decade century".split())
_LENGTH = frozenset("kilometre mile metre centimetre millimetre foot inch yard".split())
# "pound" is money to whoever reads amounts; of what is weighed it is a weight.
_WEIGHT = frozenset("kilogram gram ton tonne ounce pound".split())
_SPEED = frozenset("mph kph knot mile kilometre metre foot".split())
_HEAT = frozenset("degree celsius fahrenheit".split())
_SIZE = _LENGTH | {"hectare", "acre", "litre", "gallon", "barrel", "gigawatt", "megawatt", "kilowatt"}
_DIMENSIONS = (_TIME, _LENGTH, _WEIGHT, _HEAT)

_MONEY = (
    r"cost|costs|pay|paid|pays|spend|spent|spends|worth|price|earn|earned|earns|sell|sold|sells|owe|owed|owes|fine|fined|"
    r"charge|charged|charges|donate|donated|invest|invested|lend|lent|borrow|borrowed|fund|money|bid|fetch|fetched|"
    r"fetches|bought|buy|salary|fee|compensation|budget|dividend|ticket|reward|rent"
)
# In order: the first that is found says what is wanted. Units of "measure" beside it.
_RULES: tuple[tuple[str, Wanted, frozenset[str]], ...] = (
    (r"\bhow many per ?cent\b", "share", frozenset()),
    (r"\bhow many (?:square|cubic) ", "measure", _SIZE),
    (r"\bhow many\b", "count", frozenset()),
    (r"\bhow much\b.*\bweigh", "measure", _WEIGHT),
    (r"\bhow much (?:longer|time|later|earlier|older|younger)\b", "measure", _TIME),
    (r"\bhow much of\b", "share", frozenset()),
    (r"\bby how much\b", "figure", frozenset()),
    (rf"\bhow (?:much|large|big|high)\b.*\b(?:{_MONEY})\b", "money", frozenset()),
    (r"\bhow much\b", "amount", frozenset()),
    (r"^\W*what (?:will|would|does|do|did|has|have|had)\b.*\b(?:costs?|pay|paid|earn|charge)\b", "money", frozenset()),
    (r"\b(?:what|which)(?: is| was| were| are)? (?:the |an? )?(?:\w+ ){0,2}(?:percentage|per ?cent|proportion|turnout|"
     r"share|rate)\b(?! of exchange)", "share", frozenset()),
    (r"\b(?:what|which)(?: is| was| were| are)? the (?:\w+ ){0,2}(?:price|cost|salary|fine|fee|budget|dividend|rent)\b",
     "money", frozenset()),
    (r"\bhow long (?:did|has|have|had|will|would|does|do|can|may|could|must|should)\b", "measure", _TIME),
    (r"\bhow long\b", "measure", _TIME | _LENGTH),
    (r"\bhow (?:old|young)\b|\b(?:what|which) age\b", "age", frozenset()),
    (r"\bhow (?:far|tall|deep|wide|thick|broad)\b", "measure", _LENGTH),
    (r"\bhow (?:cold|hot|warm|cool)\b|\b(?:what|which)(?: is| was| were)? (?:the )?(?:\w+ )?temperature\b", "measure",
     _HEAT),
    (r"\bhow fast\b|\b(?:what|which) speed\b", "measure", _SPEED),
    (r"\bhow heavy\b", "measure", _WEIGHT),
    (r"\bhow (?:high|big|large|full|strong)\b", "figure", frozenset()),
    (r"\b(?:what|which)(?: was| is)? (?:the )?(?:\w+ ){0,2}score\b", "score", frozenset()),
    (r"\b(?:what|which) (?:time|hour)\b", "clock", frozenset()),
    (r"\b(?:what|which) year\b", "year", frozenset()),
    (r"\b(?:what|which) month\b", "month", frozenset()),
    (r"\b(?:what|which) (?:date|day|weekday)\b", "date", frozenset()),
    (r"^\W*(?:since |until |till |by |from )?when\b|\bwhen\W*$|\bsince what\b", "time", frozenset()),
    (r"\b(?:what|which)(?: is| was| were| are)? (?:the )?(?:\w+ )?(?:number|amount|figure|population|total|toll|minute|"
     r"margin)\b", "figure", frozenset()),
    (r"^\W*(?:(?:to|by|for|with|from|of) )?(?:who|whom|whose)\b", "person", frozenset()),
    (r"\bnames? of\b|\bwhat (?:is|was|are|were)\b.{1,60}\b(?:called|named)\W*$", "name", frozenset()),
    (r"\b(?:what|which) (?:\w+ ){0,2}?(?:leader|candidate|politician|player|minister|captain|coach|striker|goalkeeper|"
     r"actor|actress|singer|author|writer|artist|scientist|lawyer|judge|president|king|queen|senator|club|team|company|"
     r"firm|party|newspaper|airline|university|band|country|city|town|village|state|river|island|county|province|place|"
     r"district|lake|mountain|continent|ship|boat|yacht|vessel|constituency|hospital|school|hotel|museum|street|airport|church|"
     r"stadium|bank|agency|organi[sz]ation|dealer)\b(?! of\b)", "name", frozenset()),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), wanted, units) for pattern, wanted, units in _RULES)
_HOW_MANY = re.compile(r"\bhow many (?P<noun>(?:[\w'-]+ ?){1,4})")
_TIMES = re.compile(
    r"\d|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|morning|afternoon|evening|night|noon|midnight|spring|summer|autumn|fall|winter|"
    r"yesterday|today|tomorrow|weeks?|months?|years?|century|after|before|during|ago)\b"
)
_CLOCK = re.compile(r"\d[:.]\d\d\b|\b\d{1,2} ?(?:a\.?m|p\.?m|o'?clock|h)\b|\b(?:noon|midnight|o'clock|hours?)\b")
_YEAR = re.compile(r"(?<![\d,.])(?:1\d{3}|20\d{2})(?![\d,]|\.\d)")
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\b\d{4}-\d\d\b"
)
_DAY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|christmas|easter|eve)\b")
_VAGUE = re.compile(
    r"\b(?:dozens?|scores|hundreds|thousands|millions|several|many|few|half|none|no|nobody|twice|once|all|both|a|an)\b"
)
_SCORE = re.compile(r"\d+ ?[-–:] ?\d+|\b\w+ to \w+\b|\b(?:goalless|level|nil|draw|drawn|down|up|ahead)\b")
# Somebody who is written in capitals goes by initials; what is longer is the place in a dateline.
_LONGEST_INITIALS = 5
# Nouns that stand for whatever a source counts.
_ANYTHING = frozenset(
    stem(word)
    for word in "people person time other death casualty victim fatality injury life thing item one case".split()
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question wants; `units` of a measure, `nouns` (stems) of a count."""

    wanted: Wanted
    units: frozenset[str] = frozenset()
    nouns: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def expected(question: str) -> Expected:
    """By the question's words: closed rules, "open" where none fits."""
    asked = fold(question)
    for pattern, wanted, units in _COMPILED:
        if pattern.search(asked):
            return _counted(asked) if wanted == "count" else Expected(wanted, units)
    return Expected("open")


def _counted(asked: str) -> Expected:
    """How many of what: a unit ("how many miles") is a measure, a noun is counted."""
    match = _HOW_MANY.search(asked)
    following = match["noun"].split() if match else []
    nouns: list[str] = []
    for word in following:
        root = stem(word)
        if root in MEASURE and (not nouns or MEASURE[root] in _TIME):
            return Expected("measure", next((d for d in _DIMENSIONS if MEASURE[root] in d), frozenset({MEASURE[root]})))
        if word.rstrip("s") in CURRENCY:
            return Expected("money")
        nouns.append(root)
        if word.endswith("s") or word in {"people", "men", "women", "children"}:
            break
    else:
        nouns = nouns[:1]
    return Expected("count", nouns=tuple(nouns))


def fitting(question: str, text: str, start: int, end: int) -> float:
    """1 when the span text[start:end] is of the kind that is asked for, -1 when it is of another, 0 when the question
    leaves it open; between them where the words around it leave a doubt.
    """
    wanted = expected(question)
    if wanted.wanted == "open":
        return 0.0
    span = text[start:end]
    low = fold(span)
    if wanted.wanted in _TELLS:
        return 1.0 if _TELLS[wanted.wanted].search(low) else -1.0
    if wanted.wanted in ("person", "name"):
        dateline = wanted.wanted == "person" and span.isupper() and len(span) > _LONGEST_INITIALS
        return 1.0 if re.search(r"[A-ZÀ-Þ]", span) and not re.search(r"\d", span) and not dateline else -1.0
    amount = _amount(text, start, end)
    if wanted.wanted == "count":
        return _fits_count(amount, wanted.nouns, low)
    if amount is None:
        return 0.0 if _VAGUE.search(low) else -1.0
    if wanted.wanted == "money":
        if amount.kind == "count" and not amount.unit and _is_priced(text, start, end):
            return 0.5
        return 1.0 if amount.kind == "money" else -1.0 if amount.unit or amount.follows else -0.5
    if wanted.wanted == "share":
        return 1.0 if amount.kind == "percent" else -1.0
    if wanted.wanted == "measure":
        return 1.0 if amount.unit.split(" ")[-1] in wanted.units else -1.0 if amount.unit else 0.0
    if wanted.wanted == "age":
        return 1.0 if amount.kind in {"count", "aged"} or amount.unit in {"year", "year old", "month"} else -1.0
    return 1.0


def _is_priced(text: str, start: int, end: int) -> bool:
    """Does the word after the amount in text[start:end] follow an amount in millions, or another amount, of the same
    text? No list has every currency; what else is counted in a text seldom has a figure more than once.
    """
    unit = _AFTER.search(text, start, end) or _AFTER.match(text, end)
    if unit is None:
        return False
    noun = re.escape(unit["noun"])
    millions = re.search(rf"\d (?:m|b|tr)illion {noun}\b", text)
    return bool(millions) or len(re.findall(rf"\d {noun}\b", text)) > 1


_MAGNITUDE = r"(?:m|b|tr)illion|thousand"
_AFTER = re.compile(rf"(?<=[\dn])(?: (?:{_MAGNITUDE}))? (?P<noun>(?!{_MAGNITUDE})[a-z]{{3,}})\b")

_TELLS = {
    "clock": _CLOCK, "year": _YEAR, "month": _MONTH, "time": _TIMES, "score": _SCORE,
    "date": re.compile(f"{_MONTH.pattern}|{_DAY.pattern}"),
}  # fmt: skip


def _fits_count(amount: Quantity | None, nouns: tuple[str, ...], low: str) -> float:
    if amount is None:
        return 0.5 if _VAGUE.search(low) else -1.0
    if amount.kind in {"money", "percent", "measure", "aged"}:
        return -1.0
    if amount.high is None and _YEAR.fullmatch(low):
        return -1.0
    if any(noun in amount.nouns for noun in nouns):
        return 1.0
    if not amount.follows or any(noun in _ANYTHING for noun in (*nouns, *amount.nouns)):
        return 0.5
    return -0.5


def _amount(text: str, start: int, end: int) -> Quantity | None:
    """The first amount that the span states, read with the words of its sentence."""
    for left, right in sentences(text):
        if left <= start < right:
            for quantity in quantities(text[left:right]):
                if quantity.start + left < end and quantity.end + left > start:
                    return quantity
    return None
