"""How is a suite of one's own read? Questions in JSONL, YAML or CSV, beside the articles or for a library."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.metrics.wording import fold
from evals.suite import GoldSpan, Question, Suite, Turn
from evals.suites import Options, take_options
from evals.suites.document import Names, Node, json_document, json_lines
from evals.suites.fingerprint import fingerprint
from evals.suites.tables import csv_rows, yaml_document
from index.errors import SuiteError
from index.records import Record

DEFAULTS = {"split": "", "library": "", "articles": "", "type": ""}
FACTS = "suite.json"  # beside JSONL or CSV: `name`, and `articles` or `library` as paths
QUESTION_KEYS = (
    "question", "id", "answers", "gold", "gold_text", "answerable", "type", "split", "conversation", "cluster",
    "slices", "answer_parts", "note",
)  # fmt: skip
GOLD_KEYS = ("article", "start", "end", "text", "evidence", "part", "quote")  # the last two are for readers of the file
TURN_KEYS = ("question", "answer")
QUESTION_FILES = ("questions.jsonl", "questions.yaml", "questions.yml", "questions.csv")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a suite's file says: the nodes of its questions, and where its articles or its library are."""

    questions: tuple[Node, ...]
    articles: str = ""
    library: str = ""
    name: str = ""


def load(path: Path, options: Options, *, library: Path | None = None) -> Suite:
    """A folder (`questions.jsonl` with `articles/` or `articles.jsonl`) or a single file of questions as a suite.

    A question has `question`, and of these what applies: `id`, `answers`, `gold` (`article`, `start`, `end`, or `text`
    instead of offsets), `gold_text`, `answerable`, `type`, `split`, `conversation`. Options: `split`, `type` keep some
    questions; `articles=PATH` and `library=DIR` say where the articles are when the file does not. `library`: the one
    that will be asked in any case; articles that lie beside the file are then no part of the suite unless they hold its
    gold.
    """
    chosen = take_options(path, options, DEFAULTS)
    file = question_file(path)
    parts = read_parts(file)
    own_library = chosen["library"] or (str(file.parent / parts.library) if parts.library else "")
    named = chosen["articles"] or parts.articles
    source = article_source(file, named, bool(own_library))
    if source is not None and library is not None and not named and not holds_gold(source, parts.questions):
        source = None
    texts = {str(record.id): record.text for record in read_articles(source)} if source else None
    ids = Names("question")
    questions = [read_question(node, number, ids, texts) for number, node in enumerate(parts.questions)]
    kept = tuple(
        question
        for question in questions
        if (not chosen["split"] or question.split == chosen["split"])
        and (not chosen["type"] or question.type == chosen["type"])
    )
    if not kept:
        raise SuiteError(f"{file}: no question is left; check the options 'split' and 'type'")
    article_files = files_of(source) if source else []
    return Suite(
        name=chosen.get("name") or parts.name or (path.name if path.is_dir() else path.stem),
        format="own",
        path=str(path),
        fingerprint=fingerprint([file, *article_files], {key: chosen[key] for key in ("split", "type")}),
        questions=kept,
        articles=(lambda: read_articles(source)) if source else None,
        articles_fingerprint=fingerprint(article_files) if source else "",
        library=own_library or None,
    )


def question_file(path: Path) -> Path:
    """The file that holds the questions."""
    if path.is_file():
        return path
    for name in QUESTION_FILES:
        if (path / name).is_file():
            return path / name
    raise SuiteError(f"{path}: this folder has no questions; a suite's folder has {' or '.join(QUESTION_FILES)}")


def article_source(file: Path, named: str, has_library: bool) -> Path | None:
    """Where the articles are: as named, else `articles/` or `articles.jsonl` beside the questions."""
    if named:
        found = Path(named) if Path(named).exists() else file.parent / named
        if not found.exists():
            raise SuiteError(f"{file}: its articles {named!r} are missing")
        return found
    if has_library:
        return None
    for name in ("articles", "articles.jsonl"):
        if (file.parent / name).exists():
            return file.parent / name
    return None


def holds_gold(source: Path, questions: Sequence[Node]) -> bool:
    """Whether these articles can be read and every gold span is in one of them."""
    listed = [gold for node in questions if (gold := node.optional("gold")) is not None]
    wanted = {span.member("article").name() for gold in listed for span in gold.items()}
    try:
        return wanted <= {str(record.id) for record in read_articles(source)}
    except SuiteError:
        return False


def files_of(source: Path) -> list[Path]:
    """Every file of the articles, in one order."""
    return sorted(found for found in source.rglob("*") if found.is_file()) if source.is_dir() else [source]


def read_articles(source: Path) -> Iterator[Record]:
    """The articles under the names that gold spans use: a record's own id, else the source's key."""
    from index.reading import read

    for found in read(str(source)):
        unnamed = 0
        for record in found.records():
            if not isinstance(record, Record):
                raise SuiteError(f"{record.name}: an article of this suite cannot be read: {record.reason}")
            if record.id is None:
                # a file that holds one article is named by its path; further ones are numbered
                name = found.key if unnamed == 0 else f"{found.key}#{unnamed + 1}"
                unnamed += 1
                record = replace(record, id=name)
            yield record


def read_parts(file: Path) -> Parts:
    """The questions of a file, by its suffix."""
    suffix = file.suffix.lower()
    if suffix in (".jsonl", ".ndjson", ".csv"):
        beside = file.parent / FACTS
        root = json_document(beside) if beside.exists() else None
        told = {key: root.optional(key) for key in ("articles", "library", "name")} if root else {}
        nodes = csv_rows(file) if suffix == ".csv" else json_lines(file)
        return Parts(tuple(nodes), **{key: node.text() for key, node in told.items() if node})
    if suffix in (".yaml", ".yml"):
        root = yaml_document(file)
        if isinstance(root.value, list):
            return Parts(tuple(root.items()))
        said = {key: root.optional(key) for key in ("articles", "library", "name")}
        return Parts(
            tuple(root.member("questions").items()), **{key: node.text() for key, node in said.items() if node}
        )
    raise SuiteError(f"{file}: a suite is JSONL, YAML or CSV; give FORMAT:PATH for one of the published formats")


def read_question(node: Node, number: int, ids: Names, texts: Mapping[str, str] | None) -> Question:
    """One question, its gold checked against the articles where the suite brings them."""
    node.only(QUESTION_KEYS, "a question")
    named = node.optional("id")
    name = ids.take(named, named.name()) if named else ids.take(node, f"q{number + 1:04d}")
    listed = node.optional("answers")
    answers = tuple(item.text() for item in listed.items()) if listed else ()
    flag = node.optional("answerable")
    gold_node = node.optional("gold")
    answerable = flag.flag() if flag else bool(answers or (gold_node and gold_node.value))
    gold = read_gold(node, gold_node, texts)
    if answerable and not answers and not gold:
        raise node.fail("an answerable question needs answers or gold")
    if not answerable and answers:
        raise node.fail("a question that is not answerable must not have answers")
    optional = {key: node.optional(key) for key in ("type", "split", "cluster")}
    turns = node.optional("conversation")
    slices = node.optional("slices")
    return Question(
        id=name,
        question=node.member("question").text().strip(),
        type=optional["type"].text() if optional["type"] else ("answerable" if answerable else "unanswerable"),
        split=optional["split"].text() if optional["split"] else "test",
        answers=answers,
        gold=gold,
        answerable=answerable,
        conversation=tuple(read_turn(turn) for turn in turns.items()) if turns else (),
        cluster=optional["cluster"].text() if optional["cluster"] else "",
        slices=tuple((key, slices.member(key).name()) for key in sorted(slices.value))
        if slices and isinstance(slices.value, dict)
        else (),
    )


def read_turn(node: Node) -> Turn:
    """An earlier turn: its question alone, or an object with `question` and `answer`."""
    if isinstance(node.value, str):
        return Turn(question=node.text())
    node.only(TURN_KEYS, "a turn")
    answer = node.optional("answer")
    return Turn(question=node.member("question").text(), answer=str(answer.value) if answer else "")


def read_gold(node: Node, gold_node: Node | None, texts: Mapping[str, str] | None) -> tuple[GoldSpan, ...]:
    """The gold spans; `gold_text` (a text, or a list as long as `gold`) must be what stands there.

    Spans of equal words are one fact told in several places, alternatives for each other; spans of different words are
    each needed. An `evidence` number on the spans says it otherwise.
    """
    said = node.optional("gold_text")
    if gold_node is None:
        if said is not None:
            raise said.fail("needs the article that it stands in, as gold")
        return ()
    items = gold_node.items()
    expected: list[str | None] = [None] * len(items)
    if said is not None:
        expected = [item.text() for item in said.items()] if isinstance(said.value, list) else [said.text()]
        if len(expected) != len(items):
            raise said.fail(f"has {len(expected)} texts for {len(items)} gold spans")
    spans: list[GoldSpan] = []
    for item, text in zip(items, expected, strict=True):
        span = read_span(item, text, texts)
        number = item.optional("evidence")
        same = next(
            (known.evidence for known in spans if span.text and fold(known.text) == fold(span.text)), len(spans)
        )
        spans.append(replace(span, evidence=number.offset() if number else same))
    return tuple(spans)


def read_span(node: Node, expected: str | None, texts: Mapping[str, str] | None) -> GoldSpan:
    """One gold span, by offsets, by its text, or the article as a whole."""
    node.only(GOLD_KEYS, "a gold span")
    article = node.member("article").name()
    if texts is not None and article not in texts:
        raise node.fail(f"the article {article!r} is not among the suite's articles")
    text_node = node.optional("text")
    wanted = expected if expected is not None else (text_node.text() if text_node else None)
    if node.optional("start") is None and node.optional("end") is None:
        if wanted is None:
            return GoldSpan(article=article)
        place = text_node or node
        if texts is None:
            raise place.fail("a gold text can be found only in articles that the suite brings; give start and end")
        count = texts[article].count(wanted)
        if count != 1:
            raise place.fail(f"{wanted[:40]!r} stands {count} times in {article!r}, must stand there once")
        start = texts[article].index(wanted)
        return GoldSpan(article=article, start=start, end=start + len(wanted), text=wanted)
    start, end = node.member("start").offset(), node.member("end").offset()
    if start >= end:
        raise node.fail(f"the span {start}:{end} is empty")
    if texts is None:
        return GoldSpan(article=article, start=start, end=end, text=wanted or "")
    whole = texts[article]
    if end > len(whole):
        raise node.fail(f"the span {start}:{end} goes past the article's end at {len(whole)}")
    if wanted is not None and whole[start:end] != wanted:
        raise node.fail(f"the article has {whole[start:end][:40]!r} there, not {wanted[:40]!r}")
    return GoldSpan(article=article, start=start, end=end, text=whole[start:end])
