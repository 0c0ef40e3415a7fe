"""How are versions told from rivals? `python -m evals.calibrate_versions` writes rag/reader/weights/versions.json.

Learns on the events that the reader was not trained on and on the differing reports of the sample newsroom's dev half
and Tavelin: for each question, which of the things that other articles offer answers it. The thresholds are
chosen on all of them, cross-validated. It takes four minutes.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.event_questions import NEWSROOMS, Answered, Asked, answered, disputes, further, library_of, sampled, whole
from evals.logistic import fitted
from evals.reader_training.written import CHOOSING, EVENTS
from index.library import Library
from index.reading import read
from index.records import Passage
from rag.assistant import Assistant
from rag.events import same_event
from rag.offers import FEATURES, Offer, offers
from rag.reader.comparer import Comparer, Compares
from rag.reader.judge import Judge
from rag.reader.model import WEIGHTS, Reader
from rag.rivals import VersionModel

RIDGE = 1e-5
FOLDS = 5
# The share of the questions on which the reports agree that may be shown something else: what is asked of those that
# differ, nine in ten, is asked of these. And nothing is shown that is less likely than this.
MOST_FALSE, LEAST_LIKELY = 0.1, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The offers for a question, and for each whether it stands where its article answers."""

    asked: Asked
    leader: str
    passages: tuple[str, ...]
    offers: tuple[Offer, ...]
    right: tuple[bool, ...]


def weigh(
    library: Library, questions: Sequence[Asked], reader: Reader, judge: Judge, comparer: Compares
) -> Iterator[Weighed]:
    """The offers beside the judge's first candidate, for questions where that one is right."""
    assistant = Assistant(library)
    for answer in answered(assistant, questions, reader, judge, comparer):
        if not answer.right:
            continue
        asked, leader = answer.asked, answer.known
        passages, places = _of_event(library, assistant, answer)
        found = offers(
            asked.question, answer.finding, passages, reader,
            known=leader, judge=judge, comparer=comparer, places=places, texts=whole(library, [leader, *passages]),
        )  # fmt: skip
        yield Weighed(
            asked=asked,
            leader=leader.article_id,
            passages=tuple(passages[offer.passage].article_id for offer in found),
            offers=tuple(found),
            right=tuple(_is_right(asked, offer, passages[offer.passage]) for offer in found),
        )


def _of_event(library: Library, assistant: Assistant, answer: Answered) -> tuple[list[Passage], list[int]]:
    """The passages of the finding's event, of those that were read and of a second search, and where they stood."""
    texts = whole(library, answer.shown)
    near = [
        (place, one)
        for place, one in enumerate(answer.shown)
        if same_event(answer.asked.question, answer.known, one, texts=texts)
    ]
    kept = [*near, *further(library, assistant, answer)]
    return [one for _, one in kept], [place for place, _ in kept]


def _is_right(asked: Asked, offer: Offer, passage: Passage) -> bool:
    return asked.is_told(passage.article_id, passage.start + offer.start, passage.start + offer.end)


def fit(weighed: Sequence[Weighed]) -> dict[str, float]:
    """Logistic regression of "it stands where its article answers" over all offers that are weighed."""
    pairs = [(o, right) for one in weighed for o, right in zip(one.offers, one.right, strict=True) if not o.copied]
    rows = [[offer.features[name] for name in FEATURES] for offer, _ in pairs]
    return fitted(FEATURES, rows, [right for _, right in pairs], ridge=RIDGE)


def crossed(weighed: Sequence[Weighed]) -> list[list[float]]:
    """The probability of each offer by a model that did not see its event."""
    stories = sorted({one.asked.story for one in weighed})
    fold = {story: number % FOLDS for number, story in enumerate(stories)}
    models = [
        VersionModel(weights=fit([one for one in weighed if fold[one.asked.story] != number]), figures=0.0, others=0.0)
        for number in range(FOLDS)
    ]
    return [[models[fold[one.asked.story]].likely(offer) for offer in one.offers] for one in weighed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """At a threshold: questions whose other versions are all among what is shown, and those where something else is."""

    threshold: float
    all_shown: float
    false: float


def figures(weighed: Sequence[Weighed], chances: Sequence[Sequence[float]], threshold: float) -> Figures:
    """Over questions whose reports differ, and over those where they do not."""
    complete, false = [], []
    for one, likely in zip(weighed, chances, strict=True):
        taken = _taken(one, likely, threshold)
        if one.asked.kind == "differ":
            right = {article for article, number in taken.items() if one.right[number]}
            complete.append(set(one.asked.told) - {one.leader} <= right)
        else:
            false.append(any(not one.right[number] and not one.offers[number].same for number in taken.values()))
    return Figures(
        threshold=threshold, all_shown=float(np.mean(complete or [False])), false=float(np.mean(false or [False]))
    )


def _taken(one: Weighed, likely: Sequence[float], threshold: float) -> dict[str, int]:
    """The offer that is taken of each article."""
    best: dict[str, int] = {}
    for number, (article, chance) in enumerate(zip(one.passages, likely, strict=True)):
        if chance >= threshold and (article not in best or chance > likely[best[article]]):
            best[article] = number
    return best


def chosen(weighed: Sequence[Weighed], chances: Sequence[Sequence[float]], *, number: bool) -> Figures:
    """The threshold at which most is shown and few enough are false, over the questions for figures or over the others;
    the highest of those that show as much.
    """
    pairs = [
        (one, likely)
        for one, likely in zip(weighed, chances, strict=True)
        if one.offers and (one.offers[0].form == "number") is number
    ]
    tried = [
        figures([one for one, _ in pairs], [likely for _, likely in pairs], float(threshold))
        for threshold in np.arange(LEAST_LIKELY, 0.96, 0.02)
    ]
    few = [row for row in tried if row.false <= MOST_FALSE] or tried[-1:]
    return max(few, key=lambda row: (row.all_shown, row.threshold))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of reader.onnx")
    options = parser.parse_args()
    reader, judge = Reader.load(options.weights), Judge.load(options.weights)
    comparer = Comparer.load(options.weights)
    with tempfile.TemporaryDirectory() as scratch:
        library, questions = library_of(CHOOSING[EVENTS], Path(scratch))
        events = list(weigh(library, sampled(questions), reader, judge, comparer))
        library.close()
        newsrooms: list[Weighed] = []
        for name, (source, suite) in NEWSROOMS.items():
            with Library.open(Path(scratch) / name) as held:
                held.add(read(str(source)))
                newsrooms += weigh(held, list(disputes(held, suite)), reader, judge, comparer)
    # The newsrooms' questions are few and count twice: their articles are as long and as full of names as real ones.
    everything = [*events, *newsrooms, *newsrooms]
    chances = crossed(everything)
    by_figure, by_other = (chosen(everything, chances, number=number) for number in (True, False))
    stored = {
        "weights": {name: round(value, 4) for name, value in fit(everything).items()},
        "figures": round(by_figure.threshold, 4),
        "others": round(by_other.threshold, 4),
        "chosen_on": f"{len(events)} questions on events, {len(newsrooms)} of newsrooms; all and false: figures "
        f"{by_figure.all_shown:.3f}, {by_figure.false:.3f}, others {by_other.all_shown:.3f}, {by_other.false:.3f}",
    }
    (options.weights / "versions.json").write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    main()
