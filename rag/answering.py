"""How do an answerer's findings become an answer? Each is checked against its quote, then they are put into words."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.errors import ModelError, ReaderError
from index.records import Passage
from rag.answerers.port import Answerer, FindsVersions, LocalAnswerer, Outcome, TextsOf
from rag.claims import ClaimChecker
from rag.likeness import tells
from rag.other_reports import Further, OtherReports, accounts, located, nearest_of, read_as
from rag.records import (
    ABSTENTION,
    DIFFER,
    Answer,
    Citation,
    Claim,
    ClaimChecked,
    Event,
    Evidence,
    Finding,
    Finished,
    Span,
)
from rag.reports import Versions

# Where the reader is less sure of its best candidate, nothing comes near and no more is read for it.
LEAST_NEAR = 0.2


class Clock:
    """Milliseconds of each stage."""

    def __init__(self) -> None:
        self._begun = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str, *, less: float = 0.0) -> None:
        """The time since the last lap, without `less` seconds that are noted elsewhere."""
        now = time.perf_counter()
        self._laps[name] = (now - self._last - less) * 1000
        self._last = now

    def note(self, name: str, seconds: float) -> None:
        """A time that was measured by itself."""
        self._laps[name] = seconds * 1000

    def timings(self) -> Mapping[str, float]:
        """All laps, and `total`."""
        return {**self._laps, "total": (time.perf_counter() - self._begun) * 1000}


def answered(
    base: Answer,
    answerer: Answerer,
    clock: Clock,
    *,
    streams: bool,
    strict: bool,
    local: Callable[[], LocalAnswerer],
    stand_in: bool = True,
    texts_of: TextsOf,
    further: Further | None = None,
    behind: Sequence[Passage] = (),
    beside: bool = True,
    notice: str = "",
) -> Iterator[Event]:
    """Each ClaimChecked, then Finished: `base` (an abstention over the passages found) with what stands filled in.

    `streams`: claims are checked and given out as they come, and what other reports give stands after them; else all
    findings decide first how each is told.
    `local` answers in place of an answerer that fails before anything stands; without `stand_in`, its ModelError is
    raised. `further` finds more passages, which are looked through for versions and accounts beyond those that were
    read; `behind`: those that the question's own search has found already.
    `beside`: are accounts wanted? A part of an answer needs none.
    """
    checker = ClaimChecker(base.searched_for, base.passages, strict=strict, texts=texts_of(base.passages))
    try:
        heard = yield from _heard(base, answerer, checker, clock, streams=streams, whole=not stand_in)
    except ModelError as error:
        if not stand_in:
            raise
        told = f"{error} Answered by the local reader instead."
        instead = local()
        yield from answered(
            replace(base, answerer=instead.name), instead, clock, streams=False, strict=strict, local=local,
            texts_of=texts_of, further=further, behind=behind, beside=beside, notice=told,
        )  # fmt: skip
        return
    stated, held, outcome = heard.stated, heard.held, heard.outcome
    alternatives, notices, sure = outcome.alternatives, [notice, outcome.notice], outcome.confidence
    if streams and any(checked.claim.supported for _, checked in stated):
        held, alternatives, unread = located(
            base, local, [checked.claim for _, checked in stated], checker.citations, texts_of
        )
        notices.append(unread)
    if not streams and strict and held and not stated:
        stated = _instead(base, held[0], local(), checker)
        for other, _ in stated:
            held, sure = [other], other.confidence or 0.0
            alternatives = local().alternatives_of(read_as(base), other, base.passages)
    reports = None
    if held and held[0].answer is not None and held[0].evidence and held[0].evidence[0].spans:
        cited = checker.citations if streams else ()
        reports = OtherReports(base, held, alternatives, texts_of=texts_of, further=further, cited=cited)
    found = reports.versions(local()) if reports is not None else None
    claims = [checked.claim for _, checked in stated]
    bare = [finding.answer or finding.text for finding, checked in stated if checked.claim.supported]
    several = found.versions if found is not None else None
    if found is not None:
        base, checker = found.base, found.checker
    if several is not None and not streams:
        claims, bare = [checked.claim for checked in several.claims], [several.answer]
    if not streams:
        yield from several.claims if several is not None else [checked for _, checked in stated]
    clock.lap("versions")
    supported = any(claim.supported for claim in claims)
    told_there: tuple[Citation, ...] = ()
    if beside and supported:
        told_there = _accounts(base, reports, local, checker.citations)
    elif beside:
        told_there = _nearest(base, local, (behind or _searched_again(base, further)) if sure >= LEAST_NEAR else ())
    clock.lap("accounts")
    yield Finished(
        answer=replace(
            base,
            passages=_in_order(base.passages, outcome.order, followed=base.searched_for != base.question),
            answer=(" " if streams else ", ").join(bare) if supported else None,
            text=_text(claims if streams or several is None else (), several) if claims else ABSTENTION,
            abstained=not supported,
            confidence=sure,
            claims=tuple(claims),
            citations=checker.citations,
            differing=several.reports if several is not None else (),
            accounts=told_there,
            notice=" ".join(part for part in notices if part),
            timings_ms=clock.timings(),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What an answerer said: each finding that was kept with what became of it, all that wait for the others, and how
    it ended.
    """

    stated: list[tuple[Finding, ClaimChecked]]
    held: list[Finding]
    outcome: Outcome


def _heard(
    base: Answer, answerer: Answerer, checker: ClaimChecker, clock: Clock, *, streams: bool, whole: bool
) -> Generator[Event, None, _Heard]:
    """Each finding checked as it comes, and given out where it `streams`. What stands when a model fails is the answer;
    raises ModelError where nothing does, or where it has to be `whole`.
    """
    stated: list[tuple[Finding, ClaimChecked]] = []
    held: list[Finding] = []
    outcome = Outcome(confidence=0.0)
    checking = 0.0
    try:
        for item in answerer.answer(base.searched_for if streams else read_as(base), base.passages):
            if isinstance(item, Outcome):
                outcome = item
                continue
            begun = time.perf_counter()
            checked = checker.check(item)
            checking += time.perf_counter() - begun
            if not streams:
                held.append(item)
            if checked is None:
                continue
            stated.append((item, checked))
            if streams:
                yield checked
    except ModelError as error:
        sure = [finding.confidence or 0.0 for finding, checked in stated if checked.claim.supported]
        if whole or not sure:
            raise
        outcome = Outcome(confidence=max(sure), notice=f"{error} The answer may not be whole.")
    clock.lap("answer", less=checking)
    clock.note("check", checking)
    return _Heard(stated=stated, held=held, outcome=outcome)


def _instead(
    base: Answer, refused: Finding, local: LocalAnswerer, checker: ClaimChecker
) -> list[tuple[Finding, ClaimChecked]]:
    """The reader's next finding, where its quote carries it and that of the first did not: a final's loser is not who
    won it, and the winner stands in the same sentence. Empty where there is nothing to be had.
    """
    other = local.instead(read_as(base), base.passages, refused)
    checked = checker.check(other) if other is not None else None
    return [(other, checked)] if other is not None and checked is not None else []


def _accounts(
    base: Answer, reports: OtherReports | None, local: Callable[[], FindsVersions], cited: Sequence[Citation]
) -> tuple[Citation, ...]:
    """What other reports of the matter say nearest to the question, beside what is cited."""
    try:
        if reports is not None:
            return reports.accounts(local(), cited)
        finding = _first_quoted(cited, base.passages)
        near = local().nearest(read_as(base), finding, base.passages) if finding is not None else ()
    except ReaderError:  # a chat model has answered without the local reader, which says so where it is missed
        return ()
    return accounts(near, base.passages, cited)


def _first_quoted(cited: Sequence[Citation], passages: Sequence[Passage]) -> Finding | None:
    """The first citation that stands in one of the passages, as a finding."""
    for quote in cited:
        for number, one in enumerate(passages):
            if one.article_id == quote.article_id and one.start <= quote.start < quote.end <= one.end:
                evidence = Evidence(passage=number, spans=(Span(quote.start, quote.end),))
                return Finding(text=quote.quote, answer=None, evidence=(evidence,))
    return None


def _searched_again(base: Answer, further: Further | None) -> Sequence[Passage]:
    """Where several searches have found the passages: what the question's own finds beside them."""
    read = {passage.chunk_id for passage in base.passages}
    found = further(base.searched_for) if further is not None else ()
    return [passage for passage in found if passage.chunk_id not in read]


def _nearest(base: Answer, local: Callable[[], FindsVersions], beyond: Sequence[Passage]) -> tuple[Citation, ...]:
    """What comes nearest where nothing stands, in what was read and a little beyond."""
    try:
        near = local().nearest(read_as(base), None, base.passages, beyond)
    except ReaderError:
        return ()
    return nearest_of(near, [*base.passages, *beyond])


def _text(own: Sequence[Claim], several: Versions | None) -> str:
    """The statements, and after them the versions, unless the statements have told them all."""
    told = _joined(own, " ")
    if several is None or (told and all(tells(told, report.answer) for report in several.reports)):
        return told
    return f"{told} {DIFFER}{_joined([one.claim for one in several.claims], '; ')}".lstrip()


def _in_order(passages: Sequence[Passage], order: Sequence[int], *, followed: bool) -> tuple[Passage, ...]:
    """Those that were read in the order in which they answer, then the others. A follow-up put in full by rules reads
    less well: there the search knows better (evals/LOG.md).
    """
    if followed:
        return tuple(passages)
    left = [number for number in range(len(passages)) if number not in order]
    return tuple(passages[number] for number in (*order, *left))


def marked(claim: Claim) -> str:
    """A claim with the markers of its citations before its full stop; one that does not stand says why."""
    if not claim.supported:
        return f"{claim.text} [unsupported: {claim.reason}]"
    markers = "".join(f"[{marker}]" for marker in claim.citations)
    body = claim.text.rstrip()
    if body[-1:] in ".!?":
        return f"{body[:-1]} {markers}{body[-1]}"
    return f"{body} {markers}."


def _joined(claims: Sequence[Claim], separator: str) -> str:
    if separator == " ":
        return " ".join(marked(claim) for claim in claims)
    return separator.join(marked(claim).rstrip(".") for claim in claims) + "."
