"""How do sources become live articles? Read and split beside encoding, written in batches that are whole or absent."""

import hashlib
import json
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from index.catalogue import Catalogue, Entry, StoredChunk
from index.copies import CopyFinder
from index.encoder import Embedder, encode, load_tokenizer
from index.errors import LibraryMismatch, ReadError
from index.records import AddProgress, AddReport, Article, Chunk, Record, Source, Unreadable
from index.split import header, split
from index.words import WordRow, Words

if TYPE_CHECKING:
    from index.library import Library

# About five seconds of encoding on two cores: what a kill can cost, and few enough commits not to matter.
BATCH_CHUNKS = 512
# Articles that are read and split while the encoder works; bounds memory.
_AHEAD = 64
# Files of many rows: where a row has neither id nor URL, the file's path does not name it.
_ROW_FILES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".warc", ".warc.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A new or changed article, split and hashed, not yet encoded."""

    article: Article
    key: str
    root: str
    hash: str
    signature: bytes | None
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class SourceDone:
    """Every article of a source was passed on; it may be skipped by this fingerprint next time."""

    root: str
    key: str
    fingerprint: str | None
    articles: int


@dataclass(slots=True)
class Tally:
    """Counts of one add, as they grow."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    chunks: int = 0
    sources: int = 0
    encoder_seconds: float = 0.0
    failed: list[Unreadable] = field(default_factory=list)

    def report(self, seconds: float) -> AddReport:
        """The finished counts."""
        return AddReport(
            added=self.added, updated=self.updated, unchanged=self.unchanged, failed=tuple(self.failed),
            chunks=self.chunks, seconds=seconds, encoder_seconds=self.encoder_seconds,
        )  # fmt: skip


class Preparer:
    """Reads sources and splits what is new or changed. Runs in a thread of its own, beside the encoder."""

    def __init__(self, catalogue: Catalogue, tally: Tally) -> None:
        self._catalogue = catalogue
        self._tally = tally
        self._tokenizer = load_tokenizer(None)
        # What this add has passed on but not yet published, so that a key that comes twice is seen.
        self._ahead: dict[str, tuple[str, int, str]] = {}

    def prepare(self, sources: Iterable[Source]) -> Iterator[Prepared | SourceDone]:
        """Prepared articles and, after the last of each source, SourceDone. Failures go to the tally."""
        for source in sources:
            try:
                fingerprint = source.fingerprint()
                seen = self._catalogue.source_fingerprint(source.root, source.key)
                if seen is not None and seen[0] == fingerprint:
                    self._tally.unchanged += seen[1]
                    yield SourceDone(source.root, source.key, None, seen[1])
                    continue
                yield from self._read(source, fingerprint)
            except ReadError as error:
                self._tally.failed.append(Unreadable(source.name, str(error)))
                yield SourceDone(source.root, source.key, None, 0)

    def _read(self, source: Source, fingerprint: str) -> Iterator[Prepared | SourceDone]:
        count, whole = 0, True
        for item in source.records():
            fault = item if isinstance(item, Unreadable) else _fault(item, source)
            if fault is None:
                assert isinstance(item, Record)
                prepared = self._one(source, item)
                count += 1
                if isinstance(prepared, Prepared):
                    yield prepared
                    continue
                fault = prepared
            if fault is not None:
                whole = False
                self._tally.failed.append(fault)
        yield SourceDone(source.root, source.key, fingerprint if whole else None, count)

    def _one(self, source: Source, record: Record) -> Prepared | Unreadable | None:
        """The article when there is something to store; None when it is stored already."""
        key, root = article_key(record, source)
        digest = content_hash(record)
        known = self._catalogue.known(key)
        ahead = self._ahead.get(key)
        if ahead is not None:
            before_root, version, before = ahead
            hidden = False
        elif known is not None:
            before_root, version, before, hidden = known.root, known.version, known.hash, known.hidden
        else:
            before_root, version, before, hidden = root, 0, "", False
        if before_root != root:
            return Unreadable(
                source.name, f"{key} was already added from {before_root or 'another source'}: add it from there, or "
                "give the articles ids of their own"
            )  # fmt: skip
        if before == digest and not hidden:
            self._tally.unchanged += 1
            return None
        if version:
            self._tally.updated += 1
        else:
            self._tally.added += 1
        self._ahead[key] = (root, version + 1, digest)
        article = Article(
            article_id=record.id or hashlib.sha256(key.encode()).hexdigest()[:16], version=version + 1,
            text=record.text, title=record.title, source=record.source or source.name, url=record.url,
            outlet=record.outlet, author=record.author, published=record.published, updated=record.updated,
            language=record.language, page_starts=record.page_starts,
        )  # fmt: skip
        chunks = tuple(split(record.text, token_offsets=self._offsets))
        return Prepared(
            article=article, key=key, root=root, hash=digest, signature=CopyFinder.signature(record.text), chunks=chunks
        )

    def _offsets(self, text: str) -> list[tuple[int, int]]:
        offsets: list[tuple[int, int]] = self._tokenizer.encode(text, add_special_tokens=False).offsets
        return offsets


def article_key(record: Record, source: Source) -> tuple[str, str]:
    """(key, root): explicit id, else canonical URL, else the path under its root, else (a row) the text's hash.

    Only a path depends on where it was added from, so only path keys carry a root.
    """
    if record.id:
        return record.id, ""
    if record.url:
        return record.url, ""
    if source.key.lower().endswith(_ROW_FILES):
        return hashlib.sha256(record.text.encode()).hexdigest(), ""
    return source.key, source.root


def content_hash(record: Record) -> str:
    """Hash of all that a reader could see change; where it was read from is not part of it."""
    seen = [record.text, record.title, record.url, record.outlet, record.author, record.published, record.updated]
    return hashlib.sha256(json.dumps([*seen, record.language, record.page_starts]).encode()).hexdigest()


def add_all(
    library: "Library",
    sources: Iterable[Source],
    *,
    tally: Tally,
    progress: Callable[[AddProgress], None] | None,
) -> None:
    """Everything that `Library.add` does once the library exists and its lock is held."""
    from index.upkeep import follow_vectors, writable_words

    catalogue = library.catalogue
    copies = CopyFinder()
    for article_id, signature, group in catalogue.signatures():
        copies.remember(article_id, signature, group)
    words = writable_words(library)
    try:
        write_batches(
            Preparer(catalogue, tally).prepare(sources),
            catalogue=catalogue, words=words, embedder=library.embedder, copies=copies, tally=tally,
            batch_written=lambda: follow_vectors(library, finished=False), progress=progress,
        )  # fmt: skip
        follow_vectors(library, finished=True)
    finally:
        words.close()


def write_batches(
    items: Iterator[Prepared | SourceDone],
    *,
    catalogue: Catalogue,
    words: Words,
    embedder: Embedder,
    copies: CopyFinder,
    tally: Tally,
    batch_written: Callable[[], None],
    progress: Callable[[AddProgress], None] | None,
) -> None:
    """Encode and store everything that `items` gives. Words first (idempotent), then one SQLite transaction a batch.

    `batch_written` is called after each commit.
    """
    batch: list[Prepared] = []
    done: list[tuple[str, str, str, int]] = []
    stored = 0
    with closing(_ahead(items)) as ahead:
        for item in ahead:
            if isinstance(item, SourceDone):
                tally.sources += 1
                if item.fingerprint is not None:
                    done.append((item.root, item.key, item.fingerprint, item.articles))
            else:
                batch.append(item)
            if sum(len(entry.chunks) for entry in batch) >= BATCH_CHUNKS:
                _write(batch, done, catalogue, words, embedder, copies, tally)
                batch_written()
                stored += len(batch)
                batch, done = [], []
            if progress is not None:
                current = item.article.source if isinstance(item, Prepared) else item.key
                progress(AddProgress(sources=tally.sources, articles=stored, chunks=tally.chunks, current=current))
    if batch or done:
        _write(batch, done, catalogue, words, embedder, copies, tally)
        batch_written()
        if progress is not None:
            progress(AddProgress(sources=tally.sources, articles=stored + len(batch), chunks=tally.chunks, current=""))


def _write(
    batch: list[Prepared], done: list[tuple[str, str, str, int]], catalogue: Catalogue, words: Words,
    embedder: Embedder, copies: CopyFinder, tally: Tally,
) -> None:  # fmt: skip
    texts = [
        f"{header(entry.article.title, entry.article.published)}\n{chunk.text}"
        for entry in batch
        for chunk in entry.chunks
    ]
    begun = time.perf_counter()
    vectors = encode(embedder, texts) if texts else np.zeros((0, 0), dtype=np.float32)
    tally.encoder_seconds += time.perf_counter() - begun
    if texts:
        _same_dimensions(catalogue, vectors.shape[1])
    rows = vectors.astype(np.float16)
    next_id = catalogue.next_chunk_id()
    entries, word_rows, position = [], [], 0
    groups: dict[str, str] = {}
    for prepared in batch:
        article = prepared.article
        stored = []
        for chunk in prepared.chunks:
            stored.append(StoredChunk(chunk_id=next_id, start=chunk.start, end=chunk.end, embedding=rows[position]))
            word_rows.append(
                WordRow(
                    chunk_id=next_id, text=chunk.text, title=article.title, outlet=article.outlet,
                    published=article.published,
                )
            )  # fmt: skip
            next_id, position = next_id + 1, position + 1
        if prepared.signature is not None:
            groups.update(copies.join(article.article_id, prepared.signature))
        entries.append(
            Entry(
                article=article, key=prepared.key, root=prepared.root, hash=prepared.hash,
                signature=prepared.signature, chunks=tuple(stored),
            )
        )  # fmt: skip
    retired = catalogue.live_chunks_of([entry.article.article_id for entry in entries])
    words.write(word_rows)
    with catalogue.transaction():
        catalogue.publish(entries, groups=list(groups.items()))
        catalogue.remember_sources(done)
    # Only now: until the commit, the older version is what a search must find.
    if retired:
        words.write([], retired=retired)
    tally.chunks += len(texts)


def _same_dimensions(catalogue: Catalogue, dimensions: int) -> None:
    known = catalogue.meta("dimensions")
    if known is None:
        with catalogue.transaction():
            catalogue.set_meta("dimensions", str(dimensions))
    elif int(known) != dimensions:
        raise LibraryMismatch(
            f"The library holds vectors of {known} dimensions and the embedder returns {dimensions}: open it with the "
            "embedder it was built with, or re-embed it with onrecord rebuild"
        )


def first_article(sources: Iterable[Source], tally: Tally) -> Iterable[Source] | None:
    """The same sources, once one of them is seen to hold an article; None when none does, with why in the tally.

    So an add that could store nothing makes no library.
    """
    passed: list[Source] = []
    failed: list[Unreadable] = []
    coming = iter(sources)
    for source in coming:
        passed.append(source)
        try:
            for item in source.records():
                fault = item if isinstance(item, Unreadable) else _fault(item, source)
                if fault is None:
                    return chain(passed, coming)
                failed.append(fault)
        except ReadError as error:
            failed.append(Unreadable(source.name, str(error)))
    tally.failed.extend(failed)
    return None


def _fault(record: Record, source: Source) -> Unreadable | None:
    """Why a record cannot be stored, None when it can."""
    if not record.text.strip():
        return Unreadable(source.name, "has no text")
    if "\0" in record.text:
        return Unreadable(source.name, "holds NUL characters: it is not text")
    try:
        record.text.encode()
    except UnicodeEncodeError:
        return Unreadable(source.name, "holds characters that are not Unicode (lone surrogates)")
    return None


def _ahead(items: Iterator[Prepared | SourceDone]) -> Generator[Prepared | SourceDone, None, None]:
    """Draw from `items` in another thread, a bounded number ahead. Its errors are raised here."""
    waiting: queue.Queue[list[Prepared | SourceDone] | BaseException | None] = queue.Queue(maxsize=_AHEAD)
    stop = threading.Event()

    def put(item: list[Prepared | SourceDone] | BaseException | None) -> None:
        while not stop.is_set():
            try:
                waiting.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def draw() -> None:
        try:
            # In small lists: an unchanged corpus is thousands of items that need no work each.
            while part := list(islice(items, 8)):
                put(part)
                if stop.is_set():
                    return
            put(None)
        except BaseException as error:
            put(error)

    thread = threading.Thread(target=draw, name="onrecord-read", daemon=True)
    thread.start()
    try:
        while True:
            part = waiting.get()
            if part is None:
                return
            if isinstance(part, BaseException):
                raise part
            yield from part
    finally:
        stop.set()
        thread.join()
