"""Which words does a text hold, and do two of them say the same or the opposite?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.english import unaccented
from rag.verify.lexicon import IRREGULAR, OPPOSITE, PHRASES, SAME
from rag.verify.verbs import VERBS

# A word may hold an inner apostrophe, hyphen or stop (U.S., al-Qayyara, don't); a number keeps its commas and stops.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?:-[^\W\d_]+)*|[^\w\s]"
)
_APART = re.compile(r"['’ʼ-]")
STOP = frozenset(
    "a an the and or of in on at to from by for with as is are was were be been being am has have had having do "
    "does did "
    "will would shall should can could may might must it its itself he him his himself she her hers herself they them "
    "their theirs themselves we us our ours you your yours i me my mine this that these those there here who "
    "whom whose "
    "which what when where why how if then than so such into onto upon about over under up down out off through during "
    "between among within across along around per via s t d ll re ve m not no nor n't very just only also both either "
    "neither each every all any some other another one ones too more most much many few less least own same still yet "
    "even already now while after before since until although though because however meanwhile but etc mr mrs ms dr "
    "sir madam lord lady said according a.m p.m today per against without whoever whatever whichever wherever "
    "age aged ever".split()
)
# Words so common in news that leaving or adding one changes nothing that a reader would check.
_LIGHT_WORDS = frozenset(
    "say tell make take get go come put have do be use let people person thing way time case event incident happen "
    "report news article story statement number year day month week including include total place become remain call "
    "result follow involve become several include occur state part well like around know kind lot matter currently "
    "recently reportedly meanwhile moreover additionally overall regarding relate base accord provide expect".split()
)
NEGATORS = frozenset("not no never none nobody nothing neither nor without cannot hardly n't".split())


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark of a text: as written, folded (lower case, no accents), its stem, and where it stands."""

    text: str
    low: str
    stem: str
    start: int
    end: int

    @property
    def content(self) -> bool:
        """Does it carry meaning of its own (no mark, no function word)?"""
        return self.low[0].isalnum() and self.low not in STOP and self.stem not in STOP

    @property
    def capital(self) -> bool:
        """Is it written with a capital first letter (or inside, as in al-Qayyara)?"""
        if self.text.isalpha():
            return self.text[0].isupper()
        return any(part[:1].isupper() for part in _APART.split(self.text))


def fold(text: str) -> str:
    """Lower case without accents or typographic apostrophes: what two spellings of a word share."""
    return unaccented(text.casefold()).replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=512)
def tokenize(text: str) -> tuple[Token, ...]:
    """The words and marks of `text` in order, multi-word expressions ("step down") joined to the word they mean."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match[0]
        if word.lower().endswith(("'s", "’s", "ʼs")) and len(word) > 2:
            word, end = word[:-2], end - 2
        low = fold(word) or word  # a loose accent is nothing without its letter
        if low.endswith(("n't", "nnot")) and len(low) > 3:
            cut = start + len(word) - 3
            found.append(Token(word[:-3], low[:-3] or low, stem(low[:-3]), start, cut))
            found.append(Token(word[-3:], "n't", "n't", cut, end))
            continue
        found.append(Token(word, low, stem(low), start, end))
    return tuple(_join(found, text))


def _join(tokens: list[Token], text: str) -> list[Token]:
    joined: list[Token] = []
    position = 0
    while position < len(tokens):
        first = tokens[position]
        for length in (4, 3, 2) if first.stem in _OPENING or first.low in _OPENING else ():
            window = tokens[position : position + length]
            if len(window) < length:
                continue
            meaning = _PHRASES.get(tuple(token.stem for token in window)) or _PHRASES.get(
                tuple(token.low for token in window)
            )
            if meaning and not (window[0].capital and window[1].capital):
                last = window[-1]
                joined.append(Token(text[first.start : last.end], meaning, stem(meaning), first.start, last.end))
                position += length
                break
        else:
            joined.append(tokens[position])
            position += 1
    return joined


_SUFFIXES = (
    "ments",
    "ment",
    "ations",
    "ation",
    "ions",
    "ion",
    "ings",
    "ing",
    "ers",
    "er",
    "ors",
    "or",
    "ed",
    "es",
    "s",
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The base form: irregular forms by table, regular ones by stripping -s, -ed, -ing, a final e and -ly."""
    if word in _IRREGULAR:
        return _bare(_IRREGULAR[word])
    if len(word) <= 3 or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _known(word[:-1])
    for suffix in ("ing", "ed"):
        rest = word[: -len(suffix)]
        if word.endswith(suffix) and len(rest) >= 3 and re.search(r"[aeiouy]", rest):
            if (len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz") or (
                rest.endswith("ll") and len(rest) > 5 and rest[-3] in "e"
            ):
                rest = rest[:-1]
            return _known(rest)
    if word.endswith("ly") and len(word) > 5:
        return _known(word[:-2])
    return _bare(word)


def _known(word: str) -> str:
    return _bare(_IRREGULAR.get(word, word))


def _bare(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@lru_cache(maxsize=65536)
def root(base: str) -> str:
    """A stem without its derivational endings: resign of resignation, elect of election, protest of protester."""
    for suffix in (
        "ational",
        "ation",
        "ment",
        "ition",
        "ion",
        "er",
        "or",
        "ance",
        "ence",
        "ant",
        "ent",
        "al",
        "ive",
        "ity",
        "ness",
        "ship",
        "ist",
        "ism",
        "ful",
        "less",
        "age",
        "ish",
        "ic",
        "at",
        "i",
        "y",
    ):
        if base.endswith(suffix) and len(base) - len(suffix) >= 4:
            return _bare(base[: -len(suffix)])
    return base


def _groups_of(text: str) -> list[str]:
    return [group.strip() for line in text.strip().splitlines() for group in line.split(" / ") if group.strip()]


def _groups() -> dict[str, set[int]]:
    table: dict[str, set[int]] = {}
    for number, line in enumerate([*_groups_of(SAME), *_groups_of(VERBS)]):
        for word in line.split():
            table.setdefault(stem(word), set()).add(number)
    return table


def _opposites() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for line in _groups_of(OPPOSITE):
        left, right = ([stem(word) for word in side.split()] for side in line.split("|"))
        for one in left:
            for two in right:
                table.setdefault(one, set()).add(two)
                table.setdefault(two, set()).add(one)
    return table


_IRREGULAR = dict(pair.split("=") for pair in IRREGULAR.split())
# Irregular pasts and participles: forms that only a verb has ("took", "written").
PAST = frozenset(
    form
    for form, base in _IRREGULAR.items()
    if not form.endswith(("s", "ed", "ing", "ion", "th", "er", "men")) and form != base
)
# Verbs whose past looks like their present.
UNCHANGED = frozenset("beat cut hit put shut set hurt let cost bet quit split spread win".split())
_PHRASES: dict[tuple[str, ...], str] = {}
for _line in _groups_of(PHRASES):
    _phrase, _, _meaning = _line.partition("=")
    _PHRASES[tuple(_phrase.split())] = _meaning
    _PHRASES[tuple(stem(_word) for _word in _phrase.split())] = _meaning
_OPENING = frozenset(phrase[0] for phrase in _PHRASES)
_SAME = _groups()
_OPPOSITE = _opposites()


LIGHT = frozenset(stem(_word) for _word in _LIGHT_WORDS)


def vocabulary() -> frozenset[str]:
    """Stems that the lexicon knows as ordinary words."""
    return _VOCABULARY


_VOCABULARY = frozenset(_SAME) | frozenset(_OPPOSITE) | frozenset(stem(_word) for _word in _IRREGULAR)


@lru_cache(maxsize=65536)
def same(one: str, two: str) -> bool:
    """Do two stems say the same: equal, derived from one root, joined by a hyphen, or in one line of the lexicon?"""
    if one == two:
        return True
    if one in _OPPOSITE and two in _OPPOSITE[one]:
        return False
    left, right = _SAME.get(one), _SAME.get(two)
    if left and right and left & right:
        return True
    if one[:1] != two[:1]:
        return False  # what is left are endings and hyphens; most pairs end here
    first, second = root(one), root(two)
    if len(first) >= 4 and (first in (second, two) or second == one):
        return True
    return "-" in one + two and one.replace("-", "") == two.replace("-", "")


def opposite(one: str, two: str) -> bool:
    """Does one stem mean the contrary of the other, by the lexicon or by un-, dis-, in-, non-?"""
    if two in _contraries(one):
        return True
    if "-" in one and "-" in two and one != two:
        differing = [pair for pair in zip(one.split("-"), two.split("-"), strict=False) if pair[0] != pair[1]]
        return len(differing) == 1 and differing[0][1] in _OPPOSITE.get(differing[0][0], ())
    return False


_UN = ("un", "dis", "in", "im", "ir", "il", "non", "non-")


@lru_cache(maxsize=16384)
def _contraries(one: str) -> frozenset[str]:
    """Every stem that means the contrary: a claim's word is held against each word of its article."""
    longer = {prefix + one for prefix in _UN if len(one) >= 4}
    shorter = {one.removeprefix(prefix) for prefix in _UN if one.startswith(prefix) and len(one) - len(prefix) >= 4}
    return frozenset(_OPPOSITE.get(one, ())) | longer | shorter
