"""How is a BEIR folder read? `corpus.jsonl`, `queries.jsonl` and `qrels/*.tsv`: documents judged as a whole."""

from collections.abc import Iterator
from pathlib import Path

from evals.suite import GoldSpan, Question, Suite, malformed
from evals.suites import Options, take_options
from evals.suites.document import Names, json_lines, read_text
from evals.suites.fingerprint import fingerprint
from index.errors import SuiteError
from index.records import Record

DEFAULTS = {"split": "test"}


def load(path: Path, options: Options) -> Suite:
    """A BEIR folder (Thakur et al. 2021) as a suite of retrieval questions; they carry no accepted answers.

    Option `split` names the judgements: `qrels/SPLIT.tsv`, a header line, then query id, document id and grade.
    """
    chosen = take_options(path, options, DEFAULTS)
    corpus, queries, qrels = path / "corpus.jsonl", path / "queries.jsonl", path / "qrels" / f"{chosen['split']}.tsv"
    for file in (corpus, queries, qrels):
        if not file.exists():
            raise SuiteError(f"{file}: is missing; a BEIR folder has corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv")
    documents, names = Names("document"), Names("query")
    for node in json_lines(corpus):
        documents.take(node, node.member("_id").name())
        node.member("text")
    texts: dict[str, str] = {}
    for node in json_lines(queries):
        texts[names.take(node, node.member("_id").name())] = node.member("text").text().strip()

    judged: dict[str, list[GoldSpan]] = {}
    for number, line in enumerate(read_text(qrels).split("\n"), start=1):
        if number == 1 or not line.strip():  # the first line is the header: query-id, corpus-id, score
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != 3:
            raise malformed(str(qrels), number, f"needs 3 columns parted by tabs, has {len(cells)}")
        query, document, grade = cells
        if query not in texts:
            raise malformed(str(qrels), number, f"the query {query!r} is not in queries.jsonl")
        if document not in documents.seen:
            raise malformed(str(qrels), number, f"the document {document!r} is not in corpus.jsonl")
        if not grade.strip().lstrip("-").isdecimal():
            raise malformed(str(qrels), number, f"the grade {grade!r} is not a whole number")
        if int(grade) > 0:
            spans = judged.setdefault(query, [])
            spans.append(GoldSpan(article=document, evidence=len(spans), grade=int(grade)))
    if not judged:
        raise malformed(str(qrels), 1, "no document is judged relevant")
    questions = tuple(
        Question(id=name, question=texts[name], type="retrieval", gold=tuple(spans), cluster=f"question {name}")
        for name, spans in judged.items()
    )
    return Suite(
        name=chosen.get("name", path.name),
        format="beir",
        path=str(path),
        fingerprint=fingerprint([corpus, queries, qrels]),
        questions=questions,
        articles=lambda: records(corpus),
        articles_fingerprint=fingerprint([corpus]),
    )


def records(corpus: Path) -> Iterator[Record]:
    """The documents, one at a time: a corpus may have millions."""
    for node in json_lines(corpus):
        title, text = node.optional("title"), node.member("text").value
        body = text if isinstance(text, str) else ""
        heading = title.value if title is not None and isinstance(title.value, str) else ""
        name = node.member("_id").name()
        if body.strip() or heading.strip():  # some corpora hold empty documents: there is nothing to find in them
            yield Record(id=name, title=heading, text=body if body.strip() else heading, source=name)
