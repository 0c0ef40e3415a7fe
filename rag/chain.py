"""The assistant as a LangChain Runnable: invoke, stream, batch and their async forms, callbacks and tracing."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableLambda

from index.records import Filters
from rag.records import Answer, Event

if TYPE_CHECKING:
    from rag.assistant import Assistant


def runnable(assistant: "Assistant") -> "Runnable[Any, Answer]":
    """Question in (a string, or a mapping with `question`, `history` and `filters`), Answer out. `filters` may be given
    as JSON has them: a list of outlets or one by itself; `history` may be null.

    A chain of named steps, so that tracing shows them. `.stream` gives the answer as one chunk; `events` gives the
    claims as they are checked.
    """
    understand = RunnableLambda(_inputs).with_config(run_name="question")

    def respond(given: dict[str, Any]) -> Answer:
        return assistant.ask(given["question"], history=given["history"], filters=given["filters"])

    answer = RunnableLambda(respond).with_config(run_name="answer")
    return (understand | answer).with_config(run_name="onrecord")


def events(assistant: "Assistant") -> "Runnable[Any, Event]":
    """The same question in; Searched, ClaimChecked and Finished events out, one a chunk of `.stream` and `.astream`.
    `.invoke` and `.batch` give the last one, Finished.
    """

    def generate(question: Any) -> Iterator[Event]:
        yield from assistant.stream(**_inputs(question))

    async def generate_async(question: Any) -> AsyncIterator[Event]:
        told = generate(question)
        while (event := await asyncio.to_thread(next, told, None)) is not None:
            yield event

    # Of a generator's items a RunnableLambda gives the last, where they cannot be added.
    return RunnableLambda(generate, generate_async).with_config(run_name="onrecord events")


def _inputs(given: "str | Mapping[str, Any]") -> dict[str, Any]:
    if isinstance(given, str):
        return {"question": given, "history": (), "filters": None}
    filters = given.get("filters")
    return {
        "question": given["question"],
        "history": tuple(given.get("history") or ()),
        "filters": _filters(filters) if isinstance(filters, Mapping) else filters,
    }


def _filters(given: Mapping[str, Any]) -> Filters:
    """A list is a tuple, a plain string one outlet or article, null none."""
    several = {name: given.get(name) or () for name in ("outlets", "article_ids")}
    tuples = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in several.items()}
    return Filters(**{**given, **tuples})
