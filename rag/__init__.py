"""Questions in, answers on the record out."""

from typing import TYPE_CHECKING

from rag.records import Answer, Citation, Claim, ClaimChecked, Finished, Searched, Span, Window

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.retrieve import LibraryRetriever

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Claim",
    "ClaimChecked",
    "Finished",
    "LibraryRetriever",
    "Searched",
    "Span",
    "Window",
]


def __getattr__(name: str) -> object:
    # The assistant pulls in the library, the retriever LangChain: only who asks for them waits for them.
    if name == "Assistant":
        from rag.assistant import Assistant

        return Assistant
    if name == "LibraryRetriever":
        from rag.retrieve import LibraryRetriever

        return LibraryRetriever
    raise AttributeError(f"module 'rag' has no attribute {name!r}")
