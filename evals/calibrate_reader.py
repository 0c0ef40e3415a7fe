"""How is the judge learned? `python -m evals.calibrate_reader --data ../shared/data` writes judge.json.

Chooses on SQuAD's first 8 and new_wiki's 33rd to 40th article, open book; nothing here looks at a reporting article.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.metrics.wording import token_f1
from evals.open_book import Asked, Book, choosing
from index.records import Passage
from rag.assistant import PASSAGES
from rag.reader.judge import CONFIDENCE, RANKING, Judge, confidence_features, ranking_features
from rag.reader.model import WEIGHTS, Reader
from rag.reader.records import Reading

# A span counts as right when it shares this much with an accepted answer: "June 18" for "on June 18, 2016" does.
RIGHT_F1 = 0.5
SEED = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One question with what was read for it."""

    asked: Asked
    passages: tuple[Passage, ...]
    readings: tuple[Reading, ...]


def read_all(book: Book, questions: Sequence[Asked], reader: Reader) -> Iterator[Read]:
    """Search and read, in order."""
    for question in questions:
        passages = book.passages(question, PASSAGES)
        readings = reader.read(question.question, [passage.text for passage in passages])
        yield Read(asked=question, passages=passages, readings=tuple(readings))


def fit_ranking(reads: Sequence[Read]) -> dict[str, float]:
    """Conditional logit over the passages of each answerable question: the right ones against all."""
    groups = []
    for read in reads:
        if not read.asked.answers:
            continue
        rows = [
            [ranking_features(i, p, r, read.passages)[name] for name in RANKING]
            for i, (p, r) in enumerate(zip(read.passages, read.readings, strict=True))
        ]
        right = [_is_right(read, i) for i in range(len(rows))]
        if any(right) and not all(right):
            groups.append((np.array(rows), np.array(right)))
    return dict(zip(RANKING, _minimised(len(RANKING), lambda w: _ranking_loss(w, groups)), strict=True))


def _ranking_loss(weights: NDArray[np.float64], groups: list[tuple[NDArray[np.float64], NDArray[np.bool_]]]) -> float:
    total = 0.01 * float(weights @ weights) * len(groups) / 100
    for rows, right in groups:
        scores = rows @ weights
        top = scores.max()
        total += float(np.log(np.exp(scores - top).sum()) - np.log(np.exp(scores[right] - top).sum()))
    return total / max(1, len(groups))


def fit_confidence(reads: Sequence[Read], judge: Judge) -> tuple[dict[str, float], list[tuple[float, bool, bool]]]:
    """Logistic regression of "the first candidate is right"; also (confidence, right, answerable) of each question."""
    rows, right, answerable = [], [], []
    for read in reads:
        judged = judge.judge(read.asked.question, read.passages, read.readings)
        if not judged.candidates:
            continue
        features = confidence_features(read.asked.question, judged.candidates, read.passages)
        rows.append([1.0, *(features[name] for name in CONFIDENCE)])
        best = judged.candidates[0]
        right.append(max((token_f1(a, best.text) for a in read.asked.answers), default=0.0) >= RIGHT_F1)
        answerable.append(bool(read.asked.answers))
    table, target = np.array(rows), np.array(right, dtype=np.float64)

    def loss(weights: NDArray[np.float64]) -> float:
        scores = table @ weights
        return float(np.mean(np.logaddexp(0, scores) - target * scores) + 1e-3 * (weights[1:] @ weights[1:]))

    weights = _minimised(table.shape[1], loss)
    probabilities = 1 / (1 + np.exp(-(table @ weights)))
    told = [(float(p), bool(r), a) for p, r, a in zip(probabilities, right, answerable, strict=True)]
    return dict(zip(("bias", *CONFIDENCE), weights, strict=True)), told


def choose_threshold(told: Sequence[tuple[float, bool, bool]]) -> tuple[float, float, float]:
    """(threshold, refusal precision, refusal recall): where the two are nearest to each other, half of the questions
    being unanswerable. Refusing what cannot be answered is right; refusing what can be is not, however it was read.
    """
    best = (2.0, 0.5, 0.0, 0.0)
    for threshold in np.arange(0.02, 0.95, 0.005):
        refused = [(not answerable) for p, _, answerable in told if p < threshold]
        missing = sum(not answerable for _, _, answerable in told)
        if refused and missing:
            precision, recall = sum(refused) / len(refused), sum(refused) / missing
            best = min(best, (abs(precision - recall), float(threshold), precision, recall))
    return best[1], best[2], best[3]


def _is_right(read: Read, number: int) -> bool:
    reading = read.readings[number]
    if not reading.spans:
        return False
    text = reading.spans[0].text
    return max(token_f1(answer, text) for answer in read.asked.answers) >= RIGHT_F1


def _minimised(size: int, loss: "object") -> NDArray[np.float64]:
    from scipy.optimize import minimize

    found: NDArray[np.float64] = minimize(loss, np.full(size, 0.1), method="BFGS").x
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder with reader.onnx; judge.json goes there")
    parser.add_argument("--questions", type=int, default=500, help="of each set, half of them unanswerable")
    options = parser.parse_args()
    reader = Reader.load(options.weights)
    reads: list[Read] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, articles in choosing(options.data).items():
            book = Book.build(Path(scratch) / name, articles)
            chosen = book.half_and_half(options.questions, random.Random(SEED))
            reads += read_all(book, chosen, reader)
    ranking = fit_ranking(reads)
    judge = Judge(ranking=ranking, confidence={}, threshold=0.0)
    confidence, told = fit_confidence(reads, judge)
    threshold, precision, recall = choose_threshold(told)
    stored = {
        "ranking": {name: round(value, 5) for name, value in ranking.items()},
        "confidence": {name: round(value, 5) for name, value in confidence.items()},
        "threshold": round(threshold, 4),
        "chosen_on": f"{len(told)} questions of the choosing articles; "
        f"refusal precision {precision:.3f}, recall {recall:.3f}",
    }
    (options.weights / "judge.json").write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    main()
