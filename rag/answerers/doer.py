"""Who did what is asked about? Each span is tried by its sentence: a reader points, it does not parse."""

from collections.abc import Sequence
from dataclasses import replace

from index.records import Passage
from index.sentences import sentences
from rag.affirm import does
from rag.reader.closer import Candidate
from rag.reader.judge import Judgement, same_words
from rag.reader.records import Reading

# Set by hand on development questions, not calibrated: how likely somebody is right who by the sentence did it.
DID = 0.8


def with_doer(question: str, passages: Sequence[Passage], readings: Sequence[Reading], judged: Judgement) -> Judgement:
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
    best = judged.candidates[0] if judged.candidates else None
    # Whom the reader names no description supplants: "a film about two sisters won" is nobody's victory.
    named = best is not None and _has_name(best.text)
    fitting = [
        (margin, -number, span)
        for verdict, margin, number, span in told
        if verdict and (_has_name(span.text) or not named)
    ]
    if not fitting:
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
    return replace(judged, candidates=(doer, *others), confidence=max(judged.confidence, DID))


def _has_name(text: str) -> bool:
    return any(letter.isupper() for letter in text)
