"""How are versions told from rivals? `python -m evals.calibrate_versions` writes rag/reader/weights/versions.json.

Learns on the events that the reader was not trained on and on the differing reports of the sample newsroom's dev half
and Tavelin: for each question, which of the things that other articles offer answers it. The thresholds are
chosen on all of them, cross-validated. It takes four minutes.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.other_newsrooms import TAVELIN
from evals.reader_training.written import CHOOSING, EVENTS
from evals.times import DIFFERING
from evals.times.differing import candidate, disputed
from index.library import Library
from index.reading import read
from index.records import Passage
from index.sentences import sentence_at
from rag.answerers.local import FURTHER_READ
from rag.assistant import FURTHER, Assistant
from rag.events import same_event
from rag.likeness import form_of, same_answer
from rag.offers import FEATURES, Offer, offers
from rag.reader.comparer import Comparer, Compares
from rag.reader.judge import Judge
from rag.reader.kinds import kind_of
from rag.reader.model import WEIGHTS, Reader
from rag.records import PASSAGES, Evidence, Finding, Span
from rag.rivals import VersionModel

RIDGE = 1e-5
FOLDS = 5
NEWSROOMS = {
    "sample": (Path(__file__).parent / "newsroom" / "articles", DIFFERING),
    "tavelin": (TAVELIN / "articles.jsonl", TAVELIN / "differing.jsonl"),
}
# The share of the questions on which the reports agree that may be shown something else: what is asked of those that
# differ, nine in ten, is asked of these. And nothing is shown that is less likely than this.
MOST_FALSE, LEAST_LIKELY = 0.1, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of an event, and what each article says to it (article id to (start, end) in its text): none of them
    anything where its kind is "no".
    """

    story: str
    kind: str
    question: str
    told: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The offers for a question, and for each whether it stands where its article answers."""

    asked: Asked
    leader: str
    passages: tuple[str, ...]
    offers: tuple[Offer, ...]
    right: tuple[bool, ...]


def library_of(paths: Iterable[Path], folder: Path) -> tuple[Library, list[Asked]]:
    """The reports of the events as a library, and the questions about them."""
    questions: list[Asked] = []
    records = folder / "reports.jsonl"
    with records.open("w", encoding="utf-8") as out:
        for path in paths:
            for line in path.read_text(encoding="utf-8").splitlines():
                event = json.loads(line)
                names = [f"{path.stem}-{event['story']}-{number}" for number in range(len(event["reports"]))]
                for name, report in zip(names, event["reports"], strict=True):
                    out.write(json.dumps({"id": name, **report}, ensure_ascii=False) + "\n")
                questions += list(_questions(f"{path.stem} {event['story']}", event, names))
    library = Library.open(folder / "library")
    library.add(read(str(records)))
    return library, questions


def _questions(story: str, event: Mapping[str, Any], names: Sequence[str]) -> Iterator[Asked]:
    for fact in event["facts"]:
        told = {}
        for name, report, answer in zip(names, event["reports"], fact["a"], strict=True):
            if answer:
                quote = answer.get("quote", answer["text"])
                start = report["text"].index(quote) + quote.index(answer["text"])
                told[name] = (start, start + len(answer["text"]))
        for wording in fact["q"]:
            yield Asked(story=story, kind=fact["kind"], question=wording, told=told)
    for wording in event["no"]:
        yield Asked(story=story, kind="no", question=wording, told={})


def sampled(questions: Sequence[Asked]) -> list[Asked]:
    """One of the three wordings of each fact, and every third question that nothing answers."""
    return [asked for number, asked in enumerate(questions) if number % 3 == number // 3 % 3]


def disputes(library: Library, suite: Path) -> Iterator[Asked]:
    """The dev questions of a differing suite. Where its articles agree, whatever says something else is no version."""
    for question in disputed(suite):
        if question.split != "dev":
            continue
        told: dict[str, tuple[int, int]] = {}
        candidates = [candidate(library, one) for one in question.told]
        form = form_of(question.question, candidates[0].answer)
        for one in candidates:
            if len(question.sides) > 1 or same_answer(candidates[0].answer, one.answer, form):
                start = one.passage.start + (one.start or 0)
                told[one.passage.article_id] = (start, start + len(one.answer))
        kind = "differ" if len(question.sides) > 1 else "agree"
        yield Asked(story=f"{suite.parent.name} {question.id}", kind=kind, question=question.question, told=told)


def weigh(
    library: Library, questions: Sequence[Asked], reader: Reader, judge: Judge, comparer: Compares
) -> Iterator[Weighed]:
    """The offers beside the judge's first candidate, for questions where that one is right."""
    assistant = Assistant(library)
    for asked in questions:
        if not asked.told or kind_of(asked.question) != "span":
            continue
        shown = assistant.retrieve(asked.question)
        readings = reader.read(asked.question, [p.text for p in shown], [p.title for p in shown])
        first = judge.judge(asked.question, shown, readings, comparer).candidates
        if not first:
            continue
        best = first[0]
        leader = shown[best.passage]
        if not _answers(asked, leader.article_id, best.start, best.end):
            continue
        evidence = (Evidence(passage=best.passage, spans=(Span(best.start, best.end),)),)
        finding = Finding(text=best.text, answer=best.text, evidence=evidence, confidence=0.5)
        passages, places = _of_event(library, assistant, asked.question, leader, best.start, shown)
        texts = _whole(library, [leader, *passages])
        found = offers(
            asked.question, finding, passages, reader,
            known=leader, judge=judge, comparer=comparer, places=places, texts=texts,
        )  # fmt: skip
        yield Weighed(
            asked=asked,
            leader=leader.article_id,
            passages=tuple(passages[offer.passage].article_id for offer in found),
            offers=tuple(found),
            right=tuple(
                _answers(
                    asked,
                    passages[offer.passage].article_id,
                    passages[offer.passage].start + offer.start,
                    passages[offer.passage].start + offer.end,
                )
                for offer in found
            ),
        )


def _of_event(
    library: Library, assistant: Assistant, question: str, leader: Passage, start: int, shown: Sequence[Passage]
) -> tuple[list[Passage], list[int]]:
    """The passages of the leader's event as the assistant has them, of those that were read and of a second search, and
    where they stood.
    """
    first, last = sentence_at(leader.text, start - leader.start)
    read = {passage.chunk_id for passage in shown}
    found = assistant.retrieve(f"{leader.title}. {leader.text[first:last]}", k=FURTHER)
    beyond = [passage for passage in found if passage.chunk_id not in read]
    texts = _whole(library, [leader, *shown, *beyond])
    near, further = (
        [(place, one) for place, one in enumerate(passages, before) if same_event(question, leader, one, texts=texts)]
        for passages, before in ((shown, 0), (beyond, PASSAGES))
    )
    kept = [*near, *further[:FURTHER_READ]]
    return [one for _, one in kept], [place for place, _ in kept]


def _whole(library: Library, passages: Sequence[Passage]) -> dict[str, str]:
    return {one.article_id: library.article(one.article_id, version=one.version).text for one in passages}


def _answers(asked: Asked, article: str, start: int, end: int) -> bool:
    place = asked.told.get(article)
    return place is not None and start < place[1] and place[0] < end


def fit(weighed: Sequence[Weighed]) -> dict[str, float]:
    """Logistic regression of "it stands where its article answers" over all offers that are weighed."""
    from scipy.optimize import minimize

    pairs = [(o, right) for one in weighed for o, right in zip(one.offers, one.right, strict=True) if not o.copied]
    table = np.array([[1.0, *(offer.features[name] for name in FEATURES)] for offer, _ in pairs])
    target = np.array([right for _, right in pairs], dtype=np.float64)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = table @ weights
        kept = np.array([0.0, *weights[1:]])
        value = float(np.mean(np.logaddexp(0, scores) - target * scores) + RIDGE * (kept @ kept))
        return value, table.T @ (1 / (1 + np.exp(-scores)) - target) / len(table) + 2 * RIDGE * kept

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    return dict(zip(("bias", *FEATURES), (float(value) for value in found), strict=True))


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
