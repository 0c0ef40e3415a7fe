"""Where do the vectors live? In immutable Chroma generations, each built from the catalogue and then only read.

Chroma's local client is single-process: a writer beside a reader corrupts its files (chroma-core/chroma#6975). So
nothing is ever added to a generation. The writer builds a new one in a fresh folder, names it in the catalogue, and
readers in any number of processes open it read-only; rows newer than it are scanned exactly (index/nearest.py). A
Chroma server handles many processes itself and takes the rows as they come.
"""

import json
import os
import shutil
import struct
import threading
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryDamaged

_LAYOUT = "this version of chromadb is not known; install the one of the constraints file"
# Chroma takes up to 5,461 rows in one call.
BATCH_ROWS = 5_000
# Chroma's own defaults, said aloud so that a newer Chroma does not change what a library finds.
HNSW = {"space": "ip", "ef_construction": 100, "ef_search": 100, "max_neighbors": 16}
# A damaged HNSW file crashes the whole process that reads it, so files are read through before they are opened: a
# quarter of a second at this size (zlib.crc32, 1.5 GB/s). Of larger ones only the two ends are.
_READ_THROUGH = 400 * 2**20
_ENDS = 2**20
_COLLECTION = "chunks"


class Generation:
    """A finished Chroma folder with its rows beside it as a float16 memory map, ordered by chunk id.

    Raises LibraryDamaged when the files are not those that were built.
    """

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.folder = folder
        self._guard = threading.Lock()
        self._users = 0
        self._closing = False
        self._client: Any = None
        self._collection: Any = None
        try:
            manifest = json.loads((folder / "manifest.json").read_text())
            _verify(folder, manifest["files"])
            self.ids: NDArray[np.int64] = np.load(folder / "ids.npy")
            shape = (len(self.ids), int(manifest["dimensions"]))
            self.matrix: NDArray[np.float16] = (
                np.memmap(folder / "rows.f16", dtype=np.float16, mode="r", shape=shape)
                if len(self.ids)
                else np.zeros(shape, dtype=np.float16)
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LibraryDamaged(f"The vectors in {folder} are damaged ({error}): onrecord check --repair") from error

    @contextmanager
    def used(self) -> Iterator[None]:
        """While the block runs, `close` in another thread waits with letting the files go."""
        with self._guard:
            self._users += 1
        try:
            yield
        finally:
            with self._guard:
                self._users -= 1
                self._release()

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """Up to k (chunk id, cosine) by Chroma's HNSW index, best first. Raises LibraryDamaged when Chroma fails."""
        try:
            with self._guard:
                if self._collection is None:
                    if not (self.folder / "chroma" / "chroma.sqlite3").is_file():
                        raise FileNotFoundError("chroma.sqlite3 is gone")  # Chroma would make an empty one
                    self._client = _local_client(self.folder / "chroma")
                    self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
                collection = self._collection
            return query(collection, vector, min(k, len(self.ids)))
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # a panic in Chroma's Rust is no Exception
            raise LibraryDamaged(f"Chroma failed in {self.folder} ({error}): onrecord check --repair") from error

    def close(self) -> None:
        """Let Chroma's files go as soon as nobody is searching them."""
        with self._guard:
            self._closing = True
            self._release()

    def _release(self) -> None:
        if self._closing and self._users == 0 and self._client is not None:
            self._client.close()
            self._client = self._collection = None


def build(parent: Path, rows: Iterator[tuple[int, bytes]], *, count: int, dimensions: int) -> str:
    """Write a new generation from `count` (chunk id, float16 bytes) rows in ascending order; returns its name.

    The manifest is written last: a folder without one is garbage of a crash. Raises OSError when the disk is full.
    """
    folder = parent / f"generation-{uuid.uuid4().hex[:12]}"
    try:
        (folder / "chroma").mkdir(parents=True)
        ids = _fill(folder, rows, count=count, dimensions=dimensions)
        _blank_unused(folder / "chroma")
        np.save(folder / "ids.npy", np.array(ids, dtype=np.int64))
        sealed = [path for path in sorted(folder.rglob("*")) if _is_sealed(path)]
        for path in sealed:
            _to_disk(path)
        files = {str(path.relative_to(folder)): _seal(path) for path in sealed}
        (folder / "manifest.json").write_text(json.dumps({"dimensions": dimensions, "files": files}))
        _to_disk(folder / "manifest.json")
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # Chroma has many kinds, a Rust panic among them
        free = shutil.disk_usage(parent if parent.exists() else parent.parent).free
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) or free > 4 * count * dimensions * 4:
            raise
        raise OSError(28, f"no space left for vectors ({error})") from error
    return folder.name


def _fill(folder: Path, rows: Iterator[tuple[int, bytes]], *, count: int, dimensions: int) -> list[int]:
    client = _local_client(folder / "chroma")
    try:
        # Chroma keeps what came after the last sync in a log, which the next to open the folder would write into its
        # files. A sync at exactly the last row leaves no log, so that readers write nothing.
        synced = {"sync_threshold": max(1, count), "batch_size": max(1, min(100, count))}
        collection = client.create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": {**HNSW, **synced}}
        )
        ids: list[int] = []
        with (folder / "rows.f16").open("wb") as sink:
            while batch := list(islice(rows, BATCH_ROWS)):
                part = np.frombuffer(b"".join(row for _, row in batch), dtype=np.float16).reshape(-1, dimensions)
                sink.write(part.tobytes())
                numbers = [chunk_id for chunk_id, _ in batch]
                collection.add(ids=[str(number) for number in numbers], embeddings=part.astype(np.float32))
                ids.extend(numbers)
        return ids
    finally:
        client.close()


def _blank_unused(folder: Path) -> None:
    """Zeros behind the last row. Chroma makes room for more and writes it as it finds it in memory: with whatever the
    process had there before, the text of a purged article too.
    """
    for header in folder.rglob("header.bin"):
        # hnswlib: its version, the first row's place, rows there is room for, rows, bytes of each.
        _, _, _, rows, size = struct.unpack_from("<i4Q", header.read_bytes())
        for name, each in (("data_level0.bin", size), ("length.bin", 4)):
            path = header.with_name(name)
            written = path.stat().st_size
            if written < rows * each:
                raise LibraryDamaged(f"{path} has {written} bytes, too few for {rows} rows of {each}: {_LAYOUT}")
            os.truncate(path, rows * each)
            os.truncate(path, written)


def sweep(parent: Path, *, keep: set[str]) -> list[str]:
    """Remove generations that are not in `keep`; returns their names. Readers that have one open keep its files."""
    removed = []
    for folder in parent.glob("generation-*") if parent.exists() else ():
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(folder.name)
    return removed


def query(collection: Any, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
    """Up to k (chunk id, cosine) of a Chroma collection, best first."""
    if k < 1:
        return []
    found = collection.query(query_embeddings=vector.reshape(1, -1), n_results=k, include=["distances"])
    # Chroma's inner-product distance is 1 - dot; our vectors have unit length, so the dot is the cosine.
    pairs = [(int(name), 1.0 - float(far)) for name, far in zip(found["ids"][0], found["distances"][0], strict=True)]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


@cache
def http_client(scheme: str, host: str, port: int | None) -> Any:
    """One client a server and process: chromadb pools its connections by itself, and never closes them."""
    import atexit

    import chromadb

    secure = scheme == "https"
    client = chromadb.HttpClient(
        host=host, port=port or (443 if secure else 8000), ssl=secure, settings=_settings()
    )  # fmt: skip
    session = getattr(getattr(client, "_server", None), "_session", None)
    if session is not None:
        atexit.register(session.close)
    return client


def _local_client(folder: Path) -> Any:
    import chromadb

    return chromadb.PersistentClient(path=str(folder), settings=_settings())


def _is_sealed(path: Path) -> bool:
    # SQLite may rewrite its header when it is opened; the HNSW files and our rows never change.
    return path.is_file() and path.suffix in {".bin", ".pickle", ".npy", ".f16"}


def _seal(path: Path) -> list[int]:
    """[size, CRC-32 of the whole file or of its two ends]: against damage, not against malice."""
    size = path.stat().st_size
    crc = 0
    with path.open("rb") as file:
        if size <= _READ_THROUGH:
            while block := file.read(_ENDS):
                crc = zlib.crc32(block, crc)
            return [size, crc]
        crc = zlib.crc32(file.read(_ENDS))
        file.seek(-_ENDS, os.SEEK_END)
        return [size, zlib.crc32(file.read(), crc)]


def _verify(folder: Path, files: dict[str, list[int]]) -> None:
    for name, sealed in files.items():
        path = folder / name
        if not path.is_file():
            raise ValueError(f"{name} is missing")
        if _seal(path) != sealed:
            raise ValueError(f"{name} was altered")
    if not (folder / "chroma" / "chroma.sqlite3").is_file():
        raise ValueError("chroma.sqlite3 is missing")


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def warm_up() -> None:
    """Import Chroma now (0.8 s), so that the first question does not wait for it."""
    import chromadb  # noqa: F401


@contextmanager
def plain_collection(folder: Path) -> Iterator[Any]:
    """A Chroma collection with its defaults in a new folder: what the library is measured against."""
    client = _local_client(folder)
    try:
        yield client.create_collection("plain", embedding_function=None)
    finally:
        client.close()
