"""Which words of a text are negated, and how often? "Not", "no one", "denied", "failed to", each with its reach."""

from collections.abc import Sequence

from rag.verify.words import Token, stem

NOT = frozenset("not n't never no none nobody nothing neither nor without cannot hardly scarcely".split())
# Verbs that say that what follows did not happen or is not so.
DENIALS = frozenset(
    stem(word)
    for word in "deny refuse fail decline refute dispute prevent avoid unable lack false untrue unlikely impossible "
    "dismiss "
    "avert reject rebut oppose against absence stop halt block thwart foil ban forbid".split()
)
_HARD_DENIALS = frozenset(stem(word) for word in "deny refute dispute reject dismiss false untrue rebut".split())
BREAK = frozenset(", ; : — – ( )".split()) | frozenset(
    "but while whereas although though because when who which unless if however and until despite as where since after "
    "before so".split()
)
# "not" reaches its verb, "no" its noun and the verb after it; "denied" reaches what was denied.
_NOT_REACH, _NO_REACH, _DENIAL_REACH = 1, 2, 5


def negations(tokens: Sequence[Token]) -> list[int]:
    """How often each word is negated."""
    counts = [0] * len(tokens)
    for position, token in enumerate(tokens):
        plain = token.low in NOT
        denial = token.stem in DENIALS
        if not plain and not denial:
            continue
        follow = [word.low for word in tokens[position + 1 : position + 3]]
        if (plain and follow[:1] in (["only"], ["just"], ["but"], ["except"])) or (
            plain
            and token.low == "no"
            and follow[:1]
            in (
                ["doubt"],
                ["longer"],
                ["later"],
                ["fewer"],
                ["less"],
                ["more"],
                ["later"],
                ["bigger"],
                # "No fewer than" and "no more than", whose comparison is read as one word.
                ["under"],
                ["over"],
            )
        ):
            continue
        if token.low == "no" and position and tokens[position - 1].low in {"yes", "or"}:
            continue
        if denial and not _takes_scope(tokens, position):
            continue
        reach = _DENIAL_REACH if token.stem in _HARD_DENIALS else 3 if denial else _NO_REACH
        if token.low in {"not", "n't", "never", "cannot"} or (denial and follow[:1] == ["to"]):
            reach = _NOT_REACH
        _spread(tokens, position, reach, counts)
    return counts


def _takes_scope(tokens: Sequence[Token], position: int) -> bool:
    """Is something denied here: "refused to go", "denied taking", "failed to"? "Rejected the plan" is not."""
    token = tokens[position]
    if token.stem in _HARD_DENIALS and token.stem not in {stem("reject"), stem("dismiss"), stem("dispute")}:
        return True
    window = tokens[position + 1 : position + 3]
    if any(word.low == "to" for word in window[:1]):
        return True
    if token.low == "against" or token.low in {"unable", "unlikely", "impossible"}:
        return bool(window) and (window[0].low.endswith("ing") or token.low != "against")
    if window and window[0].low == "that":
        return True
    for word in tokens[position + 1 : position + 6]:
        if word.low in {
            "charges",
            "charge",
            "accusation",
            "allegation",
            "claims",
            "claim",
            "suggestions",
            "allegations",
            "reports",
            "accusations",
        }:
            return True
        if word.low == "from" and any(other.low.endswith("ing") for other in _following(tokens, word)):
            return True
        if word.low in BREAK or word.text == ".":
            return False
    return False


def _following(tokens: Sequence[Token], word: Token) -> Sequence[Token]:
    """The word that follows `word`, if any: "stopped from playing" denies, "banned from Rope Street" does not."""
    place = next(position for position, token in enumerate(tokens) if token is word)
    return tokens[place + 1 : place + 2]


def _spread(tokens: Sequence[Token], position: int, reach: int, counts: list[int]) -> None:
    # "not" and its kin negate the verb after them; "no one was hurt" its subject and verb alike.
    left = reach
    for step in range(position + 1, len(tokens)):
        token = tokens[step]
        if (
            left == 0
            or token.text in ".!?;:—"
            or (token.text == "," and step == position + 1)
            or (token.low in BREAK and left < reach)
        ):
            break
        if not token.content or not token.low[0].isalpha() or token.low.endswith("ly"):
            continue
        counts[step] += 1
        left -= 1
    # "Neither side won": nothing before. "The claim is not true" reaches back to no one.
