"""The report is one page that asks nobody for anything, and a build server can read its twin."""

import base64
import gzip
import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import evals
from evals.collect import collect
from evals.gates import Gate
from evals.journal import Journal
from evals.records import RunRecord, Seen
from evals.reporting import junit
from evals.reporting.curves import latency, nice, reliability, risk_coverage
from evals.reporting.markdown import comparison_markdown
from evals.reporting.questions import packed
from evals.rundir import begin
from evals.suite import GoldSpan
from tests.evaluation.stand_ins import QuickAsker, answered, facts, questions, write_run

HOSTILE = '<script>alert(1)</script><img src="https://example.org/x.png"> ]]> & “Ç” 🦀'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scored and reported run of 200 questions, of which one has a hostile passage."""
    folder = tmp_path_factory.mktemp("report") / "run"
    begin(folder, facts(201, name="The <made up> suite"), resume=True)
    collect(questions(200), QuickAsker(), folder)
    hostile = replace(
        answered("48", "12"),
        id="hostile",
        question=HOSTILE,
        gold=(GoldSpan(article="a", start=4, end=6, text="12"),),
        passages=(Seen(article="a", start=0, end=90, text=f"🦀 x 12 {HOSTILE}", title=HOSTILE),),
    )
    append(folder, hostile)
    evals.score(folder)
    evals.report(folder)
    return folder


def append(folder: Path, record: RunRecord) -> None:
    journal = Journal(folder)
    journal.append(record)
    journal.close()


def test_the_page_holds_everything_and_names_no_other_place(run: Path) -> None:
    page = (run / "report.html").read_text(encoding="utf-8")
    assert "The &lt;made up&gt; suite" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "default-src 'none'" in page
    assert "What went wrong" in page
    assert "<svg" in page


def test_every_question_is_in_the_page_with_its_passages_once(run: Path) -> None:
    page = (run / "report.html").read_text(encoding="utf-8")
    found = re.search(r'id="packed">([^<]+)<', page)
    assert found is not None
    data = json.loads(gzip.decompress(base64.b64decode(found[1])))
    assert len(data["questions"]) == 201
    assert data["questions"][-1]["q"] == HOSTILE
    assert len(data["passages"]) == len({(p[0], p[1], p[2]) for p in data["passages"]})


def test_the_same_run_gives_the_same_page(run: Path) -> None:
    before = (run / "report.html").read_bytes()
    evals.report(run)
    assert (run / "report.html").read_bytes() == before


def test_a_large_run_keeps_its_wrong_answers_first() -> None:
    wrong = [replace(answered("48", "12"), id=f"wrong {number}") for number in range(2)]
    right = [replace(answered("12", "12"), id=f"right {number}") for number in range(10_001)]
    data, shown = packed([*right, *wrong], 10_003)
    kept = [row["id"] for row in json.loads(gzip.decompress(base64.b64decode(data)))["questions"]]
    assert shown == 10_000
    assert kept[0] == "right 3"
    assert kept[-2:] == ["wrong 0", "wrong 1"]


def test_a_build_server_reads_a_case_for_each_question_and_gate(run: Path) -> None:
    evals.report(run, gates=[Gate("f1 >= 0.9", False, 'f1 0.5 & "low"')])
    root = ElementTree.parse(run / "junit.xml").getroot()
    assert root.attrib["tests"] == "202"
    assert len(root.findall("testcase")) == 202
    gate = root.find("testcase[@classname='gates']/failure")
    assert gate is not None
    assert gate.attrib["message"] == 'f1 0.5 & "low"'
    assert int(root.attrib["errors"]) == len(root.findall("testcase/error")) > 0


def test_characters_that_xml_cannot_hold_become_blanks(tmp_path: Path) -> None:
    record = replace(answered("a\x00b\x1bc", "12"), question="\x07?")
    junit.write([record], "s", tmp_path / "j.xml")
    case = ElementTree.parse(tmp_path / "j.xml").getroot().find("testcase")
    assert case is not None
    assert case.attrib["name"] == "q:  ?"


def test_markdown_has_the_headline_scores_with_their_intervals(run: Path) -> None:
    text = (run / "report.md").read_text(encoding="utf-8")
    assert "# The <made up> suite: 201 questions" in text
    assert re.search(r"\| Right \| [\d.]+ \| [\d.]+ to [\d.]+ \| 201 \| 61 \|", text)
    assert "| answered the unanswerable |" in text


def test_a_comparison_in_markdown_lists_flips(tmp_path: Path) -> None:
    good = [replace(answered("48", "48"), id=f"q{n}", cluster=f"a{n}", question="Pipe | here?") for n in range(50)]
    bad = [replace(good[0], answer="12"), *good[1:]]
    runs = [write_run(tmp_path / name, records) for name, records in (("old", good), ("new", bad))]
    for folder in runs:
        evals.score(folder)
    text = comparison_markdown(evals.compare(*runs))
    assert "# new against old" in text
    assert "| lost | Pipe \\| here? | 48 (right) | 12 (reader missed) |" in text
    assert "| Right | −2.0 |" in text


def test_pictures_are_drawn_for_the_least_and_the_most() -> None:
    assert "100% answered, 0% of them wrong" in risk_coverage(((1.0, 0.0),))
    assert 'aria-label="Calibration' in reliability(())
    assert latency((0.0,) * 101).startswith("<svg")
    assert "p95  4.5 s" in latency(tuple(number * 0.047368 for number in range(101)))
    assert [nice(step) for step in (0.7, 1.0, 3.2, 45, 180)] == [1.0, 1.0, 5.0, 50.0, 200.0]


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """A browser that may reach nothing but files."""
    path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if path is None:
        pytest.skip("no Chromium is installed: the report is not opened in a browser")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_page_opens_in_a_browser_without_an_error_or_a_request(
    run: Path, chromium: object, width: int, height: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height})  # type: ignore[attr-defined]
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((run / "report.html").as_uri())
    page.wait_for_selector("#list details")
    assert page.locator("#count").inner_text() == "201 of 201 questions"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("#find").fill("Ç” 🦀")
    assert page.locator("#count").inner_text() == "1 of 201 questions"
    page.locator("#list summary").first.click()
    # offsets are code points: the mark stands on 12, behind a character of two UTF-16 units
    assert page.locator("#list mark.gold").nth(1).inner_text() == "12"
    assert page.locator("#list .passage").first.inner_text().count("<script>") == 2
    page.locator(".bar").first.click()
    assert page.locator("#cause").input_value() != ""
    assert said == []
    assert asked == [(run / "report.html").as_uri()]
    page.close()
