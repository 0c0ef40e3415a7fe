"""What is at this web address, fetched with care: nothing private, nothing endless, only what robots.txt allows?"""

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from index.errors import ReadError, SourceError
from index.reading.fields import MAX_BYTES
from index.reading.robots import MAX_BYTES as ROBOTS_BYTES
from index.reading.robots import allows

AGENT = "onrecord"
_USER_AGENT = f"{AGENT}/0.1 (reads single articles for a person's own library)"
# Seconds: a live site answers within a few; a whole answer of 20 MB over a slow line takes about a minute.
_CONNECT, _READ, _WHOLE = 10.0, 20.0, 90.0
# Browsers stop at 20; news sites need three at most (http to https, bare domain to www, old address to new).
_REDIRECTS = 5

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from after redirects, its bytes, its type and the encoding that it declares."""

    url: str
    data: bytes
    content_type: str
    charset: str | None


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses that a name resolves to."""
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an address belongs to the public network: not loopback, private, link-local, shared or reserved."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        # Addresses that carry an IPv4 address inside lead to that one.
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def check_address(url: str, *, allow_private: bool) -> str:
    """The address, cleaned. Raises SourceError for what is never fetched: other schemes, no host, private addresses."""
    shown = url if len(url) <= 200 else url[:200] + "..."
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise SourceError(f"{shown} is not a web address") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise SourceError(f"{shown} is not fetched: only http and https addresses are; give a file by its path")
    if not host:
        raise SourceError(f"{shown} has no host name")
    if parts.username or parts.password:
        raise SourceError(f"{parts.scheme}://{host} is given with a password: such an address is not fetched")
    if not allow_private and (host == "localhost" or host.endswith(".localhost") or _is_private_literal(host)):
        raise SourceError(f"{shown} is an address of a private network: allow it with --allow-private")
    return parts._replace(fragment="").geturl()


def _is_private_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_public(host)


class _GuardedTransport(httpx.BaseTransport):
    """Resolves each host itself, refuses private addresses, and connects to the very address that it checked.

    Every redirect passes here again. Connecting by name would resolve a second time, and a hostile name server could
    then answer differently (DNS rebinding).
    """

    def __init__(self, inner: httpx.BaseTransport, resolve: Resolve, allow_private: bool) -> None:
        self._inner = inner
        self._resolve = resolve
        self._allow_private = allow_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        check_address(str(request.url), allow_private=self._allow_private)
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError):
            addresses = []
        if not addresses:
            raise ReadError(f"{request.url}: the name {host} cannot be resolved")
        if not self._allow_private and not all(map(is_public, addresses)):
            raise ReadError(f"{request.url}: {host} is on a private network: allow it with --allow-private")
        request.headers["Host"] = request.url.netloc.decode("ascii")
        request.extensions = {**request.extensions, "sni_hostname": host}
        failure: httpx.TransportError | None = None
        for address in addresses[:4]:
            request.url = request.url.copy_with(host=address)
            try:
                return self._inner.handle_request(request)
            except httpx.ConnectError as error:
                failure = error
        assert failure is not None
        raise failure

    def close(self) -> None:
        self._inner.close()


class Fetcher:
    """Fetches addresses one after another and remembers each site's robots.txt."""

    def __init__(
        self,
        *,
        allow_private: bool,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolve = addresses_of,
        limit: int = MAX_BYTES,
    ) -> None:
        # No connection is kept: they are told apart by address here, and two sites may share one.
        inner = transport or httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
        self._client = httpx.Client(
            transport=_GuardedTransport(inner, resolve, allow_private),
            follow_redirects=False,
            timeout=httpx.Timeout(_READ, connect=_CONNECT),
            # Only gzip: it needs no further package on either side. No proxy or password of the machine is used.
            headers={"User-Agent": _USER_AGENT, "Accept-Encoding": "gzip"},
            trust_env=False,
        )
        self._allow_private = allow_private
        self._limit = limit
        self._robots: dict[str, str | None] = {}

    def fetch(self, url: str) -> Fetched:
        """The answer at `url`. Raises ReadError when it is refused, missing, too large or too slow."""
        here = url
        for _ in range(_REDIRECTS + 1):
            try:
                check_address(here, allow_private=self._allow_private)
            except SourceError as error:
                raise ReadError(str(error) if here == url else f"{url} leads elsewhere: {error}") from None
            if not self._is_allowed(here):
                raise ReadError(f"{here} may not be fetched: the site's robots.txt asks programs to stay away")
            response, data = self._get(here, self._limit)
            if not response.has_redirect_location:
                if response.status_code != 200:
                    raise ReadError(f"{here} answered {response.status_code} {response.reason_phrase}".rstrip())
                kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
                return Fetched(here, data, kind, response.charset_encoding)
            here = str(httpx.URL(here).join(response.headers["location"]))
        raise ReadError(f"{url} redirects more than {_REDIRECTS} times")

    def _is_allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._robots_of(site)
        robots = self._robots[site]
        if robots is None:
            raise ReadError(f"{site}/robots.txt cannot be had, so nothing of the site is fetched: try again later")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return allows(robots, agent=AGENT, path=path)

    def _robots_of(self, site: str) -> str | None:
        """The rules; nothing where there is no such file, None where the server fails (RFC 9309, section 2.3.1)."""
        here = f"{site}/robots.txt"
        for _ in range(_REDIRECTS + 1):
            response, data = self._get(here, ROBOTS_BYTES, cut=True)
            if response.has_redirect_location:
                here = str(httpx.URL(here).join(response.headers["location"]))
                continue
            if response.status_code >= 500:
                return None
            return data.decode("utf-8", "replace") if response.status_code == 200 else ""
        return ""

    def _get(self, url: str, limit: int, *, cut: bool = False) -> tuple[httpx.Response, bytes]:
        ends = time.monotonic() + _WHOLE
        data = bytearray()
        try:
            with self._client.stream("GET", url) as response:
                if not response.has_redirect_location:
                    for piece in response.iter_bytes():
                        data += piece
                        if len(data) > limit:
                            if cut:
                                break
                            raise ReadError(f"{url} is more than the {limit / 1e6:,.0f} MB that one answer may have")
                        if time.monotonic() > ends:
                            raise ReadError(f"{url} took more than {_WHOLE:.0f} seconds")
                return response, bytes(data[:limit])
        except SourceError as error:
            raise ReadError(str(error)) from None
        except httpx.TimeoutException:
            raise ReadError(f"{url} did not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError) as error:
            why = (str(error).splitlines() or [type(error).__name__])[0]
            raise ReadError(f"{url} cannot be fetched: {why}") from None

    def close(self) -> None:
        self._client.close()
