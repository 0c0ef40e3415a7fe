"""What tests share: the sample newsroom as a library, a command line that cannot reach the network, small articles."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evals.newsroom import ARTICLES
from index import Library, read

ROOT = Path(__file__).resolve().parent.parent

# Loaded by every Python that the tests start: a look-up or connection beyond loopback fails at once.
GUARD = """
import socket

_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo


def _is_near(host):
    return host in (None, "", "localhost") or str(host).startswith("127.") or host in ("::1", b"localhost")


def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_near(address[0]):
        raise OSError(f"blocked by the tests: {address}")
    return _connect(self, address)


def getaddrinfo(host, *rest, **named):
    if not _is_near(host) and not str(host).replace(".", "").isdigit():
        raise socket.gaierror(f"blocked by the tests: {host}")
    return _getaddrinfo(host, *rest, **named)


socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def offline_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment of a process that cannot reach beyond loopback."""
    folder = tmp_path_factory.mktemp("guard")
    (folder / "sitecustomize.py").write_text(GUARD)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_LIBRARY")}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}


@pytest.fixture(scope="session")
def onrecord(offline_environment: dict[str, str]) -> Run:
    """Run the command line as a person would, offline: `onrecord("ask", "...", cwd=folder)`."""

    def run(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "ui.command", *arguments],
            cwd=cwd, env={**offline_environment, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample newsroom, indexed once; tests only read it."""
    with Library.open(tmp_path_factory.mktemp("newsroom") / "library") as library:
        report = library.add(read(str(ARTICLES)))
        assert report.failed == ()
        yield library


@pytest.fixture
def bridge(tmp_path: Path) -> Path:
    """A folder with one short article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.txt").write_text(
        "Title: Bridge at Oster reopens\nOutlet: The Oster Post\nPublished: 2025-03-04\n\n"
        "The old bridge at Oster reopened on Tuesday after repairs that took 14 months.\n\n"
        "Mayor Ilse Brandt said the work had cost 3.2 million crowns, a tenth less than planned.\n",
        encoding="utf-8",
    )
    return folder
