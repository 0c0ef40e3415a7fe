"""Does a claim follow its source word for word but for one name, number or date?"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from rag.verify import amounts, numbers, times
from rag.verify.names import TITLES, names
from rag.verify.spellings import word_alike
from rag.verify.words import Token, opposite, same, stem, tokenize

# How much of the shorter text has to be the same, and how many equal words have to stand beside the exchanged ones.
_SHARED, _FLANK = 0.4, 3
# A longer stretch is another wording, not another name.
_LONGEST = 7
# "2,150 crowns a month" and "a week": one word, another amount.
_SPANS = frozenset(stem(word) for word in "second minute hour day night week month quarter year decade century".split())
_NOT = frozenset({"not", "n't", "never"})
# "stolen from the Museum" in the place of "a collar, was stolen" is another wording, not another name.
_BRINGING = frozenset("from in at on of by for with to near".split())
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
_LONG = {"un": "united nations", "us": "united states", "uk": "united kingdom", "eu": "european union"}


def swapped(claim: str, sentence: str, published: str | None = None, known: frozenset[str] = frozenset()) -> str:
    """Why a name, number or date of `claim` stands where `sentence` has another; empty when none does."""
    left, right = _words(claim), _words(sentence)
    matcher = SequenceMatcher(None, [token.stem for token in left], [token.stem for token in right], autojunk=False)
    codes = matcher.get_opcodes()
    equal = sum(j - i for tag, i, j, _, _ in codes if tag == "equal")
    if equal < _SHARED * min(len(left), len(right)):
        return ""
    for number, (tag, i, j, k, m) in enumerate(codes):
        if tag == "replace" and left[i].start in _named(claim, known) and right[k].start in _named(sentence, known):
            # The source may go on, with a "which", behind the name that the claim exchanges.
            m = min(m, k + _LONGEST)
        if tag == "equal" or j - i > 6 or m - k > _LONGEST:
            continue
        beside = [codes[side] for side in (number - 1, number + 1) if 0 <= side < len(codes)]
        opening = 1 if i == k == 0 else 0
        flank = opening + sum(code[2] - code[1] for code in beside if code[0] == "equal")
        if flank < min(_FLANK, max(2, equal)):
            continue
        mine, theirs = left[i:j], right[k:m]
        after = codes[number + 1] if number + 1 < len(codes) else None
        same_follows = after is None or any(token.content for token in left[after[1] : after[2]])
        if _turned(mine, theirs, same_follows=same_follows):
            return f"the source says “{_said(theirs or right[k : k + 1] or right[-1:], sentence)}” here"
        if tag != "replace":
            continue
        if _other_name(mine, theirs, claim, sentence, known) or _other_value(mine, theirs, claim, sentence, published):
            return f"the source has “{_said(theirs, sentence)}” where the claim has “{_said(mine, claim)}”"
    return ""


def _turned(mine: Sequence[Token], theirs: Sequence[Token], *, same_follows: bool) -> bool:
    """Is a "not" put in or left out here before the same words, or one word exchanged for its opposite?"""
    if same_follows and len(mine) <= 2 and len(theirs) <= 2:
        said, read = (sum(token.low in _NOT for token in side) for side in (mine, theirs))
        if said + read == 1:
            words = [token for token in (*mine, *theirs) if token.low not in _NOT]
            return not any(opposite(one.stem, two.stem) for one in words for two in words)
    if len(mine) == len(theirs) == 1 and {mine[0].stem, theirs[0].stem} <= _SPANS and mine[0].stem != theirs[0].stem:
        return True
    return len(mine) == len(theirs) == 1 and opposite(mine[0].stem, theirs[0].stem)


def _words(text: str) -> list[Token]:
    return [token for token in tokenize(text) if token.low[0].isalnum()]


def _said(tokens: Sequence[Token], text: str) -> str:
    return text[tokens[0].start : tokens[-1].end]


def _other_name(
    mine: Sequence[Token], theirs: Sequence[Token], claim: str, sentence: str, known: frozenset[str]
) -> bool:
    named = [token for token in mine if token.start in _named(claim, known)]
    others = [token for token in theirs if token.start in _named(sentence, known)]
    if not named or not others or (mine[0].low in _BRINGING and _rest(theirs, others, mine) > 2):
        return False
    return not any(
        word_alike(one.low, two.low) or _acronym(one, others) or _acronym(two, named) for one in named for two in others
    )


def _rest(tokens: Sequence[Token], named: Sequence[Token], facing: Sequence[Token]) -> int:
    """Content words of a stretch beside its names: more than one, and it is another wording, not another name."""
    return sum(
        token.content
        and token not in named
        and token.low not in TITLES
        and not any(same(token.stem, other.stem) for other in facing)
        for token in tokens
    )


def _acronym(one: Token, others: Sequence[Token]) -> bool:
    short = one.low.replace(".", "")
    initials = "".join(token.low[0] for token in others)
    return short == initials or _LONG.get(short) == " ".join(token.low for token in others)


@lru_cache(maxsize=512)
def _named(text: str, known: frozenset[str]) -> frozenset[int]:
    tokens = tokenize(text)
    return frozenset(
        tokens[position].start
        for name in names(text, known)
        for position in range(name.first, name.last + 1)
        if len(tokens[position].low) > 2 or tokens[position].capital
    )


def _other_value(
    mine: Sequence[Token], theirs: Sequence[Token], claim: str, sentence: str, published: str | None
) -> bool:
    first, second = times.moments(claim, published), times.moments(sentence, published)
    here = [moment for moment in first if _touches(mine, moment.start, moment.end)]
    there = [moment for moment in second if _touches(theirs, moment.start, moment.end)]
    if here and there:
        return not any(times.agrees(one, two) or times.agrees(two, one) for one in here for two in there)
    said = {token.low for token in mine} & _CALENDAR
    read = {token.low for token in theirs} & _CALENDAR
    if said and read and not said & read and not (here or there):
        return True
    amounts = [one for one in _amounts(claim, published) if _touches(mine, one.start, one.end)]
    others = [two for two in _amounts(sentence, published) if _touches(theirs, two.start, two.end)]
    if not amounts or not others or any(numbers.in_other_words(one, others, sentence) for one in amounts):
        return False
    return not any(numbers.value_agrees(one, two, answer=True) for one in amounts for two in others)


def _touches(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(token.start < end and token.end > start for token in tokens)


@lru_cache(maxsize=512)
def _amounts(text: str, published: str | None) -> tuple[amounts.Quantity, ...]:
    skip = tuple((moment.start, moment.end) for moment in times.moments(text, published))
    return tuple(amounts.quantities(text, skip=skip))
