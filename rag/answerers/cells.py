"""Which cell of a table answers? A reader of sentences sees a row of figures, not the heads of their columns."""

from collections.abc import Sequence
from dataclasses import replace

from index.records import Passage
from rag.answerers.port import TextsOf
from rag.reader.closer import Candidate
from rag.reader.judge import Judgement
from rag.tables import look_up, share

# Set by hand on development questions, not calibrated: how likely a cell is right whose heads are all that is asked.
LOOKED_UP = 0.8


def with_cell(
    question: str, passages: Sequence[Passage], judged: Judgement, *, threshold: float, whole: TextsOf
) -> Judgement:
    """The judgement with a table's cell in front, where the reader has nothing, points into the same article, or
    into one that speaks less of what is asked. `threshold`: from where on the reader has something. `whole` gives the
    texts of the passages' articles.
    """
    rows = {number: passage for number, passage in enumerate(passages) if "|" in passage.text}
    if not rows:
        return judged
    sure = bool(judged.candidates) and judged.confidence >= threshold
    known = passages[judged.candidates[0].passage] if sure else None
    read = [*rows.values(), *([known] if known else [])]
    texts = whole(read)
    cells = {one.article_id: look_up(question, one.title, texts[one.article_id]) for one in rows.values()}
    for number, passage in rows.items():
        found = cells[passage.article_id]
        if found is None or not passage.start <= found.start < found.end <= passage.end:
            continue
        elsewhere = known is not None and known.article_id != passage.article_id
        if known and elsewhere and share(question, known.title, texts[known.article_id]) >= found.share:
            continue
        box = found.cell
        cell = Candidate(passage=number, start=box.start, end=box.end, text=box.text, features={"margin": 0.0})
        others = tuple(candidate for candidate in judged.candidates if candidate.passage != number)
        return replace(judged, candidates=(cell, *others), confidence=max(judged.confidence, LOOKED_UP * found.share))
    return judged


def in_row(passage: Passage, place: int) -> bool:
    """Does the article offset lie in a row of a table, whose columns nobody compares across articles?"""
    text, at = passage.text, place - passage.start
    stop = text.find("\n", at)
    return "|" in text[text.rfind("\n", 0, at) + 1 : stop if stop >= 0 else len(text)]
