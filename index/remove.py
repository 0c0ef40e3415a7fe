"""How does an article go out: hidden from every search, or erased from every file?"""

import shutil
from typing import TYPE_CHECKING

from index.lock import writing
from index.storage import storage_errors
from index.upkeep import (
    PURGING,
    WRITING,
    dimensions,
    follow_vectors,
    new_generation,
    new_words,
    strays,
    writable_words,
)
from index.vectors import sweep

if TYPE_CHECKING:
    from index.library import Library


def remove(library: "Library", article_id: str, *, purge: bool) -> None:
    """Hide an article, or erase every trace of it from all stores. Raises ArticleNotFound."""
    library.article(article_id)
    with storage_errors(library.path), writing(library.path):
        catalogue = library.catalogue
        if catalogue.meta("unfinished") == PURGING:
            finish_purge(library)
        if purge:
            with catalogue.transaction():
                catalogue.erase(article_id)
                catalogue.set_meta("unfinished", PURGING)
            finish_purge(library)
            return
        words = writable_words(library)
        try:
            chunks = catalogue.live_chunks_of([article_id])
            with catalogue.transaction():
                catalogue.hide(article_id)
                catalogue.set_meta("unfinished", WRITING)
            words.write([], retired=chunks)
        finally:
            words.close()
        if library.server_factory() is not None:
            follow_vectors(library, finished=False)
        with catalogue.transaction():
            catalogue.forget_meta("unfinished")


def finish_purge(library: "Library") -> None:
    """Write every store anew without what was erased: deleted rows linger in segments, pages and older generations.

    Repeated by the next writer when it is interrupted. The lock must be held.
    """
    catalogue = library.catalogue
    new_words(library).close()
    if library.server_factory() is not None:
        follow_vectors(library, finished=False)
    else:
        if dimensions(library):
            new_generation(library)
        name = catalogue.meta("generation")
        sweep(library.path / "vectors", keep={name} if name else set())
    for stray in strays(library):
        shutil.rmtree(library.path / stray, ignore_errors=True)
    catalogue.compact()
    with catalogue.transaction():
        catalogue.forget_meta("unfinished")
