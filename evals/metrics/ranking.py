"""How well ranked is what was found? MRR, nDCG and AP by ir-measures, over passages and over articles."""

from collections.abc import Sequence

from evals.metrics.answers import Measures
from evals.metrics.retrieval import TOP, first_ranks
from evals.records import RunRecord

# Over passages a ranking is judged by novelty: the first passage that holds a piece of evidence is relevant, a further
# one that repeats it is not, and a piece that no passage holds is a relevant document that was missed.


def measure_all(records: Sequence[RunRecord]) -> list[Measures]:
    """`mrr`, `ndcg@10`, `ap` over passages and `article_*` over articles for each record, by ir-measures (MacAvaney
    et al. 2022, trec_eval underneath); records without gold get nothing, errors count 0.
    """
    import ir_measures
    from ir_measures import AP, RR, Qrel, ScoredDoc, nDCG

    measures = {"RR": "mrr", "nDCG": f"ndcg@{TOP}", "AP": "ap"}
    qrels: list[Qrel] = []
    run: list[ScoredDoc] = []
    results: list[Measures] = []
    for number, record in enumerate(records):
        if not record.gold:
            results.append({})
            continue
        results.append(dict.fromkeys([*measures.values(), *(f"article_{name}" for name in measures.values())], 0.0))
        for level, (relevant, ranking) in (("p", by_passage(record)), ("a", by_article(record))):
            query = f"{level}{number}"
            qrels.extend(Qrel(query, document, grade) for document, grade in relevant.items())
            run.extend(ScoredDoc(query, document, -float(rank)) for rank, document in enumerate(ranking))
    if not qrels:
        return results
    for value in ir_measures.iter_calc([RR, nDCG @ TOP, AP], qrels, run):
        prefix = "article_" if value.query_id[0] == "a" else ""
        results[int(value.query_id[1:])][prefix + measures[value.measure.NAME]] = float(value.value)
    return results


def by_passage(record: RunRecord) -> tuple[dict[str, int], list[str]]:
    """Judgements and ranking over passages, by their rank as name."""
    ranks = first_ranks(record.passages, record.evidence)
    relevant: dict[str, int] = {}
    for piece, (rank, group) in enumerate(zip(ranks, record.evidence, strict=True)):
        name = f"missed {piece}" if rank is None else f"passage {rank}"
        relevant[name] = max(relevant.get(name, 0), max(span.grade for span in group))
    ranking = [f"passage {rank}" for rank in range(1, len(record.passages) + 1)]
    return relevant, ranking if record.outcome != "error" else []


def by_article(record: RunRecord) -> tuple[dict[str, int], list[str]]:
    """Judgements and ranking over articles, each ranked by its first passage."""
    relevant: dict[str, int] = {}
    for span in record.gold:
        relevant[span.article] = max(relevant.get(span.article, 0), span.grade)
    ranking = list(dict.fromkeys(passage.article for passage in record.passages))
    return relevant, ranking if record.outcome != "error" else []
