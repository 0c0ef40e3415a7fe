"""How are YAML and CSV read so that an error can name its line?"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from evals.suite import malformed
from evals.suites.document import Node, Step, read_text

LIST_COLUMNS = ("answers", "conversation")  # several values in one cell are parted by "|"
COLUMNS = (
    "question", "id", "answers", "type", "split", "answerable", "conversation", "article", "start", "end", "gold_text",
    "cluster", "note",
)  # fmt: skip
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def yaml_document(path: Path) -> Node:
    """The root of a YAML file."""
    import yaml

    text = read_text(path)
    try:
        value = yaml.safe_load(text)
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise malformed(str(path), line, f"is not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise malformed(str(path), 1, f"is not YAML: {error}") from error
    if value is None:
        raise malformed(str(path), 1, "the file is empty")

    def locate(steps: tuple[Step, ...]) -> int:
        node = tree
        for step in steps:
            if isinstance(node, yaml.MappingNode):
                node = next((child for key, child in node.value if key.value == step), node)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
        return node.start_mark.line + 1 if node else 1

    return Node(value, (), str(path), locate)


def csv_rows(path: Path) -> Iterator[Node]:
    """One question for each row of a CSV file with a header line.

    Columns: `question`, and of these what there is: `id`, `answers` (parted by "|"), `type`, `split`, `answerable`,
    `conversation`, `article`, `start`, `end`, `gold_text`, `cluster`, `note`. A column without a name must be empty.
    """
    reader = csv.reader(io.StringIO(read_text(path)), strict=True)
    try:
        header = next(reader, None)
        if not header or "question" not in header:
            raise malformed(str(path), 1, "the first line must name the columns, 'question' among them")
        if len(set(header)) != len(header):
            raise malformed(str(path), 1, "a column is named twice")
        unknown = next((name for name in header if name and name not in COLUMNS), None)
        if unknown is not None:
            raise malformed(str(path), 1, f"the column {unknown!r} is unknown; there may be {', '.join(COLUMNS)}")
        count = 0
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                if len(cells) != len(header):
                    raise malformed(str(path), line, f"has {len(cells)} cells, the header names {len(header)}")
                count += 1
                yield row_node(path, line, dict(zip(header, cells, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise malformed(str(path), reader.line_num, f"is not CSV: {error}") from error
    if not count:
        raise malformed(str(path), 1, "the file has no questions below its header")


def row_node(path: Path, line: int, row: dict[str, str]) -> Node:
    """A row in the shape that JSONL has."""

    def number(text: str) -> object:
        return int(text) if text.strip().lstrip("-").isdecimal() else text

    value: dict[str, object] = {}
    for column, cell in row.items():
        if not cell.strip() or column in ("article", "start", "end"):
            continue
        if column in LIST_COLUMNS:
            value[column] = [part.strip() for part in cell.split("|")]
        elif column == "answerable":
            value[column] = FLAGS.get(cell.strip().lower(), cell)
        else:
            value[column] = cell
    if any(row.get(column, "").strip() for column in ("article", "start", "end", "gold_text")):
        gold: dict[str, object] = {"article": row["article"].strip()} if row.get("article", "").strip() else {}
        for edge in ("start", "end"):
            if row.get(edge, "").strip():
                gold[edge] = number(row[edge])
        value["gold"] = [gold]
    return Node(value, (), str(path), lambda _steps: line)
