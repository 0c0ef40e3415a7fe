"""The library as a LangChain retriever, for other people's chains."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.library import CANDIDATES, Library
from index.records import Filters, Passage
from rag.fuse import fuse
from rag.records import PASSAGES


class LibraryRetriever(BaseRetriever):
    """Passages of a library as Documents: vectors and BM25 fused, copies folded, offsets in the metadata.

    `page_content` is an exact slice of `library.article(article_id, version=version).text`, from `start` to `end`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = PASSAGES
    filters: Filters = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.library.search(query, k=max(CANDIDATES, self.k), filters=self.filters)
        return [_document(passage) for passage in fuse(found)[: self.k]]


def _document(passage: Passage) -> Document:
    metadata: dict[str, Any] = {
        "article_id": passage.article_id, "version": passage.version, "start": passage.start, "end": passage.end,
        "title": passage.title, "source": passage.source, "outlet": passage.outlet, "outlets": list(passage.outlets),
        "url": passage.url, "published": passage.published, "page": passage.page, "score": passage.score,
    }  # fmt: skip
    return Document(id=str(passage.chunk_id), page_content=passage.text, metadata=metadata)
