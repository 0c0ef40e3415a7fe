"""How do vectors live on a Chroma server? It serves many processes itself and takes the rows as they come."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryError
from index.vectors import BATCH_ROWS, HNSW, http_client, query


class Server:
    """A collection on a Chroma server (`chroma run`), named after the library. Safe for many processes.

    Raises LibraryError when the server cannot be reached.
    """

    def __init__(self, url: str, library_id: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise LibraryError(f"{url} is not the address of a Chroma server: give http://host:port")
        self.url = url
        try:
            client = http_client(parts.scheme, parts.hostname, parts.port)
            self._collection: Any = client.get_or_create_collection(
                f"onrecord-{library_id}", embedding_function=None, configuration={"hnsw": HNSW}
            )
        except Exception as error:  # chromadb raises plain ValueError, httpx errors and its own for one cause
            raise self._unreachable(error) from error

    def write(self, rows: Iterator[tuple[int, bytes]], dimensions: int) -> int:
        """Upsert rows (repeating changes nothing); returns how many."""
        count = 0
        try:
            while batch := list(islice(rows, BATCH_ROWS)):
                part = np.frombuffer(b"".join(row for _, row in batch), dtype=np.float16).reshape(-1, dimensions)
                self._collection.upsert(
                    ids=[str(chunk_id) for chunk_id, _ in batch], embeddings=part.astype(np.float32)
                )
                count += len(batch)
        except Exception as error:  # as above
            raise self._unreachable(error) from error
        return count

    def delete(self, chunk_ids: list[int]) -> None:
        """Drop rows; unknown ids are ignored."""
        try:
            for begin in range(0, len(chunk_ids), BATCH_ROWS):
                self._collection.delete(ids=[str(number) for number in chunk_ids[begin : begin + BATCH_ROWS]])
        except Exception as error:  # as above
            raise self._unreachable(error) from error

    def chunk_ids(self) -> set[int]:
        """Every stored id, for `check`."""
        try:
            found: set[int] = set()
            while part := self._collection.get(limit=BATCH_ROWS, offset=len(found), include=[])["ids"]:
                found.update(int(name) for name in part)
            return found
        except Exception as error:  # as above
            raise self._unreachable(error) from error

    def count(self) -> int:
        """How many rows it holds."""
        try:
            return int(self._collection.count())
        except Exception as error:  # as above
            raise self._unreachable(error) from error

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """Up to k (chunk id, cosine), best first."""
        try:
            return query(self._collection, vector, k)
        except Exception as error:  # as above
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> LibraryError:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return LibraryError(f"The Chroma server {self.url} failed ({reason}): start it with chroma run, and try again")
