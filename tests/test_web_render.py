"""Does everything that others wrote reach the page as text, with marks where the offsets say?"""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from index.records import Article, ArticleSummary, Filters, Passage
from rag.records import Answer, Citation, Claim, Report, Span, Window
from ui.web.article import Marks, article_page, body
from ui.web.escape import day, inline, shortened, web_link
from ui.web.exports import as_json, as_markdown, plain_answer
from ui.web.records import AskSettings, Turn
from ui.web.render import transcript, turn_html
from ui.web.shelf import Shelf, bars_of, shelf_page

HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>{{7*7}}${alert(3)}`![x](http://evil.example/p.png)'
QUOTE = "At least 38 militants were killed."
CITATION = Citation(
    marker=1, article_id="a1", version=2, title="Base attacked", source="a.txt", outlet="The Courant",
    url="https://courant.example/base", published="2016-07-09", quote=QUOTE, start=10, end=44, spans=(Span(10, 21),),
)  # fmt: skip
PASSAGE = Passage(
    chunk_id=1, article_id="a1", version=2, start=0, end=50, text="The army came near.", title="Base attacked",
    source="a.txt", outlet="The Courant", url=None, published="2016-07-09", outlets=("The Courant", "The Lantern"),
)  # fmt: skip
ANSWER = Answer(
    question="How many?", searched_for="How many militants were killed?", window=None, answer="At least 38",
    text="At least 38 [1].", abstained=False, confidence=0.91, answerer="local", citations=(CITATION,),
    claims=(Claim(text="At least 38", supported=True, citations=(1,)),), passages=(PASSAGE,), library_revision=3,
    timings_ms={"total": 120.0},
)  # fmt: skip
TURN = Turn(turn_id="t1", question="How many?", asked_at="2026-11-24T10:00:00+00:00", answer=ANSWER)


class Tags(HTMLParser):
    """Every element that a browser would make of the page, and the text it would show."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def article(text: str, **facts: str) -> Article:
    told: dict[str, str | None] = {
        "title": "T", "source": "s", "url": None, "outlet": None, "author": None, "published": None, "updated": None,
    }  # fmt: skip
    return Article(article_id="a1", version=1, text=text, language="en", **(told | facts))  # type: ignore[arg-type]


def test_an_answer_shows_its_claim_its_number_its_quote_its_outlet_and_its_date() -> None:
    page = parsed(turn_html(TURN))
    for words in ("How many?", "At least 38", QUOTE, "The Courant", "9 July 2016", "confidence 91%", "8 passages"):
        assert words in page.text
    cites = [facts for tag, facts in page.tags if tag == "button" and facts.get("class") == "cite"]
    assert cites[0]["data-article"] == "a1"
    assert (cites[0]["data-version"], cites[0]["data-start"], cites[0]["data-end"]) == ("2", "10", "44")
    assert cites[0]["data-spans"] == "10-21"
    assert cites[0]["aria-label"] == "Citation 1: The Courant, 9 July 2016"


def test_a_follow_up_says_what_was_searched_for_and_a_repeated_question_does_not() -> None:
    assert "Searched for: How many militants were killed?" in parsed(turn_html(TURN)).text
    same = replace(TURN, answer=replace(ANSWER, searched_for="How  many?"))
    assert "Searched for" not in parsed(turn_html(same)).text


def test_a_window_is_told_with_the_words_it_was_read_from() -> None:
    told = replace(ANSWER, searched_for="How many?", window=Window(before="2016-07-01", phrase="before July"))
    assert "articles before 1 July 2016 (before July)" in parsed(turn_html(replace(TURN, answer=told))).text


def test_an_abstention_says_so_and_shows_the_nearest_passages() -> None:
    told = replace(ANSWER, abstained=True, answer=None, text="Your articles do not say.", claims=(), citations=())
    page = parsed(turn_html(replace(TURN, answer=told)))
    assert "Your articles do not say." in page.text
    assert "What comes nearest" in page.text
    assert "The army came near." in page.text
    assert "also in The Lantern" in page.text


def test_differing_reports_become_a_table_by_outlet_and_date() -> None:
    reports = (
        Report(answer="40", outlet="The Lantern", published="2016-07-10", marker=1),
        Report(answer="38", outlet="The Courant", published="2016-07-09", marker=1),
    )
    page = turn_html(replace(TURN, answer=replace(ANSWER, differing=reports)))
    assert page.count("<tr>") == 3
    assert page.index("10 July 2016") < page.index("<bdi>38</bdi>") < page.rindex("9 July 2016")


def test_a_model_s_own_sentence_stands_before_the_table_and_the_reader_s_versions_only_in_it() -> None:
    reports = (Report(answer="40", outlet="The Lantern", published="2016-07-10", marker=1),)
    claims = (Claim(text="It rained on Lund.", supported=True, citations=(1,)),)
    told = replace(ANSWER, claims=claims, differing=reports)
    of_model = turn_html(replace(TURN, answer=replace(told, text="It rained on Lund [1]. Reports differ: 40 [1].")))
    assert of_model.index("It rained on Lund") < of_model.index('class="differing"')
    of_reader = turn_html(replace(TURN, answer=replace(told, text="Reports differ: 40 [1].")))
    assert "It rained on Lund" not in of_reader
    assert 'class="differing"' in of_reader


def test_an_unsupported_statement_is_marked_with_its_reason() -> None:
    claims = (Claim(text="It rained.", supported=False, citations=(), reason="no quote says so"),)
    assert (
        "not supported: no quote says so"
        in parsed(turn_html(replace(TURN, answer=replace(ANSWER, claims=claims)))).text
    )


def test_filters_are_shown_with_the_answer() -> None:
    turn = replace(TURN, filters=Filters(outlets=("The Courant",), after="2016-07-01"))
    assert "Asked of articles only The Courant, from 1 July 2016" in parsed(turn_html(turn)).text


def test_only_the_newest_turn_can_be_asked_again() -> None:
    page = transcript([replace(TURN, turn_id="old"), TURN], conversation_id="c")
    assert page.count('data-do="retry"') == 1
    assert page.index('data-do="retry"') > page.index('id="turn-t1"')


def test_hostile_words_in_every_field_make_no_element_and_show_as_text() -> None:
    citation = replace(CITATION, title=HOSTILE, outlet=HOSTILE, quote=HOSTILE, published=HOSTILE, article_id=HOSTILE,
                       start=0, end=len(HOSTILE), spans=(Span(0, 3),), outlets=(HOSTILE, "b"))  # fmt: skip
    passage = replace(PASSAGE, title=HOSTILE, text=HOSTILE, outlet=HOSTILE, article_id=HOSTILE, outlets=(HOSTILE, "b"))
    answer = replace(
        ANSWER, searched_for=HOSTILE, notice=HOSTILE, citations=(citation,), passages=(passage,),
        claims=(Claim(text=HOSTILE, supported=True, citations=(1,)), Claim(text="x", supported=False, citations=(),
                reason=HOSTILE)),
        window=Window(after=HOSTILE, phrase=HOSTILE), differing=(Report(answer=HOSTILE, outlet=HOSTILE,
                published=HOSTILE, marker=1),),
    )  # fmt: skip
    turn = Turn(
        turn_id="t", question=HOSTILE, asked_at="2026-11-24", answer=answer,
        filters=Filters(outlets=(HOSTILE,)), settings=AskSettings(model=HOSTILE),
    )  # fmt: skip
    page = turn_html(turn)
    tags = parsed(page)
    assert {tag for tag, _ in tags.tags}.isdisjoint({"img", "script", "iframe", "svg", "a", "style"})
    assert not [name for _, facts in tags.tags for name in facts if name.startswith("on")]
    assert HOSTILE in tags.text
    assert not re.search(r"[{}`$]", page)


def test_a_script_address_is_never_a_link() -> None:
    for address in (
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        " data:text/html,x",
        "//evil.example",
        "http:///x",
        "ftp://x",
    ):
        assert web_link(address) is None
    assert web_link("https://courant.example/a?b=1") == "https://courant.example/a?b=1"
    assert "<a " not in article_page(article("Words.", url="javascript:alert(1)"))
    link = parsed(article_page(article("Words.", url='https://x.example/"onclick="alert(1)')))
    anchors = [facts for tag, facts in link.tags if tag == "a"]
    assert anchors[0]["href"] == 'https://x.example/"onclick="alert(1)'
    assert set(anchors[0]) == {"href", "target", "rel"}


def test_the_article_marks_the_quote_and_the_answer_in_it() -> None:
    page = body("One. Two is the answer.\n\nThree.", Marks(quote=Span(5, 23), spans=(Span(5, 8),)))
    assert page == ('<p>One. <mark class="span">Two</mark><mark class="quote"> is the answer.</mark></p><p>Three.</p>')


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    page = body("One.\nTwo.", Marks(quote=Span(0, 9)))
    assert page == '<p><mark class="quote">One.</mark></p><p><mark class="quote">Two.</mark></p>'


def test_an_answer_that_is_the_whole_quote_is_marked_once() -> None:
    assert (
        body("One. Two.", Marks(quote=Span(0, 4), spans=(Span(0, 4),))) == '<p><mark class="quote">One.</mark> Two.</p>'
    )


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=80).filter(lambda text: "\x00" not in text),
    st.integers(0, 80), st.integers(0, 80), st.integers(0, 80), st.integers(0, 80),
)  # fmt: skip
def test_whatever_is_marked_every_character_is_shown_once_and_in_order(
    text: str, first: int, second: int, third: int, fourth: int
) -> None:
    marks = Marks(
        quote=Span(min(first, second), max(first, second)), spans=(Span(min(third, fourth), max(third, fourth)),)
    )
    shown = unescape(re.sub(r"<[^>]*>", "", body(text, marks)))
    kept = "".join(line for line in text.split("\n") if line.strip())
    assert shown.replace("\r", "") == kept.replace("\r", "")


def test_an_article_that_changed_since_offers_its_newest_version_and_names_its_copies() -> None:
    copy = ArticleSummary(
        article_id="a2", version=1, title="T", source="s", url=None, outlet="The Lantern", author=None, published=None,
        updated=None, language="en", copy_group="g", characters=5,
    )  # fmt: skip
    told = article("Words.", outlet="The Courant", published="2016-07-09")
    page = parsed(article_page(told, newest=3, copies=[copy]))
    assert "This is version 1, as it was quoted." in page.text
    assert "Read version 3" in page.text
    assert "The same story is carried by The Lantern." in page.text


def test_dates_read_as_written_and_unknown_ones_as_they_are() -> None:
    assert day("2025-04-05T19:40:00+02:00") == "5 April 2025"
    assert day("2025-04") == "April 2025"
    assert day("spring") == "spring"
    assert day(None) == ""


def test_a_right_to_left_override_is_isolated() -> None:
    assert inline("\u202etxt") == "<bdi>\u202etxt</bdi>"


def test_long_words_are_cut_at_a_word() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one two", 9) == "one two"


def test_copy_gives_the_answer_with_its_citations() -> None:
    assert plain_answer(ANSWER) == (
        "At least 38 [1].\n\n[1] “At least 38 militants were killed.” Base attacked, The Courant, 9 July 2016, "
        "https://courant.example/base"
    )


def test_markdown_of_a_conversation_keeps_foreign_markup_as_words() -> None:
    told = as_markdown("My title", [replace(TURN, question="![x](http://evil.example/p.png) <b>")])
    assert told.startswith("# My title\n\n## \\!\\[x\\]\\(http\\://evil\\.example/p\\.png\\) \\<b\\>\n")
    assert "> At least 38 militants were killed\\." in told


def test_json_of_a_conversation_holds_what_ask_prints() -> None:
    told = as_json("My title", [TURN])
    assert told["turns"][0]["answer"]["text"] == "At least 38 [1]."
    assert told["turns"][0]["settings"] == {"model": None, "strict": True, "passages": 8}


def test_a_quote_that_is_somebodys_words_alone_gets_no_second_marks() -> None:
    said = "“I would let them know after the holidays.”"
    turn = replace(TURN, answer=replace(ANSWER, citations=(replace(CITATION, quote=said, spans=()),)))
    assert [attrs.get("class") for tag, attrs in parsed(turn_html(turn)).tags if tag == "q"] == ["whole"]
    assert f"[1] {said} Base attacked" in plain_answer(turn.answer)
    assert f"[1] “{QUOTE}” Base attacked" in plain_answer(ANSWER)


def test_the_timeline_ends_with_the_calendar() -> None:
    dated = [
        ArticleSummary(
            article_id=published, version=1, title="T", source="s", url=None, outlet=None, author=None,
            published=published, updated=None, language="en", copy_group=None, characters=5,
        )
        for published in ("9999-12-31", "2025-05-01")
    ]  # fmt: skip
    page = shelf_page(Shelf(info=None, everything=dated, scope=dated, filters=Filters()))
    assert page.count('title="') > 1
    assert 'data-last=""' in page  # no day comes after it: dragging there narrows to no end
    assert [bar.last.isoformat() for bar in bars_of(dated)][-1] == "9999-12-31"
