"""A library survives kills, full disks and interrupted writers, and says so truthfully."""

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from evals.bench.embedders import Hashed
from evals.bench.faults import kill_again_and_again
from index import Library, read
from index.errors import LibraryError
from index.upkeep import PURGING, WRITING
from index.words import WordRow, Words

STORY = "The ferry struck the pier at Holm on Friday and 38 people were hurt, the harbour authority said."
OTHER = "The council of Oster approved the budget by nine votes to four after a debate of six hours."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.txt").write_text(STORY)
    (folder / "budget.txt").write_text(OTHER)
    with Library.open(tmp_path / "library", embedder=Hashed()) as opened:
        opened.add(read(str(folder)))
        yield opened


def test_eight_kills_lose_nothing_and_a_reader_beside_sees_nothing_wrong(tmp_path: Path) -> None:
    outcome = kill_again_and_again(tmp_path, kills=8)
    assert outcome.wrong == ()
    assert outcome.kills == 8
    assert outcome.searches > 0


def test_every_connection_writes_through_to_the_disk(library: Library) -> None:
    seen = [library.catalogue.connection.execute("PRAGMA synchronous").fetchone()[0]]
    thread = threading.Thread(
        target=lambda: seen.append(library.catalogue.connection.execute("PRAGMA synchronous").fetchone()[0])
    )
    thread.start()
    thread.join()
    assert seen == [2, 2]  # 2 is FULL in SQLite's documentation
    assert library.catalogue.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_words_that_a_killed_writer_left_are_cleared_by_the_next_add(library: Library, tmp_path: Path) -> None:
    words = Words(tmp_path / "library" / "words")
    words.write([WordRow(chunk_id=77, text="half a story about ferries", title="", outlet=None, published=None)])
    words.close()
    library.catalogue.set_meta("unfinished", WRITING)
    assert library.search("ferries ferry")[0].text == STORY
    assert library.check().problems == ("words: 1 chunks of retired articles are still in the word index",)
    library.add(read(str(tmp_path / "articles")))
    assert library.check().problems == ()


def test_a_list_of_deletions_that_a_killed_writer_left_is_in_nobodys_way(library: Library, tmp_path: Path) -> None:
    # Found by the fiftieth kill: tantivy would write the same name again, refuse, and every later add would fail.
    words = tmp_path / "library" / "words"
    (segment,) = [path.stem for path in words.glob("*.idx")]
    last = json.loads((words / "meta.json").read_text())["opstamp"]
    for number in range(last, last + 40):
        (words / f"{segment}.{number}.del").write_bytes(b"half a list")
    library.catalogue.set_meta("unfinished", WRITING)
    (tmp_path / "articles" / "ferry.txt").write_text(STORY.replace("38", "41"))
    assert library.add(read(str(tmp_path / "articles"))).updated == 1
    assert library.search("ferry pier")[0].text == STORY.replace("38", "41")
    assert library.check().problems == ()


def test_an_erasure_that_was_interrupted_is_completed_by_the_next_add(library: Library, tmp_path: Path) -> None:
    gone = next(article.article_id for article in library.articles() if "ferry" in article.source)
    with library.catalogue.transaction():
        library.catalogue.erase(gone)
        library.catalogue.set_meta("unfinished", PURGING)
    assert library.check().problems[0].startswith("removal: ")
    (tmp_path / "articles" / "ferry.txt").unlink()
    library.add(read(str(tmp_path / "articles")))
    assert library.check().problems == ()
    library.close()
    for file in (tmp_path / "library").rglob("*"):
        if file.is_file():
            assert b"harbour authority" not in file.read_bytes(), file


class Down(Hashed):
    """An embedding service that cannot be reached."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise ConnectionError("the embedding service is down")


def test_an_erasure_that_was_interrupted_is_completed_before_a_rebuild_that_fails(
    library: Library, tmp_path: Path
) -> None:
    gone = next(article.article_id for article in library.articles() if "ferry" in article.source)
    with library.catalogue.transaction():
        library.catalogue.erase(gone)
        library.catalogue.set_meta("unfinished", PURGING)
    with pytest.raises(ConnectionError):
        library.rebuild(embedder=Down())
    library.close()
    for file in (tmp_path / "library").rglob("*"):
        if file.is_file():
            assert b"harbour authority" not in file.read_bytes(), file
    (vectors,) = (tmp_path / "library" / "vectors").iterdir()
    assert len(np.load(vectors / "ids.npy")) == 1


def test_check_repair_completes_what_was_interrupted(library: Library) -> None:
    with library.catalogue.transaction():
        library.catalogue.erase(library.articles()[0].article_id)
        library.catalogue.set_meta("unfinished", PURGING)
    assert library.check(repair=True).sound
    assert library.check().problems == ()


def test_a_library_that_was_killed_while_it_was_made_is_made_by_the_next_add(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "catalogue.sqlite.new").write_bytes(b"half a file")
    (folder / "writer.pid").write_text("4194303")
    (tmp_path / "a.txt").write_text(STORY)
    with Library.open(folder, embedder=Hashed()) as library:
        assert library.add(read(str(tmp_path / "a.txt"))).added == 1
        assert library.check().problems == ()
    assert not (folder / "catalogue.sqlite.new").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    done = None
    if shutil.which("mount") and os.geteuid() == 0:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, check=False
        )
    if done is None or done.returncode != 0:
        pytest.skip("a small file system cannot be mounted here (needs root)")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_named_and_leaves_a_working_library(small_disk: Path, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    first = articles / "ferry.txt"
    first.write_text(STORY)
    with Library.open(small_disk / "library", embedder=Hashed()) as library:
        assert library.add(read(str(first))).added == 1
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 400_000))
        for number in range(400):
            (articles / f"{number}.txt").write_text(f"Story {number} of the dam. " + f"Word{number} holds. " * 300)
        with pytest.raises(LibraryError, match=r"The disk of .* is full"):
            library.add(read(str(articles)))
        assert STORY in [passage.text for passage in library.search("ferry pier Holm")]
    with Library.open(small_disk / "library", embedder=Hashed()) as library:
        assert STORY in [passage.text for passage in library.search("ferry pier Holm")]
        filler.unlink()
        for number in range(20, 400):
            (articles / f"{number}.txt").unlink()
        report = library.add(read(str(articles)))
        assert report.failed == ()
        assert library.info().articles >= 21
        assert library.check().problems == ()
        assert "Word7 holds." in library.search("Word7")[0].text
