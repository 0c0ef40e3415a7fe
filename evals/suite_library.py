"""Where are a suite's articles searched? In a library built for it and kept, or in the one that it names."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.suite import Suite
from index.encoder import MiniLM
from index.errors import ArticleNotFound, SuiteError
from index.library import Library
from index.records import AddProgress, Record, Unreadable

BUILT = "suite.json"  # written when a library holds all of a suite's articles


@dataclass(frozen=True, slots=True)
class SuiteArticles:
    """The articles of a suite as one source that a library can add."""

    suite: Suite

    @property
    def name(self) -> str:
        """What progress calls it."""
        return self.suite.name

    @property
    def key(self) -> str:
        """Its name within the library."""
        return f"suite {self.suite.name}"

    @property
    def root(self) -> str:
        """It is under no folder."""
        return ""

    def fingerprint(self) -> str:
        """What the articles were hashed to when the suite was read."""
        return self.suite.articles_fingerprint

    def records(self) -> Iterator[Record | Unreadable]:
        """The articles, one at a time."""
        if self.suite.articles is not None:
            yield from self.suite.articles()


def library_for(
    suite: Suite, cache: Path, *, library: Path | None = None, progress: Callable[[AddProgress], None] | None = None
) -> Path:
    """The folder of the library to ask: as given, as the suite names it, or built from its articles under `cache`.

    A library that was built before from the same articles is used again. Raises SuiteError when there is none to ask,
    or when a gold span does not fit the library's articles.
    """
    named = library or (Path(suite.library) if suite.library else None)
    if named is not None:
        check_gold(suite, named)
        return named
    if suite.articles is None:
        raise SuiteError(f"{suite.path}: brings no articles; name the library they are in with --library DIR")
    # Another encoder's vectors would be another library's.
    encoder = MiniLM.name.rpartition("/")[2]
    folder = cache / f"{suite.name.replace('/', '_')}-{suite.articles_fingerprint}-{encoder}"
    if (folder / BUILT).exists():
        return folder
    with Library.open(folder) as built:
        report = built.add([SuiteArticles(suite)], progress=progress)
        if report.failed:
            first = report.failed[0]
            raise SuiteError(f"{suite.path}: {len(report.failed)} articles failed, first {first.name}: {first.reason}")
    facts = {"articles": suite.articles_fingerprint, "added": report.added + report.unchanged + report.updated}
    (folder / BUILT).write_text(json.dumps(facts) + "\n", encoding="utf-8")
    return folder


def check_gold(suite: Suite, folder: Path) -> None:
    """Compare every gold span with the library that will be asked; raises SuiteError on the first that does not fit."""
    with Library.open(folder) as library:
        texts: dict[str, str] = {}
        for question in suite.questions:
            for span in question.gold:
                if span.article not in texts:
                    try:
                        texts[span.article] = library.article(span.article).text
                    except ArticleNotFound as error:
                        raise SuiteError(
                            f"{suite.path}: question {question.id!r} has its gold in {span.article!r}, which is not in "
                            f"{folder}; name the library it was written for with --library"
                        ) from error
                text = texts[span.article]
                if span.end is None:
                    continue
                if span.end > len(text) or (span.text and text[span.start : span.end] != span.text):
                    raise SuiteError(
                        f"{suite.path}: question {question.id!r}: {span.article!r} in {folder} has "
                        f"{text[span.start : span.end][:40]!r} at {span.start}:{span.end}, not {span.text[:40]!r}"
                    )
