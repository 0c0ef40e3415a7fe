"""How long does a question wait in a library of ten thousand articles, and which stage takes the time?"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.bench.corpus import paragraphs
from evals.bench.scale import Perturbed, drawn_questions, prepare
from index import Library, read
from index.encoder import MiniLM
from rag import Assistant

ARTICLES, QUESTIONS, WARM_UP = 10_000, 200, 10
# Chunks of one recombined article.
CHUNKS = 5


class WithRealQuestions(Perturbed):
    """Perturbed vectors for the articles; questions are encoded as in life, since that is part of the waiting."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self._encoder = MiniLM()

    def embed_query(self, text: str) -> list[float]:
        """The packaged encoder's vector."""
        return self._encoder.embed_query(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds by stage: medians and 95th percentiles over the questions; `total` is the whole wait."""

    articles: int
    questions: int
    answered: int
    p50: dict[str, float]
    p95: dict[str, float]


def measure(data: Path, *, articles: int = ARTICLES, questions: int = QUESTIONS) -> Latency:
    """Ask one question after another, the library open and warm."""
    parts = paragraphs(data)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        prepare(folder, parts, articles * CHUNKS)
        with Library.open(folder / "library", embedder=WithRealQuestions(folder / "real.npy")) as library:
            added = library.add(read(str(folder / "articles.jsonl")))
            assistant = Assistant(library)
            return _asked(assistant, drawn_questions(parts, questions + WARM_UP), articles=added.added)


def _asked(assistant: Assistant, questions: Sequence[str], *, articles: int) -> Latency:
    answers = [assistant.ask(question) for question in questions][WARM_UP:]
    stages = dict.fromkeys(name for answer in answers for name in answer.timings_ms)
    times = {stage: [answer.timings_ms.get(stage, 0.0) for answer in answers] for stage in stages}
    return Latency(
        articles=articles,
        questions=len(answers),
        answered=sum(not answer.abstained for answer in answers),
        p50={stage: float(np.percentile(values, 50)) for stage, values in times.items()},
        p95={stage: float(np.percentile(values, 95)) for stage, values in times.items()},
    )
