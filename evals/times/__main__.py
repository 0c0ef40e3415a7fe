"""Prints the time suite's figures: `python -m evals.times --split test [--library DIR] [--assistant] [--misses]`."""

import argparse
import sys
import tempfile

from evals.conversations.measure import wilson
from evals.newsroom import ARTICLES
from evals.times.differing import Shown, by_assistant, by_model, by_reference, disputed
from evals.times.windows import judge, questions
from index.library import Library
from index.reading import read

# The bars of the issue: right windows, and questions with differing reports that show all versions.
WINDOWS_GATE, DIFFERING_GATE = 0.90, 0.90


def main() -> int:
    """0 when both gates are reached on the chosen half, else 1."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=("dev", "test"), default="test")
    options.add_argument("--library", help="a library of the sample newsroom; without it one is built for this run")
    options.add_argument(
        "--assistant", action="store_true", help="ask the assistant too: the whole chain, local reader"
    )
    options.add_argument("--misses", action="store_true", help="print what went wrong")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, Library.open(chosen.library or folder) as library:
        if not chosen.library:
            library.add(read(str(ARTICLES)))
        judged = judge(library, [question for question in questions() if question.split == chosen.split])
        passed = _print("window or preference", [one.right for one in judged]) >= WINDOWS_GATE
        for one in judged if chosen.misses else ():
            if not one.right:
                print(f"  ! {one.timed.question} ({one.timed.today}) -> {one.window}")
        suite = [question for question in disputed() if question.split == chosen.split]
        passed = (
            _differing("answers read by hand", by_reference(library, suite), chosen.misses) >= DIFFERING_GATE and passed
        )
        if chosen.assistant:
            from rag.assistant import Assistant

            newest = library.info().last_published
            shown = by_assistant(Assistant(library, today=newest), suite)
            passed = _differing("the assistant", shown, chosen.misses) >= DIFFERING_GATE and passed
            _differing("with a model that tells one version", by_model(library, suite), misses=False)
    return 0 if passed else 1


def _differing(name: str, shown: list[Shown], misses: bool) -> float:
    disputes = [one for one in shown if len(one.disputed.sides) > 1]
    share = _print(f"{name}: all versions shown", [one.right for one in disputes])
    _print(f"{name}: no version where articles agree", [one.right for one in shown if one not in disputes])
    if any(one.beside or one.in_words for one in shown):
        _print(f"{name}: all told, as versions or in words", [one.in_words for one in disputes])
        _print(f"{name}: the same, where it answers", [one.in_words and not one.abstained for one in disputes])
        print(f"{name}: sentences beside an answer {sum(one.beside for one in shown) / len(shown):.1f}")
    judged = [one.current_right for one in disputes if one.current_right is not None]
    if judged:
        _print(f"{name}: the right one is the latest", judged)
    for one in shown if misses else ():
        if not one.right or one.current_right is False:
            print(f"  ! {one.disputed.question} -> {one.answers}")
    return share


def _print(name: str, right: list[bool]) -> float:
    share = sum(right) / len(right) if right else 0.0
    low, high = wilson(sum(right), len(right))
    print(f"{name:58} {sum(right)}/{len(right)} = {share:.3f} [{low:.3f}, {high:.3f}]")
    return share


if __name__ == "__main__":
    sys.exit(main())
