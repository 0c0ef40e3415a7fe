"""Why did a question go wrong? One cause each, the first stage that failed."""

from evals.metrics.answers import has_all_parts, is_right
from evals.metrics.citations import holds_span
from evals.metrics.retrieval import first_ranks
from evals.metrics.wording import holds
from evals.records import RunRecord

RIGHT = "right"
# In the order of the way of a question; the report draws them in this order.
CAUSES = {
    RIGHT: "Right: answered as the articles say, or declined because they do not say.",
    "citation wrong": "The answer is right, but no quote shown holds the gold span.",
    "not retrieved": "Neither the vectors nor the words brought up a passage with the evidence.",
    "lost in ranking": "The evidence was among the candidates, but not among the passages that were read.",
    "reader missed": "The evidence was read, but the answer was taken from another passage.",
    "wrong span": "The answer was taken from the right passage, at the wrong place.",
    "check removed a true claim": "A claim with the right answer was made, and the check did not let it stand.",
    "refused wrongly": "The evidence was read, and the answer declined.",
    "answered the unanswerable": "The articles do not say, and an answer was given.",
    "not judged": "The suite gives no accepted answer: only retrieval is scored.",
    "error": "Asking failed.",
}


def cause_of(record: RunRecord) -> str:
    """The cause of one record's outcome, a key of CAUSES."""
    if record.outcome == "error":
        return "error"
    if not record.answerable:
        return RIGHT if record.outcome == "abstained" else "answered the unanswerable"
    if not record.answers and not record.parts:
        return retrieval_cause(record) or "not judged"
    if is_right(record):
        cited = any(holds_span(quote, span) for quote in record.citations for span in record.gold)
        return RIGHT if cited or not record.gold else "citation wrong"
    if removed_a_true_claim(record):
        return "check removed a true claim"
    if record.gold and (missing := retrieval_cause(record)):
        return missing
    if record.outcome == "abstained":
        return "refused wrongly"
    return "wrong span" if in_right_passage(record) else "reader missed"


def retrieval_cause(record: RunRecord) -> str | None:
    """Whether some piece of evidence never reached the reader, and where it was lost."""
    evidence = record.evidence
    read = first_ranks(record.passages, evidence)
    if None not in read:
        return None
    lost = [group for group, rank in zip(evidence, read, strict=True) if rank is None]
    found = first_ranks(record.candidates, lost)
    return "not retrieved" if None in found else "lost in ranking"


def removed_a_true_claim(record: RunRecord) -> bool:
    """Whether a claim that the check dropped holds an accepted wording."""
    return any(
        not claim.supported and (has_all_parts(record, claim.text) or any(holds(claim.text, a) for a in record.answers))
        for claim in record.claims
    )


def in_right_passage(record: RunRecord) -> bool:
    """Whether a citation lies in a passage that holds the evidence."""
    holding = [record.passages[rank - 1] for rank in first_ranks(record.passages, record.evidence) if rank]
    return any(
        quote.article == passage.article and quote.start < passage.end and passage.start < quote.end
        for quote in record.citations
        for passage in holding
    )
