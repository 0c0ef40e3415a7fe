"""Which plain questions answer a question that needs more than one article, and what follows from their answers?

"Which of A and B was built first?" becomes two questions; `combine` compares the dates or numbers that come back. It
claims only what the parts carry: one missing or vague part, and there is no combined answer.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.comparisons import Combined, Kind, PartAnswer, Plan, follows
from rag.english import fold, names
from rag.measures import PAST_TO_BASE, how_asked, measure_of, told, when_asked, when_clause
from rag.mentions import of_question
from rag.moments import find
from rag.pronouns import resolve_pronouns

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_THING = r"(?:[Tt]he |[Aa]n? )?[\w’'.-]+(?: (?!and\b|or\b|than\b|first\b)[\w’'.-]+){0,6}?"
_A_AND_B = rf"(?P<one>{_THING}),? (?:and|or) (?P<two>{_THING})"
_ORDER = r"(?P<order>first|earlier|earliest|later|last|latest|sooner|before the other|after the other)"
_COMPARATIVE = (
    r"(?:(?P<graded>more|fewer|less|the most|the fewest|the least|most) (?P<noun>[\w’'-]+(?: [\w’'-]+)?)|"
    r"(?P<adjective>[a-z]+er|more [a-z]+|less [a-z]+))"
)
# A predicate opens with an auxiliary or a past form: "was built", "resigned", "came".
_AUX = "is|was|are|were|did|does|do|has|have|had"
_PREDICATE = rf"(?P<predicate>(?:{_AUX}|\w+ed|{'|'.join(PAST_TO_BASE)}|comes|takes|happened)\b.*?)"

_WHICH_ORDER = re.compile(
    rf"^(?:which|who|what)(?: one| of the two)?(?: of|:| out of|,)? {_A_AND_B},? {_PREDICATE} {_ORDER}\??$",
    re.IGNORECASE,
)
_ORDER_TAIL = re.compile(
    rf"^(?:which|who|what)(?: (?P<kindof>(?!of\b|{_AUX})[\w-]+))?? {_PREDICATE} {_ORDER}(?:,|:| -| –|) {_A_AND_B}\??$",
    re.IGNORECASE,
)
_WHICH_MORE = re.compile(
    rf"^(?:which|who|what)(?: of| out of|:|,)? {_A_AND_B},? (?P<verb>\w+) {_COMPARATIVE}(?P<rest>(?: .+?)?)\??$",
    re.IGNORECASE,
)
_MORE_TAIL = re.compile(
    rf"^(?:which|who|what)(?: of the two)?(?: (?P<kindof>(?!of\b|is\b|was\b|are\b|were\b)[\w-]+))? (?P<verb>\w+) "
    rf"{_COMPARATIVE}(?P<rest>(?: [^,:]+?)?)(?:,|:| -| –|) {_A_AND_B}\??$",
    re.IGNORECASE,
)
_THAN = re.compile(
    rf"^(?P<aux>is|was|are|were|did|does|do|has|have) (?P<one>{_THING}) (?:(?P<verb>(?-i:[a-z]+)) "
    rf")?{_COMPARATIVE}(?P<rest>(?: .+?)?) than (?P<two>.+?)\??$",
    re.IGNORECASE,
)
_HOW_MUCH_MORE = re.compile(
    rf"^(?:how (?:many|much)|by how (?:many|much)) (?P<degree>more|fewer|less|longer|older|higher|taller|larger|"
    rf"bigger|later|earlier)(?: (?P<noun>[\w’'-]+(?: [\w’'-]+)?))? (?P<aux>is|was|are|were|did|does|do|has|have) "
    rf"(?P<one>{_THING})(?: (?P<verb>(?-i:[a-z]+)))?(?P<rest>(?: (?-i:[a-z]).*?)?) than (?P<two>.+?)\??$",
    re.IGNORECASE,
)
_COSTS = re.compile(
    rf"^(?:which|what)(?: of the two)?(?: will| would| did)? costs? (?P<degree>more|less)(?:,|:| -| –|) {_A_AND_B}$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^(?P<aux>did|was|were|is|has|have|had) (?P<one>.+?) (?P<relation>before|after|earlier than|later than) "
    r"(?P<two>.+?)\??$",
    re.IGNORECASE,
)
# "How many more people died in the fire than on the ferry": the sides stand in prepositional phrases.
_MORE_IN = re.compile(
    r"^(?P<lead>how many more|did more|did fewer) (?P<noun>[\w’'-]+) (?P<verb>[a-z]+) (?P<one>(?:in|on|at|by|for|"
    r"from) .+?) "
    r"than (?P<two>(?:in|on|at|by|for|from) .+)$",
    re.IGNORECASE,
)
_COORDINATED = re.compile(
    r"^(?P<one>(?:who|what|when|where|why|how|which|in what|on what|by how)\b.+?),? and (?P<two>(?:who|what|when|"
    r"where|why|how|which|in what|on what|by how)\b.+?)\??$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    rf"^(?:compare|contrast) (?:the )?(?P<what>.+?) (?P<link>of|in|at|for|by) {_A_AND_B}[.?]?$", re.IGNORECASE
)
_HOW_DO = re.compile(
    rf"^how (?:do|does|did) {_A_AND_B} (?:compare|differ) (?:on|in|by|over) (?P<what>.+?)\??$", re.IGNORECASE
)
# What two are or make together is one thing: "the bank formed by A and B".
_TOGETHER = re.compile(
    r"\b(?:formed|founded|created|made|built|made up|set up|shared|owned|run|signed|merger|union|marriage|wedding|deal|"
    r"agreement|treaty|talks|match|game|final|clash|border|alliance|coalition|combination|collision|children)$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^(?P<lead>(?i:who|what|when|where|why|how|which)\b.+?) (?P<link>in|at|of|for|by|on|about|to) (?:both "
    r")?(?P<one>(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*) and (?:(?:in|at|of|for|by|on|about|to) "
    r")?(?P<two>(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)(?:,? respectively)?\??$"
)
_ELSE = re.compile(
    r"^(?P<lead>who|what|where|which \w+) else (?P<rest>.+?)(?:,? (?:besides|apart from|except|other than|in "
    r"addition to|as well as) (?P<known>.+?))?\??$",
    re.IGNORECASE,
)


def parts(question: str) -> list[str] | None:
    """The plain questions whose answers `combine` needs, in order; None where the question is plain itself."""
    found = plan(question)
    return list(found.parts) if found else None


def plan(question: str) -> Plan | None:
    """Like `parts`, with what each part is about and how the answers are put together."""
    asked = " ".join(question.split()).rstrip(" ?.")
    for rule in (
        _of_how_much_more,
        _of_which_order,
        _of_which_more,
        _of_than,
        _of_more_in,
        _of_cost,
        _of_compare,
        _of_else,
        _of_before,
        _of_each,
    ):
        found = rule(asked)
        if found is not None:
            return found
    return None


def combine(question: str, answers: Sequence[PartAnswer]) -> Combined | None:
    """The final answer out of the parts' answers, in the order of `parts(question)`; None: they do not carry it."""
    found = plan(question)
    if found is None or len(answers) != len(found.parts):
        return None
    return follows(found, answers)


def parts_with_model(question: str, model: "BaseChatModel") -> list[str] | None:
    """The model's two to four plain questions; the rules' where it fails or writes something else."""
    ruled = parts(question)
    prompt = (
        "If the question needs facts about several things, write the plain questions (two to four, one a line, "
        "each ending in "
        f"a question mark) whose answers give it. If it is plain already, write SINGLE.\n\nQuestion: {question}"
    )
    try:
        reply = model.invoke(prompt)
    except Exception:  # whatever a provider raises: the rules are still there
        return ruled
    written = reply.content if isinstance(reply.content, str) else ""
    if written.strip().upper().startswith("SINGLE"):
        return None
    lines = [re.sub(r"^\s*(?:[-*•]|\d+[.)])\s*", "", line).strip() for line in written.splitlines()]
    questions = [line for line in lines if line.endswith("?") and 8 <= len(line) <= 200]
    heard = fold(question)
    invented = any(
        fold(word) not in heard
        for line in questions
        for name in names(f"of {line[:1].lower()}{line[1:]}")
        for word in name.split()
    )
    return questions if 2 <= len(questions) <= 4 and not invented else ruled


def _of_which_order(asked: str) -> Plan | None:
    match = _WHICH_ORDER.match(asked) or _ORDER_TAIL.match(asked)
    if match is None:
        return None
    kind: Kind = (
        "earliest"
        if match["order"].lower() in ("first", "earlier", "earliest", "sooner", "before the other")
        else "latest"
    )
    predicate = match["predicate"].strip(" ,:")
    if fold(predicate) in ("came", "comes", "was", "happened", "is", "took place"):
        predicate = "happened"
    labels = (match["one"].strip(" ,"), match["two"].strip(" ,"))
    return Plan(kind=kind, parts=tuple(when_asked(label, predicate) for label in labels), labels=labels)


def _of_before(asked: str) -> Plan | None:
    match = _BEFORE.match(asked)
    if (
        match is None
        or find(match["two"])
        or (len(match["two"].split()) < 2 and not match["two"][:1].isupper())
        or " or " in match["two"]
    ):
        return None
    kind: Kind = "before" if match["relation"].lower() in ("before", "earlier than") else "after"
    one = f"When {match['aux'].lower()} {match['one']}?"
    ellipsis = re.match(rf"(?P<thing>.+) (?:{_AUX})$", match["two"])
    if ellipsis:  # "was A interviewed before B was"
        two = f"When {match['aux'].lower()} {ellipsis['thing']} {match['one'].split()[-1]}?"
        return Plan(kind=kind, parts=(one, two), labels=(match["one"], ellipsis["thing"]))
    two = resolve_pronouns(when_clause(match["two"]), of_question(match["one"]))
    return Plan(kind=kind, parts=(one, two), labels=(told(match["aux"], match["one"]), match["two"]))


def _of_which_more(asked: str) -> Plan | None:
    match = _WHICH_MORE.match(asked) or _MORE_TAIL.match(asked)
    if match is None:
        return None
    measure = measure_of(match["graded"], match["noun"], match["adjective"])
    if measure is None:
        return None
    labels = (match["one"].strip(" ,"), match["two"].strip(" ,"))
    asked_parts = tuple(how_asked(measure, label, match["verb"], match["rest"]) for label in labels)
    return Plan(kind=measure.direction, parts=asked_parts, labels=labels, measure=measure.adjective)


def _of_than(asked: str) -> Plan | None:
    match = _THAN.match(asked)
    if match is None:
        return None
    measure = measure_of(match["graded"], match["noun"], match["adjective"])
    if measure is None:
        return None
    verb = match["verb"] or match["aux"]
    two = re.sub(r" (?:did|does|do|was|is|were|has|had)$", "", match["two"])
    labels = (match["one"], two)
    if measure.kind == "time":
        kind: Kind = "before" if measure.direction == "least" else "after"
        return Plan(kind=kind, parts=tuple(when_asked(label, measure.question) for label in labels), labels=labels)
    asked_parts = tuple(how_asked(measure, label, verb, match["rest"]) for label in labels)
    return Plan(
        kind="more" if measure.direction == "most" else "less",
        parts=asked_parts,
        labels=labels,
        measure=measure.adjective,
    )


def _of_how_much_more(asked: str) -> Plan | None:
    match = _HOW_MUCH_MORE.match(asked)
    if match is None:
        return None
    graded = match["degree"].lower() if match["degree"].lower() in ("more", "fewer", "less") else None
    measure = measure_of(graded, match["noun"], None if graded else match["degree"].lower())
    if measure is None or measure.kind == "time":
        return None
    labels = (match["one"], re.sub(r" (?:did|does|do|was|is)$", "", match["two"]))
    asked_parts = tuple(how_asked(measure, label, match["verb"] or match["aux"], match["rest"]) for label in labels)
    return Plan(kind="difference", parts=asked_parts, labels=labels, measure=measure.adjective)


def _of_more_in(asked: str) -> Plan | None:
    match = _MORE_IN.match(asked)
    if match is None:
        return None
    lead = fold(match["lead"])
    kind: Kind = "difference" if lead.startswith("how") else "more" if lead.endswith("more") else "less"
    base = {base: past for past, base in PAST_TO_BASE.items()}
    verb = match["verb"] if kind == "difference" else base.get(match["verb"].lower(), match["verb"])
    labels = (match["one"], match["two"])
    return Plan(kind=kind, parts=tuple(f"How many {match['noun']} {verb} {label}?" for label in labels), labels=labels)


def _of_cost(asked: str) -> Plan | None:
    match = _COSTS.match(asked)
    if match is None:
        return None
    labels = (match["one"].strip(" ,"), match["two"].strip(" ,"))
    asked_parts = tuple(f"How much did {label} cost?" for label in labels)
    return Plan(kind="least" if match["degree"].lower() == "less" else "most", parts=asked_parts, labels=labels)


def _of_compare(asked: str) -> Plan | None:
    match = _COMPARE.match(asked) or _HOW_DO.match(asked)
    if match is None:
        return None
    labels = (match["one"], match["two"])
    link = match.groupdict().get("link") or "of"
    what = re.sub(r"^the ", "", match["what"])
    return Plan(kind="each", parts=tuple(f"What is the {what} {link} {label}?" for label in labels), labels=labels)


def _of_else(asked: str) -> Plan | None:
    match = _ELSE.match(asked)
    if match is None:
        return None
    return Plan(kind="else", parts=(f"{match['lead'].capitalize()} {match['rest']}?",), labels=(match["known"] or "",))


def _of_each(asked: str) -> Plan | None:
    match = _COORDINATED.match(asked)
    if match is not None:
        one, two = match["one"].strip(), match["two"].strip()
        if len(one.split()) < 3:  # "When and where was he born?" is one fact in one place
            return None
        two = resolve_pronouns(two[:1].upper() + two[1:], of_question(one))
        return Plan(kind="each", parts=(f"{one}?", f"{two}?"), labels=(one, two))
    match = _EACH.match(asked)
    if match is None or _TOGETHER.search(match["lead"]):
        return None
    labels = (match["one"], match["two"])
    return Plan(
        kind="each", parts=tuple(f"{match['lead']} {match['link']} {label}?" for label in labels), labels=labels
    )
