"""How is an earlier question put again with another question word, another part, or the other of two things?"""

import re
from collections.abc import Sequence

from rag.article_dates import is_time
from rag.decompose import plan
from rag.english import AUXILIARIES, PREPOSITIONS, content, fold, names, stem
from rag.measures import PAST_TO_BASE
from rag.mentions import Mention, head, kind_of_phrase, phrases
from rag.moments import find

_LED = re.compile(
    r"^(?P<lead>(?:(?:in|at|on|from|to|by|of|for|with|until|since) )?(?:what|who|whom|whose|which|when|where|why|"
    r"how)\b)(?P<rest>.*)$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:the )?(?P<state>injured|wounded|hurt|dead|killed|missing|arrested|detained|rescued|evacuated|saved|"
    r"unaccounted for|displaced)$",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:killed|injured|wounded|hurt|died|dead|missing|arrested|detained|rescued|evacuated|saved|displaced)\b",
    re.IGNORECASE,
)
_OPPOSITES = (
    ("first", "second"), ("north", "south"), ("northern", "southern"), ("east", "west"), ("eastern", "western"),
    ("upper", "lower"), ("older", "younger"), ("old", "new"), ("elder", "younger"), ("left", "right"),
    ("winner", "loser"), ("men", "women"), ("boys", "girls"), ("bigger", "smaller"), ("larger", "smaller"),
    ("former", "latter"), ("home", "away"), ("husband", "wife"), ("brother", "sister"), ("mother", "father"),
    ("son", "daughter"), ("buyer", "seller"), ("biggest", "smallest"), ("fastest", "slowest"),
)  # fmt: skip


def interrogate(previous: str, answer: str | None, word: str) -> str:
    """The earlier question under a bare question word: ("Who won the race?", "Ada Lund", "when") -> "When was it that
    Ada Lund won the race?".
    """
    return _under(previous.rstrip(" ?"), answer, _question_word(word))


def exchange(previous: str, part: str, known: Sequence[Mention]) -> str:
    """The earlier question with one part exchanged for another of its kind: a time, a place, a person, a group."""
    asked = previous.rstrip(" ?")
    part = part.strip(" ?.")
    source = re.compile(r",? according to [^,?]+$", re.IGNORECASE)
    if source.match(f" {part}"):
        return f"{source.sub('', asked)}, {part}" if "," in asked else f"{source.sub('', asked)} {part}"
    state = _GROUP.match(part)
    if state and re.search(r"\bdied\b", asked):
        return re.sub(r"(?:(?:had|have|has) )?died", f"were {state['state'].lower()}", asked, count=1)
    if state and _STATES.search(asked):
        return _STATES.sub(state["state"], asked, count=1)
    times = [moment for moment in find(part) if is_time(f"in {part}", moment)]
    if times and times[0].end - times[0].start >= len(part) - 8:
        return _exchange_time(asked, part)
    if re.match(r"(?:in|at|near|off|on|from|outside|for|by|to|with|of|about)\b", part, re.IGNORECASE):
        return _exchange_prepositional(asked, part)
    kind = _kind(part, known)
    if (
        re.match(r"how many\b", asked, re.IGNORECASE)
        and part[:1].islower()
        and (part.endswith("s") or kind == "group" or "people" in part)
    ):
        noun = re.sub(r"^the ", "", part)
        return re.sub(r"^(how many) [\w'’-]+", rf"\1 {noun}", asked, count=1, flags=re.IGNORECASE)
    ending = re.search(r"\b(?:about|of|for|in|with|on) (?P<noun>[a-z-]+)$", asked)
    if ending and re.fullmatch(r"[a-z-]+", part) and not state:  # "about mathematics" -> "about reading"
        return asked[: ending.start("noun")] + part
    for candidate in _candidates(asked, part, kind, known):
        if set(content(candidate)) & set(content(part)) and head(candidate) != head(part):
            continue
        led = r"(?:the (?:[a-z]+ )?)?" if kind in ("person", "name") and candidate[:1].isupper() else ""
        led = "(?:the )?" if part.startswith("the ") and not led else led
        return re.sub(rf"(?<!\w){led}{re.escape(candidate)}(?!\w)", _fitting(part, candidate), asked, count=1)
    return f"{asked}, about {part}"


def other_one(previous: str, answer: str | None, words: str, *, phrase_only: bool = False) -> str:
    """The earlier question about the other of two ("the first report" -> "the second report"; A or B, told A: B)."""
    asked = previous.rstrip(" ?")
    planned = plan(asked)
    if planned and answer and len(planned.parts) == 2 and planned.kind != "else":
        chosen_first = bool(set(content(planned.labels[0])) & set(content(answer)) - set(content(planned.labels[1])))
        return planned.labels[chosen_first] if phrase_only else planned.parts[chosen_first]
    pair = re.search(r"\b([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)(?:,)? (?:and|or) ([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)", asked)
    if pair and answer:
        chosen = pair.group(1) if set(content(pair.group(1))) & set(content(answer)) else pair.group(2)
        other = pair.group(2) if chosen == pair.group(1) else pair.group(1)
        return other if phrase_only else f"What about {other}: {asked}"
    for one, two in _OPPOSITES:
        for this, that in ((one, two), (two, one)):
            match = re.search(rf"\b{this}\b", asked, re.IGNORECASE)
            if match:
                changed = asked[: match.start()] + that + asked[match.end() :]
                phrase = next((phrase for _, phrase in phrases(changed) if that in phrase), f"the {that}")
                return phrase if phrase_only else changed
    noun = words.lower().removeprefix("the other").strip()
    found = [phrase for _, phrase in phrases(asked)]
    kept = next(
        (phrase for phrase in found if noun and head(phrase) == stem(noun.rstrip("s"))), found[0] if found else None
    )
    if kept is None:
        return words if phrase_only else f"{asked}, about {words}"
    last = kept.split()[-1]
    other = f"the other {last}" if noun in ("", "one", "ones") else f"the other {noun}"
    return other if phrase_only else asked.replace(kept, other, 1) if kept in asked else f"{asked}, about {other}"


def _question_word(word: str) -> str:
    plain = re.sub(r"\s+(?:exactly|then|so|come|is that|was that|one)$", "", word, flags=re.IGNORECASE)
    special = {
        "says who": "According to whom",
        "by whom": "By whom",
        "how come": "Why",
        "what for": "Why",
        "why not": "Why",
    }
    plain = special.get(word.lower(), plain)
    return plain[:1].upper() + plain[1:]


def _under(asked: str, answer: str | None, new: str) -> str:
    led = _LED.match(asked)
    if led is None:  # a yes-or-no question keeps its order: "Did the ferry sink" -> "When did the ferry sink"
        return f"{new} {asked[:1].lower()}{asked[1:]}"
    if new.endswith(" else"):
        besides = f" besides {answer.rstrip('.')}" if answer else ""
        return f"{new} {led['rest'].strip()}{besides}"
    rest = led["rest"].strip()
    tokens = rest.split()
    place = next((position for position, token in enumerate(tokens) if fold(token) in AUXILIARIES), None)
    lead = fold(led["lead"]).split()[-1]
    bare_answer = (answer or "").rstrip(". ")
    if (
        lead in ("who", "whom")
        and place == 0
        and tokens[0].lower() in ("is", "was", "are", "were", "has", "had", "will")
        and bare_answer
    ):
        return f"{new} {tokens[0]} {bare_answer} {' '.join(tokens[1:])}"
    copular = tokens[:1] and fold(tokens[0]) in ("is", "was", "are", "were") and lead in ("what", "which")
    if copular and not any(token.endswith("ed") or fold(token) in PAST_TO_BASE for token in tokens[1:]):
        return f"{new} {rest}"
    if place == 0:
        short = bool(bare_answer) and lead in ("what", "who", "whom") and len(tokens) <= 5 and len(bare_answer) < 60
        ends = not short or any(fold(token) in PREPOSITIONS for token in tokens[2:])
        return f"{new} {rest}" if ends else f"{new} {rest} {bare_answer}"
    if lead in ("who", "whose") or (place is None and lead in ("what", "which", "how")):
        subject = bare_answer if bare_answer and len(bare_answer) < 60 else "someone" if lead == "who" else ""
        body = (
            rest
            if lead == "who"
            else " ".join(tokens[1:])
            if lead in ("which", "what") and bare_answer
            else rest.removeprefix("many ")
        )
        return f"{new} was it that {subject} {body}".replace("  ", " ")
    if place is None:
        return f"{new} {rest}"
    noun = re.sub(
        r"^(?:many|much|long|old|far|deep|big|large|high|often|fast|year|day|month|date|time)\b\s*",
        "",
        " ".join(tokens[:place]),
    )
    return f"{new} {tokens[place]} {noun} {' '.join(tokens[place + 1 :])}".replace("  ", " ")


def _exchange_time(asked: str, part: str) -> str:
    present = [moment for moment in find(asked) if is_time(asked, moment)]
    if not present:
        worded = (
            part
            if re.match(
                r"(?:in|on|at|before|after|since|by|until|during|as of|last|this|next|yesterday|today)\b",
                part,
                re.IGNORECASE,
            )
            else f"in {part}"
        )
        return f"{asked} {worded}"
    first = present[0]
    led = re.search(
        r"\b(?:in|on|at|before|after|since|by|until|during|as of)\s+(?:the\s+)?$", asked[: first.start], re.IGNORECASE
    )
    keeps = re.match(
        r"(?:in|on|at|before|after|since|by|until|during|as of|last|this|next|yesterday|today)\b", part, re.IGNORECASE
    )
    start = led.start() if led and keeps else first.start
    return f"{asked[:start]}{part}{asked[first.end :]}"


def _exchange_prepositional(asked: str, part: str) -> str:
    preposition, rest = part.split(" ", 1) if " " in part else (part, "")
    for candidate in [*names(f"of {asked[:1].lower()}{asked[1:]}"), *(phrase for _, phrase in phrases(asked))]:
        match = re.search(rf"\b{preposition} (?:the )?{re.escape(candidate)}(?!\w)", asked, re.IGNORECASE)
        if match:
            return f"{asked[: match.start()]}{preposition} {rest}{asked[match.end() :]}"
    place = re.search(r"\b(?:in|at|near|off|on|from|outside) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*", asked)
    if place and re.match(r"(?:in|at|near|off|on|from|outside)\b", part, re.IGNORECASE) and rest[:1].isupper():
        return f"{asked[: place.start()]}{part}{asked[place.end() :]}"
    return f"{asked} {part}"


def _kind(part: str, known: Sequence[Mention]) -> str:
    for mention in known:
        if fold(mention.text) == fold(part) or (
            mention.named and set(content(part)) == set(content(mention.text)) - {""}
        ):
            return mention.kind
    if part[:1].isupper():
        last = part.split()[-1]
        return next((mention.kind for mention in known if mention.named and mention.text.split()[-1] == last), "name")
    return kind_of_phrase(part)


def _candidates(asked: str, part: str, kind: str, known: Sequence[Mention]) -> list[str]:
    """What in the earlier question may give way to a part of this kind, likeliest first."""
    inner = f"{asked[:1].lower()}{asked[1:]}"
    named = names(f"of {inner}")
    kinds = {fold(mention.text): mention.kind for mention in known}
    found = [phrase for _, phrase in phrases(asked)]
    found = [phrase for phrase in found if phrase in asked]
    same = [name for name in named if kinds.get(fold(name)) == kind] + [
        phrase for phrase in found if kind_of_phrase(phrase) == kind
    ]
    if same:
        return sorted(same, key=lambda text: text[:1].isupper() != (kind == "name" or part[:1].isupper()))
    if kind == "name":
        return named
    if kind in ("person", "group"):
        return [name for name in named if kinds.get(fold(name)) in ("person", None)] + [
            phrase for phrase in found if kind_of_phrase(phrase) in ("person", "group")
        ]
    return [phrase for phrase in found if kind_of_phrase(phrase) not in ("person", "group")]


def _fitting(part: str, candidate: str) -> str:
    if candidate.startswith("the ") and not part.lower().startswith(("the ", "a ", "an ")) and part[:1].islower():
        return f"the {part}"
    return part
