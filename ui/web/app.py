"""How does the chat become a web server? `build` joins the page, the gate and the downloads; `serve` runs them."""

import os
import socket
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import OnrecordError
from ui.web.desk import Desk
from ui.web.doors import LOOPBACK, Doors
from ui.web.passwords import AuthFile
from ui.web.tools import mcp_server

if TYPE_CHECKING:
    from fastapi import FastAPI
    from langchain_core.language_models import BaseChatModel
    from starlette.types import ASGIApp

MODELS = "ONRECORD_MODELS"  # chat models that Settings offers, by name, with commas between
PORT = 7860  # Gradio's own, which people know


def serve(
    library_path: str,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    model: "str | BaseChatModel | None" = None,
    auth_file: str | Path | None = None,
    open_to_all: bool = False,
    mcp: bool = False,
    sample: bool = False,
) -> None:
    """Serve the chat until it is interrupted.

    Anything but loopback needs `auth_file` or `open_to_all`. `sample` says that the library is the sample newsroom, and
    offers questions about it. Raises OnrecordError for a door that would stand open by mistake, or a port in use.
    """
    import uvicorn

    door = listening(host, port)

    application = build(
        library_path,
        host=host,
        port=port,
        model=model,
        auth_file=auth_file,
        open_to_all=open_to_all,
        mcp=mcp,
        sample=sample,
    )
    shown = f"[{host}]" if ":" in host else host
    # Who reads the line and comes at once is let wait, not refused.
    door.listen()
    print(f"onrecord is at http://{shown}:{door.getsockname()[1]} (Ctrl C stops it)", flush=True)
    settings = uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=2)
    uvicorn.Server(settings).run(sockets=[door])


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises OnrecordError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise OnrecordError(f"{host}:{port} cannot be served ({error.strerror}): choose another with --port") from error
    except OverflowError as error:
        door.close()
        raise OnrecordError(f"{port} is no port: choose one from 1 to 65535 with --port") from error
    return door


def build(
    library_path: str,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    model: "str | BaseChatModel | None" = None,
    models: Sequence["str | BaseChatModel"] = (),
    auth_file: str | Path | None = None,
    open_to_all: bool = False,
    mcp: bool = False,
    sample: bool = False,
) -> "ASGIApp":
    """The whole application, ready for any ASGI server."""
    # read when gradio is imported: no call home, no history in the browser, no page rendered by a second process
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    os.environ["GRADIO_SSR_MODE"] = "False"
    from index.library import Library

    check_door(host, auth_file=auth_file, open_to_all=open_to_all)
    users = AuthFile(auth_file) if auth_file else None
    library = Library.open(library_path)
    # where anybody may come in, nobody may change what the library holds
    writable = users is not None or host in LOOPBACK
    named = [name.strip() for name in os.environ.get(MODELS, "").split(",") if name.strip()]
    offered = [*([model] if model is not None else []), *models, *named]
    desk = Desk(library, models=offered, writable=writable)
    inner = application(desk, host=host, port=port, sample=sample, mcp=mcp)
    return Doors(inner, secret=desk.conversations.secret("session"), users=users, loopback=host in LOOPBACK)


def check_door(host: str, *, auth_file: str | Path | None, open_to_all: bool) -> None:
    """Refuse to serve others by mistake."""
    if host not in LOOPBACK and auth_file is None and not open_to_all:
        raise OnrecordError(
            f"{host} can be reached by others: name who may sign in with --auth FILE, or say --open to let everybody in"
        )


def application(desk: Desk, *, host: str, port: int, sample: bool, mcp: bool) -> "FastAPI":
    """The page at `/` with everything beside it, not yet behind the gate."""
    import gradio as gr
    from fastapi import FastAPI

    from ui.web.intake import LARGEST_UPLOAD
    from ui.web.routes import extra_routes
    from ui.web.wiring import blocks, head, theme

    page = blocks(desk, examples=sample_questions() if sample else (), sample=sample)
    page.queue(default_concurrency_limit=None)
    page.max_threads = 128  # threads that wait for answers, most of them for a hosted model; 40 by default
    tools = mcp_server(desk) if mcp else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=desk.warm, name="warm up", daemon=True).start()
        async with tools.session_manager.run() if tools is not None else nullcontext():
            yield
        desk.close()

    api = FastAPI(title="onrecord", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    api.include_router(extra_routes(desk))
    if tools is not None:
        api.router.routes.extend(tools.streamable_http_app().routes)
    gr.mount_gradio_app(
        api,
        page,
        path="/",
        server_name=host,
        server_port=port,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=LARGEST_UPLOAD,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
        head=head(),
        favicon_path=str(Path(__file__).parent / "favicon.svg"),
    )
    return api


def sample_questions() -> tuple[str, ...]:
    """What shows what the sample newsroom is good for: a fact, a conflict, a time, and a question without answer."""
    return (
        "How many steps lead up to the lamp of Gannet Stack?",
        "How many people were injured in the Ostrey cannery fire?",
        "What share did National Union have in the last poll before the vote?",
        "How old is Aurel Dankworth?",
    )
