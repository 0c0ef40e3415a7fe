"""When do two wordings say the same? Normalisation, token overlap and numbers."""

import re
import string
from collections import Counter
from decimal import Decimal, InvalidOperation

ARTICLES = re.compile(r"\b(a|an|the)\b", re.UNICODE)
PUNCTUATION = str.maketrans("", "", string.punctuation)
TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " ", "−": "-"})

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
UNITS = {word: value for value, word in enumerate(SMALL)}
ROUND = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TENS = {word: 10 * (value + 2) for value, word in enumerate(ROUND)}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "dozen": 12,
}
# Between two digits these are part of the number: 3.5 is not 35, and 2-1 not 21. 10.30 and 10:30 are one time.
INSIDE = re.compile(r"(?<=\d)[.:/-](?=\d)")
KEPT = str.maketrans(".:/-", "··⁄‒")  # signs that `normalise` leaves alone
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+", re.IGNORECASE)


def normalise(text: str) -> str:
    """Lower case, no punctuation, no articles, single blanks: `normalize_answer` of SQuAD's script (Rajpurkar 2016)."""
    return " ".join(ARTICLES.sub(" ", text.lower().translate(PUNCTUATION)).split())


def fold(text: str) -> str:
    """`normalise` after typographic quotes, dashes and blanks became plain ones, as news agencies mix them."""
    return normalise(text.translate(TYPOGRAPHY))


def exact_match(gold: str, prediction: str) -> float:
    """1 when both are equal after normalisation (`compute_exact` of SQuAD's script)."""
    return float(normalise(gold) == normalise(prediction))


def token_f1(gold: str, prediction: str) -> float:
    """Harmonic mean of token precision and recall, counting duplicates (`compute_f1` of the SQuAD 2.0 script)."""
    expected, given = normalise(gold).split(), normalise(prediction).split()
    if not expected or not given:
        return float(expected == given)
    common = sum((Counter(expected) & Counter(given)).values())
    if not common:
        return 0.0
    precision, recall = common / len(given), common / len(expected)
    return 2 * precision * recall / (precision + recall)


def holds(text: str, wording: str) -> bool:
    """Whether a text holds a wording as a run of whole words, both folded; "12" is not held by "120" or "1.2"."""
    wanted = whole_numbers(wording)
    return bool(wanted) and f" {wanted} " in f" {whole_numbers(text)} "


def whole_numbers(text: str) -> str:
    """`fold`, but what stands between two digits is kept; only a comma goes, as in 1,200."""
    return normalise(INSIDE.sub(lambda found: found.group().translate(KEPT), text.translate(TYPOGRAPHY)))


def numbers(text: str) -> frozenset[Decimal]:
    """The numbers in a text, digits or English words: "1.2 million" is 1200000, "twenty-one" 21, "two dozen" 24."""
    found: set[Decimal] = set()
    whole = Decimal(0)  # what was said up to the last thousand, million, ...: in "two million three", the two million
    current: Decimal | None = None  # what was said since
    spelled = False  # digits do not go on with words: "1.2 million and two dozen" are two numbers
    for word in [*NUMBER.findall(text), ""]:
        lower = word.lower()
        value = read_number(lower) if lower else None
        if lower in SCALES:
            if current is None:
                # "million" alone ("the million") is one million, "thousand million" a thousand of them
                whole, current = Decimal(0), whole or Decimal(1)
            current *= SCALES[lower]
            if SCALES[lower] >= 1_000:
                if 0 < whole <= current:  # "one thousand, two million" are two numbers
                    found.add(whole)
                    whole = Decimal(0)
                whole, current = whole + current, None
        elif value is not None and spelled and joins(whole, current, value, lower):
            current = (current or Decimal(0)) + value
        elif lower == "and" and spelled and whole + (current or 0) >= 100:
            continue
        else:
            if whole or current is not None:
                found.add(whole + (current or 0))
            whole, current, spelled = Decimal(0), value, bool(lower) and not word[0].isdigit()
    return frozenset(number.normalize() for number in found)


def read_number(word: str) -> Decimal | None:
    """One word or run of digits as a number."""
    if word in UNITS:
        return Decimal(UNITS[word])
    if word in TENS:
        return Decimal(TENS[word])
    if word[0].isdigit():
        try:
            return Decimal(word.replace(",", ""))
        except InvalidOperation:
            return None
    return None


def joins(whole: Decimal, current: Decimal | None, value: Decimal, word: str) -> bool:
    """Whether a number word goes on with the number before it: "twenty" + "one", "two hundred" + "five"."""
    if word[0].isdigit():
        return False
    if current is None:
        return whole > 0
    if current % 100 in map(Decimal, TENS.values()):
        return value < 10
    return current >= 100 and current % 100 == 0
