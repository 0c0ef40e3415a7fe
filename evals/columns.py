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
from evals.metrics.answers import Measures
from evals.metrics.citations import Entails
from evals.records import RunRecord

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 250  # records held at a time: about 3 MB; ranking is handed over for a batch in one call
Verifier = Callable[[RunRecord], Entails]
# The rules read a claim against its quotes in some 15 ms: a thousand give ALCE's scores to three points either way, all
# of 100,000 would take half an hour.
VERIFIED = 1_000
NONE = math.nan
EXTRA = ("confidence", "is_right", "answerable", "seconds")


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
        values = self.values
        if not values:
            values.update({name: array("d") for name in (*self.names, *EXTRA)})
        extra = (
            NONE if record.confidence is None else record.confidence,
            measures.get("right") or 0.0,
            float(record.answerable),
            record.seconds,
        )
        for name in self.names:
            value = measures.get(name)
            values[name].append(NONE if value is None else value)
        for name, value in zip(EXTRA, extra, strict=True):
            values[name].append(value)
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
    expected: int = 0,
) -> Columns:
    """Measure a stream of records; each question's measures go to the file `details` as well.

    Of about `expected` records a thousand, evenly spread, are put before the verifier.
    """
    columns = Columns(names)
    step = max(1, -(-expected // VERIFIED))
    file = details.open("w", encoding="utf-8") if details else None
    try:
        for batch in batches(records):
            for record, ranked in zip(batch, ranking.measure_all(batch), strict=True):
                checked = verifier if len(columns.clusters) % step == 0 else None
                measures = measure_one(record, checked) | ranked
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
