"""How are many records measured in little memory? Numbers in columns, eight bytes each; the records pass through."""

import json
import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from evals.causes import cause_of
from evals.metrics import abstention, answers, citations, published, ranking, retrieval
from evals.metrics.answers import Measures, is_right
from evals.metrics.citations import Entails
from evals.records import RunRecord

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 1_000  # records held at a time: about 10 MB
Verifier = Callable[[RunRecord], Entails]
NONE = math.nan


@dataclass(slots=True)
class Columns:
    """The measures of a run, one row a question: the only state of a scoring, some hundred bytes a row."""

    names: tuple[str, ...]
    values: dict[str, "array[float]"] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    stages: dict[str, "array[float]"] = field(default_factory=dict)
    clusters: "array[int]" = field(default_factory=lambda: array("q"))
    published: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    tokens: Counter[str] = field(default_factory=Counter)
    cost: float | None = None
    known: dict[str, int] = field(default_factory=dict)
    interned: dict[str, str] = field(default_factory=dict)

    def add(self, record: RunRecord, measures: Measures, cause: str) -> None:
        """One more row."""
        for name in self.names:
            value = measures.get(name)
            self.values.setdefault(name, array("d")).append(NONE if value is None else value)
        extra = {
            "confidence": NONE if record.confidence is None else record.confidence,
            "is_right": float(is_right(record)),
            "answerable": float(record.answerable),
            "seconds": record.seconds,
        }
        for name, value in extra.items():
            self.values.setdefault(name, array("d")).append(value)
        for name, label in labels_of(record, cause).items():
            self.labels.setdefault(name, []).append(self.interned.setdefault(label, label))
        for stage, milliseconds in record.timings_ms.items():
            self.stages.setdefault(stage, array("d")).append(milliseconds)
        self.clusters.append(self.known.setdefault(record.cluster or record.id, len(self.known)))
        self.tokens.update(record.tokens)
        if record.cost is not None:
            self.cost = (self.cost or 0.0) + record.cost

    def publish(self, protocol: str, values: dict[str, float]) -> None:
        """The values of one record under a published protocol."""
        columns = self.published.setdefault(protocol, {})
        for name, value in values.items():
            columns.setdefault(name, []).append(value)

    def column(self, name: str) -> "NDArray[np.float64]":
        """A column as numbers, NaN where a measure does not apply."""
        import numpy as np

        return np.frombuffer(self.values[name], dtype=np.float64) if name in self.values else np.zeros(0)


DIMENSIONS = ("type", "split", "hops", "turns", "overlap", "outlet", "month", "cause", "outcome", "published")


def labels_of(record: RunRecord, cause: str) -> dict[str, str]:
    """What a question is grouped by; "" where a dimension does not apply."""
    day = record.slices.get("published", "")
    return {
        "type": record.type,
        "split": record.split,
        "hops": str(len(record.evidence)) if record.gold else "",
        "turns": record.slices.get("turns", ""),
        "overlap": record.slices.get("overlap", ""),
        "outlet": record.slices.get("outlet", ""),
        "month": day[:7],
        "published": day,
        "cause": cause,
        "outcome": record.outcome,
    }


def measure(
    records: Iterable[RunRecord],
    names: tuple[str, ...],
    protocols: tuple[str, ...],
    verifier: Verifier | None,
    details: Path | None,
) -> Columns:
    """Measure a stream of records; each question's measures go to the file `details` as well."""
    columns = Columns(names)
    file = details.open("w", encoding="utf-8") if details else None
    try:
        for batch in batches(records):
            for record, ranked in zip(batch, ranking.measure_all(batch), strict=True):
                measures = measure_one(record, verifier) | ranked
                cause = cause_of(record)
                columns.add(record, measures, cause)
                for protocol, values in published_of(record, protocols, measures).items():
                    columns.publish(protocol, values)
                if file:
                    file.write(detail(record, measures, cause))
    finally:
        if file:
            file.close()
    return columns


def measure_one(record: RunRecord, verifier: Verifier | None) -> Measures:
    """Every measure of one record, but for those of ranking."""
    measures = {
        **retrieval.measure(record),
        **answers.measure(record),
        **citations.measure(record),
        **abstention.measure(record),
    }
    if verifier is not None and record.outcome == "answered":
        measures |= citations.measure_alce(record, verifier(record))
    return measures


def published_of(record: RunRecord, protocols: tuple[str, ...], measures: Measures) -> dict[str, dict[str, float]]:
    """What the published scripts make of a record, by protocol."""
    found: dict[str, dict[str, float]] = {}
    if "multihop_rag" in protocols:
        found["multihop_rag"] = published.multihop(record)
    if "rgb" in protocols:
        found["rgb"] = published.rgb(record)
    return found


def detail(record: RunRecord, measures: Measures, cause: str) -> str:
    """A line of `measures.jsonl`."""
    kept = {name: round(value, 6) for name, value in measures.items() if value is not None}
    value = {
        "id": record.id,
        "question": record.question,
        "type": record.type,
        "cluster": record.cluster or record.id,
        "cause": cause,
        "answer": record.answer,
        "measures": kept,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def batches(records: Iterable[RunRecord]) -> Iterator[list[RunRecord]]:
    """The records in lists that fit in memory."""
    stream = iter(records)
    while batch := list(islice(stream, BATCH)):
        yield batch
