"""Which plain question does a comparison ask of each side ("longer" -> "How long"), and what is a verb's plain form?"""

from dataclasses import dataclass
from typing import Literal

from rag.english import AUXILIARIES, fold


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
    "taught teach|changed change|exchanged exchange|arranged arrange|"
    "thought think|threw throw|told tell|took take|went go|woke wake|won win|wore wear|wrote write|died die|lied "
    "lie|tied tie"
)
PAST_TO_BASE = dict(pair.split(" ") for pair in _IRREGULAR.split("|"))


_BASE_TO_PAST = {base: past for past, base in PAST_TO_BASE.items()}


def told(auxiliary: str, clause: str) -> str:
    """The statement in a question's clause: ("did", "the ferry sink") -> "the ferry sank"."""
    words = clause.split()
    if fold(auxiliary) != "did" or len(words) < 2:
        return clause
    place = next((at for at, word in enumerate(words) if at and word in _BASE_TO_PAST), None)
    if place is not None:
        return " ".join([*words[:place], _BASE_TO_PAST[words[place]], *words[place + 1 :]])
    last = words[-1]
    return f"{clause}{'d' if last.endswith('e') else 'ed'}" if last.islower() else clause


# A silent e comes back after these endings ("closed", "voted", "caused", "changed", "arrived", "produced") ...
_SILENT = tuple("s v c z u at ot ut ag ng dg ur ir iz ak ok in id ad or l".split())
# ... though not after these ("passed", "signed", "called", "failed", "joined").
_KEEPS = tuple("ss gn ll al el ail eal ain oin een ead oad eat oot out oor ang ong ook eak lor eld ild".split())


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
        return root + "e" if root.endswith(_SILENT) and not root.endswith(_KEEPS) else root
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-2] if word.endswith(("shes", "ches", "sses", "oes")) else word[:-1]
    return word


def when_asked(thing: str, predicate: str) -> str:
    """("the dam", "was built") -> "When was the dam built?", ("A", "resigned") -> "When did A resign?"."""
    head, _, rest = predicate.partition(" ")
    if fold(head) in AUXILIARIES:
        return f"When {head} {thing}{' ' + rest if rest else ''}?"
    return f"When did {thing} {base_of(head)}{' ' + rest if rest else ''}?"


def when_clause(clause: str) -> str:
    """ "the vote" -> "When was the vote?", "the mayor resigned" -> "When did the mayor resign?"."""
    tokens = clause.split()
    for place, token in enumerate(tokens[1:], 1):
        bare = fold(token)
        if bare in AUXILIARIES:
            return f"When {bare} {' '.join(tokens[:place])} {' '.join(tokens[place + 1 :])}".rstrip() + "?"
        if bare in PAST_TO_BASE or (bare.endswith("ed") and place > 1 - (tokens[0][:1].isupper())):
            return f"When did {' '.join(tokens[:place])} {' '.join([base_of(bare), *tokens[place + 1 :]])}?"
    return f"When was {clause}?"


def measure_of(graded: str | None, noun: str | None, adjective: str | None) -> Measure | None:
    if graded and f"{graded} {noun}".lower() in FORMS:
        return FORMS[f"{graded} {noun}".lower()]
    if graded:
        low = fold(graded).removeprefix("the ") in ("fewer", "less", "fewest", "least")
        many = (noun or "").split(" ")[0].endswith(("s", "people", "children")) or fold(noun or "").startswith(
            ("people", "men", "women")
        )
        question = f"How many {noun}" if many else f"How much {noun}" if noun else "How much"
        return Measure(
            question=question,
            direction="least" if low else "most",
            adjective=f"{'fewer' if many else 'less'} {noun}" if low else f"more {noun}",
            kind="noun",
        )
    return FORMS.get(fold(adjective or ""))


def how_asked(measure: Measure, thing: str, verb: str, rest: str) -> str:
    rest = rest.rstrip()
    auxiliary = fold(verb)
    if measure.kind == "adjective":
        auxiliary = auxiliary if auxiliary in AUXILIARIES else "is"
        return f"{measure.question} {auxiliary} {thing}{rest}?"
    if measure.kind == "cost":
        return f"How much did {thing} cost{rest}?"
    if auxiliary in ("is", "was", "are", "were"):
        return f"{measure.question} {auxiliary} {thing}{rest}?"
    if auxiliary in ("has", "have", "had"):
        return (
            f"{measure.question} does {thing} have{rest}?"
            if auxiliary != "had"
            else f"{measure.question} did {thing} have{rest}?"
        )
    return f"{measure.question} did {thing} {base_of(auxiliary)}{rest}?"
