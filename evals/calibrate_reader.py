"""How is the judge learned? `python -m evals.calibrate_reader --data ../shared/data` writes judge.json.

Chooses on SQuAD's first 8 and new_wiki's 33rd to 40th article, on the newsroom's `dev` stories and on the events that
the reader was not trained on, open book; nothing here looks at a reporting article or a `test` story.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.event_questions import library_of, sampled
from evals.metrics.wording import token_f1
from evals.open_book import Asked, Book, choosing
from evals.reader_training.written import CHOOSING, EVENTS
from index.records import Passage
from rag.fuse import fuse
from rag.reader.closer import CLOSER, LOOKED_AT, Candidate, look_closer
from rag.reader.comparer import Comparer, Compares
from rag.reader.features import RANKING
from rag.reader.judge import CONFIDENCE, Judge
from rag.reader.kinds import kind_of
from rag.reader.model import WEIGHTS, Reader
from rag.reader.records import Reading
from rag.records import PASSAGES

# A span counts as right when it shares this much with an accepted answer: "June 18" for "on June 18, 2016" does.
RIGHT_F1 = 0.5
# Of eleven refusals about two may be of a question that the articles answer. At .81 the newsroom's dev near misses are
# declined as often as before the judge knew the comparer, at .82 less often (evals/LOG.md).
REFUSAL_PRECISION = 0.81
# What weights cost: enough to keep like features apart from each other's noise.
RIDGE, CONFIDENCE_RIDGE = 1e-4, 1e-3
SEED = 13
NEWSROOM = Path(__file__).parent / "newsroom"


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
        readings = reader.read(question.question, [p.text for p in passages], [p.title for p in passages])
        yield Read(asked=question, passages=passages, readings=tuple(readings))


def newsroom_reads(folder: Path, reader: Reader) -> Iterator[Read]:
    """The newsroom's `dev` questions that a span or a refusal answers: news, and near misses written by hand."""
    from index import Library, read

    library = Library.open(folder)
    library.add(read(str(NEWSROOM / "articles")))
    for line in (NEWSROOM / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["split"] != "dev" or entry["conversation"] or entry["type"] in {"yes_no", "list", "why_how"}:
            continue
        answers = tuple(entry["answers"]) if entry["answerable"] else ()
        passages = tuple(fuse(library.search(entry["question"]))[:PASSAGES])
        readings = reader.read(entry["question"], [p.text for p in passages], [p.title for p in passages])
        asked = Asked(question=entry["question"], paragraph="", article=entry["id"], answers=answers)
        yield Read(asked=asked, passages=passages, readings=tuple(readings))


def event_reads(folder: Path, reader: Reader) -> Iterator[Read]:
    """Questions on events that several outlets report on, and on what none of them says."""
    library, questions = library_of(CHOOSING[EVENTS], folder)
    for entry in sampled(questions):
        if kind_of(entry.question) != "span":
            continue
        texts = [library.article(name).text[start:end] for name, (start, end) in entry.told.items()]
        passages = tuple(fuse(library.search(entry.question))[:PASSAGES])
        readings = reader.read(entry.question, [p.text for p in passages], [p.title for p in passages])
        asked = Asked(question=entry.question, paragraph="", article=entry.story, answers=tuple(texts))
        yield Read(asked=asked, passages=passages, readings=tuple(readings))
    library.close()


def fit_ranking(reads: Sequence[Read]) -> dict[str, float]:
    """The right ones among all spans that are weighed."""
    blank = Judge(ranking={}, closer={}, confidence={}, threshold=0.0)
    return _fit_order(
        [(read.asked, blank.offered(read.asked.question, read.passages, read.readings)) for read in reads], RANKING
    )


def _looked_at(read: Read, judge: Judge, comparer: Compares) -> tuple[Candidate, ...]:
    question = read.asked.question
    return look_closer(comparer, question, read.passages, judge.offered(question, read.passages, read.readings))


def fit_closer(looked_at: Sequence[tuple[Read, Sequence[Candidate]]]) -> dict[str, float]:
    """The right ones among those that were looked at closer."""
    return _fit_order([(read.asked, found[:LOOKED_AT]) for read, found in looked_at], (*RANKING, *CLOSER))


def _fit_order(offers: Sequence[tuple[Asked, Sequence[Candidate]]], names: Sequence[str]) -> dict[str, float]:
    """Conditional logit over the spans offered for each answerable question: the right ones against all."""
    groups = []
    for asked, candidates in offers:
        right = [_is_right(asked, candidate.text) for candidate in candidates]
        if any(right) and not all(right):
            rows = [[candidate.features[name] for name in names] for candidate in candidates]
            groups.append((np.array(rows), np.array(right)))
    return dict(zip(names, _minimised(len(names), lambda w: _ranking_loss(w, groups)), strict=True))


def _is_right(asked: Asked, text: str) -> bool:
    return max((token_f1(answer, text) for answer in asked.answers), default=0.0) >= RIGHT_F1


def _ranking_loss(
    weights: NDArray[np.float64], groups: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]]
) -> tuple[float, NDArray[np.float64]]:
    """The loss and its gradient, a mean over the groups."""
    total, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
    for rows, right in groups:
        scores = rows @ weights
        likely = np.exp(scores - scores.max())
        total += float(np.log(likely.sum()) - np.log(likely[right].sum())) / len(groups)
        slope = slope + (likely / likely.sum() - likely * right / likely[right].sum()) @ rows / len(groups)
    return total, slope


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How sure the judge was of its first candidate, and what was true of the question."""

    confidence: float
    right: bool
    answerable: bool
    mixed: bool


def fit_confidence(
    looked_at: Sequence[tuple[Read, Sequence[Candidate]]], judge: Judge
) -> tuple[dict[str, float], list[Told]]:
    """Logistic regression of "the first candidate is right" over all questions, and what it says of each."""
    rows, outcomes = [], []
    for read, found in looked_at:
        judged = judge.judged(read.asked.question, read.passages, found)
        if judged.candidates:
            rows.append([1.0, *(judged.features[name] for name in CONFIDENCE)])
            outcomes.append((_is_right(read.asked, judged.candidates[0].text), read.asked))
    table, target = np.array(rows), np.array([right for right, _ in outcomes], dtype=np.float64)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = table @ weights
        kept = np.array([0.0, *weights[1:]])
        value = float(np.mean(np.logaddexp(0, scores) - target * scores) + CONFIDENCE_RIDGE * (kept @ kept))
        return value, table.T @ (1 / (1 + np.exp(-scores)) - target) / len(table) + 2 * CONFIDENCE_RIDGE * kept

    weights = _minimised(table.shape[1], loss)
    probabilities = 1 / (1 + np.exp(-(table @ weights)))
    told = [
        Told(
            confidence=float(probability),
            right=right,
            answerable=bool(asked.answers),
            mixed=bool(asked.paragraph) and (bool(asked.answers) or asked.without is not None),
        )
        for probability, (right, asked) in zip(probabilities, outcomes, strict=True)
    ]
    return dict(zip(("bias", *CONFIDENCE), weights, strict=True)), told


def choose_threshold(told: Sequence[Told]) -> tuple[float, float, float]:
    """(threshold, refusal precision, refusal recall): the highest that still keeps REFUSAL_PRECISION.

    Over answerable questions and as many whose article was taken out. Refusing what could not be answered is right;
    refusing what could is not, however it would have been read. The set's own impossible questions and the
    newsroom's are left out: near misses by design, what is gained on them is gained by the same high threshold.
    """
    mixed = [item for item in told if item.mixed]
    missing = sum(not item.answerable for item in mixed)
    best = (0.0, 1.0, 0.0)
    for threshold in np.arange(0.02, 0.95, 0.005):
        refused = [not item.answerable for item in mixed if item.confidence < threshold]
        if refused and sum(refused) / len(refused) >= REFUSAL_PRECISION:
            best = (float(threshold), sum(refused) / len(refused), sum(refused) / max(1, missing))
    return best


def _minimised(
    size: int, loss: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]
) -> NDArray[np.float64]:
    from scipy.optimize import minimize

    found: NDArray[np.float64] = minimize(loss, np.full(size, 0.1), jac=True, method="L-BFGS-B").x
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder with reader.onnx; judge.json goes there")
    parser.add_argument("--questions", type=int, default=500, help="of each set, half of them unanswerable")
    options = parser.parse_args()
    reader, comparer = Reader.load(options.weights), Comparer.load(options.weights)
    reads: list[Read] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, articles in choosing(options.data).items():
            book = Book.build(Path(scratch) / name, articles)
            chooser = random.Random(SEED)
            chosen = book.half_and_half(options.questions, chooser)
            impossible = book.questions(impossible=True)
            chosen += chooser.sample(impossible, min(options.questions // 2, len(impossible)))
            reads += read_all(book, chosen, reader)
        reads += newsroom_reads(Path(scratch) / "newsroom", reader)
        (Path(scratch) / "events").mkdir()
        reads += event_reads(Path(scratch) / "events", reader)
    ranking = fit_ranking(reads)
    judge = Judge(ranking=ranking, closer={}, confidence={}, threshold=0.0)
    looked_at = [(read, _looked_at(read, judge, comparer)) for read in reads]
    judge = replace(judge, closer=fit_closer(looked_at))
    confidence, told = fit_confidence(looked_at, judge)
    threshold, precision, recall = choose_threshold(told)
    stored = {
        "ranking": {name: round(value, 5) for name, value in ranking.items()},
        "closer": {name: round(value, 5) for name, value in judge.closer.items()},
        "confidence": {name: round(value, 5) for name, value in confidence.items()},
        "threshold": round(threshold, 4),
        "chosen_on": f"{len(told)} questions of choosing articles, dev stories and events; "
        f"refusal precision {precision:.3f}, recall {recall:.3f}",
    }
    (options.weights / "judge.json").write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    main()
