"""Which passages may answer a question? The nearest by vectors and the best by words, joined with what is live."""

from bisect import bisect_right
from typing import TYPE_CHECKING, cast

from index.beginning import refuse_other_dimensions
from index.encoder import encode_question
from index.facets import Ids
from index.records import Filters, Passage
from index.repeats import merge_repeats

if TYPE_CHECKING:
    from index.library import Library

NO_FILTERS = Filters()
# A batch of a running add commits every few seconds; a search takes milliseconds and meets at most one.
_TRIES = 3
# An article filter names its chunks to the word index; beyond this many the list costs more than drawing further down.
_MOST_NAMED = 5_000
# How far down the word ranking is drawn when what is on top is not live or not permitted.
_DEEPEST = 16

Ranking = list[tuple[int, float]]
Rows = dict[int, tuple[object, ...]]


def search(library: "Library", question: str, k: int, filters: Filters) -> list[Passage]:
    """Candidates for a question as `Library.search` describes them, all of one revision of the catalogue.

    A commit between two of the stores could hide an article that is replaced in this moment: then search again.
    """
    vector = encode_question(library.embedder, question)
    refuse_other_dimensions(int(library.catalogue.meta("dimensions") or 0), len(vector))
    found: list[Passage] = []
    for _ in range(_TRIES):
        revision = library.catalogue.revision()
        allowed = library.facets.allowed(filters) if filters != NO_FILTERS else None
        nearest = library.nearest.search(vector, k, allowed=allowed)
        matching, rows = _matching(library, question, k, filters, allowed)
        rows |= library.catalogue.rows([chunk_id for chunk_id, _ in nearest if chunk_id not in rows])
        if library.catalogue.revision() == revision:
            break
    by_vector, by_word = _ranks(nearest, rows, k), _ranks(matching, rows, k)
    found = [
        _passage(chunk_id, rows[chunk_id], by_vector.get(chunk_id), by_word.get(chunk_id))
        for chunk_id in {**by_vector, **by_word}
    ]
    found.sort(key=_by_better_rank)
    return merge_repeats(found)


def _matching(library: "Library", question: str, k: int, filters: Filters, allowed: Ids | None) -> tuple[Ranking, Rows]:
    """The best by words that are live, and their rows."""
    named = None
    if filters.article_ids and allowed is not None and len(allowed) <= _MOST_NAMED:
        named = [int(chunk_id) for chunk_id in allowed]
        if not named:
            return [], {}
    permitted = None if named is not None or not filters.article_ids or allowed is None else set(allowed.tolist())
    ranking: Ranking = []
    rows: Rows = {}
    deeper = 1
    while deeper <= _DEEPEST:
        ranking = library.search_words(question, k * deeper, filters=filters, chunk_ids=named)
        rows = library.catalogue.rows([chunk_id for chunk_id, _ in ranking])
        if permitted is not None:
            rows = {chunk_id: row for chunk_id, row in rows.items() if chunk_id in permitted}
        if len(rows) >= k or len(ranking) < k * deeper:
            break
        deeper *= 4
    return ranking, rows


def _by_better_rank(passage: Passage) -> tuple[int, int, int]:
    unranked = 10**9
    by_word = passage.word_rank or unranked
    return min(passage.vector_rank or unranked, by_word), by_word, passage.chunk_id


def _ranks(ranking: Ranking, rows: Rows, k: int) -> dict[int, tuple[int, float]]:
    """Chunk id -> (rank from 1, score) of the first k, counting only what is live and permitted."""
    kept = [(chunk_id, score) for chunk_id, score in ranking if chunk_id in rows][:k]
    return {chunk_id: (rank, score) for rank, (chunk_id, score) in enumerate(kept, start=1)}


def _passage(
    chunk_id: int, row: tuple[object, ...], vector: tuple[int, float] | None, word: tuple[int, float] | None
) -> Passage:
    (article_id, version, start, end, text, group, title, source, url, outlet, _, published, updated, _, pages) = cast(
        "tuple[str, int, int, int, str, str | None, str, str, str | None, str | None, str | None, str | None, "
        "str | None, str, str]",
        row,
    )
    return Passage(
        chunk_id=chunk_id, article_id=article_id, version=version, start=start, end=end, text=text, title=title,
        source=source, outlet=outlet, url=url, published=published, updated=updated, copy_group=group,
        page=_page(pages, start), vector_rank=vector[0] if vector else None,
        vector_score=vector[1] if vector else None, word_rank=word[0] if word else None,
        word_score=word[1] if word else None,
    )  # fmt: skip


def _page(pages: str, start: int) -> int | None:
    """The page (from 1) on which a chunk begins; None for unpaged articles."""
    if pages == "[]":
        return None
    return bisect_right([int(number) for number in pages.strip("[]").split(",")], start) or 1
