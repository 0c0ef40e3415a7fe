"""Who did what to whom, and who said it: does the source give a claim's parts to the same people?"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentences
from rag.verify.cover import align
from rag.verify.names import PRONOUNS, TITLES, Name, matches, names, names_before
from rag.verify.words import LIGHT, STOP, Token, same, stem, tokenize

_SAY = frozenset(
    stem(word)
    for word in "say tell add claim warn announce state argue insist note deny admit confirm explain write tweet "
    "believe predict suggest promise testify declare acknowledge reveal estimate reply answer complain recall remark "
    "vow pledge accuse urge call describe praise criticise condemn apologise concede stress repeat quote comment "
    "maintain report propose demand ask welcome blame joke observe".split()
)
_BREAKS = frozenset("; : — but while whereas although though because when after before".split())
_UNCHANGED = frozenset("beat cut hit put shut set hurt let cost bet quit split spread win".split())
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
            made.append(Frame(token.stem, agents, tuple(left)))
        elif token.stem == stem("lose"):
            # One loses a match, to a rival: only the rival is an object here.
            made.append(
                Frame(token.stem, tuple(left), tuple(name for name in right if _after(tokens, position, name, "to")))
            )
        else:
            made.append(Frame(token.stem, tuple(left), tuple(right)))
    return made


def _verbal(tokens: Sequence[Token], position: int, found: Sequence[Name]) -> bool:
    token = tokens[position]
    if not token.content or not token.low[0].isalpha() or any(name.first <= position <= name.last for name in found):
        return False
    before = tokens[position - 1].low if position else ""
    if before in {"the", "a", "an", "of", "his", "her", "their", "its", "this", "that's"}:
        return False
    return (
        token.low.endswith("ed")
        or token.low in _UNCHANGED
        or token.low != token.stem
        or token.stem in _SAY
        or before in {"to", "will", "would", "did", "can", "could"}
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
    contest = mine.verb in {stem("win"), stem("beat"), stem("defeat"), stem("lose"), stem("sell"), stem("buy")}
    passive = not mine.agents and patient_turned
    return (agent_turned and contest and bool(agents)) or passive


def _meet(ones: Sequence[Name], twos: Sequence[Name]) -> bool:
    return any(matches(one, two) or matches(two, one) for one in ones for two in twos)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a sentence: names, else the head word of a description, or a pronoun."""

    named: tuple[Name, ...]
    head: str
    pronoun: bool
    verb: int


def speakers(text: str) -> list[Speaker]:
    """Every speaker of one sentence, by "X said", "said X", "according to X"."""
    tokens = tokenize(text)
    found = names(text)
    made = []
    for position, token in enumerate(tokens):
        if token.low == "according" and position + 2 < len(tokens) and tokens[position + 1].low == "to":
            made.append(_speaker(tokens, found, position + 2, _stop(tokens, position + 2), position))
        elif token.stem in _SAY and not (
            position and tokens[position - 1].low in {"the", "a", "an", "of", "to", "his", "her", "their", "no", "any"}
        ):
            inverted = position and (tokens[position - 1].text in {",", "”", '"', "?"}) and position + 1 < len(tokens)
            if inverted and (
                tokens[position + 1].capital or tokens[position + 1].low in {"the", "a", "an", "one", "his", "her"}
            ):
                made.append(_speaker(tokens, found, position + 1, _stop(tokens, position + 1), position))
            elif position and not _passive(tokens, position):
                made.append(_speaker(tokens, found, _begin(tokens, position), position, position, last=True))
    return [speaker for speaker in made if speaker.named or speaker.head or speaker.pronoun]


def _stop(tokens: Sequence[Token], start: int) -> int:
    for position in range(start, min(start + 14, len(tokens))):
        if (
            tokens[position].text in {",", ".", ";", "—", "?", "!"}
            or tokens[position].text in _QUOTE_MARKS
            or tokens[position].low == "that"
        ):
            return position
    return min(start + 14, len(tokens))


def _begin(tokens: Sequence[Token], position: int) -> int:
    """Where the subject of a speech verb begins: after the last quotation mark or break, appositions included."""
    for start in range(position - 1, max(-1, position - 22), -1):
        if (
            tokens[start].text in _QUOTE_MARKS
            or tokens[start].text in ".;:!?"
            or tokens[start].low in {"but", "that", "while", "because"}
        ):
            return start + 1
    return max(0, position - 22)


def _speaker(
    tokens: Sequence[Token], found: Sequence[Name], start: int, end: int, verb: int, *, last: bool = False
) -> Speaker:
    comma = [p for p in range(start, end) if tokens[p].text == ","]
    if last and comma and comma[-1] != end - 1:
        # "On Monday, the mayor said": the subject is what follows the comma.
        start = comma[-1] + 1
    inside = [name for name in found if start <= name.first and name.last < end]
    subject = [token for token in tokens[start:end] if token.low[0].isalpha()]
    pronoun = bool(subject) and subject[-1 if last else 0].low in PRONOUNS and len(subject) <= 3 and not inside
    heads = [token.stem for token in subject if token.content and not token.low.endswith("ly")]
    return Speaker(tuple(inside), heads[-1] if heads and not inside else "", pronoun, verb)


def misattributed(claim: str, quote: str, *, context: str = "") -> str:
    """Why `claim` gives words to someone whom the source does not quote for them; empty when it does not."""
    for mine in speakers(claim):
        if not mine.named and not mine.head:
            continue
        sentence, given = _spoken_by(claim, quote, mine)
        if not given:
            if mine.named and not any(_meet((name,), names(quote)) for name in mine.named):
                place = context.find(quote)
                before = names_before(context, place if place >= 0 else len(context)) if context else []
                if context and not _meet(mine.named, before):
                    return f"the source does not give these words to {mine.named[0].text}"
            continue
        if any(_same_speaker(mine, other, quote, sentence, context) for other in given):
            continue
        who = mine.named[0].text if mine.named else mine.head
        them = next((other.named[0].text for other in given if other.named), given[0].head or "someone else")
        return f"in the source it is {them} who says so, not {who}"
    return ""


def _spoken_by(claim: str, quote: str, mine: Speaker) -> tuple[str, list[Speaker]]:
    """The sentence of `quote` that carries most of the claim's words, and its speakers."""
    best, given, top = "", [], -1.0
    for start, end in sentences(quote):
        sentence = quote[start:end]
        said = speakers(sentence)
        tokens = tokenize(claim)
        covered = sum(
            1.0
            for pair in align(claim, sentence)
            if pair.sign > 0
            and tokens[pair.claim].stem not in _SAY
            and not any(n.first <= pair.claim <= n.last for n in mine.named)
            and tokens[pair.claim].stem not in LIGHT
        )
        if covered > top:
            best, given, top = sentence, said, covered
    return best, given


def _same_speaker(mine: Speaker, other: Speaker, quote: str, sentence: str, context: str) -> bool:
    if mine.named and other.named:
        return _meet(mine.named, other.named)
    if mine.named and other.pronoun:
        place = quote.find(sentence)
        before = names_before(quote, place)
        if not before and context:
            start = context.find(quote)
            before = names_before(context, start if start >= 0 else len(context))
        return (not before and not context) or _meet(mine.named, before)
    if mine.named:
        return _described(mine, other.head, quote, context)
    if other.named:
        return _described(other, mine.head, quote + "\n" + context, context) or mine.head in {"official", "spokesman"}
    if other.pronoun or mine.head in STOP:
        return True
    return same(mine.head, other.head) or mine.head in PRONOUNS


def _described(speaker: Speaker, head: str, quote: str, context: str) -> bool:
    """Is the named speaker described by `head` ("the mayor") anywhere in quote or context?"""
    for text in (quote, context):
        tokens = tokenize(text) if text else ()
        for name in names(text) if text else ():
            if _meet(speaker.named, (name,)) and any(
                same(head, token.stem) for token in tokens[max(0, name.first - 6) : name.last + 8]
            ):
                return True
    return (not context and not head) or (head in {stem(title) for title in TITLES} and not context)
