"""How does a suite's file say on which line something is wrong? JSON, JSONL and YAML values that know their place."""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path

from evals.suite import malformed
from index.errors import SuiteError

Step = str | int
Locate = Callable[[tuple[Step, ...]], int]

KINDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a file, with the file and a way to find its line when something about it is wrong."""

    value: object
    path: tuple[Step, ...]
    file: str
    locate: Locate

    def fail(self, reason: str) -> SuiteError:
        """The error to raise about this value."""
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")
        return malformed(self.file, self.locate(self.path), f"{where}: {reason}" if where else reason)

    def optional(self, key: str) -> "Node | None":
        """The member of this name; None where it is absent or null."""
        if not isinstance(self.value, dict):
            raise self.fail(f"must be an object, is {said(self.value)}")
        if self.value.get(key) is None:
            return None
        return Node(self.value[key], (*self.path, key), self.file, self.locate)

    def member(self, key: str) -> "Node":
        """The member of this name, which has to be there."""
        found = self.optional(key)
        if found is None:
            raise self.fail(f"{key!r} is missing")
        return found

    def only(self, names: Collection[str], what: str) -> None:
        """Raise where an object has a member of another name: a mistyped one would be passed over in silence."""
        if isinstance(self.value, dict):
            for key in self.value:
                if key not in names:
                    place = Node(self.value[key], (*self.path, str(key)), self.file, self.locate)
                    raise place.fail(f"is no part of {what}, which may have {', '.join(names)}")

    def items(self) -> list["Node"]:
        """The members of a list."""
        if not isinstance(self.value, list):
            raise self.fail(f"must be a list, is {said(self.value)}")
        return [Node(item, (*self.path, number), self.file, self.locate) for number, item in enumerate(self.value)]

    def text(self) -> str:
        """Text with something in it."""
        if not isinstance(self.value, str):
            raise self.fail(f"must be text, is {said(self.value)}")
        if not self.value.strip():
            raise self.fail("is empty")
        if any("\ud800" <= char <= "\udfff" for char in self.value):
            raise self.fail("holds half of a surrogate pair, which is no character")
        return self.value

    def name(self) -> str:
        """An identifier: text, or a whole number taken as text."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        return self.text()

    def offset(self) -> int:
        """A code-point offset: a whole number, not negative."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.fail(f"must be a whole number, is {said(self.value)}")
        if self.value < 0:
            raise self.fail(f"must not be negative, is {self.value}")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.fail(f"must be true or false, is {said(self.value)}")
        return self.value


class Names:
    """Identifiers that must not repeat within a suite."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.seen: set[str] = set()

    def take(self, node: Node, name: str) -> str:
        """`name`, after noting it; raises SuiteError on the second time."""
        if name in self.seen:
            raise node.fail(f"the {self.what} id {name!r} was used before")
        self.seen.add(name)
        return name


def said(value: object) -> str:
    """The kind of a JSON value in words."""
    return "null" if value is None else KINDS.get(type(value), type(value).__name__)


def read_text(path: Path) -> str:
    """A file's text, UTF-8 with or without a mark; SuiteError names the file and the line where it is not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SuiteError(f"{path}: {error.strerror or error}; check the path") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise malformed(
            str(path), data.count(b"\n", 0, error.start) + 1, "is not UTF-8 text; save it as UTF-8"
        ) from error


def json_document(path: Path) -> Node:
    """The root of a JSON file."""
    text = read_text(path)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise malformed(str(path), error.lineno, f"is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise malformed(str(path), 1, "is nested too deeply") from error
    return Node(value, (), str(path), lambda steps: line_in_json(text, steps))


def json_lines(path: Path) -> Iterator[Node]:
    """One root for each line of a JSONL file; blank lines are passed over, each line must be an object."""
    yielded = False
    # split by "\n" alone: splitlines() also cuts at U+2028 and U+0085, which may stand inside a JSON text
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise malformed(str(path), number, f"is not JSON: {error.msg} (column {error.colno})") from error
        except RecursionError as error:
            raise malformed(str(path), number, "is nested too deeply") from error
        if not isinstance(value, dict):
            raise malformed(str(path), number, f"must be an object, is {said(value)}")
        yielded = True
        yield Node(value, (), str(path), lambda _steps, number=number: number)  # type: ignore[misc]
    if not yielded:
        raise malformed(str(path), 1, "the file is empty")


def line_in_json(text: str, steps: tuple[Step, ...]) -> int:
    """The line (from 1) on which the value at `steps` begins, in JSON text that was parsed before."""
    decoder = json.JSONDecoder()

    def skip(position: int, extra: str = "") -> int:
        while position < len(text) and text[position] in " \t\r\n" + extra:
            position += 1
        return position

    position = skip(0)
    for step in steps:
        position = skip(position + 1)
        count = 0
        while position < len(text) and text[position] not in "]}":
            found = count == step
            if isinstance(step, str):
                key, position = scanstring(text, position + 1, True)
                found = key == step
                position = skip(position, ":")
            if found:
                break
            position = skip(decoder.raw_decode(text, position)[1], ",")
            count += 1
    return text.count("\n", 0, position) + 1
