"""Prints the conversation suite's figures: `python -m evals.conversations --split test [--library DIR] [--misses]`."""

import argparse
import sys
import tempfile

from evals.conversations.measure import REWRITES, conversations, measure, measure_assistant, wilson
from evals.newsroom import ARTICLES
from index.library import Library
from index.reading import read

# The bar of the issue: the right article first for at least this share of the follow-ups.
GATE = 0.85


def main() -> int:
    """0 when the rules reach the gate on the chosen half, else 1."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=("dev", "test"), default="test")
    options.add_argument("--library", help="a library of the sample newsroom; without it one is built for this run")
    options.add_argument(
        "--misses", action="store_true", help="print every follow-up that did not find its article first"
    )
    options.add_argument("--assistant", action="store_true", help="hold the conversations with the assistant as well")
    chosen = options.parse_args()
    suite = [conversation for conversation in conversations() if conversation.split == chosen.split]
    with tempfile.TemporaryDirectory() as folder, Library.open(chosen.library or folder) as library:
        if not chosen.library:
            library.add(read(str(ARTICLES)))
        print(f"{len(suite)} conversations, {chosen.split} half")
        passed = True
        for name, rewrite in REWRITES.items():
            for answers in (True, False) if name == "rules" else (True,):
                results = measure(library, suite, rewrite, answers=answers)
                first = sum(result.rank == 1 for result in results)
                read_at_all = sum(result.rank is not None for result in results)
                low, high = wilson(first, len(results))
                known = "" if answers else ", answers unknown"
                print(
                    f"{name + known:32} right article first {first}/{len(results)} = {first / len(results):.3f} "
                    f"[{low:.3f}, {high:.3f}], among the passages read {read_at_all / len(results):.3f}"
                )
                if name == "rules" and answers:
                    passed = first / len(results) >= GATE
                    for result in results if chosen.misses else ():
                        mark = "  " if result.rank == 1 else "! "
                        print(
                            f"{mark}{result.conversation}: {result.question} -> {result.searched_for} "
                            f"[{result.rank}] {result.found}"
                        )
        if chosen.assistant:
            from rag.assistant import Assistant

            held = measure_assistant(Assistant(library, today=library.info().last_published), suite)
            right, answered = sum(one.right for one in held), sum(one.answer is not None for one in held)
            low, high = wilson(right, len(held))
            print(
                f"{'the assistant, its own answers':32} right article cited {right}/{len(held)} "
                f"= {right / len(held):.3f} [{low:.3f}, {high:.3f}], answered {answered}"
            )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
