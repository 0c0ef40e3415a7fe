"""A chat model may judge, and its verdicts are told with how often they flip and how well people agree."""

from dataclasses import replace
from pathlib import Path

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel

from evals.judging import JUDGEMENTS, judge, kappa
from index.errors import SuiteError
from tests.evaluation.stand_ins import NO_ANSWER, answered, write_run

RECORDS = [replace(answered("48", "48 metres"), id=f"q{number}") for number in range(3)]


def scripted(*replies: str) -> GenericFakeChatModel:
    return GenericFakeChatModel(messages=iter(replies))


def test_verdicts_are_repeated_counted_and_compared_with_people(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [*RECORDS, NO_ANSWER])
    (tmp_path / "labels.jsonl").write_text('{"id": "q0", "right": true}\n{"id": "q1", "right": false}\n')
    model = scripted("RIGHT", "Right.", "wrong", "WRONG", "I cannot say", "RIGHT", "RIGHT")
    found = judge(run, model, repeats=2, labels=tmp_path / "labels.jsonl", limit=3)
    # q0: right, right. q1: wrong, wrong. q2: unreadable, right
    assert (found.right.value, found.right.count) == (pytest.approx(2 / 3), 3)
    assert (found.flip_rate, found.unreadable) == (0.0, 1)
    assert (found.kappa, found.labelled) == (1.0, 2)
    assert len((run / JUDGEMENTS).read_text().splitlines()) == 6
    # asked once only: a model without another word to say is not asked again
    assert judge(run, scripted(), repeats=2, limit=3).right == found.right


def test_flips_are_told(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", RECORDS[:1])
    assert judge(run, scripted("RIGHT", "WRONG", "RIGHT")).flip_rate == 1.0


def test_kappa_is_agreement_beyond_chance() -> None:
    # 7 of 10 agree; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5 would: (0.7 - 0.5) / 0.5
    pairs = [(True, True)] * 4 + [(True, False)] * 1 + [(False, True)] * 2 + [(False, False)] * 3
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([(True, True)]) == 1.0


def test_a_run_without_answers_to_judge_is_refused(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [NO_ANSWER])
    with pytest.raises(SuiteError, match="there is nothing to judge"):
        judge(run, scripted())
