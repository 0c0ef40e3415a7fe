"""How is a library split and embedded anew, for another embedder or a newer splitter, without a moment of mixture?"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from index.catalogue import StoredChunk
from index.encoder import Embedder, embedder_name, encode, load_tokenizer
from index.errors import LibraryError
from index.lock import writing
from index.records import AddProgress, Filters
from index.remove import finish_purge
from index.split import SPLITTER, header, split
from index.storage import storage_errors
from index.upkeep import PURGING, WRITING, new_generation, new_words

if TYPE_CHECKING:
    from index.library import Library

_BATCH_CHUNKS = 512


def rebuild(
    library: "Library", *, embedder: Embedder | None, progress: Callable[[AddProgress], None] | None = None
) -> int:
    """Stage new chunks of every live article beside the old ones, then swap all of them in one transaction.

    Searches go on over the old chunks until then; an interrupted rebuild leaves them as they are. Without `embedder` it
    is that of the library. Returns the chunks.
    """
    library.refuse_absent()
    with storage_errors(library.path), writing(library.path):
        catalogue = library.catalogue
        if library.server_factory() is not None:
            raise LibraryError(
                f"{library.path} keeps its vectors on a Chroma server, which cannot be swapped whole: add the articles "
                "to a new library with the new embedder"
            )
        if catalogue.meta("unfinished") == PURGING:
            finish_purge(library)
        chosen = embedder if embedder is not None else library.embedder
        tokenizer = load_tokenizer(None)
        with catalogue.transaction():
            catalogue.drop_staged()
            catalogue.set_meta("unfinished", WRITING)
        staged = 0
        dimensions = 0
        waiting: list[tuple[str, int, int, int, str]] = []  # article, version, start, end, what is encoded

        def flush() -> None:
            nonlocal staged, dimensions
            vectors = encode(chosen, [text for *_, text in waiting]).astype(np.float16)
            dimensions = vectors.shape[1]
            with catalogue.transaction():
                first = catalogue.next_chunk_id()
                for position, (article_id, version, start, end, _) in enumerate(waiting):
                    chunk = StoredChunk(chunk_id=first + position, start=start, end=end, embedding=vectors[position])
                    catalogue.stage(article_id, version, chunk)
            staged += len(waiting)
            waiting.clear()

        for articles, summary in enumerate(catalogue.summaries(Filters()), start=1):
            article = catalogue.article(summary.article_id)
            assert article is not None
            for chunk in split(
                article.text, token_offsets=lambda text: tokenizer.encode(text, add_special_tokens=False).offsets
            ):
                line = header(article.title, article.published)
                waiting.append((article.article_id, article.version, chunk.start, chunk.end, f"{line}\n{chunk.text}"))
            if len(waiting) >= _BATCH_CHUNKS:
                flush()
                if progress is not None:
                    progress(AddProgress(sources=articles, articles=articles, chunks=staged, current=summary.source))
        if waiting:
            flush()
        with catalogue.transaction():
            catalogue.swap_staged()
            catalogue.set_meta("embedder", embedder_name(chosen))
            catalogue.set_meta("splitter", SPLITTER)
            if dimensions:
                catalogue.set_meta("dimensions", str(dimensions))
            else:
                catalogue.forget_meta("dimensions")
            # The old generation holds vectors of another space: exact scans serve until the new one is named.
            catalogue.forget_meta("generation")
            catalogue.set_meta("rebuilt", str(int(time.time())))
        new_words(library).close()
        if staged:
            new_generation(library)
        with catalogue.transaction():
            catalogue.forget_meta("unfinished")
    library.close()
    library.use_embedder(chosen)
    return staged
