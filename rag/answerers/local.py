"""What does the local reader answer? Spans from the passages, with what kind of answer the question wants in mind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from index.records import Passage
from index.sentences import sentences
from rag.affirm import does
from rag.answerers.port import Outcome, TextsOf
from rag.answerers.said import said
from rag.events import same_event
from rag.likeness import tells
from rag.quotations import QuotationModel
from rag.reader.closer import Candidate, around, look_closer, slice_of
from rag.reader.comparer import Compares, shipped_comparer
from rag.reader.judge import Judge, Judgement, same_words
from rag.reader.kinds import Kind, asks_doer, kind_of
from rag.reader.model import Reader, shipped
from rag.reader.records import Reading
from rag.records import PASSAGES, Citation, Claim, Evidence, Finding, Span
from rag.rivals import VersionModel, rivals
from rag.tables import look_up, share
from rag.telling import Told, reason, yes_or_no
from rag.utterances import asks_words

# Further things of a list have to be held nearly as likely as the first, in logits of the span score.
LIST_LEAD = 2.5
MOST_LISTED = 6
# Set by hand on development questions, not calibrated: how likely a sentence is right that says yes or no by rule; a
# quote that says neither, and one that gives a reason, by the share of the question that they hold.
SAID, QUOTED, REASON = 0.8, 0.4, 0.5
# Passages of the same event that are read for further versions: three held 78 of 109, four 79 (evals/LOG.md).
FURTHER_READ = 3


class LocalReader:
    """Answers by pointing: no word of an answer is its own. Declines below `min_confidence` (None: the judge's)."""

    name = "local"

    def __init__(
        self,
        *,
        reader: Reader | None = None,
        judge: Judge | None = None,
        comparer: Compares | None = None,
        versions: VersionModel | None = None,
        quotations: QuotationModel | None = None,
        min_confidence: float | None = None,
        texts_of: TextsOf | None = None,
    ):
        """`min_confidence`: decline below it (None: the judge's threshold). `texts_of`: gives the whole articles, where
        the heading of a table may stand that a passage has a row of; without it a passage is all that is known.
        """
        self._reader = reader or shipped()
        self._judge = judge or Judge.load()
        self._comparer = comparer or shipped_comparer()
        self._versions = versions or VersionModel.load()
        self._quotations = quotations or QuotationModel.load()
        self._texts_of = texts_of
        self._threshold = self._judge.threshold if min_confidence is None else min_confidence
        self._least_quoted = self._quotations.threshold if min_confidence is None else min_confidence

    def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
        """Findings best first, none below the threshold; what other passages say goes into the Outcome."""
        readings = self._reader.read(question, [p.text for p in passages], [p.title for p in passages])
        judged = self._judge.judge(question, passages, readings, self._comparer)
        order = tuple(candidate.passage for candidate in judged.candidates)
        kind = kind_of(question)
        if kind != "yes_no" and asks_words(question):
            finding, judged = said(
                question, passages, readings, judged, comparer=self._comparer, model=self._quotations,
                threshold=self._threshold, least=self._least_quoted,
            )  # fmt: skip
            if finding is not None:
                yield finding
                yield Outcome(confidence=finding.confidence or 0.0, order=order)
                return
        if kind in ("yes_no", "sentence"):
            finding = self._told(kind, question, passages, judged)
            stands = finding is not None and (finding.confidence or 0.0) >= self._threshold
            if finding is not None and stands:
                yield finding
            sure = (finding.confidence or 0.0) if finding else judged.confidence
            yield Outcome(confidence=sure, order=order)
            return
        if asks_doer(question):
            judged = _with_doer(question, passages, readings, judged)
        if kind == "span":
            judged = self._with_cell(question, passages, judged)
        if not judged.candidates or judged.confidence < self._threshold:
            yield Outcome(confidence=judged.confidence, order=order)
            return
        best = judged.candidates[0]
        yield _finding(best, judged.confidence)
        if kind == "list":
            yield from self._others(passages, readings, best, judged.confidence)
        others = self.alternatives_of(question, _finding(best, judged.confidence), passages)
        yield Outcome(confidence=judged.confidence, alternatives=others, order=order)

    def located(
        self, question: str, passages: Sequence[Passage], claims: Sequence[Claim], citations: Sequence[Citation]
    ) -> tuple[Finding, ...]:
        """The reader's spans in the sentences that claims quote, where the claim says the same, best first."""
        if kind_of(question) != "span":
            return ()
        standing = [claim for claim in claims if claim.supported]
        quoted = [
            (number, claim.text, citation)
            for claim in standing
            for citation in citations
            for number, passage in enumerate(passages)
            if citation.marker in claim.citations
            and citation.article_id == passage.article_id
            and passage.start <= citation.start < citation.end <= passage.end
        ]
        numbers = sorted({number for number, _, _ in quoted})
        read = [passages[number] for number in numbers]
        readings = self._reader.read(question, [one.text for one in read], [one.title for one in read])
        inside = [
            candidate
            for candidate in self._judge.offered(question, read, readings, weighed=None)
            if any(
                read[candidate.passage] is passages[number]
                and citation.start <= candidate.start < citation.end
                and tells(text, candidate.text)
                for number, text, citation in quoted
            )
        ]
        closer = self._judge.reordered(look_closer(self._comparer, question, read, inside))
        return tuple(_finding(replace(one, passage=numbers[one.passage]), SAID) for one in closer)

    def alternatives_of(self, question: str, finding: Finding, passages: Sequence[Passage]) -> tuple[Finding, ...]:
        """What the other passages give in a finding's place; nothing for a list or a table's cell."""
        known = passages[finding.evidence[0].passage]
        if kind_of(question) != "span" or _in_row(known, finding.evidence[0].spans[0].start):
            return ()
        near = list(self._of_event(question, known, passages))
        return self._rivals(question, finding, known, passages, near, before=0)

    def versions(
        self, question: str, finding: Finding, known: Passage, passages: Sequence[Passage]
    ) -> tuple[Finding, ...]:
        """What further passages of the same event give in the finding's place; nothing for a list or a table's cell."""
        place = finding.evidence[0].spans[0]
        if kind_of(question) != "span" or _in_row(known, place.start):
            return ()
        near = list(islice(self._of_event(question, known, passages), FURTHER_READ))
        return self._rivals(question, finding, known, passages, near, before=PASSAGES)

    def _of_event(self, question: str, known: Passage, passages: Sequence[Passage]) -> Iterator[int]:
        """The numbers of the passages whose articles tell of the same event as the known one."""
        texts = self._whole([known, *passages])
        return (number for number, one in enumerate(passages) if same_event(question, known, one, texts=texts))

    def _rivals(
        self,
        question: str,
        finding: Finding,
        known: Passage,
        passages: Sequence[Passage],
        numbers: Sequence[int],
        *,
        before: int,
    ) -> tuple[Finding, ...]:
        """What the passages with these numbers give in the finding's place; `before` so many others were read."""
        read = [passages[number] for number in numbers]
        found = rivals(
            question, finding, read, self._reader, known=known, judge=self._judge, comparer=self._comparer,
            model=self._versions, places=[before + number for number in numbers], texts=self._whole([known, *read]),
        )  # fmt: skip
        return tuple(
            replace(one, evidence=(replace(one.evidence[0], passage=numbers[one.evidence[0].passage]),))
            for one in found
        )

    def _whole(self, passages: Sequence[Passage]) -> Mapping[str, str]:
        return self._texts_of(passages) if self._texts_of else {one.article_id: one.text for one in passages}

    def _with_cell(self, question: str, passages: Sequence[Passage], judged: Judgement) -> Judgement:
        """The judgement with a table's cell in front, where the reader has nothing, points into the same article, or
        into one that speaks less of what is asked.
        """
        rows = {number: passage for number, passage in enumerate(passages) if "|" in passage.text}
        if not rows:
            return judged
        sure = bool(judged.candidates) and judged.confidence >= self._threshold
        known = passages[judged.candidates[0].passage] if sure else None
        read = [*rows.values(), *([known] if known else [])]
        texts = self._whole(read)
        cells = {one.article_id: look_up(question, one.title, texts[one.article_id]) for one in rows.values()}
        for number, passage in rows.items():
            found = cells[passage.article_id]
            if found is None or not passage.start <= found.start < found.end <= passage.end:
                continue
            elsewhere = known is not None and known.article_id != passage.article_id
            if known and elsewhere and share(question, known.title, texts[known.article_id]) >= found.share:
                continue
            box = found.cell
            cell = Candidate(passage=number, start=box.start, end=box.end, text=box.text, features={"margin": 0.0})
            others = tuple(candidate for candidate in judged.candidates if candidate.passage != number)
            return replace(judged, candidates=(cell, *others), confidence=max(judged.confidence, SAID * found.share))
        return judged

    def _told(self, kind: Kind, question: str, passages: Sequence[Passage], judged: Judgement) -> Finding | None:
        """The sentence that answers: the reader's where it is sure enough, else the one that the rules find."""
        pointed = {candidate.passage: candidate.start for candidate in judged.candidates}
        sure = bool(judged.candidates) and judged.confidence >= self._threshold
        if kind == "yes_no":
            told = yes_or_no(question, passages, pointed)
            if told is not None and (told.word is not None or not sure):
                return _of_yes_or_no(told, passages, judged.confidence)
        elif not sure:
            told = reason(question, passages, pointed)
            return _of_reason(told, passages, judged.confidence) if told is not None else None
        return (
            _sentence(passages[judged.candidates[0].passage], judged.candidates[0], judged.confidence) if sure else None
        )

    def _others(
        self, passages: Sequence[Passage], readings: Sequence[Reading], best: Candidate, confidence: float
    ) -> Iterator[Finding]:
        """Further things of the same list: spans of the same passage that the reader holds nearly as likely."""
        reading = readings[best.passage]
        passage = passages[best.passage]
        told = [best.text]
        for span in reading.spans[1:MOST_LISTED]:
            if span.score < reading.spans[0].score - LIST_LEAD or span.score < reading.not_here:
                break
            text = span.text
            if not any(same_words(text, known) for known in told):
                told.append(text)
                place = Span(passage.start + span.start, passage.start + span.end)
                evidence = (Evidence(passage=best.passage, spans=(place,)),)
                yield Finding(text=text, answer=text, evidence=evidence, confidence=confidence)


def _with_doer(question: str, passages: Sequence[Passage], readings: Sequence[Reading], judged: Judgement) -> Judgement:
    """The judgement with the span in front that by its sentence did what is asked about. Where none did, and by the
    first one's own sentence it was somebody else, nothing is known.
    """
    told = [
        (
            does(question, span.text, passage.text[start:end], span.start - start),
            span.score - reading.not_here,
            number,
            span,
        )
        for number, (passage, reading) in enumerate(zip(passages, readings, strict=True))
        for start, end in sentences(passage.text)
        for span in reading.spans
        if start <= span.start < end
    ]
    fitting = [(margin, -number, span) for verdict, margin, number, span in told if verdict]
    if not fitting:
        best = judged.candidates[0] if judged.candidates else None
        denied = best is not None and any(
            verdict is False and same_words(span.text, best.text) for verdict, _, _, span in told
        )
        return replace(judged, candidates=judged.candidates[1:], confidence=0.0) if denied else judged
    margin, place, span = max(fitting, key=lambda item: item[:2])
    offset = passages[-place].start
    doer = Candidate(
        passage=-place, start=offset + span.start, end=offset + span.end, text=span.text, features={"margin": margin}
    )
    others = tuple(candidate for candidate in judged.candidates if candidate.passage != doer.passage)
    return replace(judged, candidates=(doer, *others), confidence=max(judged.confidence, SAID))


def _finding(candidate: Candidate, confidence: float) -> Finding:
    span = Span(candidate.start, candidate.end)
    evidence = (Evidence(passage=candidate.passage, spans=(span,)),)
    return Finding(text=candidate.text, answer=candidate.text, evidence=evidence, confidence=confidence)


def _in_row(passage: Passage, place: int) -> bool:
    """Does the article offset lie in a row of a table, whose columns nobody compares across articles?"""
    text, at = passage.text, place - passage.start
    stop = text.find("\n", at)
    return "|" in text[text.rfind("\n", 0, at) + 1 : stop if stop >= 0 else len(text)]


def _sentence(passage: Passage, best: Candidate, confidence: float) -> Finding:
    """How and why are answered by the sentence: a span of it is seldom a reason by itself."""
    start, end = around(passage, best.start, best.end)
    return Finding(
        text=slice_of(passage, start, end),
        answer=None,
        evidence=(Evidence(passage=best.passage, spans=(Span(best.start, best.end),)),),
        confidence=confidence,
    )


def _of_yes_or_no(told: Told, passages: Sequence[Passage], confidence: float) -> Finding:
    """Yes or no where the sentence says it, else the sentence itself."""
    quote = slice_of(passages[told.passage], told.start, told.end)
    sure = SAID if told.word else QUOTED * told.cover * told.near
    return Finding(
        text=f"{told.word}: {quote}" if told.word else quote,
        answer=told.word,
        evidence=(Evidence(passage=told.passage, spans=(Span(told.start, told.end),)),),
        confidence=max(sure, confidence),
    )


def _of_reason(told: Told, passages: Sequence[Passage], confidence: float) -> Finding:
    """The whole sentence: where no span was sure enough, nobody has said which part of it is the reason."""
    return Finding(
        text=slice_of(passages[told.passage], told.start, told.end),
        answer=None,
        evidence=(Evidence(passage=told.passage, spans=(Span(told.answer or told.start, told.end),)),),
        confidence=max(REASON * (told.cover + told.near) / 2, confidence),
    )
