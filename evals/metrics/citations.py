"""Do the citations hold? Valid markers, verbatim quotes, quotes against gold spans, and ALCE's two scores."""

from collections.abc import Callable, Sequence

from evals.metrics.answers import Measures
from evals.records import Quoted, RunRecord
from evals.suite import GoldSpan

Entails = Callable[[str, str], bool]  # premise, claim -> whether the premise carries the claim
AT_MOST = 3  # citations of one sentence that ALCE counts (`--at_most_citations` of its script)


def measure(record: RunRecord) -> Measures:
    """Measures of the citations of an answered question; empty for the others.

    `marker_valid`: the share of markers in claims that name a citation. `verbatim`: the share of quotes that the
    article has at their offsets. `quote_holds_gold`: a quote holds a gold span whole. `citation_precision`: the share
    of quotes that touch a gold span. `citation_recall`: the share of evidence pieces that a quote holds. The last three
    are over answerable questions with gold spans.
    """
    if record.outcome != "answered":
        return {}
    known = {citation.marker for citation in record.citations}
    used = [marker for claim in record.claims if claim.supported for marker in claim.citations]
    checked = [citation.verbatim for citation in record.citations if citation.verbatim is not None]
    result: Measures = {
        "marker_valid": sum(marker in known for marker in used) / len(used) if used else None,
        "verbatim": sum(checked) / len(checked) if checked else None,
    }
    if not record.answerable or not record.gold:
        return result
    quotes = record.citations
    pieces = [any(holds_span(quote, span) for quote in quotes for span in group) for group in record.evidence]
    touching = [any(touches(quote, span) for span in record.gold) for quote in quotes]
    return result | {
        "quote_holds_gold": float(any(pieces)),
        "citation_precision": sum(touching) / len(touching) if touching else 0.0,
        "citation_recall": sum(pieces) / len(pieces),
    }


def holds_span(quote: Quoted, span: GoldSpan) -> bool:
    """Whether a quote holds a gold span whole; any quote of an article that counts as a whole does."""
    if quote.article != span.article:
        return False
    return span.end is None or (quote.start <= span.start and span.end <= quote.end)


def touches(quote: Quoted, span: GoldSpan) -> bool:
    """Whether a quote and a gold span share a character."""
    if quote.article != span.article:
        return False
    return span.end is None or (quote.start < span.end and span.start < quote.end)


def alce(sentences: Sequence[tuple[str, Sequence[str]]], entails: Entails) -> tuple[float, float]:
    """Citation recall and precision of one answer (Gao et al. 2023, "Enabling LLMs to generate text with citations").

    `sentences` are pairs of a statement and the texts it cites. Recall: the share of statements that their citations,
    joined, carry. Precision: the share of citations that are needed, which is one that carries the statement alone, or
    without which the others do not carry it; citations of an uncarried statement are not needed. As in its script, at
    most three citations of a statement count.
    """
    if not sentences:
        return 0.0, 0.0
    carried, needed, total = 0, 0, 0
    for statement, cited in sentences:
        cited = list(cited)[:AT_MOST]
        total += len(cited)
        if not cited or not entails("\n".join(cited), statement):
            continue
        carried += 1
        if len(cited) == 1:
            needed += 1
            continue
        for number, text in enumerate(cited):
            others = "\n".join(other for place, other in enumerate(cited) if place != number)
            needed += entails(text, statement) or not entails(others, statement)
    return carried / len(sentences), needed / total if total else 0.0


def measure_alce(record: RunRecord, entails: Entails) -> Measures:
    """ALCE's scores of an answered question, each claim with the quotes it cites."""
    if record.outcome != "answered":
        return {}
    quotes = {citation.marker: citation.quote for citation in record.citations}
    sentences = [
        (claim.text, [quotes[marker] for marker in claim.citations if marker in quotes])
        for claim in record.claims
        if claim.supported
    ]
    if not sentences:
        return {"alce_recall": 0.0, "alce_precision": 0.0}
    recall, precision = alce(sentences, entails)
    return {"alce_recall": recall, "alce_precision": precision}
