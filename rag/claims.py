"""Does each finding stand, and which verbatim sentence carries it? From findings to checked claims with citations."""

from collections.abc import Sequence

from index.records import Passage
from index.sentences import sentences
from rag.records import Citation, Claim, ClaimChecked, Evidence, Finding, Span


class ClaimChecker:
    """Checks the findings of one answer, in order, and numbers their citations by first use.

    `strict` drops what no quote carries; otherwise such claims are kept and marked unsupported.
    """

    def __init__(self, question: str, passages: Sequence[Passage], *, strict: bool = True) -> None:
        self._question = question
        self._passages = passages
        self._strict = strict
        self._markers: dict[tuple[str, int, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation used so far, by marker."""
        return tuple(sorted(self._markers.values(), key=lambda citation: citation.marker))

    def check(self, finding: Finding) -> ClaimChecked | None:
        """The checked claim with its citations; None when it does not stand and `strict` is set."""
        cited = tuple(self._cite(evidence) for evidence in finding.evidence)
        if not cited:
            if self._strict:
                return None
            claim = Claim(text=finding.text, supported=False, citations=(), reason="no passage carries it")
            return ClaimChecked(claim=claim, citations=())
        claim = Claim(text=finding.text, supported=True, citations=tuple(citation.marker for citation in cited))
        return ClaimChecked(claim=claim, citations=cited)

    def _cite(self, evidence: Evidence) -> Citation:
        passage = self._passages[evidence.passage]
        start, end = _around(passage, evidence.spans)
        place = (passage.article_id, passage.version, start, end)
        known = self._markers.get(place)
        if known is None:
            known = Citation(
                marker=len(self._markers) + 1, article_id=passage.article_id, version=passage.version,
                title=passage.title, source=passage.source, outlet=passage.outlet, url=passage.url,
                published=passage.published, quote=passage.text[start - passage.start : end - passage.start],
                start=start, end=end, spans=evidence.spans, page=passage.page, outlets=passage.outlets,
            )  # fmt: skip
            self._markers[place] = known
        return known


def _around(passage: Passage, spans: Sequence[Span]) -> tuple[int, int]:
    """Article offsets of the sentences of the passage that hold the spans."""
    first, last = min(span.start for span in spans) - passage.start, max(span.end for span in spans) - passage.start
    touched = [(start, end) for start, end in sentences(passage.text) if start < last and end > first]
    if not touched:
        return passage.start, passage.end
    return passage.start + touched[0][0], passage.start + touched[-1][1]
