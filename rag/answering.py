"""How do an answerer's findings become an answer? Each is checked against its quote, then they are put into words."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.errors import ModelError
from index.records import Passage
from index.sentences import sentence_at
from rag.answerers.port import Answerer, Outcome, TextsOf
from rag.claims import ClaimChecker
from rag.records import ABSTENTION, Answer, Claim, Event, Finding, Finished
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
    local: Callable[[], Answerer],
    texts_of: TextsOf,
    further: Further | None = None,
    notice: str = "",
) -> Iterator[Event]:
    """Each ClaimChecked, then Finished: `base` (an abstention over the passages found) with what stands filled in.

    `streams`: claims are checked and given out as they come; else all findings decide first how each is told.
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
        for item in answerer.answer(base.searched_for, base.passages):
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
    found = _versions(base, answerer, held, outcome.alternatives, texts_of, further)
    clock.lap("versions")
    begun = time.perf_counter()
    if found is not None:
        base, checker, told_versions = found
        checked_all = list(told_versions.claims)
        bare = [told_versions.answer]
    else:
        pairs = [(item, checker.check(item)) for item in held]
        checked_all = [checked for _, checked in pairs if checked is not None]
        bare += [item.answer or item.text for item, checked in pairs if checked and checked.claim.supported]
    checking += time.perf_counter() - begun
    claims += [checked.claim for checked in checked_all]
    yield from checked_all
    clock.note("check", checking)
    supported = any(claim.supported for claim in claims)
    opening = "Reports differ: " if found is not None else ""
    separator = "; " if found is not None else " "
    yield Finished(
        answer=replace(
            base,
            passages=_in_order(base.passages, outcome.order, followed=base.searched_for != base.question),
            answer=(" " if streams else ", ").join(bare) if supported else None,
            text=opening + _joined(claims, separator) if claims else ABSTENTION,
            abstained=not supported,
            confidence=outcome.confidence,
            claims=tuple(claims),
            citations=checker.citations,
            differing=found[-1].reports if found is not None else (),
            notice=" ".join(part for part in (notice, outcome.notice) if part),
            timings_ms=clock.timings(),
        )
    )


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
    answerer: Answerer,
    findings: Sequence[Finding],
    alternatives: Sequence[Finding],
    texts_of: TextsOf,
    further: Further | None,
) -> tuple[Answer, ClaimChecker, Versions] | None:
    """The versions of a finding, among what was read and in further passages; with the passages that they rest on and
    the checker that knows their citations. None where there is one answer.

    A story that was reported for days has more figures than eight passages hold, and later reports no longer say what
    it is about: they are found by what the finding, its title and its known versions say.
    """
    if not findings or not findings[0].evidence or not findings[0].evidence[0].spans or findings[0].answer is None:
        return None
    first = base.passages[findings[0].evidence[0].passage]
    known = _told(base, [*findings, *alternatives], texts_of) if alternatives else None
    told = f"{first.title}. {_quoted(findings[0], first) if known is None else _cited(known[1])}"
    read = {passage.chunk_id for passage in base.passages}
    beyond = [passage for passage in further(told) if passage.chunk_id not in read] if further is not None else []
    offered = answerer.versions(base.searched_for, findings[0], first, beyond) if beyond else ()
    if not offered:
        return (base, *known) if known is not None else None
    moved = [
        replace(one, evidence=(replace(one.evidence[0], passage=len(base.passages) + number),))
        for number, one in enumerate(offered)
    ]
    wider = replace(base, passages=(*base.passages, *(beyond[one.evidence[0].passage] for one in offered)))
    found = _told(wider, [*findings, *alternatives, *moved], texts_of)
    if found is not None and (known is None or len(found[1].reports) > len(known[1].reports)):
        return (wider, *found)
    return (base, *known) if known is not None else None


def _told(base: Answer, told: Sequence[Finding], texts_of: TextsOf) -> tuple[ClaimChecker, Versions] | None:
    """A later report need not name in its passage what its article is about, nor in its article what all know by then:
    where it tells of the same event, the first one's article has said it.
    """
    texts = texts_of(base.passages)
    first = base.passages[told[0].evidence[0].passage].article_id
    named = {name: text if name == first else f"{text}\n\n{texts[first]}" for name, text in texts.items()}
    checker = ClaimChecker(base.searched_for, base.passages, texts=named)
    found = versions(base.searched_for, base.window, base.passages, told, checker, texts=texts)
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
