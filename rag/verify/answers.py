"""Does a quote answer a question with this short answer? Question and answer read as one statement."""

import itertools
import re
from collections.abc import Sequence
from datetime import date, timedelta

from rag.article_dates import is_time
from rag.corrections import is_taken_back
from rag.english import MINUS, PRONOUNS
from rag.moments import as_date, find, looks_ahead
from rag.verify import designations, numbers, polarity, roles, times
from rag.verify.amounts import quantities
from rag.verify.cover import align
from rag.verify.names import Name, matches, names
from rag.verify.number_words import CURRENCY, MEASURE
from rag.verify.spellings import spelled_alike
from rag.verify.words import LIGHT, Token, fold, same, stem, tokenize

_AUXILIARY = frozenset("is are was were do does did has have had will would can could should may might must".split())
# Days after which what happened on a day is still told without its date; a month's, for as long again.
_PRINTED = 2
# Days into a year in which an article still tells of the last days of the one before.
_PRINTED_LATE = 14
_LAST_YEAR = re.compile(
    r"\b(?i:last|previous|past) (?:(?i:year|spring|summer|autumn|winter)|[A-Z])|"
    r"\byear (?:earlier|before|ago)\b|\bmonths ago\b"
)
_NEXT_YEAR = re.compile(r"\b(?:next|coming|following) year\b|\bin (?:a|one|two|three|\d+) years?\b")
_AMOUNT = frozenset(
    "no none several many few most all half both dozens hundreds thousands millions a an one zero double twice "
    "little much".split()
)
_IN_UNIT = re.compile(r"\bin (?P<unit>[a-z]+s|feet)\s*\??$", re.IGNORECASE)
_WH = re.compile(
    r"^(?P<lead>.*?\b)?(?P<wh>how "
    r"(?:many|much|old|long|far|tall|high|often|big|large|fast)|who|whom|whose|when|where|why|how|which|what)\b(?P<rest>.*)$",
    re.I | re.S,
)


def disagreement(question: str, answer: str, quote: str, *, published: str | None = None, context: str = "") -> str:
    """Why `quote` does not answer `question` by `answer`; empty when nothing speaks against it."""
    found = letters(answer)
    if not found:
        return "the answer is empty"
    if found not in letters(quote):
        return "the answer does not stand in the source"
    kind, statement = declarative(question, answer)
    return (
        _wrong_kind(kind, answer, published)
        or _other_unit(question, answer)
        or (_echo(question, answer) if kind in {"who", "whom", "where", "when"} else "")
        or (_nobody(answer) if kind in {"who", "whom", "whose", "where"} else "")
        or (_by_another(question, answer, quote) if kind == "who" else "")
        or _elsewhere(question, quote, context)
        or _another_year(question, quote, context, as_date(published))
        or _taken_back(question, answer, quote)
        or ("" if _is_cell(answer, quote) else _other_number(_only(statement, answer, kind), quote, published))
        or _wrong_part(statement, quote, converse=bool(quantities(answer)) and kind.startswith("how "))
    )


def _taken_back(question: str, answer: str, quote: str) -> str:
    places = [match.span() for match in re.finditer(re.escape(answer.strip()), quote)]
    withdrawn = places and all(is_taken_back(question, quote, *place) for place in places)
    return f"the source takes back “{answer.strip()}”" if withdrawn else ""


def _other_number(statement: str, quote: str, published: str | None) -> str:
    """A source that was printed on the day that is asked about need not give its date."""
    day = as_date(published)
    own = [
        (moment.start, moment.end)
        for moment in times.moments(statement, published)
        if day is not None
        and any(first <= day <= last + (last - first) + timedelta(days=_PRINTED) for first, last in moment.spans)
    ]
    return numbers.disagreement(statement, quote, claim_skip=tuple(own), answer=True)


def _wrong_part(statement: str, quote: str, *, converse: bool) -> str:
    turned = polarity.turned_predicate(statement, quote, settled=roles.settled(statement, quote), converse=converse)
    return turned or roles.reversed_roles(statement, quote)


def declarative(question: str, answer: str) -> tuple[str, str]:
    """The question word, and question and answer as one statement: "Who won?" and "Jones" say "Jones won"."""
    text = question.strip().rstrip("?").strip()
    match = _WH.match(text)
    if not match:
        return "", f"{text} {answer}"
    wh, rest, lead = match["wh"].lower(), match["rest"].strip(), (match["lead"] or "").strip()
    words = rest.split()
    if lead and lead.split()[-1].lower() not in {
        "in",
        "on",
        "at",
        "from",
        "to",
        "by",
        "for",
        "of",
        "with",
        "about",
        "until",
        "since",
    }:
        return wh, f"{lead} {answer} {rest}"
    if wh in {"which", "what"} or wh.startswith("how ") or wh == "whose":
        # "which team won": the noun goes with the question word; "how many people" keeps it.
        cut = next((n for n, word in enumerate(words) if word.lower() in _AUXILIARY), None)
        noun = words[:cut] if cut is not None else words[:1] if len(words) > 1 and wh != "what" else []
        after = words[len(noun) :]
        subject = f"{answer} {' '.join(noun)}" if wh.startswith("how ") else answer
        if after and after[0].lower() in {"do", "does", "did"}:
            return wh, f"{' '.join(after[1:])} {subject}"
        return wh, f"{subject} {' '.join(after)}"
    if wh in {"who", "whom"}:
        if words and words[0].lower() in {"do", "does", "did"}:
            return wh, f"{' '.join(words[1:])} {answer}"
        return wh, f"{answer} {rest}"
    if words and words[0].lower() in _AUXILIARY:
        return wh, f"{' '.join(words[1:])} {answer}"
    return wh, f"{rest} {answer}"


def _only(statement: str, answer: str, kind: str) -> str:
    """What the number check reads: the whole statement when an amount was asked for, else nothing."""
    return statement if kind.startswith("how ") and quantities(answer) else ""


def _is_cell(answer: str, quote: str) -> bool:
    """A whole cell of a table's row: what it counts stands in the heading."""
    return "|" in quote and answer.strip() in {cell.strip() for cell in quote.split("|")}


def _wrong_kind(kind: str, answer: str, published: str | None) -> str:
    dates = times.moments(answer, published)
    amounts = quantities(answer, skip=tuple((moment.start, moment.end) for moment in dates))
    words = {token.low for token in tokenize(answer) if token.low[0].isalnum()}
    if kind.startswith("how ") and not kind.endswith("often") and not amounts and not dates and not words & _AMOUNT:
        return "the question asks for an amount" if kind in {"how many", "how old"} else ""
    named = [word for word in tokenize(answer) if word.content and not word.low[0].isdigit()]
    if kind in {"who", "whom", "where"} and (amounts or dates):
        bare = sum(
            end - start
            for start, end in [(one.start, one.end) for one in amounts] + [(one.start, one.end) for one in dates]
        )
        if bare >= 0.8 * len(answer.strip()) or not named:
            return f"the question asks {kind}"
    return ""


def _other_unit(question: str, answer: str) -> str:
    """ "How much is it worth in euros?" is not answered in crowns."""
    asked = _IN_UNIT.search(question)
    unit = _unit(asked["unit"]) if asked else ""
    given = {amount.unit for amount in quantities(answer)} - {""}
    return f"the question asks for {asked['unit'].lower()}" if asked and unit and given and unit not in given else ""


def _unit(word: str) -> str:
    return MEASURE.get(stem(word.lower())) or CURRENCY.get(word.lower().rstrip("s"), "")


def _echo(question: str, answer: str) -> str:
    """An answer that only repeats the question answers nothing."""
    asked = {token.stem for token in tokenize(question)}
    said = [token for token in tokenize(answer) if token.content]
    if said and all(token.stem in asked for token in said) and " or " not in fold(question) and not _yes_no(question):
        return "the answer repeats the question"
    return ""


def _nobody(answer: str) -> str:
    """ "Who said so?" is not answered by "he"."""
    said = {token.low for token in tokenize(answer) if token.low[0].isalpha()}
    return "the answer names nobody" if said and said <= PRONOUNS else ""


def _by_another(question: str, answer: str, quote: str) -> str:
    """ "Who painted it?" is answered behind the "by" of "a painting by Hanna Roos"."""
    match = _WH.match(question.strip().rstrip("?").strip())
    done = tokenize(match["rest"])[:1] if match else ()
    own = {token.low for token in tokenize(answer)}
    tokens = tokenize(quote)
    for place, token in enumerate(tokens[1:-1] if done else (), 1):
        before, after = tokens[place - 1], tokens[place + 1]
        if token.low != "by" or not after.capital or not same(before.stem, done[0].stem):
            continue
        named = list(itertools.takewhile(lambda other: other.capital, tokens[place + 1 :]))
        if not own & {other.low for other in named}:
            return f"the source says by {quote[named[0].start : named[-1].end]}"
    return ""


def _yes_no(question: str) -> bool:
    return bool(question.split()) and question.split()[0].lower() in _AUXILIARY


def _elsewhere(question: str, quote: str, context: str) -> str:
    """A name in the question that neither quote nor context holds: the passage is about something else."""
    around = f"{quote}\n{context}"
    other = designations.disagreement(question, "", context=around)
    if other:
        return other
    lows = {token.low for token in tokenize(around)}
    for name in names(question):
        if not (_in_part(name, lows) or any(matches(name, other) for other in names(around))):
            return f"the source does not name {name.text}"
    return ""


def _another_year(question: str, quote: str, context: str, published: date | None) -> str:
    """A year in the question that a dated article neither names nor can mean: it tells of the year it was printed in,
    of the one before in its first days, and of others by "last year" or what will be.
    """
    if published is None:
        return ""
    around = f"{quote}\n{context}"
    for moment in find(question):
        year = int(dict(moment.fields).get("year", "0"))
        if not year or not is_time(question, moment) or str(year) in around:
            continue
        near = {published.year, (published - timedelta(days=_PRINTED_LATE)).year}
        before = year == published.year - 1 and _LAST_YEAR.search(around)
        ahead = year > published.year and (_NEXT_YEAR.search(around) or looks_ahead(quote))
        if year not in near and not before and not ahead:
            return f"the source does not speak of {year}"
    return ""


def _in_part(name: Name, lows: set[str]) -> bool:
    """One word of a longer name is enough: a passage says "the council" for Northfield Council."""
    if name.weak or any(word in lows for word in name.words):
        return True
    return any(spelled_alike(word, other) for word in name.words for other in lows if other[0] == word[0])


def letters(text: str) -> str:
    """The words alone, a minus before a figure as one of them."""
    told = MINUS.sub(" minus ", fold(text))
    return " " + " ".join(re.findall(r"[^\W_]+", told)) + " " if re.search(r"\w", text) else ""


def asked_share(question: str, text: str) -> float:
    """How much of the question's content `text` has, between 0 and 1."""
    tokens: Sequence[Token] = tokenize(question)
    pairs = [pair for pair in align(question, text) if tokens[pair.claim].stem not in LIGHT]
    return sum(1 for pair in pairs if pair.sign > 0) / len(pairs) if pairs else 1.0
