"""Who gets in? Passwords, sessions, hosts and limits, at the gate itself."""

import asyncio
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from index.errors import OnrecordError, SourceError
from index.library import Library
from ui.web.app import check_door, listening
from ui.web.desk import Desk
from ui.web.doors import Doors
from ui.web.fields import Fields
from ui.web.intake import LONGEST_WAIT, MOST_AT_ONCE, UPLOADS_KEPT, Intake
from ui.web.limits import UPLOADS_A_MINUTE, RateLimit, TooMany
from ui.web.passwords import AuthFile, make_auth_entry
from ui.web.routes import extra_routes

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> AuthFile:
    file = tmp_path_factory.mktemp("auth") / "users"
    file.write_text("# people\n" + make_auth_entry("ann", PASSWORD) + "\n" + make_auth_entry("bob", PASSWORD) + "\n")
    return AuthFile(file)


async def inner(scope: Any, receive: Any, send: Any) -> None:
    body = f"{scope.get('onrecord_owner')}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": body})


def call(
    doors: Doors, path: str = "/", *, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], str]:
    sent: list[Any] = []
    told = {"host": "127.0.0.1:7860", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http", "path": path, "method": method, "client": ("127.0.0.1", 5000),
        "headers": [(name.encode(), value.encode()) for name, value in told.items()],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(doors(scope, receive, send))
    found = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], found, sent[1]["body"].decode()


def gate(users: AuthFile | None = None, *, secret: str = "s3cret", loopback: bool = True) -> Doors:
    return Doors(inner, secret=secret, users=users, loopback=loopback)


def sign_in(doors: Doors, user: str = "ann", password: str = PASSWORD) -> tuple[int, dict[str, str], str]:
    form = f"username={user}&password={password.replace(' ', '+')}".encode()
    return call(doors, "/login", method="POST", body=form, accept="text/html")


def test_each_browser_has_a_name_of_its_own_and_keeps_it() -> None:
    doors = gate()
    _, first, owner = call(doors)
    _, _, other = call(doors)
    cookie = first["set-cookie"].split(";")[0]
    _, again, same = call(doors, cookie=cookie)
    assert owner.startswith("browser:")
    assert owner != other
    assert owner == same
    assert "set-cookie" not in again
    assert "HttpOnly; SameSite=Lax" in first["set-cookie"]
    assert cookie.split("=")[1] not in owner


def test_a_loopback_server_answers_to_no_other_name() -> None:
    status, _, body = call(gate(), host="evil.example:7860")
    assert status == 421
    assert "browser:" not in body
    assert call(gate(), host="localhost:7860")[0] == 200
    assert call(gate(), host="[::1]:7860")[0] == 200
    assert call(gate(loopback=False), host="news.example")[0] == 200


def test_a_page_of_another_site_cannot_send_anything() -> None:
    assert call(gate(), "/gradio_api/queue/join", method="POST", origin="https://evil.example")[0] == 403
    assert call(gate(), "/gradio_api/queue/join", method="POST", origin="http://127.0.0.1:7860")[0] == 200


def test_gradios_own_ways_for_files_are_closed_and_a_body_has_a_size() -> None:
    for path in ("/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://evil.example"):
        assert call(gate(), path)[0] == 404
    assert call(gate(), "/gradio_api/queue/join", method="POST", content_length="99999999")[0] == 413
    assert call(gate(), "/gradio_api/queue/join", method="POST", transfer_encoding="chunked")[0] == 413
    assert call(gate(), "/gradio_api/queue/join", method="POST", content_length="2000000")[0] == 200


def test_every_answer_tells_the_browser_to_load_nothing_from_elsewhere() -> None:
    headers = call(gate())[1]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"


def test_who_has_not_signed_in_sees_the_form_and_a_program_gets_401(users: AuthFile) -> None:
    status, _, page = call(gate(users), accept="text/html")
    assert status == 401
    assert '<form method="post" action="/login">' in page
    assert call(gate(users), "/gradio_api/info")[2] == "Sign in first.\n"
    assert call(gate(users), "/onrecord/feedback.jsonl")[0] == 401
    assert call(gate(users), "/mcp", method="POST")[0] == 401


def test_the_right_password_opens_and_a_wrong_one_or_an_unknown_name_does_not(users: AuthFile) -> None:
    doors = gate(users)
    assert sign_in(doors, password="wrong password")[0] == 401
    assert sign_in(doors, user="carol")[0] == 401
    status, headers, _ = sign_in(doors)
    assert (status, headers["location"]) == (303, "/")
    session = headers["set-cookie"].split(";")[0]
    assert call(doors, cookie=session)[2] == "user:ann"
    assert call(gate(users), cookie=session)[2] == "user:ann"  # another server with the same secret: after a restart


def test_a_session_that_was_altered_or_signed_by_somebody_else_is_none(users: AuthFile) -> None:
    session = sign_in(gate(users))[1]["set-cookie"].split(";")[0]
    as_bob = session.replace(b"ann".hex(), b"bob".hex())
    assert call(gate(users), cookie=as_bob)[0] == 401
    assert call(gate(users, secret="other"), cookie=session)[0] == 401
    assert call(gate(users), cookie="onrecord_session=nonsense")[0] == 401
    assert call(gate(users), cookie=f"onrecord_browser={'x' * 40}")[0] == 401


def test_a_changed_password_ends_older_sessions_and_a_removed_user_is_out(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text(make_auth_entry("ann", PASSWORD) + "\n")
    doors = gate(AuthFile(file))
    session = sign_in(doors)[1]["set-cookie"].split(";")[0]
    file.write_text("\n" + make_auth_entry("ann", "another password") + "\n")
    assert call(doors, cookie=session)[0] == 401


def test_programs_sign_in_with_basic(users: AuthFile) -> None:
    right = b64encode(f"ann:{PASSWORD}".encode()).decode()
    wrong = b64encode(b"ann:nope").decode()
    assert call(gate(users), authorization=f"Basic {right}")[2] == "user:ann"
    assert call(gate(users), authorization=f"Basic {wrong}")[0] == 401


def test_a_program_calls_as_often_as_it_likes_and_one_that_guesses_does_not(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text(make_auth_entry("ann", PASSWORD) + "\n" + make_auth_entry("bob", PASSWORD) + "\n")
    limit = RateLimit(10, "sign-ins", clock=lambda: 0.0)
    doors = Doors(inner, secret="s3cret", users=AuthFile(file), loopback=True, sign_ins=limit)
    right = "Basic " + b64encode(f"ann:{PASSWORD}".encode()).decode()
    wrong = "Basic " + b64encode(b"ann:nope").decode()
    assert [call(doors, authorization=right)[0] for _ in range(15)] == [200] * 15
    assert [call(doors, authorization=wrong)[0] for _ in range(10)] == [401] * 9 + [429]
    assert "Too many sign-ins: 10 a minute" in call(doors, authorization=wrong)[2]
    assert call(doors, authorization=right)[2] == "user:ann"
    file.write_text("\n\n" + make_auth_entry("bob", PASSWORD) + "\n")
    assert call(doors, authorization=right)[0] != 200  # taken out of the file: what was right is so no more


def test_sign_ins_are_limited(users: AuthFile) -> None:
    limit = RateLimit(2, "sign-ins", clock=lambda: 0.0)
    doors = Doors(inner, secret="s3cret", users=users, loopback=True, sign_ins=limit)
    assert [sign_in(doors, password="wrong password")[0] for _ in range(3)] == [401, 401, 429]


def test_a_password_is_hashed_and_a_short_one_refused() -> None:
    line = make_auth_entry("ann", PASSWORD)
    assert line.startswith("ann:$argon2id$")
    assert PASSWORD not in line
    with pytest.raises(OnrecordError, match="shorter than 8"):
        make_auth_entry("ann", "short")
    with pytest.raises(OnrecordError, match="cannot be a user's name"):
        make_auth_entry("a:b", PASSWORD)


def test_a_file_of_users_that_is_none_is_named(tmp_path: Path) -> None:
    file = tmp_path / "users"
    with pytest.raises(OnrecordError, match="cannot be read"):
        AuthFile(file)
    file.write_text("ann:plain\n")
    with pytest.raises(OnrecordError, match="line 1: not name:hash"):
        AuthFile(file)
    file.write_text("# nobody\n")
    with pytest.raises(OnrecordError, match="names no user"):
        AuthFile(file)


def test_nothing_but_loopback_is_served_by_mistake() -> None:
    with pytest.raises(OnrecordError, match="--auth FILE, or say --open"):
        check_door("0.0.0.0", auth_file=None, open_to_all=False)
    check_door("0.0.0.0", auth_file="users", open_to_all=False)
    check_door("0.0.0.0", auth_file=None, open_to_all=True)
    check_door("127.0.0.1", auth_file=None, open_to_all=False)


def test_a_port_in_use_or_none_is_named() -> None:
    with listening("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OnrecordError, match=f"127.0.0.1:{port} cannot be served"):
            listening("127.0.0.1", port)
    with pytest.raises(OnrecordError, match="70000 is no port"):
        listening("127.0.0.1", 70_000)


def test_calls_are_limited_and_allowed_again_with_time() -> None:
    moment = [0.0]
    limit = RateLimit(2, "questions", clock=lambda: moment[0])
    limit.take("ann")
    limit.take("ann")
    with pytest.raises(TooMany, match="Too many questions: 2 a minute are allowed; try again in 30 s"):
        limit.take("ann")
    limit.take("bob")
    moment[0] = 30.0
    limit.take("ann")


def test_fields_of_another_type_read_as_empty() -> None:
    said = Fields({"question": 5, "outlets": "x", "strict": "no", "passages": "999", "spans": "3-5,x,9-", "n": True})
    assert said.text("question") == ""
    assert said.texts("outlets") == ()
    assert said.settings().strict is True
    assert said.settings().passages == 30
    assert [(span.start, span.end) for span in said.spans("spans")] == [(3, 5)]
    assert said.number("n") is None
    with pytest.raises(OnrecordError, match="'next week' is not a date"):
        Fields({"after": "next week"}).filters()
    assert Fields(None).text("question") == ""


def test_an_upload_is_kept_under_its_own_name_in_a_folder_of_its_own(tmp_path: Path) -> None:
    intake = Intake(Library.open(tmp_path / "library"))
    place = intake.room_for("../../etc/passwd.txt")
    assert place.name == "passwd.txt"
    assert place.parent.parent.name.startswith("onrecord-uploads-")
    with pytest.raises(SourceError, match="of a kind that is not read"):
        intake.room_for("picture.png")
    long = intake.room_for("新" * 110 + ".txt")
    long.write_text("x")
    assert long.name == "新" * 78 + ".txt"  # 238 bytes
    intake.close()
    assert not place.parent.exists()


def test_uploads_that_nobody_adds_make_room_after_some_minutes(tmp_path: Path) -> None:
    moment = [0.0]
    intake = Intake(Library.open(tmp_path / "library"), clock=lambda: moment[0])
    places = [intake.room_for(f"{number}.txt") for number in range(UPLOADS_KEPT)]
    for place in places:
        intake.keep(place)
    with pytest.raises(SourceError, match="Too many uploads wait"):
        intake.room_for("one more.txt")
    moment[0] = LONGEST_WAIT + 1.0
    assert intake.room_for("one more.txt").parent.exists()
    assert not any(place.parent.exists() for place in places)
    intake.close()


def test_as_many_files_as_are_added_at_once_are_taken_and_more_are_too_many(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        desk = Desk(library)
        app = FastAPI()
        app.include_router(extra_routes(desk))
        person = TestClient(app)
        sent = [person.post(f"/onrecord/upload?name={number}.txt", content=b"A.") for number in range(MOST_AT_ONCE)]
        assert {answer.status_code for answer in sent} == {200}
        desk.adds.take("")  # uploading has used up nothing of what may be added
        for number in range(UPLOADS_A_MINUTE - MOST_AT_ONCE):
            person.post(f"/onrecord/upload?name={number}.txt", content=b"A.")
        refused = person.post("/onrecord/upload?name=more.txt", content=b"A.")
        assert refused.text.startswith(f"Too many uploads: {UPLOADS_A_MINUTE} a minute are allowed")
        desk.close()


def test_only_web_addresses_are_fetched_and_private_ones_refused(tmp_path: Path) -> None:
    intake = Intake(Library.open(tmp_path / "library"))
    *_, last = intake.add((), ("/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/x"))
    intake.close()
    assert last.count('class="failed"') == 3
    assert last.count("Only http and https addresses are fetched") == 2
    assert "root:" not in last
