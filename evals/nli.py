"""How is a model for natural language inference named as ALCE's judge, instead of the product's rules?"""

from collections.abc import Sequence
from typing import Protocol

from evals.columns import Verifier
from evals.metrics.citations import Entails
from evals.records import RunRecord
from index.errors import ModelError


class Classifier(Protocol):
    """What is used of sentence-transformers' CrossEncoder: a score for each label of each pair."""

    def predict(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Sequence[float]]:
        """Scores by label for (premise, hypothesis) pairs."""
        ...


def load_nli(name: str) -> Verifier:
    """The verifier that a cross-encoder for inference makes, by its name or folder, for `score(run, verifier=...)`.

    Raises ModelError when it cannot be loaded or has no label "entailment".
    """
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name)
    except (OSError, ValueError) as error:
        raise ModelError(f"{name}: cannot be loaded as a cross-encoder: {error}") from error
    labels = {str(label).lower(): int(place) for label, place in (model.config.label2id or {}).items()}
    if "entailment" not in labels:
        raise ModelError(f"{name}: has the labels {sorted(labels)}, not 'entailment'; name a model for inference")
    return nli_verifier(model, labels["entailment"])


def nli_verifier(model: Classifier, entailment: int) -> Verifier:
    """A verifier that takes a claim as carried when `entailment` is its best label (AutoAIS in Gao et al. 2023)."""

    def of(record: RunRecord) -> Entails:
        def entails(premise: str, claim: str) -> bool:
            # a bare span says nothing by itself; as in ALCE's script for lists, the question stands before it
            hypothesis = claim if len(claim.split()) > 5 else f"{record.question} {claim}"
            scores = list(model.predict([(premise, hypothesis)])[0])
            return max(range(len(scores)), key=lambda place: scores[place]) == entailment

        return entails

    return of
