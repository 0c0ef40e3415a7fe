"""What do a run's records add up to? Scores with intervals, slices, causes and curves: what a report is drawn from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from evals.statistics import Interval
from index.errors import SuiteError

SCORES = "scores.json"
MEASURES = "measures.jsonl"  # the measures of each question, for comparisons and for looking at
SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The questions that share a property: how many, and the headline measures over them."""

    count: int
    measures: Mapping[str, Interval]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All that a report shows. `slices` by dimension and label, `causes` by count, `aggregates` are statistics that are
    no means (areas, percentiles), `published` the numbers that a data set's own script would print.
    """

    count: int
    errors: int
    outcomes: Mapping[str, int]
    overall: Mapping[str, Interval]
    slices: Mapping[str, Mapping[str, Slice]]
    causes: Mapping[str, int]
    aggregates: Mapping[str, Interval]
    published: Mapping[str, Mapping[str, float]]
    risk_coverage: tuple[tuple[float, float], ...] = ()
    reliability: tuple[tuple[float, float, int], ...] = ()
    seconds: tuple[float, ...] = ()
    stages_ms: Mapping[str, float] = field(default_factory=dict)
    tokens: Mapping[str, int] = field(default_factory=dict)
    cost: float | None = None
    schema: int = SCHEMA


def save(scores: Scores, folder: Path) -> None:
    """Write `scores.json` in one step."""
    temporary = folder / (SCORES + ".new")
    temporary.write_text(json.dumps(asdict(scores), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(folder / SCORES)


def load_scores(folder: Path) -> Scores:
    """The scores of a run. Raises SuiteError when it was not scored, or by another onrecord."""
    file = folder / SCORES
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SuiteError(f"{folder}: has no {SCORES}; make them with onrecord score {folder}") from error
    except ValueError as error:
        raise SuiteError(f"{file}: is not JSON; make it again with onrecord score {folder}") from error
    if value.get("schema") != SCHEMA:
        raise SuiteError(f"{file}: schema {value.get('schema')} is not {SCHEMA}; run onrecord score {folder}")
    return Scores(
        **{
            **value,
            "overall": {name: Interval(**interval) for name, interval in value["overall"].items()},
            "aggregates": {name: Interval(**interval) for name, interval in value["aggregates"].items()},
            "slices": {
                dimension: {label: read_slice(part) for label, part in labels.items()}
                for dimension, labels in value["slices"].items()
            },
            "risk_coverage": tuple(map(tuple, value["risk_coverage"])),
            "reliability": tuple(map(tuple, value["reliability"])),
            "seconds": tuple(value["seconds"]),
        }
    )


def read_slice(value: dict[str, dict[str, dict[str, float]]]) -> Slice:
    """A slice from its JSON."""
    measures = {name: Interval(**interval) for name, interval in value["measures"].items()}  # type: ignore[arg-type]
    return Slice(count=int(value["count"]), measures=measures)  # type: ignore[call-overload]
