"""What can an assistant of somebody else's use? `ask` and `search` as MCP tools, at /mcp of the same server."""

from typing import TYPE_CHECKING, Any

from index.errors import OnrecordError
from rag.document import to_json
from ui.web.records import AskSettings

if TYPE_CHECKING:
    from mcp.server.fastmcp import FastMCP

    from ui.web.desk import Desk

SAID = (
    "Answers from a library of news articles. `ask` gives a short answer in which every statement has a verbatim quote "
    "with its article, outlet and date, or says that the articles do not say. `search` gives the nearest passages."
)


def mcp_server(desk: "Desk") -> "FastMCP":
    """The server, to be mounted: the gate in front of it checks hosts and passwords.

    Raises OnrecordError where the package is not installed.
    """
    try:
        from mcp.server.fastmcp import FastMCP
        from mcp.server.transport_security import TransportSecuritySettings
    except ImportError as error:
        raise OnrecordError("--mcp needs the package mcp: pip install 'onrecord[mcp]'") from error
    from ui.web.programs import filters_of

    server = FastMCP(
        "onrecord",
        instructions=SAID,
        stateless_http=True,
        json_response=True,
        streamable_http_path="/mcp",
        log_level="WARNING",
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # ui/web/doors.py does it
    )

    @server.tool(structured_output=False)
    async def ask(
        question: str, outlets: list[str] | None = None, after: str | None = None, before: str | None = None
    ) -> dict[str, Any]:
        """Answer one question from the articles. Every statement comes with its citations: quote, title, outlet, date.

        `after` (inclusive) and `before` (exclusive) are ISO dates; `outlets` are names as in the citations.
        """
        from anyio.to_thread import run_sync

        filters = filters_of(outlets, after, before)
        return await run_sync(lambda: to_json(desk.answer(question, filters=filters, settings=AskSettings())))

    @server.tool(structured_output=False)
    async def search(
        question: str, outlets: list[str] | None = None, after: str | None = None, before: str | None = None
    ) -> dict[str, Any]:
        """Find the passages of the articles nearest to a question, best first."""
        from anyio.to_thread import run_sync

        filters = filters_of(outlets, after, before)
        return await run_sync(lambda: desk.search(question, filters=filters, passages=AskSettings().passages))

    return server
