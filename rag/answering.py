"""How do an answerer's findings become an answer? Each is checked against its quote, then they are put into words."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.errors import ModelError, ReaderError
from index.records import Passage
from index.sentences import sentence_at
from rag.answerers.port import Answerer, FindsVersions, LocalAnswerer, Outcome, TextsOf
from rag.claims import ClaimChecker
from rag.likeness import tells
from rag.mentions import core
from rag.records import ABSTENTION, DIFFER, Answer, Citation, Claim, ClaimChecked, Event, Finding, Finished
from rag.reports import Versions, versions

# Passages that are like a text.
Further = Callable[[str], Sequence[Passage]]


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
    texts_of: TextsOf,
    further: Further | None = None,
    notice: str = "",
) -> Iterator[Event]:
    """Each ClaimChecked, then Finished: `base` (an abstention over the passages found) with what stands filled in.

    `streams`: claims are checked and given out as they come, and what other reports give stands after them; else all
    findings decide first how each is told.
    `local` answers in place of an answerer that fails. `further` finds more passages, which are looked through for
    versions beyond those that were read once reports are seen to differ.
    """
    checker = ClaimChecker(base.searched_for, base.passages, strict=strict, texts=texts_of(base.passages))
    claims: list[Claim] = []
    bare: list[str] = []
    held: list[Finding] = []
    outcome = Outcome(confidence=0.0)
    checking = 0.0
    try:
        for item in answerer.answer(base.searched_for if streams else _read_as(base), base.passages):
            if isinstance(item, Outcome):
                outcome = item
                continue
            if not streams:
                held.append(item)
                continue
            begun = time.perf_counter()
            checked = checker.check(item)
            checking += time.perf_counter() - begun
            if checked is not None:
                claims.append(checked.claim)
                bare.extend([item.answer or item.text] if checked.claim.supported else [])
                yield checked
    except ModelError as error:
        told = f"{error} Answered by the local reader instead."
        instead = local()
        yield from answered(
            replace(base, answerer=instead.name), instead, clock, streams=False, strict=strict, local=local,
            texts_of=texts_of, further=further, notice=told,
        )  # fmt: skip
        return
    clock.lap("answer", less=checking)
    alternatives, notices = outcome.alternatives, [notice, outcome.notice]
    if streams and any(claim.supported for claim in claims):
        held, alternatives, unread = _located(base, local, claims, checker.citations, texts_of)
        notices.append(unread)
    sure = outcome.confidence
    if not streams and (other := _instead(base, held, local, strict, texts_of)) is not None:
        held, sure = [other], other.confidence or 0.0
        alternatives = local().alternatives_of(_read_as(base), other, base.passages)
    found = _versions(base, local, held, alternatives, texts_of, further, checker.citations)
    clock.lap("versions")
    begun = time.perf_counter()
    several = None
    if found is not None:
        base, checker, several = found
    if not streams:
        checked_all, bare = _all_checked(held, several, checker)
        claims = [checked.claim for checked in checked_all]
        yield from checked_all
    checking += time.perf_counter() - begun
    clock.note("check", checking)
    supported = any(claim.supported for claim in claims)
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
            notice=" ".join(part for part in notices if part),
            timings_ms=clock.timings(),
        )
    )


def _read_as(base: Answer) -> str:
    """A follow-up as the reader reads it: what was put in front of it has found the passages, and is in their way."""
    return core(base.searched_for) if base.searched_for != base.question else base.searched_for


def _instead(
    base: Answer, held: Sequence[Finding], local: Callable[[], LocalAnswerer], strict: bool, texts_of: TextsOf
) -> Finding | None:
    """The reader's next finding that its quote carries, where none of those that it gave does: a final's loser is not
    who won it, and the winner stands in the same sentence. None where they are kept, or there is nothing to be had.
    """
    checker = ClaimChecker(base.searched_for, base.passages, texts=texts_of(base.passages))
    if not strict or not held or any(checker.check(finding) is not None for finding in held):
        return None
    other = local().instead(_read_as(base), base.passages, held[0])
    return other if other is not None and checker.check(other) is not None else None


def _all_checked(
    held: Sequence[Finding], several: Versions | None, checker: ClaimChecker
) -> tuple[list[ClaimChecked], list[str]]:
    """What was held back until all was known: the versions, or else each finding; and the bare answers that stand."""
    if several is not None:
        return list(several.claims), [several.answer]
    pairs = [(finding, checker.check(finding)) for finding in held]
    bare = [finding.answer or finding.text for finding, checked in pairs if checked and checked.claim.supported]
    return [checked for _, checked in pairs if checked is not None], bare


def _text(own: Sequence[Claim], several: Versions | None) -> str:
    """The statements, and after them the versions, unless the statements have told them all."""
    told = _joined(own, " ")
    if several is None or (told and all(tells(told, report.answer) for report in several.reports)):
        return told
    return f"{told} {DIFFER}{_joined([one.claim for one in several.claims], '; ')}".lstrip()


def _located(
    base: Answer,
    local: Callable[[], FindsVersions],
    claims: Sequence[Claim],
    citations: Sequence[Citation],
    texts_of: TextsOf,
) -> tuple[list[Finding], tuple[Finding, ...], str]:
    """Where a model's statements answer the question: the likeliest place that stands, as the local reader sees it;
    what other passages give there; and a notice where it cannot look.
    """
    checker = ClaimChecker(base.searched_for, base.passages, texts=texts_of(base.passages))
    try:
        finder = local()
        for finding in finder.located(base.searched_for, base.passages, claims, citations):
            if checker.check(finding) is not None:
                return [finding], finder.alternatives_of(base.searched_for, finding, base.passages), ""
    except ReaderError as error:
        return [], (), f"Whether other reports differ was not looked at: {error}"
    return [], (), ""


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


def _versions(
    base: Answer,
    local: Callable[[], FindsVersions],
    findings: Sequence[Finding],
    alternatives: Sequence[Finding],
    texts_of: TextsOf,
    further: Further | None,
    cited: Sequence[Citation],
) -> tuple[Answer, ClaimChecker, Versions] | None:
    """The versions of a finding, among what was read and in further passages; with the passages that they rest on and
    the checker that knows their citations. None where there is one answer.

    A story that was reported for days has more figures than eight passages hold, and later reports no longer say what
    it is about: they are found by what the finding, its title and its known versions say.
    """
    if not findings or not findings[0].evidence or not findings[0].evidence[0].spans or findings[0].answer is None:
        return None
    first = base.passages[findings[0].evidence[0].passage]
    known = _told(base, [*findings, *alternatives], texts_of, cited) if alternatives else None
    told = f"{first.title}. {_quoted(findings[0], first) if known is None else _cited(known[1])}"
    read = {passage.chunk_id for passage in base.passages}
    beyond = [passage for passage in further(told) if passage.chunk_id not in read] if further is not None else []
    offered = local().versions(_read_as(base), findings[0], first, beyond) if beyond else ()
    if not offered:
        return (base, *known) if known is not None else None
    moved = [
        replace(one, evidence=(replace(one.evidence[0], passage=len(base.passages) + number),))
        for number, one in enumerate(offered)
    ]
    wider = replace(base, passages=(*base.passages, *(beyond[one.evidence[0].passage] for one in offered)))
    found = _told(wider, [*findings, *alternatives, *moved], texts_of, cited)
    if found is not None and (known is None or len(found[1].reports) > len(known[1].reports)):
        return (wider, *found)
    return (base, *known) if known is not None else None


def _told(
    base: Answer, told: Sequence[Finding], texts_of: TextsOf, cited: Sequence[Citation]
) -> tuple[ClaimChecker, Versions] | None:
    """A later report need not name in its passage what its article is about, nor in its article what all know by then:
    where it tells of the same event, the first one's article has said it.
    """
    texts = texts_of(base.passages)
    first = base.passages[told[0].evidence[0].passage].article_id
    named = {name: text if name == first else f"{text}\n\n{texts[first]}" for name, text in texts.items()}
    checker = ClaimChecker(base.searched_for, base.passages, texts=named, cited=cited)
    found = versions(_read_as(base), base.window, base.passages, told, checker, texts=texts)
    return (checker, found) if found is not None else None


def _quoted(finding: Finding, passage: Passage) -> str:
    """The sentence that holds the answer."""
    start, end = sentence_at(passage.text, finding.evidence[0].spans[0].start - passage.start)
    return passage.text[start:end]


def _cited(known: Versions) -> str:
    return " ".join(citation.quote for claim in known.claims for citation in claim.citations)


def _joined(claims: Sequence[Claim], separator: str) -> str:
    if separator == " ":
        return " ".join(marked(claim) for claim in claims)
    return separator.join(marked(claim).rstrip(".") for claim in claims) + "."
