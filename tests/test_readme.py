"""What the README shows is what happens: its sessions are run, its map is of the files that are there."""

import doctest
import re
import shlex
import shutil
from pathlib import Path

from tests import filemap
from tests.conftest import ROOT, Run

README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    """The one fenced block of this kind."""
    (found,) = re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)
    return str(found)


def test_the_command_session_prints_what_the_readme_shows(onrecord: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "evals" / "newsroom" / "articles", tmp_path / "articles")
    shown = re.split(r"^\$ ", block("console"), flags=re.MULTILINE)[1:]
    assert len(shown) >= 3
    checker = doctest.OutputChecker()
    for step in shown:
        command, _, expected = step.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "onrecord"
        done = onrecord(*arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert checker.check_output(expected, done.stdout, flags), f"$ {command}\n{done.stdout}"


def test_the_python_session_runs_as_shown(tmp_path: Path) -> None:
    session = block("python")
    assert len(session.strip().splitlines()) <= 12
    shutil.copytree(ROOT / "evals" / "newsroom" / "articles", tmp_path / "articles")
    told: list[str] = []
    program = session.replace('"articles/"', repr(str(tmp_path / "articles"))).replace(
        '"library"', repr(str(tmp_path / "library"))
    )
    exec(compile(program, "README.md", "exec"), {"print": lambda *values: told.append(" ".join(map(str, values)))})
    promised = re.findall(r"print\(.*\)\s*#\s*(.+)$", session, re.MULTILINE)
    assert promised
    for promise in promised:
        assert any(promise in line for line in told), (promise, told)


def test_the_map_names_every_file_with_its_first_line() -> None:
    assert filemap.written(README) == README, "renew it: python -m tests.filemap"


def test_every_command_is_documented() -> None:
    from ui.command import app

    commands = app.registered_commands
    names = {command.name or (command.callback.__name__ if command.callback else "") for command in commands}
    assert len(names) >= 8
    for name in names:
        assert f"onrecord {name}" in README, name


def test_every_file_opens_with_a_docstring() -> None:
    for package in filemap.PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not text.strip() or text.startswith('"""'), path
