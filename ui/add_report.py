"""What does a person read after an add, and with which exit code does it end?"""

import json
from dataclasses import asdict
from pathlib import Path

import typer

from index.records import AddReport

# Exit codes are part of the contract: 0 done, 1 partial failure or damage found, 2 bad input or nothing could be read.
PARTIAL, BAD_INPUT = 1, 2


def report_add(report: AddReport, library: Path, *, as_json: bool) -> None:
    """Print what became of the sources; leaves with an exit code where some failed."""
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        counts = [
            f"{number} {what}"
            for number, what in (
                (report.added, "added"), (report.updated, "updated"), (report.unchanged, "unchanged"),
                (len(report.failed), "failed"),
            )
            if number
        ]  # fmt: skip
        typer.echo(f"{library}: {', '.join(counts) or 'nothing to add'} in {report.seconds:.1f} s")
        for failure in report.failed:
            reason = failure.reason if failure.reason.startswith(failure.name) else f"{failure.name} {failure.reason}"
            typer.echo(f"  not read: {reason}", err=True)
    if report.failed:
        stands = report.added + report.updated + report.unchanged
        raise typer.Exit(PARTIAL if stands else BAD_INPUT)


def add_sample(library: Path) -> None:
    """Put the bundled sample newsroom into a library."""
    from evals.newsroom import ARTICLES
    from index import Library, read
    from ui.progress import adding

    with Library.open(library) as opened:
        found = list(read(str(ARTICLES)))
        with adding(len(found), quiet=False) as progress:
            report = opened.add(found, progress=progress)
    report_add(report, library, as_json=False)
