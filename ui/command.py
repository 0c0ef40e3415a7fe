"""The command line: each command is a thin layer over the Python API, with the same names."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import OnrecordError
from ui.add_report import BAD_INPUT, PARTIAL, add_sample, report_add
from ui.options import (
    DEFAULT_LIBRARY,
    After,
    AsJson,
    Before,
    LibraryPath,
    Outlets,
    ShowVersion,
    Vectors,
    assignment,
    counted,
    filters_of,
    warn_of_confidence,
)

if TYPE_CHECKING:
    from rag.records import Answer

app = typer.Typer(
    name="onrecord",
    help="Ask your articles; every answer is on the record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def onrecord(version: ShowVersion = False) -> None:
    """Ask your articles; every answer is on the record."""


@app.command()
def add(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, web addresses, feeds or sitemaps.")],
    library: LibraryPath = DEFAULT_LIBRARY,
    map: Annotated[
        list[str] | None, typer.Option("--map", help="Field of JSONL, CSV or Parquet: text=body; may be repeated.")
    ] = None,
    glob: Annotated[
        list[str] | None, typer.Option("--glob", help="Only files of a folder that match: '*.txt'; may be repeated.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of articles that do not say theirs.")] = "en",
    embedder: Annotated[
        str | None, typer.Option(help="Another sentence-transformers model, for a new library.")
    ] = None,
    vectors: Vectors = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses of your own network too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read, split, embed and index articles. Safe to repeat: what is unchanged is skipped."""
    from index import Library, read
    from ui.progress import adding

    mapping = dict(assignment(item) for item in map or ())
    found = list(
        read(*sources, map=mapping or None, language=language, allow_private=allow_private, globs=tuple(glob or ()))
    )
    with (
        Library.open(library, embedder=embedder, vectors=vectors) as opened,
        adding(len(found), quiet=as_json) as progress,
    ):
        report = opened.add(found, progress=progress)
    report_add(report, library, as_json=as_json)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    library: LibraryPath = DEFAULT_LIBRARY,
    model: Annotated[
        str | None,
        typer.Option(help="A chat model as provider:name, such as ollama:llama3.2; else the local reader."),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="Decline below this probability of being right (local reader only)."),
    ] = None,
    passages: Annotated[int | None, typer.Option(min=1, max=50, help="How many passages are read.")] = None,
    show_unsupported: Annotated[
        bool,
        typer.Option("--show-unsupported", help="Show statements that no quote carries, marked, instead of dropping."),
    ] = False,
    outlet: Outlets = None,
    after: After = None,
    before: Before = None,
    as_json: AsJson = False,
) -> None:
    """Answer one question, each statement with the quote it rests on."""
    from index import Library
    from rag import Assistant
    from rag.document import to_json

    with Library.open(library) as opened:
        assistant = Assistant(
            opened, model=model, min_confidence=min_confidence, passages=passages, strict=not show_unsupported
        )
        warn_of_confidence(model, min_confidence)
        answer = assistant.ask(question, filters=filters_of(outlet, after, before))
    if as_json:
        typer.echo(json.dumps(to_json(answer), ensure_ascii=False))
    else:
        _print_answer(answer)


@app.command()
def info(library: LibraryPath = DEFAULT_LIBRARY, as_json: AsJson = False) -> None:
    """Facts about the library: how much it holds, of when, and what built it."""
    from index import Library

    with Library.open(library) as opened:
        facts = opened.info()
    if as_json:
        typer.echo(json.dumps(asdict(facts), ensure_ascii=False))
        return
    dates = f", {facts.first_published} to {facts.last_published}" if facts.first_published else ""
    typer.echo(f"{facts.path}: {counted(facts.articles, 'article')} in {counted(facts.chunks, 'chunk')}{dates}")
    typer.echo(f"outlets   {', '.join(facts.outlets) or 'none named'}")
    typer.echo(f"versions  {facts.versions}, revision {facts.revision}, schema {facts.schema}")
    typer.echo(f"embedder  {facts.embedder}")
    typer.echo(f"splitter  {facts.splitter}")


@app.command(name="list")
def list_(
    library: LibraryPath = DEFAULT_LIBRARY,
    outlet: Outlets = None,
    after: After = None,
    before: Before = None,
    copy_group: Annotated[str | None, typer.Option(help="Only the copies of this story.")] = None,
    as_json: AsJson = False,
) -> None:
    """What the library holds, newest first."""
    from index import Library

    with Library.open(library) as opened:
        articles = opened.articles(filters_of(outlet, after, before), copy_group=copy_group)
    if as_json:
        for article in articles:
            typer.echo(json.dumps(asdict(article), ensure_ascii=False))
        return
    for article in articles:
        copies = f"  [copies: {article.copy_group}]" if article.copy_group else ""
        day = (article.published or "undated")[:10]
        typer.echo(f"{article.article_id}  {day:10}  {article.outlet or '-'}  {article.title}{copies}")


@app.command()
def remove(
    article_ids: Annotated[list[str], typer.Argument(help="Ids as onrecord list shows them.")],
    library: LibraryPath = DEFAULT_LIBRARY,
    purge: Annotated[
        bool, typer.Option("--purge", help="Erase every version, vector, word and quote instead of hiding.")
    ] = False,
) -> None:
    """Take articles out of every search; with --purge erase every trace of them."""
    from index import Library

    with Library.open(library) as opened:
        for article_id in article_ids:
            opened.article(article_id)
        for article_id in article_ids:
            opened.remove(article_id, purge=purge)
            if purge:
                _forget_in_chat(library, article_id)
            typer.echo(f"{'erased' if purge else 'removed'} {article_id}")


@app.command()
def check(
    library: LibraryPath = DEFAULT_LIBRARY,
    repair: Annotated[
        bool, typer.Option("--repair", help="Rebuild what is derived; nothing is encoded again.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Verify catalogue, vectors and words against each other."""
    from index import Library

    with Library.open(library) as opened:
        report = opened.check(repair=repair)
    if as_json:
        typer.echo(json.dumps(asdict(report) | {"sound": report.sound}, ensure_ascii=False))
    else:
        for problem in report.problems:
            typer.echo(problem)
        for done in report.repaired:
            typer.echo(f"mended: {done}")
        typer.echo("sound" if report.sound else "not sound: run onrecord check --repair")
    if not report.sound:
        raise typer.Exit(PARTIAL)


@app.command()
def rebuild(
    library: LibraryPath = DEFAULT_LIBRARY,
    embedder: Annotated[str | None, typer.Option(help="Another sentence-transformers model, or default.")] = None,
) -> None:
    """Split and embed every article anew, for another embedder or a newer splitter."""
    from index import Library
    from ui.progress import adding

    with Library.open(library) as opened, adding(None, quiet=False) as progress:
        chunks = opened.rebuild(embedder=embedder, progress=progress)
    typer.echo(f"rebuilt {counted(chunks, 'chunk')} in {library}")


@app.command()
def chat(
    library: LibraryPath = DEFAULT_LIBRARY,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    model: Annotated[str | None, typer.Option(help="A chat model as provider:name; else the local reader.")] = None,
    auth: Annotated[Path | None, typer.Option("--auth", help="File of users: onrecord user NAME >> FILE.")] = None,
    open_: Annotated[
        bool, typer.Option("--open", help="Let anyone in who can reach an address that is not loopback.")
    ] = False,
    mcp: Annotated[bool, typer.Option("--mcp", help="Serve ask and search as MCP tools too.")] = False,
    sample: Annotated[
        bool, typer.Option("--sample", help="Put the bundled sample newsroom into the library first.")
    ] = False,
) -> None:
    """Open the web chat."""
    from ui.web.app import serve

    if sample:
        add_sample(library)
    serve(str(library), host=host, port=port, model=model, auth_file=auth, open_to_all=open_, mcp=mcp, sample=sample)


@app.command()
def user(name: Annotated[str, typer.Argument(help="Who may sign in to the chat.")]) -> None:
    """Print a line for the chat's --auth file: onrecord user NAME >> users."""
    from ui.web.passwords import make_auth_entry

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    typer.echo(make_auth_entry(name, password))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; every error is one line on standard error."""
    _register_evaluations()
    try:
        app(args=list(arguments) if arguments is not None else None)
    except OnrecordError as error:
        typer.echo(f"onrecord: {error}", err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        typer.echo("onrecord: stopped; what was reported so far is kept", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (a pager, head): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _forget_in_chat(library: Path, article_id: str) -> None:
    """A purged article's quotes go from the kept conversations too."""
    from ui.web.conversations import Conversations, chat_file

    file = chat_file(str(library))
    if file.is_file():
        Conversations(file).forget_article(article_id)


def _register_evaluations() -> None:
    from ui.eval_commands import register

    register(app)


def _print_answer(answer: "Answer") -> None:
    from ui.terminal import answer_lines

    for line in answer_lines(answer):
        typer.echo(line)


if __name__ == "__main__":
    main()
