"""What is said when reports differ: every version with its outlet and day, each pinned to its own quote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.records import Passage
from rag.claims import ClaimChecker
from rag.differing import Candidate, Side, current, differing
from rag.records import ClaimChecked, Evidence, Finding, Report, Span, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The checked versions of an answer, newest first, and the bare answer that the question asked for."""

    answer: str
    claims: tuple[ClaimChecked, ...]
    reports: tuple[Report, ...]


def versions(
    question: str,
    window: Window | None,
    passages: Sequence[Passage],
    findings: Sequence[Finding],
    checker: ClaimChecker,
    *,
    texts: Mapping[str, str],
) -> Versions | None:
    """The versions when findings from different passages differ and at least two stand; None when there is one answer.

    `texts` are whole articles by id: whether two speak of one event shows in more than a passage. "Latest" and "now"
    are answered by the newest version that nothing takes back; else all are given.
    """
    candidates = [candidate for finding in findings if (candidate := _candidate(finding, passages)) is not None]
    sides = differing(question, candidates, texts=texts)
    if len(sides) < 2:
        return None
    checked = [(side, _check(side, checker)) for side in sides]
    standing = [(side, claim) for side, claim in checked if claim is not None and claim.claim.supported]
    if len(standing) < 2:
        return None
    shown = [(side, _attributed(side, claim)) for side, claim in standing]
    answer = "; ".join(side.answer for side, _ in shown)
    if window is not None and window.prefer == "latest":
        newest = current([side for side, _ in shown])
        if newest is not None:
            answer = newest.answer
            shown.sort(key=lambda pair: pair[0] is not newest)
    reports = tuple(
        Report(
            answer=side.answer,
            outlet=side.members[0].passage.outlet,
            published=side.members[0].passage.published,
            marker=claim.claim.citations[0],
        )
        for side, claim in standing
    )
    return Versions(answer=answer, claims=tuple(claim for _, claim in shown), reports=reports)


def _candidate(finding: Finding, passages: Sequence[Passage]) -> Candidate | None:
    evidence = next((item for item in finding.evidence if item.spans), None)
    if evidence is None or finding.answer is None:
        return None
    passage = passages[evidence.passage]
    return Candidate(
        answer=finding.answer,
        passage=passage,
        confidence=finding.confidence or 0.0,
        start=evidence.spans[0].start - passage.start,
    )


def _check(side: Side, checker: ClaimChecker) -> ClaimChecked | None:
    """The version, cited at the newest passage that carries it."""
    for member in side.members:
        if member.start is None:
            continue
        begin = member.passage.start + member.start
        span = Span(begin, begin + len(member.answer))
        number = checker.number_of(member.passage)
        finding = Finding(text=member.answer, answer=member.answer, evidence=(Evidence(passage=number, spans=(span,)),))
        checked = checker.check(finding)
        if checked is not None and checked.claim.supported:
            return checked
    return None


def _attributed(side: Side, checked: ClaimChecked) -> ClaimChecked:
    passage = side.members[0].passage
    day = (passage.published or "")[:10]
    told = ", ".join(part for part in (passage.outlet or "", day) if part)
    text = f"{side.answer} ({told})" if told else side.answer
    return replace(checked, claim=replace(checked.claim, text=text))
