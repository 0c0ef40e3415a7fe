"""What a question becomes: findings, claims, citations and the answer, as small frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.records import Passage

ABSTENTION = "Your articles do not say."
# What the versions are told after; a model's own sentences stand before it.
DIFFER = "Reports differ: "
# Passages that are read: a right one is among eight in 94 % of the newsroom's questions (evals/LOG.md), and eight are
# read in 90 ms.
PASSAGES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time a question is about. `after` inclusive, `before` exclusive (ISO dates); `prefer` is "latest",
    "earliest" or None; `phrase` is the part of the question it was read from; `strict` says that articles outside
    the window are left out instead of ranked lower.
    """

    after: str | None = None
    before: str | None = None
    prefer: str | None = None
    phrase: str = ""
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """Code-point offsets into an article's text, end-exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a finding rests: `passages[passage]`, and the spans in its *article* that state the answer itself."""

    passage: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A statement that an answerer makes, not yet checked.

    `text` has no markers. `answer` is the bare answer in it (None: the sentence is the answer).
    `confidence` in [0, 1] is the answerer's own, None where it has none.
    """

    text: str
    evidence: tuple[Evidence, ...]
    answer: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim quote: `library.article(article_id, version=version).text[start:end] == quote`.

    `spans` say where in the article the answer itself stands. `outlets` are all that carry the same passage.
    """

    marker: int
    article_id: str
    version: int
    title: str
    source: str
    outlet: str | None
    url: str | None
    published: str | None
    quote: str
    start: int
    end: int
    spans: tuple[Span, ...] = ()
    page: int | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A checked statement. `citations` are markers; `reason` says why it is not supported (empty when it is)."""

    text: str
    supported: bool
    citations: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One side of differing reports: what an outlet said, when, and the marker of the citation that shows it."""

    answer: str
    outlet: str | None
    published: str | None
    marker: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question. `text` carries markers `[n]`; `answer` is the same without (None: abstained).

    `confidence` is a calibrated probability in [0, 1] that the best candidate is right, also when abstaining.
    `differing` lists the versions, newest first, when reports disagree. `accounts` are sentences of other reports of
    the event, newest first: what they say nearest to the question, which may be the same, another version, or neither.
    Abstaining, they are the sentences that come nearest, that one first. Their markers go on from the citations'.
    """

    question: str
    searched_for: str
    window: Window | None
    answer: str | None
    text: str
    abstained: bool
    confidence: float
    answerer: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    library_revision: int
    differing: tuple[Report, ...] = ()
    accounts: tuple[Citation, ...] = ()
    notice: str = ""
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The search is done: what was looked for, in which window, and the passages that will be read."""

    searched_for: str
    window: Window | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChecked:
    """One statement is complete and checked; its citations are new to the stream or repeated by marker."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The whole answer; the last event of every stream."""

    answer: Answer


Event = Searched | ClaimChecked | Finished
