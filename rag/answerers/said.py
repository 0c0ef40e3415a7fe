"""What does the local reader answer where somebody's words are asked for? Those words, whole, and nobody else's."""

from collections.abc import Sequence
from dataclasses import replace

from index.records import Passage
from rag.quotations import QuotationModel, around, by_another, quotations
from rag.reader.comparer import Compares
from rag.reader.judge import Judgement
from rag.reader.records import Reading
from rag.records import Evidence, Finding, Span
from rag.utterances import Utterance


def said(
    question: str,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    judged: Judgement,
    *,
    comparer: Compares,
    model: QuotationModel,
    threshold: float,
    least: float,
) -> tuple[Finding | None, Judgement]:
    """The quotation that answers, if one does, and the judgement for what is not quoted.

    Where the judgement reaches `threshold`, the quotation that its span is a part of; a span of what somebody else said
    is given up. Else the likeliest quotation, if its probability reaches `least` and is no less than the judgement's.
    """
    sure = judged.confidence if judged.candidates and judged.confidence >= threshold else 0.0
    if sure:
        best = judged.candidates[0]
        passage = passages[best.passage]
        place = best.start - passage.start, best.end - passage.start
        if by_another(question, passage, *place):
            judged, sure = replace(judged, candidates=judged.candidates[1:], confidence=0.0), 0.0
        elif (whole := around(question, passage, *place)) is not None:
            return _finding(best.passage, passage, whole, judged.confidence), judged
    found = model.best(quotations(question, passages, readings, comparer))
    if found is None or found[1] < max(least, sure):
        return None, judged
    first, likely = found
    return _finding(first.passage, passages[first.passage], first.said, likely), judged


def _finding(number: int, passage: Passage, words: Utterance, confidence: float) -> Finding:
    text = passage.text[words.start : words.end].rstrip(" ,")
    start = passage.start + words.start
    evidence = (Evidence(passage=number, spans=(Span(start, start + len(text)),)),)
    told = f"“{text.rstrip('.')}”" if words.quoted else text
    return Finding(text=told, answer=text, evidence=evidence, confidence=confidence)
