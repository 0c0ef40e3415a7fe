"""Who and what was a conversation about? Names and noun phrases of its turns, most recent first, with their kinds.

Kinds come from simple evidence: the question word that a name answered, titles, "X said" and "in X" in the passages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.article_dates import is_time
from rag.english import AUXILIARIES, FUNCTION, TITLES, content, fold, names, stem
from rag.measures import PAST_TO_BASE
from rag.moments import find
from rag.records import Answer

Kind = Literal["person", "place", "time", "group", "thing"]

# Nouns for people in articles, so that "the captain" is a he or a she and "the ferry" an it.
ROLES = TITLES | frozenset(
    re.findall(
        r"\S+",
        "man woman boy girl child teenager student pupil teacher schoolteacher doctor nurse surgeon patient "
        "lawyer author "
        "writer novelist poet singer musician actor actress artist painter player striker goalkeeper coach "
        "manager boss "
        "owner founder engineer scientist hydrologist biologist researcher pilot driver captain mate sailor skipper "
        "farmer fisherman worker witness victim suspect defendant winner loser champion candidate leader rival "
        "successor "
        "predecessor husband wife father mother son daughter brother sister granddaughter grandson widow friend "
        "neighbour "
        "neighbor politician premier prosecutor reporter journalist editor executive analyst expert critic firefighter",
    )
)
_GROUPS = frozenset(
    re.findall(
        r"\S+",
        "people men women children workers residents families passengers crew survivors victims police officers "
        "militants "
        "soldiers councillors farmers students voters protesters firefighters employees members supporters opponents "
        "relatives fans players teams experts researchers scientists engineers divers fishermen staff residents "
        "parties",
    )
)
# Verbs that end a noun phrase, with those in "-ed" ("the captain left the ship").
_VERBS = frozenset([*PAST_TO_BASE, *PAST_TO_BASE.values()]) | frozenset(
    re.findall(
        r"\S+",
        "said says say told won win wins led left leave took take takes got went go goes fell fall sank sink "
        "found lost lose "
        "ran run runs built cost costs hit cut put set began begin made make makes gave give came come comes saw "
        "met bought "
        "sold paid pay pays kept held stood spoke wrote broke chose became become rose grew got burn burned burnt "
        "happen "
        "happened want wants wanted plan plans need needs lie lies open opens close closes die died live lived "
        "work works "
        "worked start started end ended mean means think thought know knew seem call called hope speak receive "
        "get reply",
    )
)
_THINGS = re.compile(
    r"\b(?:lines?|company|corp|inc|ltd|group|party|alliance|council|board|ministry|agency|institute|university|school|hospital|"
    r"bridge|river|reservoir|works|yard|court|times|courant|lantern|broadcast|bank|union|club|united|city|fc|museum|theatre|"
    r"festival|cup|prize|award|report|act|plan|fund|office|service|association|list|authority|commission|committee)\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(?:island|port|bay|sound|street|road|square|village|town|valley|hills?|mountains?|lake|coast|harbour|district|province|"
    r"county|region|park|sea|strait|cape|north|south|east|west|isle|glen|fjord)\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"\b(the|a|an|his|her|its|their|this|that|these|those|each|every|which|what|how many|how much)\s+", re.IGNORECASE
)
_PLURAL = re.compile(r"[a-z]{2}(?<![sui])s$")
# What an earlier rewriting put in front of its question: "About the ferry: who ...", or the question before it.
CONTEXT = re.compile(r"^About ([^:]+): ")
_EARLIER = re.compile(r"^[^?]+\? (?=\S)")
_DO = re.compile(r"\b(?:did|does|do|will|would|can|could|should|must)\s+$", re.IGNORECASE)
# "What will pupils have to hand in": a subject without an article.
_BARE_PLURAL = re.compile(r"\b(?:do|did|will|were|are|have|can|could|must) ([a-z]{3,}s)\b(?!\?)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Something a turn spoke of. `gender` is "he", "she" or "" (unknown); `named` is False for "the captain"."""

    text: str
    kind: Kind
    gender: str = ""
    named: bool = True


def mentions(history: Sequence[Answer]) -> list[Mention]:
    """All mentions, of the last turn first; within a turn what it answered, then what it asked, then what it quoted."""
    found: list[Mention] = []
    for turn in reversed(history):
        asked = turn.searched_for or turn.question
        evidence = "\n".join([*(passage.text for passage in turn.passages), *(quote.quote for quote in turn.citations)])
        found += _of_answer(asked, turn.answer or "", evidence)
        carried = CONTEXT.match(asked)
        earlier = carried.group(1) if carried else asked.removesuffix(core(asked))
        found += of_question(core(asked), evidence)
        found += of_question(earlier, evidence) if earlier else []
        for citation in turn.citations:
            found += [_named(name, evidence) for name in _names(citation.quote)]
    unique: dict[str, Mention] = {}
    for mention in found:
        unique.setdefault(fold(mention.text), mention)
    return list(unique.values())


def core(question: str) -> str:
    """A rewritten question without what was put in front of it."""
    return _EARLIER.sub("", CONTEXT.sub("", question.strip()))


def of_question(question: str, evidence: str = "") -> list[Mention]:
    """The names and the noun phrases of one question, in reading order; what its question word asks for comes last."""
    inner = question[:1].lower() + question[1:] if fold(question).split(" ")[0] in FUNCTION else question
    named: list[tuple[int, Mention]] = []
    place = 0
    times = [moment for moment in find(inner) if is_time(inner, moment)]
    for name in names(inner):
        place = inner.find(name, place)
        if not any(moment.start < place + len(name) and place < moment.end for moment in times):
            named.append((place, _named(name, evidence)))
    found: list[tuple[int, Mention]] = []
    for start, phrase in phrases(inner):
        over = [item for item in named if item[0] < start + len(phrase) and start < item[0] + len(item[1].text)]
        asked = not re.match(r"(?:the|a|an|h|its|their)", inner[start:], re.IGNORECASE) or inner[start:].startswith(
            "how"
        )
        longer = all(len(phrase) - 4 > len(mention.text) and mention.text in phrase for _, mention in over)
        if longer:  # "the Hallowmere reservoir" rather than "Hallowmere"
            named = [item for item in named if item not in over]
            found.append((start + 1000 * asked, Mention(phrase, kind_of_phrase(phrase), named=bool(over))))
    found += named
    plural = _BARE_PLURAL.search(inner)
    if plural and not any(start <= plural.start(1) < start + len(mention.text) for start, mention in found):
        found.append((plural.start(1), Mention(f"the {plural.group(1)}", kind_of_phrase(plural.group(1)), named=False)))
    found = [
        item
        for item in found
        if not any(item[0] < moment.end and moment.start < item[0] + len(item[1].text) for moment in times)
    ]
    found += [(moment.start, Mention(moment.phrase, "time")) for moment in times]
    return [mention for _, mention in sorted(found, key=lambda item: item[0])]


def phrases(text: str) -> list[tuple[int, str]]:
    """Noun phrases that a determiner opens: at most four words, up to a verb or a function word."""
    found = []
    for match in _PHRASE.finditer(text):
        taken: list[str] = []
        verb, stop = False, ""
        for word in re.findall(r"[^\s]+", text[match.end() :])[:5]:
            bare = word.strip(',.?!;:"“”').lower()
            verb = bool(taken) and (bare in _VERBS or re.search(r"\w{3}(?:ed|ing)$", bare) is not None)
            # "What started it" and "that started it" open no phrase.
            pronoun = match.group(1).lower() in ("what", "that")
            verb = verb or (pronoun and (bare in PAST_TO_BASE or bare.endswith("ed")))
            if bare in FUNCTION or verb or not bare:
                stop = bare
                break
            taken.append(word.strip(',.?!;:"“”'))
            counted = match.group(1).lower() == "how many" and (_PLURAL.search(bare) or bare in _GROUPS)
            if word[-1:] in ",.?!;:" or counted:
                break
        # "did the company offer": what closes a phrase after "did" is the verb.
        closed = verb or stop in ("of", "off", "from", "in", "at", "on", "near", "for", "with", "by", "under")
        if not closed and len(taken) > 1 and taken[-1].islower() and _DO.search(text[: match.start()]):
            taken.pop()
        if taken:
            opener = match.group(1).lower()
            opener = opener if opener in ("the", "his", "her", "its", "their") else "the"
            found.append((match.start(), f"{opener} {' '.join(taken)}"))
    return found


def kind_of_phrase(phrase: str) -> Kind:
    head = fold(phrase).split()[-1].rstrip("'s")
    last = fold(phrase).split()[-1]
    if last in _GROUPS or (last.endswith("s") and stem(last) in {stem(role) for role in ROLES} and last not in ROLES):
        return "group"
    if last in ROLES or head in ROLES:
        return "person"
    return "place" if _PLACES.fullmatch(last) or last in ("city", "country", "capital", "base", "scene") else "thing"


def head(phrase: str) -> str:
    """The stem of a phrase's last word that carries meaning."""
    stems = content(phrase)
    return stems[-1] if stems else ""


def _names(text: str) -> list[str]:
    """Names that are no days or months."""
    times = [moment.phrase for moment in find(text)]
    return [name for name in names(text) if not any(name in time or time in name for time in times)]


def _of_answer(asked: str, answer: str, evidence: str) -> list[Mention]:
    if not answer or len(answer) > 120:
        return [_named(name, evidence) for name in _names(answer)]
    word = re.match(
        r"(?:(?:and|in|at|on|from|to|by|of|for|with)\s+)?(who|whom|whose|where|when|which|what|how)\b\s*([\w'-]*)",
        fold(asked),
    )
    question_word, next_word = (word.group(1), word.group(2)) if word else ("", "")
    found = _names(f"of {answer}")
    if question_word in ("who", "whom", "whose") or (question_word == "which" and next_word in ROLES):
        people = [Mention(name, "person", _gender(name, evidence)) for name in found if not _THINGS.search(name)]
        several = re.search(r",| and ", answer) is not None and len(people) > 1
        whole = [Mention(answer.rstrip("."), "group")] if several else []
        if not people and not found:
            whole = [Mention(answer.rstrip("."), kind_of_phrase(answer), named=False)]
        return whole + people + [_named(name, evidence) for name in found if _THINGS.search(name)]
    if question_word == "where":
        return [Mention(name, "place") for name in found] or [Mention(answer.rstrip("."), "place", named=False)]
    if question_word == "when" or next_word in ("year", "day", "month", "date", "weekday"):
        return [Mention(answer.rstrip("."), "time")]
    if question_word == "how":
        return []
    if re.search(r"\b(?:name|called)\b", fold(asked)) and len(found) == 1:
        mention = _named(found[0], evidence)
        asked_kinds = {kind_of_phrase(phrase) for _, phrase in phrases(asked)} | {
            kind_of_phrase(word) for word in fold(asked).strip("?").split()
        }
        return [Mention(mention.text, "person", mention.gender)] if "person" in asked_kinds else [mention]
    noun = re.sub(r"^\W*(?:which|what) ", "", fold(asked)).split()
    if found and question_word in ("what", "which") and noun and kind_of_phrase(noun[0]) not in ("person", "group"):
        if next_word not in FUNCTION:
            return [Mention(name, kind_of_phrase(noun[0])) for name in found]
        # "What is her best known work?": two capitals make no person of the "Aldry Suite".
        personal = any(kind_of_phrase(phrase) in ("person", "group") for _, phrase in phrases(asked))
        named = [_named(name, evidence) for name in found]
        return [Mention(one.text, "thing") if one.kind == "person" and not personal else one for one in named]
    bare = len(answer.split()) <= 5 and not re.search(r"\d", answer) and not set(fold(answer).split()) & AUXILIARIES
    if not found and question_word in ("what", "which") and bare:
        return [Mention(answer.rstrip("."), kind_of_phrase(answer), named=False)]
    return [_named(name, evidence) for name in found]


def _named(name: str, evidence: str) -> Mention:
    """A name's kind by what stands around it in the passages."""
    bare = re.escape(name.split()[-1])
    title = any(word.lower().strip(".") in TITLES for word in name.split()[:-1])
    if not title and _THINGS.search(name):
        return Mention(name, "thing")
    person = len(
        re.findall(
            rf"\b{bare},? (?:said|says|told|added|who|whose|resigned|\d\d,)|\b{bare}[’']s (?:wife|husband|son|"
            rf"daughter|lawyer)",
            evidence,
        )
    )
    person += len(
        re.findall(rf"\b(?:{'|'.join(TITLES)})\.? (?:[A-Z][\w’'-]+ ){{0,2}}{bare}\b", evidence, re.IGNORECASE)
    )
    person += len(
        re.findall(rf"\b(?:said|says|told|by|husband|wife|son|daughter) (?:[A-Z][\w’'-]+ ){{0,2}}{bare}\b", evidence)
    )
    place = len(
        re.findall(
            rf"\b(?:in|at|near|from|outside|off|to|around|left|reached) (?:[A-Z][\w’'-]+ ){{0,1}}{bare}\b", evidence
        )
    )
    thing = len(re.findall(rf"\b[Tt]he (?:[A-Z][\w’'-]+ ){{0,2}}{bare}\b", evidence))
    if title or (person and person >= place and person >= thing):
        return Mention(name, "person", _gender(name, evidence))
    if thing > place:
        return Mention(name, "thing")
    if place or _PLACES.search(name):
        return Mention(name, "place")
    # Two capitalised words with nothing else known are a person more often than not.
    return Mention(name, "person", _gender(name, evidence)) if len(name.split()) == 2 else Mention(name, "thing")


def _gender(name: str, evidence: str) -> str:
    """ "he" or "she" by titles, and by which pronoun the two sentences after a mention use more."""
    if re.search(r"\b(?:mr|sir|lord|king|prince|spokesman|chairman)\b", name, re.IGNORECASE):
        return "he"
    if re.search(r"\b(?:mrs|ms|miss|dame|lady|queen|princess|spokeswoman|chairwoman)\b", name, re.IGNORECASE):
        return "she"
    counts = {"he": 0, "she": 0}
    bare = re.escape(name.split()[-1])
    for match in re.finditer(rf"\b{bare}\b", evidence):
        after = re.split(r"(?<=[.!?”\"])\s+", evidence[match.end() : match.end() + 300])[:2]
        near = " ".join(after)
        counts["he"] += len(re.findall(r"\b(?:he|his|him)\b", near, re.IGNORECASE))
        counts["she"] += len(re.findall(r"\b(?:she|her|hers)\b", near, re.IGNORECASE))
    if counts["he"] == counts["she"]:
        return ""
    return max(counts, key=lambda word: counts[word])


def opens_with_auxiliary(text: str) -> bool:
    first = re.match(r"[\w'’]+", text)
    return first is not None and fold(first.group()) in AUXILIARIES
