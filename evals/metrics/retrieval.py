"""Did the search bring the evidence? Hits, recall, MRR, nDCG and AP, at ranks and at equal budgets of words."""

from collections.abc import Sequence

from evals.metrics.answers import Measures
from evals.records import Candidate, RunRecord, Seen
from evals.suite import GoldSpan

RANKS = (1, 3, 5, 8)  # 8 passages are what the reader reads by default
BUDGETS = (256, 512, 1024)  # words: about one, two and four long passages; small contexts of chat models hold 1,024
TOP = 10  # the cut of nDCG@10, as BEIR reports it

Place = Seen | Candidate


def covers(place: Place, span: GoldSpan) -> bool:
    """Whether a passage holds a gold span whole; an article that counts as a whole is held by any part of it."""
    if place.article != span.article:
        return False
    return span.end is None or (place.start <= span.start and span.end <= place.end)


def first_ranks(places: Sequence[Place], evidence: Sequence[Sequence[GoldSpan]]) -> list[int | None]:
    """For each piece of evidence the rank (from 1) of the first passage that holds it; None: no passage does."""
    return [
        next((rank for rank, place in enumerate(places, 1) if any(covers(place, span) for span in group)), None)
        for group in evidence
    ]


def measure(record: RunRecord) -> Measures:
    """Measures of one search against the gold spans; empty for a question without gold.

    `hit@k`: some piece of evidence is in the first k passages. `evidence@k`: all are (the one that answers need).
    `recall@k`: the share of pieces. `hit@Nw`, `evidence@Nw`: the same within the first N words, so that splitters with
    small and large chunks compare at equal budgets; here neighbouring passages may hold a span together.
    `ceiling`: the share of pieces that one chunk could hold at all, the most that `recall@k` can reach.
    """
    if not record.gold or record.outcome == "error":
        return dict.fromkeys(NAMES, 0.0) if record.gold else {}
    evidence = record.evidence
    ranks = first_ranks(record.passages, evidence)
    result: Measures = {}
    for k in RANKS:
        found = sum(rank is not None and rank <= k for rank in ranks)
        result[f"hit@{k}"] = float(found > 0)
        result[f"evidence@{k}"] = float(found == len(evidence))
        result[f"recall@{k}"] = found / len(evidence)
    words = [len(passage.text.split()) for passage in record.passages]
    for budget in BUDGETS:
        kept = within(record.passages, words, budget)
        held = [any(together(kept, span) for span in group) for group in evidence]
        result[f"hit@{budget}w"] = float(any(held))
        result[f"evidence@{budget}w"] = float(all(held))
    result["ceiling"] = ceiling(record)
    return result


NAMES = (
    *(f"{name}@{k}" for name in ("hit", "evidence", "recall") for k in RANKS),
    *(f"{name}@{budget}w" for name in ("hit", "evidence") for budget in BUDGETS),
)


def within(passages: Sequence[Seen], words: Sequence[int], budget: int) -> list[tuple[str, int, int]]:
    """The spans that the first `budget` words of the passages make up; the last one is cut in proportion."""
    kept: list[tuple[str, int, int]] = []
    left = budget
    for passage, count in zip(passages, words, strict=True):
        length = passage.end - passage.start
        if count > left:
            length = length * left // count
        if length > 0:
            kept.append((passage.article, passage.start, passage.start + length))
        left -= count
        if left <= 0:
            break
    return kept


def together(kept: Sequence[tuple[str, int, int]], span: GoldSpan) -> bool:
    """Whether the kept spans, taken together, hold a gold span whole."""
    own = sorted((start, end) for article, start, end in kept if article == span.article)
    if span.end is None:
        return bool(own)
    reached = span.start
    for start, end in own:
        # a splitter drops the blanks between two chunks: a gap of two characters is not a loss
        if start <= reached + 2 and end > reached:
            reached = end
    return reached >= span.end


def ceiling(record: RunRecord) -> float | None:
    """The share of evidence pieces that a single chunk holds; None where the library's chunks were not known."""
    if not record.ceiling or any(known is None for known in record.ceiling):
        return None
    by_piece: dict[int, bool] = {}
    for span, known in zip(record.gold, record.ceiling, strict=True):
        by_piece[span.evidence] = by_piece.get(span.evidence, False) or bool(known)
    return sum(by_piece.values()) / len(by_piece)
