"""How far is a long command? A bar in a terminal, nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index.records import AddProgress


@contextmanager
def adding(sources: int | None, *, quiet: bool) -> Iterator[Callable[[AddProgress], None] | None]:
    """A callback for `Library.add` that draws sources, articles, chunks, rate and time left on standard error.

    None when nobody would see it.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[articles]:,} articles, {task.fields[chunks]:,} chunks"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} sources" if sources is not None else "{task.completed} articles"),
        TextColumn("{task.fields[rate]:.0f} chunks/s"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("add", total=sources, articles=0, chunks=0, rate=0.0)

        def show(progress: AddProgress) -> None:
            elapsed = bar.tasks[task].elapsed or 0.001
            bar.update(
                task,
                completed=progress.sources,
                articles=progress.articles,
                chunks=progress.chunks,
                rate=progress.chunks / elapsed,
            )

        yield show
