"""What does the local reader answer? Spans from the passages, with what kind of answer the question wants in mind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.records import Passage
from index.sentences import sentence_at
from rag.answerers.cells import in_row, with_cell
from rag.answerers.doer import with_doer
from rag.answerers.near import AccountModel, may_tell, nearest, told_beside, worth_reading
from rag.answerers.port import Outcome, TextsOf
from rag.answerers.said import said
from rag.answerers.sentence import told_by_sentence
from rag.answerers.whom import with_name
from rag.events import of_event, same_event
from rag.likeness import tells
from rag.quotations import QuotationModel
from rag.reader.closer import Candidate, look_closer
from rag.reader.comparer import Compares, shipped_comparer
from rag.reader.judge import Judge, same_words
from rag.reader.kinds import asks_doer, kind_of
from rag.reader.model import Reader, shipped
from rag.reader.records import Reading
from rag.records import PASSAGES, Citation, Claim, Evidence, Finding, Span
from rag.rivals import VersionModel, rivals
from rag.utterances import asks_words

# Further things of a list have to be held nearly as likely as the first, in logits of the span score.
LIST_LEAD = 2.5
MOST_LISTED = 6
# How likely a span is right that a chat model's claim says too; set by hand.
CLAIMED = 0.8
# Passages of the same event that are read for further versions: three held 78 of 109, four 79 (evals/LOG.md).
FURTHER_READ = 3
# Passages behind those that were read that are read as well in place of an answer: of 45 dev questions declined wrongly
# what comes nearest holds the answer of 35 with two and of 36 with three, and two lose a dev question's versions
# (evals/LOG.md).
NEXT_READ = 3


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
        accounts: AccountModel | None = None,
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
        self._accounts = accounts or AccountModel.load()
        self._texts_of = texts_of
        self._threshold = self._judge.threshold if min_confidence is None else min_confidence
        self._least_quoted = self._quotations.threshold if min_confidence is None else min_confidence

    def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
        """Findings best first, none below the threshold; what other passages say goes into the Outcome."""
        kind, words = kind_of(question), asks_words(question)
        readings = self._reader.read(question, [p.text for p in passages], [p.title for p in passages])
        judged = self._judge.judge(question, passages, readings, self._comparer)
        order = tuple(candidate.passage for candidate in judged.candidates)
        if kind != "yes_no" and words:
            finding, judged = said(
                question, passages, readings, judged, comparer=self._comparer, model=self._quotations,
                threshold=self._threshold, least=self._least_quoted,
            )  # fmt: skip
            if finding is not None:
                yield finding
                yield Outcome(confidence=finding.confidence or 0.0, order=order)
                return
        if kind in ("yes_no", "sentence"):
            finding = told_by_sentence(kind, question, passages, judged, threshold=self._threshold)
            stands = finding is not None and (finding.confidence or 0.0) >= self._threshold
            if finding is not None and stands:
                yield finding
            sure = (finding.confidence or 0.0) if finding else judged.confidence
            yield Outcome(confidence=sure, order=order)
            return
        if asks_doer(question):
            judged = with_doer(question, passages, readings, judged)
        if kind == "span":
            judged = with_cell(question, passages, judged, threshold=self._threshold, whole=self._whole)
        if not judged.candidates or judged.confidence < self._threshold:
            yield Outcome(confidence=judged.confidence, order=order)
            return
        if kind == "span":
            near = self._of_event(question, passages[judged.candidates[0].passage], passages)
            judged = with_name(question, passages, judged, near)
        best = judged.candidates[0]
        yield _finding(best, judged.confidence)
        if kind == "list":
            yield from self._others(passages, readings, best, judged.confidence)
        others = self.alternatives_of(question, _finding(best, judged.confidence), passages)
        yield Outcome(confidence=judged.confidence, alternatives=others, order=order)

    def instead(self, question: str, passages: Sequence[Passage], refused: Finding) -> Finding | None:
        """The likeliest span that says something else, as likely as it is without the refused one; None below the
        threshold, and where no span was asked for.
        """
        if kind_of(question) != "span" or asks_words(question):
            return None
        readings = self._reader.read(question, [p.text for p in passages], [p.title for p in passages])
        offered = self._judge.offered(question, passages, readings)
        others = [one for one in offered if not same_words(one.text, refused.text)]
        looked_at = look_closer(self._comparer, question, passages, others)
        judged = self._judge.judged(question, passages, looked_at)
        if not judged.candidates or judged.confidence < self._threshold:
            return None
        return _finding(judged.candidates[0], judged.confidence)

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
        return tuple(_finding(replace(one, passage=numbers[one.passage]), CLAIMED) for one in closer)

    def alternatives_of(self, question: str, finding: Finding, passages: Sequence[Passage]) -> tuple[Finding, ...]:
        """What the other passages give in a finding's place; nothing for a list or a table's cell."""
        known = passages[finding.evidence[0].passage]
        if kind_of(question) != "span" or in_row(known, finding.evidence[0].spans[0].start):
            return ()
        near = list(self._of_event(question, known, passages))
        return self._rivals(question, finding, known, passages, near, before=0)

    def versions(
        self, question: str, finding: Finding, known: Passage, passages: Sequence[Passage]
    ) -> tuple[Finding, ...]:
        """What further passages of the same event give in the finding's place; nothing for a list or a table's cell."""
        place = finding.evidence[0].spans[0]
        if kind_of(question) != "span" or in_row(known, place.start):
            return ()
        near = self._further(question, known, passages)
        return self._rivals(question, finding, known, passages, near, before=PASSAGES)

    def nearest(
        self,
        question: str,
        finding: Finding | None,
        passages: Sequence[Passage],
        beyond: Sequence[Passage] = (),
    ) -> tuple[Evidence, ...]:
        """Where passages speak nearest to the question, likeliest first: beside a finding what tells the same matter,
        and only where things and not a whole sentence are asked for; without one all that comes near.
        """
        if finding is None:
            numbers = [*range(len(passages)), *worth_reading(question, passages, beyond)[:NEXT_READ]]
            read = [[*passages, *beyond][number] for number in numbers]
            found = nearest(question, read, self._reader, judge=self._judge)
            return tuple(replace(one.evidence, passage=numbers[one.passage]) for one in found)
        if kind_of(question) in ("yes_no", "sentence") or asks_words(question):
            return ()
        known = passages[finding.evidence[0].passage]
        start, end = sentence_at(known.text, finding.evidence[0].spans[0].start - known.start)
        # What has the known sentence word for word was not read for versions, and is not for its other sentences.
        further = [
            len(passages) + number
            for number in self._further(question, known, beyond)
            if known.text[start:end] not in beyond[number].text
        ]
        everything, numbers = [*passages, *beyond], [*range(len(passages)), *further]
        texts = self._whole([known, *(everything[number] for number in numbers)])
        telling = may_tell(question, known, [everything[number] for number in numbers], texts=texts)
        numbers = [numbers[number] for number in telling]
        read = [everything[number] for number in numbers]
        before = sum(number < len(passages) for number in numbers)
        found = nearest(question, read, self._reader, judge=self._judge)
        told = told_beside(question, finding, known, found, read, read=before, texts=texts)
        ordered = self._accounts.ordered(found, told)
        return tuple(replace(one.evidence, passage=numbers[one.passage]) for one in ordered)

    def _of_event(self, question: str, known: Passage, passages: Sequence[Passage]) -> Iterator[int]:
        """The numbers of the passages whose articles tell of the same event as the known one."""
        texts = self._whole([known, *passages])
        return (number for number, one in enumerate(passages) if same_event(question, known, one, texts=texts))

    def _further(self, question: str, known: Passage, passages: Sequence[Passage]) -> list[int]:
        """The numbers of those of further passages that are worth reading."""
        return of_event(question, known, passages, texts=self._whole([known, *passages]))[:FURTHER_READ]

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


def _finding(candidate: Candidate, confidence: float) -> Finding:
    span = Span(candidate.start, candidate.end)
    evidence = (Evidence(passage=candidate.passage, spans=(span,)),)
    return Finding(text=candidate.text, answer=candidate.text, evidence=evidence, confidence=confidence)
