"""What do browser tests run on? Debian's Chromium without a display, and the real server in a process of its own."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from index.library import Library

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@contextmanager
def serving(library: Path, **told: Any) -> Iterator[str]:
    """The chat on a free loopback port for as long as the block lasts; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = json.dumps({"library": str(library), "port": port, **told})
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "2"}
    log = library.parent / f"server-{port}.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, str(HERE / "server.py"), arguments],
            stdout=output, stderr=output, env=environment, cwd=library.parent,
        )  # fmt: skip
    try:
        until = time.monotonic() + 240
        while not _answers(f"http://127.0.0.1:{port}/login"):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < until, f"the server did not start: {log.read_text()}"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, started for each file: while it runs, no other event loop can run in the tests' thread."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: install Debian's chromium to run the browser tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample(newsroom: Library) -> Iterator[str]:
    """The chat over the sample newsroom, for the tests that leave its articles as they are."""
    with serving(newsroom.path, sample=True, slow_model=True) as address:
        yield address


Open = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Open an address as a new person with a browser of their own, and wait until the page can be used.

    Fails the test when the page broke, or asked another host for anything.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(
        address: str, *, context: BrowserContext | None = None, ready: str = ".welcome, .turn", **options: Any
    ) -> Page:
        options.setdefault("viewport", {"width": 1360, "height": 860})
        where = context or chromium.new_context(**options)
        if context is None:
            contexts.append(where)
        page = where.new_page()
        page.set_default_timeout(60_000)  # a busy machine; nothing waits longer than it must
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: wrong.append(f"a dialog opened: {dialog.message}"))
        page.on("request", lambda request: _check_host(request.url, address, wrong))
        page.goto(address)
        page.wait_for_selector(ready)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _check_host(url: str, address: str, wrong: list[str]) -> None:
    origin = "/".join(address.split("/")[:3])
    if not url.startswith((origin + "/", "data:", "blob:")):
        wrong.append(f"a request left for {url}")


def ask(page: Page, question: str) -> Any:
    """Type a question, press Enter, wait for the answer; gives the newest turn."""
    before = page.locator(".turn").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    turn = page.locator(".turn").nth(before)
    turn.wait_for()
    page.wait_for_function("() => document.querySelector('#transcript .turn.asking') === null")
    return turn


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical, with the elements that it means."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
