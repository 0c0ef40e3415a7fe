"""How does search grow with the library: times, disk and memory at 200,000 chunks and beyond?"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.bench.corpus import OUTLETS, Paragraph, paragraphs, recombined
from index import Filters, Library, read
from index.encoder import MiniLM
from index.vectors import warm_up

# Searches of each kind; the 95th percentile is the tenth slowest.
SEARCHES = 200
# Real vectors that are perturbed, and how far: cosine .8 to the original, like two passages of one story.
_REAL = 1_000
_NOISE = 0.75


class Perturbed:
    """Real embeddings of paragraphs, each turned a little for every text: HNSW meets clusters as they are in life."""

    name = "perturbed-minilm/384"

    def __init__(self, file: Path) -> None:
        self._real = np.load(file)
        self._chance = np.random.default_rng(1)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Unit vectors of 384 numbers, drawn, not read from the texts."""
        drawn = self._real[self._chance.integers(len(self._real), size=len(texts))]
        noise = self._chance.standard_normal(drawn.shape) * (_NOISE / np.sqrt(drawn.shape[1]))
        rows: list[list[float]] = (drawn + noise).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """A vector near a real one."""
        return self.embed_documents([text])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Milliseconds of `Library.search`, and what the library costs."""

    chunks: int
    add_seconds: float
    open_seconds: float
    p50: dict[str, float]
    p95: dict[str, float]
    bytes_per_chunk: float
    add_peak_mb: float
    search_peak_mb: float


def measure(data: Path, *, chunks: int = 200_000) -> Scale:
    """Add recombined sentences under perturbed vectors, then search; adding and searching in a process each."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        parts = paragraphs(data)
        prepare(folder, parts, chunks)
        added = _told("add", folder)
        (folder / "questions.json").write_text(json.dumps(drawn_questions(parts, SEARCHES)))
        searched = _told("search", folder)
        size = sum(path.stat().st_size for path in (folder / "library").rglob("*") if path.is_file())
    return Scale(
        chunks=int(added["chunks"]), add_seconds=added["seconds"], open_seconds=searched["open"],
        p50={name[4:]: value for name, value in searched.items() if name.startswith("p50 ")},
        p95={name[4:]: value for name, value in searched.items() if name.startswith("p95 ")},
        bytes_per_chunk=size / added["chunks"], add_peak_mb=added["peak"], search_peak_mb=searched["peak"],
    )  # fmt: skip


def prepare(folder: Path, parts: list[Paragraph], chunks: int) -> None:
    """Write real.npy, the vectors for `Perturbed`, and articles.jsonl of about so many chunks."""
    np.save(folder / "real.npy", MiniLM().encode([part.text for part in parts[:: max(1, len(parts) // _REAL)]]))
    with (folder / "articles.jsonl").open("w") as sink:
        for row in recombined(parts, chunks):
            sink.write(json.dumps(row) + "\n")


def drawn_questions(parts: list[Paragraph], count: int) -> list[str]:
    """Questions of the paragraphs, the same every time."""
    asked = [question for part in parts for question in part.questions]
    return random.Random(2).sample(asked, count)


def add(folder: Path) -> dict[str, float]:
    """Chunks, seconds and peak memory of adding everything."""
    with Library.open(folder / "library", embedder=Perturbed(folder / "real.npy")) as library:
        report = library.add(read(str(folder / "articles.jsonl")))
    return {"chunks": report.chunks, "seconds": report.seconds, "peak": _peak_mb()}


def search(folder: Path) -> dict[str, float]:
    """Times of searches without filter, in one outlet, in a month, in a year and both; and until the first answer."""
    questions: list[str] = json.loads((folder / "questions.json").read_text())
    chance = random.Random(3)
    embedder = Perturbed(folder / "real.npy")
    warm_up()  # imports are the time of the process, not of opening a library

    begun = time.perf_counter()
    library = Library.open(folder / "library", embedder=embedder)
    library.search("Who won the vote?")
    told = {"open": time.perf_counter() - begun}
    library.search("Who?", filters=Filters(outlets=OUTLETS[:1]))
    for kind in ("all", "outlet", "month", "year", "outlet and year"):
        times = []
        for question in questions:
            filters = _filters(kind, chance)
            begun = time.perf_counter()
            library.search(question, filters=filters)
            times.append((time.perf_counter() - begun) * 1000)
        told[f"p50 {kind}"], told[f"p95 {kind}"] = (float(value) for value in np.percentile(times, [50, 95]))
    told["peak"] = _peak_mb()
    return told


def _filters(kind: str, chance: random.Random) -> Filters:
    year, month = 2023 + chance.randrange(3), 1 + chance.randrange(12)
    outlets = (chance.choice(OUTLETS),) if "outlet" in kind else ()
    if kind == "month":
        return Filters(after=f"{year}-{month:02}-01", before=f"{year}-{month:02}-29")
    if "year" in kind:
        return Filters(outlets=outlets, after=f"{year}-{month:02}-01", before=f"{year + 1}-{month:02}-01")
    return Filters(outlets=outlets)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _told(what: str, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "evals.bench.scale", what, str(folder)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"the {what} of the scale measurement failed: {done.stderr.strip().splitlines()[-1]}")
    numbers: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return numbers


if __name__ == "__main__":
    print(json.dumps((add if sys.argv[1] == "add" else search)(Path(sys.argv[2]))))
