"""What would the scripts that came with these data sets say? Compatible modes, labelled as such in every report.

They are here to compare with published tables. Where a formula is odd, the oddity is kept and named.
"""

from collections.abc import Sequence
from typing import NamedTuple

from evals.records import RunRecord
from evals.suites.multihop_rag import REFUSAL


class Retrieval(NamedTuple):
    """MultiHop-RAG's four retrieval scores."""

    hits_at_10: float
    hits_at_4: float
    map_at_10: float
    mrr_at_10: float


def multihop_retrieval(retrieved: Sequence[str], facts: Sequence[str]) -> Retrieval:
    """The scores of one question as `retrieval_evaluate.py` computes them (Tang and Yang 2024).

    A passage is a hit when it contains a fact, blanks and line ends taken out of both. Odd: the loop runs over 11
    passages while only ranks to 10 count for the hits and MRR, and its precision at a rank is (facts first found there)
    / rank, not (facts found so far) / rank, so that its MAP is lower than average precision.
    """
    wanted = [fact.replace(" ", "").replace("\n", "") for fact in facts]
    found: list[str] = []
    first: int | None = None
    total = 0.0
    for rank, passage in enumerate((text.replace(" ", "").replace("\n", "") for text in retrieved[:10]), start=1):
        held = [fact for fact in wanted if fact in passage]
        if held:
            first = first or rank
            new = [fact for fact in held if fact not in found]
            # the script looks at `find_gold` while it fills it, so a fact that is listed twice counts once
            new = list(dict.fromkeys(new))
            found.extend(new)
            total += len(new) / rank
    return Retrieval(
        hits_at_10=float(first is not None),
        hits_at_4=float(first is not None and first <= 4),
        map_at_10=total / min(len(wanted), 10),
        mrr_at_10=1 / first if first else 0.0,
    )


def multihop_answer(prediction: str, gold: str) -> float:
    """1 when prediction and gold share a word, both in lower case and split at blanks (`qa_evaluate.py`).

    Odd: "the" in common is a hit, a full stop at the end of a word prevents one. Precision, recall and F1 of the script
    all equal the mean of this.
    """
    return float(bool(set(prediction.lower().split()) & set(gold.lower().split())))


def multihop(record: RunRecord) -> dict[str, float]:
    """The published scores of one record. Declining counts as the text that its prompt asks for, "Insufficient
    Information"; null queries have that as their gold answer and take no part in retrieval.
    """
    prediction = record.answer or "" if record.outcome == "answered" else ""
    if record.outcome == "abstained":
        prediction = REFUSAL
    gold = record.answers[0] if record.answers else REFUSAL
    result = {"accuracy": multihop_answer(prediction, gold)}
    facts = [span.text for span in record.gold if span.text]
    if facts:
        scores = multihop_retrieval([passage.text for passage in record.passages], facts)
        result |= scores._asdict()
    return result


def rgb(record: RunRecord) -> dict[str, float]:
    """RGB's `evalue.py` (Chen et al. 2024): with answerable passages the rate of answers that contain every part (lower
    case, any wording), with noise only the rate of rejection. Its rejection phrase is our abstention.
    """
    if not record.answerable:
        return {"rejection": float(record.outcome == "abstained")}
    text = (record.answer or "").lower() if record.outcome == "answered" else ""
    parts = record.parts or tuple((answer,) for answer in record.answers)
    held = [any(wording.lower() in text for wording in part) for part in parts]
    return {"accuracy": float(bool(held) and all(held))}
