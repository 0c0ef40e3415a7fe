"""What is served beside the page? Downloads of one's own conversations and feedback, and the way in for uploads."""

import json
import re
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from index.errors import OnrecordError
from ui.web.evaluations import REPORT, RUN_NAME
from ui.web.exports import as_json, as_markdown
from ui.web.feedback import suite_lines
from ui.web.intake import LARGEST_UPLOAD

if TYPE_CHECKING:
    from ui.web.desk import Desk


def extra_routes(desk: "Desk") -> APIRouter:
    """The routes under /onrecord, behind the same gate as the page."""
    routes = APIRouter(prefix="/onrecord")

    @routes.get("/conversation/{name}.{kind}")
    def conversation(name: str, kind: str, request: Request) -> Response:
        owner = owner_of(request)
        turns, title = desk.conversations.turns(owner, name), desk.conversations.title(owner, name)
        if not title or kind not in ("md", "json"):
            return plain(404, "There is no such conversation of yours.")
        if kind == "md":
            return attachment(as_markdown(title, turns), f"{file_name(title)}.md", "text/markdown")
        whole = json.dumps(as_json(title, turns), ensure_ascii=False, indent=2)
        return attachment(whole, f"{file_name(title)}.json", "application/json")

    @routes.get("/feedback.jsonl")
    def feedback(request: Request) -> Response:
        lines = suite_lines(desk.conversations.with_feedback(owner_of(request)))
        return attachment("".join(f"{line}\n" for line in lines), "feedback.jsonl", "application/x-ndjson")

    @routes.get("/report/{run}")
    def report(run: str) -> Response:
        file = desk.runs / run / REPORT
        if not RUN_NAME.fullmatch(run) or not file.is_file():
            return plain(404, "There is no report of such a run.")
        # the report quotes articles: it runs its own script in a sandbox, cut off from this page and from every host
        policy = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
        policy += "img-src data:; frame-ancestors 'self'"
        return Response(file.read_bytes(), media_type="text/html", headers={"content-security-policy": policy})

    @routes.post("/upload")
    async def upload(request: Request) -> Response:
        if not desk.writable:
            return plain(403, "Articles cannot be added here.")
        try:
            desk.uploads.take(owner_of(request))
            file = desk.intake.room_for(request.query_params.get("name", ""))
        except OnrecordError as error:
            return plain(422, str(error))
        size = 0
        with file.open("wb") as output:
            async for block in request.stream():
                size += len(block)
                if size > LARGEST_UPLOAD:
                    break
                output.write(block)
        if size > LARGEST_UPLOAD:
            desk.intake.discard(file)
            return plain(413, f"{file.name} is larger than {LARGEST_UPLOAD >> 20} MB: add it with onrecord add")
        return plain(200, desk.intake.keep(file))

    return routes


def owner_of(request: Request) -> str:
    """Whom the gate let in."""
    return str(request.scope.get("onrecord_owner", ""))


def plain(status: int, said: str) -> Response:
    """A line of text."""
    return Response(said, status_code=status, media_type="text/plain")


def attachment(content: str, name: str, kind: str) -> Response:
    """A file to keep, never a page to show."""
    return Response(
        content.encode(), media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def file_name(title: str) -> str:
    """A title as a file name on any system."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "conversation"
