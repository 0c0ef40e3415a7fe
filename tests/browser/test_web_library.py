"""Can articles be brought in through the page, by whom, and what do hostile ones do to it?"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page

from index.library import Library
from index.reading import read
from tests.browser.conftest import Open, ask, serving, violations
from ui.web.passwords import make_auth_entry

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"
SCRIPT = "<script>window.hurt = 1</script><img src=x onerror='window.hurt = 2'>"
HOSTILE = [
    {
        "id": "<b onclick='window.hurt = 3'>",
        "title": f"Zorblatt reactor {SCRIPT}",
        "outlet": f"Evil {SCRIPT}",
        "author": SCRIPT,
        "url": "javascript:window.hurt=4",
        "published": "2025-04-01",
        "text": f"The Zorblatt reactor has 17 pumps {SCRIPT} said ![pixel](https://evil.example/p.png) the owner "
        "[here](javascript:window.hurt=5). {{constructor.constructor('window.hurt=6')()}} ${window.hurt=7} `x`\n\n"
        "Another \u202eparagraph turned around\u202c stands here.",
    },
    {
        "id": "fire-courant",
        "title": "Depot fire injures 12",
        "outlet": "The Calm Courant",
        "published": "2025-04-03",
        "text": "A fire at the Marlow depot on Thursday injured 12 people, the fire brigade said.",
    },
    {
        "id": "fire-radio",
        "title": "Marlow depot burns",
        "outlet": "Marlow Radio",
        "published": "2025-04-04",
        "text": "A fire at the Marlow depot on Thursday injured 19 people, a hospital spokeswoman told Marlow Radio.",
    },
    {"id": "plain", "title": "Plain", "outlet": "Calm", "published": "2025-04-02", "text": "The plain has 3 hills."},
]


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the library of the server below is."""
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def own(own_folder: Path) -> Iterator[str]:
    """A server of two people over a library with a hostile article."""
    folder = own_folder
    (folder / "hostile.jsonl").write_text("\n".join(json.dumps(one) for one in HOSTILE), encoding="utf-8")
    with Library.open(folder / "library") as library:
        library.add(read(str(folder / "hostile.jsonl")))
    (folder / "users").write_text("\n".join(make_auth_entry(name, PASSWORD) for name in ("ann", "bob")) + "\n")
    with serving(folder / "library", auth_file=str(folder / "users")) as address:
        yield address


def signed_in(address: str, visit: Open, user: str) -> Page:
    page = visit(address, ready="#username")
    page.fill("#username", user)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(".welcome, .turn")
    return page


def hurt(page: Page) -> object:
    return page.evaluate("window.hurt")


def test_two_people_do_not_see_each_others_conversations(own: str, visit: Open) -> None:
    ann, bob = signed_in(own, visit, "ann"), signed_in(own, visit, "bob")
    ask(ann, "How many hills has the plain?")
    name = ann.url.split("c=")[1]
    bob.goto(f"{own}/?c={name}")
    bob.wait_for_selector(".welcome")
    assert bob.locator("#conversations li").count() == 0
    assert bob.request.get(f"{own}/onrecord/conversation/{name}.json").status == 404
    assert ann.request.get(f"{own}/onrecord/conversation/{name}.json").status == 200
    ann.get_by_role("link", name="Sign out").click()
    ann.wait_for_selector("#username")


def test_reports_that_differ_stand_side_by_side_by_outlet_and_date(own: str, visit: Open) -> None:
    page = signed_in(own, visit, "bob")
    turn = ask(page, "How many people were injured in the fire at the Marlow depot?")
    rows = sorted(row.split("\t")[:3] for row in turn.locator(".differing tbody tr").all_inner_texts())
    assert rows == [["12", "The Calm Courant", "3 April 2025"], ["19", "Marlow Radio", "4 April 2025"]]
    turn.locator(".differing .cite").last.click()
    page.wait_for_selector("#article mark.span")
    assert page.locator("#article mark.span").inner_text() in ("12", "19")


def test_a_hostile_article_is_shown_as_text_and_does_nothing(own: str, visit: Open) -> None:
    page = signed_in(own, visit, "ann")
    turn = ask(page, "How many pumps has the Zorblatt reactor?")
    turn.get_by_text("The nearest passages").click()
    assert "<script>window.hurt = 1</script>" in turn.inner_text()
    turn.locator(".source", has_text="window.hurt = 1").first.click()
    page.wait_for_selector("#article mark")
    told = page.locator("#article").inner_text()
    for words in (SCRIPT, "![pixel](https://evil.example/p.png)", "{{constructor.constructor", "${window.hurt=7}"):
        assert words in told
    assert page.locator("#article a").count() == 0
    page.get_by_role("button", name="Library").click()
    page.wait_for_selector("#shelf .articles")
    page.locator(".open-article").last.click()
    page.wait_for_selector("#article .paper")
    page.locator("#shelf input[name=outlet]").evaluate_all("(boxes) => boxes.forEach((box) => box.click())")
    assert page.locator("img, iframe, object, embed").count() == 0
    assert hurt(page) is None


@pytest.mark.parametrize(
    "question", [SCRIPT + "{{7*7}}${window.hurt=8}", "![x](https://evil.example/q.png) javascript:window.hurt=9"]
)
def test_a_hostile_question_is_shown_as_text(own: str, visit: Open, question: str) -> None:
    page = signed_in(own, visit, "ann")
    turn = ask(page, question)
    assert turn.locator(".question").inner_text() == question
    page.wait_for_selector("#conversations li")
    page.reload()
    page.wait_for_selector(".turn.done, .turn.failed")
    assert page.locator(".turn img, #conversations img").count() == 0
    assert hurt(page) is None


def test_a_megabyte_of_paste_is_refused_with_a_sentence(own: str, visit: Open) -> None:
    page = signed_in(own, visit, "ann")
    turn = ask(page, "word " * 200_000)
    assert "shorten it" in turn.locator(".failure").inner_text()


def test_an_uploaded_article_can_be_asked_about_and_removed(own: str, visit: Open, tmp_path: Path) -> None:
    page = signed_in(own, visit, "ann")
    file = tmp_path / "lighthouse.txt"
    file.write_text("Lighthouse keeper retires\n\nThe lighthouse at Morrow Point is 43 metres tall, its keeper said.\n")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    page.get_by_role("button", name="Library").click()
    page.get_by_text("Add articles").click()
    page.get_by_label("Files").set_input_files([file, picture])
    page.get_by_label("Addresses, one a line").fill(
        "http://169.254.169.254/latest\nhttp://localhost:9/x\nfile:///etc/passwd"
    )
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector(".results.finished")
    results = page.locator(".results li").all_inner_texts()
    assert results[0].strip() == "lighthouse.txt 1 added"
    assert page.locator(".results li.failed").count() == 3
    assert "Only http and https addresses are fetched" in results[3]
    page.wait_for_selector("#masthead .facts:has-text('5 articles')")
    turn = ask(page, "How tall is the lighthouse at Morrow Point?")
    assert "43 metres" in turn.locator(".answer").inner_text()
    row = page.locator(".articles li", has_text="Lighthouse keeper retires")
    row.get_by_role("button", name="Remove").click()
    row.get_by_role("button", name="Remove").click()
    page.wait_for_selector("#masthead .facts:has-text('4 articles')")
    turn.locator(".cite").first.click()
    page.wait_for_selector("#article mark")  # an old citation still opens what it quoted


def test_many_files_come_in_at_once_and_a_refused_one_keeps_its_sentence(own: str, visit: Open, tmp_path: Path) -> None:
    page = signed_in(own, visit, "bob")
    files = [tmp_path / f"brief {number}.txt" for number in range(12)]
    for number, file in enumerate(files):
        file.write_text(f"Brief {number}\n\nPier number {number} of the harbour was painted in {1900 + number}.\n")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    page.get_by_role("button", name="Library").click()
    page.get_by_text("Add articles").click()
    page.get_by_label("Files").set_input_files([*files, picture])
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector(".results.finished")
    assert page.locator(".results li.added").count() == 12
    refused = page.locator("#add-form .failure")
    assert refused.all_inner_texts()[0].startswith("picture.png is of a kind that is not read")
    page.get_by_label("Files").set_input_files([files[0]])
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector(".results.finished:has-text('already there')")
    assert refused.count() == 0


def test_feedback_is_exported_run_as_a_suite_and_its_run_shown_on_the_evaluations_page(
    own: str, visit: Open, own_folder: Path
) -> None:
    from evals import run

    page = signed_in(own, visit, "bob")
    turn = ask(page, "How many hills has the plain?")
    turn.get_by_text("Was this right?").click()
    turn.get_by_role("button", name="Right", exact=True).click()
    page.wait_for_selector(".verdicts [aria-pressed=true]", state="attached")
    page.get_by_role("button", name="Settings").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download feedback.jsonl").click()
    download.value.save_as(own_folder / "feedback.jsonl")
    out = own_folder / "runs" / "feedback-run"
    with ThreadPoolExecutor() as thread:  # the browser's event loop is in this one
        done = thread.submit(lambda: run(str(own_folder / "feedback.jsonl"), library=own_folder / "library", out=out))
        assert dict(done.result().scores.outcomes) == {"answered": 1}
    page.get_by_role("button", name="Evaluations").click()
    assert "feedback-run" in page.locator(".runs tbody tr").inner_text()
    page.get_by_role("button", name="Report of feedback-run").click()
    report = page.frame_locator("#report")
    report.locator("h1").wait_for()
    assert page.locator("#report").get_attribute("sandbox") == "allow-scripts"
    assert violations(page) == []
