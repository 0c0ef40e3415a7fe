"""How is the product asked by a suite? An assistant over a library that remembers what its search brought up."""

import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from evals.suite import GoldSpan
from index.errors import ArticleNotFound
from index.library import CANDIDATES, Library
from index.records import Article, Filters, Passage
from index.search import NO_FILTERS
from rag.assistant import Assistant
from rag.records import Answer, Citation

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CONTEXT = 400  # characters around a gold span, about three sentences: what a question may share words with


class WatchedLibrary(Library):
    """A library that keeps what each thread's searches brought up, so that a record can tell what ranking lost."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, embedder=None, vectors=None)
        self._searches = threading.local()

    def search(self, question: str, *, k: int = CANDIDATES, filters: Filters = NO_FILTERS) -> list[Passage]:
        """As Library.search."""
        found = super().search(question, k=k, filters=filters)
        self._searches.__dict__[question] = tuple(found)
        return found

    def found(self, question: str) -> Sequence[Passage]:
        """What this thread's last search for exactly this question brought up; the memory is emptied."""
        passages: Sequence[Passage] = self._searches.__dict__.get(question, ())
        self._searches.__dict__.clear()
        return passages


class LibraryAsker:
    """An assistant over a library, as the asker and the archive of a collection.

    "last week" counts from the newest article's day, not from the machine's, so that a suite means the same tomorrow.
    `prices` are what a hosted model bills for a million tokens, `input` and `output`; without them no cost is noted.
    """

    def __init__(
        self,
        path: Path,
        *,
        model: "str | BaseChatModel | None" = None,
        passages: int | None = None,
        min_confidence: float | None = None,
        prices: Mapping[str, float] | None = None,
    ) -> None:
        self.library = WatchedLibrary(path)
        self.hosted = not (model is None or model in ("local", "reader"))
        self.prices = prices
        last = self.library.info().last_published
        self.today = last[:10] if last else None
        # a model that is down has answered nothing: what the local reader finds in its place is not its own
        self.assistant = Assistant(
            self.library,
            model=model,
            passages=passages,
            min_confidence=min_confidence,
            today=self.today,
            stand_in=False,
        )
        self._spent = threading.local()
        self._article = lru_cache(maxsize=512)(self._read_article)
        self._chunks = lru_cache(maxsize=512)(self._read_chunks)

    def close(self) -> None:
        """Let the library go."""
        self.library.close()

    def identity(self, articles: str) -> dict[str, str | int]:
        """What decides the answers of this library; `articles` is the hash of the suite it was built from, if any."""
        info = self.library.info()
        contents = articles or f"{self.library.catalogue.meta('library_id')} at {info.revision}"
        return {
            "path": info.path,
            "contents": f"{contents}, {info.embedder}, {info.splitter}",
            "articles": info.articles,
            "chunks": info.chunks,
            "revision": info.revision,
            "embedder": info.embedder,
            "splitter": info.splitter,
        }

    def ask(self, question: str, *, history: Sequence[Answer] = (), filters: Filters | None = None) -> Answer:
        """As Assistant.ask; tokens that a hosted model reports are counted."""
        if not self.hosted:
            return self.assistant.ask(question, history=history, filters=filters)
        from langchain_core.callbacks import get_usage_metadata_callback

        with get_usage_metadata_callback() as usage:
            answer = self.assistant.ask(question, history=history, filters=filters)
        self._spent.tokens = {
            "input": sum(counts["input_tokens"] for counts in usage.usage_metadata.values()),
            "output": sum(counts["output_tokens"] for counts in usage.usage_metadata.values()),
        }
        return answer

    def spent(self) -> tuple[dict[str, int], float | None]:
        """Tokens of this thread's last answer, and their cost where prices were given."""
        tokens: dict[str, int] = getattr(self._spent, "tokens", {})
        if not tokens or self.prices is None:
            return tokens, None
        return tokens, sum(tokens.get(kind, 0) * price for kind, price in self.prices.items()) / 1_000_000

    def candidates(self, searched_for: str) -> Sequence[Passage]:
        """What the search of this thread's last answer brought up."""
        return self.library.found(searched_for)

    def verbatim(self, citation: Citation) -> bool:
        """Whether the cited version has exactly this quote at these offsets."""
        article = self._article(citation.article_id, citation.version)
        return article is not None and article.text[citation.start : citation.end] == citation.quote

    def facts(self, article: str) -> dict[str, str]:
        """Outlet and day of an article, where known."""
        found = self._article(article, None)
        if found is None:
            return {}
        known = {"outlet": found.outlet, "published": (found.published or "")[:10] or None}
        return {key: value for key, value in known.items() if value}

    def context(self, span: GoldSpan) -> str:
        """The text around a gold span, some sentences to each side; the article's beginning where all of it counts."""
        found = self._article(span.article, None)
        if found is None:
            return ""
        if span.end is None:
            return found.text[:CONTEXT]
        return found.text[max(0, span.start - CONTEXT // 2) : span.end + CONTEXT // 2]

    def in_one_chunk(self, span: GoldSpan) -> bool | None:
        """Whether one live chunk holds the span; None where the article is not in the library."""
        chunks = self._chunks(span.article)
        if not chunks:
            return None
        if span.end is None:
            return True
        return any(start <= span.start and span.end <= end for start, end in chunks)

    def _read_article(self, article: str, version: int | None) -> Article | None:
        try:
            return self.library.article(article, version=version)
        except ArticleNotFound:
            return None

    def _read_chunks(self, article: str) -> tuple[tuple[int, int], ...]:
        catalogue = self.library.catalogue
        rows = catalogue.rows(catalogue.live_chunks_of([article]))
        # a row is (article_id, version, start, end, text, ...)
        return tuple((int(str(row[2])), int(str(row[3]))) for row in rows.values())
