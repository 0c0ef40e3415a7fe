"""What is measured? Every measure with its title, bounds, direction and where its formula comes from."""

from dataclasses import dataclass

from evals.metrics.retrieval import BUDGETS, RANKS


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure as a report shows it. `headline`: shown at the top, in slices and in comparisons."""

    name: str
    title: str
    family: str
    what: str
    low: float = 0.0
    high: float = 1.0
    headline: bool = False


def catalogue() -> dict[str, Metric]:
    """Every measure by name, in the order of a report. Higher is better in all of them."""
    return {metric.name: metric for metric in (*answers(), *citations(), *abstention(), *retrieval())}


def answers() -> list[Metric]:
    """Measures of the answer itself."""
    family = "Answers"
    return [
        Metric(
            "right",
            "Right",
            family,
            "Answerable: the answer holds an accepted wording, or shares two thirds of its words and all numbers. "
            "Unanswerable: declined.",
            headline=True,
        ),
        Metric("f1", "F1", family, "SQuAD 2.0 F1 over all questions (Rajpurkar et al. 2018).", headline=True),
        Metric("exact", "Exact match", family, "SQuAD 2.0 exact match over all questions."),
        Metric("answerable_f1", "F1, answerable", family, "F1 over answerable questions (HasAns_f1)."),
        Metric(
            "answerable_exact", "Exact, answerable", family, "Exact match over answerable questions (HasAns_exact)."
        ),
        Metric("contains", "Holds the answer", family, "The answer holds an accepted wording as whole words."),
        Metric(
            "with_quotes",
            "Answer or quotes hold it",
            family,
            "The answer together with its quotes holds an accepted wording.",
            headline=True,
        ),
        Metric("numeric", "Numbers", family, "Where a wording has numbers: the answer has every one of them."),
    ]


def citations() -> list[Metric]:
    """Measures of the citations."""
    family = "Citations"
    return [
        Metric("marker_valid", "Markers valid", family, "Markers in claims that name a citation."),
        Metric("verbatim", "Quotes verbatim", family, "Quotes that the article has at exactly their offsets."),
        Metric(
            "quote_holds_gold",
            "Quote holds gold",
            family,
            "A quote of an answer holds a gold span whole.",
            headline=True,
        ),
        Metric("citation_precision", "Precision against gold", family, "Quotes that touch a gold span."),
        Metric("citation_recall", "Recall against gold", family, "Pieces of evidence that a quote holds."),
        Metric(
            "alce_recall", "ALCE recall", family, "Claims that their quotes carry (Gao et al. 2023), by the verifier."
        ),
        Metric("alce_precision", "ALCE precision", family, "Citations that a claim needs (Gao et al. 2023)."),
    ]


def abstention() -> list[Metric]:
    """Measures of declining."""
    family = "Declining"
    return [
        Metric("answered", "Answered", family, "Questions that got an answer at all."),
        Metric("selective_right", "Right when answering", family, "Answered questions that are right."),
        Metric("refusal_precision", "Refusal precision", family, "Declined questions that have no answer."),
        Metric("refusal_recall", "Refusal recall", family, "Unanswerable questions that are declined.", headline=True),
        Metric("crag", "Truthfulness", family, "+1 right, 0 declined, -1 wrong (CRAG, Yang et al. 2024).", low=-1.0),
    ]


def retrieval() -> list[Metric]:
    """Measures of the search."""
    family = "Retrieval"
    found: list[Metric] = []
    for name, title, what in (
        ("hit", "Some evidence", "some piece of evidence"),
        ("evidence", "All evidence", "every piece of evidence"),
        ("recall", "Recall", "the share of the pieces of evidence"),
    ):
        for k in RANKS:
            shown = name == "evidence" and k in (1, 8)
            said = f"The first {k} passages hold {what}." if k > 1 else f"The first passage holds {what}."
            found.append(Metric(f"{name}@{k}", f"{title} @{k}", family, said, headline=shown))
    for name, title in (("hit", "Some evidence"), ("evidence", "All evidence")):
        for budget in BUDGETS:
            said = f"The first {budget:,} words of the passages hold it: equal budgets for any splitter."
            found.append(Metric(f"{name}@{budget}w", f"{title} in {budget:,} words", family, said))
    for prefix, level in (("", ""), ("article_", ", articles")):
        found += [
            Metric(f"{prefix}mrr", f"MRR{level}", family, "Reciprocal rank of the first relevant one (ir-measures)."),
            Metric(f"{prefix}ndcg@10", f"nDCG@10{level}", family, "Discounted gain (Järvelin and Kekäläinen 2002)."),
            Metric(
                f"{prefix}ap", f"Average precision{level}", family, "Average precision over the ranking (ir-measures)."
            ),
        ]
    found.append(
        Metric(
            "ceiling", "Splitter's ceiling", family, "Pieces of evidence that one chunk holds: the most recall can be."
        )
    )
    return found
