"""How is MultiHop-RAG read? News articles and questions whose evidence lies in two to four of them."""

import re
from pathlib import Path

from evals.suite import GoldSpan, Question, Suite
from evals.suites import Options, take_options
from evals.suites.document import Node, json_document
from evals.suites.fingerprint import fingerprint
from index.errors import SuiteError
from index.records import Record

REFUSAL = "insufficient information"  # the gold answer of its null queries (Tang and Yang 2024)


def load(path: Path, options: Options) -> Suite:
    """A folder with `corpus.json` and `MultiHopRAG.json` as a suite; each fact of the evidence list is needed.

    A fact that does not stand in its article word for word (blanks aside) counts as the whole article.
    """
    chosen = take_options(path, options, {})
    folder = path if path.is_dir() else path.parent
    corpus, queries = folder / "corpus.json", folder / "MultiHopRAG.json"
    for file in (corpus, queries):
        if not file.exists():
            raise SuiteError(f"{file}: is missing; MultiHop-RAG is a folder with corpus.json and MultiHopRAG.json")
    articles = [read_article(node) for node in json_document(corpus).items()]
    by_url = {article.id: article for article in articles}
    questions: list[Question] = []
    loose = 0
    for number, node in enumerate(json_document(queries).items()):
        question, vague = read_question(node, number, by_url)
        questions.append(question)
        loose += vague
    if not questions:
        raise SuiteError(f"{queries}: holds no questions")
    return Suite(
        name=chosen.get("name", "multihop_rag"),
        format="multihop_rag",
        path=str(folder),
        fingerprint=fingerprint([corpus, queries]),
        questions=tuple(questions),
        articles=lambda: iter(articles),
        articles_fingerprint=fingerprint([corpus]),
        protocols=("multihop_rag",),
        notes=(f"{loose} facts are not in their article word for word; the article as a whole counts",)
        if loose
        else (),
    )


def read_article(node: Node) -> Record:
    """One article of the corpus; its URL is its name."""
    url = node.member("url").text()
    outlet, published, author = node.optional("source"), node.optional("published_at"), node.optional("author")
    return Record(
        id=url,
        url=url,
        title=node.member("title").text(),
        text=node.member("body").text(),
        source=url,
        outlet=outlet.text() if outlet else None,
        author=author.text() if author else None,
        published=published.text()[:10] if published else None,
    )


def read_question(node: Node, number: int, articles: dict[str | None, Record]) -> tuple[Question, int]:
    """One question, and how many of its facts could not be found word for word."""
    kind = node.member("question_type").text()
    answer = node.member("answer").text()
    null = kind == "null_query"
    gold: list[GoldSpan] = []
    loose = 0
    for evidence, fact in enumerate(node.member("evidence_list").items() if not null else []):
        url = fact.member("url").text()
        article = articles.get(url)
        if article is None:
            raise fact.fail(f"the article {url!r} is not in corpus.json")
        text = fact.member("fact").text()
        place = find(article.text, text)
        loose += place is None
        start, end = place or (0, None)
        gold.append(GoldSpan(article=url, start=start, end=end, evidence=evidence, text=text))
    if not null and not gold:
        raise node.fail("the evidence list is empty, yet this is no null_query")
    question = Question(
        id=f"q{number:04d}",
        question=node.member("query").text().strip(),
        type=kind,
        answers=() if null else (answer,),
        gold=tuple(gold),
        answerable=not null,
        slices=(("hops", str(len(gold))),),
    )
    return question, loose


def find(text: str, fact: str) -> tuple[int, int] | None:
    """Where a fact stands in a text: word for word, any blank matching any other; None where it does not."""
    words = fact.split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    return (found.start(), found.end()) if found else None
