"""Who says what in a text, and does a claim leave the words with the one who said them?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentences
from rag.verify.cover import align
from rag.verify.names import PRONOUNS, TITLES, Name, matches, names, names_before
from rag.verify.words import LIGHT, STOP, Token, same, stem, tokenize

# Forms that only a verb of saying has; "report", "call" and "claim" alone may be nouns.
_FORMS = frozenset(
    "say says said tell tells told add adds added claims claimed warns warned announces announced states stated argues "
    "argued insists insisted noted denies denied admits admitted confirms confirmed explains explained writes wrote "
    "tweeted believes believed predicts predicted suggests suggested promises promised testified declares declared "
    "acknowledges acknowledged reveals revealed estimated replies replied answered complains complained recalls "
    "recalled "
    "remarked vowed pledged accuses accused urges urged describes described praises praised criticises criticised "
    "criticized condemns condemned apologised apologized conceded stresses stressed repeated quoted commented "
    "maintains maintained reported proposes proposed demands demanded asks asked welcomed blames blamed joked "
    "observed".split()
)
SAYING = frozenset(stem(form) for form in _FORMS)
# "Told a rally": what follows is the one who is spoken to, or of, unless a quotation went before.
_ADDRESSED = frozenset(
    "told tells asked asks urged urges accused accuses praised praises criticised criticises criticized condemned "
    "condemns blamed blames welcomed described describes demanded demands proposed proposes called calls".split()
)
# "Called it a triumph" says something, "called Upper Fenn" names something.
_CALLED, _OBJECTS = frozenset({"called", "calls"}), frozenset("the it him her them this that his its their".split())
_TITLE_LENGTH = 4
_NO_VERB = frozenset("the a an of to his her their no any been be was were is are being".split())
_CLAUSE = re.compile(r"; |, (?:and|while|but|whereas) (?!other)|(?<=\.) ")
_CUTS = frozenset('“ ” " ; : ? !'.split())
_NP_ENDS = frozenset("that who on in it he she they was is were are had has the a".split())
_RELATIVE = frozenset("who which whose whom where".split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: names, else the head word of a description, or a pronoun."""

    named: tuple[Name, ...]
    head: str
    pronoun: bool


def speakers(text: str) -> list[Speaker]:
    """Every speaker of one sentence, by "X said", "said X", "according to X"."""
    tokens = tokenize(text)
    found = names(text)
    made = []
    for position, token in enumerate(tokens):
        before = tokens[position - 1] if position else None
        if token.low == "according" and position + 2 < len(tokens) and tokens[position + 1].low == "to":
            made.append(_speaker(tokens, found, position + 2, _stop(tokens, position + 2)))
        elif _says(tokens, position) and before is not None and before.low not in _NO_VERB:
            marks = {"”", '"'} if token.low in _ADDRESSED else {",", "”", '"', "?", "’", "'"}
            inverted = before.text in marks and position + 1 < len(tokens)
            follower = tokens[position + 1] if inverted else None
            if follower and (follower.capital or follower.low in {"the", "a", "an", "one", "his", "her", "its"}):
                made.append(_speaker(tokens, found, position + 1, _stop(tokens, position + 1)))
            else:
                made.append(_subject(tokens, found, position))
    return [speaker for speaker in made if speaker.named or speaker.head or speaker.pronoun]


def _says(tokens: Sequence[Token], position: int) -> bool:
    low = tokens[position].low
    if low in _CALLED:
        return position + 1 < len(tokens) and tokens[position + 1].low in _OBJECTS
    return low in _FORMS


def _stop(tokens: Sequence[Token], start: int) -> int:
    for position in range(start, min(start + 14, len(tokens))):
        token = tokens[position]
        if position == start:
            continue
        if token.text in {",", ";", "—", "?", "!", "(", "“", "”", '"'} or token.low in _NP_ENDS:
            return position
        if token.text == "." and len(tokens[position - 1].low) > 2:
            return position
    return min(start + 14, len(tokens))


def _subject(tokens: Sequence[Token], found: Sequence[Name], verb: int) -> Speaker:
    """The subject in front of a verb of saying: after the last quotation mark or break, relative parts left out."""
    start = max(0, verb - 24)
    for position in range(verb - 1, start - 1, -1):
        token = tokens[position]
        opened = token.low == "that" and position and tokens[position - 1].low in _FORMS
        if token.text in _CUTS or opened or token.low in {"but", "while", "because", "and"}:
            start = position + 1
            break
    parts: list[tuple[int, int]] = []
    begin = start
    for position in range(start, verb + 1):
        if position == verb or tokens[position].text == ",":
            if position > begin:
                parts.append((begin, position))
            begin = position + 1
    if not parts:
        return Speaker((), "", False)
    closed = tokens[verb - 1].text == ","
    if closed and len(parts) > 1:
        # "Emil Strand, 29, said", "the minister, who resigned, said": the subject stands before its appositions.
        kept = [part for part in parts if tokens[part[0]].low not in _RELATIVE and not tokens[part[0]].low[0].isdigit()]
        chosen = (kept or parts)[-3:]
        holding = [[name for name in found if a <= name.first < b] for a, b in chosen]
        # "From Upper Fenn, the officer, Hanna Birk, said": a name that opens its part goes before one inside another.
        opening = [
            [name for name in inside[:1] if _opens(tokens, name, a)]
            for inside, (a, _) in zip(holding, chosen, strict=True)
        ]
        named = next((inside for inside in (*opening, *holding) if inside), [])
        heads = _heads(tokens[chosen[0][0] : chosen[0][1]])
        return Speaker(tuple(named), "" if named else heads, False)
    return _speaker(tokens, found, *parts[-1])


def _opens(tokens: Sequence[Token], name: Name, start: int) -> bool:
    """Does the name stand first in its part, titles apart?"""
    return all(token.low in TITLES for token in tokens[start : name.first])


def _heads(tokens: Sequence[Token]) -> str:
    for position, token in enumerate(tokens):
        # "the engineer of the ferry that sank": the head stands before what describes it.
        if position and token.low in {"of", "that", "who", "which", "in", "at", "from", "on", "for", "with"}:
            tokens = tokens[:position]
            break
    content = [
        token.stem for token in tokens if token.content and token.low[0].isalpha() and not token.low.endswith("ly")
    ]
    return content[-1] if content else ""


def _speaker(tokens: Sequence[Token], found: Sequence[Name], start: int, end: int) -> Speaker:
    inside = tuple(name for name in found if start <= name.first < end)
    subject = [token for token in tokens[start:end] if token.low[0].isalpha()]
    pronoun = not inside and any(token.low in PRONOUNS for token in subject) and len(subject) <= 4
    return Speaker(inside, "" if inside or pronoun else _heads(subject), pronoun)


def misattributed(claim: str, quote: str, *, context: str = "") -> str:
    """Why `claim` gives words to someone whom the source does not quote for them; empty when it does not."""
    for clause in _clauses(claim):
        for mine in speakers(clause):
            reason = _not_said(mine, clause, quote, context) if mine.named or mine.head else ""
            if reason:
                return reason
    return ""


def _clauses(claim: str) -> list[str]:
    if re.search(r"[“\"]", claim):
        return [claim]
    parts = [part for part in _CLAUSE.split(claim) if part]
    return parts if len(parts) > 1 and all(len(part.split()) > 3 for part in parts) else [claim]


def _not_said(mine: Speaker, clause: str, quote: str, context: str) -> str:
    sentence, given = _spoken_by(clause, quote, mine)
    if given:
        if any(_same_speaker(mine, other, quote, sentence, context) for other in given):
            return ""
        own = {word for name in mine.named for word in _descriptions(tokenize(clause), name)}
        if any(not other.named and any(same(other.head, word) for word in own) for other in given):
            # The claim itself says who the engineer is; that the name is in the source was checked before.
            return ""
        who = mine.named[0].text if mine.named else mine.head
        them = next((other.named[0].text for other in given if other.named), given[0].head or "someone else")
        return f"in the source it is {them} who says so, not {who}"
    if not mine.named or _meet(mine.named, names(sentence)):
        return ""
    place = context.find(sentence)
    before = names_before(context, place if place >= 0 else len(context)) if context else []
    if context and not _meet(mine.named, before):
        return f"the source does not give these words to {mine.named[0].text}"
    return ""


def _spoken_by(claim: str, quote: str, mine: Speaker) -> tuple[str, list[Speaker]]:
    """The sentence of `quote` that carries most of the claim's words, and its speakers."""
    best, top = "", -1.0
    tokens = tokenize(claim)
    for start, end in sentences(quote):
        sentence = quote[start:end]
        covered = sum(
            1.0
            for pair in align(claim, sentence)
            if pair.sign > 0
            and tokens[pair.claim].stem not in SAYING
            and tokens[pair.claim].stem not in LIGHT
            and not any(name.first <= pair.claim <= name.last for name in mine.named)
        )
        if covered > top:
            best, top = sentence, covered
    return best, speakers(best)


def _same_speaker(mine: Speaker, other: Speaker, quote: str, sentence: str, context: str) -> bool:
    if mine.named and other.named:
        return _meet(mine.named, other.named)
    if mine.named and other.pronoun:
        before = names_before(quote, quote.find(sentence))
        if not before and context:
            place = context.find(sentence)
            before = names_before(context, place if place >= 0 else len(context))
        return (not before and not context) or _meet(mine.named, before)
    if mine.named:
        return _described(mine.named, other.head, quote, context)
    if other.named:
        return _described(other.named, mine.head, quote, context) or mine.head in {"official", "spokesman"}
    if other.pronoun or mine.head in STOP:
        return True
    return same(mine.head, other.head) or mine.head in PRONOUNS


def _described(named: Sequence[Name], head: str, quote: str, context: str) -> bool:
    """Is one of the names described by `head` in quote or context: "the mayor, Edda Thorne"?"""
    for text in filter(None, (quote, context)):
        tokens = tokenize(text)
        for name in names(text):
            if _meet(named, (name,)) and any(same(head, word) for word in _descriptions(tokens, name)):
                return True
    return not context or not head


def _leads_on(tokens: Sequence[Token], position: int) -> bool:
    """May a description of the next name stand before this word? A stop ends it, unless it closes "Dr."."""
    token = tokens[position]
    stop = token.text == "." and position > 0 and len(tokens[position - 1].low) <= _TITLE_LENGTH
    return token.text == "," or token.capital or stop


def _descriptions(tokens: Sequence[Token], name: Name) -> list[str]:
    """Head words of what stands in apposition to a name, and the words of the name itself."""
    found = [stem(word) for word in name.words]
    before = name.first - 1
    while before > name.first - 4 and before >= 0 and _leads_on(tokens, before):
        found.append(tokens[before].stem)
        before -= 1
    if before >= 0:
        found.append(tokens[before].stem)
    after = name.last + 1
    if after < len(tokens) and tokens[after].text == ",":
        chunk: list[Token] = []
        for token in tokens[after + 1 : after + 14]:
            if token.text in {",", ".", ";"} or token.low in {"of", "who", "said", "for", "in", "at", "told"}:
                if chunk and not chunk[-1].low[0].isdigit():
                    break
                chunk = []
                continue
            chunk.append(token)
        heads = [token.stem for token in chunk if token.content]
        found.extend(heads[-1:])
    return found


def _meet(ones: Sequence[Name], twos: Sequence[Name]) -> bool:
    return any(matches(one, two) or matches(two, one) for one in ones for two in twos)
