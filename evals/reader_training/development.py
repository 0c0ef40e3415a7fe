"""How good is the reader so far? A sample of the choosing articles, cheap enough to ask every few minutes."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from evals.metrics.wording import token_f1
from evals.reader_training.examples import CLS, SEP
from evals.reader_training.questions import TRAINING_ARTICLES, Pieces, TokenText, squad_articles

CHOOSING_ARTICLES = 8
WINDOW = 384
SPAN_PIECES = 30


@dataclass(frozen=True, slots=True, eq=False)
class DevelopmentQuestion:
    """A question with its gold paragraph. `answers` empty: the paragraph does not answer it."""

    source: str
    question: tuple[int, ...]
    passage: TokenText
    answers: tuple[str, ...]


def sampled(
    squad: Path, new_wiki: Path, pieces: Pieces, *, squad_count: int, wiki_count: int
) -> list[DevelopmentQuestion]:
    """The same sample every time, from the choosing articles alone."""
    wiki = squad_articles(new_wiki)[TRAINING_ARTICLES : TRAINING_ARTICLES + CHOOSING_ARTICLES]
    sets = (("squad", squad_articles(squad)[:CHOOSING_ARTICLES], squad_count), ("new_wiki", wiki, wiki_count))
    questions = []
    for source, articles, count in sets:
        entries = [(p["context"], entry) for a in articles for p in a["paragraphs"] for entry in p["qas"]]
        for context, entry in random.Random(1).sample(entries, min(count, len(entries))):
            answers = () if entry.get("is_impossible") else tuple(a["text"] for a in entry["answers"])
            questions.append(
                DevelopmentQuestion(source, pieces.ids(entry["question"])[:48], pieces.text(context), answers)
            )
    return questions


Forward = Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor, Tensor]]


@dataclass(frozen=True, slots=True)
class Prediction:
    """The best span's text, by how much it beats "not here", and the passage's relevance."""

    text: str
    margin: float
    relevance: float


def predicted(questions: Sequence[DevelopmentQuestion], forward: Forward) -> list[Prediction]:
    """One prediction each, batches of like length; paragraphs beyond the window are cut."""
    order = sorted(range(len(questions)), key=lambda i: len(questions[i].passage.ids))
    found: dict[int, Prediction] = {}
    for at in range(0, len(order), 8):
        rows = [questions[i] for i in order[at : at + 8]]
        sequences = [[CLS, *r.question, SEP, *r.passage.ids[: WINDOW - len(r.question) - 3], SEP] for r in rows]
        lengths = torch.tensor([len(s) for s in sequences])
        ids = torch.zeros(len(rows), int(lengths.max()), dtype=torch.long)
        kinds = torch.zeros_like(ids)
        for row, sequence in enumerate(sequences):
            ids[row, : len(sequence)] = torch.tensor(sequence)
            kinds[row, len(rows[row].question) + 2 : len(sequence)] = 1
        with torch.no_grad():
            start, end, relevance = forward(ids, kinds, lengths)
        for row, question in enumerate(rows):
            first, last = len(question.question) + 2, int(lengths[row]) - 1
            pairs = start[row, first:last, None] + end[row, None, first:last]
            allowed = torch.ones_like(pairs).triu() - torch.ones_like(pairs).triu(SPAN_PIECES)
            pairs = pairs.masked_fill(allowed == 0, -1e9)
            best = int(pairs.argmax())
            a, b = divmod(best, last - first)
            text = question.passage.text[question.passage.offsets[a][0] : question.passage.offsets[b][1]]
            margin = float(pairs.flatten()[best] - start[row, 0] - end[row, 0])
            found[order[at + row]] = Prediction(text, margin, float(relevance[row]))
    return [found[i] for i in range(len(questions))]


def scores(questions: Sequence[DevelopmentQuestion], predictions: Sequence[Prediction]) -> dict[str, float]:
    """Per source: F1 over the answerable questions, and the best-threshold F1 over all (0 or 1 for a declined one)."""
    result: dict[str, float] = {}
    for source in dict.fromkeys(question.source for question in questions):
        rows = [(q, p) for q, p in zip(questions, predictions, strict=True) if q.source == source]
        gains = [(p.margin, max((token_f1(a, p.text) for a in q.answers), default=0.0), not q.answers) for q, p in rows]
        answerable = [gain for _, gain, nothing in gains if not nothing]
        result[f"{source} f1"] = 100 * sum(answerable) / max(1, len(answerable))
        if any(nothing for _, _, nothing in gains):
            right = best = float(sum(nothing for _, _, nothing in gains))
            for _, gain, nothing in sorted(gains, key=lambda row: -row[0]):
                right += -1.0 if nothing else gain
                best = max(best, right)
            result[f"{source} best f1"] = 100 * best / len(gains)
    return result
