"""Which passages look right and are not? The best of our own word search that do not hold the answer."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.reader_training.questions import TokenText, TrainingQuestion
from index.words import WordRow, Words

# A passage of the product is about as long (index/split.py); shorter ones cost less to train on.
CHUNK_PIECES = 110
KEPT = 6


@dataclass(frozen=True, slots=True, eq=False)
class Negatives:
    """`chunks[i]` is a passage's range of pieces; `found[q]` are the chunks for question q, best first."""

    chunks: Sequence[tuple[TokenText, int, int]]
    found: Sequence[Sequence[int]]


def chunks_of(passage: TokenText) -> list[tuple[int, int]]:
    """Whole sentences up to CHUNK_PIECES; a longer sentence is cut."""
    ranges: list[tuple[int, int]] = []
    for start, end in passage.sentences:
        if ranges and end - ranges[-1][0] <= CHUNK_PIECES:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, min(end, start + 2 * CHUNK_PIECES)))
    return ranges


def mined(questions: Sequence[TrainingQuestion], cache: Path) -> Negatives:
    """Search every question over all passages of the same list. The result is kept in `cache`."""
    passages = list({id(question.passage): question.passage for question in questions}.values())
    chunks = [(passage, start, end) for passage in passages for start, end in chunks_of(passage)]
    texts = [p.text[p.offsets[a][0] : p.offsets[b - 1][1]] for p, a, b in chunks]
    if cache.exists():
        found = json.loads(cache.read_text())
        if len(found) == len(questions):
            return Negatives(chunks, found)
    lowered = [text.lower() for text in texts]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        words = Words(Path(folder), create=True)
        words.write(
            WordRow(chunk_id=i, text=text, title="", outlet=None, published=None) for i, text in enumerate(texts)
        )
        for question in questions:
            answers = [answer.lower() for answer in question.answers]
            hits = [i for i, _ in words.search(question.question, 2 * KEPT)]
            wrong = [i for i in hits if not _may_answer(question, chunks[i][0])]
            found.append([i for i in wrong if not any(answer in lowered[i] for answer in answers)][:KEPT])
        words.close()
    cache.write_text(json.dumps(found))
    return Negatives(chunks, found)


def _may_answer(question: TrainingQuestion, passage: TokenText) -> bool:
    """Another article of the same story may give another version of the answer."""
    own = question.passage
    return bool(own.story) and passage is not own and passage.story == own.story and question.span is not None
