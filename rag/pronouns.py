"""What do the pronouns of a question stand for? "He", "it", "there", "then" and short names, replaced by rules."""

import re
from collections.abc import Sequence

from rag.english import FUNCTION, fold, names, stem
from rag.mentions import Kind, Mention, head, of_question, phrases

_HE = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(they|them|their|theirs|themselves)\b", re.IGNORECASE)
_IT = re.compile(r"\b(it|its|itself)\b", re.IGNORECASE)
_THAT = re.compile(
    r"\b(?:(?<=did )|(?<=does )|(?<=was )|(?<=is )|(?<=do )|(?<=about )|(?<=after )|(?<=before )|(?<=of )|(?<=for "
    r")|(?<=since )|(?<=with )"
    r"|(?<=by )|(?<=from )|(?<=to )|(?<=than )|(?<=said )|(?<=say )|(?<=doing )|(?<=caused )|(?<=decided )|"
    r"(?<=ordered ))(that|this)\b"
    r"(?=\s*(?:[?.,]|$|happen|occur|end\b|start|begin|come|take|mean|affect|cost|work|go\b|the case|true|figure out))",
    re.IGNORECASE,
)
_THERE = re.compile(r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )\bthere\b|\bthere(?=\s*\?)", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:at that time(?! of)|back then|by then|that (?:day|year|month|week|evening|night|morning|time)(?! of)|"
    r"then)\b(?=.*\?|$)",
    re.IGNORECASE,
)
_PLEONASTIC = re.compile(
    r"\bit (?:true|likely|possible|known|clear|expected|take|takes|took|rain\w*|snow\w*|still)\b|\bis it that\b",
    re.IGNORECASE,
)


PERSON: tuple[Kind, ...] = ("person",)
SEVERAL: tuple[Kind, ...] = ("group", "thing", "person")
THING: tuple[Kind, ...] = ("thing",)


def resolve_pronouns(question: str, known: Sequence[Mention]) -> str:
    """The question with pronouns, "there", "then" and short names of things replaced."""
    text = (
        _THEN.sub(lambda match: _then(match.group(), known), question, count=1) if _THEN.search(question) else question
    )
    text = _replace(text, _HE, known, PERSON)
    text = _pair(text, known)
    several = sorted(known, key=lambda mention: not _is_plural(mention))
    text = _replace(text, _THEY, several, ("group", "person", "thing") if _IT.search(text) else SEVERAL)
    if not _PLEONASTIC.search(text):
        text = _replace(text, _IT, [mention for mention in known if not _is_plural(mention)], THING)
    text = _THAT.sub(lambda _: _event(known), text)
    if _THERE.search(text):
        place = next((mention for mention in known if mention.kind == "place"), None)
        place = place or next((mention for mention in known if mention.kind == "thing"), None)
        text = (
            _THERE.sub(lambda _: f"at {place.text}" if not place.named else f"in {place.text}", text, count=1)
            if place
            else text
        )
    return _lengthen(text, known)


def unresolved(question: str) -> bool:
    """True where a pronoun is left that nothing in the question itself explains."""
    found = [(pattern.search(question), kinds) for pattern, kinds in ((_HE, PERSON), (_THEY, SEVERAL), (_IT, THING))]
    left = any(match is not None and not _bound_inside(question, match, kinds) for match, kinds in found)
    return left and not _PLEONASTIC.search(question)


def _replace(text: str, pattern: re.Pattern[str], known: Sequence[Mention], kinds: tuple[Kind, ...]) -> str:
    match = pattern.search(text)
    if match is None or _bound_inside(text, match, kinds):
        return text
    word = match.group().lower()
    gender = "she" if word.startswith(("she", "her")) else "he" if word.startswith(("he", "hi")) else ""
    chosen = _choose(known, kinds, gender)
    if chosen is None:
        return text
    done = False

    def put(found: re.Match[str]) -> str:
        nonlocal done
        first, done = not done, True
        pronoun = found.group().lower()
        if pronoun.endswith(("self", "selves")) or not first:
            return found.group()
        possessive = pronoun in ("his", "its", "their") or (pronoun == "her" and _noun_follows(text[found.end() :]))
        if not possessive:
            return chosen.text
        return f"{chosen.text}'" if chosen.text.endswith("s") else f"{chosen.text}'s"

    return pattern.sub(put, text)


def _pair(text: str, known: Sequence[Mention]) -> str:
    """ "They" after one person was asked about another ("Who is his wife?"): both of them."""
    people = [mention for mention in known[:4] if mention.kind == "person" and mention.named]
    if len(people) < 2 or any(mention.kind == "group" for mention in known[:4]):
        return text
    return re.sub(r"\bthey\b", f"{people[1].text} and {people[0].text}", text, count=1, flags=re.IGNORECASE)


def _is_plural(mention: Mention) -> bool:
    """ "Ferries", "the branches": several things are no "it"."""
    last = fold(mention.text).split()[-1]
    return (
        mention.kind == "thing" and not mention.named and last.endswith("s") and not last.endswith(("ss", "us", "is"))
    )


def _choose(known: Sequence[Mention], kinds: tuple[Kind, ...], gender: str) -> Mention | None:
    for certain in (True, False):
        for kind in kinds:
            for mention in known:
                suits = mention.gender == gender if certain and gender else mention.gender in ("", gender) or not gender
                if mention.kind == kind and suits:
                    return mention
        if not gender:
            break
    return None


def _bound_inside(text: str, match: re.Match[str], kinds: tuple[Kind, ...]) -> bool:
    """True where the pronoun speaks of something that the same question names before it in another clause."""
    before = text[: match.start()]
    clause = re.search(
        r"\b(?:when|after|before|because|that|who|which|if|and|until|while|since)\b|,", before[4:], re.IGNORECASE
    )
    possessive = match.group().lower() in ("his", "her", "its", "their")
    if clause is None and not possessive:
        return False
    return any(
        mention.kind in kinds and (mention.named or clause is not None)
        for mention in of_question(before)
        if mention.kind != "time"
    )


def _noun_follows(after: str) -> bool:
    follows = re.match(r"\s+([\w'’-]+)", after)
    return follows is not None and fold(follows.group(1)) not in FUNCTION


def _then(words: str, known: Sequence[Mention]) -> str:
    time = next((mention.text for mention in known if mention.kind == "time"), None)
    if time is None:
        event = _event(known)
        return f"after {event}" if event not in ("that", "it") else words
    return (
        time
        if re.match(r"(?:on|in|at|last|this|yesterday|today)\b", time, re.IGNORECASE)
        else f"{_preposition(time)} {time}"
    )


def _preposition(time: str) -> str:
    return "in" if re.fullmatch(r"(?:[A-Z][a-z]+ )?\d{4}|[A-Z][a-z]+", time) and not time.endswith("day") else "on"


def _event(known: Sequence[Mention]) -> str:
    for mention in known:
        if mention.kind == "thing" and not mention.named:
            return mention.text
    return next((mention.text for mention in known if mention.kind == "thing"), "that")


def _lengthen(text: str, known: Sequence[Mention]) -> str:
    """ "The reservoir" -> "the Hallowmere reservoir", "Orlov" -> "Maria Orlov", where the conversation said it so."""
    for _, phrase in phrases(text):
        words = phrase.split()
        if len(words) != 2 or words[0] != "the":
            continue
        longer = next(
            (
                m.text
                for m in known
                if len(m.text.split()) > len(words) - m.named and head(m.text) == stem(fold(words[1]))
            ),
            None,
        )
        if longer is not None:
            longer = longer if longer.lower().startswith("the ") else f"the {longer}"
            text = re.sub(rf"\b(?:the|that|this) {re.escape(words[1])}\b", longer, text, count=1, flags=re.IGNORECASE)
    for name in names(f"of {text}"):
        if " " not in name:
            full = next(
                (
                    m.text
                    for m in known
                    if m.named and m.kind == "person" and m.text.split()[-1] == name and " " in m.text
                ),
                None,
            )
            text = re.sub(rf"\b{re.escape(name)}\b", full, text, count=1) if full and full not in text else text
    return text
