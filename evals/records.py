"""What does a run remember of one question? A record that scores, reports and comparisons are computed from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from evals.suite import GoldSpan
from index.errors import SuiteError

Outcome = Literal["answered", "abstained", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A passage that the answerer read, by final rank; `vector_rank` and `word_rank` are its ranks before fusion."""

    article: str
    start: int
    end: int
    text: str
    title: str = ""
    outlet: str | None = None
    published: str | None = None
    vector_rank: int | None = None
    word_rank: int | None = None
    score: float = 0.0


class Candidate(NamedTuple):
    """A passage that the search brought up before the ranking cut it off; without its text. A tuple, for a record has a
    hundred of them.
    """

    article: str
    start: int
    end: int
    vector_rank: int | None = None
    word_rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A citation; `verbatim` says whether the article, looked up again, has exactly this quote at these offsets."""

    marker: int
    article: str
    start: int
    end: int
    quote: str
    spans: tuple[tuple[int, int], ...] = ()
    verbatim: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim of the answer, and whether the check let it stand."""

    text: str
    supported: bool
    citations: tuple[int, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One question with all that came back. `ceiling` tells for each gold span whether one chunk holds it whole (None:
    not known); `tokens` counts what a hosted model billed, `cost` in the currency of the prices given.
    """

    id: str
    question: str
    outcome: Outcome
    type: str = "question"
    split: str = "test"
    cluster: str = ""
    answerable: bool = True
    answers: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    gold: tuple[GoldSpan, ...] = ()
    slices: Mapping[str, str] = field(default_factory=dict)
    answer: str | None = None
    text: str = ""
    confidence: float | None = None
    answerer: str = ""
    searched_for: str = ""
    passages: tuple[Seen, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    citations: tuple[Quoted, ...] = ()
    claims: tuple[Said, ...] = ()
    ceiling: tuple[bool | None, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    tokens: Mapping[str, int] = field(default_factory=dict)
    cost: float | None = None
    error: str = ""

    @property
    def evidence(self) -> tuple[tuple[GoldSpan, ...], ...]:
        """The gold spans by the piece of evidence that they are alternatives for; all pieces are needed."""
        groups: dict[int, list[GoldSpan]] = {}
        for span in self.gold:
            groups.setdefault(span.evidence, []).append(span)
        return tuple(tuple(spans) for spans in groups.values())

    def to_line(self) -> str:
        """One line of JSON."""
        return json.dumps(self, default=members, ensure_ascii=False, separators=(",", ":"))


def members(record: object) -> object:
    """The members of one of the records above, for JSON; `dataclasses.asdict` copies deeply and is slow."""
    return {name: getattr(record, name) for name in type(record).__slots__}  # type: ignore[attr-defined]


def from_line(line: str | bytes, file: str, number: int) -> RunRecord:
    """The record on a line of `records.jsonl`; SuiteError with file and line where it is none."""
    try:
        value = json.loads(line)
        return RunRecord(
            **{
                **value,
                "answers": tuple(value["answers"]),
                "parts": tuple(map(tuple, value["parts"])),
                "gold": tuple(GoldSpan(**span) for span in value["gold"]),
                "passages": tuple(Seen(**passage) for passage in value["passages"]),
                "candidates": tuple(map(Candidate._make, value["candidates"])),
                "citations": tuple(quoted(citation) for citation in value["citations"]),
                "claims": tuple(Said(**{**claim, "citations": tuple(claim["citations"])}) for claim in value["claims"]),
                "ceiling": tuple(value["ceiling"]),
            }
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SuiteError(f"{file}, line {number}: is not a record of a run: {error}") from error


def quoted(value: dict[str, object]) -> Quoted:
    """A citation from its JSON."""
    spans = value["spans"]
    assert isinstance(spans, list)
    return Quoted(**{**value, "spans": tuple((start, end) for start, end in spans)})  # type: ignore[arg-type]
