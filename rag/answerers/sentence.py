"""What does the local reader answer where a sentence tells it: whether it is so, why, or how?"""

from collections.abc import Sequence

from index.records import Passage
from rag.reader.closer import Candidate, around, slice_of
from rag.reader.judge import Judgement
from rag.reader.kinds import Kind
from rag.records import Evidence, Finding, Span
from rag.telling import Told, reason, yes_or_no

# Set by hand on development questions, not calibrated: how likely a sentence is right that says yes or no by rule; a
# quote that says neither, and one that gives a reason, by the share of the question that they hold.
SAID, QUOTED, REASON = 0.8, 0.4, 0.5


def told_by_sentence(
    kind: Kind, question: str, passages: Sequence[Passage], judged: Judgement, *, threshold: float
) -> Finding | None:
    """The sentence that answers: the reader's where it is sure enough, else the one that the rules find."""
    pointed = {candidate.passage: candidate.start for candidate in judged.candidates}
    sure = bool(judged.candidates) and judged.confidence >= threshold
    if kind == "yes_no":
        told = yes_or_no(question, passages, pointed)
        if told is not None and (told.word is not None or not sure):
            return _of_yes_or_no(told, passages, judged.confidence)
    elif not sure:
        told = reason(question, passages, pointed)
        return _of_reason(told, passages, judged.confidence) if told is not None else None
    return _sentence(passages[judged.candidates[0].passage], judged.candidates[0], judged.confidence) if sure else None


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
