"""Does a claim say yes where its source says no? Negation, opposites, order in time, conditions."""

import re
from collections.abc import Sequence

from rag.verify.cover import Pair, align
from rag.verify.negation import BREAK, DENIALS, NOT, negations
from rag.verify.tense import is_wanted
from rag.verify.words import LIGHT, Token, fold, opposite, same, stem, tokenize

_ORDER = (
    ("before", "after"),
    ("before", "following"),
    ("until", "after"),
    ("with", "without"),
    ("for", "against"),
    ("inside", "outside"),
    ("above", "below"),
    ("into", "from"),
    ("to", "from"),
)
# So many more of the claim's words have to stand around the opposite than around the word itself.
_CLEARLY = 2
_OTHER = {"up": "down", "down": "up", "on": "off", "off": "on", "in": "out", "out": "in"}
# Overlapping, so that each pair of neighbours is read.
_PARTICLE = re.compile(r"(?=\b([a-z]+) (up|down|on|off|in|out)\b)")
_BE = frozenset("is are was were be been being".split())
# What is sold is bought: no contradiction between an active and a passive.
_CONVERSE = [{"buy", "sell"}, {"lend", "borrow"}, {stem("give"), stem("receive")}, {"teach", "learn"}]
_ENDS = frozenset('.!?“”"')
_IF = frozenset("if unless provided".split())
# What opens the clause in which a question says of which occasion it speaks.
_SCENE = frozenset("when while after before since".split())
# Behind these stands what somebody is said to have done, and may deny: "arrested over the theft".
_CHARGED = frozenset(map(stem, "arrest accuse charge suspect suspicion convict jail blame detain indict".split()))
_CHARGE_REACH = 5


def disagreement(claim: str, quote: str, *, settled: frozenset[str] = frozenset()) -> str:
    """Why `claim` turns round what `quote` says; empty when it does not. `settled` are stems that roles answer for."""
    mine, theirs = tokenize(claim), tokenize(quote)
    mine_no, theirs_no = negations(mine), negations(theirs)
    pairs = align(claim, quote)
    if _denies_alone(mine, theirs, pairs, theirs_no):
        return "the source does not deny it"
    for pair in pairs:
        token = mine[pair.claim]
        if pair.sign == 0:
            if mine_no[pair.claim] % 2 and not any(theirs_no):
                return f"the source does not deny {token.text}"
            continue
        if token.stem in settled:
            continue
        best = _closest(pair, pairs, mine, theirs)
        agreeing = [other for other in best if pair.sign * (-1) ** (mine_no[pair.claim] + theirs_no[other]) > 0]
        if agreeing and pair.sign > 0:
            contrary = _nearer_contrary(pair, pairs, best, mine, theirs)
            if contrary is not None and mine_no[pair.claim] == theirs_no[contrary]:
                return f"the source says {theirs[contrary].text}, not {token.text}"
        if agreeing or (pair.sign > 0 and _denied_beside(pair, pairs, mine_no, theirs_no)):
            continue
        if (
            pair.sign < 0
            and _passive(mine, pair.claim) != _passive(theirs, best[0])
            and {token.stem, theirs[best[0]].stem} in _CONVERSE
        ):
            continue
        if pair.sign < 0 and (mine_no[pair.claim] + theirs_no[best[0]]) % 2 == 0:
            return f"the source says {theirs[best[0]].text}, not {token.text}"
        if token.stem in LIGHT and mine_no[pair.claim] == 0:
            continue
        return f"the source {'denies' if theirs_no[best[0]] else 'affirms'} {theirs[best[0]].text}"
    if _affirms_alone(mine, theirs, pairs, mine_no):
        return "the source denies it"
    return _turned(mine, theirs) or _other_particle(claim, quote) or _unconditional(mine, theirs, pairs)


def _denies_alone(
    mine: Sequence[Token], theirs: Sequence[Token], pairs: Sequence[Pair], theirs_no: Sequence[int]
) -> bool:
    """A "not" in the claim, and nothing in the source that says no in any way."""
    said = [
        place
        for place, token in enumerate(mine)
        if token.low in {"not", "n't", "never"}
        and [word.low for word in mine[place + 1 : place + 2]] not in (["only"], ["just"])
    ]
    if not said or any(theirs_no) or any(pair.sign < 0 for pair in pairs):
        return False
    lows = {token.low for token in theirs}
    return not lows & (NOT | {"against", "unless", "instead", "rather"}) and not any(
        token.stem in DENIALS for token in theirs
    )


_NEGATIVE = frozenset(
    stem(word)
    for word in "deny refuse fail reject unable avoid lack without stop prevent decline miss end still yet only except "
    "exempt "
    "free clear outside neither absent unchanged unlike instead few hardly unaffected spare".split()
)


def _affirms_alone(
    mine: Sequence[Token], theirs: Sequence[Token], pairs: Sequence[Pair], mine_no: Sequence[int]
) -> bool:
    """Nothing in the claim says no, but most of it stands in a clause of the source that does."""
    if any(mine_no) or any(token.low in NOT or token.stem in _NEGATIVE or token.low.startswith("un") for token in mine):
        return False
    aligned = [pair for pair in pairs if pair.sign > 0]
    if any(pair.sign < 0 for pair in pairs) or len(aligned) < 2:
        return False
    covered = {position for pair in aligned for position in pair.source}
    for place, token in enumerate(theirs):
        if token.low not in {"not", "n't", "never"} or (
            theirs[place + 1 : place + 2] and theirs[place + 1].low in {"only", "just"}
        ):
            continue
        left = right = place
        while left > 0 and theirs[left - 1].low not in BREAK and theirs[left - 1].text not in _ENDS:
            left -= 1
        while right + 1 < len(theirs) and theirs[right + 1].low not in BREAK and theirs[right + 1].text not in _ENDS:
            right += 1
        inside = sum(any(left <= position <= right for position in pair.source) for pair in aligned)
        target = next(
            (p for p in range(place + 1, right + 1) if theirs[p].content and not theirs[p].low.endswith("ly")), None
        )
        if target is not None and target not in covered and inside >= 0.75 * len(aligned):
            return True
    return False


def _passive(tokens: Sequence[Token], position: int) -> bool:
    return any(token.low in _BE for token in tokens[max(0, position - 2) : position])


def _denied_beside(pair: Pair, pairs: Sequence[Pair], mine_no: Sequence[int], theirs_no: Sequence[int]) -> bool:
    """Is the word next to this one denied in both texts? "Not to use magnets" and "without using magnets" agree."""
    return any(
        other.sign > 0
        and 0 < abs(other.claim - pair.claim) <= 2
        and mine_no[other.claim] % 2
        and any(theirs_no[place] % 2 and any(abs(place - here) <= 2 for here in pair.source) for place in other.source)
        for other in pairs
    )


def _nearer_contrary(
    pair: Pair, pairs: Sequence[Pair], best: Sequence[int], mine: Sequence[Token], theirs: Sequence[Token]
) -> int | None:
    """Where the source has the opposite word among the claim's words, and the word itself further off."""
    word = mine[pair.claim].stem
    places = [place for place, token in enumerate(theirs) if token.low[0].isalpha() and opposite(word, token.stem)]
    if not places:
        return None
    scores = _shared(pair, pairs, (*places, *best))
    place = max(places, key=lambda spot: scores[spot])
    return place if scores[place] >= max(scores[spot] for spot in best) + _CLEARLY else None


def _closest(pair: Pair, pairs: Sequence[Pair], mine: Sequence[Token], theirs: Sequence[Token]) -> list[int]:
    """The source positions of a pair whose surroundings share most with the claim's."""
    if len(pair.source) == 1:
        return list(pair.source)
    scores = _shared(pair, pairs, pair.source)
    top = max(scores.values())
    return [position for position in pair.source if scores[position] == top]


def _shared(pair: Pair, pairs: Sequence[Pair], places: Sequence[int]) -> dict[int, int]:
    """How many of the words around `pair` in the claim stand around each of `places` in the source."""
    near = {other for each in pairs if each is not pair and abs(each.claim - pair.claim) <= 6 for other in each.source}
    return {place: sum(1 for other in near if abs(other - place) <= 6) for place in places}


def _turned(mine: Sequence[Token], theirs: Sequence[Token]) -> str:
    """Opposite small words in front of the same thing: before the vote, after the vote."""
    for one, two in _ORDER:
        for left, right in ((one, two), (two, one)):
            heads = _followers(mine, left)
            others = _followers(theirs, right)
            same_side = _followers(theirs, left)
            for head in heads:
                strict = {left, right} & {
                    "before",
                    "after",
                    "without",
                    "against",
                    "inside",
                    "outside",
                    "above",
                    "below",
                    "until",
                    "following",
                }
                if any(_alike(head, other) for other in others) and not any(_alike(head, other) for other in same_side):
                    if not strict and not (_followers(mine, right) and same_side):
                        continue
                    return f"the source says {right}, not {left}"
    return ""


def _other_particle(claim: str, quote: str) -> str:
    """One verb with opposite particles: brought up, brought down."""
    said, read = (
        {(stem(word), particle) for word, particle in _PARTICLE.findall(fold(text))} for text in (claim, quote)
    )
    for verb, particle in said - read:
        turned = _OTHER[particle]
        if (verb, turned) in read and (verb, turned) not in said:
            return f"the source says {verb} {turned}, not {particle}"
    return ""


def _followers(tokens: Sequence[Token], word: str) -> list[tuple[str, ...]]:
    found = []
    for position, token in enumerate(tokens):
        if token.low == word:
            content = [
                other.stem for other in tokens[position + 1 : position + 6] if other.content and other.low[0].isalnum()
            ]
            if content:
                found.append(tuple(content[:2]))
    return found


def _alike(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    return any(same(left, right) for left in one for right in two)


def _unconditional(mine: Sequence[Token], theirs: Sequence[Token], pairs: Sequence[Pair]) -> str:
    """A promise or forecast that leaves out its condition."""
    if any(
        token.low in _IF | {"would", "could", "might", "whether", "depending", "once", "should"}
        for token in mine
        if token.low in _IF
    ):
        return ""
    covered = {position for pair in pairs for position in pair.source}
    for place, token in enumerate(theirs):
        if token.low not in _IF or (
            token.low == "if" and place and theirs[place - 1].low in {"as", "asked", "even", "see", "wonder"}
        ):
            continue
        clause = [
            p for p in range(place + 1, min(place + 8, len(theirs))) if theirs[p].content and theirs[p].low[0].isalpha()
        ]
        if clause and not any(position in covered for position in clause[:3]):
            # "And if": the condition is of what follows.
            joined = theirs[place - 1].low in {"and", "but", "or"} if place else False
            main = [p for p in covered if abs(p - place) <= 14 and not (joined and p < place)]
            if len(main) >= 2 and _same_sentence(theirs, place, main):
                return f"the source makes a condition: {' '.join(word.text for word in theirs[place : place + 5])}"
    return ""


def _same_sentence(theirs: Sequence[Token], place: int, main: Sequence[int]) -> bool:
    return any(all(theirs[p].text not in ".!?" for p in range(min(place, other), max(place, other))) for other in main)


def turned_predicate(
    statement: str, quote: str, *, settled: frozenset[str] = frozenset(), converse: bool = False
) -> str:
    """Why `quote` negates what `statement` (a question with its answer) says; empty when it does not.

    `converse`: what one side gives the other receives, as long as nobody asks who.
    """
    mine, theirs = tokenize(statement), tokenize(quote)
    mine_no, theirs_no = negations(mine), negations(theirs)
    pairs = align(statement, quote)
    if any(mine_no) or any(token.stem in DENIALS or token.stem in _NEGATIVE for token in mine):
        # What a question denies, its source denies in its own way: too many of them to compare.
        return ""
    scene = next((place for place, token in enumerate(mine) if place and token.low in _SCENE), len(mine))
    for pair in pairs:
        if pair.sign == 0 or mine[pair.claim].capital or mine[pair.claim].stem in settled:
            continue
        if pair.sign < 0 and pair.claim > scene:
            # "... when the ship sank" is not turned round by what raised the toll.
            continue
        best = _closest(pair, pairs, mine, theirs)
        if converse and pair.sign < 0 and all({mine[pair.claim].stem, theirs[at].stem} in _CONVERSE for at in best):
            continue
        if is_wanted(mine, pair.claim) and any(theirs_no[other] for other in best):
            # What somebody hopes to find was never found.
            continue
        if _is_charge(mine, pair.claim) and any(theirs_no[other] for other in best):
            # Who was arrested over a theft may deny it.
            continue
        if all(pair.sign * (-1) ** (mine_no[pair.claim] + theirs_no[other]) < 0 for other in best):
            return f"the source says otherwise of “{mine[pair.claim].text}”"
    return ""


def _is_charge(tokens: Sequence[Token], position: int) -> bool:
    """Is the word what somebody is arrested over, or accused of?"""
    return any(token.stem in _CHARGED for token in tokens[max(0, position - _CHARGE_REACH) : position])
