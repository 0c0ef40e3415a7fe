"""How much faster do articles become a searchable library than with the stack of the tutorials, and as good?"""

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.bench.corpus import FILES, articles, paragraphs, write_articles
from index import Library, read
from index.encoder import MiniLM, load_embedder
from index.export import model_folder
from index.records import AddReport

# One set of eight articles is too few to tell int8 from float32: its difference moves by .7 points either way.
SETS = tuple(
    (file, slice(first, first + 8)) for file, count in ((FILES[0], 16), (FILES[1], 48)) for first in range(0, count, 8)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput:
    """Seconds for the same articles, ours with everything included."""

    articles: int
    words: int
    ours_seconds: float
    ours_chunks: int
    encoder_share: float
    tutorial_seconds: float
    tutorial_chunks: int

    @property
    def ratio(self) -> float:
        """How many times faster."""
        return self.tutorial_seconds / self.ours_seconds


def measure(data: Path, *, share: int = 1) -> Throughput:
    """Both stacks over every `share`-th article, each in a process of its own, models loaded beforehand."""
    rows = articles(paragraphs(data, FILES))[::share]
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "articles.jsonl"
        write_articles(file, rows)
        ours = _told("ours", file)
        tutorial = _told("tutorial", file)
    return Throughput(
        articles=len(rows), words=sum(len(text.split()) for _, text in rows),
        ours_seconds=ours[0], ours_chunks=int(ours[1]), encoder_share=ours[2],
        tutorial_seconds=tutorial[0], tutorial_chunks=int(tutorial[1]),
    )  # fmt: skip


def ours(file: Path) -> AddReport:
    """Read, split, embed, index by vectors and words, find copies, catalogue."""
    embedder = load_embedder()
    embedder.embed_query("warm")
    folder = file.parent / "library"
    with Library.open(folder, embedder=embedder) as library:
        report = library.add(read(str(file)))
        assert library.search("Who won?")
    shutil.rmtree(folder)
    return report


def tutorial(file: Path) -> tuple[float, int]:
    """Seconds and chunks of LangChain's splitter 1000/200, SentenceTransformer float32 in batches of 32, Chroma."""
    import json

    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from index.vectors import plain_collection

    model = _sentence_transformer()
    model.encode(["warm"])
    begun = time.perf_counter()
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    texts = [json.loads(line)["text"] for line in file.read_text().splitlines()]
    chunks = [chunk for text in texts for chunk in splitter.split_text(text)]
    with plain_collection(file.parent / "chroma") as collection:
        for begin in range(0, len(chunks), 1000):
            part = chunks[begin : begin + 1000]
            vectors = model.encode(part, batch_size=32, show_progress_bar=False)
            collection.add(
                ids=[str(begin + place) for place in range(len(part))], embeddings=vectors, documents=part
            )  # fmt: skip
        collection.query(query_embeddings=model.encode(["Who won?"]), n_results=5)
    return time.perf_counter() - begun, len(chunks)


def hit_at_10(data: Path) -> tuple[float, float, int]:
    """(int8, float32, questions): share whose paragraph is among the ten nearest of its set, by vectors alone.

    A set is eight articles of one file; nothing was chosen on any of them for this.
    """
    models = [MiniLM(precision=precision) for precision in ("int8", "float32")]
    found = np.zeros(2)
    asked = 0
    for file, chosen in SETS:
        parts = paragraphs(data, (file,), articles=chosen)
        questions = [(question, place) for place, part in enumerate(parts) for question in part.questions]
        asked += len(questions)
        for number, model in enumerate(models):
            texts = model.encode([part.text for part in parts])
            scores = model.encode([question for question, _ in questions]) @ texts.T
            found[number] += len(questions) * _share_in_ten(scores, [place for _, place in questions])
    return float(found[0] / asked), float(found[1] / asked), asked


def _share_in_ten(scores: NDArray[np.float32], gold: list[int]) -> float:
    best = np.argsort(-scores, axis=1)[:, :10]
    return float(np.mean([place in row for row, place in zip(best, gold, strict=True)]))


def _sentence_transformer() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model_folder()), device="cpu")


def _told(what: str, file: Path) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "evals.bench.throughput", what, str(file)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    return [float(number) for number in done.stdout.split()]


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        told = ours(Path(sys.argv[2]))
        print(told.seconds, told.chunks, told.encoder_seconds / told.seconds)
    else:
        print(*tutorial(Path(sys.argv[2])))
