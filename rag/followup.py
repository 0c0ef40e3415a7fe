"""What does a follow-up ask when nobody has heard what came before it? Rules, or a chat model's words.

"And where was he born?" becomes a question that stands alone: pronouns are replaced by what the conversation spoke of,
a bare "why?" is put to the earlier question, "and in 2015?" or "no, I meant the mayor" exchange one part of it. A
question that is whole in itself (a new topic) is left untouched.
"""

import re
from collections.abc import Callable, Sequence

from index.errors import ModelError
from rag.english import AUXILIARIES, FUNCTION, content, fold, names, stem
from rag.mentions import CONTEXT, Mention, core, head, mentions, of_question, phrases
from rag.moments import find
from rag.pronouns import resolve_pronouns, unresolved
from rag.records import Answer
from rag.rephrase import exchange, interrogate, other_one

_OPENING = re.compile(
    r"^(?:(?:and|but|so|ok|okay|also|well|right|thanks|thank you|great|good|hm+|alright|all right|i see|"
    r"interesting|then)\b[\s,.!…-]*)+",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^(?:(?:no|nope|sorry|wait|actually|rather|oops|not that|i mean|pardon)\b[\s,.!…—–-]*)*"
    r"(?:i (?:meant|mean|was asking about|was talking about|asked about|am asking about|want)|make that|not "
    r"[\w\s'’-]+?(?:,| but)|what i meant was)"
    r"\s+(?:to know |about )?(?P<new>.+?)[.?!]*$",
    re.IGNORECASE,
)
_NO_THE = re.compile(
    r"^(?:no|nope|sorry|wait|actually|rather)\b[\s,.!…—–-]+(?P<new>(?:the|in|on|at|for|not)\b.+?)[.?!]*$", re.IGNORECASE
)
_MEANT_THEN_ASKED = re.compile(r"^(?P<meant>[^.?!]{2,40})[.?!] (?P<asked>\S.*)$")
_BARE = re.compile(
    r"^(?P<word>(?:(?:since|by|until|from|to|for|at|in|with) )?(?:why|where|when|who|whom|how|what|which)(?: "
    r"(?:not|so|else|many|much|long|old|far|often|come|"
    r"exactly|one|about|big|large|high|deep|fast|year|day|time|then|is that|was that|for|by whom))?|by whom|how "
    r"come|says who|according to whom)\s*\??$",
    re.IGNORECASE,
)
_WHO_ARE = re.compile(
    r"^(?:who|what|where) (?:is|was|are|were) (?:he|she|it|they|those|these)(?: from)?\s*\??$", re.IGNORECASE
)
_ABOUT = re.compile(r"^(?:what|how) about (?P<new>.+?)\s*\??$", re.IGNORECASE)
_WH_START = re.compile(
    r"^(?:(?:in|at|on|from|to|by|of|for|with|until|since|during|under|about|after|before) )?(?:what|who|whom|"
    r"whose|which|when|where|why|how)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\bthe other(?: (?:one|two|ones|\w+))?\b|\bthe others\b", re.IGNORECASE)
# Nouns that belong to something: asked alone ("what was the cause?") they belong to what was spoken of.
_RELATIONAL = frozenset(
    stem(word)
    for word in re.findall(
        r"\S+",
        "cause reason result outcome winner loser score cost price size length height depth width weight age name "
        "date time place "
        "owner victim number total toll amount figure purpose aim goal effect consequence title author leader "
        "chief head capital "
        "population captain crew operator builder designer sponsor budget deadline verdict sentence charge "
        "penalty fine motive "
        "suspect driver reaction response answer details rest others majority minority opponent opponents couple "
        "man woman girl "
        "boy family company firm city town country place event incident disaster accident building ship vessel "
        "book film team club "
        "police officials organisation organization party group article report project plan vote",
    )
)
_GENERIC = frozenset(
    stem(word)
    for word in re.findall(
        r"\S+",
        "people person thing things happen happened do did say said tell told get got make made take took go went "
        "come many "
        "much long old else exactly know known think now give gave person man woman",
    )
)
# Words that tie a question to what was said before.
_CUES = re.compile(
    r"\b(?:too|also|either|instead|in the end|after all|meanwhile|afterwards|before that|after that|as well)\b",
    re.IGNORECASE,
)
# A rewriting names at most this many things in front of the question: more would drown the question's own words.
_CONTEXT_PARTS = 4
# The least share of the earlier question's words that a rewriting has to keep (.3 to .8 did equally well on the
# development half, none at all worse).
_CARRIED = 0.5


def standalone(question: str, history: Sequence[Answer]) -> str:
    """The question as it would be asked without the history; unchanged when it does not lean on it."""
    asked = " ".join(question.split())
    if not history or not asked:
        return question
    before = (history[-1].searched_for or history[-1].question).strip()
    previous = core(before)
    last = history[-1]
    answer = last.differing[0].answer if last.differing else last.answer  # "seven; At least four" is no phrase
    known = mentions(history)
    correction = _CORRECTION.match(asked) or _NO_THE.match(asked)
    if correction:
        new = correction["new"].strip()
        if ": " in new and _is_question(new.split(": ", 1)[1]):
            part, new = new.split(": ", 1)
            part = re.sub(r"^(?:after|before|about|in|at|on) ", "", part)
            return _whole(f"About {part}: {resolve_pronouns(new, known)}")
        meant = _MEANT_THEN_ASKED.match(new)
        if meant and _is_question(meant["asked"]):  # "the mayor. What did she do"
            named = [Mention(meant["meant"], "person", gender) for gender in ("she", "he")]
            return _whole(_in_context(resolve_pronouns(meant["asked"], [*named, *known]), before))
        return _whole(standalone(new, history) if _is_question(new) else _again(before, exchange(previous, new, known)))
    bare = _OPENING.sub("", asked) or asked
    opened = bare != asked
    if _WHO_ARE.match(bare):
        return _whole(_in_context(_who_are(bare, previous, known), before))
    if _BARE.match(bare):
        return _whole(_again(before, interrogate(previous, answer, bare.rstrip(" ?"))))
    about = _ABOUT.match(bare)
    fragment = (
        about["new"] if about else bare.rstrip(" ?") if not _is_question(bare) and len(bare.split()) <= 6 else None
    )
    if fragment is not None:
        fragment = re.sub(r"^(?:that|those|the ones?) of ", "", _OPENING.sub("", fragment))
        if _OTHER.search(fragment):
            return _whole(_again(before, other_one(previous, answer, fragment)))
        if not content(fragment) and not find(fragment):  # "And?" asks for nothing that can be searched
            return question
        fragment = resolve_pronouns(fragment, known)
        return _whole(_again(before, exchange(previous, fragment, known)))
    # Where "they" stood for somebody unknown and still does, what was named since then is not them.
    resolved = bare if answer is None and unresolved(previous) else resolve_pronouns(bare, known)
    if _OTHER.search(resolved):
        resolved = _OTHER.sub(lambda match: _the_other(previous, answer, match.group()), resolved, count=1)
    leans = resolved != bare or opened or unresolved(bare) or _leans(bare, history)
    if not leans:
        return question
    return _whole(_in_context(resolved, before))


def standalone_with_model(question: str, history: Sequence[Answer], reply: Callable[[str], str]) -> str:
    """The model's rewording; the rules' where it fails, answers instead of asking, or invents a name or number.
    `reply`: what the model says to a prompt; raises ModelError.
    """
    if not history:
        return question
    ruled = standalone(question, history)
    told = []
    for turn in history[-4:]:  # four turns: what a small model's window holds beside the instruction
        told.append(f"Q: {turn.question}\nA: {(turn.answer or 'not known')[:300]}")
    prompt = (
        "Rewrite the last question so that it can be understood without the conversation. Replace pronouns by "
        "what they stand "
        "for. If it already stands alone, repeat it. Reply with the question only.\n\n"
        + "\n".join(told)
        + f"\nLast question: {question}"
    )
    try:
        lines = [line.strip() for line in reply(prompt).splitlines() if line.strip()]
    except ModelError:  # a follow-up must not fail for want of a rewording
        return ruled
    line = (
        re.sub(r"^(?:rewritten |standalone |last )?question:\s*", "", lines[0], flags=re.IGNORECASE).strip('"“” ')
        if lines
        else ""
    )
    heard = fold(" ".join([question, *(f"{turn.question} {turn.searched_for} {turn.answer}" for turn in history)]))
    heard += fold(" ".join(f"{citation.title} {citation.quote}" for turn in history for citation in turn.citations))
    invented = any(fold(word) not in heard for name in names(f"of {line}") for word in name.split()) or any(
        number not in heard for number in re.findall(r"\d+", line)
    )
    usable = len(lines) == 1 and line.endswith("?") and len(line) <= 300 and not invented
    return line if usable else ruled


def _who_are(question: str, previous: str, known: Sequence[Mention]) -> str:
    """ "Who were they?" after "How many people were buried?" -> "Who were the people that were buried?"."""
    asked = previous.rstrip(" ?")
    counted = re.match(r"how many (?P<noun>.+?) (?P<rest>(?:is|are|was|were|have|had|will)\b.*)$", asked, re.IGNORECASE)
    if counted and re.search(r"\b(?:they|those|these)\b", question, re.IGNORECASE):
        return f"{question.split()[0]} {question.split()[1]} the {counted['noun']} that {counted['rest']}"
    return resolve_pronouns(question, known)


def _leans(question: str, history: Sequence[Answer]) -> bool:
    """True for a question without pronouns that is still not whole: it names what was spoken of, or little at all."""
    if _CUES.search(question):
        return True
    asked = content(" ".join(f"{turn.searched_for} {turn.question} {turn.answer or ''}" for turn in history))
    heard = {*asked, *content(_article(history[-1]))}
    own = [word for word in content(question) if word not in _GENERIC]
    named = content(" ".join(names(f"of {question[:1].lower()}{question[1:]}")))
    if any(word not in heard for word in named):
        return False
    plain = [word for word in own if word not in named]
    definite = {head(phrase) for start, phrase in phrases(question) if question[start : start + 4].lower() == "the "}
    if definite - heard - _RELATIONAL and not named:
        return False
    return len(plain) <= 2 or sum(word in heard for word in plain) >= len(plain) / 2


def _article(turn: Answer) -> str:
    """What was read of the article that the last answer came from, or of the best one found."""
    source = turn.citations[0].article_id if turn.citations else turn.passages[0].article_id if turn.passages else None
    return " ".join(f"{passage.title} {passage.text}" for passage in turn.passages if passage.article_id == source)


def _in_context(resolved: str, before: str) -> str:
    """The question with what it still leaves out put in front: "About the ferry inquiry: who resigned?". Where names
    carry too little of the earlier question, that question itself: "Who was buried? Who led the service?".
    """
    own = set(content(resolved))
    carried = CONTEXT.match(before)
    earlier = [mention for mention in of_question(core(before)) if mention.kind != "time"]
    named = [mention.text for mention in earlier if mention.named]
    spoken = [mention.text for mention in earlier if not mention.named]
    context: list[str] = []
    for part in [*named, *spoken, *(carried.group(1).split(", ") if carried else [])]:
        stems = {word for word in content(part) if word not in _GENERIC}
        if stems - own and len(context) < _CONTEXT_PARTS:
            context.append(part)
            own |= stems
    asked = {word for word in content(core(before)) if word not in _GENERIC}
    if unresolved(resolved):  # and perhaps in the question before it: the one before that is carried as well
        told = re.split(r"(?<=\?) ", before)[-2:]
        return f"{' '.join(told).rstrip('? ')}? {resolved[:1].upper()}{resolved[1:]}"
    if len(asked & own) < _CARRIED * len(asked):
        return f"{_again(before, core(before)).rstrip('? ')}? {resolved[:1].upper()}{resolved[1:]}"
    if not context:
        return resolved
    first = resolved.split()[0]
    opened = resolved[:1].lower() + resolved[1:] if fold(first) in FUNCTION else resolved
    return f"About {', '.join(context)}: {opened}"


def _again(before: str, question: str) -> str:
    """The question with what stood in front of the earlier one, less what it says itself."""
    carried = CONTEXT.match(before)
    own = set(content(question))
    parts = [part for part in carried.group(1).split(", ") if set(content(part)) - own] if carried else []
    return f"About {', '.join(parts)}: {question[:1].lower()}{question[1:]}" if parts else question


def _the_other(previous: str, answer: str | None, words: str) -> str:
    return other_one(previous, answer, words, phrase_only=True)


def _is_question(text: str) -> bool:
    first = re.match(r"[\w'’]+", text)
    return (
        bool(_WH_START.match(text))
        or (first is not None and fold(first.group()) in AUXILIARIES)
        or bool(re.search(r"\b(?:tell me|do you know|i wonder)\b", text, re.IGNORECASE))
    )


def _whole(text: str) -> str:
    text = re.sub(r"\s+([,?.])", r"\1", " ".join(text.split())).rstrip(" .,")
    text = text if text.endswith("?") else f"{text}?"
    return text[:1].upper() + text[1:]
