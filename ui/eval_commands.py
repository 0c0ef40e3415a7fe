"""The commands of the evaluation harness: eval, score, report, compare, and suite build."""

import json
import os
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.options import warn_of_confidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evals.collect import Progress
    from evals.gates import Gate
    from evals.records import RunRecord
    from evals.scores import Scores

FAILED_GATE = FAILED_QUESTIONS = 1  # exit codes are part of the contract: 1 is a failed gate or question, 2 bad input

RunFolder = Annotated[Path, typer.Argument(help="Folder of a run, such as runs/newsroom-20260101-120000.")]
FailUnder = Annotated[
    list[str] | None,
    typer.Option("--fail-under", help="MEASURE=NUMBER that the interval's lower end must reach; may be repeated."),
]
NotWorse = Annotated[
    Path | None, typer.Option("--not-worse-than", help="A scored run: no headline measure may be worse beyond chance.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]

suite_app = typer.Typer(help="Suites of your own.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Mount the commands on the main app."""
    app.command(name="eval")(eval_)
    app.command()(score)
    app.command()(report)
    app.command()(compare)
    app.add_typer(suite_app, name="suite")


def eval_(
    suite: Annotated[str, typer.Argument(help="newsroom, a path, or FORMAT:PATH#OPTION=VALUE&OPTION=VALUE.")],
    library: Annotated[
        Path | None, typer.Option("--library", help="Ask this library instead of one built from the suite's articles.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="A chat model as provider:name; else the local reader.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the run; else a new one under runs/.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Questions asked at a time.")] = 1,
    resume: Annotated[bool, typer.Option("--resume/--no-resume", help="Go on with an unfinished run.")] = True,
    retry_errors: Annotated[bool, typer.Option("--retry-errors", help="Ask failed questions again.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask this many questions, spread evenly.")] = None,
    passages: Annotated[int | None, typer.Option(min=1, max=50, help="How many passages are read.")] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0.0, max=1.0, help="Decline below this probability; 0 answers everything (local reader only)."
        ),
    ] = None,
    per_minute: Annotated[
        float | None, typer.Option(min=0.1, help="Most questions a minute, for hosted models.")
    ] = None,
    price_input: Annotated[float, typer.Option(min=0.0, help="Price of a million input tokens.")] = 0.0,
    price_output: Annotated[float, typer.Option(min=0.0, help="Price of a million output tokens.")] = 0.0,
    fail_under: FailUnder = None,
    not_worse_than: NotWorse = None,
    as_json: AsJson = False,
) -> None:
    """Ask a suite's questions, score the answers and write a report."""
    import evals
    from evals.gates import parse_limits
    from ui.progress import adding

    parse_limits(fail_under or ())  # a typing error shows before an hour of asking, not after it
    warn_of_confidence(model, min_confidence)
    fallback = Path(os.environ.get("ONRECORD_LIBRARY", "library"))
    with adding(None, quiet=as_json) as building, asking(quiet=as_json) as progress:
        ran = evals.run(
            suite,
            library=library,
            default_library=fallback,
            model=model,
            out=out,
            workers=workers,
            resume=resume,
            limit=limit,
            passages=passages,
            min_confidence=min_confidence,
            per_minute=per_minute,
            prices={"input": price_input, "output": price_output} if price_input or price_output else None,
            retry_errors=retry_errors,
            progress=progress,
            adding=building,
        )
    finish(ran.folder, ran.scores, fail_under, not_worse_than, as_json=as_json)
    if ran.scores.errors:
        typer.echo(f"onrecord: {ran.scores.errors:,} failed: ask what failed again with --retry-errors", err=True)
        raise typer.Exit(FAILED_QUESTIONS)


def score(
    run: RunFolder, fail_under: FailUnder = None, not_worse_than: NotWorse = None, as_json: AsJson = False
) -> None:
    """Score a run again, from its records."""
    import evals

    finish(run, evals.score(run), fail_under, not_worse_than, as_json=as_json)


def report(run: RunFolder) -> None:
    """Write the report of a scored run again: report.html, report.md and junit.xml."""
    import evals

    typer.echo(evals.report(run))


def compare(
    first: RunFolder,
    second: RunFolder,
    as_json: AsJson = False,
    flips: Annotated[int, typer.Option(min=0, help="How many flipped questions are listed.")] = 40,
) -> None:
    """Compare two scored runs: paired differences, and what flipped by type and by cause."""
    import evals
    from evals.reporting.markdown import comparison_markdown

    comparison = evals.compare(first, second)
    if as_json:
        typer.echo(json.dumps(asdict(comparison), ensure_ascii=False))
    else:
        typer.echo(comparison_markdown(comparison, most=flips), nl=False)


@suite_app.command()
def build(
    out: Annotated[Path, typer.Argument(help="Folder to write the suite into.")],
    library: Annotated[
        Path, typer.Option("--library", envvar="ONRECORD_LIBRARY", help="Library whose articles to ask about.")
    ] = Path("library"),
    most: Annotated[int, typer.Option(min=1, help="At most this many questions.")] = 1_000,
) -> None:
    """Make questions from your own articles, without a model, with unanswerable ones of three kinds among them."""
    import evals

    made = evals.build_suite(library, out, most=most)
    kinds = ", ".join(f"{count} {kind}" for kind, count in made.kinds.items())
    typer.echo(f"{made.path}: {made.questions} questions over {made.articles} articles ({kinds})")
    typer.echo(f"Read some before you trust them, then: onrecord eval {made.path}")


def finish(folder: Path, scores: "Scores", limits: list[str] | None, other: Path | None, *, as_json: bool) -> None:
    """Judge the gates, render the report with them, and say how it went; leaves with 1 where a gate failed."""
    import evals
    from evals.gates import fail_under, not_worse_than

    gates = fail_under(scores, limits or ())
    if other is not None:
        gates += not_worse_than(other, folder)
    page = evals.report(folder, gates=gates)
    if as_json:
        told = {"run": str(folder), "report": str(page), "gates": [asdict(gate) for gate in gates], **asdict(scores)}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        for line in told_scores(scores, gates):
            typer.echo(line)
        typer.echo(f"report    {page}")
    if not all(gate.passed for gate in gates):
        raise typer.Exit(FAILED_GATE)


def told_scores(scores: "Scores", gates: "list[Gate]") -> list[str]:
    """The headline scores, the causes and the gates as lines of text."""
    from evals.causes import CAUSES
    from evals.metrics.catalogue import catalogue

    lines = [f"{scores.count:,} questions" + (f", {scores.errors:,} failed" if scores.errors else "")]
    for name, metric in catalogue().items():
        interval = scores.overall.get(name)
        if metric.headline and interval is not None:
            between = "one cluster: no interval"
            if interval.low is not None and interval.high is not None:
                between = f"{100 * interval.low:5.1f} to {100 * interval.high:5.1f}"
            caution = "  approximate" if interval.approximate else ""
            lines.append(f"  {metric.title:<26}{100 * interval.value:6.1f} %   {between}{caution}")
    if "latency_p50" in scores.aggregates:
        p50, p95 = scores.aggregates["latency_p50"].value, scores.aggregates["latency_p95"].value
        lines.append(f"  {'Latency':<26}p50 {1000 * p50:,.0f} ms, p95 {1000 * p95:,.0f} ms")
    for cause in CAUSES:
        if scores.causes.get(cause):
            lines.append(f"  {scores.causes[cause]:>6,}  {cause}")
    lines += [f"{'passed' if gate.passed else 'FAILED'}    {gate.name}: {gate.told}" for gate in gates]
    return lines


@contextmanager
def asking(*, quiet: bool) -> "Iterator[Progress | None]":
    """A callback that draws how far the questions are, on standard error; None when nobody would see it."""
    import sys

    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("asking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}"),
        TimeRemainingColumn(),
    )
    counts = {"answered": 0, "abstained": 0, "error": 0}
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("ask", total=None, said="")

        def show(done: int, total: int, record: "RunRecord | None") -> None:
            if record is not None:
                counts[record.outcome] += 1
            said = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
            bars.update(task, completed=done, total=total, said=said)

        yield show
