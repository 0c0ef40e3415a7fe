"""The local reader: points at the answer in a passage, or says that the passage does not hold it."""

from rag.reader.model import Reader
from rag.reader.records import Reading, ScoredSpan

__all__ = ["Reader", "Reading", "ScoredSpan"]
