"""A run survives kill -9, a full disk and a torn line, and refuses to mix settings."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from evals.collect import Pace, collect
from evals.journal import RECORDS, Journal, count_lines, read_records
from evals.records import RunRecord, from_line
from evals.rundir import begin, load_facts
from index.errors import SuiteError
from tests.evaluation.stand_ins import QuickAsker, facts, questions, timeless

ROOT = Path(__file__).resolve().parents[2]

CHILD = """
import sys, time
from pathlib import Path
from evals.collect import collect
from evals.rundir import begin
from tests.evaluation.stand_ins import QuickAsker, facts, questions

class Slow(QuickAsker):
    def ask(self, question, *, history=(), filters=None):
        time.sleep(0.0005)
        return super().ask(question, history=history, filters=filters)

folder = Path(sys.argv[1])
begin(folder, facts(2000), resume=True)
print("begun", flush=True)
collect(questions(2000), Slow(), folder, workers=int(sys.argv[2]))
print("done", flush=True)
"""


def run_child(folder: Path, workers: int) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(workers)], stdout=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.parametrize(("workers", "kill_at"), [(1, (150, 700, 1300)), (4, (900,))])
def test_a_run_killed_again_and_again_equals_an_uninterrupted_one(
    tmp_path: Path, workers: int, kill_at: tuple[int, ...]
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    begin(whole, facts(2000), resume=True)
    collect(questions(2000), QuickAsker(), whole)
    kills = 0
    for wanted in kill_at:
        child = run_child(broken, workers)
        assert child.stdout is not None
        while child.poll() is None and (not (broken / RECORDS).exists() or count_lines(broken / RECORDS) < wanted):
            time.sleep(0.002)
        before = count_lines(broken / RECORDS)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        kills += child.returncode == -signal.SIGKILL
        # what was on disk before the kill is still there
        assert len(list(read_records(broken))) >= before
    assert kills == len(kill_at)
    last = run_child(broken, workers)
    assert last.communicate()[0].split() == ["begun", "done"]
    expected = {record.id: timeless(record) for record in read_records(whole)}
    found = [timeless(record) for record in read_records(broken)]
    assert len(found) == 2000
    assert {record.id: record for record in found} == expected


def test_a_resumed_run_asks_only_what_is_missing(tmp_path: Path) -> None:
    begin(tmp_path / "run", facts(30), resume=True)
    collect(questions(30)[:20], QuickAsker(), tmp_path / "run")
    asker = QuickAsker()
    done = collect(questions(30), asker, tmp_path / "run")
    assert asker.asked == [f"Question {number}?" for number in range(20, 30)]
    assert (done.asked, done.resumed) == (10, 20)


def test_a_torn_last_line_is_dropped_and_asked_again(tmp_path: Path) -> None:
    begin(tmp_path / "run", facts(5), resume=True)
    collect(questions(5), QuickAsker(), tmp_path / "run")
    file = tmp_path / "run" / RECORDS
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    assert len(list(read_records(tmp_path / "run"))) == 4
    collect(questions(5), QuickAsker(), tmp_path / "run")
    assert [timeless(r) for r in read_records(tmp_path / "run")] == [
        timeless(from_line(line, "x", 1)) for line in whole.decode().splitlines()
    ]


def test_a_last_line_torn_within_a_character_is_left_out_and_damaged_bytes_are_named(tmp_path: Path) -> None:
    begin(tmp_path / "run", facts(5), resume=True)
    collect(questions(5), QuickAsker(), tmp_path / "run")
    file = tmp_path / "run" / RECORDS
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.rindex("Ç".encode()) + 1])
    assert len(list(read_records(tmp_path / "run"))) == 4
    file.write_bytes(whole.replace("Ç".encode(), b"\xc3", 1))
    with pytest.raises(SuiteError, match="line 1: is not a record of a run: 'utf-8' codec"):
        list(read_records(tmp_path / "run"))


def test_a_damaged_line_in_the_middle_is_named(tmp_path: Path) -> None:
    begin(tmp_path / "run", facts(3), resume=True)
    collect(questions(3), QuickAsker(), tmp_path / "run")
    file = tmp_path / "run" / RECORDS
    lines = file.read_text().split("\n")
    file.write_text("\n".join([lines[0], lines[1][:-9], *lines[2:]]))
    with pytest.raises(SuiteError, match=r"records.jsonl, line 2: is not a record of a run"):
        list(read_records(tmp_path / "run"))


def test_an_asker_that_fails_makes_a_record_and_can_be_asked_again(tmp_path: Path) -> None:
    begin(tmp_path / "run", facts(200), resume=True)
    done = collect(questions(200), QuickAsker(), tmp_path / "run")
    failed = [record for record in read_records(tmp_path / "run") if record.outcome == "error"]
    assert done.errors == len(failed) > 0
    assert failed[0].error == f"ValueError: cannot answer {failed[0].question}"
    again = QuickAsker()
    collect(questions(200), again, tmp_path / "run", retry_errors=True)
    assert sorted(again.asked) == sorted(record.question for record in failed)
    assert count_lines(tmp_path / "run" / RECORDS) == 200


def test_records_in_parallel_are_the_same_as_one_by_one(tmp_path: Path) -> None:
    for name, workers in (("one", 1), ("eight", 8)):
        begin(tmp_path / name, facts(300), resume=True)
        collect(questions(300), QuickAsker(), tmp_path / name, workers=workers)
    one, eight = ({r.id: timeless(r) for r in read_records(tmp_path / name)} for name in ("one", "eight"))
    assert one == eight
    assert len(one) == 300


def test_a_conversation_is_asked_turn_by_turn_with_its_history(tmp_path: Path) -> None:
    from evals.suite import Turn

    begin(tmp_path / "run", facts(1), resume=True)
    question = replace(questions(2)[1], conversation=(Turn(question="First?"), Turn(question="Second?")))
    asker = QuickAsker()
    collect([question], asker, tmp_path / "run")
    assert asker.asked == ["First?", "Second?", "Question 1?"]
    assert next(read_records(tmp_path / "run")).slices["turns"] == "3"


FULL = """
import resource, sys
from pathlib import Path
from evals.collect import collect
from evals.rundir import begin
from index.errors import SuiteError
from tests.evaluation.stand_ins import QuickAsker, facts, questions

folder = Path(sys.argv[1])
begin(folder, facts(500), resume=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    collect(questions(500), QuickAsker(), folder)
except SuiteError as error:
    print(error)
"""


def test_a_full_disk_is_a_clear_error_and_the_records_so_far_are_whole(tmp_path: Path) -> None:
    # the limit on a file's size makes the same system call fail as a full disk does, half way through a record
    folder = tmp_path / "run"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", FULL, str(folder)], capture_output=True, text=True, env=environment, check=True
    ).stdout
    kept = list(read_records(folder))
    assert 50 < len(kept) < 500
    assert f"cannot write: File too large; the {len(kept)} records so far are whole. Make room" in said
    assert (folder / RECORDS).stat().st_size <= 100_000
    assert (folder / RECORDS).read_bytes().endswith(b"\n")
    done = collect(questions(500), QuickAsker(), folder)
    assert done.resumed == len(kept)


def test_a_run_does_not_go_on_under_other_settings(tmp_path: Path) -> None:
    begin(tmp_path / "run", facts(5), resume=True)
    with pytest.raises(SuiteError, match=r"was collected with another settings: model 'quick' \(now 'slow'\)"):
        begin(tmp_path / "run", replace(facts(5), settings={"model": "slow"}), resume=True)
    with pytest.raises(SuiteError, match="was collected with another library"):
        begin(tmp_path / "run", replace(facts(5), library={"contents": "other"}), resume=True)
    with pytest.raises(SuiteError, match="a run is there already"):
        begin(tmp_path / "run", facts(5), resume=False)
    assert load_facts(tmp_path / "run") == facts(5)


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"is no run \(there is no run.json\)"):
        load_facts(tmp_path)
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(SuiteError, match="cannot be read as the facts of a run"):
        load_facts(tmp_path)


def test_a_record_comes_back_from_its_line_as_it_was(tmp_path: Path) -> None:
    begin(tmp_path / "run", facts(50), resume=True)
    collect(questions(50), QuickAsker(), tmp_path / "run")
    for record in read_records(tmp_path / "run"):
        assert from_line(record.to_line(), "x", 1) == record


def test_two_threads_never_interleave_their_records(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    journal = Journal(tmp_path)
    long = [RunRecord(id=str(number), question="q" * 20_000, outcome="answered") for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(journal.append, long))
    journal.close()
    assert sorted(int(record.id) for record in read_records(tmp_path)) == list(range(60))


def test_a_pace_spaces_starts_evenly() -> None:
    pace = Pace(per_minute=60_000)
    assert pace.gap == 0.001
    pace.wait()
    first = pace._next
    pace.wait()
    assert pace._next >= first + pace.gap
