"""Each question that went wrong has one cause: the first stage that failed."""

from dataclasses import replace

from evals.causes import CAUSES, cause_of
from evals.records import Candidate, RunRecord, Said
from evals.suite import GoldSpan
from tests.evaluation.stand_ins import NO_ANSWER, quote, searched

GOLD = (GoldSpan(article="a", start=50, end=60),)
READ = replace(
    searched(GOLD, ("a", 0, 100), ("b", 0, 100)),
    answer="38 militants",
    answers=("38",),
    citations=(quote("a", 45, 70),),
)


def test_a_right_answer_with_the_right_quote_is_right() -> None:
    assert cause_of(READ) == "right"
    assert cause_of(NO_ANSWER) == "right"


def test_a_right_answer_with_a_quote_from_elsewhere_is_wrongly_cited() -> None:
    assert cause_of(replace(READ, citations=(quote("b", 0, 20),))) == "citation wrong"


def test_evidence_that_is_not_found_is_told_from_evidence_that_ranking_lost() -> None:
    missed = replace(READ, answer="12", passages=READ.passages[1:])
    assert cause_of(missed) == "not retrieved"
    found = (Candidate(article="a", start=0, end=100, word_rank=40),)
    assert cause_of(replace(missed, candidates=found)) == "lost in ranking"


def test_what_was_read_and_not_answered_is_the_readers() -> None:
    assert cause_of(replace(READ, answer="12", citations=(quote("b", 0, 20),))) == "reader missed"
    assert cause_of(replace(READ, answer="12")) == "wrong span"
    assert cause_of(replace(READ, answer=None, outcome="abstained", citations=())) == "refused wrongly"


def test_a_true_claim_that_the_check_dropped_is_the_checks() -> None:
    dropped = Said(text="38 militants were killed.", supported=False, reason="number not in the quote")
    assert cause_of(replace(READ, answer=None, outcome="abstained", claims=(dropped,))) == "check removed a true claim"


def test_the_remaining_causes() -> None:
    assert cause_of(replace(NO_ANSWER, outcome="answered", answer="x")) == "answered the unanswerable"
    assert cause_of(replace(READ, outcome="error")) == "error"
    judged_by_search = replace(READ, answers=())
    assert cause_of(judged_by_search) == "not judged"
    assert cause_of(RunRecord(id="q", question="?", outcome="abstained", answers=("x",))) == "refused wrongly"
    assert all(text.endswith(".") for text in CAUSES.values())
