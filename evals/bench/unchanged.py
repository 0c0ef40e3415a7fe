"""How much faster is an unchanged corpus added again than it was the first time?"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from evals.bench.corpus import paragraphs
from index import Library, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """Seconds inside `Library.add`, with the packaged encoder. The second time is by a library just opened."""

    files: int
    first_seconds: float
    again_seconds: float

    @property
    def ratio(self) -> float:
        """How many times faster."""
        return self.first_seconds / self.again_seconds


def measure(data: Path, *, files: int = 5_000) -> Unchanged:
    """One paragraph a text file."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        parts = paragraphs(data)[:files]
        for number, part in enumerate(parts):
            (folder / f"{number:05}.txt").write_text(f"Title: {part.title} {number}\n\n{part.text}\n")
        with Library.open(Path(scratch) / "library") as library:
            first = library.add(read(str(folder)))
        with Library.open(Path(scratch) / "library") as library:
            again = library.add(read(str(folder)))
        if (first.added, again.unchanged) != (len(parts), len(parts)):
            raise AssertionError(f"added {first.added} and found {again.unchanged} unchanged of {len(parts)}")
    return Unchanged(files=len(parts), first_seconds=first.seconds, again_seconds=again.seconds)
