"""What does each event of the page do? One method for each, from the event's data to the HTML that changes."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from index.errors import OnrecordError
from index.records import Filters
from rag.records import Span
from ui.web.desk import Desk
from ui.web.evaluations import evaluations_page
from ui.web.fields import Fields
from ui.web.parts import conversation_list, masthead, welcome
from ui.web.records import VERDICTS, Feedback
from ui.web.render import problem
from ui.web.settings import settings_page
from ui.web.shelf import PAGE

LONGEST_NOTE = 2_000  # characters of feedback that are kept
MOST_LISTED = 2_000  # articles that "show more" goes up to; beyond it, narrow


def owner_of(request: gr.Request) -> str:
    """Whom the gate let in; nobody where no server is around."""
    return str(request.request.scope.get("onrecord_owner", "")) if request.request else ""


def user_of(request: gr.Request) -> str:
    """The signed-in user, empty where nobody signs in."""
    return str(request.request.scope.get("onrecord_user", "")) if request.request else ""


def address_of(request: gr.Request) -> str:
    """Where a call comes from."""
    return str(request.client.host) if request.request and request.request.client else "unknown"


class Handlers:
    """The events of one page over one desk. The data of an event comes from a browser and is checked in `Fields`."""

    def __init__(self, desk: Desk, *, examples: tuple[str, ...] = (), sample: bool = False) -> None:
        self._desk = desk
        self._examples = examples
        self._sample = sample

    def arrive(self, request: gr.Request) -> tuple[str, str, str, str]:
        """A page was opened: show whose it is, and the conversation that its address names."""
        owner, user = owner_of(request), user_of(request)
        wanted = str(dict(request.query_params).get("c", ""))
        current = wanted if wanted and self._desk.conversations.owns(owner, wanted) else ""
        return (
            self._top(user),
            self._listed(owner, current),
            self._transcript(owner, current),
            settings_page(list(self._desk.models), user=user),
        )

    def ask(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        """Answer, showing the transcript as it grows."""
        said, owner = Fields(event._data), owner_of(request)
        conversation = said.text("conversation")
        try:
            self._desk.allow_question(owner, address_of(request))
            filters = said.inner("filters").filters()
        except OnrecordError as error:
            yield self._transcript(owner, conversation) + problem(str(error)), gr.skip()
            return
        turns = ""
        for turns in self._desk.ask(
            owner,
            said.text("question"),
            conversation_id=conversation,
            filters=filters,
            settings=said.inner("settings").settings(),
            instead_of=said.text("instead_of"),
        ):
            yield turns, gr.skip()
        yield turns, self._listed(owner, conversation)

    def stop(self, event: gr.EventData) -> None:
        """Stop an answer that is being written."""
        self._desk.stop(Fields(event._data).text("turn"))

    def article(self, event: gr.EventData) -> str:
        """Open an article, marked where it was cited."""
        said = Fields(event._data)
        start, end = said.number("start"), said.number("end")
        quote = Span(start, end) if start is not None and end is not None else None
        return self._desk.article(
            said.text("article"), version=said.number("version"), quote=quote, spans=said.spans("spans")
        )

    def open(self, event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        """Go to another conversation, or to a new one."""
        owner, wanted = owner_of(request), Fields(event._data).text("conversation")
        return self._transcript(owner, wanted), self._listed(owner, wanted)

    def forget(self, event: gr.EventData, request: gr.Request) -> tuple[Any, str]:
        """Delete a conversation; the page goes to a new one when it was the open one."""
        said, owner = Fields(event._data), owner_of(request)
        gone, current = said.text("conversation"), said.text("current")
        self._desk.conversations.delete(owner, gone)
        if gone == current:
            return self._transcript(owner, ""), self._listed(owner, "")
        return gr.skip(), self._listed(owner, current)

    def rename(self, event: gr.EventData, request: gr.Request) -> str:
        """Give a conversation another name."""
        said, owner = Fields(event._data), owner_of(request)
        self._desk.conversations.rename(owner, said.text("conversation"), said.text("title"))
        return self._listed(owner, said.text("current"))

    def find(self, event: gr.EventData, request: gr.Request) -> str:
        """List the conversations that contain some words."""
        said, owner = Fields(event._data), owner_of(request)
        found = self._desk.conversations.listed(owner, containing=said.text("words"))
        return conversation_list(found, said.text("current"))

    def feedback(self, event: gr.EventData, request: gr.Request) -> Any:
        """Keep what was said of an answer."""
        said, owner = Fields(event._data), owner_of(request)
        if said.text("verdict") not in VERDICTS:
            return gr.skip()
        given = Feedback(
            verdict=said.text("verdict"),
            note=said.text("note")[:LONGEST_NOTE],
            correct=said.text("correct")[:LONGEST_NOTE].strip(),
        )
        self._desk.conversations.give_feedback(owner, said.text("conversation"), said.text("turn"), given)
        return self._transcript(owner, said.text("conversation"))

    def library(self, event: gr.EventData) -> str:
        """Show what the library holds under the filters."""
        return self._shelf(Fields(event._data))

    def add(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, Any, Any]]:
        """Add uploads and addresses, showing how far it is."""
        said, owner = Fields(event._data), owner_of(request)
        try:
            if not self._desk.writable:
                raise OnrecordError("Articles cannot be added here")
            self._desk.adds.take(owner)
        except OnrecordError as error:
            yield problem(str(error)), gr.skip(), gr.skip()
            return
        for progress in self._desk.intake.add(said.texts("uploads"), said.texts("addresses")):
            yield progress, gr.skip(), gr.skip()
        yield gr.skip(), self._shelf(said), self._top(user_of(request))

    def remove(self, event: gr.EventData, request: gr.Request) -> tuple[str, str, str]:
        """Take an article out of the library."""
        said = Fields(event._data)
        told = ""
        try:
            self._desk.remove(said.text("article"), purge=said.flag("purge"))
        except OnrecordError as error:
            told = problem(str(error))
        return told, self._shelf(said), self._top(user_of(request))

    def evaluations(self, event: gr.EventData) -> str:
        """Show the runs, and two of them side by side when two are chosen."""
        said = Fields(event._data)
        return evaluations_page(self._desk.runs, first=said.text("first"), second=said.text("second"))

    # parts of the page -----------------------------------------------------------------------------------------

    def _top(self, user: str) -> str:
        return masthead(self._desk.info(), user=user, sample=self._sample)

    def _listed(self, owner: str, current: str) -> str:
        return conversation_list(self._desk.conversations.listed(owner), current)

    def _transcript(self, owner: str, conversation: str) -> str:
        empty = welcome(self._desk.info(), self._examples, sample=self._sample)
        return self._desk.transcript(owner, conversation, empty=empty)

    def _shelf(self, said: Fields) -> str:
        try:
            filters = said.filters()
        except OnrecordError as error:
            return problem(str(error)) + self._desk.shelf(Filters())
        shown = min(max(said.number("shown") or PAGE, PAGE), MOST_LISTED)
        return self._desk.shelf(filters, find=said.text("find")[:200], shown=shown)
