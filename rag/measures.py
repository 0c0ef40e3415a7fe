"""Which plain question does a comparison ask of each side ("longer" -> "How long"), and what is a verb's plain form?"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`question` opens the plain question; `direction` says which end of the scale the comparison names.

    `kind` "adjective": "How long is X?", "cost": "How much did X cost?", "noun": "How many people did X kill?", "time":
    dates.
    """

    question: str
    direction: Literal["most", "least"]
    adjective: str
    kind: Literal["adjective", "cost", "noun", "time"] = "adjective"


_ADJECTIVES = {
    "long": ("longer", "shorter"), "old": ("older", "younger"), "large": ("larger", "smaller"),
    "big": ("bigger", "smaller"), "high": ("higher", "lower"), "tall": ("taller", "shorter"),
    "deep": ("deeper", "shallower"), "heavy": ("heavier", "lighter"), "fast": ("faster", "slower"),
    "wide": ("wider", "narrower"), "far": ("farther", "nearer"), "hot": ("hotter", "colder"),
    "warm": ("warmer", "cooler"),
}  # fmt: skip

FORMS: dict[str, Measure] = {}
for _plain, (_more, _less) in _ADJECTIVES.items():
    FORMS.setdefault(_more, Measure(question=f"How {_plain}", direction="most", adjective=_more))
    FORMS.setdefault(_less, Measure(question=f"How {_plain}", direction="least", adjective=_less))
FORMS["further"] = FORMS["farther"]
for _word, _direction in (
    ("more expensive", "most"),
    ("dearer", "most"),
    ("cheaper", "least"),
    ("less expensive", "least"),
):
    FORMS[_word] = Measure(
        question="How much", direction="most" if _direction == "most" else "least", adjective=_word, kind="cost"
    )
for _word, _direction in (("earlier", "least"), ("sooner", "least"), ("later", "most"), ("newer", "most")):
    FORMS[_word] = Measure(
        question="happened", direction="most" if _direction == "most" else "least", adjective=_word, kind="time"
    )

_IRREGULAR = (
    "began begin|broke break|brought bring|built build|burnt burn|came come|caught catch|chose choose|cost cost|"
    "cut cut|did do|"
    "drew draw|drove drive|fell fall|felt feel|found find|fought fight|flew fly|gave give|got get|grew grow|had "
    "have|heard hear|"
    "held hold|hit hit|kept keep|knew know|laid lay|led lead|left leave|lent lend|let let|lost lose|made make|"
    "meant mean|met meet|"
    "paid pay|put put|quit quit|ran run|read read|rose rise|said say|sank sink|saw see|sent send|set set|shot "
    "shoot|shut shut|"
    "slept sleep|sold sell|spent spend|spoke speak|stood stand|stole steal|struck strike|swam swim|swore swear|"
    "taught teach|"
    "thought think|threw throw|told tell|took take|went go|woke wake|won win|wore wear|wrote write|died die|lied "
    "lie|tied tie"
)
PAST_TO_BASE = dict(pair.split(" ") for pair in _IRREGULAR.split("|"))


def base_of(verb: str) -> str:
    """ "resigned" -> "resign", "voted" -> "vote", "won" -> "win", "employs" -> "employ"; a plain form stays."""
    word = verb.lower()
    if word in PAST_TO_BASE:
        return PAST_TO_BASE[word]
    if word.endswith("ied"):
        return word[:-3] + "y"
    if word.endswith("ed") and len(word) > 4:
        root = word[:-2]
        if root[-1] == root[-2] and root[-1] not in "sl":
            return root[:-1]
        # A silent e comes back after these endings: "closed", "voted", "caused", "changed", "arrived", "produced".
        silent = root.endswith(
            (
                "s",
                "v",
                "c",
                "z",
                "u",
                "at",
                "ot",
                "ut",
                "ag",
                "ng",
                "dg",
                "ur",
                "ir",
                "iz",
                "ak",
                "ok",
                "in",
                "id",
                "ad",
                "or",
                "l",
            )
        )
        keeps = root.endswith(
            (
                "ss",
                "gn",
                "ll",
                "al",
                "el",
                "ail",
                "eal",
                "ain",
                "oin",
                "een",
                "ead",
                "oad",
                "eat",
                "oot",
                "out",
                "oor",
                "ang",
                "ong",
                "ook",
                "eak",
                "lor",
                "eld",
                "ild",
            )
        )
        return root + "e" if silent and not keeps else root
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-2] if word.endswith(("shes", "ches", "sses", "oes")) else word[:-1]
    return word
