"""How is SQuAD 1.1, SQuAD 2.0 or SQuADShifts read? Paragraphs become articles, answers exact spans in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.suite import GoldSpan, Question, Suite
from evals.suites import Options, take_count, take_options
from evals.suites.document import Names, Node, json_document
from evals.suites.fingerprint import fingerprint
from index.errors import SuiteError
from index.records import Record

BETWEEN = "\n\n"  # paragraphs of one article are set apart by an empty line, as in any text

DEFAULTS = {"first": "0", "last": "0", "absent": "0", "unit": "article"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph and where it stands: its article's id and the offset that its text begins at."""

    article: str
    begin: int
    text: str
    questions: list[Node]


def load(path: Path, options: Options) -> Suite:
    """A SQuAD file as a suite.

    Options: `first=N` or `last=N` take that many articles; `unit=paragraph` makes each paragraph an article of its own
    (the default joins a title's paragraphs to one); `absent=N` leaves the texts of the last N titles out of the
    library, so that their questions have no answer there.
    """
    chosen = take_options(path, options, DEFAULTS)
    if chosen["unit"] not in ("article", "paragraph"):
        raise SuiteError(f"{path}: the option unit={chosen['unit']!r} must be article or paragraph")
    titles = json_document(path).member("data").items()
    first, last, absent = (take_count(path, chosen, key) for key in ("first", "last", "absent"))
    titles = titles[:first] if first else titles
    titles = titles[-last:] if last else titles
    if not titles:
        raise SuiteError(f"{path}: 'data' holds no articles")
    if absent >= len(titles):
        raise SuiteError(f"{path}: absent={absent} would leave no article of {len(titles)} in the library")

    ids, keys = Names("question"), Names("article")
    articles: list[Record] = []
    questions: list[Question] = []
    for number, title in enumerate(titles):
        missing = number >= len(titles) - absent
        name = keys.take(title, title.member("title").text())
        placed = list(place(title, name, chosen["unit"]))
        for paragraph in placed:
            for node in paragraph.questions:
                questions.append(read_question(node, paragraph, name, ids, missing=missing))
        if not missing:
            articles.extend(records(placed, name))
    impossible = any(not question.answerable for question in questions)
    hashed = fingerprint([path], {key: value for key, value in chosen.items() if key != "name"})
    return Suite(
        name=chosen.get("name", path.stem),
        format="squad",
        path=str(path),
        fingerprint=hashed,
        questions=tuple(questions),
        articles=lambda: iter(articles),
        articles_fingerprint=hashed,
        protocols=("squad2",) if impossible else ("squad1",),
        notes=(f"{absent} of {len(titles)} articles are left out of the library on purpose",) if absent else (),
    )


def place(title: Node, name: str, unit: str) -> Iterator[Placed]:
    """The paragraphs of one title with their place in the article that they become part of."""
    begin = 0
    for number, paragraph in enumerate(title.member("paragraphs").items()):
        text = paragraph.member("context").text()
        key = f"{name} #{number + 1}" if unit == "paragraph" else name
        yield Placed(key, 0 if unit == "paragraph" else begin, text, paragraph.member("qas").items())
        begin += len(text) + len(BETWEEN)


def records(placed: list[Placed], title: str) -> Iterator[Record]:
    """The articles that the paragraphs make up."""
    texts: dict[str, list[str]] = {}
    for paragraph in placed:
        texts.setdefault(paragraph.article, []).append(paragraph.text)
    for key, parts in texts.items():
        yield Record(id=key, title=title.replace("_", " "), text=BETWEEN.join(parts), source=key)


def read_question(node: Node, paragraph: Placed, title: str, ids: Names, *, missing: bool) -> Question:
    """One question; every answer must stand where the file says it stands."""
    name = ids.take(node, node.member("id").name())
    impossible = node.optional("is_impossible")
    answerable = not (impossible.flag() if impossible else False)
    answers: list[str] = []
    gold: list[GoldSpan] = []
    listed = node.optional("answers")
    for answer in listed.items() if listed and answerable else []:
        text, start = answer.member("text").text(), answer.member("answer_start").offset()
        end = start + len(text)
        if paragraph.text[start:end] != text:
            raise answer.fail(f"the paragraph has {paragraph.text[start:end][:40]!r} at {start}, not {text[:40]!r}")
        answers.append(text)
        span = GoldSpan(article=paragraph.article, start=paragraph.begin + start, end=paragraph.begin + end, text=text)
        if span not in gold:
            gold.append(span)
    if answerable and not answers:
        raise node.fail("an answerable question needs at least one answer")
    kind = ("absent" if missing else "answerable") if answerable else "adversarial"
    return Question(
        id=name,
        question=node.member("question").text().strip(),
        type=kind,
        answers=() if missing else tuple(answers),
        gold=() if missing else tuple(gold),
        answerable=answerable and not missing,
        cluster=title,
    )
