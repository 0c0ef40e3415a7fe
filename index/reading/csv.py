"""Which articles does a CSV or TSV file hold, one row at a time?"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import ReadError
from index.reading.encoding import encoding_of
from index.reading.fields import ALIASES, MAX_CHARACTERS, record_from
from index.reading.jsonl import counted, lines_of
from index.reading.kinds import HEAD
from index.reading.options import Options
from index.records import Record, Unreadable

_SEPARATORS = ",;\t|"


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """Each row in turn; a broken one as Unreadable with its line. Raises ReadError when no column holds the text."""
    # The module's limit for one field is 131,072 characters for the whole process; articles are longer than that.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARACTERS))
    with open(path, "rb") as file:
        head = file.read(HEAD)
        encoding = encoding_of(head, cut=len(head) == HEAD)
        file.seek(0)
        problems: list[Unreadable] = []

        def lines() -> Iterator[str]:
            for number, line in lines_of(file, encoding=encoding):
                if isinstance(line, ReadError):
                    problems.append(Unreadable(f"{name}, line {number}", str(line)))
                else:
                    yield line + "\n"

        yield from counted(_rows(lines(), problems, path, name, options))


def check_columns(columns: list[str], options: Options) -> None:
    """Raises ReadError when a mapped column is not there, or none that could hold the text."""
    shown = ", ".join(columns[:12]) + (", ..." if len(columns) > 12 else "")
    for field, column in options.mapping:
        if column not in columns and column.split(".")[0] not in columns:
            raise ReadError(f"has no column {column!r} for {field} (it has {shown})")
    has_text = "text" in dict(options.mapping) or {column.strip().lower() for column in columns} & set(ALIASES["text"])
    if not has_text:
        raise ReadError(f"has no column for the text (it has {shown}): name it with --map text=COLUMN")


def _rows(
    lines: Iterator[str], problems: list[Unreadable], path: Path, name: str, options: Options
) -> Iterator[Record | Unreadable]:
    first = next(lines, "")
    separator = "\t" if path.suffix.lower() == ".tsv" else max(_SEPARATORS, key=first.count)
    columns = [column.strip() for column in next(csv.reader([first], delimiter=separator), [])]
    check_columns(columns, options)
    # Strict: a stray quote would otherwise swallow the rows behind it into one field without a word.
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        where = f"{name}, line {reader.line_num + 2}"
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Unreadable(where, f"is not a row: {error}")
            continue
        yield from problems
        problems.clear()
        if row is None:
            return
        if any(row):
            yield _from_row(row, columns, where, name, options)


def _from_row(row: list[str], columns: list[str], where: str, name: str, options: Options) -> Record | Unreadable:
    if len(row) > len(columns) and any(row[len(columns) :]):
        return Unreadable(where, f"has {len(row)} fields where the header has {len(columns)}")
    values: Mapping[str, object] = dict(zip(columns, row, strict=False))
    try:
        return record_from(values, options=options, source=name)
    except ReadError as error:
        return Unreadable(where, str(error))
