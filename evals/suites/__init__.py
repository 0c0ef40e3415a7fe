"""Which adapter reads this suite? By name, by a prefix such as `squad:PATH#last=8`, or by what the files look like."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from evals.suite import Suite
from index.errors import SuiteError

Options = Mapping[str, str]
Adapter = Callable[[Path, Options], Suite]


def adapters(library: Path | None = None) -> dict[str, Adapter]:
    """Every adapter by its prefix. `library`: the one that will be asked, where that is known."""
    from evals.suites import beir, clapnq, kilt, multihop_rag, newsqa, own, rgb, squad

    return {
        "own": partial(own.load, library=library),
        "squad": squad.load,
        "beir": beir.load,
        "multihop_rag": multihop_rag.load,
        "newsqa": newsqa.load,
        "rgb": rgb.load,
        "clapnq": clapnq.load,
        "kilt": kilt.load,
    }


def load(name: str, *, library: Path | None = None) -> Suite:
    """The suite of this name or path, checked whole.

    `newsroom` is the bundled one. `FORMAT:PATH` picks an adapter, a bare path is recognised by its contents.
    Options follow a `#`: `squad:dev.json#last=8&absent=4`. `library`: the one that will be asked instead of
    the suite's articles. Raises SuiteError with file, line and reason.
    """
    known = adapters(library)
    target, _, tail = name.partition("#")
    options = parse_options(name, tail)
    if target == "newsroom":
        return known["own"](Path(__file__).parent.parent / "newsroom", {"name": "newsroom", **options})
    prefix, colon, rest = target.partition(":")
    if colon and prefix in known:
        return known[prefix](existing(rest), options)
    if colon and len(prefix) > 1 and "/" not in prefix and not Path(target).exists():
        raise SuiteError(f"{prefix}: no such suite format; the formats are {', '.join(sorted(known))}")
    path = existing(target)
    return known[recognise(path)](path, options)


def parse_options(name: str, tail: str) -> dict[str, str]:
    """`last=8&absent=4` as a mapping."""
    options: dict[str, str] = {}
    for part in filter(None, tail.split("&")):
        key, equals, value = part.partition("=")
        if not equals or not value:
            raise SuiteError(f"{name}: the option {part!r} must be KEY=VALUE")
        options[key] = value
    return options


def existing(path: str) -> Path:
    """The path, which has to be there."""
    found = Path(path).expanduser()
    if not found.exists():
        raise SuiteError(f"{path}: there is no such suite; give 'newsroom', a path, or FORMAT:PATH")
    return found


def recognise(path: Path) -> str:
    """The format of a file or folder, by what is in it; our own format where nothing else is recognised."""
    if path.is_dir():
        if (path / "corpus.jsonl").exists() and (path / "queries.jsonl").exists():
            return "beir"
        if (path / "MultiHopRAG.json").exists():
            return "multihop_rag"
        return "own"
    with path.open(encoding="utf-8", errors="replace") as file:
        head = file.read(20_000)  # enough for the first article of a SQuAD or NewsQA file
    if '"storyId"' in head:
        return "newsqa"
    if '"paragraphs"' in head and '"data"' in head:
        return "squad"
    try:
        first = json.loads(head.split("\n", 1)[0])
    except (ValueError, RecursionError):
        first = None
    keys = set(first) if isinstance(first, dict) else set()
    if {"query", "positive", "negative"} <= keys:
        return "rgb"
    if {"input", "passages"} <= keys:
        return "clapnq"
    if {"input", "output"} <= keys or {"input", "id"} <= keys:
        return "kilt"
    return "own"


def take_options(path: Path, options: Options, allowed: Mapping[str, str]) -> dict[str, str]:
    """Options over their defaults; SuiteError names one that the format does not have."""
    for key in options:
        if key not in allowed and key != "name":
            known = ", ".join(sorted(allowed)) or "none"
            raise SuiteError(f"{path}: the option {key!r} is unknown here; this format has: {known}")
    return {**allowed, **options}


def take_count(path: Path, options: Mapping[str, str], key: str) -> int:
    """An option that counts something."""
    value = options[key]
    if not value.isdecimal():
        raise SuiteError(f"{path}: the option {key}={value!r} must be a whole number")
    return int(value)
