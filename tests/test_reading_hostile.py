"""Does any file make reading fail, hang, swell, or hide the files beside it?"""

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from evals.bench.embedders import Hashed
from index import Library, read
from index.errors import ReadError, SourceError
from index.reading import markdown
from index.reading.encoding import decode
from index.reading.feed import listing
from index.records import Record
from tests.hostile.files import PARTLY_READ, REFUSED

GOOD = "A bridge opens\n\nThe council opened the bridge on Friday.\n"


def outcome(path: Path) -> tuple[list[Record], list[str]]:
    """Records and reasons of one file that lies in a folder beside a good one."""
    articles: list[Record] = []
    reasons: list[str] = []
    for source in read(path.parent):
        if source.key != path.name:
            continue
        try:
            assert len(source.fingerprint()) == 64
            for item in source.records():
                if isinstance(item, Record):
                    articles.append(item)
                else:
                    reasons.append(f"{item.name}: {item.reason}")
        except ReadError as error:
            reasons.append(str(error))
    return articles, reasons


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_article_is_named_with_its_reason(name: str, tmp_path: Path) -> None:
    make, reason = REFUSED[name]
    (tmp_path / name).write_bytes(make())
    articles, reasons = outcome(tmp_path / name)
    assert articles == []
    assert len(reasons) in (1, 101)
    assert reason in reasons[-1]
    assert name in reasons[-1]
    assert "\n" not in reasons[-1]


@pytest.mark.parametrize("name", PARTLY_READ)
def test_what_can_be_read_of_a_strange_file_is_read_and_the_rest_named(name: str, tmp_path: Path) -> None:
    make, count, expected = PARTLY_READ[name]
    (tmp_path / name).write_bytes(make())
    articles, reasons = outcome(tmp_path / name)
    assert len(articles) == count
    assert len(reasons) == len(expected)
    for reason, part in zip(reasons, expected, strict=True):
        assert part in reason
        assert name in reason
    for article in articles:
        article.text.encode()
        assert "\x00" not in article.text


def test_at_least_forty_hostile_files_are_tried() -> None:
    assert len(REFUSED) + len(PARTLY_READ) >= 60


def test_a_folder_of_all_hostile_files_gives_the_good_one_in_bounded_memory(tmp_path: Path) -> None:
    for name, (make, *_) in {**REFUSED, **PARTLY_READ}.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "good.txt").write_text(GOOD)
    program = """
import sys
from index import read
from index.errors import ReadError
titles, failed = [], set()
for source in read(sys.argv[1]):
    try:
        source.fingerprint()
        titles.extend(item.title for item in source.records() if hasattr(item, "title"))
    except ReadError as error:
        failed.add(source.key)
peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")] if sys.platform == "linux" else ["0 0"]
print("A bridge opens" in titles, len(failed), int(peak[0].split()[1]) // 1024)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, timeout=250, check=False
    )
    assert ran.stderr == ""
    good, failed, megabytes = ran.stdout.split()
    assert good == "True"
    assert int(failed) == len(REFUSED)
    assert int(megabytes) < 700


def test_a_parser_that_fails_in_its_own_way_costs_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.md").write_text(GOOD)
    (tmp_path / "good.txt").write_text(GOOD)

    def fails(*_: object, **__: object) -> Record:
        raise KeyError("of the parser")

    monkeypatch.setattr(markdown, "record", fails)
    library = Library.open(tmp_path / "library", embedder=Hashed())
    report = library.add(read(tmp_path, globs=("*.md", "*.txt")))
    assert report.added == 1
    assert [failure.reason for failure in report.failed] == [
        f"{tmp_path / 'bad.md'} cannot be read (KeyError: 'of the parser')"
    ]


def test_what_fails_while_an_article_is_used_is_not_said_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (source,) = read(tmp_path)
    records = source.records()
    assert isinstance(records, Generator)
    next(records)
    with pytest.raises(KeyError, match="of the consumer"):
        records.throw(KeyError("of the consumer"))


def test_a_feed_entry_whose_address_is_none_is_passed_over(tmp_path: Path) -> None:
    item = "<item><title>x</title><link>{}</link></item>"
    items = item.format("http://[bad/") + item.format("http://example.org/a")
    rss = f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>{items}</channel></rss>"
    assert [entry.url for entry in listing(rss.encode(), base="http://example.org/feed").entries] == [
        "http://example.org/a"
    ]
    locations = "".join(f"<url><loc>{url}</loc></url>" for url in ("http://[bad/", "http://example.org/b"))
    sitemap = f"<?xml version='1.0'?><urlset>{locations}</urlset>"
    assert [entry.url for entry in listing(sitemap.encode(), base="").entries] == ["http://example.org/b"]


def test_links_that_lead_nowhere_or_in_circles_are_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "absent.txt")
    (tmp_path / "itself.txt").symlink_to(tmp_path / "itself.txt")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "up").symlink_to(tmp_path)
    (tmp_path / "inner" / "deep.txt").write_text(GOOD)
    found = {}
    for source in read(tmp_path):
        try:
            found[source.key] = [type(item).__name__ for item in source.records()]
        except ReadError as error:
            found[source.key] = [str(error).removeprefix(f"{source.name} ")]
    assert found == {
        "good.txt": ["Record"],
        "itself.txt": ["is a link that leads back to itself"],
        "nowhere.txt": ["does not exist, or is a link to nothing"],
        "inner/deep.txt": ["Record"],
        "inner/up": ["is a link to a folder above it"],
    }


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file, so there is none to refuse")
    articles, reasons = outcome(path)
    assert articles == []
    assert reasons == [f"{path} may not be read: permission denied"]


def test_a_name_that_is_no_text_is_shown_with_its_bytes(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(GOOD)
    except OSError:
        pytest.skip("this file system takes only names that are UTF-8")
    (source,) = read(tmp_path)
    assert source.key == "caf\\xe9.txt"
    assert [type(item) for item in source.records()] == [Record]


def test_a_pipe_or_device_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match=r"pipe.txt is neither a file nor a folder"):
        read(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match="holds no article"):
        read(tmp_path)


def test_any_bytes_at_all_are_decoded_or_refused_in_one_line() -> None:
    import random

    chance = random.Random(7)
    for _ in range(300):
        data = chance.randbytes(chance.randrange(1, 400))
        try:
            said, _ = decode(data)
        except ReadError as error:
            said = str(error).replace("\n", "\ud800")
        said.encode()
