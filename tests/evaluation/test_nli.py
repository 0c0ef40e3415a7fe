"""A model for inference may stand in for the rules as the judge of what a quote carries."""

from collections.abc import Sequence
from dataclasses import replace

from evals.metrics.citations import measure_alce
from evals.nli import nli_verifier
from evals.records import Said
from tests.evaluation.stand_ins import answered, quote


class Matcher:
    """Contradiction, entailment, neutral: entailed when the premise holds the last word of the hypothesis."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        self.asked.extend(pairs)
        return [[0.1, 0.8 if hypothesis.split()[-1] in premise else 0.0, 0.5] for premise, hypothesis in pairs]


def test_a_short_claim_is_read_with_its_question() -> None:
    record = replace(
        answered("48", "48"),
        claims=(Said(text="48", supported=True, citations=(1,)),),
        citations=(replace(quote("a", 0, 5), quote="She was 48 metres long."),),
    )
    model = Matcher()
    assert measure_alce(record, nli_verifier(model, 1)(record)) == {"alce_recall": 1.0, "alce_precision": 1.0}
    assert model.asked == [("She was 48 metres long.", "Who won? 48")]
    other = replace(record, citations=(replace(record.citations[0], quote="It was long."),))
    assert measure_alce(other, nli_verifier(model, 1)(other)) == {"alce_recall": 0.0, "alce_precision": 0.0}
