"""What does a run look like to people? One HTML file, Markdown, and JUnit for a build server."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.gates import Gate

PAGE, TEXT, TESTS = "report.html", "report.md", "junit.xml"


def report(run_dir: str | Path, *, gates: "Sequence[Gate]" = ()) -> Path:
    """Render a scored run into its folder; returns the path of the page. `gates` become test cases in the JUnit file.

    Raises SuiteError where the run was not scored.
    """
    from evals.journal import read_records
    from evals.reporting import junit
    from evals.reporting.markdown import report_markdown
    from evals.reporting.page import page
    from evals.reporting.questions import packed
    from evals.rundir import load_facts
    from evals.scores import load_scores

    folder = Path(run_dir)
    facts, scores = load_facts(folder), load_scores(folder)
    questions, shown = packed(read_records(folder), scores.count)
    (folder / PAGE).write_text(page(facts, scores, questions, shown), encoding="utf-8")
    (folder / TEXT).write_text(report_markdown(facts, scores), encoding="utf-8")
    junit.write(read_records(folder), facts.suite["name"], folder / TESTS, gates)
    return folder / PAGE
