"""Can everybody use the page? Each of its views is checked by axe-core, and walked through by keyboard alone."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, ask, violations

pytestmark = pytest.mark.browser
STEPS = "How many steps lead up to the lamp of Gannet Stack?"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_has_a_serious_accessibility_violation(sample: str, visit: Open, scheme: str) -> None:
    page = visit(sample, color_scheme=scheme)
    assert violations(page) == []
    turn = ask(page, STEPS)
    turn.locator("summary").evaluate_all("(found) => found.forEach((one) => one.click())")
    assert violations(page) == []
    turn.locator(".cite").first.click()
    page.wait_for_selector("#article mark")
    assert violations(page) == []
    page.get_by_role("button", name="Library").click()
    page.wait_for_selector("#shelf .articles")
    page.get_by_text("Add articles").click()
    assert violations(page) == []
    page.get_by_role("button", name="Evaluations").click()
    page.wait_for_selector("#evaluations h2")
    assert violations(page) == []
    page.get_by_role("button", name="Settings").click()
    assert violations(page) == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_question_is_asked_and_its_source_read_by_keyboard_alone(sample: str, visit: Open) -> None:
    page = visit(sample)
    tab_to(page, ".examples button")
    page.keyboard.press("/")
    page.keyboard.type(STEPS)
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn.done")
    page.keyboard.press("Shift+Tab")
    tab_to_start = page.locator("#masthead [data-view=chat]")
    tab_to_start.focus()
    tab_to(page, ".cite")
    assert page.locator(".card.shown").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector("#article mark")
    assert page.evaluate("document.activeElement.classList.contains('article-title')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#side", state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('cite')")
    tab_to(page, ".source")
    tab_to(page, ".passages summary")
    tab_to(page, "[data-do=copy]")
    tab_to(page, ".feedback summary")
    tab_to(page, "#question")


def test_the_answer_is_read_out_when_it_is_there(sample: str, visit: Open) -> None:
    page = visit(sample)
    turn = ask(page, STEPS)
    said = page.locator("#said")
    assert said.get_attribute("aria-live") == "polite"
    assert turn.locator(".claim bdi").first.inner_text() in said.inner_text()
