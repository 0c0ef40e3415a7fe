"""Which other versions of an answer do the articles give: the likeliest offer of each, where it is likely enough?

Learned on invented events that three outlets report on (evals/calibrate_versions.py); `rag/differing.py` groups them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.records import Passage
from rag.events import NO_TEXTS
from rag.offers import Offer, offers
from rag.reader.comparer import Compares
from rag.reader.judge import Judge
from rag.reader.learned import linear, logistic, stored
from rag.reader.model import WEIGHTS
from rag.reader.records import Reads
from rag.records import Evidence, Finding, Span

# How likely another spelling of a name is a version; set by hand: what was learned from has none.
VARIANT = 0.9
# How likely the same sentence in another article says the same.
COPIED = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionModel:
    """A logistic model of how likely an offer is what its article answers; from a threshold on it is shown, that for
    figures or that for all else.
    """

    weights: Mapping[str, float]
    figures: float
    others: float

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> "VersionModel":
        """From `versions.json` beside the reader's weights. Raises ReaderError."""
        return stored(
            folder, "versions.json",
            lambda known: cls(
                weights=known["weights"], figures=float(known["figures"]), others=float(known["others"])
            ),
        )  # fmt: skip

    def likely(self, offer: Offer) -> float:
        """A probability in [0, 1]; VARIANT for another spelling of the name, COPIED for the same sentence."""
        if offer.copied:
            return COPIED
        if offer.features["variant"]:
            return VARIANT
        return logistic(linear(self.weights, offer.features))

    def shows(self, offer: Offer) -> bool:
        """Is it likely enough?"""
        return self.likely(offer) >= (self.figures if offer.form == "number" else self.others)


def rivals(
    question: str,
    finding: Finding,
    passages: Sequence[Passage],
    reader: Reads,
    *,
    known: Passage,
    judge: Judge,
    comparer: Compares,
    model: VersionModel,
    places: Sequence[int] | None = None,
    texts: Mapping[str, str] = NO_TEXTS,
) -> tuple[Finding, ...]:
    """What other articles give in a finding's place, at most one offer of each, likeliest first; it may say the same.

    `known` is the passage that the finding was taken from; `places` and `texts` as in `offers`.
    """
    found = offers(
        question, finding, passages, reader, known=known, judge=judge, comparer=comparer, places=places, texts=texts
    )
    best: dict[str, tuple[float, int]] = {}
    for number, offer in enumerate(found):
        article, likely = passages[offer.passage].article_id, model.likely(offer)
        if model.shows(offer) and (article not in best or likely > best[article][0]):
            best[article] = (likely, number)
    chosen = sorted(best.values(), key=lambda pair: (-pair[0], pair[1]))
    sure = finding.confidence or 1.0
    return tuple(_finding(found[number], passages, likely * sure) for likely, number in chosen)


def _finding(offer: Offer, passages: Sequence[Passage], confidence: float) -> Finding:
    begin = passages[offer.passage].start
    span = Span(begin + offer.start, begin + offer.end)
    return Finding(
        text=offer.text,
        answer=offer.text,
        evidence=(Evidence(passage=offer.passage, spans=(span,)),),
        confidence=confidence,
    )
