"""How good are the answers? The evaluation runs with their intervals, two of them compared, and a run's report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import SuiteError
from ui.web.escape import day, inline, text

RUN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]*")  # one folder under the runs: no way up, no hidden ones
REPORT = "report.html"
OPENING = '<section class="evaluations sheet" aria-label="Evaluations"><h2>Evaluations</h2>'
MOST_RUNS = 100  # the newest; older ones are still in their folders
MOST_MEASURES = 6  # columns that still fit beside a run's name; the report has them all


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One scored run, for the table: `measures` by name as (value, low, high)."""

    name: str
    suite: str
    answerer: str
    started: str
    questions: int
    measures: dict[str, tuple[float, float | None, float | None]]
    has_report: bool


def runs_in(folder: Path) -> list[Run]:
    """Every scored run in the folder, newest first; what is not one is passed over."""
    if not folder.is_dir():
        return []
    found = [run for one in folder.iterdir() if RUN_NAME.fullmatch(one.name) and (run := run_of(one)) is not None]
    return sorted(found, key=lambda run: run.started, reverse=True)[:MOST_RUNS]


def run_of(folder: Path) -> Run | None:
    """The run in a folder; None when it was not scored, or is none."""
    from evals.rundir import load_facts
    from evals.scores import load_scores

    try:
        facts, scores = load_facts(folder), load_scores(folder)
    except (SuiteError, OSError, KeyError, TypeError, ValueError):
        return None
    return Run(
        name=folder.name,
        suite=facts.suite.get("name", ""),
        answerer=str(facts.settings.get("model") or facts.settings.get("answerer") or "local reader"),
        started=facts.started,
        questions=scores.count,
        measures={name: (one.value, one.low, one.high) for name, one in scores.overall.items()},
        has_report=(folder / REPORT).is_file(),
    )


def evaluations_page(folder: Path, *, first: str = "", second: str = "") -> str:
    """The whole page."""
    runs = runs_in(folder)
    if not runs:
        return (
            f'{OPENING}<p class="hint">There is no scored run in {inline(str(folder))} yet. <code>onrecord eval '
            "newsroom</code> makes one: it asks a suite's questions and scores every answer and citation.</p></section>"
        )
    chosen = {run.name for run in runs}
    compared = comparison(folder, first, second) if first in chosen and second in chosen and first != second else ""
    return (
        f'{OPENING}<p class="hint">Per cent, with 95 % intervals. Choose two runs to compare them over '
        "the questions that both were asked.</p>"
        f"{table(runs, first, second)}{compared}"
        '<div class="report-frame" hidden><button type="button" class="link" data-do="close-report">Close the report'
        '</button><iframe id="report" title="Report of the run" sandbox="allow-scripts"></iframe></div></section>'
    )


def table(runs: Sequence[Run], first: str, second: str) -> str:
    """The runs, one a row."""
    shown = shown_measures(runs)
    heads = "".join(f'<th scope="col">{text(title_of(name))}</th>' for name in shown)
    rows = "".join(run_row(run, shown, first, second) for run in runs)
    return (
        f'<form id="compare-form">{scrolling("Runs")}<table class="runs"><thead><tr><th scope="col">Before</th>'
        '<th scope="col">After</th><th scope="col">Run</th>'
        f'<th scope="col">Questions</th>{heads}<th scope="col">Report</th></tr></thead><tbody>{rows}</tbody></table>'
        '</div><button type="submit" class="primary">Compare</button></form>'
    )


def run_row(run: Run, shown: Sequence[str], first: str, second: str) -> str:
    """One run."""
    name = text(run.name)
    cells = "".join(f"<td>{interval(run.measures.get(measure))}</td>" for measure in shown)
    report = (
        f'<button type="button" class="link" data-do="report" data-run="{name}" '
        f'aria-label="Report of {name}">Open</button>'
        if run.has_report
        else "—"
    )
    picks = "".join(
        f'<td><input type="radio" name="{part}" value="{name}" aria-label="{label}: {name}"'
        f"{' checked' if run.name == chosen else ''}></td>"
        for part, label, chosen in (("first", "Before", first), ("second", "After", second))
    )
    return (
        f'<tr>{picks}<th scope="row">{inline(run.name)}<span class="facts">{inline(run.suite)} · '
        f"{inline(run.answerer)} · {text(day(run.started))}</span></th><td>{run.questions:,}</td>{cells}"
        f"<td>{report}</td></tr>"
    )


def shown_measures(runs: Sequence[Run]) -> list[str]:
    """The headline measures that some run has, in the order of a report."""
    from evals.metrics.catalogue import catalogue

    known = {name for run in runs for name in run.measures}
    return [name for name, metric in catalogue().items() if metric.headline and name in known][:MOST_MEASURES]


def title_of(name: str) -> str:
    """What a measure is called."""
    from evals.metrics.catalogue import catalogue

    metric = catalogue().get(name)
    return metric.title if metric is not None else name


def interval(value: tuple[float, float | None, float | None] | None) -> str:
    """`81.4 % (78.9 to 83.7)`."""
    if value is None:
        return "—"
    mean, low, high = value
    spread = (
        f'<span class="spread">{100 * low:.1f} to {100 * high:.1f}</span>'
        if low is not None and high is not None
        else ""
    )
    return f"{100 * mean:.1f}{spread}"


def comparison(folder: Path, first: str, second: str) -> str:
    """The second run against the first, paired, and what flipped."""
    from evals.comparison import compare

    try:
        found = compare(folder / first, folder / second)
    except (SuiteError, OSError, ValueError) as error:
        return f'<p class="failure" role="alert">{text(str(error))}</p>'
    rows = "".join(
        f'<tr><th scope="row">{text(title_of(name))}</th>'
        f"<td>{signed(one.interval.value)} {spread(one.interval.low, one.interval.high)}</td>"
        f"<td>{one.adjusted:.3f}</td><td>{'yes' if one.adjusted < 0.05 else 'no'}</td></tr>"
        for name, one in found.differences.items()
    )
    flips = "".join(
        f"<li>{'gained' if one.gained else 'lost'}: {inline(one.question)} "
        f'<span class="facts">{inline(one.answers[0] or "declined")} → '
        f"{inline(one.answers[1] or 'declined')}</span></li>"
        for one in found.flips[:20]
    )
    warn = (
        "" if found.same_suite else '<p class="notice">The two runs were made on different versions of the suite.</p>'
    )
    return (
        f'<section class="comparison" aria-label="Comparison"><h3>{inline(second)} against {inline(first)}</h3>{warn}'
        f'<p class="hint">{found.count:,} questions in common; p-values after Holm’s correction.</p>'
        f'{scrolling("Differences")}<table class="runs"><thead><tr>'
        '<th scope="col">Measure</th><th scope="col">Difference, points</th><th scope="col">p</th>'
        f'<th scope="col">Clear</th></tr></thead><tbody>{rows}</tbody></table></div>'
        + (f"<h4>What flipped</h4><ul>{flips}</ul>" if flips else "")
        + "</section>"
    )


def scrolling(label: str) -> str:
    """The start of a place that scrolls by itself, also by keyboard."""
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">'


def signed(value: float) -> str:
    """A difference in points, with its sign."""
    return f"{100 * value:+.1f}"


def spread(low: float | None, high: float | None) -> str:
    """The interval of a difference, in points."""
    return f"({signed(low)} to {signed(high)})" if low is not None and high is not None else ""
