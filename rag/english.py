"""Which words of an English sentence carry its meaning: function words, names, numbers, and the stems of the rest?

Small closed lists and rules, shared by the modules that read questions without a model.
"""

import math
import re
import unicodedata
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


WH = _words("what who whom whose which when where why how")
AUXILIARIES = _words(
    "is are was were am be been being do does did has have had will would can could shall should may might must "
    "isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't won't can't couldn't"
)
PREPOSITIONS = _words(
    "about above according across after against along among around as at before behind below beneath beside between "
    "beyond by despite down during except for from in inside into like near of off on onto out outside over past per "
    "since through throughout till to toward towards under until up upon with within without"
)
PRONOUNS = _words(
    "i you he she it we they me him her us them my your his its our their mine yours hers ours theirs himself herself "
    "itself themselves this that these those one ones there here then"
)
# What may follow a date without making the date its adjective: anything that is no noun and opens or closes a phrase.
FUNCTION = (
    WH
    | AUXILIARIES
    | PREPOSITIONS
    | PRONOUNS
    | _words(
        "a an the and or but nor if so than because while although though yet not no only just also too very still all "
        "any each every some other another more most much many both either neither such same own again once ever never "
        "ago already later earlier now alone onward onwards s"
    )
)
TITLES = _words(
    "mr mrs ms miss dr sir dame lord lady president vice-president minister premier chancellor governor mayor senator "
    "judge justice general colonel captain lieutenant sergeant major commander admiral officer inspector chief king "
    "queen prince princess pope bishop archbishop cardinal rabbi imam professor coach secretary ambassador councillor "
    "councilor deputy prime spokesman spokeswoman spokesperson chairman chairwoman director detective sheriff "
    "rev reverend"
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_NUMBERS = {word: float(number) for number, word in enumerate(re.findall(r"\w+", _ONES))}
_NUMBERS |= {
    word: (2.0 + place) * 10 for place, word in enumerate(re.findall(r"\w+", "twenty thirty forty fifty sixty"))
}
_NUMBERS |= {"seventy": 70.0, "eighty": 80.0, "ninety": 90.0}
_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
    "k": 1e3,
}
_SCALES |= {"mn": 1e6, "tn": 1e12, "dozen": 12.0}
_NUMBER_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_IN_WORDS = rf"(?:{_NUMBER_WORD})(?:[- ](?:{_NUMBER_WORD}))*\b"
_NUMBER = re.compile(
    rf"(?<![\w.])(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<word>{_IN_WORDS}))"
    r"(?P<scale>(?:[- ]?(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn)|[mk](?![a-z]))*)"
    rf"(?P<and>(?: and)? {_IN_WORDS}(?![\w-])(?! ?(?:hundred|thousand|million|billion|trillion)\b))?",
    re.IGNORECASE,
)
# A minus, glued to its figure and to nothing before it: "3-5" and "F-16" have none.
MINUS = re.compile(r"(?:(?<![\w)])[-−–]|\bminus )(?=[\d$€£¥])", re.IGNORECASE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# One word of a name: an initial ("J.", "U.S."), "al-Abadi", "O'Neill", "Port".
_PART_OF_NAME = r"(?:(?:[A-Z]\.)+(?!\w)|(?:(?:al|el|d|l)[-'’])?[A-ZÀ-Þ][\w’'-]*)"
_LINK = r"(?:of|the|de|la|van|von|der|den|bin|al|el|du|di|da|ibn)"
_NAME = re.compile(rf"(?<![\w’'-])(?:Dr\. |Mr\. |Mrs\. |Ms\. )?{_PART_OF_NAME}(?: (?:{_LINK} ){{0,2}}{_PART_OF_NAME})*")


def words(text: str) -> list[str]:
    """Lower-case words without possessives, accents folded."""
    found = re.findall(r"[\w'-]+", fold(text))
    return [re.sub(r"'s?$", "", word) if "'" in word else word for word in found if word.strip("'-_")]


def content(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in FUNCTION]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light stem: plural, past and -ing endings go ("votes", "voted", "voting" -> "vot")."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending, shortest in (("ing", 6), ("ied", 5), ("ed", 5), ("es", 5), ("s", 4), ("e", 5)):
        if word.endswith(ending) and len(word) >= shortest and not word.endswith("ss"):
            root = word[: -len(ending)] + ("y" if ending == "ied" else "")
            return root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "sl" else root
    return word


def fold(text: str) -> str:
    """Lower case, accents off, one kind of quotation mark and dash."""
    plain = unaccented(text)
    return plain.replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-").lower()


def unaccented(text: str) -> str:
    """Compatibility letters spelled out, without the marks that combine with a letter."""
    return text if text.isascii() else _BEYOND_ASCII.sub(_without_marks, unicodedata.normalize("NFKD", text))


def _without_marks(run: re.Match[str]) -> str:
    return "".join(letter for letter in run.group() if not unicodedata.combining(letter))


def names(text: str) -> list[str]:
    """Capitalised runs that look like names, in order; a capital that only opens a sentence is none."""
    found = []
    for match in _NAME.finditer(text):
        name = re.sub(r"['’]s?$", "", match.group())
        before = match.start() - 1
        while before >= 0 and text[before].isspace():
            before -= 1
        opens = before < 0 or text[before] in '.?!:“"'
        parts = name.split()
        while parts and parts[0].lower().strip("'’") in FUNCTION:
            parts = parts[1:]
        if parts and not (opens and len(parts) == 1 and parts[0] == name and not _inside(parts[0], text, match.end())):
            found.append(" ".join(parts))
    return found


def _inside(word: str, text: str, after: int) -> bool:
    """A lone word that opens a sentence is a name when it stands capitalised elsewhere, or is all capitals."""
    if word.isupper() and len(word) > 1:
        return True
    at = text.find(f" {word}", after)
    return at >= 0 and re.search(rf"\w,? {re.escape(word)}\b", text[max(after, at - 2) :]) is not None


def numbers(text: str) -> list[float]:
    """The values that a text states in digits or words, in order: "about 1.2 million" -> 1200000."""
    return [value for _, value in placed_numbers(text)]


def is_below_zero(figure: str) -> bool:
    """Does a minus stand before it: "-5 degrees", "minus 5"?"""
    return MINUS.search(figure) is not None


def placed_numbers(text: str) -> list[tuple[int, float]]:
    """The values with where each begins in the text."""
    found: list[tuple[int, float]] = []
    ended, scaled = 0, 0.0
    for match in _NUMBER.finditer(text):
        value = float(match["digits"].replace(",", "")) if match["digits"] else _value(match["word"])
        for scale in re.findall(r"[a-z]+", (match["scale"] or "").lower()):
            value *= _SCALES[scale]
        start = match.start()
        if match["and"] and (match["scale"] or "").strip():  # "three hundred and five"
            value += _value(match["and"])
        elif match["and"]:  # "ten and twelve"
            found.append((start, value))
            start, value = match.start("and"), _value(match["and"])
        scales = [_SCALES[word] for word in re.findall(r"[a-z]+", (match["scale"] or "").lower())]
        joined = bool(match["word"]) and text[ended : match.start()] in {" ", " and "}
        if joined and value < scaled:  # "two million six hundred thousand"
            found[-1] = (found[-1][0], found[-1][1] + value)
        elif joined and scaled == _SCALES["hundred"] < max(scales, default=0.0):  # "three hundred and five thousand"
            found[-1] = (found[-1][0], found[-1][1] * math.prod(scales) + value)
        else:
            found.append((start, value))
        ended, scaled = match.end(), max(scales, default=0.0)
    dozen = re.search(r"\ba dozen\b", text, re.IGNORECASE)
    return sorted([*found, (dozen.start(), 12.0)]) if dozen else found


def _value(text: str) -> float:
    return sum(_NUMBERS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _NUMBERS)
