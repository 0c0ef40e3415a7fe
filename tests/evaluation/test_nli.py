"""A model for inference may stand in for the rules as the judge of what a quote carries."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evals.metrics.citations import measure_alce
from evals.nli import load_nli, nli_verifier
from evals.records import Said
from index.errors import ModelError
from rag.reader.model import WEIGHTS
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


def saved_model(folder: Path, labels: Sequence[str], *, favoured: int = 0) -> str:
    """A real cross-encoder, tiny and untrained but for the label that it favours, as sentence-transformers loads it."""
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    config = BertConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        id2label=dict(enumerate(labels)), label2id={label: place for place, label in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    model.classifier.bias.data[favoured] = 10.0
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_file=str(WEIGHTS / "tokenizer.json"), pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]",
        unk_token="[UNK]", mask_token="[MASK]",
    ).save_pretrained(folder)  # fmt: skip
    return str(folder)


@pytest.mark.parametrize(("favoured", "carried"), [(1, 1.0), (0, 0.0), (2, 0.0)])
def test_a_real_cross_encoder_is_loaded_and_its_verdict_counts(tmp_path: Path, favoured: int, carried: float) -> None:
    record = replace(
        answered("48", "48"),
        claims=(Said(text="48", supported=True, citations=(1,)),),
        citations=(replace(quote("a", 0, 5), quote="She was 48 metres long."),),
    )
    folder = saved_model(tmp_path / "model", ("contradiction", "Entailment", "neutral"), favoured=favoured)
    assert measure_alce(record, load_nli(folder)(record))["alce_recall"] == carried


def test_a_model_of_another_kind_is_named(tmp_path: Path) -> None:
    folder = saved_model(tmp_path / "model", ("positive", "negative", "mixed"))
    with pytest.raises(ModelError, match="not 'entailment'"):
        load_nli(folder)
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_nli(str(tmp_path / "nothing"))
