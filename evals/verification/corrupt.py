"""How can a true sentence be made false by rule? Its names, its speaker or its yes and no changed, one at a time."""

import re
from collections.abc import Callable, Sequence
from random import Random

from evals.verification.corrupt_values import DAYS, MONTHS

_DATE_WORDS = {*DAYS, *MONTHS}
_OPPOSITES = {
    "rose": "fell",
    "fell": "rose",
    "rise": "fall",
    "fall": "rise",
    "approved": "rejected",
    "rejected": "approved",
    "won": "lost",
    "lost": "won",
    "accepted": "refused",
    "refused": "agreed",
    "agreed": "refused",
    "opened": "closed",
    "closed": "opened",
    "before": "after",
    "after": "before",
    "confirmed": "denied",
    "denied": "admitted",
    "admitted": "denied",
    "more": "fewer",
    "less": "more",
    "increased": "decreased",
    "welcomed": "criticised",
    "criticised": "praised",
    "praised": "criticised",
    "first": "last",
    "largest": "smallest",
    "oldest": "youngest",
    "above": "below",
    "below": "above",
    "began": "ended",
    "begin": "end",
    "started": "stopped",
    "allowed": "forbidden",
    "highest": "lowest",
    "lowest": "highest",
    "higher": "lower",
    "lower": "higher",
    "arrived": "left",
    "with": "without",
    "without": "with",
    "cheaper": "dearer",
    "north": "south",
    "south": "north",
    "east": "west",
    "west": "east",
    "released": "detained",
    "innocent": "guilty",
    "supported": "opposed",
    "opposed": "supported",
    "up": "down",
    "bigger": "smaller",
    "gained": "lost",
    "everybody": "nobody",
    "always": "never",
    "unanimously": "narrowly",
    "dry": "wet",
    "driest": "wettest",
    "wettest": "driest",
    "longest": "shortest",
    "doubled": "halved",
    "succeeded": "failed",
    "survived": "died",
    "younger": "older",
    "older": "younger",
    "better": "worse",
    "safe": "unsafe",
}
_AUX = r"was|were|is|are|has|have|had|will|would|could|can|may|must|should"
_PAST = {
    "said": "say",
    "took": "take",
    "gave": "give",
    "made": "make",
    "went": "go",
    "came": "come",
    "found": "find",
    "left": "leave",
    "won": "win",
    "lost": "lose",
    "fell": "fall",
    "rose": "rise",
    "began": "begin",
    "brought": "bring",
    "bought": "buy",
    "sold": "sell",
    "paid": "pay",
    "held": "hold",
    "led": "lead",
    "met": "meet",
    "saw": "see",
    "told": "tell",
    "wrote": "write",
    "ran": "run",
    "broke": "break",
    "chose": "choose",
    "drove": "drive",
    "flew": "fly",
    "grew": "grow",
    "kept": "keep",
    "knew": "know",
    "sank": "sink",
    "sent": "send",
    "spoke": "speak",
    "spent": "spend",
    "stood": "stand",
    "stole": "steal",
    "struck": "strike",
    "swept": "sweep",
    "thought": "think",
}
_NAME = re.compile(r"(?:(?<=[a-z,;:] )|(?<=[“\"(])|^)(?:[A-Z][\w’'-]+)(?: (?:of |de |van |von |the )?[A-Z][\w’'-]+)*")
_NO_NAME = re.compile(
    r"^(?:The|A|An|In|On|At|It|He|She|They|This|That|These|Those|Its|His|Her|Their|We|You|I|After|Before|Since"
    r"|Under|With|During|By|From|For|About|"
    r"Some|Most|Only|One|Another|Several|Many|No|None|Nobody|Both|Each|Every|Once|When|While|Last|As|To|There"
    r"|What|More|Fewer|Nearly|Almost|But|And|Or|"
    r"If|Not|Our|My|Asked|According|Who|How|Why|Where|Then|Now|Today|Yesterday|Between|All|Any|So|Yet|Even|Under"
    r"|Among|Of|Up|Out|Over|Because|Their|Two|"
    r"Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Mr|Mrs|Ms|Dr|Until|Without|Within|Along|Around"
    r"|Police|Nothing|Somebody|Everybody)$"
)


def named(sentence: str) -> list[re.Match[str]]:
    """The names of a sentence, as runs of capitalised words that are no calendar words or sentence openers."""
    found = []
    for match in _NAME.finditer(sentence):
        words = match[0].split()
        if _NO_NAME.match(words[0]) or any(word.strip("’'s") in _DATE_WORDS for word in words):
            continue
        if match.start() == 0 and len(words) == 1:
            continue
        found.append(match)
    return found


def name(sentence: str, random: Random, others: Sequence[str]) -> str | None:
    """Another name of the article in the place of one, of the same number of words where there is one."""
    spots = named(sentence)
    if not spots:
        return None
    match = random.choice(spots)
    old = re.sub(r"[’']s$", "", match[0])
    parts = {part for part in old.split() if part[0].isupper()}
    pool = [
        other
        for other in others
        if not parts & set(other.split()) and not any(part in sentence for part in other.split() if part[0].isupper())
    ]
    alike = [other for other in pool if len(other.split()) == len(old.split())]
    if not pool:
        return None
    return sentence[: match.start()] + random.choice(alike or pool) + sentence[match.start() + len(old) :]


def negated(sentence: str, random: Random, others: Sequence[str]) -> str | None:
    """A "not" put in or taken out outside quotations, or an opposite word."""
    outside = re.sub(r"[“\"][^”\"]*[”\"]", lambda match: "_" * len(match[0]), sentence)
    ways: list[Callable[[], str | None]] = []
    removed = re.search(rf"\b(?:{_AUX}|did|do|does) (not|never) ", outside) or re.search(
        r"\b(?:did|do|does|was|were|is|had|has|would|could)(n[’']t) ", outside
    )
    auxiliary = list(re.finditer(rf"\b({_AUX}) (?!not|never|no\b)", outside))
    past = list(re.finditer(r"(?<=[a-z] )(" + "|".join(_PAST) + r")\b(?! (?:by|in|on|at))", outside))
    turned = [(match, new) for old, new in _OPPOSITES.items() for match in re.finditer(rf"\b{old}\b", outside)]
    if removed:
        ways.append(lambda: sentence[: removed.start(1)].rstrip() + " " + sentence[removed.end() :])
    if auxiliary:
        chosen = random.choice(auxiliary)
        ways.append(lambda: sentence[: chosen.end(1)] + " not" + sentence[chosen.end(1) :])
    if past:
        verb = random.choice(past)
        ways.append(lambda: sentence[: verb.start()] + "did not " + _PAST[verb[1]] + sentence[verb.end() :])
    if turned:
        match, new = random.choice(turned)
        ways.append(lambda: sentence[: match.start()] + new + sentence[match.end() :])
        ways.append(ways[-1])
    return random.choice(ways)() if ways else None


_SAID = (
    r"(?:said|says|told|added|wrote|warned|argued|announced|"
    r"replied|explained|claimed|admitted|denied|confirmed|insisted|recalled|called)"
)


def speaker(sentence: str, random: Random, others: Sequence[str]) -> str | None:
    """The words of a sentence in another person's mouth; a pronoun or a description is replaced as well."""
    people = [other for other in others if len(other.split()) == 2]
    pool = [person for person in people if not any(part in sentence for part in person.split())]
    if not pool:
        return None
    new = random.choice(pool)
    for pattern in (
        rf"(?P<before>[”\"],? {_SAID} )(?P<who>[^“”\",.]+)(?P<after>[,.])",
        rf"(?P<before>[”\"],? )(?P<who>[^“”\",.]+?)(?P<after> {_SAID}\b)",
        rf"(?P<before>^|, )(?P<who>(?:The |A |the |a )?[^“”\",.]{{2,45}}?)(?P<after> {_SAID}\b)",
        r"(?P<before>[Aa]ccording to )(?P<who>[^“”\",.]+)(?P<after>[,.])",
    ):
        match = re.search(pattern, sentence)
        if match and not re.search(r"\b(?:not|never|was|were|be|been|who|which|that)\b", match["who"]):
            return sentence[: match.start("who")] + new + sentence[match.end("who") :]
    return None


def people(sentences: Sequence[str]) -> list[str]:
    """Every name of several words that the sentences hold, and every single one."""
    return sorted({re.sub(r"[’']s$", "", match[0]) for sentence in sentences for match in named(sentence)})
