"""How are the page's parts joined to what happens behind it? The Gradio blocks, and one function for each event.

All display is in `gr.HTML`; the hidden one named `bus` runs page.js, whose events reach the functions below.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import OnrecordError
from index.records import LibraryInfo
from rag.records import Span
from ui.web.desk import Desk
from ui.web.escape import text
from ui.web.fields import Fields
from ui.web.parts import COMPOSER, SIDE_BAR, conversation_list, masthead, welcome

HERE = Path(__file__).parent
SYSTEM_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
SYSTEM_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with the system's own fonts, so that none is fetched."""
    return gr.themes.Base(font=SYSTEM_SANS, font_mono=SYSTEM_MONO)


def head() -> str:
    """The stylesheet, in the page's head: Gradio puts its own prefix before rules given to it as `css`."""
    return f"<style>{(HERE / 'style.css').read_text(encoding='utf-8')}</style>"


def owner_of(request: gr.Request) -> str:
    """Whom the gate let in; a stranger when it was not asked (no server around: tests of the blocks alone)."""
    return str(request.request.scope.get("onrecord_owner", "")) if request.request else ""


def user_of(request: gr.Request) -> str:
    """The signed-in user, empty where nobody signs in."""
    return str(request.request.scope.get("onrecord_user", "")) if request.request else ""


def address_of(request: gr.Request) -> str:
    """Where a call comes from."""
    return str(request.client.host) if request.request and request.request.client else "unknown"


def blocks(desk: Desk, *, examples: tuple[str, ...] = (), sample: bool = False) -> gr.Blocks:
    """The page."""

    def info() -> LibraryInfo | None:
        try:
            return desk.library.info()
        except OnrecordError:
            return None

    def empty() -> str:
        return welcome(info(), examples, sample=sample)

    with gr.Blocks(title="onrecord", analytics_enabled=False, fill_width=True) as page:
        top = shown(masthead(None), "masthead")
        with gr.Row(elem_id="frame"):
            conversations = shown(conversation_list(()), "conversations")
            with gr.Column(elem_id="talk"):
                transcript = shown('<div class="turns" data-conversation=""></div>', "transcript")
                shown(COMPOSER, "composer")
            with gr.Column(elem_id="side"):
                shown(SIDE_BAR, "side-bar")
                article = shown("", "article")
        bus = gr.HTML("", elem_id="bus", js_on_load=(HERE / "page.js").read_text(encoding="utf-8"))

        def arrive(request: gr.Request) -> tuple[str, str, str]:
            owner = owner_of(request)
            wanted = str(dict(request.query_params).get("c", ""))
            current = wanted if wanted and desk.conversations.owns(owner, wanted) else ""
            return (
                masthead(info(), user=user_of(request), sample=sample),
                conversation_list(desk.conversations.listed(owner), current),
                desk.transcript(owner, current, empty=empty()),
            )

        def ask(event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
            said, owner = Fields(event._data), owner_of(request)
            try:
                desk.allow_question(owner, address_of(request))
                filters = said.filters()
            except OnrecordError as error:
                gr.Warning(text(str(error)))
                yield gr.skip(), gr.skip()
                return
            page_now = ""
            for page_now in desk.ask(
                owner,
                said.text("question"),
                conversation_id=said.text("conversation"),
                filters=filters,
                settings=said.settings(),
                instead_of=said.text("instead_of"),
            ):
                yield page_now, gr.skip()
            yield page_now, conversation_list(desk.conversations.listed(owner), said.text("conversation"))

        def stop(event: gr.EventData) -> None:
            desk.stop(Fields(event._data).text("turn"))

        def open_article(event: gr.EventData) -> str:
            said = Fields(event._data)
            start, end = said.number("start"), said.number("end")
            quote = Span(start, end) if start is not None and end is not None else None
            return desk.article(
                said.text("article"), version=said.number("version"), quote=quote, spans=said.spans("spans")
            )

        def open_conversation(event: gr.EventData, request: gr.Request) -> tuple[str, str]:
            owner, wanted = owner_of(request), Fields(event._data).text("conversation")
            return (
                desk.transcript(owner, wanted, empty=empty()),
                conversation_list(desk.conversations.listed(owner), wanted),
            )

        private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
        page.load(arrive, None, [top, conversations, transcript], **private)
        bus.ask(ask, None, [transcript, conversations], **private)
        bus.stop(stop, None, None, queue=False, **private)
        bus.article(open_article, None, article, trigger_mode="always_last", **private)
        bus.open(open_conversation, None, [transcript, conversations], trigger_mode="always_last", **private)
    return page


def shown(value: str, name: str) -> gr.HTML:
    """A place of the page whose HTML the server writes."""
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=None)
