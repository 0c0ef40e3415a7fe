"""Are pages and feeds fetched with care: nothing private, nothing endless, only what robots.txt allows?"""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from index import read
from index.errors import ReadError, SourceError
from index.reading.fetch import Fetcher, is_public
from index.reading.options import Options
from index.reading.robots import allows
from index.reading.web import sources_at
from index.records import Record, Source

PROSE = "The council opened the bridge over the Lind on Friday, the mayor said, after months of repairs in the harbour."
Answer = tuple[int, str, bytes]


def page(title: str) -> bytes:
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1><p>{PROSE}</p></article></body></html>".encode()


@pytest.fixture
def site() -> Iterator[tuple[str, dict[str, Answer], list[str]]]:
    """A web site on this machine: its address, its answers by path, and the paths that were asked for."""
    answers: dict[str, Answer] = {}
    asked: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, kind, body = answers.get(self.path, (404, "text/plain", b""))
            self.send_response(status)
            self.send_header("Location" if status in (301, 302) else "Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", answers, asked
    server.shutdown()
    server.server_close()
    thread.join()


def outcome(source: Source) -> str:
    try:
        source.fingerprint()
        return ", ".join(item.title if isinstance(item, Record) else item.reason for item in source.records())
    except ReadError as error:
        return str(error)


def test_a_page_is_fetched_once_and_read_with_its_address(site: tuple[str, dict[str, Answer], list[str]]) -> None:
    home, answers, asked = site
    answers["/bridge"] = (200, "text/html; charset=windows-1252", page("Bridge “opens”").decode().encode("cp1252"))
    (source,) = read(f"{home}/bridge#top", allow_private=True)
    assert (source.key, source.root) == (f"{home}/bridge", "")
    before = source.fingerprint()
    (record,) = source.records()
    assert isinstance(record, Record)
    assert (record.title, record.url, record.source) == ("Bridge “opens”", f"{home}/bridge", f"{home}/bridge")
    assert asked == ["/robots.txt", "/bridge"]
    answers["/bridge"] = (200, "text/html", page("Bridge “opens”").replace(b"<body>", b"<body><!-- token 5 -->"))
    (again,) = read(f"{home}/bridge", allow_private=True)
    assert again.fingerprint() == before


def test_redirects_are_followed_and_limited(site: tuple[str, dict[str, Answer], list[str]]) -> None:
    home, answers, _ = site
    answers["/old"] = (301, "/new", b"")
    answers["/new"] = (200, "text/html", page("Bridge opens"))
    answers["/loop"] = (302, "/loop", b"")
    answers["/out"] = (302, "file:///etc/passwd", b"")
    (moved,) = read(f"{home}/old", allow_private=True)
    assert [item.url for item in moved.records() if isinstance(item, Record)] == [f"{home}/new"]
    (loop,) = read(f"{home}/loop", allow_private=True)
    assert outcome(loop) == f"{home}/loop redirects more than 5 times"
    (out,) = read(f"{home}/out", allow_private=True)
    assert "/etc/passwd is not fetched: only http and https addresses are" in outcome(out)


def test_what_cannot_be_had_is_named(site: tuple[str, dict[str, Answer], list[str]]) -> None:
    home, answers, _ = site
    answers["/robots.txt"] = (200, "text/plain", b"User-agent: *\nDisallow: /private\nAllow: /private/open\n")
    answers["/private/open"] = (200, "text/html", page("Open"))
    answers["/menu"] = (200, "text/html", b"<html><body><img src=a.png></body></html>")
    answers["/large"] = (200, "text/plain", b"words " * 4_000_000)
    expected = {
        "/absent": f"{home}/absent answered 404 Not Found",
        "/private/x": f"{home}/private/x may not be fetched: the site's robots.txt asks programs to stay away",
        "/private/open": "Open",
        "/menu": f"{home}/menu is a page without an article in it",
        "/large": f"{home}/large is more than the 20 MB that one answer may have",
    }
    for path, said in expected.items():
        (source,) = read(f"{home}{path}", allow_private=True)
        assert outcome(source) == said


def test_a_site_whose_rules_cannot_be_had_is_left_alone(site: tuple[str, dict[str, Answer], list[str]]) -> None:
    home, answers, _ = site
    answers["/robots.txt"] = (503, "text/plain", b"")
    answers["/bridge"] = (200, "text/html", page("Bridge opens"))
    (source,) = read(f"{home}/bridge", allow_private=True)
    assert "robots.txt cannot be had" in outcome(source)


def test_a_data_set_at_an_address_is_read_as_one(site: tuple[str, dict[str, Answer], list[str]]) -> None:
    home, answers, _ = site
    answers["/news.jsonl"] = (200, "application/octet-stream", b'{"title": "One", "text": "a"}\n{broken\n')
    (source,) = read(f"{home}/news.jsonl", allow_private=True)
    assert outcome(source).startswith("One, is not JSON")


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Courant</title><language>en</language>
<item><title>Bridge opens</title><link>{home}/bridge</link><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>{home}/gone</link></item>
<item><title>Whole</title><link>{home}/whole</link><content:encoded><![CDATA[{whole}]]></content:encoded></item>
<item><title>Again</title><link>{home}/bridge</link></item></channel></rss>"""


def feed_of(home: str) -> bytes:
    return FEED.format(home=home, whole=f"<p>{PROSE}</p>" * 12).encode()


def test_a_feed_leads_to_its_articles_each_once(site: tuple[str, dict[str, Answer], list[str]]) -> None:
    home, answers, _ = site
    answers["/feed"] = (200, "application/rss+xml", feed_of(home))
    answers["/bridge"] = (200, "text/html", page("Bridge opens"))
    found = list(read(f"{home}/feed", allow_private=True))
    assert [source.key for source in found] == [f"{home}/bridge", f"{home}/gone", f"{home}/whole"]
    (record,) = found[0].records()
    assert isinstance(record, Record)
    assert (record.title, record.outlet) == ("Bridge opens", "The Courant")
    assert record.published == "2026-03-04T10:00:00+00:00"
    assert outcome(found[1]) == f"{home}/gone answered 404 Not Found"
    (whole,) = found[2].records()
    assert isinstance(whole, Record)
    assert whole.text.startswith(PROSE)


def test_a_feed_saved_as_a_file_leads_to_its_articles_too(
    site: tuple[str, dict[str, Answer], list[str]], tmp_path: Path
) -> None:
    home, answers, _ = site
    answers["/bridge"] = (200, "text/html", page("Bridge opens"))
    (tmp_path / "feed.xml").write_bytes(feed_of(home))
    found = list(read(tmp_path / "feed.xml", allow_private=True))
    assert [source.key for source in found] == [f"{home}/bridge", f"{home}/gone", f"{home}/whole"]
    (tmp_path / "other.xml").write_text("<?xml version='1.0'?><story>Words</story>")
    with pytest.raises(SourceError, match=r"other.xml is XML that is neither a feed nor a sitemap"):
        read(tmp_path / "other.xml")


def test_an_unchanged_entry_of_a_feed_with_dates_of_change_is_not_fetched_again(
    site: tuple[str, dict[str, Answer], list[str]],
) -> None:
    home, answers, asked = site
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Courant</title><entry><title>Bridge</title>'
        f'<link href="{home}/bridge"/><updated>2026-03-04T10:00:00Z</updated></entry></feed>'
    )
    answers["/atom"] = (200, "application/atom+xml", atom.encode())
    answers["/bridge"] = (200, "text/html", page("Bridge opens"))
    (first,) = read(f"{home}/atom", allow_private=True)
    before = first.fingerprint()
    assert "/bridge" not in asked
    answers["/atom"] = (200, "application/atom+xml", atom.replace("04T10", "05T10").encode())
    (later,) = read(f"{home}/atom", allow_private=True)
    assert later.fingerprint() != before


def test_a_sitemap_index_leads_through_its_sitemaps(site: tuple[str, dict[str, Answer], list[str]]) -> None:
    home, answers, _ = site
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    answers["/index.xml"] = (
        200,
        "application/xml",
        f"<sitemapindex {space}><sitemap><loc>{home}/news.xml</loc></sitemap>"
        f"<sitemap><loc>{home}/absent.xml</loc></sitemap><sitemap><loc>{home}/index.xml</loc></sitemap></sitemapindex>".encode(),
    )
    answers["/news.xml"] = (
        200,
        "application/xml",
        f'<urlset {space} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{home}/bridge</loc>'
        "<lastmod>2026-03-05</lastmod><news:news><news:publication><news:name>The Courant</news:name>"
        "<news:language>en</news:language></news:publication><news:publication_date>2026-03-04</news:publication_date>"
        "</news:news></url></urlset>".encode(),
    )
    answers["/bridge"] = (200, "text/html", page("Bridge opens"))
    first, absent = read(f"{home}/index.xml", allow_private=True)
    (record,) = first.records()
    assert isinstance(record, Record)
    assert (record.title, record.outlet, record.published) == ("Bridge opens", "The Courant", "2026-03-04")
    assert outcome(absent) == f"{home}/absent.xml answered 404 Not Found"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "only http and https addresses are"),
        ("FILE:/etc/passwd", "only http and https addresses are"),
        ("ftp://courant.example/a", "only http and https addresses are"),
        ("http://", "has no host name"),
        ("http://[::1/a", "is not a web address"),
        ("http://user:secret@courant.example/", "is given with a password"),
        ("http://localhost:8000/a", "is an address of a private network: allow it with --allow-private"),
        ("http://127.0.0.1/a", "is an address of a private network"),
        ("http://169.254.169.254/latest/meta-data", "is an address of a private network"),
        ("http://[::ffff:10.0.0.1]/a", "is an address of a private network"),
        ("http://192.168.1.1/a", "is an address of a private network"),
    ],
)
def test_an_address_that_is_never_fetched_is_refused_at_the_call(address: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        read(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_only_addresses_of_the_public_network_count_as_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def fetching(answer: Callable[[httpx.Request], httpx.Response], names: dict[str, list[str]]) -> Fetcher:
    return Fetcher(
        allow_private=False, transport=httpx.MockTransport(answer), resolve=lambda host, port: names.get(host, [])
    )


def test_every_redirect_is_checked_by_the_address_that_its_name_resolves_to() -> None:
    reached: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        reached.append((request.url.host, request.headers["host"]))
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        return httpx.Response(302, headers={"location": "http://inside.example/secret"})

    fetcher = fetching(answer, {"courant.example": ["93.184.216.34"], "inside.example": ["93.184.216.34", "10.0.0.5"]})
    (source,) = sources_at("https://courant.example/a", Options(), fetcher=fetcher)
    assert "inside.example is on a private network: allow it with --allow-private" in outcome(source)
    assert reached == [("93.184.216.34", "courant.example")] * 2


def test_the_checked_address_is_the_one_connected_to() -> None:
    """A name server that answers a second time with a private address gains nothing."""
    answers = iter([["93.184.216.34"], ["93.184.216.34"], ["127.0.0.1"]])
    reached: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        reached.append(f"{request.url.host} {request.extensions['sni_hostname']}")
        return httpx.Response(200, headers={"content-type": "text/html"}, content=page("Bridge opens"))

    fetcher = Fetcher(
        allow_private=False, transport=httpx.MockTransport(answer), resolve=lambda host, port: next(answers)
    )
    assert fetcher.fetch("https://courant.example/a").url == "https://courant.example/a"
    assert reached == ["93.184.216.34 courant.example"] * 2
    with pytest.raises(ReadError, match=r"courant.example is on a private network"):
        fetcher.fetch("https://courant.example/b")


def test_a_name_that_does_not_resolve_is_named() -> None:
    fetcher = fetching(lambda request: httpx.Response(200), {})
    (source,) = sources_at("https://absent.example/a", Options(), fetcher=fetcher)
    assert "the name absent.example cannot be resolved" in outcome(source)


ROBOTS = """
User-agent: otherbot
Disallow: /

User-agent: OnRecord
User-agent: thirdbot
Disallow: /a        # comment
Allow: /a/b
Disallow: /*.pdf$
Disallow: /caf%C3%A9

User-agent: *
Disallow: /only-for-others
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/a", False),
        ("/abc", False),
        ("/a/b/c", True),
        ("/x.pdf", False),
        ("/x.pdf?page=2", True),
        ("/café", False),
        ("/only-for-others", True),
    ],
)
def test_the_rules_for_robots_are_kept_as_the_standard_says(path: str, allowed: bool) -> None:
    assert allows(ROBOTS, agent="onrecord", path=path) is allowed


def test_robots_rules_cover_everyone_where_nobody_is_named() -> None:
    assert not allows("User-agent: *\nDisallow: /", agent="onrecord", path="/a")
    assert allows("User-agent: *\nDisallow:", agent="onrecord", path="/a")
    assert allows("", agent="onrecord", path="/a")
    assert allows("<html>not rules</html>", agent="onrecord", path="/a")


def test_robots_rules_made_of_stars_cost_no_time() -> None:
    """Tried one by one, the ways to match this would outlast the machine."""
    assert allows(f"User-agent: *\nDisallow: {'*a' * 500}b", agent="onrecord", path="/" + "a" * 2_000)
    assert not allows(f"User-agent: *\nDisallow: {'*a' * 500}b$", agent="onrecord", path="/" + "a" * 2_000 + "b")
