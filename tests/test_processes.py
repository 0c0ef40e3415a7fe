"""Two processes and many threads on one library: it answers all the while and sees what is new."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from evals.bench.embedders import Hashed
from index import Library, read
from index.errors import LibraryBusy
from index.lock import writing

ROOT = Path(__file__).resolve().parent.parent
READER = """
import sys, time
from evals.bench.embedders import Hashed
from index import Library
library = Library.open(sys.argv[1], embedder=Hashed())
seen, answered = set(), 0
library.search("first")
print("ready", flush=True)
deadline = time.monotonic() + 60
while "last" not in seen and time.monotonic() < deadline:
    found = {passage.article_id for passage in library.search("first second last lighthouse")}
    assert "first" in found, found
    answered += 1
    for name in sorted(found - seen):
        print("saw", name, flush=True)
    seen |= found
print("answered", answered > 1, flush=True)
"""
HOLDER = """
import sys, time
from pathlib import Path
from index.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def add_one(library: Library, folder: Path, name: str) -> None:
    file = folder / f"{name}.jsonl"
    # Words of its own, so that no article is a copy of another.
    own = " ".join(f"{name}{number}" for number in range(12))
    file.write_text(json.dumps({"id": name, "text": f"The {name} report of the lighthouse: {own}."}))
    library.add(read(str(file)))


def python(code: str, argument: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, str(argument)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_a_reader_in_another_process_answers_while_articles_come_and_sees_each(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", embedder=Hashed()) as library:
        add_one(library, tmp_path, "first")
        with python(READER, tmp_path / "library") as reader:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "ready\n"
            for name in ("second", "third", "last"):
                add_one(library, tmp_path, name)
            told = reader.stdout.read().split("\n")
            assert reader.wait(timeout=60) == 0
    assert told[0] == "saw first"
    assert "saw last" in told
    assert "answered True" in told


def test_a_second_writer_is_told_who_is_writing(tmp_path: Path) -> None:
    with python(HOLDER, tmp_path / "library") as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(LibraryBusy, match=rf"Another process \(pid {holder.pid}\) is writing"),
            writing(tmp_path / "library", patience=0.2),
        ):
            pass
        assert holder.stdin is not None
        holder.stdin.close()
        holder.wait(timeout=20)
    with writing(tmp_path / "library", patience=0.2):
        assert (tmp_path / "library" / "writer.pid").read_text() == str(os.getpid())
    assert not (tmp_path / "library" / "writer.pid").exists()


def test_the_lock_falls_with_the_process_that_held_it(tmp_path: Path) -> None:
    with python(HOLDER, tmp_path / "library") as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
        holder.wait(timeout=20)
    with writing(tmp_path / "library", patience=5):
        pass


def test_thirty_threads_search_one_library_while_another_adds(tmp_path: Path) -> None:
    wrong: list[str] = []
    stop = threading.Event()
    with Library.open(tmp_path / "library", embedder=Hashed()) as library:
        add_one(library, tmp_path, "first")

        def ask() -> None:
            try:
                while not stop.is_set():
                    if "first" not in {passage.article_id for passage in library.search("first lighthouse")}:
                        wrong.append("the first article was not found")
            except Exception as error:
                wrong.append(repr(error))

        threads = [threading.Thread(target=ask) for _ in range(30)]
        for thread in threads:
            thread.start()
        for name in ("second", "third", "fourth"):
            add_one(library, tmp_path, name)
        library.check(repair=True)
        add_one(library, tmp_path, "fifth")
        stop.set()
        for thread in threads:
            thread.join(timeout=60)
        assert wrong == []
        assert {article.article_id for article in library.articles()} == {"first", "second", "third", "fourth", "fifth"}


def test_searches_of_two_threads_do_not_wait_for_each_other(tmp_path: Path) -> None:
    # A search holds no lock while it scans: one that hangs in the middle of a scan lets another one through.
    with Library.open(tmp_path / "library", embedder=Hashed()) as library:
        add_one(library, tmp_path, "first")
        library.search("lighthouse")
        generation = library.nearest._state.generation
        assert generation is not None
        with generation.used():
            found: list[int] = []
            thread = threading.Thread(target=lambda: found.append(len(library.search("lighthouse"))))
            thread.start()
            thread.join(timeout=30)
            assert found == [1]
            library.close()  # files stay open for whoever is in the middle of a search
            assert generation.nearest(generation.matrix[0].astype("float32"), 1)[0][0] == 1


def test_a_purge_in_another_process_is_seen_at_once(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", embedder=Hashed()) as reader:
        with Library.open(tmp_path / "library", embedder=Hashed()) as writer:
            add_one(writer, tmp_path, "first")
            add_one(writer, tmp_path, "second")
            assert {p.article_id for p in reader.search("lighthouse")} == {"first", "second"}
            writer.remove("second", purge=True)
        assert {p.article_id for p in reader.search("lighthouse")} == {"first"}
        assert [p.article_id for p in reader.search("second report")] == ["first"]
