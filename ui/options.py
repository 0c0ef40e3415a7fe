"""Which options do several commands share, and what do their values mean?"""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from index.records import Filters


def _told_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


ShowVersion = Annotated[
    bool, typer.Option("--version", callback=_told_version, is_eager=True, help="Show the version and exit.")
]
LibraryPath = Annotated[
    Path, typer.Option("--library", envvar="ONRECORD_LIBRARY", help="Folder of the library.", show_default=True)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Vectors = Annotated[
    str | None, typer.Option("--vectors", help="Address of a Chroma server (http://host:port) to keep the vectors.")
]
Outlets = Annotated[list[str] | None, typer.Option("--outlet", help="Only this outlet; may be repeated.")]
After = Annotated[str | None, typer.Option("--after", help="Only articles of this day or later (ISO date).")]
Before = Annotated[str | None, typer.Option("--before", help="Only articles before this day (ISO date).")]
DEFAULT_LIBRARY = Path("library")


def filters_of(outlets: list[str] | None, after: str | None, before: str | None) -> Filters:
    """The options as filters. Raises typer.BadParameter for what is no ISO date."""
    from datetime import date

    for name, value in (("--after", after), ("--before", before)):
        if value is not None:
            try:
                date.fromisoformat(value)
            except ValueError:
                raise typer.BadParameter(f"{value} is not a date: write 2016-07-09", param_hint=name) from None
    return Filters(outlets=tuple(outlets or ()), after=after, before=before)


def warn_of_confidence(model: str | None, min_confidence: float | None) -> None:
    """Says on standard error that --min-confidence does nothing for a chat model."""
    if min_confidence is None or model is None:
        return
    from rag.assistant import LOCAL

    if model not in LOCAL:
        told = "--min-confidence counts for the local reader only: a chat model gives no probability"
        typer.echo(f"onrecord: {told}", err=True)


def assignment(item: str) -> tuple[str, str]:
    """The two sides of FIELD=COLUMN. Raises typer.BadParameter for anything else."""
    field, mark, column = item.partition("=")
    if not mark or not field or not column:
        raise typer.BadParameter(f"{item} is not FIELD=COLUMN: write for example text=body", param_hint="--map")
    return field, column


def counted(number: int, thing: str) -> str:
    """A number with what it counts: "1 chunk", "2,621 chunks"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
