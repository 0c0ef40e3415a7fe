"""What does the local reader answer? Spans from the passages, with what kind of answer the question wants in mind."""

import threading
from collections.abc import Iterator, Sequence
from functools import cache

from index.records import Passage
from index.sentences import sentences
from rag.answerers.port import Outcome
from rag.reader.judge import Candidate, Judge, Judgement, same_words
from rag.reader.kinds import kind_of, statement_of
from rag.reader.model import Reader
from rag.reader.records import Reading
from rag.records import Evidence, Finding, Span
from rag.verify import verify

# Further things of a list have to be held nearly as likely as the first, in logits of the span score.
LIST_LEAD = 2.5
MOST_LISTED = 6
# Other versions of the answer are looked for among candidates whose passage the reader finds at all relevant.
ALTERNATIVE_MARGIN = 0.0
_LOADING = threading.Lock()


class LocalReader:
    """Answers by pointing: no word of an answer is its own. Declines below `min_confidence` (None: the judge's)."""

    name = "local"

    def __init__(
        self, *, reader: Reader | None = None, judge: Judge | None = None, min_confidence: float | None = None
    ):
        self._reader = reader or _shipped_reader()
        self._judge = judge or Judge.load()
        self._threshold = self._judge.threshold if min_confidence is None else min_confidence

    def answer(self, question: str, passages: Sequence[Passage]) -> Iterator[Finding | Outcome]:
        """Findings best first, none below the threshold; what other passages say goes into the Outcome."""
        readings = self._reader.read(question, [passage.text for passage in passages])
        judged = self._judge.judge(question, passages, readings)
        if not judged.candidates or judged.confidence < self._threshold:
            yield Outcome(confidence=judged.confidence)
            return
        best = judged.candidates[0]
        kind = kind_of(question)
        if kind == "yes_no":
            yield _yes_or_no(question, passages[best.passage], best, judged.confidence)
            yield Outcome(confidence=judged.confidence)
            return
        if kind == "sentence":
            yield _sentence(passages[best.passage], best, judged.confidence)
            yield Outcome(confidence=judged.confidence)
            return
        yield _finding(best, judged.confidence)
        if kind == "list":
            yield from self._others(passages, readings, best, judged.confidence)
        yield Outcome(confidence=judged.confidence, alternatives=_alternatives(judged))

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


def _alternatives(judged: Judgement) -> tuple[Finding, ...]:
    """What the other passages offer, each as likely as its score is to the best one's."""
    best = judged.candidates[0]
    return tuple(
        _finding(other, judged.confidence * min(1.0, 2.0 ** (other.score - best.score)))
        for other in judged.candidates[1:]
        if other.features["margin"] > ALTERNATIVE_MARGIN
    )


def _sentence(passage: Passage, best: Candidate, confidence: float) -> Finding:
    """How and why are answered by the sentence; the bare answer is the span in it."""
    start, end = _around(passage, best)
    span = Span(best.start, best.end)
    return Finding(
        text=passage.text[start - passage.start : end - passage.start],
        answer=best.text,
        evidence=(Evidence(passage=best.passage, spans=(span,)),),
        confidence=confidence,
    )


def _yes_or_no(question: str, passage: Passage, best: Candidate, confidence: float) -> Finding:
    """Yes or no where the sentence carries it or its opposite, else the sentence itself."""
    start, end = _around(passage, best)
    quote = passage.text[start - passage.start : end - passage.start]
    verdict = verify(
        statement_of(question), quote, quote_published=passage.published, context=f"{passage.title}\n\n{passage.text}"
    )
    opposite = verdict.reason.startswith(("the source denies", "the source does not deny", "the source affirms"))
    word = "Yes" if verdict.supported else "No" if opposite else None
    return Finding(
        text=f"{word}: {quote}" if word else quote,
        answer=word or quote,
        evidence=(Evidence(passage=best.passage, spans=(Span(start, end),)),),
        confidence=confidence,
    )


def _around(passage: Passage, best: Candidate) -> tuple[int, int]:
    """Article offsets of the sentence that holds the span."""
    first, last = best.start - passage.start, best.end - passage.start
    touched = [(a, b) for a, b in sentences(passage.text) if a < last and b > first]
    return passage.start + touched[0][0], passage.start + touched[-1][1]


@cache
def _load() -> Reader:
    return Reader.load()


def _shipped_reader() -> Reader:
    """One reader a process: assistants share its memory and threads."""
    with _LOADING:
        return _load()
