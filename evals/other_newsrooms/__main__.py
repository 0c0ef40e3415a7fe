"""Prints the figures of another newsroom: `python -m evals.other_newsrooms maravene [--misses]`."""

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

from evals.conversations.measure import REWRITES, conversations, measure, measure_assistant, wilson
from evals.metrics.wording import holds
from evals.nearest import answer_of
from evals.other_newsrooms import MARAVENE, TAVELIN
from evals.times.differing import by_assistant, by_model, by_reference, disputed
from index.library import Library
from index.reading import read
from rag.assistant import Assistant

NEWSROOMS = {"tavelin": TAVELIN, "maravene": MARAVENE}
QUESTIONS = ("questions.jsonl", "hard_questions.jsonl", "unread_questions.jsonl")


def main() -> None:
    """Differing reports, follow-ups, single facts, what the articles do not say, and what takes two steps to find."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("newsroom", choices=sorted(NEWSROOMS), help="tavelin was developed on, maravene was not")
    options.add_argument("--misses", action="store_true", help="print what went wrong")
    options.add_argument("--only", choices=QUESTIONS, help="of all that is measured, this file of questions")
    chosen = options.parse_args()
    folder = NEWSROOMS[chosen.newsroom]
    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        library.add(read(str(folder / "articles.jsonl")))
        assistant = Assistant(library, today=library.info().last_published)
        if chosen.only is None:
            _differing(library, assistant, folder, chosen.misses)
            _conversations(library, assistant, folder, chosen.misses)
        for name in QUESTIONS if chosen.only is None else [chosen.only]:
            if (folder / name).exists():
                print(name)
                _questions(assistant, folder / name, chosen.misses)


def _differing(library: Library, assistant: Assistant, folder: Path, misses: bool) -> None:
    suite = disputed(folder / "differing.jsonl")
    measured = {
        "answers read by hand": by_reference(library, suite),
        "": by_assistant(assistant, suite),
        "with a model that tells one version": by_model(library, suite),
    }
    for name, shown in measured.items():
        disputes = [one for one in shown if len(one.disputed.sides) > 1]
        _print(f"{name or 'the assistant'}: all versions shown", [one.right for one in disputes])
        _print(f"{name or 'the assistant'}: none where they agree", [one.right for one in shown if one not in disputes])
        if any(one.beside or one.in_words for one in shown):
            said = f"{name or 'the assistant'}: all told, as versions or in words"
            _print(said, [one.in_words for one in disputes])
            _print(f"{said}, where it answers", [one.in_words and not one.abstained for one in disputes])
            print(f"sentences beside an answer {sum(one.beside for one in shown) / len(shown):.1f}")
        for one in shown if misses and not name else ():
            if not one.right:
                print(f"  ! {one.disputed.question} -> {one.answers}")


def _conversations(library: Library, assistant: Assistant, folder: Path, misses: bool) -> None:
    suite = conversations(folder / "conversations.jsonl")
    for name, rewrite in REWRITES.items():
        results = measure(library, suite, rewrite)
        _print(f"follow-ups, {name}: right article first", [one.rank == 1 for one in results])
        _print(f"follow-ups, {name}: among those read", [one.rank is not None for one in results])
        for one in results if misses and name == "rules" else ():
            if one.rank != 1:
                print(f"  ! {one.question} -> {one.searched_for} [{one.rank}] {one.found}")
    held = measure_assistant(assistant, suite)
    _print("follow-ups, the assistant: right article shown first", [one.first for one in held])
    _print("follow-ups, the assistant: right article cited", [one.right for one in held])


def _questions(assistant: Assistant, path: Path, misses: bool) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answer = answer_of(assistant, row)
        right = answer.abstained is not row["answerable"]
        said = f"{answer.answer or answer.text}"
        right = right and (not row["answerable"] or any(holds(said, wording) for wording in row["answers"]))
        counted[row["type"], "right" if right else "declined" if answer.abstained else "wrong"] += 1
        if misses and not right:
            asked = f" ({answer.searched_for})" if answer.searched_for != answer.question else ""
            print(f"  ! {row['question']}{asked} -> {answer.text} ({answer.confidence:.2f})")
    for kind in dict.fromkeys(name for name, _ in counted):
        good, declined, wrong = (counted[kind, outcome] for outcome in ("right", "declined", "wrong"))
        _print(f"{kind}: right ({declined} declined, {wrong} wrong)", [True] * good + [False] * (declined + wrong))


def _print(name: str, right: list[bool]) -> None:
    low, high = wilson(sum(right), len(right))
    print(f"{name:56} {sum(right)}/{len(right)} = {sum(right) / max(1, len(right)):.3f} [{low:.3f}, {high:.3f}]")


if __name__ == "__main__":
    main()
