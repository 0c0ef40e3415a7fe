"""Add, ask and chat need nothing beyond loopback: every other look-up and connection fails at once in these tests."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import Run


def test_the_guard_blocks_what_lies_beyond_loopback(offline_environment: dict[str, str]) -> None:
    script = (
        "import socket\n"
        "far = (lambda: socket.create_connection(('192.0.2.1', 80), 1), lambda: socket.getaddrinfo('a.example', 80))\n"
        "for reach in far:\n"
        "    try:\n        reach()\n    except OSError as error:\n        assert 'blocked by the tests' in str(error)\n"
        "    else:\n        raise AssertionError('reached')\n"
    )
    subprocess.run([sys.executable, "-c", script], env=offline_environment, check=True)


def test_chat_opens_with_the_sample_newsroom_and_answers_offline(
    onrecord: Run, offline_environment: dict[str, str], tmp_path: Path
) -> None:
    from gradio_client import Client

    command = [sys.executable, "-u", "-m", "ui.command", "chat", "--sample", "--port", "0"]
    chat = subprocess.Popen(command, cwd=tmp_path, env=offline_environment, stdout=subprocess.PIPE, text=True)
    try:
        assert chat.stdout is not None
        told = [chat.stdout.readline(), chat.stdout.readline()]
        assert told[0].startswith("library: 55 added in ")
        address = told[1].split("onrecord is at ")[1].split()[0]
        client = Client(address, verbose=False, download_files=str(tmp_path / "files"))
        answer = client.predict("How many people died when the Lady Aldry sank?", api_name="/ask")
        client.close()
        assert answer["abstained"] is False
        assert len(answer["differing"]) >= 2
        assert all(citation["quote"] for citation in answer["citations"])
    finally:
        chat.terminate()
        chat.wait(20)
        if chat.stdout is not None:
            chat.stdout.close()
    asked = onrecord("ask", "How many people died when the Lady Aldry sank?", cwd=tmp_path)
    assert asked.stdout.startswith("Reports differ: ")
