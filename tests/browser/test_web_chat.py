"""Can a person ask, doubt and check? The conversation in a real browser."""

import pytest

from tests.browser.conftest import Open, ask

pytestmark = pytest.mark.browser


def test_a_question_is_answered_with_a_numbered_citation_that_opens_the_article_at_the_quote(
    sample: str, visit: Open
) -> None:
    page = visit(sample)
    turn = ask(page, "How cold was the water when the Lady Aldry sank?")
    assert turn.locator(".cite").first.inner_text() == "1"
    turn.locator(".cite").first.click()
    quote = page.locator("#article mark").first
    quote.wait_for()
    page.wait_for_function(
        """() => { const mark = document.querySelector('#article mark').getBoundingClientRect();
        return mark.top >= 0 && mark.bottom <= innerHeight && mark.left >= 0 && mark.right <= innerWidth; }"""
    )
    quoted = "".join(page.locator("#article mark").all_inner_texts())
    assert turn.locator(".sources q").first.inner_text() == quoted
