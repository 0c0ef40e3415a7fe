"""Who gets in, and as whom? One gate in front of everything the server answers: pages, API, uploads and MCP.

It checks the host name (a page of another site cannot reach a loopback server by a name that points to it), signs
people in where there is an auth file, gives each browser a name of its own where there is none, and sets the headers
that keep the page from loading anything from elsewhere.
"""

import hashlib
import hmac
import secrets
import time
from base64 import b64decode
from binascii import Error as Base64Error
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs

from ui.web.limits import SIGN_INS_A_MINUTE, RateLimit, TooMany
from ui.web.passwords import AuthFile
from ui.web.signin import signin_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BROWSER_COOKIE = "onrecord_browser"
SESSION_COOKIE = "onrecord_session"
KEPT_SECONDS = 365 * 24 * 3600  # conversations of a browser are found again for a year
SESSION_SECONDS = 14 * 24 * 3600  # a fortnight, then the password is asked for again
BASIC_SECONDS = 300  # a program's password that was right is not checked again at each of its calls
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LONGEST_FORM = 10_000  # bytes of a sign-in form
LARGEST_CALL = 8 * 2**20  # bytes of an event: a paste of a megabyte arrives, to be refused with a sentence
UPLOAD = "/onrecord/upload"  # counts its own bytes
# Gradio's own ways for files and for other hosts: the page needs none of them, so nobody gets them.
CLOSED = ("/gradio_api/upload", "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/stream", "/file", "/proxy")
# Gradio's page runs inline scripts and compiles its HTML templates, so these stay allowed; no other host is.
POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self' data:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class Doors:
    """An ASGI application around another one."""

    def __init__(
        self,
        inner: "ASGIApp",
        *,
        secret: str,
        users: AuthFile | None,
        loopback: bool,
        sign_ins: RateLimit | None = None,
    ) -> None:
        self._inner = inner
        self._secret = secret.encode()
        self._users = users
        self._loopback = loopback
        self._sign_ins = sign_ins or RateLimit(SIGN_INS_A_MINUTE, "sign-ins")
        self._checked: dict[str, tuple[str, float]] = {}  # by user: what was right last, and until when that counts

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._inner(scope, receive, send)
            return  # no websockets are served
        if self._loopback and _host(scope) not in LOOPBACK:
            await _plain(send, 421, b"This server answers only to its own name: open http://127.0.0.1\n")
            return
        if scope["method"] != "GET" and not _same_site(scope):
            await _plain(send, 403, b"This came from a page of another site.\n")
            return
        if scope["path"].startswith(CLOSED):
            await _plain(send, 404, b"Not served here.\n")
            return
        if _too_large(scope):
            await _plain(send, 413, b"This is larger than anything the page sends.\n")
            return
        if scope["path"] == "/login" and self._users is not None:
            await self._sign_in(scope, receive, send)
        elif scope["path"] == "/logout":
            await _redirect(send, "/", _cookie(SESSION_COOKIE, "", 0))
        elif self._users is not None:
            await self._for_user(scope, receive, send)
        else:
            await self._for_browser(scope, receive, send)

    async def _for_user(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        try:
            user = self._signed_in(_cookies(scope).get(SESSION_COOKIE, "")) or self._basic(scope)
        except TooMany as error:
            await _plain(send, 429, f"{error}\n".encode())
            return
        if user is not None:
            scope["onrecord_user"] = user
            scope["onrecord_owner"] = f"user:{user}"
            await self._inner(scope, receive, _with_headers(send))
        elif scope["method"] == "GET" and b"text/html" in _header(scope, b"accept"):
            await _html(send, 401, signin_page())
        else:
            await _plain(send, 401, b"Sign in first.\n")

    async def _for_browser(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        token = _cookies(scope).get(BROWSER_COOKIE, "")
        cookie = None
        if len(token) < 32:
            token = secrets.token_urlsafe(32)
            cookie = _cookie(BROWSER_COOKIE, token, KEPT_SECONDS)
        # the file of conversations keeps only a hash: whoever reads it cannot become that browser
        scope["onrecord_owner"] = "browser:" + hashlib.sha256(token.encode()).hexdigest()[:32]
        await self._inner(scope, receive, _with_headers(send, cookie))

    async def _sign_in(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        assert self._users is not None
        if scope["method"] != "POST":
            await _html(send, 200, signin_page())
            return
        form = parse_qs((await _body(receive, LONGEST_FORM)).decode("utf-8", "replace"))
        user, password = form.get("username", [""])[0], form.get("password", [""])[0]
        try:
            self._sign_ins.take(_address(scope))
        except TooMany as error:
            await _html(send, 429, signin_page(str(error)))
            return
        if not await _in_thread(self._users, user, password):
            await _html(send, 401, signin_page("That name and password do not match."))
            return
        cookie = _cookie(SESSION_COOKIE, self._session(user), SESSION_SECONDS)
        if b"text/html" in _header(scope, b"accept"):
            await _redirect(send, "/", cookie)
        else:
            await _plain(send, 200, b'{"success": true}', cookie, kind=b"application/json")

    def _session(self, user: str) -> str:
        until = int(time.time()) + SESSION_SECONDS
        return f"{user.encode().hex()}.{until}.{self._signature(user, until)}"

    def _signature(self, user: str, until: int) -> str:
        assert self._users is not None
        said = f"{user}\n{until}\n{self._users.fingerprint(user)}".encode()
        return hmac.new(self._secret, said, hashlib.sha256).hexdigest()

    def _signed_in(self, session: str) -> str | None:
        """The user of a session that we signed and that has not run out."""
        assert self._users is not None
        name, _, rest = session.partition(".")
        until, _, signature = rest.partition(".")
        try:
            user, moment = bytes.fromhex(name).decode(), int(until)
        except (ValueError, UnicodeDecodeError):
            return None
        valid = hmac.compare_digest(signature, self._signature(user, moment))
        return user if valid and moment > time.time() and self._users.knows(user) else None

    def _basic(self, scope: "Scope") -> str | None:
        """The user of an HTTP Basic header: how programs and MCP clients sign in. Raises TooMany."""
        assert self._users is not None
        kind, _, value = _header(scope, b"authorization").decode("latin-1").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            user, _, password = b64decode(value).decode().partition(":")
        except (Base64Error, ValueError):
            return None
        # a program sends its password with every call: one that was right lately is not counted as a sign-in
        said = f"{user}\n{password}\n{self._users.fingerprint(user)}".encode()
        proof = hmac.new(self._secret, said, hashlib.sha256).hexdigest()
        known, until = self._checked.get(user, ("", 0.0))
        if hmac.compare_digest(known, proof) and until > time.monotonic() and self._users.knows(user):
            return user
        self._sign_ins.take(_address(scope) + user)
        if not self._users.check(user, password):
            return None
        self._checked[user] = (proof, time.monotonic() + BASIC_SECONDS)
        return user


async def _in_thread(users: AuthFile, user: str, password: str) -> bool:
    """Check a password without holding up the others: Argon2 takes its time on purpose."""
    from anyio.to_thread import run_sync

    return await run_sync(users.check, user, password)


def _host(scope: "Scope") -> str:
    host = _header(scope, b"host").decode("latin-1")
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _same_site(scope: "Scope") -> bool:
    """The call comes from our own page, or from a program: only browsers send an origin."""
    origin = _header(scope, b"origin")
    return not origin or origin.partition(b"://")[2] == _header(scope, b"host")


def _too_large(scope: "Scope") -> bool:
    """The call says that its body is too large, or does not say how large it is."""
    if scope["method"] in ("GET", "HEAD", "OPTIONS", "DELETE") or scope["path"] == UPLOAD:
        return False
    said = _header(scope, b"content-length")
    return int(said) > LARGEST_CALL if said.isdigit() else bool(_header(scope, b"transfer-encoding"))


def _header(scope: "Scope", name: bytes) -> bytes:
    headers = cast("list[tuple[bytes, bytes]]", scope["headers"])
    value: bytes = dict(headers).get(name, b"")
    return value


def _address(scope: "Scope") -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def _cookies(scope: "Scope") -> dict[str, str]:
    jar = SimpleCookie()
    try:
        jar.load(_header(scope, b"cookie").decode("latin-1"))
    except CookieError:
        return {}  # a cookie of another application that the parser refuses is not ours
    return {name: morsel.value for name, morsel in jar.items()}


def _cookie(name: str, value: str, seconds: int) -> bytes:
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax".encode()


def _with_headers(send: "Send", cookie: bytes | None = None) -> "Send":
    async def sending(message: "Message") -> None:
        if message["type"] == "http.response.start":
            known = {key.lower() for key, _ in message.get("headers", ())}
            extra = [pair for pair in HEADERS if pair[0] not in known]
            if cookie is not None:
                extra.append((b"set-cookie", cookie))
            message = {**message, "headers": [*message.get("headers", ()), *extra]}
        await send(message)

    return sending


async def _body(receive: "Receive", most: int) -> bytes:
    body = b""
    while len(body) <= most:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body
    return b""


async def _plain(
    send: "Send", status: int, body: bytes, cookie: bytes | None = None, *, kind: bytes = b"text/plain; charset=utf-8"
) -> None:
    headers = [(b"content-type", kind), *HEADERS]
    if cookie is not None:
        headers.append((b"set-cookie", cookie))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _html(send: "Send", status: int, page: str) -> None:
    await _plain(send, status, page.encode(), kind=b"text/html; charset=utf-8")


async def _redirect(send: "Send", to: str, cookie: bytes) -> None:
    headers = [(b"location", to.encode()), (b"set-cookie", cookie), *HEADERS]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
