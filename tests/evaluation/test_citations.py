"""Citations are compared with gold spans by their offsets."""

from dataclasses import replace

from evals.metrics.citations import measure, measure_alce
from evals.records import RunRecord, Said
from evals.suite import GoldSpan
from tests.evaluation.stand_ins import NO_ANSWER, quote

GOLD = (GoldSpan(article="a", start=50, end=60, evidence=0), GoldSpan(article="b", start=5, end=9, evidence=1))
RECORD = RunRecord(
    id="q",
    question="?",
    outcome="answered",
    answer="x",
    answers=("x",),
    gold=GOLD,
    claims=(Said(text="x", supported=True, citations=(1, 2)),),
    citations=(quote("a", 40, 70), quote("c", 0, 9, marker=2, verbatim=False)),
)


def test_precision_counts_quotes_that_touch_gold_and_recall_the_pieces_that_are_held() -> None:
    measures = measure(RECORD)
    assert measures["citation_precision"] == 0.5
    assert measures["citation_recall"] == 0.5
    assert measures["quote_holds_gold"] == 1.0
    assert measures["verbatim"] == 0.5
    assert measures["marker_valid"] == 1.0


def test_a_quote_that_only_touches_gold_holds_nothing() -> None:
    measures = measure(replace(RECORD, citations=(quote("a", 55, 70),)))
    assert (measures["citation_precision"], measures["citation_recall"], measures["quote_holds_gold"]) == (
        1.0,
        0.0,
        0.0,
    )


def test_a_marker_without_a_citation_is_not_valid() -> None:
    assert measure(replace(RECORD, citations=(quote("a", 40, 70),)))["marker_valid"] == 0.5


def test_answers_without_quotes_have_no_precision_to_be_proud_of() -> None:
    measures = measure(replace(RECORD, citations=(), claims=()))
    assert (measures["citation_precision"], measures["marker_valid"], measures["verbatim"]) == (0.0, None, None)
    assert measure(NO_ANSWER) == {}


def test_alce_reads_each_supported_claim_with_its_quotes() -> None:
    record = replace(RECORD, claims=(*RECORD.claims, Said(text="dropped", supported=False, citations=(1,))))
    quotes = [citation.quote for citation in record.citations]
    # only the long quote carries the claim: of the two that are cited, one is needed
    found = measure_alce(record, lambda premise, claim: claim == "x" and quotes[0] in premise)
    assert found == {"alce_recall": 1.0, "alce_precision": 0.5}
    assert measure_alce(replace(record, claims=()), lambda premise, claim: True) == {
        "alce_recall": 0.0,
        "alce_precision": 0.0,
    }
