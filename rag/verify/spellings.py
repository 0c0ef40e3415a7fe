"""Are two spellings one name? Peoples and countries, short forms, transliterations."""

import re
from functools import lru_cache

# Countries and peoples that do not share their first four letters.
_PEOPLES = (
    "france french",
    "netherlands dutch holland",
    "spain spanish spaniard spaniards",
    "britain british uk briton britons gb",
    "denmark danish dane danes",
    "sweden swedish swede swedes",
    "finland finnish finn finns",
    "poland polish pole poles",
    "turkey turkish turk turks turkiye",
    "greece greek greeks",
    "switzerland swiss",
    "wales welsh",
    "ireland irish",
    "scotland scottish scots scot",
    "england english",
    "norway norwegian norwegians",
    "china chinese",
    "portugal portuguese",
    "us usa u.s u.s.a america american americans",
    "eu europe european",
    "un u.n",
    "philippines filipino philippine",
    "iceland icelandic icelander",
    "argentina argentine",
    "peru peruvian",
    "kyiv kiev",
    "myanmar burma burmese",
    "iran iranian",
    "iraq iraqi",
    "isis isil daesh is",
    "thailand thai",
    "laos lao",
    "wales welsh",
)
_PEOPLE = {word: line.split()[0] for line in _PEOPLES for word in line.split()}
LONG = {
    "un": "united nations",
    "us": "united states",
    "uk": "united kingdom",
    "eu": "european union",
    "usa": "united states of america",
    "isis": "islamic state",
    "isil": "islamic state",
    "is": "islamic state",
    "who": "world health organization",
}


@lru_cache(maxsize=65536)
def spelled_alike(one: str, two: str) -> bool:
    """Are two folded name words one name: the same letters, a people and its country, or another transliteration?"""
    first, second = re.sub(r"[^\w]", "", one), re.sub(r"[^\w]", "", two)
    if first == second or first + "s" == second or second + "s" == first:
        return True
    left, right = _PEOPLE.get(one, _PEOPLE.get(first)), _PEOPLE.get(two, _PEOPLE.get(second))
    if left or right:
        return left == right
    short, long = sorted((first, second), key=len)
    if len(short) >= 4 and long.startswith(short[:-1]) and long[len(short) - 1 :] in _endings(short):
        return True
    if "-" in one + two and (one.split("-")[-1] == two.split("-")[-1] and len(one.split("-")[-1]) > 3):
        return one.split("-")[0] in {"al", "el", "ar", "as", "ad", "an", "at", "az"} or two.split("-")[0] in {
            "al",
            "el",
            "ar",
            "as",
            "ad",
            "an",
        }
    return len(short) >= 5 and _sound(one) == _sound(two)


def _endings(short: str) -> set[str]:
    """What turns a country (its last letter dropped or kept) into its people: Iraq, Iraqi; Canada, Canadian."""
    last = short[-1]
    kept = {last + ending for ending in ("i", "n", "an", "ian", "ese", "ish", "er", "ers", "is", "ns", "ians", "ans")}
    return kept | {"an", "ian", "ans", "ians", "ese", "ish", "i"} if last in "aeouy" else kept


def _sound(word: str) -> str:
    """A name's transliteration key: article dropped, gh/kh/q to k, doubled letters and a final h dropped."""
    word = re.sub(r"^(?:al|el|ar|as|ad|an|at|az)-", "", word)
    word = re.sub(r"[^\w]", "", word)
    for pair, letter in (
        ("gh", "g"),
        ("kh", "k"),
        ("dh", "d"),
        ("q", "k"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ei", "i"),
        ("y", "i"),
        ("ph", "f"),
        ("ck", "k"),
    ):
        word = word.replace(pair, letter)
    word = re.sub(r"(.)\1+", r"\1", word)
    word = re.sub(r"(?<=.)h$", "", word)
    return re.sub(r"e$", "", word)


def word_alike(word: str, candidate: str) -> bool:
    """Are two words of names one word, an initial included?"""
    if len(word.rstrip(".")) == 1:
        return candidate.startswith(word[0])
    return spelled_alike(word, candidate)
