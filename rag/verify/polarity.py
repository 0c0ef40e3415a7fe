"""Does a claim say yes where its source says no? Negation, opposites, order in time, all against some, conditions."""

from collections.abc import Sequence

from rag.verify.cover import Pair, align
from rag.verify.negation import BREAK, DENIALS, NOT, negations
from rag.verify.words import LIGHT, Token, same, stem, tokenize

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
_ALL = frozenset("all every everyone everybody entire whole always".split())
_SOME = frozenset("some most many few several half part partly mostly sometimes often".split())
_ENDS = frozenset('.!?“”"')
_IF = frozenset("if unless provided".split())


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
        if agreeing:
            continue
        if pair.sign < 0 and (mine_no[pair.claim] + theirs_no[best[0]]) % 2 == 0:
            return f"the source says {theirs[best[0]].text}, not {token.text}"
        if token.stem in LIGHT and mine_no[pair.claim] == 0:
            continue
        return f"the source {'denies' if theirs_no[best[0]] else 'affirms'} {theirs[best[0]].text}"
    if _affirms_alone(mine, theirs, pairs, mine_no):
        return "the source denies it"
    return _turned(mine, theirs) or _overclaimed(mine, theirs) or _unconditional(mine, theirs, pairs)


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


def _closest(pair: Pair, pairs: Sequence[Pair], mine: Sequence[Token], theirs: Sequence[Token]) -> list[int]:
    """The source positions of a pair whose surroundings share most with the claim's."""
    if len(pair.source) == 1:
        return list(pair.source)
    near = {other for each in pairs if each is not pair and abs(each.claim - pair.claim) <= 6 for other in each.source}
    scores = {position: sum(1 for other in near if abs(other - position) <= 6) for position in pair.source}
    top = max(scores.values())
    return [position for position in pair.source if scores[position] == top]


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


def _overclaimed(mine: Sequence[Token], theirs: Sequence[Token]) -> str:
    if any(token.low in _ALL for token in theirs):
        return ""
    for position, token in enumerate(mine):
        if token.low not in _ALL:
            continue
        head = next((other.stem for other in mine[position + 1 : position + 5] if other.content), "")
        for place, other in enumerate(theirs):
            if other.low in _SOME and head and any(same(head, word.stem) for word in theirs[place + 1 : place + 6]):
                return f"the source says {other.text}, not {token.text}"
    return ""


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
            main = [p for p in covered if abs(p - place) <= 14]
            if len(main) >= 2 and _same_sentence(theirs, place, main):
                return f"the source makes a condition: {' '.join(word.text for word in theirs[place : place + 5])}"
    return ""


def _same_sentence(theirs: Sequence[Token], place: int, main: Sequence[int]) -> bool:
    return any(all(theirs[p].text not in ".!?" for p in range(min(place, other), max(place, other))) for other in main)


def turned_predicate(statement: str, quote: str, *, settled: frozenset[str] = frozenset()) -> str:
    """Why `quote` negates what `statement` (a question with its answer) says; empty when it does not."""
    mine, theirs = tokenize(statement), tokenize(quote)
    mine_no, theirs_no = negations(mine), negations(theirs)
    pairs = align(statement, quote)
    if any(mine_no) or any(token.stem in DENIALS or token.stem in _NEGATIVE for token in mine):
        # What a question denies, its source denies in its own way: too many of them to compare.
        return ""
    for pair in pairs:
        if pair.sign == 0 or mine[pair.claim].capital or mine[pair.claim].stem in settled:
            continue
        best = _closest(pair, pairs, mine, theirs)
        if all(pair.sign * (-1) ** (mine_no[pair.claim] + theirs_no[other]) < 0 for other in best):
            return f"the source says otherwise of “{mine[pair.claim].text}”"
    return ""
