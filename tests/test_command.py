"""The command line does what the README says, offline, and answers bad input with one line and nothing written."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_chat_model import Scripted
from ui.command import main

QUESTION = "How much did the work on the bridge cost?"


@pytest.fixture
def asked(onrecord: Run, bridge: Path) -> Path:
    """A working folder with a library of one article in ./library."""
    done = onrecord("add", "articles", cwd=bridge.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("library: 1 added in ")
    return bridge.parent


def test_the_version_is_told(onrecord: Run, tmp_path: Path) -> None:
    done = onrecord("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"onrecord {version('onrecord')}\n")


def test_ask_json_prints_exactly_the_documented_object(onrecord: Run, asked: Path) -> None:
    done = onrecord("ask", QUESTION, "--json", cwd=asked)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert {
        "schema", "question", "searched_for", "window", "answer", "text", "abstained", "confidence", "answerer",
        "claims", "citations", "passages", "library_revision", "timings_ms",
    } <= set(document)  # fmt: skip
    assert document["schema"] == 1
    assert document["question"] == document["searched_for"] == QUESTION
    assert document["window"] is None
    assert document["abstained"] is False
    assert "3.2 million crowns" in document["answer"]
    assert document["text"].endswith("[1].")
    assert 0 < document["confidence"] <= 1
    claim, citation, passage = document["claims"][0], document["citations"][0], document["passages"][0]
    assert {"text", "supported", "citations"} <= set(claim)
    assert (claim["supported"], claim["citations"]) == (True, [1])
    assert {
        "marker", "article_id", "version", "title", "source", "outlet", "url", "published", "quote", "start", "end",
        "spans",
    } <= set(citation)  # fmt: skip
    assert citation["quote"] == (
        "Mayor Ilse Brandt said the work had cost 3.2 million crowns, a tenth less than planned."
    )
    assert (citation["title"], citation["outlet"], citation["published"]) == (
        "Bridge at Oster reopens", "The Oster Post", "2025-03-04",
    )  # fmt: skip
    assert {
        "article_id", "version", "start", "end", "text", "title", "outlet", "url", "published", "score",
    } <= set(passage)  # fmt: skip
    text = (asked / "articles" / "bridge.txt").read_text().split("\n\n", 1)[1]
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert all("3.2 million" in text[span["start"] : span["end"]] for span in citation["spans"])


def test_ask_prints_the_answer_with_its_quote(onrecord: Run, asked: Path) -> None:
    done = onrecord("ask", QUESTION, cwd=asked)
    assert "3.2 million crowns" in done.stdout
    assert "[1] “Mayor Ilse Brandt said the work had cost 3.2 million crowns" in done.stdout
    assert "The Oster Post, 2025-03-04" in done.stdout


@pytest.mark.parametrize(("model", "lines"), [("openai:some", 1), ("local", 0)])
def test_a_least_confidence_beside_a_chat_model_is_told_to_do_nothing(
    asked: Path, model: str, lines: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = ["The work had cost 3.2 million crowns [1]."]
    monkeypatch.setattr("rag.answerers.chat_model.load_model", lambda name: Scripted(scripts=[script], calls=[]))
    with pytest.raises(SystemExit) as ended:
        main(["ask", QUESTION, "--library", str(asked / "library"), "--model", model, "--min-confidence", "0.1"])
    told = capsys.readouterr()
    assert ended.value.code == 0
    assert "3.2 million crowns" in told.out
    assert told.err.splitlines() == lines * [
        "onrecord: --min-confidence counts for the local reader only: a chat model gives no probability"
    ]


def test_what_the_articles_do_not_answer_is_declined_with_what_comes_nearest(onrecord: Run, asked: Path) -> None:
    done = onrecord("ask", "Which team won the ice hockey final?", cwd=asked)
    assert done.returncode == 0
    assert done.stdout.startswith("Your articles do not say.")
    assert "What comes nearest:" in done.stdout


def test_info_json_prints_exactly_the_documented_object(onrecord: Run, asked: Path) -> None:
    facts = json.loads(onrecord("info", "--json", cwd=asked).stdout)
    assert list(facts) == [
        "schema", "path", "revision", "articles", "versions", "chunks", "outlets", "first_published", "last_published",
        "embedder", "splitter",
    ]  # fmt: skip
    assert (facts["articles"], facts["outlets"], facts["first_published"]) == (1, ["The Oster Post"], "2025-03-04")


def test_list_remove_and_check_work_on_ids(onrecord: Run, asked: Path) -> None:
    listed = onrecord("list", cwd=asked).stdout.split()
    assert "Bridge" in listed
    assert onrecord("remove", listed[0], cwd=asked).stdout == f"removed {listed[0]}\n"
    assert onrecord("list", cwd=asked).stdout == ""
    checked = onrecord("check", cwd=asked)
    assert (checked.returncode, checked.stdout) == (0, "sound\n")


def test_add_json_sums_up_what_was_done(onrecord: Run, asked: Path) -> None:
    report = json.loads(onrecord("add", "articles", "--json", cwd=asked).stdout)
    assert (report["added"], report["updated"], report["unchanged"], report["failed"]) == (0, 0, 1, [])


BAD_INPUT = {
    "missing path": (["add", "nowhere.txt"], "nowhere.txt does not exist"),
    "empty file": (["add", "empty.txt"], "empty.txt"),
    "binary file": (["add", "picture.txt"], "picture.txt"),
    "library path that is a file": (["ask", "Who?", "--library", "empty.txt"], "empty.txt is a file"),
    "no library": (["ask", "Who?"], "There is no library at library yet"),
    "empty question": (["ask", "  "], "The question is empty"),
    "bad date": (["ask", "Who?", "--after", "yesterday"], "yesterday is not a date"),
    "unknown article": (["remove", "abc"], "There is no library"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_bad_input_gets_one_clear_line_code_2_and_nothing_written(
    onrecord: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    before = sorted(path.name for path in tmp_path.iterdir())
    done = onrecord(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_one_bad_file_among_many_is_named_at_the_end_and_does_not_stop_the_rest(onrecord: Run, bridge: Path) -> None:
    (bridge / "rows.jsonl").write_text('{"text": "The lighthouse at Holm was sold."}\n{broken\n')
    latin = "Le phare d'Étretat a été vendu à Göteborg hier, dit-on à la mairie."
    (bridge / "latin.txt").write_bytes(latin.encode("cp1252"))
    done = onrecord("add", "articles", cwd=bridge.parent)
    assert done.returncode == 1
    assert "3 added" in done.stdout
    assert "1 failed" in done.stdout
    assert "rows.jsonl" in done.stderr


def test_a_library_of_another_embedder_is_refused_with_the_command_that_mends_it(onrecord: Run, asked: Path) -> None:
    script = (
        "import sqlite3; c = sqlite3.connect('library/catalogue.sqlite');"
        "c.execute(\"UPDATE meta SET value = 'other.Embeddings:x' WHERE name = 'embedder'\"); c.commit()"
    )
    subprocess.run([sys.executable, "-c", script], cwd=asked, check=True)
    for arguments in (("ask", QUESTION), ("add", "articles")):
        done = onrecord(*arguments, cwd=asked)
        assert done.returncode == 2
        assert "built with the embedder other.Embeddings:x" in done.stderr
        assert "onrecord rebuild" in done.stderr


def test_ask_on_an_existing_library_imports_no_torch_gradio_or_sentence_transformers(
    asked: Path, offline_environment: dict[str, str]
) -> None:
    script = (
        "import sys\nfrom ui.command import main\n"
        "try:\n    main(['ask', 'How long did the repairs take?', '--json'])\nexcept SystemExit as done:\n"
        "    assert not done.code, done.code\n"
        "heavy = {'torch', 'gradio', 'sentence_transformers', 'transformers'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=asked, env=offline_environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_help_names_every_command_and_imports_nothing_heavy(onrecord: Run, tmp_path: Path) -> None:
    done = onrecord("--help", cwd=tmp_path)
    for command in ("add", "ask", "chat", "list", "remove", "info", "check", "rebuild", "eval", "compare", "suite"):
        assert f"\n  {command}" in done.stdout.replace("│ ", "  "), command
    script = (
        "import sys\nfrom ui.command import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'gradio', 'chromadb', 'numpy', 'onnxruntime', 'langchain_core'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parent.parent, check=True, capture_output=True)


def test_a_purge_erases_the_quotes_in_kept_conversations_too(onrecord: Run, asked: Path) -> None:
    from index import Library
    from rag import Assistant
    from ui.web.conversations import Conversations, chat_file
    from ui.web.records import Turn

    with Library.open(asked / "library") as library:
        answer = Assistant(library).ask(QUESTION)
        article_id = library.articles()[0].article_id
    kept = Conversations(chat_file(str(asked / "library")))
    name = kept.start("somebody", QUESTION)
    kept.save("somebody", name, Turn(turn_id="t1", question=QUESTION, asked_at="2025-06-01T10:00:00", answer=answer))
    assert onrecord("remove", article_id, "--purge", cwd=asked).stdout == f"erased {article_id}\n"
    (turn,) = kept.turns("somebody", name)
    assert turn.answer is not None
    assert (turn.answer.text, turn.answer.passages) == ("[erased]", ())
