"""Where do reports speak nearest to a question, whether or not what they say is sure enough to be an answer?

In place of an answer the reader's likeliest places count alone. Beside one a model weighs them: an account of the same
matter speaks of the same event, in words like those of the sentence that is known, and gives a thing of the same kind
(learned by evals/calibrate_accounts.py).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.records import Passage
from index.sentences import sentence_at
from rag.english import content
from rag.events import KEPT, MOST_NAMES, NO_TEXTS, event_likeness, same_event
from rag.likeness import form_of, has_form
from rag.reader.judge import WEIGHED, Judge
from rag.reader.learned import linear, logistic, stored
from rag.reader.model import WEIGHTS
from rag.reader.records import Reads
from rag.records import Evidence, Finding, Span

# An article that is not seen to tell of the same event may still do so where it shares this much of the words: on
# invented events one sentence in four from such an article tells what was asked for, one in twenty-five from others
# (evals/LOG.md).
LEAST_OVERLAP = 0.15
# And it has to have this share of the question's words, where a word that all articles have counts least: reports of
# other matters share the town and the money with it, not the sea eagles. From .35 on a dev question loses a version.
LEAST_ASKED = 0.15
FEATURES = (
    "score", "behind", "first", "among_first", "same_event", "names", "overlap", "read", "known_words", "own_words",
    "form", "same_article",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """The likeliest span of a sentence of `passages[passage]`, both in article offsets; which of its passage's spans
    that is, from 0, and what the judge makes of it by its reading alone.
    """

    passage: int
    span: Span
    sentence: tuple[int, int]
    score: float
    rank: int

    @property
    def evidence(self) -> Evidence:
        """The place as evidence."""
        return Evidence(passage=self.passage, spans=(self.span,))


def nearest(question: str, passages: Sequence[Passage], reader: Reads, *, judge: Judge) -> list[Near]:
    """The likeliest place of each sentence, likeliest first."""
    readings = reader.read(question, [one.text for one in passages], [one.title for one in passages])
    best: dict[tuple[int, tuple[int, int]], Near] = {}
    for number, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
        for rank, (span, score) in enumerate(judge.by_reading(question, passage, reading)):
            start, end = sentence_at(passage.text, span.start)
            place = number, (passage.start + start, passage.start + end)
            if place not in best or score > best[place].score:
                spoken = Span(passage.start + span.start, passage.start + span.end)
                best[place] = Near(passage=number, span=spoken, sentence=place[1], score=score, rank=rank)
    return sorted(best.values(), key=lambda one: (-one.score, one.passage, one.span.start))


def worth_reading(question: str, read: Sequence[Passage], beyond: Sequence[Passage]) -> list[int]:
    """The numbers of passages beyond those that were read, counted on from them, those first that have words of the
    question which few of all of them have: the others have been read for.
    """
    asked = set(content(question))
    having = [asked & set(content(f"{one.title} {one.text}")) for one in (*read, *beyond)]
    passages = Counter(word for words in having for word in words)
    worth = {number: sum(1 / passages[word] for word in words) for number, words in enumerate(having)}
    return sorted(range(len(read), len(having)), key=lambda number: -worth[number])


def may_tell(
    question: str, known: Passage, passages: Sequence[Passage], *, texts: Mapping[str, str] = NO_TEXTS
) -> list[int]:
    """The numbers of the passages whose articles may tell of the known one's event, and of what the question is about.
    `texts`: whole articles by id.
    """
    asked = _asked(question, [known, *passages], texts)
    return [
        number
        for number, one in enumerate(passages)
        if asked[one.article_id] >= LEAST_ASKED
        and (
            same_event(question, known, one, texts=texts)
            or event_likeness(question, known, one, texts=texts).overlap >= LEAST_OVERLAP
        )
    ]


def told_beside(
    question: str,
    finding: Finding,
    known: Passage,
    found: Sequence[Near],
    passages: Sequence[Passage],
    *,
    read: int,
    texts: Mapping[str, str],
) -> list[Mapping[str, float]]:
    """The FEATURES of each place that was found beside a finding in `known`. The first `read` passages were found by
    the question itself. `texts`: whole articles by id.
    """
    start, end = sentence_at(known.text, finding.evidence[0].spans[0].start - known.start)
    sentence = set(content(known.text[start:end]))
    form = form_of(question, finding.answer or "")
    numbers = {one.passage for one in found}
    likeness = {number: event_likeness(question, known, passages[number], texts=texts) for number in numbers}
    alike = {number: same_event(question, known, passages[number], texts=texts) for number in numbers}
    best = max((one.score for one in found), default=0.0)
    features: list[Mapping[str, float]] = []
    for one in found:
        passage = passages[one.passage]
        own = set(content(passage.text[one.sentence[0] - passage.start : one.sentence[1] - passage.start]))
        shared = len(own & sentence)
        features.append(
            {
                "score": one.score,
                "behind": one.score - best,
                "first": float(one.rank == 0),
                "among_first": float(one.rank < WEIGHED),
                "same_event": float(alike[one.passage]),
                "names": float(min(MOST_NAMES, likeness[one.passage].names)),
                "overlap": likeness[one.passage].overlap,
                "read": float(one.passage < read),
                "known_words": shared / max(1, len(sentence)),
                "own_words": shared / max(1, len(own)),
                "form": float(has_form(_words_at(passage, one.span), form)),
                "same_article": float(passage.article_id == known.article_id),
            }
        )
    return features


def _asked(question: str, passages: Sequence[Passage], texts: Mapping[str, str]) -> dict[str, float]:
    """Which share of the question's words the passages' articles have, each word by how few of them have it; all of
    them where none has any.
    """
    wanted = frozenset(content(question))
    articles = {one.article_id: texts.get(one.article_id, one.text) for one in passages}
    titles = {one.article_id: one.title for one in passages}
    having = {name: wanted & _words(f"{titles[name]}. {text}") for name, text in articles.items()}
    articles_with = Counter(word for words in having.values() for word in words)
    if not articles_with:
        return dict.fromkeys(having, 1.0)
    total = sum(1 / number for number in articles_with.values())
    return {name: sum(1 / articles_with[word] for word in words) / total for name, words in having.items()}


@lru_cache(maxsize=KEPT)
def _words(text: str) -> frozenset[str]:
    return frozenset(content(text))


def _words_at(passage: Passage, span: Span) -> str:
    return passage.text[span.start - passage.start : span.end - passage.start]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountModel:
    """A logistic model of how likely a sentence tells what its article says to the question; shown from `least` on."""

    weights: Mapping[str, float]
    least: float

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> "AccountModel":
        """From `accounts.json` beside the reader's weights. Raises ReaderError."""
        return stored(folder, "accounts.json", lambda known: cls(weights=known["weights"], least=float(known["least"])))

    def likely(self, features: Mapping[str, float]) -> float:
        """A probability in [0, 1]."""
        return logistic(linear(self.weights, features))

    def ordered(self, found: Sequence[Near], features: Sequence[Mapping[str, float]]) -> list[Near]:
        """Those that are likely enough, likeliest first."""
        weighed = [(self.likely(told), one) for one, told in zip(found, features, strict=True)]
        kept = [(likely, one) for likely, one in weighed if likely >= self.least]
        return [one for _, one in sorted(kept, key=lambda pair: (-pair[0], pair[1].passage, pair[1].span.start))]
