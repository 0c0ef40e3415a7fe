"""Who did what to whom: does the source give a claim's parts to the same people?"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentences
from rag.verify.names import Name, matches, names
from rag.verify.speakers import SAYING
from rag.verify.words import PAST, Token, same, stem, tokenize

_BREAKS = frozenset("; : — but while whereas although though because when after before".split())
_UNCHANGED = frozenset("beat cut hit put shut set hurt let cost bet quit split spread win".split())
_HELPING = frozenset("has had have also will to is would".split())
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


def frames(text: str) -> list[Frame]:
    """Verbs of `text` that have a name on either side, passive ones turned round."""
    tokens = tokenize(text)
    found = names(text)
    made: list[Frame] = []
    for position, token in enumerate(tokens):
        if not _verbal(tokens, position, found):
            continue
        left_end, right_end = _clause(tokens, position)
        left = [name for name in found if left_end <= name.first and name.last < position]
        right = [name for name in found if position < name.first and name.last <= right_end]
        if not left and not right:
            continue
        passive = _passive(tokens, position)
        if passive:
            agents = tuple(name for name in right if _after_by(tokens, position, name))
            made.append(Frame(token.stem, agents, tuple(left), passive=True))
        elif token.stem == stem("lose"):
            # One loses a match, to a rival: only the rival is an object here.
            made.append(
                Frame(token.stem, tuple(left), tuple(name for name in right if _after(tokens, position, name, "to")))
            )
        else:
            near = next(
                (
                    name
                    for name in left
                    if name.last >= position - 2 and _leads(tokens, name) and _bare_between(tokens, name, position)
                ),
                None,
            )
            made.append(Frame(token.stem, tuple(left), tuple(right), near))
    return made


def _leads(tokens: Sequence[Token], name: Name) -> bool:
    """Is the name no part of what a preposition brings in ("the novelist in Caldmark has lived")?"""
    before = tokens[name.first - 1].low if name.first else ""
    return before not in {"in", "of", "at", "from", "for", "on", "near", "to", "by", "with"}


def _bare_between(tokens: Sequence[Token], name: Name, position: int) -> bool:
    return all(token.low in _HELPING for token in tokens[name.last + 1 : position])


def _verbal(tokens: Sequence[Token], position: int, found: Sequence[Name]) -> bool:
    token = tokens[position]
    if not token.content or not token.low[0].isalpha() or any(name.first <= position <= name.last for name in found):
        return False
    before = tokens[position - 1].low if position else ""
    if before in {"the", "a", "an", "of", "his", "her", "their", "its", "this", "that's"}:
        return False
    if token.stem in SAYING:
        return False
    if token.low in {"ahead", "behind"}:
        return True
    named_before = any(name.last == position - 1 for name in found)
    return (
        token.low.endswith("ed")
        or token.low in _UNCHANGED
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


def _after_by(tokens: Sequence[Token], position: int, name: Name) -> bool:
    return _after(tokens, position, name, "by")


def _after(tokens: Sequence[Token], position: int, name: Name, word: str) -> bool:
    return any(token.low == word for token in tokens[max(position + 1, name.first - 5) : name.first])


def reversed_roles(claim: str, quote: str) -> str:
    """Why `claim` swaps doer and object; empty when it does not."""
    given = [frame for start, end in sentences(quote) for frame in frames(quote[start:end])]
    for mine in frames(claim):
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


def other_doer(claim: str, quote: str) -> str:
    """Why `claim` gives a deed to one name where the source, with the same verb, has another right before it."""
    given = [frame for start, end in sentences(quote) for frame in frames(quote[start:end])]
    for mine in frames(claim):
        rivals = [frame for frame in given if frame.verb == mine.verb and frame.near]
        if not mine.near or not rivals:
            continue
        if not any(_meet((mine.near,), (*frame.agents, *frame.patients)) for frame in given if frame.verb == mine.verb):
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
    if mine.patients and mine.agents:
        return agent_turned and patient_turned
    contest = mine.verb in {
        stem("win"),
        stem("beat"),
        stem("defeat"),
        stem("lose"),
        stem("sell"),
        stem("buy"),
        "ahead",
        "behind",
    }
    passive = mine.passive and not mine.agents and patient_turned
    return (agent_turned and contest and bool(agents)) or passive


def _meet(ones: Sequence[Name], twos: Sequence[Name]) -> bool:
    return any(matches(one, two) or matches(two, one) for one in ones for two in twos)
