"""What happens when a person asks, opens an article, or goes back to a conversation? Everything behind the page."""

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import LibraryNotFound, OnrecordError
from index.records import Filters, LibraryInfo
from rag.records import Answer, Citation, Claim, ClaimChecked, Finished, Searched, Span
from ui.web.article import Marks, article_page
from ui.web.conversations import Conversations, chat_file, now
from ui.web.intake import Intake
from ui.web.limits import ADDS_A_MINUTE, ASKS_A_MINUTE, ASKS_A_MINUTE_AN_ADDRESS, UPLOADS_A_MINUTE, RateLimit
from ui.web.records import AskSettings, Turn
from ui.web.render import searched_for, streamed, transcript, turn_html
from ui.web.shelf import PAGE, Shelf, shelf_page
from ui.web.streaming import Answering, Lane, Stopped

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from index.library import Library
    from rag.assistant import Assistant

LOG = logging.getLogger(__name__)
RUNS = Path("runs")  # where `onrecord eval` puts its runs
BROKEN = "Something broke while answering; the server's log says what. Ask again, or choose another model."
# The local reader keeps a core busy: as many at a time as a small machine has cores, the others wait their turn.
LOCAL_AT_A_TIME = 2
# A hosted model is waited for, not computed: a hundred people may wait for theirs, none of them holds up the others.
HOSTED_AT_A_TIME = 100


class Desk:
    """One library, its assistants and everybody's conversations about it."""

    def __init__(
        self,
        library: "Library",
        *,
        models: Sequence["str | BaseChatModel"] = (),
        conversations: Conversations | None = None,
        writable: bool = True,
        runs: Path = RUNS,
    ) -> None:
        """`models` can be chosen besides the local reader; `writable`: articles may be added and removed."""
        self.library = library
        self.conversations = conversations or Conversations(chat_file(str(library.path)))
        self.models = {_name(model): model for model in models}
        self.asks = RateLimit(ASKS_A_MINUTE, "questions")
        self.asks_from_address = RateLimit(ASKS_A_MINUTE_AN_ADDRESS, "questions from this address")
        self.adds = RateLimit(ADDS_A_MINUTE, "additions")
        self.uploads = RateLimit(UPLOADS_A_MINUTE, "uploads")
        self.writable = writable
        self.runs = runs
        self.intake = Intake(library)
        self._answering = Answering()
        self._local = Lane("local reader", LOCAL_AT_A_TIME)
        self._hosted = Lane("hosted model", HOSTED_AT_A_TIME)
        self._assistant = lru_cache(maxsize=64)(self._make_assistant)

    def _make_assistant(self, settings: AskSettings) -> "Assistant":
        from rag.assistant import Assistant

        model = self.models.get(settings.model)
        if settings.model and model is None:
            raise OnrecordError(f"The model {settings.model!r} is not one of this server's; choose another in Settings")
        return Assistant(self.library, model=model, passages=settings.passages, strict=settings.strict)

    def warm(self) -> None:
        """Load what the first question would wait for."""
        try:
            if self.info() is not None:
                self.answer("What happened?", filters=Filters(), settings=AskSettings())
        except Exception:  # warming is a favour: whatever fails here is met again, and told, by the first question
            LOG.exception("the local reader could not be loaded ahead of the first question")

    def close(self) -> None:
        """Let the library's files and the waiting uploads go."""
        self.intake.close()
        self.library.close()

    def assistant(self, settings: AskSettings) -> "Assistant":
        """The assistant for these settings, made once and kept."""
        return self._assistant(settings)

    def allow_question(self, owner: str, address: str) -> None:
        """Count a question. Raises TooMany."""
        self.asks_from_address.take(address)
        self.asks.take(owner)

    # asking ----------------------------------------------------------------------------------------------------

    def ask(
        self,
        owner: str,
        question: str,
        *,
        conversation_id: str = "",
        filters: Filters | None = None,
        settings: AskSettings | None = None,
        instead_of: str = "",
    ) -> Iterator[str]:
        """The transcript, again and again, as the answer is written; kept when it is done, stopped or failed.

        `instead_of` is the turn that is asked again or was edited; it is taken out when the new one is kept.
        """
        if not conversation_id or not self.conversations.owns(owner, conversation_id):
            conversation_id = self.conversations.start(owner, question)
        before = [one for one in self.conversations.turns(owner, conversation_id) if one.turn_id != instead_of]
        turn = Turn(
            turn_id=secrets.token_urlsafe(9),
            question=question,
            asked_at=now(),
            status="asking",
            filters=filters or Filters(),
            settings=settings or AskSettings(),
        )
        shown = "".join(turn_html(earlier, newest=False) for earlier in before)
        yield _page(conversation_id, shown + turn_html(turn))
        try:
            for partial in self._written(turn, [earlier.answer for earlier in before if earlier.answer]):
                if isinstance(partial, Answer):
                    turn = replace(turn, status="done", answer=partial)
                else:
                    yield _page(conversation_id, shown + turn_html(turn, partial=partial))
        except Stopped:
            turn = replace(turn, status="stopped")
        except OnrecordError as error:
            turn = replace(turn, status="failed", error=str(error))
        except Exception:  # a bug must not leave the page waiting: it goes to the log, and the person gets a sentence
            LOG.exception("could not answer %r", question[:200])
            turn = replace(turn, status="failed", error=BROKEN)
        if instead_of:
            self.conversations.drop_turn(owner, conversation_id, instead_of)
        self.conversations.save(owner, conversation_id, turn)
        yield _page(conversation_id, shown + turn_html(turn))

    def _written(self, turn: Turn, history: Sequence[Answer]) -> Iterator[str | Answer]:
        assistant = self.assistant(turn.settings)
        lane = self._hosted if turn.settings.model else self._local
        line, claims, citations = "", list[Claim](), list[Citation]()
        for event in self._answering.events(
            turn.turn_id,
            lambda: assistant.stream(turn.question, history=history, filters=turn.filters),
            lane=lane,
        ):
            if isinstance(event, Searched):
                line = searched_for(turn.question, event.searched_for, event.window)
                yield streamed(line, claims, citations, turn.turn_id)
            elif isinstance(event, ClaimChecked):
                claims.append(event.claim)
                known = {citation.marker for citation in citations}
                citations += [citation for citation in event.citations if citation.marker not in known]
                yield streamed(line, claims, citations, turn.turn_id)
            elif isinstance(event, Finished):
                yield event.answer

    def answer(self, question: str, *, filters: Filters, settings: AskSettings) -> Answer:
        """One answer for a program, in the same line as everybody's. Raises OnrecordError."""
        assistant = self.assistant(settings)
        name = secrets.token_urlsafe(9)
        lane = self._hosted if settings.model else self._local
        for event in self._answering.events(name, lambda: assistant.stream(question, filters=filters), lane=lane):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("a stream ends with Finished")

    def search(self, question: str, *, filters: Filters, passages: int) -> dict[str, Any]:
        """The passages that would be read, under the names that `ask --json` has for them. Raises OnrecordError."""
        found = self.assistant(AskSettings()).retrieve(question, filters=filters, k=passages)
        names = ("article_id", "version", "start", "end", "text", "title", "outlet", "url", "published", "score")
        return {"schema": 1, "question": question, "passages": [{n: getattr(one, n) for n in names} for one in found]}

    def stop(self, turn_id: str) -> None:
        """Stop an answer that is being written. Turn ids cannot be guessed, so whoever knows one may stop it."""
        self._answering.stop(turn_id)

    # reading ---------------------------------------------------------------------------------------------------

    def transcript(self, owner: str, conversation_id: str, *, empty: str = "") -> str:
        """A conversation as it stands. One that is being asked its first question has an address already."""
        known = conversation_id if self.conversations.owns(owner, conversation_id) else ""
        turns = self.conversations.turns(owner, known) if known else ()
        return transcript(turns, conversation_id=known, empty=empty)

    def article(
        self, article_id: str, *, version: int | None = None, quote: Span | None = None, spans: tuple[Span, ...] = ()
    ) -> str:
        """An article as a page, with what was cited marked. An error becomes a sentence in its place."""
        try:
            article = self.library.article(article_id, version=version)
        except OnrecordError as error:
            from ui.web.escape import text

            return f'<article class="paper"><p class="failure" role="alert">{text(str(error))}</p></article>'
        copies = [
            copy
            for copy in (self.library.articles(copy_group=article.copy_group) if article.copy_group else ())
            if copy.article_id != article_id
        ]
        return article_page(
            article, marks=Marks(quote=quote, spans=spans), newest=self._newest(article_id), copies=copies
        )

    def _newest(self, article_id: str) -> int | None:
        try:
            return self.library.article(article_id).version
        except OnrecordError:
            return None  # removed since: the cited version still opens

    # the library -----------------------------------------------------------------------------------------------

    def info(self) -> LibraryInfo | None:
        """Facts about the library; None before the first article."""
        try:
            return self.library.info()
        except LibraryNotFound:
            return None

    def shelf(self, filters: Filters, *, find: str = "", shown: int = PAGE) -> str:
        """The panel of what the library holds, narrowed."""
        info = self.info()
        everything = self.library.articles() if info is not None else []
        scope = self.library.articles(filters) if info is not None and filters != Filters() else everything
        if find.strip():
            wanted = find.casefold().split()
            scope = [one for one in scope if all(word in one.title.casefold() for word in wanted)]
        return shelf_page(
            Shelf(info=info, everything=everything, scope=scope, filters=filters, shown=shown, writable=self.writable)
        )

    def remove(self, article_id: str, *, purge: bool = False) -> None:
        """Take an article out; `purge` erases it, here also from every kept answer. Raises OnrecordError."""
        if not self.writable:
            raise OnrecordError("Articles cannot be removed here")
        self.library.remove(article_id, purge=purge)
        if purge:
            self.conversations.forget_article(article_id)


def _page(conversation_id: str, turns: str) -> str:
    from ui.web.escape import text

    return f'<div class="turns" data-conversation="{text(conversation_id)}">{turns}</div>'


def _name(model: "str | BaseChatModel") -> str:
    """What a model is called in the list: its own name where it is an object."""
    if isinstance(model, str):
        return model
    for attribute in ("model_name", "model"):
        named = getattr(model, attribute, None)
        if isinstance(named, str) and named:
            return named
    return type(model).__name__
