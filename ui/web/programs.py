"""What can a program ask over HTTP? `/ask` and `/search` of the Gradio API, with the documented JSON."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from index.errors import OnrecordError
from index.records import Filters
from rag.document import to_json
from ui.web.desk import Desk
from ui.web.fields import MOST_PASSAGES, iso_date
from ui.web.records import AskSettings

Endpoint = Callable[..., dict[str, Any]]
MOST_FOUND = 50  # as many as the library ranks for one question


def ask_endpoint(desk: Desk) -> Endpoint:
    """`/ask`: one question, one answer as `onrecord ask --json` prints it."""

    def ask(
        question: str,
        outlets: list[str] | None = None,
        after: str | None = None,
        before: str | None = None,
        model: str | None = None,
        passages: int | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Answer one question from the library's articles, each statement with the verbatim quote it rests on.

        `after` (inclusive) and `before` (exclusive) are ISO dates. What the articles do not say is not answered:
        `abstained` is then true.
        """
        try:
            allow(desk, request)
            settings = AskSettings(
                model=model or "", passages=min(max(passages or AskSettings().passages, 1), MOST_PASSAGES)
            )
            return to_json(desk.answer(question, filters=filters_of(outlets, after, before), settings=settings))
        except OnrecordError as error:
            raise gr.Error(str(error)) from error

    return ask


def search_endpoint(desk: Desk) -> Endpoint:
    """`/search`: the passages that would be read for a question."""

    def search(
        question: str,
        outlets: list[str] | None = None,
        after: str | None = None,
        before: str | None = None,
        passages: int | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Find the passages of the library's articles nearest to a question, best first, without answering it."""
        try:
            allow(desk, request)
            return desk.search(
                question,
                filters=filters_of(outlets, after, before),
                passages=min(max(passages or AskSettings().passages, 1), MOST_FOUND),
            )
        except OnrecordError as error:
            raise gr.Error(str(error)) from error

    return search


def allow(desk: Desk, request: gr.Request | None) -> None:
    """Count the call. Raises TooMany."""
    address = str(request.client.host) if request is not None and request.request and request.client else "unknown"
    desk.asks_from_address.take(address)


def filters_of(outlets: list[str] | None, after: str | None, before: str | None) -> Filters:
    """Filters from what a program gave. Raises QuestionError for a date that is none."""
    return Filters(outlets=tuple(outlets or ()), after=iso_date(after or ""), before=iso_date(before or ""))
