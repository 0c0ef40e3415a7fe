"""Writes the README's map of files out of their first lines: `python -m tests.filemap` renews it."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("index", "rag", "evals", "ui", "tests")
BEGIN, END = "<!-- map -->\n", "<!-- /map -->"


def lines() -> list[str]:
    """One line a file: its path and the first line of its docstring, packages in the order that imports go."""
    found = []
    for package in PACKAGES:
        found.append(f"{package}/")
        for path in sorted((ROOT / package).rglob("*.py")):
            said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()
            if said:
                found.append(f"  {path.relative_to(ROOT / package).as_posix():32} {said[0]}")
    return found


def written(readme: str) -> str:
    """The README with its map renewed."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "```\n" + "\n".join(lines()) + "\n```\n" + END + after


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(written(readme.read_text(encoding="utf-8")), encoding="utf-8")
