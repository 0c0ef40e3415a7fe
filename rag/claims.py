"""Does each finding stand, and which verbatim sentence carries it? From findings to checked claims with citations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.records import Passage
from index.sentences import sentences
from rag.affirm import said
from rag.events import NO_TEXTS
from rag.reader.kinds import kind_of
from rag.records import Citation, Claim, ClaimChecked, Finding, Span
from rag.verify import Verdict, support, verify
from rag.verify.untrusted import masked

# A claim over more passages than this is a summary: it has to be said in shorter sentences.
MOST_JOINED = 3


@dataclass(frozen=True, slots=True)
class _Quote:
    """Where a claim was found to stand: a passage, offsets into its article, and the spans of the answer in it."""

    passage: int
    start: int
    end: int
    spans: tuple[Span, ...]


class ClaimChecker:
    """Checks the findings of one answer, in order, and numbers their citations by first use.

    `strict` drops what no quote carries; otherwise such claims are kept and marked unsupported. `similarity` of two
    texts in [0, 1] may excuse words that the rules do not know. `texts`: whole articles by id, which may name what the
    question asks about where the passage of a span does not; who says or does what is read in the passage alone.
    `cited`: citations that the answer has already, whose markers stay theirs.
    """

    def __init__(
        self,
        question: str,
        passages: Sequence[Passage],
        *,
        strict: bool = True,
        similarity: Callable[[str, str], float] | None = None,
        texts: Mapping[str, str] = NO_TEXTS,
        cited: Sequence[Citation] = (),
    ) -> None:
        self._texts = texts
        self._question = question
        self._passages = passages
        self._strict = strict
        self._similarity = similarity
        self._markers = {_place(citation): citation for citation in cited}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation used so far, by marker."""
        return tuple(sorted(self._markers.values(), key=lambda citation: citation.marker))

    def number_of(self, passage: Passage) -> int:
        """The place of a passage among those of this answer."""
        return next(i for i, known in enumerate(self._passages) if known.chunk_id == passage.chunk_id)

    def check(self, finding: Finding) -> ClaimChecked | None:
        """The checked claim with its citations; None when it does not stand and `strict` is set.

        A finding with spans has to stand where they are. A sentence without spans is looked for in the passages that it
        cites, then in their sum, then in all others: a wrong marker is mended, an unsupported sentence is not.
        """
        spoken = any(evidence.spans for evidence in finding.evidence)
        quotes, reason = self._pinned(finding) if spoken else self._found(finding)
        if not quotes:
            if self._strict:
                return None
            claim = Claim(text=finding.text, supported=False, citations=(), reason=reason)
            return ClaimChecked(claim=claim, citations=())
        cited = tuple(dict.fromkeys(self._cite(quote) for quote in quotes))
        claim = Claim(text=finding.text, supported=True, citations=tuple(citation.marker for citation in cited))
        return ClaimChecked(claim=claim, citations=cited)

    def _pinned(self, finding: Finding) -> tuple[list[_Quote], str]:
        """The evidence whose own sentences carry the finding: question and answer are read together."""
        quotes: list[_Quote] = []
        reason = "no passage carries it"
        for evidence in finding.evidence:
            if not evidence.spans or not 0 <= evidence.passage < len(self._passages):
                continue
            passage = self._passages[evidence.passage]
            quote = quotable(passage, evidence.spans)
            if quote is None:
                reason = "the passage speaks to a machine here, not to its readers"
                continue
            start, end = quote
            verdict = self._verdict(finding, passage, passage.text[start - passage.start : end - passage.start])
            if verdict.supported:
                quotes.append(_Quote(evidence.passage, start, end, evidence.spans))
            else:
                reason = verdict.reason
        return quotes, reason

    def _verdict(self, finding: Finding, passage: Passage, quote: str) -> Verdict:
        if finding.answer in ("Yes", "No") and kind_of(self._question) == "yes_no":
            word = said(self._question, quote, published=passage.published, context=self._context(passage))
            return Verdict(
                word == finding.answer, "" if word == finding.answer else "the source says neither yes nor no"
            )
        return verify(
            finding.text, quote, question=self._question, answer=finding.answer, quote_published=passage.published,
            context=self._context(passage), article=self._article(passage), similarity=self._similarity,
        )  # fmt: skip

    def _found(self, finding: Finding) -> tuple[list[_Quote], str]:
        """The sentences that carry a finding which points at whole passages, or at none."""
        cited = [evidence.passage for evidence in finding.evidence if 0 <= evidence.passage < len(self._passages)]
        quotes: list[_Quote] = []
        reason = ""
        nearest: list[_Quote] = []
        for number in dict.fromkeys(cited):
            quote, why = self._in_passage(finding.text, number)
            if quote is None:
                continue
            if why:
                reason = reason or why
                nearest.append(quote)
            else:
                quotes.append(quote)
        if quotes:
            return quotes, ""
        if 1 < len(nearest) <= MOST_JOINED and self._together(finding.text, nearest):
            return nearest, ""
        for number in self._others(cited):
            quote, why = self._in_passage(finding.text, number)
            if quote is not None and not why:
                return [quote], ""
            reason = reason or why
        return [], reason or "no passage carries it"

    def _others(self, cited: Sequence[int]) -> Iterator[int]:
        return (number for number in range(len(self._passages)) if number not in cited)

    def _in_passage(self, text: str, number: int) -> tuple[_Quote | None, str]:
        passage = self._passages[number]
        span, verdict = support(
            text, masked(passage.text), published=passage.published, title=passage.title, similarity=self._similarity
        )
        if span is None:
            return None, verdict.reason
        start, end = passage.start + span[0], passage.start + span[1]
        return _Quote(number, start, end, ()), verdict.reason

    def _together(self, text: str, quotes: Sequence[_Quote]) -> bool:
        """Do the nearest sentences of several cited passages carry the claim between them?"""
        pieces = [self._text(quote) for quote in quotes]
        context = "\n\n".join(self._context(self._passages[quote.passage]) for quote in quotes)
        dates = {self._passages[quote.passage].published for quote in quotes}
        published = dates.pop() if len(dates) == 1 else None
        return verify(text, "\n".join(pieces), quote_published=published, context=context).supported

    def _text(self, quote: _Quote) -> str:
        passage = self._passages[quote.passage]
        return passage.text[quote.start - passage.start : quote.end - passage.start]

    def _context(self, passage: Passage) -> str:
        return f"{passage.title}\n\n{passage.text}" if passage.title else passage.text

    def _article(self, passage: Passage) -> str:
        """The whole article and its outlet: RTV Tavelin need not say that its parliament is Tavelin's."""
        return f"{passage.outlet or ''}\n\n{self._texts.get(passage.article_id, '')}"

    def _cite(self, quote: _Quote) -> Citation:
        passage = self._passages[quote.passage]
        place = (passage.article_id, passage.version, quote.start, quote.end)
        known = self._markers.get(place)
        if known is None:
            known = citation(len(self._markers) + 1, passage, quote.start, quote.end, quote.spans)
            self._markers[place] = known
        return known


def citation(marker: int, passage: Passage, start: int, end: int, spans: tuple[Span, ...]) -> Citation:
    """The quote between two article offsets, which lie in the passage."""
    return Citation(
        marker=marker, article_id=passage.article_id, version=passage.version, title=passage.title,
        source=passage.source, outlet=passage.outlet, url=passage.url, published=passage.published,
        quote=passage.text[start - passage.start : end - passage.start], start=start, end=end, spans=spans,
        page=passage.page, outlets=passage.outlets,
    )  # fmt: skip


def quotable(passage: Passage, spans: Sequence[Span]) -> tuple[int, int] | None:
    """Article offsets of the sentences that hold the spans; None where they speak to a machine, not to readers."""
    start, end = _around(passage, spans)
    within = slice(start - passage.start, end - passage.start)
    return (start, end) if masked(passage.text)[within] == passage.text[within] else None


def _place(citation: Citation) -> tuple[str, int, int, int]:
    return citation.article_id, citation.version, citation.start, citation.end


def _around(passage: Passage, spans: Sequence[Span]) -> tuple[int, int]:
    """Article offsets of the sentences of the passage that hold the spans."""
    first, last = min(span.start for span in spans) - passage.start, max(span.end for span in spans) - passage.start
    touched = [(start, end) for start, end in sentences(passage.text) if start < last and end > first]
    if not touched:
        return passage.start, passage.end
    return passage.start + touched[0][0], passage.start + touched[-1][1]
