"""How is CLAP NQ read? One JSON line a question, with its gold passage and the sentences that were picked from it."""

import hashlib
from pathlib import Path

from evals.suite import GoldSpan, Question, Suite
from evals.suites import Options, take_options
from evals.suites.document import Names, Node, json_lines
from evals.suites.fingerprint import fingerprint
from evals.suites.multihop_rag import find
from index.records import Record


def load(path: Path, options: Options) -> Suite:
    """A CLAP NQ annotation file, or a folder of them (Rosenthal et al. 2025), as a suite of long answers.

    Every selected sentence is a needed piece of evidence; a sentence that cannot be found in the passage word for word
    makes the whole passage the evidence. Passages of unanswerable questions are in the library too.
    """
    chosen = take_options(path, options, {})
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    ids = Names("question")
    articles: dict[str, Record] = {}
    questions: list[Question] = []
    for file in files:
        for node in json_lines(file):
            questions.append(read_question(node, ids, articles))
    hashed = fingerprint(files)
    return Suite(
        name=chosen.get("name", path.stem),
        format="clapnq",
        path=str(path),
        fingerprint=hashed,
        questions=tuple(questions),
        articles=lambda: iter(articles.values()),
        articles_fingerprint=hashed,
    )


def read_question(node: Node, ids: Names, articles: dict[str, Record]) -> Question:
    """One question; its passages are added to `articles`, each text once."""
    name = ids.take(node, node.member("id").name())
    keys: list[str] = []
    for passage in node.member("passages").items():
        text, title = passage.member("text").text(), passage.optional("title")
        heading = title.text() if title else ""
        key = f"{heading} #{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        articles.setdefault(key, Record(id=key, title=heading, text=text, source=key))
        keys.append(key)
    if not keys:
        raise node.fail("'passages' is empty")
    answers: list[str] = []
    gold: list[GoldSpan] = []
    for output in node.member("output").items():
        answer = output.optional("answer")
        if answer is None:
            continue
        answers.append(answer.text())
        sentences = output.optional("selected_sentences")
        for sentence in sentences.items() if sentences and not gold else []:
            gold.append(locate(sentence.text().rstrip("& "), keys, articles, len(gold)))
    if answers and not gold:
        gold = [GoldSpan(article=keys[0])]
    return Question(
        id=name,
        question=node.member("input").text().strip(),
        type="long answer" if answers else "unanswerable",
        answers=tuple(answers),
        gold=tuple(gold),
        answerable=bool(answers),
        cluster=keys[0],
    )


def locate(sentence: str, keys: list[str], articles: dict[str, Record], evidence: int) -> GoldSpan:
    """Where a selected sentence stands (the file ends them in "&"); the first passage as a whole where it does not."""
    for key in keys:
        place = find(articles[key].text, sentence)
        if place:
            return GoldSpan(article=key, start=place[0], end=place[1], evidence=evidence, text=sentence)
    return GoldSpan(article=keys[0], evidence=evidence, text=sentence)
