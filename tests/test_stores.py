"""A store that is damaged, deleted, grown or filtered gives the right passages, or the one command that mends it."""

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evals.bench.embedders import Hashed
from index import Filters, Library, read
from index.errors import LibraryDamaged, LibraryError, LibraryMismatch
from index.schema import MIGRATIONS, SCHEMA
from index.server import Server

TEXTS = (
    ("ferry", "Holm Herald", "2025-05-02", "The ferry struck the pier at Holm and 38 people were hurt."),
    ("budget", "Oster Post", "2025-05-03", "The council of Oster approved the budget by nine votes to four."),
    ("dam", "Oster Post", "2025-06-11", "Engineers lowered the water behind the dam after a crack was found."),
    ("undated", None, None, "The lighthouse keeper of Skar has kept her lamp for forty years."),
)


def write_rows(path: Path, texts: tuple[tuple[str, str | None, str | None, str], ...] = TEXTS) -> str:
    rows = [{"id": i, "outlet": outlet, "published": day, "text": text} for i, outlet, day, text in texts]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library folder with four articles, closed."""
    with Library.open(tmp_path / "library", embedder=Hashed()) as library:
        library.add(read(write_rows(tmp_path / "rows.jsonl")))
    return tmp_path / "library"


def ids(library: Library, question: str = "ferry pier council dam lamp", **narrowed: object) -> set[str]:
    return {passage.article_id for passage in library.search(question, filters=Filters(**narrowed))}  # type: ignore[arg-type]


ALL = {"ferry", "budget", "dam", "undated"}


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _scramble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 16] = bytes(255 - value for value in content[middle : middle + 16])
    path.write_bytes(bytes(content))


def _each(pattern: str, change: Callable[[Path], None]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        touched = [path for path in sorted(folder.glob(pattern)) if path.stat().st_size]
        assert touched, pattern
        for path in touched:
            change(path)

    return damage


WORD_DAMAGE = {
    "deleted": lambda folder: shutil.rmtree(folder / "words"),
    "emptied": lambda folder: [path.unlink() for path in (folder / "words").iterdir()],
    "postings truncated": _each("words/*.idx", _truncate),
    "postings altered": _each("words/*.idx", _scramble),
    "terms altered": _each("words/*.term", _scramble),
    "numbers altered": _each("words/*.fast", _scramble),
    "meta is no JSON": _each("words/meta.json", lambda path: path.write_text("{nonsense")),
}


@pytest.mark.parametrize("case", WORD_DAMAGE)
def test_a_damaged_word_index_mends_itself_at_the_next_question(folder: Path, case: str) -> None:
    WORD_DAMAGE[case](folder)
    with Library.open(folder, embedder=Hashed()) as library:
        found = library.search("How many votes approved the budget of the council?")
        assert {p.article_id for p in found if p.word_rank == 1} == {"budget"}
        assert library.check().problems == ()


VECTOR_DAMAGE = {
    "deleted": lambda folder: shutil.rmtree(folder / "vectors"),
    "graph altered": _each("vectors/*/chroma/*/data_level0.bin", _scramble),
    "graph truncated": _each("vectors/*/chroma/*/*.bin", _truncate),
    "rows truncated": _each("vectors/*/rows.f16", _truncate),
    "ids altered": _each("vectors/*/ids.npy", _scramble),
    "Chroma's database is no database": _each(
        "vectors/*/chroma/chroma.sqlite3", lambda path: path.write_bytes(b"x" * 9999)
    ),
    "manifest is no JSON": _each("vectors/*/manifest.json", lambda path: path.write_text("[")),
}


@pytest.mark.parametrize("case", VECTOR_DAMAGE)
def test_damaged_vectors_cost_no_answer_and_check_repair_mends_them(folder: Path, case: str) -> None:
    VECTOR_DAMAGE[case](folder)
    with Library.open(folder, embedder=Hashed()) as library:
        found = library.search("How many votes approved the budget of the council?")
        assert {p.article_id for p in found if p.vector_rank == 1} == {"budget"}
        (problem,) = library.check().problems
        assert problem.startswith("vectors: ")
        assert library.check(repair=True).repaired == ("vectors rebuilt from the catalogue",)
        assert library.check().problems == ()
        assert ids(library) == ALL
        assert library.nearest.damaged is None


@pytest.mark.parametrize("case", [case for case in VECTOR_DAMAGE if not case.startswith("Chroma's")])
def test_the_next_add_mends_damaged_vectors_too(folder: Path, case: str) -> None:
    VECTOR_DAMAGE[case](folder)
    with Library.open(folder, embedder=Hashed()) as library:
        assert library.add(read(str(folder.parent / "rows.jsonl"))).unchanged == 4
        assert library.check().problems == ()


def test_stores_that_vanish_under_an_open_library_are_mended_on_the_way(folder: Path) -> None:
    with Library.open(folder, embedder=Hashed()) as library:
        assert ids(library) == ALL
        shutil.rmtree(folder / "vectors")
        shutil.rmtree(folder / "words")
        with library.catalogue.transaction():
            library.catalogue.bump()
        assert ids(library) == ALL


def test_leftovers_of_a_killed_writer_are_named_and_removed(folder: Path) -> None:
    (folder / "vectors" / "generation-dead").mkdir()
    (folder / "words-dead").mkdir()
    with Library.open(folder, embedder=Hashed()) as library:
        assert library.check().problems == ("leftovers: vectors/generation-dead, words-dead of an interrupted run",)
        assert library.check(repair=True).sound
        assert library.check().problems == ()
    assert not (folder / "words-dead").exists()
    assert not (folder / "vectors" / "generation-dead").exists()


def test_a_broken_or_missing_catalogue_says_that_it_is_the_only_truth(folder: Path) -> None:
    catalogue = folder / "catalogue.sqlite"
    catalogue.write_bytes(b"not a database" * 1000)
    with pytest.raises(LibraryDamaged, match="Restore it from a backup"):
        Library.open(folder, embedder=Hashed()).search("ferry")
    catalogue.unlink()
    with pytest.raises(LibraryDamaged, match="restore it from a backup, or delete"):
        Library.open(folder, embedder=Hashed()).add(read(str(folder.parent / "rows.jsonl")))


def test_a_catalogue_that_is_damaged_inside_is_named_by_list_and_info_too(folder: Path, tmp_path: Path) -> None:
    rows = tuple((f"row {number}", None, None, f"Article {number}. {TEXTS[0][3] * 12}") for number in range(200))
    with Library.open(folder, embedder=Hashed()) as library:
        library.add(read(write_rows(tmp_path / "more.jsonl", rows)))
    catalogue = folder / "catalogue.sqlite"
    content = catalogue.read_bytes()
    fifth = len(content) // 5
    catalogue.write_bytes(content[:fifth] + b"\xff" * (len(content) - 2 * fifth) + content[-fifth:])
    with Library.open(folder, embedder=Hashed()) as library:
        for asked in (library.articles, library.info):
            with pytest.raises(LibraryDamaged, match="Restore it from a backup"):
                asked()


def test_a_library_of_the_first_schema_is_lifted_and_searched(folder: Path) -> None:
    catalogue = folder / "catalogue.sqlite"
    database = sqlite3.connect(catalogue)
    database.executescript(
        "DROP TABLE retired; DROP INDEX versions_facts; DROP INDEX chunks_by_article;"
        "CREATE INDEX chunks_by_article ON chunks (article_id, version); PRAGMA user_version = 1;"
        'INSERT INTO chunks SELECT 900, article_id, version, start, "end", 0, embedding FROM chunks LIMIT 1;'
    )
    database.close()
    assert SCHEMA == len(MIGRATIONS) == 2
    with Library.open(folder, embedder=Hashed()) as library:
        assert ids(library) == ALL
        assert library.info().schema == 2
        assert library.catalogue.next_chunk_id() == 901
        assert library.check().problems == ()


def test_filters_pass_exactly_what_the_catalogue_says(folder: Path) -> None:
    with Library.open(folder, embedder=Hashed()) as library:
        assert ids(library, outlets=("Oster Post",)) == {"budget", "dam"}
        assert ids(library, outlets=("Oster Post", "Holm Herald"), before="2025-06-11") == {"ferry", "budget"}
        assert ids(library, after="2025-05-03") == {"budget", "dam"}
        assert ids(library, after="2025-05-03", before="2025-05-03") == set()
        assert ids(library, article_ids=("undated", "dam")) == {"undated", "dam"}
        assert ids(library, article_ids=("undated", "dam"), after="2025-01-01") == {"dam"}
        assert ids(library, article_ids=("nobody",)) == set()


@pytest.mark.parametrize("day", ["2025-05-03", "20250503", "2025-W18-6", "2025-05-03T10:00", "20250503T1000"])
def test_a_day_may_be_written_in_any_form_of_iso_8601(folder: Path, day: str) -> None:
    with Library.open(folder, embedder=Hashed()) as library:
        assert ids(library, after=day) == {"budget", "dam"}
        assert ids(library, before=day) == {"ferry"}
        assert {article.article_id for article in library.articles(Filters(after=day))} == {"budget", "dam"}
        assert {article.article_id for article in library.articles(Filters(before=day))} == {"ferry"}


def test_filters_follow_what_is_added_changed_and_removed(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, embedder=Hashed()) as library:
        assert ids(library, outlets=("Oster Post",)) == {"budget", "dam"}
        changed = (("ferry", "Oster Post", "2025-05-04", "The ferry struck the pier at Holm and 41 people were hurt."),)
        library.add(read(write_rows(tmp_path / "more.jsonl", changed)))
        assert ids(library, outlets=("Oster Post",)) == {"budget", "dam", "ferry"}
        assert ids(library, outlets=("Holm Herald",)) == set()
        library.remove("dam")
        assert ids(library, outlets=("Oster Post",)) == {"budget", "ferry"}


def test_the_many_editions_of_a_live_article_do_not_crowd_out_other_articles(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, embedder=Hashed()) as library:
        sentence = "The ferry struck the pier at Holm and {} people were hurt, the harbour authority said on Friday. "
        long = "".join(sentence.format(number) for number in range(600))
        for text in (long, "The ferry struck the pier: 69 people were hurt."):
            library.add(read(write_rows(tmp_path / "live.jsonl", (("ferry", "Holm Herald", "2025-05-02", text),))))
        assert len(library.catalogue.retired()) > 60
        found = library.search("How many people were hurt when the ferry struck the pier?")
        assert {passage.article_id for passage in found} == ALL
        assert {p.article_id for p in found if p.vector_rank is not None} == ALL
        assert [p.text for p in found if p.article_id == "ferry"] == ["The ferry struck the pier: 69 people were hurt."]
        reader = Library.open(folder, embedder=Hashed())
        assert {passage.article_id for passage in reader.search("ferry pier")} == ALL
        assert library.check().problems == ()


def test_connections_of_ended_threads_are_closed(folder: Path) -> None:
    with Library.open(folder, embedder=Hashed()) as library:
        for _ in range(30):
            thread = threading.Thread(target=lambda: library.search("ferry"))
            thread.start()
            thread.join()
        assert len(library.catalogue._open) <= 3


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Starts a real Chroma server on loopback; called again, the same one."""
    started: list[subprocess.Popen[bytes]] = []
    address: list[str] = []

    def start() -> str:
        if address:
            return address[0]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1", "--port", str(port)]
        started.append(
            subprocess.Popen(
                [*command, "--path", str(tmp_path_factory.mktemp("chroma"))],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={"ANONYMIZED_TELEMETRY": "False", "PATH": "/usr/bin", "HOME": str(tmp_path_factory.mktemp("h"))},
            )
        )  # fmt: skip
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        address.append(f"http://127.0.0.1:{port}")
        return address[0]

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=20)


def test_a_chroma_server_serves_add_update_search_remove_and_check(chroma: Callable[[], str], tmp_path: Path) -> None:
    url = chroma()
    with Library.open(tmp_path / "library", embedder=Hashed(), vectors=url) as library:
        library.add(read(write_rows(tmp_path / "rows.jsonl")))
        assert not (tmp_path / "library" / "vectors").exists()
        assert ids(library) == ALL
        found = library.search("council votes budget")
        assert [p.article_id for p in found if p.vector_rank == 1] == ["budget"]
        changed = (
            ("ferry", "Holm Herald", "2025-05-02", "The ferry struck the pier at Holm and 41 people were hurt."),
        )
        library.add(read(write_rows(tmp_path / "more.jsonl", changed)))
        (ferry,) = [p.text for p in library.search("ferry pier") if p.article_id == "ferry"]
        assert "41 people" in ferry
        assert ids(library, outlets=("Oster Post",)) == {"budget", "dam"}
        library.remove("dam")
        library.remove("undated", purge=True)
        assert ids(library) == {"ferry", "budget"}
        assert library.check().problems == ()
    with Library.open(tmp_path / "library", embedder=Hashed()) as again:  # the library remembers its server
        assert ids(again) == {"ferry", "budget"}


def test_an_emptied_chroma_server_is_named_and_filled_again(chroma: Callable[[], str], tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", embedder=Hashed(), vectors=chroma()) as library:
        library.add(read(write_rows(tmp_path / "rows.jsonl")))
        connect = library.server_factory()
        assert connect is not None
        connect().delete(sorted(connect().chunk_ids()))
    with Library.open(tmp_path / "library", embedder=Hashed()) as library:
        with pytest.raises(LibraryDamaged, match="onrecord check --repair"):
            library.search("ferry")
        assert library.check().problems == ("vectors: 4 chunks are not on the Chroma server",)
        assert library.check(repair=True).sound
        assert ids(library) == ALL


def test_a_chroma_server_that_is_down_is_named_and_loses_nothing(chroma: Callable[[], str], tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    with (
        Library.open(tmp_path / "library", embedder=Hashed(), vectors=nobody) as library,
        pytest.raises(LibraryError, match=f"The Chroma server {nobody} failed .*: start it with chroma run"),
    ):
        library.add(read(write_rows(tmp_path / "rows.jsonl")))
    with Library.open(tmp_path / "library", embedder=Hashed(), vectors=chroma()) as library:
        assert len(library.articles()) == 4
        assert library.add(read(str(tmp_path / "rows.jsonl"))).unchanged == 4
        assert ids(library) == ALL
    with Library.open(tmp_path / "library", embedder=Hashed()) as library:  # the address that worked is remembered
        assert ids(library) == ALL
        library.remove("dam", purge=True)
        assert library.check().problems == ()


def test_a_library_that_keeps_its_vectors_in_its_folder_sends_none_to_a_server(
    folder: Path, chroma: Callable[[], str]
) -> None:
    rows = str(folder.parent / "rows.jsonl")
    with Library.open(folder, embedder=Hashed(), vectors=chroma()) as library:
        for refused in (
            lambda: library.add(read(rows)), lambda: library.remove("dam", purge=True), lambda: library.search("ferry"),
        ):  # fmt: skip
            with pytest.raises(LibraryMismatch, match="keeps its vectors in its folder"):
                refused()
    with Library.open(folder, embedder=Hashed()) as library:
        assert ids(library) == ALL
        assert Server(chroma(), library.catalogue.meta("library_id") or "").count() == 0
        assert library.add(read(rows)).unchanged == 4
        assert library.check().problems == ()
