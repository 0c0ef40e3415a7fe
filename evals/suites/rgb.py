"""How is RGB read? Each question brings its own passages, some with the answer and some without."""

import math
from pathlib import Path

from evals.suite import GoldSpan, Question, Suite
from evals.suites import Options, take_count, take_options
from evals.suites.document import Names, Node, json_lines
from evals.suites.fingerprint import fingerprint
from index.errors import SuiteError
from index.records import Record

DEFAULTS = {"noise": "0.0", "passages": "5"}


def load(path: Path, options: Options) -> Suite:
    """An RGB file (Chen et al. 2024: `en.json`, `en_int.json`, `en_refine.json`) as a suite.

    Options: `passages=N` a question (5, as in its script) and `noise=RATE`, the share of them without the answer;
    `noise=1` is its test of rejection, in which nothing can be answered. A question searches its own passages only.
    """
    chosen = take_options(path, options, DEFAULTS)
    count = take_count(path, chosen, "passages")
    try:
        noise = float(chosen["noise"])
    except ValueError:
        noise = -1.0
    if not 0 <= noise <= 1:
        raise SuiteError(f"{path}: the option noise={chosen['noise']!r} must be between 0 and 1")
    ids = Names("question")
    articles: list[Record] = []
    questions: list[Question] = []
    for node in json_lines(path):
        name = ids.take(node, node.member("id").name())
        positive, negative = pick(node, noise, count)
        if not positive and not negative:
            raise node.fail("no passage is left; give more passages or another noise rate")
        own = [
            Record(id=f"{name} {kind} {number}", text=text, source=f"{name} {kind} {number}")
            for kind, texts in (("positive", positive), ("negative", negative))
            for number, text in enumerate(texts)
        ]
        articles.extend(own)
        parts = needed(node.member("answer"))
        answerable = bool(positive)
        questions.append(
            Question(
                id=name,
                question=node.member("query").text().strip(),
                type="answerable" if answerable else "rejection",
                answers=parts[0] if answerable and len(parts) == 1 else (),
                parts=parts if answerable else (),
                gold=tuple(GoldSpan(article=str(own[number].id)) for number in range(len(positive))),
                answerable=answerable,
                within=tuple(str(record.id) for record in own),
                cluster=f"question {name}",
            )
        )
    hashed = fingerprint([path], {"noise": str(noise), "passages": str(count)})
    return Suite(
        name=chosen.get("name", f"rgb-{path.stem}"),
        format="rgb",
        path=str(path),
        fingerprint=hashed,
        questions=tuple(questions),
        articles=lambda: iter(articles),
        articles_fingerprint=hashed,
        protocols=("rgb",),
    )


def pick(node: Node, noise: float, count: int) -> tuple[list[str], list[str]]:
    """The passages that RGB's `processdata` picks: ceil(count * noise) negatives, the rest positives, without the
    shuffle; where there are too few of one kind, more of the other."""
    nested = node.member("positive").items()
    columns = [
        [text.text() for text in item.items()] if isinstance(item.value, list) else [item.text()] for item in nested
    ]
    # information integration nests one list for each part of the answer: the first of every part, then the seconds
    depth = max((len(column) for column in columns), default=0)
    positives = [column[row] for row in range(depth) for column in columns if row < len(column)]
    negatives = [item.text() for item in node.member("negative").items()]
    wanted_negative = math.ceil(count * noise)
    if noise == 1:
        return [], negatives[:count]
    wanted_positive = count - wanted_negative
    if wanted_negative > len(negatives):
        wanted_negative = len(negatives)
        wanted_positive = count - wanted_negative
    elif wanted_positive > len(positives):
        wanted_positive = len(positives)
        wanted_negative = count - wanted_positive
    return positives[:wanted_positive], negatives[:wanted_negative]


def needed(node: Node) -> tuple[tuple[str, ...], ...]:
    """The parts of the answer, all of them needed, each with its wordings: RGB lists texts or lists of alternatives."""
    if isinstance(node.value, str):
        return ((node.text(),),)
    parts = tuple(
        tuple(choice.text() for choice in item.items()) if isinstance(item.value, list) else (item.text(),)
        for item in node.items()
    )
    if not parts or not all(parts):
        raise node.fail("is empty")
    return parts
