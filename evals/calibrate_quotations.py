"""How are somebody's words found? `python -m evals.calibrate_quotations` writes rag/reader/weights/quotations.json.

Learns on the questions of the sample newsroom's dev half and of Tavelin that ask for somebody's words: which of the
things said in the passages answers each. Prints what it gets right on questions that it did not see.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.metrics.wording import holds
from evals.newsroom import ARTICLES, QUESTIONS
from evals.other_newsrooms import TAVELIN
from index.library import Library
from index.reading import read
from rag.assistant import Assistant
from rag.quotations import FEATURES, Quotation, QuotationModel, quotations
from rag.reader.comparer import Comparer
from rag.reader.model import WEIGHTS, Reader
from rag.utterances import asks_words

SOURCES = (
    (ARTICLES, (QUESTIONS,)),
    (TAVELIN / "articles.jsonl", (TAVELIN / "questions.jsonl", TAVELIN / "hard_questions.jsonl")),
)
RIDGE = 0.3
# Of what is answered so much has to be right, as it is of the reader's spans on news.
PRECISION = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question for somebody's words, what is said in its passages, and what of it answers."""

    question: str
    found: tuple[Quotation, ...]
    right: tuple[bool, ...]


def asked(reader: Reader, comparer: Comparer, scratch: Path) -> Iterator[Asked]:
    """The dev questions that ask for words, those that nothing answers too."""
    for number, (articles, files) in enumerate(SOURCES):
        with Library.open(scratch / str(number)) as library:
            library.add(read(str(articles)))
            assistant = Assistant(library, today=library.info().last_published)
            for row in (json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()):
                question = row["question"]
                if row["split"] == "dev" and not row.get("conversation") and asks_words(question):
                    passages = assistant.retrieve(question)
                    readings = reader.read(question, [p.text for p in passages], [p.title for p in passages])
                    found = tuple(quotations(question, passages, readings, comparer))
                    texts = [passages[one.passage].text[one.said.start : one.said.end] for one in found]
                    right = tuple(any(holds(text, wording) for wording in row["answers"]) for text in texts)
                    if found:
                        yield Asked(question=question, found=found, right=right)


def fit(questions: Sequence[Asked]) -> QuotationModel:
    """A logistic model over all that is said; then slope and offset over the first of each question."""
    rows = np.array([_row(one) for question in questions for one in question.found])
    right = np.array([answers for question in questions for answers in question.right], dtype=float)
    values = _logistic(rows, right, RIDGE)
    weights = dict(zip(FEATURES, (float(value) for value in values[:-1]), strict=True))
    ordered = QuotationModel(weights=weights, slope=1.0, offset=0.0, threshold=0.0)
    firsts = [_first(ordered, question) for question in questions]
    scores = np.array([[ordered.score(one)] for one, _ in firsts])
    slope, offset = _logistic(scores, np.array([answers for _, answers in firsts], dtype=float), 0.05)
    return QuotationModel(weights=weights, slope=float(slope), offset=float(offset), threshold=0.0)


def held_out(questions: Sequence[Asked]) -> list[tuple[float, bool]]:
    """For each question the probability that a model gives its first quotation which has not seen it, and whether that
    one answers.
    """
    results = []
    for number, question in enumerate(questions):
        model = fit([*questions[:number], *questions[number + 1 :]])
        best = model.best(question.found)
        assert best is not None
        results.append((best[1], question.right[question.found.index(best[0])]))
    return results


def threshold(results: Sequence[tuple[float, bool]]) -> float:
    """The lowest probability from which on PRECISION of what is answered is right."""
    for candidate in np.arange(0.3, 0.9, 0.01):
        taken = [right for chance, right in results if chance >= candidate]
        if taken and sum(taken) >= PRECISION * len(taken):
            return round(float(candidate), 2)
    return 0.9


def _row(one: Quotation) -> list[float]:
    return [one.features[name] for name in FEATURES]


def _first(model: QuotationModel, question: Asked) -> tuple[Quotation, bool]:
    place = max(range(len(question.found)), key=lambda number: model.score(question.found[number]))
    return question.found[place], question.right[place]


def _logistic(rows: NDArray[np.float64], right: NDArray[np.float64], ridge: float) -> NDArray[np.float64]:
    """Weights and, last, a bias that is not held small."""
    wide = np.column_stack([rows, np.ones(len(rows))])

    def loss(values: NDArray[np.float64]) -> float:
        told = wide @ values
        return float(np.sum(np.logaddexp(0, told) - right * told) + ridge * values[:-1] @ values[:-1])

    fitted: NDArray[np.float64] = minimize(loss, np.zeros(wide.shape[1])).x
    return fitted


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of reader.onnx")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        questions = list(asked(Reader.load(options.weights), Comparer.load(options.weights), Path(scratch)))
    results, model = held_out(questions), fit(questions)
    chosen = threshold(results)
    taken = [right for chance, right in results if chance >= chosen]
    stored: Mapping[str, object] = {
        "weights": {name: round(value, 4) for name, value in model.weights.items()},
        "slope": round(model.slope, 4),
        "offset": round(model.offset, 4),
        "threshold": chosen,
        "chosen_on": f"{len(questions)} questions, {sum(any(one.right) for one in questions)} with an answer; held "
        f"out: first right {sum(right for _, right in results)}, from the threshold on {sum(taken)} of {len(taken)}",
    }
    (options.weights / "quotations.json").write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    main()
