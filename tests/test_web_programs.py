"""Can programs ask the running server? The named endpoint by gradio_client, and the MCP tools by an MCP client."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from index.library import Library
from tests.browser.conftest import serving

STEPS = "How many steps lead up to the lamp of Gannet Stack?"


@pytest.fixture(scope="module")
def server(newsroom: Library) -> Iterator[str]:
    with serving(newsroom.path, mcp=True) as address:
        yield address


def told(result: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.content[0].text)
    return found


def test_the_endpoint_gives_the_object_that_ask_prints(server: str, tmp_path: Path) -> None:
    from gradio_client import Client

    client = Client(server, verbose=False, download_files=str(tmp_path))
    told = client.predict(STEPS, api_name="/ask")
    assert told["schema"] == 1
    assert told["abstained"] is False
    assert told["citations"][0]["marker"] == 1
    assert told["library_revision"] > 0
    later = client.predict("How cold was the water?", after="2025-05-10", api_name="/ask")
    assert all(passage["published"] >= "2025-05-10" for passage in later["passages"])
    found = client.predict("Lady Aldry", passages=3, api_name="/search")
    assert len(found["passages"]) == 3
    client.close()


def test_an_empty_question_is_an_error_with_its_sentence(server: str, tmp_path: Path) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(server, verbose=False, download_files=str(tmp_path))
    with pytest.raises(AppError, match="The question is empty"):
        client.predict(" ", api_name="/ask")
    client.close()


def test_an_mcp_client_finds_and_calls_ask_and_search(server: str) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def talk() -> tuple[list[str], dict[str, Any], dict[str, Any]]:
        async with (
            streamable_http_client(f"{server}/mcp") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            asked = await session.call_tool("ask", {"question": STEPS})
            found = await session.call_tool("search", {"question": "Lady Aldry", "before": "2025-04-07"})
            return tools, told(asked), told(found)

    # in a thread of its own: a browser test may have an event loop in this one
    with ThreadPoolExecutor() as thread:
        tools, asked, found = thread.submit(asyncio.run, talk()).result()
    assert sorted(tools) == ["ask", "search"]
    assert asked["citations"][0]["quote"] in json.dumps(asked, ensure_ascii=False)
    assert found["passages"]
    assert all(passage["published"] < "2025-04-07" for passage in found["passages"])
