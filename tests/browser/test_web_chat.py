"""Can a person ask, doubt and check? The conversation in a real browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from index.library import Library
from tests.browser.conftest import Open, ask, serving

pytestmark = pytest.mark.browser
STEPS = "How many steps lead up to the lamp of Gannet Stack?"
IN_VIEW = """(selector) => { const place = document.querySelector(selector).getBoundingClientRect();
  return place.top >= 0 && place.bottom <= innerHeight && place.left >= 0 && place.right <= innerWidth; }"""


def choose_slow_model(page: Page) -> None:
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("slow-hosted").check()
    page.get_by_role("button", name="Ask", exact=True).first.click()


def test_a_question_is_answered_with_a_numbered_citation_that_opens_the_article_at_the_quote(
    sample: str, visit: Open
) -> None:
    page = visit(sample)
    turn = ask(page, STEPS)
    assert turn.locator(".cite").first.inner_text() == "1"
    turn.locator(".cite").first.hover()
    card = turn.locator(".card.shown")
    assert "2025" in card.locator("time").inner_text()
    turn.locator(".cite").first.click()
    page.wait_for_selector("#article mark")
    page.wait_for_function(IN_VIEW, arg="#article mark")
    quoted = "".join(page.locator("#article mark").all_inner_texts())
    assert turn.locator(".sources q").first.inner_text() == quoted
    page.keyboard.press("Escape")
    assert not page.locator("#side").is_visible()
    assert page.evaluate("document.activeElement.className").startswith("cite")


def test_what_the_articles_do_not_say_is_not_answered_and_the_nearest_passages_are_shown(
    sample: str, visit: Open
) -> None:
    page = visit(sample)
    turn = ask(page, "What is the boiling point of tungsten?")
    assert turn.locator(".abstained").inner_text() == "Your articles do not say."
    assert turn.locator(".nearest").inner_text().lower() == "what comes nearest"
    turn.locator(".source").first.click()
    page.wait_for_selector("#article mark")
    page.wait_for_function(IN_VIEW, arg="#article .paper mark")


def test_a_follow_up_says_what_it_searched_for(sample: str, visit: Open) -> None:
    page = visit(sample)
    ask(page, "How long did it take Ingrid Falloway to write the Aldry Suite?")
    turn = ask(page, "And when did she die?")
    assert turn.locator(".searched").inner_text().startswith("Searched for: ")
    assert "Ingrid Falloway" in turn.locator(".searched").inner_text()


def test_a_filter_by_date_is_shown_with_the_answer_and_keeps_other_articles_out(sample: str, visit: Open) -> None:
    page = visit(sample)
    page.get_by_role("button", name="Library").click()
    page.wait_for_selector("#shelf .articles")
    page.get_by_label("From", exact=True).fill("2025-05-10")
    page.wait_for_function("() => / of /.test(document.querySelector('#shelf .scope').textContent)")
    assert page.locator("#filters .chip").all_inner_texts() == ["from 2025-05-10 ×"]
    turn = ask(page, STEPS)
    assert turn.locator(".narrowed").inner_text() == "Asked of articles from 10 May 2025"
    dates = turn.locator("time").evaluate_all("(found) => found.map((one) => one.dateTime.slice(0, 10))")
    assert dates
    assert min(dates) >= "2025-05-10"


def test_dragging_over_the_timeline_narrows_and_removing_the_chip_widens_again(sample: str, visit: Open) -> None:
    page = visit(sample)
    page.get_by_role("button", name="Library").click()
    bars = page.locator("#shelf .bar")
    bars.first.wait_for()
    first, last = bars.nth(3).bounding_box(), bars.nth(9).bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + 1, first["y"] + 30)
    page.mouse.down()
    page.mouse.move(last["x"] + 1, last["y"] + 30)
    page.mouse.up()
    page.wait_for_selector("#filters .chip")
    assert page.locator("#filters .chip").all_inner_texts() == ["from 2025-04-03 ×", "before 2025-04-10 ×"]
    page.locator("#filters .chip").first.click()
    assert page.locator("#filters .chip").all_inner_texts() == ["before 2025-04-10 ×"]


def test_a_slow_model_is_stopped_at_once_and_the_question_asked_again_of_the_local_reader(
    sample: str, visit: Open
) -> None:
    page = visit(sample)
    choose_slow_model(page)
    page.fill("#question", STEPS)
    page.press("#question", "Enter")
    page.wait_for_selector(".turn.asking .working")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector(".turn.stopped")
    assert "Stopped before the answer was complete." in page.locator(".turn").inner_text()
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Local reader").check()
    page.get_by_role("button", name="Ask", exact=True).first.click()
    page.get_by_role("button", name="Ask again").click()
    page.wait_for_selector(".turn.done .cite")
    assert page.locator(".turn").count() == 1
    assert page.locator(".how").inner_text().startswith("Local reader · strict · 8 passages")


def test_a_slow_model_does_not_hold_up_anybody_else(sample: str, visit: Open) -> None:
    slow, quick = visit(sample), visit(sample)
    choose_slow_model(slow)
    slow.fill("#question", STEPS)
    slow.press("#question", "Enter")
    slow.wait_for_selector(".turn.asking")
    assert ask(quick, STEPS).locator(".cite").count() > 0
    assert slow.locator(".turn.asking").count() == 1
    slow.keyboard.press("Escape")
    slow.wait_for_selector(".turn.stopped")


def test_an_edited_question_takes_the_place_of_the_one_before(sample: str, visit: Open) -> None:
    page = visit(sample)
    ask(page, "How many steps?")
    page.get_by_role("button", name="Edit").click()
    assert page.locator("#question").input_value() == "How many steps?"
    page.fill("#question", STEPS)
    page.press("#question", "Enter")
    page.wait_for_function(f"() => document.querySelector('.turn.done .question')?.textContent === {json.dumps(STEPS)}")
    assert page.locator(".turn").count() == 1


def test_a_conversation_is_exported_as_markdown_and_json(sample: str, visit: Open) -> None:
    page = visit(sample)
    turn = ask(page, STEPS)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export Markdown").click()
    assert Path(download.value.path()).read_text().startswith("# How many steps lead up")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export JSON").click()
    told = json.loads(Path(download.value.path()).read_text())
    assert told["turns"][0]["answer"]["citations"][0]["quote"] == turn.locator(".sources q").first.inner_text()


def test_conversations_are_renamed_found_and_deleted(sample: str, visit: Open) -> None:
    page = visit(sample)
    ask(page, STEPS)
    page.get_by_role("button", name="New conversation").click()
    page.wait_for_selector(".welcome")
    ask(page, "Who won the cup final?")
    items = page.locator("#conversations li")
    page.wait_for_function("() => document.querySelectorAll('#conversations li').length === 2")
    items.first.hover()
    items.first.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("The cup")
    page.get_by_label("New name").press("Enter")
    page.wait_for_selector("#conversations .open:has-text('The cup')")
    page.fill("#find-conversation", "STEPS")
    page.wait_for_function("() => document.querySelectorAll('#conversations li').length === 1")
    assert "How many steps" in items.first.inner_text()
    items.first.hover()
    items.first.get_by_role("button", name="Delete").click()
    items.first.get_by_role("button", name="Delete").click()
    page.wait_for_selector("#conversations .open:has-text('The cup')")
    assert items.count() == 1


def test_a_conversation_survives_a_reload_and_a_restart(newsroom: Library, visit: Open) -> None:
    with serving(newsroom.path) as address:
        page = visit(address)
        ask(page, STEPS)
        page.reload()
        page.wait_for_selector(".turn.done .cite")
        assert page.locator(".question").inner_text() == STEPS
        place = page.url.split("/", 3)[3]
    with serving(newsroom.path) as address:
        again = visit(f"{address}/{place}", context=page.context)
        assert again.locator(".question").inner_text() == STEPS
        stranger = visit(f"{address}/{place}")
        assert stranger.locator(".turn").count() == 0


def test_a_phone_shows_one_thing_at_a_time(sample: str, visit: Open) -> None:
    page = visit(sample, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    ask(page, STEPS)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".cite").first.tap()
    page.wait_for_selector("#article mark")
    page.wait_for_function(IN_VIEW, arg="#article mark")
    side = page.locator("#side").bounding_box()
    assert side is not None
    assert (side["x"], side["y"], side["width"]) == (0, 0, 390)
    page.get_by_role("button", name="Close").tap()
    assert not page.locator("#side").is_visible()
    page.get_by_role("button", name="Conversations").tap()
    assert page.locator("#conversations").is_visible()


def test_dark_follows_the_system_and_the_button_changes_it_for_good(sample: str, visit: Open) -> None:
    page = visit(sample, color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(22, 21, 18)"
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(background) == "rgb(251, 250, 247)"
    page.reload()
    page.wait_for_selector(".welcome")
    assert page.evaluate(background) == "rgb(251, 250, 247)"
