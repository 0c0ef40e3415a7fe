"""Who did what to whom: does the source give a claim's parts to the same people?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.sentences import sentences
from rag.verify.names import TITLES, Name, matches, names
from rag.verify.speakers import SAYING
from rag.verify.words import PAST, UNCHANGED, Token, same, stem, tokenize

_BREAKS = frozenset("; : — but while whereas although though because when after before".split())
_FULL_BREAKS = frozenset('; : — . ? ! " “ ”'.split())
_JOINING = frozenset("and but while whereas".split())
_PREPOSITIONS = frozenset("in of at from for on near to by with".split())
_PRONOUN_SUBJECTS = frozenset("he she they it who".split())
# Verbs that the thing itself does too ("the bridge opened"), and those that both sides do.
_EITHER_WAY = frozenset(
    stem(word)
    for word in "open close start begin end sink stop change break burn grow move double halve increase drop turn "
    "return run meet join marry face play fight resemble".split()
)
_HELPING = frozenset("has had have also will to is are was were been being would did does do not n't never".split())
_BE = frozenset("is are was were be been being get got".split())
# Verbs whose subject is the other's object: what one sold, the other bought.
_CONVERSE = (
    ("buy", "sell"),
    ("beat", "lose"),
    ("defeat", "lose"),
    ("win", "lose"),
    ("lend", "borrow"),
    ("give", "receive"),
    ("teach", "learn"),
)
_CONTEST = frozenset(map(stem, "win beat defeat lose sell buy ahead behind".split()))
_CONVERSES = {frozenset(map(stem, pair)) for pair in _CONVERSE}
_QUOTE_MARKS = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with the names that stand as its doers and its objects."""

    verb: str
    agents: tuple[Name, ...]
    patients: tuple[Name, ...]
    near: Name | None = None
    passive: bool = False
    free: tuple[Name, ...] = ()
    taken: Name | None = None
    pronoun: bool = False


@lru_cache(maxsize=512)
def frames(text: str, known: frozenset[str] = frozenset()) -> tuple[Frame, ...]:
    """Verbs of `text` that have a name on either side, passive ones turned round.

    `near` is the subject as far as it is certain, `taken` the object right behind the verb, `free` are the names that
    no preposition and no possession ties to another word, `pronoun` says that the subject is one.
    """
    tokens = tokenize(text)
    found = names(text, known)
    made: list[Frame] = []
    for position, token in enumerate(tokens):
        if not _verbal(tokens, position, found):
            continue
        left_end, right_end = _clause(tokens, position)
        left = [name for name in found if left_end <= name.first and name.last < position]
        right = [name for name in found if position < name.first and name.last <= right_end]
        if not left and not right:
            continue
        free = tuple(name for name in (*left, *right) if _leads(tokens, name))
        if _passive(tokens, position):
            agents = tuple(name for name in right if _after(tokens, position, name, "by"))
            near = _subject(tokens, found, position)
            made.append(Frame(token.stem, agents, tuple(left), near, passive=True, free=(*free, *agents)))
        elif token.stem == stem("lose"):
            # One loses a match, to a rival: only the rival is an object here.
            rivals = tuple(name for name in right if _after(tokens, position, name, "to"))
            made.append(Frame(token.stem, tuple(left), rivals, free=(*free, *rivals)))
        else:
            made.append(
                Frame(
                    token.stem,
                    tuple(left),
                    tuple(right),
                    near=_subject(tokens, found, position),
                    free=free,
                    taken=next((name for name in right if _directly(tokens, position, name)), None),
                    pronoun=_before_helpers(tokens, position) in _PRONOUN_SUBJECTS,
                )
            )
    return tuple(made)


def _subject(tokens: Sequence[Token], found: Sequence[Name], position: int) -> Name | None:
    """The name right before the verb, or the one whose apposition or "who" ends there: "Rusk, 58, who farms, heard"."""
    start = last = position - 1
    while start > 0 and tokens[start - 1].text not in _FULL_BREAKS:
        if start > 1 and tokens[start - 1].low in _JOINING and tokens[start - 2].text == ",":
            break
        start -= 1
    while last > start and tokens[last].low in _HELPING:
        last -= 1
    leading = [name for name in found if start <= name.first and name.last < position and _leads(tokens, name)]
    aged = tokens[last].low[0].isdigit() and tokens[last - 1].text == ","
    for name in reversed(leading):
        who = tokens[last].low == "who" and name.last in {last - 1, last - 2}
        if name.last == last or who or (aged and name.last == last - 2):
            return name
    if tokens[last].text != "," or last == start:
        return None
    parts = [
        start,
        *(place + 1 for place in range(start, last) if tokens[place].text == "," or tokens[place].low == "that"),
    ]
    return next((name for name in leading if _opens_part(tokens, name, parts)), None)


def _opens_part(tokens: Sequence[Token], name: Name, parts: Sequence[int]) -> bool:
    """Does the name stand first, titles and articles apart, after a comma or at the start of the clause?"""
    place = name.first
    while place > 0 and place not in parts and (tokens[place - 1].low in TITLES or tokens[place - 1].low == "the"):
        place -= 1
    return place in parts


def _directly(tokens: Sequence[Token], position: int, name: Name) -> bool:
    return all(token.low in TITLES or token.low == "the" for token in tokens[position + 1 : name.first])


def _before_helpers(tokens: Sequence[Token], position: int) -> str:
    last = position - 1
    while last >= 0 and tokens[last].low in _HELPING:
        last -= 1
    return tokens[last].low if last >= 0 else ""


def _leads(tokens: Sequence[Token], name: Name) -> bool:
    """Is the name no part of what a preposition brings in ("the novelist in Caldmark has lived"), nor an owner?"""
    place = name.first - 1
    while place >= 0 and (tokens[place].low in TITLES or tokens[place].low == "the"):
        place -= 1
    # A possessive ending is cut from its token and leaves a gap of three letters.
    owner = name.last + 1 < len(tokens) and tokens[name.last + 1].start - tokens[name.last].end >= 3
    return not owner and (place < 0 or tokens[place].low not in _PREPOSITIONS)


def _verbal(tokens: Sequence[Token], position: int, found: Sequence[Name]) -> bool:
    token = tokens[position]
    if not token.content or not token.low[0].isalpha() or any(name.first <= position <= name.last for name in found):
        return False
    before = tokens[position - 1].low if position else ""
    if before in {"the", "a", "an", "of", "his", "her", "their", "its", "this", "that's"}:
        return False
    if token.stem in SAYING and not _passive(tokens, position):
        return False
    if token.low in {"ahead", "behind"}:
        return True
    named_before = any(name.last == position - 1 for name in found)
    return (
        token.low.endswith("ed")
        or token.low in UNCHANGED
        or token.low in PAST
        or (named_before and token.low.endswith("s"))
    )


def _clause(tokens: Sequence[Token], position: int) -> tuple[int, int]:
    left = right = position
    while left > 0 and tokens[left - 1].low not in _BREAKS and tokens[left - 1].text not in ".!?":
        left -= 1
    while right + 1 < len(tokens) and tokens[right + 1].low not in _BREAKS and tokens[right + 1].text not in ".!?":
        right += 1
    return left, right


def _passive(tokens: Sequence[Token], position: int) -> bool:
    low = tokens[position].low
    if low in {"ahead", "behind"}:
        return False
    if low.endswith("ing") or (low.endswith("s") and not low.endswith("ss")):
        return False
    return (
        any(token.low in _BE for token in tokens[max(0, position - 3) : position]) and tokens[position - 1].low != "to"
    )


def _after(tokens: Sequence[Token], position: int, name: Name, word: str) -> bool:
    return any(token.low == word for token in tokens[max(position + 1, name.first - 5) : name.first])


def reversed_roles(claim: str, quote: str, *, known: frozenset[str] = frozenset()) -> str:
    """Why `claim` swaps doer and object; empty when it does not."""
    given = [frame for start, end in sentences(quote) for frame in frames(quote[start:end], known)]
    for mine in frames(claim, known):
        related = [(frame, _relation(mine.verb, frame.verb)) for frame in given]
        if any(
            relation and not _inverted(mine, frame, relation) and _shares(mine, frame) for frame, relation in related
        ):
            continue
        for frame, relation in related:
            if relation and _inverted(mine, frame, relation):
                agent = mine.agents[0] if mine.agents else mine.patients[0]
                return f"the source gives {agent.text} the other part in “{mine.verb}”"
    return ""


def settled(claim: str, quote: str) -> frozenset[str]:
    """Verbs of `claim` whose converse in `quote` has the same people in the turned places: no contradiction there."""
    given = [frame for start, end in sentences(quote) for frame in frames(quote[start:end])]
    return frozenset(
        mine.verb
        for mine in frames(claim)
        for frame in given
        if _relation(mine.verb, frame.verb) < 0
        and (_meet(mine.agents, frame.patients) or _meet(mine.patients, frame.agents))
    )


def other_doer(claim: str, quote: str, *, known: frozenset[str] = frozenset()) -> str:
    """Why `claim` gives a deed to one name where the source, with the same verb, has another as its subject."""
    given = [frame for start, end in sentences(quote) for frame in frames(quote[start:end], known)]
    for mine in frames(claim, known):
        alike = [frame for frame in given if frame.verb == mine.verb or (mine.passive and same(frame.verb, mine.verb))]
        rivals = [frame for frame in alike if frame.near and frame.passive == mine.passive]
        if not mine.near or not rivals:
            continue
        if not any(_meet((mine.near,), (*frame.free, *filter(None, (frame.near,)))) for frame in alike):
            return f"the source says it of {rivals[0].near.text if rivals[0].near else ''}, not of {mine.near.text}"
    return ""


def _relation(one: str, two: str) -> int:
    if frozenset((one, two)) in _CONVERSES:
        return -1
    return 1 if same(one, two) else 0


def _shares(mine: Frame, frame: Frame) -> bool:
    return bool(_meet(mine.agents + mine.patients, frame.agents + frame.patients))


def _inverted(mine: Frame, frame: Frame, relation: int) -> bool:
    agents, patients = (frame.agents, frame.patients) if relation > 0 else (frame.patients, frame.agents)
    agent_turned = _meet(mine.agents, patients) and not _meet(mine.agents, agents)
    patient_turned = _meet(mine.patients, agents) and not _meet(mine.patients, patients)
    if agent_turned and patient_turned:
        return True
    contest = mine.verb in _CONTEST and (bool(agents) or frame.pronoun) and not _meet(mine.patients, patients)
    if mine.patients and mine.agents:
        return agent_turned and contest
    return (agent_turned and contest) or (patient_turned and (_taken_for_doer(mine, frame) or _suffers(mine)))


def _suffers(mine: Frame) -> bool:
    return mine.passive and not mine.agents


def _taken_for_doer(mine: Frame, frame: Frame) -> bool:
    """Is the claim's object, right behind its verb, the subject of the same verb in the source?"""
    if mine.verb != frame.verb or mine.verb in _EITHER_WAY or mine.passive or frame.passive:
        return False
    return bool(mine.taken and frame.near and _meet((mine.taken,), (frame.near,)) and not frame.taken)


def _meet(ones: Sequence[Name], twos: Sequence[Name]) -> bool:
    return any(matches(one, two) or matches(two, one) for one in ones for two in twos)
