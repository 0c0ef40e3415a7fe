"""What does the comparer learn of first answers? The reader's own spans for the training questions, right and wrong.

Without a known sentence it judges a marked place by the question alone. What it has to tell apart is what the reader
finds: in the passage that answers, in others of the same event, and in those that a search finds beside it.
"""

import random
from collections.abc import Iterator, Mapping, Sequence

from evals.metrics.wording import token_f1
from evals.reader_training.comparisons import Comparison
from evals.reader_training.negatives import Negatives
from evals.reader_training.questions import Pieces, TokenText, TrainingQuestion
from rag.reader.comparer import Place
from rag.reader.model import Reader

# How many questions of each source are read: those nearest to what is asked of articles most.
COUNTS = {
    "events": 6_000, "stories": 3_500, "new_wiki": 3_000, "amazon": 500, "reddit": 500, "qamr_wikinews": 700,
    "scenes": 400,
}  # fmt: skip
# Spans that are taken of a passage that answers, and of one that does not; and how many of the latter are read.
RIGHT_SPANS, WRONG_SPANS, WRONG_PASSAGES = 3, 2, 2
# A span counts as right when it shares this much with an accepted answer, as in evals/calibrate_reader.py.
RIGHT_F1 = 0.5


def candidates(
    sources: Mapping[str, Sequence[TrainingQuestion]],
    negatives: Mapping[str, Negatives],
    reader: Reader,
    pieces: Pieces,
    *,
    seed: int,
) -> Iterator[list[Comparison]]:
    """For each chosen question the places that the reader finds."""
    chooser = random.Random(seed)
    for source, count in COUNTS.items():
        questions = sources.get(source, ())
        for number in chooser.sample(range(len(questions)), min(count, len(questions))):
            found = list(_of(questions[number], negatives[source], number, reader, pieces, chooser))
            if found:
                yield found


def _of(
    asked: TrainingQuestion, negatives: Negatives, number: int, reader: Reader, pieces: Pieces, chooser: random.Random
) -> Iterator[Comparison]:
    texts = [_whole(asked.passage, pieces)]
    if asked.span is not None:
        others = list(asked.silent)
        chooser.shuffle(others)
        texts += [_whole(one, pieces) for one in others[:WRONG_PASSAGES]]
        near = negatives.found[number]
        for chunk in chooser.sample(list(near), min(WRONG_PASSAGES - len(others[:WRONG_PASSAGES]), len(near))):
            passage, left, stop = negatives.chunks[chunk]
            begin, end = passage.offsets[left][0], passage.offsets[min(stop, len(passage.ids)) - 1][1]
            texts.append((_whole(passage, pieces)[0], passage.text[begin:end]))
    readings = reader.read(asked.question, [text for _, text in texts], [title for title, _ in texts])
    for at, ((title, text), reading) in enumerate(zip(texts, readings, strict=True)):
        answers = at == 0 and asked.span is not None
        for span in reading.spans[: RIGHT_SPANS if answers else WRONG_SPANS]:
            place = Place(title=title, text=text, start=span.start, end=span.end)
            right = _right(asked, span.start, span.end) if answers else None
            shared = max((token_f1(answer, span.text) for answer in asked.answers), default=0.0)
            if right is None and shared >= RIGHT_F1:
                continue  # said once more, or by an article that was thought not to say it
            if right is False and shared > 0:
                continue
            yield Comparison(questions=(asked.question,), known=None, other=place, right=bool(right))


def _whole(passage: TokenText, pieces: Pieces) -> tuple[str, str]:
    return pieces.said(passage.title), passage.text


def _right(asked: TrainingQuestion, start: int, end: int) -> bool | None:
    """Does a span of the passage that answers hold the answer? None: it lies elsewhere."""
    assert asked.span is not None
    first, last = asked.passage.offsets[asked.span[0]][0], asked.passage.offsets[asked.span[1] - 1][1]
    if end <= first or last <= start:
        return None
    return max(token_f1(answer, asked.passage.text[start:end]) for answer in asked.answers) >= RIGHT_F1
