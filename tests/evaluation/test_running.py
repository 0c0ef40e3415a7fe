"""One command runs a suite: it builds the library, asks, scores, reports, resumes, and judges gates."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatResult

import evals
from evals.askers import LibraryAsker
from evals.journal import read_records
from evals.runner import spread
from evals.suite import GoldSpan
from evals.suites import load
from index import Library
from index.encoder import MiniLM
from index.errors import SuiteError
from tests.conftest import Run
from tests.evaluation.stand_ins import answered, questions, write_run

TEXT = "The Lady Aldry was 48 metres long. She sank off Skell Island on 5 April. Four people died."


class Down(BaseChatModel):
    """A model that nobody reaches."""

    @property
    def _llm_type(self) -> str:
        return "down"

    def _generate(self, messages: list[BaseMessage], stop: Sequence[str] | None = None, *rest: Any) -> ChatResult:
        raise ConnectionError("refused")


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    """A small suite with its article."""
    folder = tmp_path / "ferry"
    folder.mkdir()
    (folder / "articles.jsonl").write_text(
        json.dumps({"id": "a1", "text": TEXT, "outlet": "Courant", "published": "2025-04-06"}) + "\n"
    )
    lines = [
        {
            "question": "How long was the Lady Aldry?",
            "answers": ["48 metres"],
            "gold": [{"article": "a1", "text": "48 metres"}],
        },
        {
            "question": "Where did she sink?",
            "answers": ["Skell Island"],
            "gold": [{"article": "a1", "text": "Skell Island"}],
        },
        {"question": "Who won the chess championship of Norway?", "answerable": False},
    ]
    (folder / "questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_a_run_from_python_builds_its_library_once_and_resumes(ferry: Path, tmp_path: Path) -> None:
    out = tmp_path / "runs" / "first"
    ran = evals.run(str(ferry), out=out)
    assert (ran.collected.asked, ran.scores.count) == (3, 3)
    assert ran.scores.overall["evidence@8"].value == 1.0
    assert ran.scores.overall["ceiling"].value == 1.0
    record = next(read_records(out))
    assert (record.slices["outlet"], record.slices["published"]) == ("Courant", "2025-04-06")
    assert record.passages[0].article == "a1"
    assert record.candidates[0].article == "a1"
    assert all(citation.verbatim for record in read_records(out) for citation in record.citations)
    assert (out / "report.html").exists()
    libraries = list((tmp_path / "runs" / ".libraries").iterdir())
    encoder = MiniLM.name.rpartition("/")[2]
    assert [folder.name for folder in libraries] == [f"ferry-{load(str(ferry)).articles_fingerprint}-{encoder}"]
    again = evals.run(str(ferry), out=out)
    assert (again.collected.asked, again.collected.resumed) == (0, 3)
    with pytest.raises(SuiteError, match="was collected with another settings: passages 8"):
        evals.run(str(ferry), out=out, passages=3)
    with pytest.raises(SuiteError, match="cannot be the folder of a run: File exists; give another --out"):
        evals.run(str(ferry), out=out.parent / "first" / "report.html")


def test_a_model_that_is_down_has_answered_nothing(ferry: Path, tmp_path: Path) -> None:
    ran = evals.run(str(ferry), model=Down(), out=tmp_path / "runs" / "down", workers=3)
    records = list(read_records(ran.folder))
    assert {record.outcome for record in records} == {"error"}
    assert records[0].error == "ModelError: Down failed: refused."
    assert (ran.collected.errors, ran.scores.overall["right"].value) == (3, 0.0)


def test_failed_questions_are_asked_again_in_their_own_run(
    ferry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    down = evals.run(str(ferry), model=Down(), workers=3)
    assert evals.run(str(ferry), model=Down(), workers=3, limit=1, retry_errors=True).folder != down.folder
    again = evals.run(str(ferry), model=Down(), workers=3, retry_errors=True)
    assert (again.folder, again.collected.asked, again.collected.resumed) == (down.folder, 3, 0)
    evals.run(str(ferry))
    done = evals.run(str(ferry), retry_errors=True)  # nothing has failed there: a new run, as without
    assert (done.collected.asked, len(list(Path("runs").glob("ferry-*")))) == (3, 4)


def test_the_command_line_says_that_questions_failed(ferry: Path, tmp_path: Path, onrecord: Run) -> None:
    long = {"question": "Who " * 600 + "?", "answers": ["nobody"]}  # longer than a question may be
    with (ferry / "questions.jsonl").open("a") as file:
        file.write(json.dumps(long) + "\n")
    done = onrecord("eval", str(ferry), "--out", "runs/a", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "4 questions, 1 failed" in done.stdout
    assert done.stderr.strip().endswith("onrecord: 1 failed: ask what failed again with --retry-errors")


def test_a_suite_whose_gold_is_not_in_the_library_is_refused_before_asking(ferry: Path, newsroom: Library) -> None:
    with pytest.raises(SuiteError, match="question 'q0001' has its gold in 'a1', which is not in"):
        evals.run(str(ferry), library=newsroom.path)


def test_a_suite_without_articles_or_library_says_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "Who?", "answers": ["x"]}\n')
    with pytest.raises(SuiteError, match="name the library they are in with --library DIR"):
        evals.run(str(tmp_path / "q.jsonl"))


def test_an_archive_knows_chunks_articles_and_what_the_search_brought_up(newsroom: Library) -> None:
    asker = LibraryAsker(newsroom.path)
    article = newsroom.articles()[0]
    assert asker.in_one_chunk(GoldSpan(article=article.article_id, start=3, end=9)) is True
    assert asker.in_one_chunk(GoldSpan(article=article.article_id, start=0, end=article.characters)) is False
    assert asker.in_one_chunk(GoldSpan(article="nowhere", start=0, end=1)) is None
    assert asker.facts("nowhere") == {}
    answer = asker.ask("How many people died on the ferry?")
    found = asker.candidates(answer.searched_for)
    assert {passage.chunk_id for passage in answer.passages} <= {passage.chunk_id for passage in found}
    assert len(found) > len(answer.passages)
    assert asker.candidates(answer.searched_for) == ()
    assert asker.spent() == ({}, None)
    asker.close()


def test_a_limit_is_spread_over_the_suite() -> None:
    assert [question.id for question in spread(questions(10), 4)] == ["q00000", "q00002", "q00005", "q00007"]
    assert len(spread(questions(10), None)) == len(spread(questions(10), 99)) == 10


def test_the_command_line_evaluates_and_fails_on_a_gate(ferry: Path, tmp_path: Path, onrecord: Run) -> None:
    done = onrecord("eval", str(ferry), "--out", "runs/a", "--fail-under", "hit@8=0.999", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "3 questions" in done.stdout
    assert "FAILED    hit@8 >= 0.999: hit@8 1.000, at least 0." in done.stdout
    assert (tmp_path / "runs" / "a" / "junit.xml").read_text().count("<testcase") == 4
    told = onrecord("score", "runs/a", "--json", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["overall"]["evidence@8"]["value"] == 1.0


def test_the_command_line_compares_reports_and_refuses(tmp_path: Path, onrecord: Run) -> None:
    for name, answer in (("old", "48"), ("new", "12")):
        records = [answered(answer if number == 0 else "48", "48") for number in range(3)]
        from dataclasses import replace

        evals.score(write_run(tmp_path / name, [replace(record, id=f"q{n}") for n, record in enumerate(records)]))
    compared = onrecord("compare", "old", "new", cwd=tmp_path)
    assert compared.returncode == 0, compared.stderr
    assert "| lost | Who won? | 48 (right) | 12 (reader missed) |" in compared.stdout
    assert onrecord("report", "old", cwd=tmp_path).stdout.strip() == "old/report.html"
    refused = onrecord("eval", "nowhere.jsonl", cwd=tmp_path)
    assert refused.returncode == 2
    assert (
        refused.stderr.strip()
        == "onrecord: nowhere.jsonl: there is no such suite; give 'newsroom', a path, or FORMAT:PATH"
    )
    assert onrecord("score", "nowhere", cwd=tmp_path).returncode == 2
    wrong = onrecord("eval", "newsroom", "--fail-under", "speed=3", cwd=tmp_path)
    assert (wrong.returncode, "the measures are right, f1" in wrong.stderr) == (2, True)
