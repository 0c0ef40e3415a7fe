"""How does a source become articles that are split and ready to encode, and which of them are new?"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from index.copies import CopyFinder
from index.encoder import load_tokenizer
from index.errors import ReadError
from index.lookup import Lookup
from index.records import AddReport, Article, Chunk, Record, Source, Unreadable
from index.split import split

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

    def __init__(self, catalogue: Lookup, tally: Tally) -> None:
        self._catalogue = catalogue
        self._tally = tally
        self._tokenizer: Any = None
        # Per root, all that is known of its sources: an unchanged corpus is thousands of them, asked for one by one.
        self._fingerprints: dict[str, dict[str, tuple[str, int]]] = {}
        # What this add has passed on but not yet published, so that a key that comes twice is seen.
        self._ahead: dict[str, tuple[str, int, str]] = {}
        self._keys_ahead: dict[str, str] = {}

    def prepare(self, sources: Iterable[Source]) -> Iterator[Prepared | SourceDone]:
        """Prepared articles and, after the last of each source, SourceDone. Failures go to the tally."""
        for source in sources:
            try:
                fingerprint = source.fingerprint()
                seen = self._seen(source)
                if seen is not None and seen[0] == fingerprint:
                    self._tally.unchanged += seen[1]
                    yield SourceDone(source.root, source.key, None, seen[1])
                    continue
                yield from self._read(source, fingerprint)
            except ReadError as error:
                self._tally.failed.append(Unreadable(source.name, str(error)))
                yield SourceDone(source.root, source.key, None, 0)

    def _seen(self, source: Source) -> tuple[str, int] | None:
        root = source.root
        if root not in self._fingerprints:
            self._fingerprints[root] = self._catalogue.source_fingerprints(root)
        return self._fingerprints[root].get(source.key)

    def _read(self, source: Source, fingerprint: str) -> Iterator[Prepared | SourceDone]:
        count, whole = 0, True
        for item in source.records():
            fault = item if isinstance(item, Unreadable) else fault_of(item, source)
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
        article_id = record.id or hashlib.sha256(key.encode()).hexdigest()[:16]
        holder = self._keys_ahead.get(article_id) or self._catalogue.key_of(article_id)
        if holder is not None and holder != key:
            return Unreadable(
                source.name, f"has the id {article_id}, which is that of {holder}: give it an id of its own"
            )  # fmt: skip
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
        self._keys_ahead[article_id] = key
        article = Article(
            article_id=article_id, version=version + 1,
            text=record.text, title=record.title, source=record.source or source.name, url=record.url,
            outlet=record.outlet, author=record.author, published=record.published, updated=record.updated,
            language=record.language, page_starts=record.page_starts,
        )  # fmt: skip
        chunks = tuple(split(record.text, token_offsets=self._offsets))
        return Prepared(
            article=article, key=key, root=root, hash=digest, signature=CopyFinder.signature(record.text), chunks=chunks
        )

    def _offsets(self, text: str) -> list[tuple[int, int]]:
        if self._tokenizer is None:
            self._tokenizer = load_tokenizer(None)
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
                fault = item if isinstance(item, Unreadable) else fault_of(item, source)
                if fault is None:
                    return chain(passed, coming)
                failed.append(fault)
        except ReadError as error:
            failed.append(Unreadable(source.name, str(error)))
    tally.failed.extend(failed)
    return None


def fault_of(record: Record, source: Source) -> Unreadable | None:
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
