"""Does a claim say that something was done which its source only plans, asks for, expects or makes a condition?"""

from collections.abc import Sequence

from rag.verify.cover import align
from rag.verify.negation import BREAK
from rag.verify.speakers import SAYING
from rag.verify.words import LIGHT, PAST, UNCHANGED, Token, fold, stem, tokenize

# "Could" is left out: what could be seen was seen.
_MODAL = frozenset("will would shall should may might".split())
_IF = frozenset("if unless whether".split())
_BE = frozenset("is are was were be been".split())
_PERFECT = frozenset("has have had was were been is are".split())
# Words after which "to do" has not been done yet. Those after which it has ("managed", "had", "began") are left out.
_INTENT = frozenset(
    stem(word)
    for word in "plan intend hope expect want wish due aim propose promise pledge vow offer agree decide ask urge "
    "request demand require order forecast likely enough seek try attempt threaten prepare supposed schedule consider "
    "recommend invite need ready call".split()
)
_NO_VERB = frozenset("the a an of his her their its this these those in on at for with by".split())
# How far before a verb its "will" may stand, and how far before "to" the word that brings it.
_REACH, _BEFORE_TO = 9, 4


def only_planned(claim: str, quote: str) -> str:
    """Why `claim` says done what `quote` has as a plan; empty when it does not."""
    mine, theirs = tokenize(claim), tokenize(quote)
    for pair in align(claim, quote):
        token = mine[pair.claim]
        if pair.sign < 1 or not _done(mine, pair.claim) or is_wanted(mine, pair.claim):
            continue
        if all(_unreal(theirs, position) for position in pair.source):
            return f"the source does not say that it has happened: {theirs[pair.source[0]].text}, not {token.text}"
    return ""


def _done(tokens: Sequence[Token], position: int) -> bool:
    """Is the word a verb of something that has happened: "has closed", "was shut", "rose"?"""
    token = tokens[position]
    if token.stem in LIGHT or token.stem in SAYING or token.stem in _INTENT or token.capital:
        return False
    before = tokens[position - 1].low if position else ""
    # An expression is read as one word: "set free" is "release", and its first word tells the tense.
    form = fold(token.text.split()[0])
    past = form in PAST or form.endswith("ed")
    perfect = before in _PERFECT and form in UNCHANGED
    return (past or perfect) and before not in _NO_VERB


def is_wanted(tokens: Sequence[Token], position: int) -> bool:
    """Is the word no more than a plan: "will be banned", "wants it banned", "hopes to find"?"""
    return _unreal(tokens, position) or any(
        token.stem in _INTENT for token in tokens[max(0, position - _BEFORE_TO) : position]
    )


def _unreal(tokens: Sequence[Token], position: int) -> bool:
    """Does a "will", an "if" or a "plans to" of the same clause govern the word?"""
    for place in range(position - 1, max(-1, position - 1 - _REACH), -1):
        token = tokens[place]
        if token.low in _MODAL and not (token.low == "may" and token.capital):
            return True
        if token.low in _IF:
            return True
        if token.low == "and" and place == position - 1:
            # "Will be reared and set free": the second verb has the first one's "will".
            continue
        if token.low in BREAK or token.low == "that" or token.text in '.!?“”"':
            return False
        if token.low == "to" and place:
            earlier = tokens[max(0, place - _BEFORE_TO) : place]
            if tokens[place - 1].low in _BE or any(word.stem in _INTENT for word in earlier):
                return True
    return False
