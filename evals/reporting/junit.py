"""How does a build server see a run? JUnit XML: one test case a question, and one for each gate."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from evals.causes import CAUSES, RIGHT, cause_of
from evals.gates import Gate
from evals.records import RunRecord


def write(records: Iterable[RunRecord], name: str, file: Path, gates: Sequence[Gate] = ()) -> None:
    """Write the file. A wrong answer is a failure with its cause, failed asking an error, an unjudged one skipped."""
    body: list[str] = []
    tests = failures = errors = skipped = 0
    for gate in gates:
        tests += 1
        failures += not gate.passed
        inner = "" if gate.passed else f"<failure message={quoteattr(gate.told)}/>"
        body.append(f'<testcase classname="gates" name={quoteattr(gate.name)}>{inner}</testcase>')
    for record in records:
        cause = cause_of(record)
        tests += 1
        inner = ""
        if cause == "error":
            errors += 1
            inner = f"<error message={quoteattr(clean(record.error))}/>"
        elif cause == "not judged":
            skipped += 1
            inner = "<skipped/>"
        elif cause != RIGHT:
            failures += 1
            told = clean(
                f"expected: {' | '.join(record.answers) or 'to decline'}\ngiven: {record.answer or 'declined'}"
            )
            inner = f"<failure type={quoteattr(cause)} message={quoteattr(CAUSES[cause])}>{escape(told)}</failure>"
        title = quoteattr(clean(f"{record.id}: {record.question}"))
        body.append(
            f'<testcase classname={quoteattr(record.type)} name={title} time="{record.seconds:.3f}">{inner}</testcase>'
        )
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name={quoteattr(name)} {counts}>\n'
    file.write_text(head + "\n".join(body) + "\n</testsuite>\n", encoding="utf-8")


def clean(text: str) -> str:
    """Without the control characters that XML 1.0 has no way to write."""
    return "".join(
        char if char in "\t\n" or (ord(char) >= 32 and ord(char) not in (0xFFFE, 0xFFFF)) else " " for char in text
    )
