"""How many false claims does the verifier catch, how many true ones does it refuse? `python -m evals.verification`"""

import sys
import time
from collections.abc import Sequence

from evals.verification.articles import pieces
from evals.verification.retractions import held, retractions
from evals.verification.suite import FALSE_KINDS, HANDWRITTEN, TRUE_KINDS, Case, cases
from rag.verify import support

# What the issue asks for, by kind: the share of false claims caught, the share of true ones refused.
CATCH = {"number": 0.98, "unit": 0.98, "date": 0.98, "name": 0.98, "invented": 0.95, "negated": 0.90, "speaker": 0.90}
FALSE_ALARMS = 0.08


def judged(case: Case) -> tuple[bool, str, float]:
    """Is the claim held to be supported by its article, why not, and in how many milliseconds?"""
    piece = next(piece for piece in pieces() if piece.key == case.article)
    begun = time.process_time()
    _, verdict = support(case.claim, piece.text, published=piece.published, title=piece.title)
    return verdict.supported, verdict.reason, (time.process_time() - begun) * 1000


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not count:
        return 0.0, 1.0
    z = 1.959964
    share = right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5 / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def main(arguments: Sequence[str]) -> int:
    """Print a table for each split; `--misses [KIND]` lists what went wrong on the development half."""
    splits = [split for split in ("dev", "test") if split in arguments] or ["dev", "test"]
    failed = False
    for split in splits:
        failed |= _table(split, arguments) and split == "test"
    return 1 if failed else 0


def _table(split: str, arguments: Sequence[str]) -> bool:
    found = [(case, *judged(case)) for case in cases(split)]
    times = sorted(milliseconds for *_, milliseconds in found)
    number = len({case.article for case, *_ in found})
    median, slow = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{split}: {len(found)} claims over {number} articles")
    print(f"  {median:.1f} ms of processor a claim (median), {slow:.1f} ms (p99)")
    failed = False
    for kind in (*TRUE_KINDS, *FALSE_KINDS):
        rows = [row for row in found if row[0].kind == kind]
        if not rows:
            continue
        true = kind in TRUE_KINDS
        right = sum(supported == true for _, supported, *_ in rows)
        low, high = wilson(right, len(rows))
        hand = ""
        for made in HANDWRITTEN:
            written = [row[1] == true for row in rows if row[0].made == made]
            hand += f", {made} {sum(written)}/{len(written)}" if written else ""
        goal = 1 - FALSE_ALARMS if true else CATCH.get(kind, 0.0)
        missed = right / len(rows) < goal
        failed |= missed
        word = "held" if true else "caught"
        below = f"  BELOW {goal}" if missed else ""
        share = f"{right}/{len(rows)} = {right / len(rows):.3f} [{low:.3f}, {high:.3f}]"
        print(f"  {kind:14} {word:7} {share}{hand}{below}")
        if "--misses" in arguments and (split == "dev" or "--look" in arguments):
            wanted = arguments[arguments.index("--misses") + 1 :][:1]
            if not wanted or wanted[0] == kind or wanted[0].startswith("--"):
                for case, supported, reason, _ in rows:
                    if supported != true:
                        print(f"      {case.made}: {case.claim}  [{reason}]  <{case.article}>")
    true_rows = [row for row in found if row[0].true]
    refused = sum(not supported for _, supported, *_ in true_rows)
    low, high = wilson(refused, len(true_rows))
    share = f"{refused}/{len(true_rows)} = {refused / len(true_rows):.3f} [{low:.3f}, {high:.3f}]"
    print(f"  false alarms on all true claims: {share}")
    _retractions(split)
    return failed


def _retractions(split: str) -> None:
    """Printed apart: their texts are not of the sample newsroom."""
    found = [(one.true, held(one) == one.true) for one in retractions(split)]
    for true, word in ((False, "retracted      caught "), (True, "of these texts, true  held ")):
        told = [right for kind, right in found if kind == true]
        low, high = wilson(sum(told), len(told))
        print(f"  {word} {sum(told)}/{len(told)} = {sum(told) / len(told):.3f} [{low:.3f}, {high:.3f}], hand")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
