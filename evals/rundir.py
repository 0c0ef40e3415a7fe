"""What was a run made with? The facts beside its records, which a resumed run has to agree with."""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from evals.suite import Suite
from index.errors import SuiteError

SCHEMA = 1
RUN = "run.json"
# what decides an answer: their versions are noted with every run
PACKAGES = ("onrecord", "chromadb", "tantivy", "onnxruntime", "tokenizers", "numpy", "langchain-core")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What a run was made with. `suite`, `library` and `settings` decide the answers: a run resumes only under the
    same. The rest is told in the report.
    """

    suite: Mapping[str, str]
    library: Mapping[str, str | int]
    settings: Mapping[str, str | int | float | bool | None]
    questions: int
    protocols: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    started: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    machine: Mapping[str, str] = field(default_factory=dict)
    schema: int = SCHEMA


def facts_of(
    suite: Suite,
    *,
    library: Mapping[str, str | int],
    settings: Mapping[str, str | int | float | bool | None],
    questions: int,
) -> RunFacts:
    """The facts of a run that starts now."""
    return RunFacts(
        suite={"name": suite.name, "format": suite.format, "path": suite.path, "fingerprint": suite.fingerprint},
        library=dict(library),
        settings=dict(settings),
        questions=questions,
        protocols=suite.protocols,
        notes=suite.notes,
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        versions=versions(),
        machine={
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "cores": str(os.cpu_count()),
        },
    )


def versions() -> dict[str, str]:
    """The installed versions of the packages that decide an answer."""
    found: dict[str, str] = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def begin(folder: Path, facts: RunFacts, *, resume: bool) -> RunFacts:
    """Make the folder of a run, or agree with the one that is there; returns the facts that hold.

    Raises SuiteError when the folder cannot be made, holds another run, or a run that must not be resumed.
    """
    file = folder / RUN
    if file.exists():
        known = load_facts(folder)
        if not resume:
            raise SuiteError(f"{folder}: a run is there already; give another --out, or leave --no-resume out")
        for part, path in (("suite", "fingerprint"), ("library", "contents"), ("settings", "")):
            before, now = getattr(known, part), getattr(facts, part)
            if (before.get(path) != now.get(path)) if path else (before != now):
                raise SuiteError(f"{folder}: was collected with {told(part, before, now)}; give another --out")
        return known
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SuiteError(f"{folder}: cannot be the folder of a run: {error.strerror}; give another --out") from error
    temporary = file.with_suffix(".new")
    temporary.write_text(json.dumps(asdict(facts), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(temporary, file)
    return facts


def told(part: str, before: Mapping[str, object], now: Mapping[str, object]) -> str:
    """What differs between two runs, in words."""
    differing = sorted(key for key in {*before, *now} if before.get(key) != now.get(key) and key != "path")
    said = ", ".join(f"{key} {before.get(key)!r} (now {now.get(key)!r})" for key in differing)
    return f"another {part}: {said}"


def load_facts(folder: Path) -> RunFacts:
    """The facts of a run. Raises SuiteError when the folder holds none."""
    file = folder / RUN
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
        facts = RunFacts(**{**value, "protocols": tuple(value["protocols"]), "notes": tuple(value["notes"])})
    except FileNotFoundError as error:
        raise SuiteError(f"{folder}: is no run (there is no {RUN}); collect one with onrecord eval SUITE") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SuiteError(f"{file}: cannot be read as the facts of a run: {error}") from error
    if facts.schema != SCHEMA:
        raise SuiteError(f"{file}: schema {facts.schema} is not {SCHEMA}; it was written by another onrecord")
    return facts
