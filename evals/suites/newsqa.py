"""How is NewsQA read? The combined JSON file: CNN stories and the span that most annotators agreed on."""

from pathlib import Path

from evals.suite import GoldSpan, Question, Suite
from evals.suites import Options, take_options
from evals.suites.document import Names, Node, json_document
from evals.suites.fingerprint import fingerprint
from index.errors import SuiteError
from index.records import Record

DEFAULTS = {"split": ""}


def load(path: Path, options: Options) -> Suite:
    """`combined-newsqa-data-v1.json` (Trischler et al. 2017) as a suite.

    The consensus counts: a span, or "no answer". Questions that annotators called bad are left out and counted in the
    notes. Option `split` keeps the stories of that type (train, dev, test).
    """
    chosen = take_options(path, options, DEFAULTS)
    stories, ids = Names("story"), Names("question")
    articles: list[Record] = []
    questions: list[Question] = []
    bad = 0
    for node in json_document(path).member("data").items():
        name = stories.take(node, node.member("storyId").text())
        kind = node.optional("type")
        if chosen["split"] and (kind is None or kind.value != chosen["split"]):
            continue
        text = node.member("text").text()
        articles.append(Record(id=name, text=text, source=name, outlet="CNN"))
        for number, asked in enumerate(node.member("questions").items()):
            consensus = asked.member("consensus")
            if consensus.optional("badQuestion"):
                bad += 1
                continue
            question = read_question(asked, consensus, name, text, kind.text() if kind else "test", number)
            ids.take(asked, question.id)
            questions.append(question)
    if not questions:
        raise SuiteError(f"{path}: no question is left; check the option 'split'")
    hashed = fingerprint([path], {"split": chosen["split"]})
    return Suite(
        name=chosen.get("name", "newsqa"),
        format="newsqa",
        path=str(path),
        fingerprint=hashed,
        questions=tuple(questions),
        articles=lambda: iter(articles),
        articles_fingerprint=hashed,
        notes=(f"{bad} questions that annotators called bad are left out",) if bad else (),
    )


def read_question(node: Node, consensus: Node, story: str, text: str, split: str, number: int) -> Question:
    """One question with its consensus; the end of a NewsQA span may point past a blank, which is taken off."""
    absent = consensus.optional("noAnswer")
    name = f"{story}#{number}"
    asked = node.member("q").text().strip()
    if absent is not None:
        return Question(id=name, question=asked, type="no answer", split=split, answerable=False, cluster=story)
    start, end = consensus.member("s").offset(), consensus.member("e").offset()
    if end > len(text) or start >= end or not text[start:end].strip():
        raise consensus.fail(f"the span {start}:{end} holds no text of the story ({len(text)} characters)")
    answer = text[start:end]
    start += len(answer) - len(answer.lstrip())
    answer = answer.strip()
    return Question(
        id=name,
        question=asked,
        type="answerable",
        split=split,
        answers=(answer,),
        gold=(GoldSpan(article=story, start=start, end=start + len(answer), text=answer),),
        cluster=story,
    )
