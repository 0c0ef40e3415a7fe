"""How are the page's parts joined to what happens behind it? The Gradio blocks, and which event changes which part.

All display is in `gr.HTML`; the hidden one named `bus` runs page.js, whose events reach `ui/web/handlers.py`.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from ui.web.desk import Desk
from ui.web.handlers import Handlers
from ui.web.parts import COMPOSER, SIDE_BAR, conversation_list, masthead
from ui.web.programs import ask_endpoint, search_endpoint
from ui.web.shelf import adding_form

HERE = Path(__file__).parent
SYSTEM_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
SYSTEM_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with the system's own fonts, so that none is fetched."""
    return gr.themes.Base(font=SYSTEM_SANS, font_mono=SYSTEM_MONO)


def head() -> str:
    """The stylesheet, in the page's head: Gradio puts its own prefix before rules given to it as `css`."""
    return f"<style>{(HERE / 'style.css').read_text(encoding='utf-8')}</style>"


def blocks(desk: Desk, *, examples: tuple[str, ...] = (), sample: bool = False) -> gr.Blocks:
    """The page."""
    do = Handlers(desk, examples=examples, sample=sample)
    with gr.Blocks(title="onrecord", analytics_enabled=False, fill_width=True) as page:
        top = shown(masthead(None), "masthead")
        with gr.Row(elem_id="frame"):
            listed = shown(conversation_list(()), "conversations")
            with gr.Column(elem_id="talk"):
                # It names no conversation: until the server has, the address keeps the one that was asked for.
                transcript = shown('<div class="turns"></div>', "transcript")
                shown(COMPOSER, "composer")
            with gr.Column(elem_id="side"):
                shown(SIDE_BAR, "side-bar")
                article = shown("", "article")
                with gr.Column(elem_id="library"):
                    if desk.writable:
                        shown(adding_form(), "adding")
                    added = shown("", "added")
                    shelf = shown("", "shelf")
        evaluations = shown("", "evaluations")
        settings = shown("", "settings")
        bus = gr.HTML("", elem_id="bus", js_on_load=(HERE / "page.js").read_text(encoding="utf-8"))

        # the page's own events: not part of the API, any number at a time (what is slow has a line of its own)
        own: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
        own["api_name"] = "page"  # numbered by Gradio; so that the names below stay free
        latest: dict[str, Any] = {**own, "trigger_mode": "always_last"}
        page.load(do.arrive, None, [top, listed, transcript, settings], **own)
        bus.ask(do.ask, None, [transcript, listed], **own)
        bus.stop(do.stop, None, None, queue=False, **own)
        bus.article(do.article, None, article, **latest)
        bus.open(do.open, None, [transcript, listed], **latest)
        bus.forget(do.forget, None, [transcript, listed], **own)
        bus.rename(do.rename, None, listed, **own)
        bus.find(do.find, None, listed, **latest)
        bus.feedback(do.feedback, None, transcript, **latest)
        bus.library(do.library, None, shelf, **latest)
        bus.take_in(do.add, None, [added, shelf, top], **own)
        bus.take_out(do.remove, None, [added, shelf, top], **own)
        bus.evaluations(do.evaluations, None, evaluations, **latest)

        # for programs
        gr.api(ask_endpoint(desk), api_name="ask", concurrency_limit=None)
        gr.api(search_endpoint(desk), api_name="search", concurrency_limit=None)
    return page


def shown(value: str, name: str) -> gr.HTML:
    """A place of the page whose HTML the server writes."""
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=None)
