"""Which sentences of other reports stand beside an answer? `python -m evals.calibrate_accounts` writes accounts.json.

Learns on the events that the reader was not trained on, on the sample newsroom's dev half and on Tavelin: for each
question that is answered, which of the sentences of what was read tell what their article says to it. Prints, for
questions of events that were not learned from, how many of the articles that tell something are quoted.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.event_questions import NEWSROOMS, Answered, Asked, answered, disputes, further, library_of, sampled, whole
from evals.logistic import fitted
from evals.reader_training.written import CHOOSING, EVENTS
from index.library import Library
from index.reading import read
from index.records import Passage
from rag.answerers.near import FEATURES, AccountModel, Near, may_tell, nearest, told_beside
from rag.assistant import Assistant
from rag.other_reports import MOST, MOST_OF_ARTICLE
from rag.reader.comparer import Comparer
from rag.reader.judge import Judge
from rag.reader.model import WEIGHTS, Reader

RIDGE = 1e-4
FOLDS = 5
# Articles of newsrooms are as long and as full of names as real ones, and each of their questions counts so often.
COUNTS = {EVENTS: 1.0, "sample": 4.0, "tavelin": 4.0}
# The threshold leaves out no more than this share of what would be quoted without one.
MOST_LOST = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The sentences that may stand beside an answer, and whether each tells what its article says to the question;
    `wanted`: the articles that say something to it and are not cited.
    """

    source: str
    story: str
    found: tuple[Near, ...]
    features: tuple[Mapping[str, float], ...]
    articles: tuple[str, ...]
    tells: tuple[bool, ...]
    wanted: frozenset[str]


def weigh(source: str, library: Library, asked: Sequence[Asked], folder: Path) -> Iterator[Weighed]:
    """The sentences near to each question that the local reader answers, rightly or not."""
    reader, judge, comparer = Reader.load(folder), Judge.load(folder), Comparer.load(folder)
    assistant = Assistant(library)
    for answer in answered(assistant, asked, reader, judge, comparer):
        if answer.confidence < judge.threshold:
            continue
        question, known = answer.asked.question, answer.known
        everything = [*answer.shown, *(one for _, one in further(library, assistant, answer))]
        telling = may_tell(question, known, everything, texts=whole(library, everything))
        passages = [everything[number] for number in telling]
        before = sum(number < len(answer.shown) for number in telling)
        near = nearest(question, passages, reader, judge=judge)
        found = [one for one in near if not _is_cited(answer, one, passages)]
        told = told_beside(
            question, answer.finding, known, found, passages, read=before, texts=whole(library, passages)
        )
        articles = tuple(passages[one.passage].article_id for one in found)
        yield Weighed(
            source=source,
            story=answer.asked.story,
            found=tuple(found),
            features=tuple(told),
            articles=articles,
            tells=tuple(answer.asked.is_told(name, *one.sentence) for name, one in zip(articles, found, strict=True)),
            wanted=frozenset(answer.asked.told) - {known.article_id},
        )


def _is_cited(answer: Answered, one: Near, passages: Sequence[Passage]) -> bool:
    """Does the sentence hold the answer's own place?"""
    place = answer.finding.evidence[0].spans[0]
    same = passages[one.passage].article_id == answer.known.article_id
    return same and one.sentence[0] < place.end and place.start < one.sentence[1]


def fit(weighed: Sequence[Weighed], least: float = 0.0) -> AccountModel:
    """Logistic regression of "it tells what its article says" over all sentences."""
    rows, right, counts = [], [], []
    for one in weighed:
        for told, tells in zip(one.features, one.tells, strict=True):
            rows.append([told[name] for name in FEATURES])
            right.append(tells)
            counts.append(COUNTS[one.source])
    return AccountModel(weights=fitted(FEATURES, rows, right, ridge=RIDGE, counts=counts), least=least)


def crossed(weighed: Sequence[Weighed]) -> list[AccountModel]:
    """For each question a model that did not see its event."""
    stories = sorted({one.story for one in weighed})
    fold = {story: number % FOLDS for number, story in enumerate(stories)}
    models = [fit([one for one in weighed if fold[one.story] != number]) for number in range(FOLDS)]
    return [models[fold[one.story]] for one in weighed]


def quoted(one: Weighed, model: AccountModel, least: float) -> tuple[set[str], int]:
    """The articles whose telling sentence is quoted beside the answer, and how many sentences are."""
    place = {(near.passage, near.sentence): number for number, near in enumerate(one.found)}
    ordered = AccountModel(weights=model.weights, least=least).ordered(one.found, one.features)
    told, of_article = set(), Counter[str]()
    for near in ordered:
        number = place[near.passage, near.sentence]
        article = one.articles[number]
        if of_article.total() < MOST and of_article[article] < MOST_OF_ARTICLE:
            of_article[article] += 1
            if one.tells[number]:
                told.add(article)
    return told & one.wanted, of_article.total()


def lost(weighed: Sequence[Weighed], models: Sequence[AccountModel], least: float) -> tuple[float, float]:
    """Of the articles quoted without a threshold the share that is not quoted with it, and the mean number of sentences
    beside an answer; each question counts as it does when the model is learned.
    """
    kept = every = sentences = questions = 0.0
    for one, model in zip(weighed, models, strict=True):
        count = COUNTS[one.source]
        told, number = quoted(one, model, least)
        every += count * len(quoted(one, model, 0.0)[0])
        kept += count * len(told)
        sentences += count * number
        questions += count
    return 1 - kept / max(1.0, every), sentences / max(1.0, questions)


def chosen(weighed: Sequence[Weighed], models: Sequence[AccountModel]) -> float:
    """The highest threshold that loses no more than MOST_LOST."""
    tried = [number / 200 for number in range(1, 60)]
    return max((least for least in tried if lost(weighed, models, least)[0] <= MOST_LOST), default=0.0)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of reader.onnx")
    options = parser.parse_args()
    weighed: list[Weighed] = []
    with tempfile.TemporaryDirectory() as scratch:
        library, questions = library_of(CHOOSING[EVENTS], Path(scratch))
        weighed += weigh(EVENTS, library, sampled(questions), options.weights)
        library.close()
        for name, (source, suite) in NEWSROOMS.items():
            with Library.open(Path(scratch) / name) as held:
                held.add(read(str(source)))
                weighed += weigh(name, held, list(disputes(held, suite)), options.weights)
    models = crossed(weighed)
    least = chosen(weighed, models)
    results = []
    for name in COUNTS:
        pairs = [(one, model) for one, model in zip(weighed, models, strict=True) if one.source == name]
        told = [quoted(one, model, least) for one, model in pairs]
        wanted = sum(len(one.wanted) for one, _ in pairs)
        mean = sum(number for _, number in told) / max(1, len(told))
        results.append(f"{name} {sum(len(names) for names, _ in told)} of {wanted} articles with {mean:.1f} sentences")
    stored = {
        "weights": {name: round(value, 4) for name, value in fit(weighed).weights.items()},
        "least": least,
        "chosen_on": f"{len(weighed)} questions; cross-validated, quoted: {', '.join(results)}",
    }
    (options.weights / "accounts.json").write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    main()
