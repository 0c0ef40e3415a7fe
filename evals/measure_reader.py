"""How good is the shipped reader? `python -m evals.measure_reader --data ../shared/data`: every figure of its card.

Reports on the last 8 articles of the SQuAD half and of new_wiki, which nothing was chosen on. Intervals: 95 % bootstrap
over articles; with eight articles they are approximate.
"""

import argparse
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.metrics.wording import token_f1
from evals.open_book import Book, reporting
from index.records import Filters
from rag import Assistant
from rag.reader.judge import Judge
from rag.reader.model import WEIGHTS, Reader
from rag.records import Answer

SEED = 29
RESAMPLES = 2_000
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Row:
    """One question's figure and the article that it is clustered by."""

    article: str
    value: float


def interval(rows: Sequence[Row]) -> tuple[float, float, float]:
    """(mean, low, high): percentile bootstrap over articles."""
    if not rows:
        return float("nan"), float("nan"), float("nan")
    articles = sorted({row.article for row in rows})
    sums = np.array([sum(row.value for row in rows if row.article == name) for name in articles])
    counts = np.array([sum(row.article == name for row in rows) for name in articles])
    picks = np.random.default_rng(SEED).integers(0, len(articles), (RESAMPLES, len(articles)))
    means = sums[picks].sum(1) / counts[picks].sum(1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(sums.sum() / counts.sum()), float(low), float(high)


def gold_paragraph(
    articles: Sequence[dict[str, Any]], reader: Reader, count: int
) -> dict[str, tuple[float, float, float]]:
    """SQuAD's own task: F1 over the answerable questions, and over all at the best threshold of the margin."""
    answered: list[Row] = []
    gains: list[tuple[float, float, bool]] = []
    entries = [(a["title"], p["context"], entry) for a in articles for p in a["paragraphs"] for entry in p["qas"]]
    for title, context, entry in random.Random(SEED).sample(entries, min(count, len(entries))):
        (reading,) = reader.read(entry["question"], [context])
        text = reading.spans[0].text if reading.spans else ""
        nothing = bool(entry.get("is_impossible"))
        f1 = 0.0 if nothing else max(token_f1(answer["text"], text) for answer in entry["answers"])
        gains.append((reading.margin, f1, nothing))
        if not nothing:
            answered.append(Row(str(title), f1))
    right = best = float(sum(nothing for _, _, nothing in gains))
    for _, f1, nothing in sorted(gains, key=lambda gain: -gain[0]):
        right += -1.0 if nothing else f1
        best = max(best, right)
    figures = {"span F1, answerable": interval(answered)}
    if any(nothing for _, _, nothing in gains):
        figures["F1 over all, best threshold"] = (best / len(gains), float("nan"), float("nan"))
    return figures


def open_book(book: Book, count: int) -> dict[str, tuple[float, float, float]]:
    """Every paragraph in one library: the right passage first, the answer, its quotes, and knowing when it cannot.

    Each question is asked once as it is and once with its article taken out, so that half are unanswerable.
    """
    # Asked without a threshold, so that one run shows both the answer and whether it would have been declined.
    eager, threshold = Assistant(book.library, min_confidence=0.0), Judge.load().threshold
    chooser = random.Random(SEED)
    found = book.questions()
    chosen = chooser.sample(found, min(count, len(found)))
    firsts, bm25, spans, quotes, f1s, asks, readings = [], [], [], [], [], [], []
    for asked in chosen:
        answer = eager.ask(asked.question)
        # No passage at all: the question named a time, and nothing in the library is of it.
        words = max(answer.passages, key=lambda p: p.word_score or 0.0, default=None)
        bm25.append(Row(asked.article, float(words is not None and words.article_id == asked.paragraph)))
        cited = answer.citations[0].article_id if answer.citations else ""
        firsts.append(Row(asked.article, float(cited == asked.paragraph)))
        spans.append(Row(asked.article, float(_holds(answer.answer or "", asked.answers))))
        said = " ".join([answer.answer or "", *(citation.quote for citation in answer.citations)])
        quotes.append(Row(asked.article, float(_holds(said, asked.answers))))
        f1s.append(Row(asked.article, max(token_f1(gold, answer.answer or "") for gold in asked.answers)))
        asks.append(_Ask(asked.article, True, _declined(answer, threshold), answer.confidence, f1s[-1].value >= 0.5))
        readings.append(answer.timings_ms["answer"])
    everything = [summary.article_id for summary in book.library.articles()]
    for asked in chosen:
        kept = tuple(name for name in everything if not name.startswith(f"{asked.article}#"))
        answer = eager.ask(asked.question, filters=Filters(article_ids=kept))
        asks.append(_Ask(asked.article, False, _declined(answer, threshold), answer.confidence, False))
    figures = {
        "right passage first (BM25)": interval(bm25),
        "right passage cited first": interval(firsts),
        "answer holds the gold": interval(spans),
        "answer with quotes holds the gold": interval(quotes),
        "answer F1": interval(f1s),
        "refusal precision": interval([Row(a.article, float(not a.answerable)) for a in asks if a.declined]),
        "refusal recall": interval([Row(a.article, float(a.declined)) for a in asks if not a.answerable]),
        "calibration error (10 bins)": (_calibration_error([(a.confidence, a.right) for a in asks]), NAN, NAN),
        "risk-coverage area": (_risk_coverage([(a.confidence, a.right) for a in asks]), NAN, NAN),
        "milliseconds of reading and judging, median": (float(np.median(readings)), NAN, NAN),
    }
    impossible = book.questions(impossible=True)
    if impossible:
        near = chooser.sample(impossible, min(count // 2, len(impossible)))
        rows = [Row(asked.article, float(_declined(eager.ask(asked.question), threshold))) for asked in near]
        figures["refusal recall, the set's own impossible questions"] = interval(rows)
    return figures


@dataclass(frozen=True, slots=True)
class _Ask:
    article: str
    answerable: bool
    declined: bool
    confidence: float
    right: bool


def _declined(answer: Answer, threshold: float) -> bool:
    return answer.abstained or answer.confidence < threshold


def _calibration_error(scored: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error, ten equal bins (Guo et al. 2017, eq. 3)."""
    total = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = [(p, right) for p, right in scored if low <= p < low + 0.1 or (p == 1.0 and low > 0.85)]
        if inside:
            total += abs(sum(p for p, _ in inside) - sum(right for _, right in inside))
    return total / max(1, len(scored))


def _risk_coverage(scored: Sequence[tuple[float, bool]]) -> float:
    """Area under the risk-coverage curve: the mean error among the k surest, over all k (El-Yaniv and Wiener 2010)."""
    errors = [not right for _, right in sorted(scored, key=lambda item: -item[0])]
    risks = np.cumsum(errors) / np.arange(1, len(errors) + 1)
    return float(risks.mean()) if len(errors) else float("nan")


def _holds(said: str, golds: Sequence[str]) -> bool:
    plain = _plain(said)
    return any(_plain(gold) in plain for gold in golds)


def _plain(text: str) -> str:
    kept = "".join(letter.lower() if letter.isalnum() else " " for letter in text).split()
    return f" {' '.join(word for word in kept if word not in {'a', 'an', 'the'})} "


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--questions", type=int, default=400, help="open-book questions of each set")
    parser.add_argument("--gold", type=int, default=10_000, help="questions with their paragraph given, at most")
    parser.add_argument("--sets", default="squad,new_wiki", help="open-book sets, by name")
    parser.add_argument("--only", choices=("gold", "open"), help="one half of the measurements")
    options = parser.parse_args()
    told: Callable[[str, dict[str, tuple[float, float, float]]], None] = _print
    sets = reporting(options.data)
    if options.only != "open":
        told("SQuAD half, gold paragraph", gold_paragraph(sets["squad"], Reader.load(options.weights), options.gold))
        told("SQuAD half, gold paragraph, spans uncleaned",
             gold_paragraph(sets["squad"], Reader.load(options.weights, clean=False), options.gold))  # fmt: skip
    if options.only == "gold":
        return
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.sets.split(","):
            book = Book.build(Path(scratch) / name, sets[name])
            told(f"{name}, open book", open_book(book, options.questions))


def _print(name: str, figures: dict[str, tuple[float, float, float]]) -> None:
    print(f"## {name}")
    for figure, (value, low, high) in figures.items():
        spread = "" if np.isnan(low) else f"  [{low:.3f}, {high:.3f}]"
        print(f"{figure:52} {value:.3f}{spread}", flush=True)


if __name__ == "__main__":
    main()
