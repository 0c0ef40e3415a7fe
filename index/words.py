"""Which chunks share words with a question? BM25 over tantivy, derived from the catalogue and always rebuildable."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from index.errors import LibraryDamaged

# One indexing thread: the encoder needs the cores, and tantivy alone writes 30,000 passages a second (DESIGN.md).
WRITER_THREADS = 1
WRITER_BYTES = 50_000_000
# A headline names the subject of every chunk under it; it counts half, since it does not tell the chunks apart.
TITLE_BOOST = 0.5
ANALYZER = "onrecord_en"
_EPOCH = date(1970, 1, 1).toordinal()
# Before any date that is asked for: undated articles never match a date range.
_UNDATED = -1_000_000
# tantivy ends each file of a segment with a JSON footer that holds the CRC-32 of what is before it, the footer's length
# and this number (its directory/footer.rs). It checks the number when it opens a file, and the checksum never.
_FOOTER_MAGIC = (1337).to_bytes(4, "little")
_BLOCK = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """What the words of one chunk are found by."""

    chunk_id: int
    text: str
    title: str
    outlet: str | None
    published: str | None


def day_number(published: str | None) -> int:
    """Days since 1970-01-01 of an ISO date (its first ten characters); undated ones sort before all."""
    if not published:
        return _UNDATED
    try:
        return date.fromisoformat(published[:10]).toordinal() - _EPOCH
    except ValueError:
        return _UNDATED


def _analyzer(*, stopwords: bool) -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(60)).filter(tantivy.Filter.lowercase())
    builder = builder.filter(tantivy.Filter.ascii_fold())
    if stopwords:
        builder = builder.filter(tantivy.Filter.stopword("english"))
    return builder.filter(tantivy.Filter.stemmer("english")).build()


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("chunk_id", stored=False, indexed=True, fast=True)
    builder.add_integer_field("day", stored=False, indexed=True, fast=True)
    builder.add_text_field("outlet", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=False, tokenizer_name=ANALYZER, index_option="freq")
    builder.add_text_field("text", stored=False, tokenizer_name=ANALYZER, index_option="freq")
    return builder.build()


class Words:
    """A tantivy index in a folder. Many readers coexist with one writer; the library's lock sees to the one.

    Raises LibraryDamaged when the folder cannot be opened, holds no index and `create` is not set, or was altered.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        self._verified: set[str] = set()
        self._writer: Any = None
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        elif not (folder / "meta.json").is_file():
            raise LibraryDamaged(f"The word index {folder} is missing. Rebuild it: onrecord check --repair")
        with self._damage_named():
            # Verified before tantivy maps the files: on altered ones it panics, or finds the wrong passages.
            if not create:
                self._verify()
            self._index = tantivy.Index(_schema(), path=str(folder))
            self._index.register_tokenizer(ANALYZER, _analyzer(stopwords=False))
            self._index.config_reader("manual")
            self._index.reload()
        self._plain = _analyzer(stopwords=False)
        self._content = _analyzer(stopwords=True)

    def write(self, rows: Iterable[WordRow], *, retired: Iterable[int] = ()) -> None:
        """Add rows and drop the retired chunks, then commit. Repeating a write changes nothing (idempotent by id).

        Raises OSError when the disk is full, ValueError for what else tantivy refuses.
        """
        if self._writer is None:
            self._writer = self._index.writer(WRITER_BYTES, WRITER_THREADS)
        try:
            for chunk_id in retired:
                self._writer.delete_documents_by_term("chunk_id", chunk_id)
            for row in rows:
                self._writer.delete_documents_by_term("chunk_id", row.chunk_id)
                self._writer.add_document(_document(row))
            self._writer.commit()
        except BaseException:
            # A writer that failed once refuses everything after: the next write starts another.
            self._writer = None
            raise
        self._index.reload()

    def close(self) -> None:
        """Finish merging and let the writer go. Safe to call more than once."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.wait_merging_threads()

    def tidy(self) -> None:
        """Remove lists of deletions that a killed writer wrote and never committed. Only the writer may call it.

        tantivy numbers them from the last commit on: it would meet the same name again, and refuse to write it.
        """
        named, _ = self._named()
        for path in self.folder.glob("*.del"):
            if path.name not in named:
                path.unlink()

    def reload(self) -> None:
        """See what other processes committed. Raises LibraryDamaged."""
        with self._damage_named():
            self._verify()
            self._index.reload()

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        try:
            yield
        except (KeyboardInterrupt, SystemExit, GeneratorExit, LibraryDamaged):
            raise
        except BaseException as error:  # tantivy raises ValueError, and on damaged files a Rust panic, no Exception
            raise LibraryDamaged(
                f"The word index {self.folder} cannot be read ({error}). Rebuild it: onrecord check --repair"
            ) from error

    def _named(self) -> tuple[set[str], list[str]]:
        """Lists of deletions and segments that the last commit names."""
        try:
            entries = json.loads((self.folder / "meta.json").read_text())["segments"]
            segments = [str(entry["segment_id"]).replace("-", "") for entry in entries]
            opstamps = [entry["deletes"] and entry["deletes"]["opstamp"] for entry in entries]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LibraryDamaged(
                f"The word index {self.folder} has no readable meta.json. Rebuild it: onrecord check --repair"
            ) from error
        pairs = zip(segments, opstamps, strict=True)
        return {f"{segment}.{opstamp}.del" for segment, opstamp in pairs if opstamp is not None}, segments

    def _verify(self) -> None:
        """Compare each segment file that is named and was not read yet with the checksum in its footer.

        Files that a merge has removed meanwhile are no damage: the next reload names others.
        """
        named_deletions, segments = self._named()
        for path in (path for segment in segments for path in sorted(self.folder.glob(f"{segment}.*"))):
            # A list of deletions that is not named is being written, or was left by a killed writer.
            if path.suffix == ".del" and path.name not in named_deletions:
                continue
            if path.name in self._verified:
                continue
            try:
                whole = _is_whole(path)
            except FileNotFoundError:
                continue
            if not whole:
                raise LibraryDamaged(f"The word index {path} was altered. Rebuild it: onrecord check --repair")
            self._verified.add(path.name)

    @property
    def count(self) -> int:
        """Chunks that are indexed now."""
        return int(self._index.searcher().num_docs)

    def chunk_ids(self) -> set[int]:
        """Every indexed chunk, for `check`."""
        with self._damage_named():
            searcher = self._index.searcher()
            found = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs), count=False)
            return set(searcher.fast_field_values("chunk_id", [address for _, address in found.hits]))

    def search(
        self,
        question: str,
        k: int,
        *,
        outlets: Sequence[str] = (),
        after: str | None = None,
        before: str | None = None,
        chunk_ids: Sequence[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Up to k (chunk id, BM25 score), best first: any word may match; function words count only when alone.

        `after` is inclusive, `before` exclusive (ISO dates); `chunk_ids` names the only ones that may be found. Scores
        are tantivy's BM25 (k1 1.2, b 0.75) over text plus boosted title.
        """
        terms = list(dict.fromkeys(self._content.analyze(question) or self._plain.analyze(question)))
        if not terms or k < 1:
            return []
        schema = self._index.schema
        should = []
        for term in terms:
            should.append((tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term, index_option="freq")))
            title = tantivy.Query.term_query(schema, "title", term, index_option="freq")
            should.append((tantivy.Occur.Should, tantivy.Query.boost_query(title, TITLE_BOOST)))
        query = tantivy.Query.boolean_query(should)
        filters = self._filters(outlets, after, before, chunk_ids)
        if filters:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *filters])
        with self._damage_named():
            searcher = self._index.searcher()
            hits = searcher.search(query, limit=k, count=False).hits
            ids = searcher.fast_field_values("chunk_id", [address for _, address in hits])
        # Equal scores are ordered by chunk id, so that a search is the same in every process.
        ranked = sorted(zip(ids, (score for score, _ in hits), strict=True), key=lambda hit: (-hit[1], hit[0]))
        return [(int(chunk_id), float(score)) for chunk_id, score in ranked]

    def _filters(
        self, outlets: Sequence[str], after: str | None, before: str | None, chunk_ids: Sequence[int] | None
    ) -> list[tuple[Any, Any]]:
        """Unscored conditions: a filter must not change the order of what passes it."""
        schema = self._index.schema
        conditions = []
        if chunk_ids is not None:
            conditions.append(tantivy.Query.term_set_query(schema, "chunk_id", list(chunk_ids)))
        if outlets:
            conditions.append(tantivy.Query.term_set_query(schema, "outlet", list(outlets)))
        if after or before:
            conditions.append(
                tantivy.Query.range_query(
                    schema,
                    "day",
                    tantivy.FieldType.Integer,
                    lower_bound=day_number(after) if after else _UNDATED + 1,
                    upper_bound=day_number(before) if before else 10_000_000,
                    include_upper=False,
                )
            )
        return [(tantivy.Occur.Must, tantivy.Query.const_score_query(condition, 0.0)) for condition in conditions]


def _document(row: WordRow) -> Any:
    document = tantivy.Document()
    document.add_integer("chunk_id", row.chunk_id)
    document.add_integer("day", day_number(row.published))
    if row.outlet:
        document.add_text("outlet", row.outlet)
    document.add_text("title", row.title)
    document.add_text("text", row.text)
    return document


def _is_whole(path: Path) -> bool:
    """Does the checksum in a segment file's footer fit what is before it?"""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 8))
        length, magic = file.read(4), file.read(4)
        body = size - 8 - int.from_bytes(length, "little")
        if magic != _FOOTER_MAGIC or body < 0:
            return False
        file.seek(body)
        try:
            expected = int(json.loads(file.read(size - 8 - body))["crc"])
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        crc = 0
        while body > 0 and (block := file.read(min(_BLOCK, body))):
            crc, body = zlib.crc32(block, crc), body - len(block)
        return crc == expected
