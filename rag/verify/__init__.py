"""Does a quote support a claim? Rules, no model: numbers, dates, names, polarity, roles, and words that are missing.

    verify(claim, quote) -> Verdict     names the first thing that does not agree
    locate(claim, text)                 the sentence or two that carry a claim best
    support(claim, text)                both: the best stretch of a text, and whether it stands

Each check reads two texts and says in a few words what is wrong, or "". What they let through is measured in
`evals/verification` and published.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.sentences import sentences
from rag.corrections import takes_back
from rag.verify import (
    answers,
    beside,
    cover,
    designations,
    names,
    numbers,
    polarity,
    roles,
    scope,
    speakers,
    swaps,
    tense,
    times,
)
from rag.verify.locate import candidates, locate
from rag.verify.words import LIGHT, tokenize

__all__ = ["Verdict", "locate", "support", "verify"]

# How many stretches of a passage may be tried: the second or third is right where a headline repeats the words.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Does the quote carry the claim? `reason` says in a few words why not (empty when it does)."""

    supported: bool
    reason: str = ""


def verify(
    claim: str,
    quote: str,
    *,
    question: str = "",
    answer: str | None = None,
    quote_published: str | None = None,
    context: str = "",
    article: str = "",
    similarity: Callable[[str, str], float] | None = None,
) -> Verdict:
    """Compare `claim` with the `quote` that it is said to rest on.

    `answer` is a short span cut from the quote that answers `question`; then the two are read as one statement.
    `quote_published` is the article's ISO date, `context` the text around the quote (with its title), which may say
    whom a pronoun means, `article` whatever else may name what the question asks about. `similarity` of two texts in
    [0, 1] may excuse words that the lexicon does not know, never a number, date, name or negation.
    """
    if not claim.strip() or not quote.strip():
        return Verdict(False, "nothing to compare")
    if answer is not None and question:
        around = f"{context}\n{article}"
        reason = answers.disagreement(question, answer, quote, published=quote_published, context=around)
        if reason or answers.letters(claim) == answers.letters(answer):
            return Verdict(not reason, reason)
    for start, end in sentences(claim):
        reason = _disagreement(claim[start:end], quote, quote_published, context, similarity)
        if reason:
            return Verdict(False, reason)
    return Verdict(True)


def support(
    claim: str,
    text: str,
    *,
    published: str | None = None,
    title: str = "",
    tries: int = TRIES,
    similarity: Callable[[str, str], float] | None = None,
) -> tuple[tuple[int, int] | None, Verdict]:
    """The stretch of `text` that carries `claim`, and the verdict on it; the nearest one when none does."""
    spans = candidates(claim, text, limit=tries if _says_much(claim) else 1)
    context = f"{title}\n\n{text}" if title else text
    first: Verdict | None = None
    for start, end in spans:
        verdict = verify(claim, text[start:end], quote_published=published, context=context, similarity=similarity)
        if verdict.supported:
            others = [span for span in spans if span[1] <= start or end <= span[0]]
            return _said_closer(claim, text, (start, end), others, published, context)
        if first is None and _swapped(claim, text[start:end], published, names.known_names(context)):
            # Said word for word but for one name, number or date: no other sentence can mend that.
            return (start, end), verdict
        first = first or verdict
    return (spans[0] if spans else None), first or Verdict(False, "the source does not speak of it")


def _said_closer(
    claim: str,
    text: str,
    found: tuple[int, int],
    others: Sequence[tuple[int, int]],
    published: str | None,
    context: str,
) -> tuple[tuple[int, int], Verdict]:
    """The stretch that carries `claim`, unless another has more of its words and another name, number or date."""
    shared = _shared(claim, text[slice(*found)])
    for start, end in others:
        if _shared(claim, text[start:end]) > shared:
            reason = _swapped(claim, text[start:end], published, names.known_names(context))
            if reason:
                return (start, end), Verdict(False, reason)
    return found, Verdict(True)


def _shared(claim: str, quote: str) -> int:
    said = {token.stem for token in tokenize(quote)}
    return sum(token.stem in said for token in tokenize(claim))


def _disagreement(
    claim: str, quote: str, published: str | None, context: str, similarity: Callable[[str, str], float] | None
) -> str:
    withdrawn = takes_back(claim, quote)
    if withdrawn:
        return f"the source takes back “{withdrawn}”"
    if _plain(claim) in _plain(quote):
        return _cut_short(claim, quote)
    dates = tuple((moment.start, moment.end) for moment in times.moments(claim, published))
    given = tuple((moment.start, moment.end) for moment in times.moments(quote, published))
    around = context.replace(quote, " ") if context else ""
    known = names.known_names(context or quote)
    return (
        numbers.disagreement(claim, quote, claim_skip=dates, quote_skip=given)
        or times.disagreement(claim, quote, published=published, context=around)
        or designations.disagreement(claim, quote, context=context)
        or cover.misquoted(claim, quote)
        or _swapped(claim, quote, published, known)
        or names.disagreement(claim, quote, context=context, known=known)
        or polarity.disagreement(claim, quote, settled=roles.settled(claim, quote))
        or scope.disagreement(claim, quote)
        or tense.only_planned(claim, quote)
        or speakers.misattributed(claim, quote, context=context)
        or roles.reversed_roles(claim, quote, known=known)
        or roles.other_doer(claim, quote, known=known)
        or beside.other_name(claim, quote, known=known)
        or cover.missing(claim, quote, known=_named(claim, known), topic=_topic(quote, context), similarity=similarity)
    )


def _swapped(claim: str, quote: str, published: str | None, known: frozenset[str]) -> str:
    """The sentence of the quote that is nearest in wording tells where another name stands."""
    for start, end in sentences(quote):
        reason = swaps.swapped(claim, quote[start:end], published, known)
        if reason:
            return reason
    return ""


def _topic(quote: str, context: str) -> frozenset[str]:
    """Stems of the title, which is the context's first line."""
    title = context.partition("\n")[0]
    return frozenset(token.stem for token in tokenize(title) if token.content) if quote in context else frozenset()


def _says_much(claim: str) -> bool:
    """Has the claim enough words of its own that a second-best sentence may carry it?"""
    return sum(token.content and token.stem not in LIGHT for token in tokenize(claim)) >= 3


def _named(claim: str, known: frozenset[str]) -> frozenset[str]:
    return frozenset(word for name in names.names(claim, known) for word in name.words)


def _plain(text: str) -> str:
    return answers.letters(text)


def _cut_short(claim: str, quote: str) -> str:
    """A claim taken word for word: what can be wrong is what was left out before or after it."""
    for start, end in sentences(quote):
        if _plain(claim) == _plain(quote[start:end]):
            return ""
    return numbers.disagreement(claim, quote) or polarity.disagreement(claim, quote)
