"""How does one command run a suite? Load, build or open the library, collect, score, report."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evals.collect import Collected, Progress, collect
from evals.journal import RECORDS, count_lines, read_records
from evals.rundir import RUN, RunFacts, begin, facts_of, load_facts
from evals.scores import Scores
from evals.suite import Question, Suite
from index.errors import SuiteError
from index.records import AddProgress

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

RUNS = Path("runs")
LIBRARIES = ".libraries"  # beside the runs: built once for each suite's articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A finished run: its folder, what was collected, and the scores."""

    folder: Path
    collected: Collected
    scores: Scores


def run(
    suite: str,
    *,
    library: str | Path | None = None,
    default_library: str | Path | None = None,
    model: "str | BaseChatModel | None" = None,
    out: str | Path | None = None,
    workers: int = 1,
    resume: bool = True,
    limit: int | None = None,
    passages: int | None = None,
    min_confidence: float | None = None,
    per_minute: float | None = None,
    prices: Mapping[str, float] | None = None,
    retry_errors: bool = False,
    progress: Progress | None = None,
    adding: Callable[[AddProgress], None] | None = None,
) -> Ran:
    """Collect, score and report a suite (`newsroom`, a path, or FORMAT:PATH#OPTIONS).

    `library` is asked instead of one built from the suite's articles, `default_library` where the suite brings none and
    names none. Without `out` an unfinished run under the same suite, library and settings is gone on with (with
    `retry_errors` also one that has failed questions); else a new folder is made under `runs/`. `limit` asks that many
    questions, spread evenly. `passages`, `min_confidence`: as for Assistant. `per_minute` and `prices` (currency for a
    million tokens, `input` and `output`) are for hosted models. Raises SuiteError before anything is asked.
    """
    from evals.askers import LibraryAsker
    from evals.reporting import report
    from evals.scoring import score
    from evals.suite_library import library_for
    from evals.suites import load

    loaded = load(suite, library=Path(library) if library else None)
    runs = Path(out).parent if out else RUNS
    questions = spread(loaded.questions, limit)
    chosen = library or (default_library if loaded.articles is None and loaded.library is None else None)
    folder = library_for(loaded, runs / LIBRARIES, library=Path(chosen) if chosen else None, progress=adding)
    asker = LibraryAsker(folder, model=model, passages=passages, min_confidence=min_confidence, prices=prices)
    try:
        facts = facts_of(
            loaded,
            library=asker.identity(loaded.articles_fingerprint if chosen is None and loaded.library is None else ""),
            settings={
                "model": model if isinstance(model, str) else (type(model).__name__ if model else "local"),
                "reader": weights_hash(),
                "passages": asker.assistant.passages,
                "min_confidence": min_confidence,
                "today": asker.today,
                "limit": limit,
            },
            questions=len(questions),
        )
        target = Path(out) if out else place(loaded, facts, resume=resume, retry_errors=retry_errors)
        begin(target, facts, resume=resume)
        collected = collect(
            questions,
            asker,
            target,
            archive=asker,
            workers=workers,
            per_minute=per_minute,
            retry_errors=retry_errors,
            progress=progress,
        )
    finally:
        asker.close()
    scores = score(target)
    report(target)
    return Ran(folder=target, collected=collected, scores=scores)


def spread(questions: Sequence[Question], limit: int | None) -> tuple[Question, ...]:
    """All questions, or `limit` of them at even distances: the first ones would all be of one article."""
    if limit is None or limit >= len(questions):
        return tuple(questions)
    if limit < 1:
        raise SuiteError("--limit must be at least 1")
    return tuple(questions[number * len(questions) // limit] for number in range(limit))


def place(suite: Suite, facts: RunFacts, *, resume: bool, retry_errors: bool = False) -> Path:
    """The folder of an unfinished run that agrees with `facts`, the newest first; else a new one. Where errors are
    asked again, a run with failed questions is unfinished.
    """
    name = suite.name.replace("/", "_")
    if resume:
        for folder in sorted(RUNS.glob(f"{name}-*"), reverse=True):
            if not (folder / RUN).exists():
                continue
            known = load_facts(folder)
            same = known.suite["fingerprint"] == facts.suite["fingerprint"] and known.settings == facts.settings
            if not same or known.library.get("contents") != facts.library.get("contents"):
                continue
            records = folder / RECORDS
            done = count_lines(records) if records.exists() else 0
            if done < known.questions:
                return folder
            if retry_errors and any(record.outcome == "error" for record in read_records(folder)):
                return folder
    begun = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    folder = RUNS / f"{name}-{begun}"
    number = 2
    while folder.exists():
        folder = RUNS / f"{name}-{begun}-{number}"
        number += 1
    return folder


def weights_hash() -> str:
    """A short hash of the local reader's weights; empty where there are none."""
    import rag.reader

    weights = Path(rag.reader.__file__).parent / "weights"
    digest = hashlib.sha256()
    files = sorted(file for file in weights.glob("*") if file.is_file()) if weights.is_dir() else []
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12] if files else ""
