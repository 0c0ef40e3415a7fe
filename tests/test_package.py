"""The distribution holds every package and what belongs beside it."""

import tomllib
from fnmatch import fnmatch

from tests.conftest import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_folder_is_listed() -> None:
    folders = {
        path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for package in ("index", "rag", "evals", "ui")
        for path in (ROOT / package).rglob("__init__.py")
    }
    assert set(SETTINGS["packages"]) == folders


def test_every_file_that_the_program_reads_is_packaged() -> None:
    missing = []
    for package in SETTINGS["packages"]:
        folder = ROOT / package.replace(".", "/")
        patterns = SETTINGS["package-data"].get(package, [])
        for path in folder.rglob("*"):
            inner = path.relative_to(folder).as_posix()
            nearest = max((p for p in SETTINGS["packages"] if path.is_relative_to(ROOT / p.replace(".", "/"))), key=len)
            if nearest != package or not path.is_file() or "__pycache__" in inner or path.suffix == ".py":
                continue
            if path.name != "LOG.md" and not any(fnmatch(inner, pattern) for pattern in patterns):
                missing.append(f"{package}: {inner}")
    assert missing == []
