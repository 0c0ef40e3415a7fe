"""Which articles does a Parquet file hold, a few rows at a time?"""

from collections.abc import Iterator
from pathlib import Path

from index.errors import ReadError
from index.reading.csv import check_columns
from index.reading.fields import ALIASES, record_from
from index.reading.jsonl import counted
from index.reading.options import Options
from index.records import Record, Unreadable

# Rows decoded at once: few enough that even rows of the longest articles fit in memory.
_ROWS = 64


def records(path: Path, *, name: str, options: Options) -> Iterator[Record | Unreadable]:
    """Each row in turn. Raises ReadError for a damaged file or when no column holds the text."""
    yield from counted(_rows(path, name, options))


def _rows(path: Path, name: str, options: Options) -> Iterator[Record | Unreadable]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    number = 0
    try:
        with ParquetFile(path, pre_buffer=False) as file:
            columns = [str(column) for column in file.schema_arrow.names]
            check_columns(columns, options)
            mapped = {column.split(".")[0] for _, column in options.mapping} | {column for _, column in options.mapping}
            known = {alias for aliases in ALIASES.values() for alias in aliases}
            wanted = [column for column in columns if column in mapped or column.strip().lower() in known]
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False):
                for values in batch.to_pylist():
                    number += 1
                    try:
                        yield record_from(values, options=options, source=name)
                    except ReadError as error:
                        yield Unreadable(f"{name}, row {number}", str(error))
    except (ArrowException, OSError, ValueError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ReadError(f"is a damaged Parquet file after row {number}: {reason}") from None
