"""How do sources become live articles? Read, encoded and written side by side, in batches that are whole or absent."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.ahead import ahead
from index.beginning import refuse_other_dimensions
from index.catalogue import Catalogue, Entry, StoredChunk
from index.copies import CopyFinder
from index.encoder import Embedder, encode
from index.preparing import Prepared, Preparer, SourceDone, Tally
from index.records import AddProgress, Source
from index.split import header
from index.words import WordRow, Words

if TYPE_CHECKING:
    from index.library import Library

# About five seconds of encoding on two cores: what a kill can cost, and few enough commits not to matter.
BATCH_CHUNKS = 512
# Articles that are read and split while the encoder works, handed over in small groups: bounds memory.
_GROUP, _GROUPS = 8, 16
# How often a long stretch of unchanged sources is told to whoever watches.
_TELL_SECONDS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Articles with their encoded chunks, and the sources that are complete once it is written. May hold neither."""

    articles: tuple[Prepared, ...]
    vectors: NDArray[np.float16]
    done: tuple[SourceDone, ...]
    current: str


def add_all(
    library: "Library",
    sources: Iterable[Source],
    *,
    tally: Tally,
    progress: Callable[[AddProgress], None] | None,
) -> None:
    """Everything that `Library.add` does once the library exists and its lock is held."""
    from index.remove import finish_purge
    from index.upkeep import PURGING, follow_vectors, writable_words

    catalogue = library.catalogue
    if catalogue.meta("unfinished") == PURGING:
        finish_purge(library)
    words = writable_words(library)
    writer = _Writer(catalogue, words, tally)
    items = ahead(Preparer(catalogue, tally).prepare(sources), group=_GROUP, groups=_GROUPS)
    # One batch is encoded while the one before is written.
    batches = ahead(_batches(items, lambda: library.embedder, tally), group=1, groups=1)
    try:
        # Batches are closed first: their thread draws from the items.
        with closing(items), closing(batches):
            for batch in batches:
                writer.write(batch)
                if batch.articles:
                    follow_vectors(library, finished=False)
                if progress is not None:
                    progress(
                        AddProgress(
                            sources=tally.sources, articles=writer.articles, chunks=tally.chunks, current=batch.current
                        )
                    )
        follow_vectors(library, finished=True)
    finally:
        words.close()
    if catalogue.meta("unfinished") is not None:
        with catalogue.transaction():
            catalogue.forget_meta("unfinished")


def _batches(
    items: "Iterator[Prepared | SourceDone]", embedder: Callable[[], Embedder], tally: Tally
) -> Iterator[Batch]:
    """Encode what is prepared, BATCH_CHUNKS at a time. The embedder is loaded when there is something to encode."""
    articles: list[Prepared] = []
    done: list[SourceDone] = []
    chunks, told, current = 0, time.perf_counter(), ""

    def batch() -> Batch:
        texts = [
            f"{header(entry.article.title, entry.article.published)}\n{chunk.text}"
            for entry in articles
            for chunk in entry.chunks
        ]
        vectors = np.zeros((0, 0), dtype=np.float32)
        if texts:
            model = embedder()
            begun = time.perf_counter()
            vectors = encode(model, texts)
            tally.encoder_seconds += time.perf_counter() - begun
        return Batch(
            articles=tuple(articles), vectors=vectors.astype(np.float16), done=tuple(done), current=current
        )  # fmt: skip

    for item in items:
        if isinstance(item, SourceDone):
            done.append(item)
            current = item.key
        else:
            articles.append(item)
            chunks += len(item.chunks)
            current = item.article.source
        if chunks >= BATCH_CHUNKS or (not articles and time.perf_counter() - told > _TELL_SECONDS):
            yield batch()
            articles, done, chunks, told = [], [], 0, time.perf_counter()
    if articles or done:
        yield batch()


class _Writer:
    """Stores batches: words first (idempotent by chunk id), then one SQLite transaction that makes the batch live."""

    def __init__(self, catalogue: Catalogue, words: Words, tally: Tally) -> None:
        self._catalogue = catalogue
        self._words = words
        self._tally = tally
        self._copies: CopyFinder | None = None
        self.articles = 0

    def write(self, batch: Batch) -> None:
        """The batch is whole or absent for every reader, whenever this process dies."""
        self._tally.sources += len(batch.done)
        complete = [(s.root, s.key, s.fingerprint, s.articles) for s in batch.done if s.fingerprint is not None]
        catalogue = self._catalogue
        if not batch.articles:
            if complete:
                with catalogue.transaction():
                    catalogue.remember_sources(complete)
            return
        self._announce(batch.vectors.shape[1])
        entries, word_rows = self._entries(batch)
        groups = self._groups(batch.articles)
        retired = catalogue.live_chunks_of([entry.article.article_id for entry in entries])
        # Of a key that comes twice in one batch, only the chunks of its last version become live.
        last = {entry.article.article_id: entry.chunks for entry in entries}
        live = {chunk.chunk_id for chunks in last.values() for chunk in chunks}
        self._words.write([row for row in word_rows if row.chunk_id in live])
        with catalogue.transaction():
            catalogue.publish(entries, groups=list(groups.items()))
            catalogue.remember_sources(complete)
        # Only now: until the commit, the older version is what a search must find.
        if retired:
            self._words.write([], retired=retired)
        self._tally.chunks += len(word_rows)
        self.articles += len(entries)

    def _announce(self, dimensions: int) -> None:
        """Note, before the first word of this add is written, that the stores may differ from here on."""
        from index.upkeep import WRITING

        known = int(self._catalogue.meta("dimensions") or 0)
        refuse_other_dimensions(known, dimensions)
        if self._catalogue.meta("unfinished") is None or (dimensions and not known):
            with self._catalogue.transaction():
                self._catalogue.set_meta("unfinished", WRITING)
                if dimensions and not known:
                    self._catalogue.set_meta("dimensions", str(dimensions))

    def _entries(self, batch: Batch) -> tuple[list[Entry], list[WordRow]]:
        next_id, position = self._catalogue.next_chunk_id(), 0
        entries, word_rows = [], []
        for prepared in batch.articles:
            article = prepared.article
            stored = []
            for chunk in prepared.chunks:
                chunk_id = next_id + position
                stored.append(
                    StoredChunk(
                        chunk_id=chunk_id, start=chunk.start, end=chunk.end, embedding=batch.vectors[position]
                    )
                )  # fmt: skip
                word_rows.append(
                    WordRow(
                        chunk_id=chunk_id, text=chunk.text, title=article.title, outlet=article.outlet,
                        published=article.published,
                    )
                )  # fmt: skip
                position += 1
            entries.append(
                Entry(
                    article=article, key=prepared.key, root=prepared.root, hash=prepared.hash,
                    signature=prepared.signature, chunks=tuple(stored),
                )
            )  # fmt: skip
        return entries, word_rows

    def _groups(self, articles: Iterable[Prepared]) -> dict[str, str]:
        """Article id -> copy group, for all whose group changes. The finder is filled when something is new."""
        if self._copies is None:
            self._copies = CopyFinder()
            for article_id, signature, group in self._catalogue.signatures():
                self._copies.remember(article_id, signature, group)
        groups: dict[str, str] = {}
        for prepared in articles:
            if prepared.signature is not None:
                groups.update(self._copies.join(prepared.article.article_id, prepared.signature))
        return groups
