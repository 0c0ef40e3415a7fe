"""A suite that is wrong is refused with its file, its line and the reason, before anything is asked."""

import json
import re
from pathlib import Path

import pytest

from evals.suites import load
from index.errors import SuiteError

ARTICLES = '{"id": "a1", "text": "The Lady Aldry was 48 metres long."}\n'
GOOD = '{"question": "How long?", "answers": ["48 metres"]}'

# name of the file, its text, the line that is wrong, words of the reason
OWN = [
    ("q.jsonl", "", 1, "the file is empty"),
    ("q.jsonl", "\n\n", 1, "the file is empty"),
    ("q.jsonl", GOOD + '\n{"question": ', 2, "is not JSON"),
    ("q.jsonl", GOOD + "\n[1, 2]", 2, "must be an object, is a list"),
    ("q.jsonl", GOOD + '\n\n{"answers": ["x"]}', 3, "'question' is missing"),
    ("q.jsonl", '{"question": "  ", "answers": ["x"]}', 1, "question: is empty"),
    ("q.jsonl", '{"question": 7, "answers": ["x"]}', 1, "question: must be text, is a whole number"),
    ("q.jsonl", '{"question": "Who?", "answers": "x"}', 1, "answers: must be a list, is text"),
    ("q.jsonl", '{"question": "Who?", "answers": [""]}', 1, "answers[0]: is empty"),
    ("q.jsonl", '{"question": "Who?", "answers": [null]}', 1, "answers[0]: must be text, is null"),
    ("q.jsonl", '{"question": "Who?", "answerable": true}', 1, "needs answers or gold"),
    ("q.jsonl", '{"question": "Who?", "answerable": "yes", "answers": ["x"]}', 1, "must be true or false"),
    ("q.jsonl", '{"question": "Who?", "answerable": false, "answers": ["x"]}', 1, "must not have answers"),
    ("q.jsonl", '{"id": "a", "question": "Who?", "answers": ["x"]}\n' * 2, 2, "'a' was used before"),
    ("q.jsonl", '{"question": "Who?", "answers": ["\\ud800"]}', 1, "surrogate"),
    ("q.jsonl", '{"question": "Who?", "gold": [{"article": "nope"}]}', 1, "'nope' is not among the suite's articles"),
    ("q.jsonl", '{"question": "Who?", "gold": [{"start": 1, "end": 2}]}', 1, "'article' is missing"),
    ("q.jsonl", '{"question": "Who?", "gold": [{"article": "a1", "start": 1}]}', 1, "'end' is missing"),
    ("q.jsonl", '{"question": "Who?", "gold": [{"article": "a1", "start": -1, "end": 3}]}', 1, "must not be negative"),
    (
        "q.jsonl",
        '{"question": "Who?", "gold": [{"article": "a1", "start": 1.5, "end": 3}]}',
        1,
        "must be a whole number",
    ),
    (
        "q.jsonl",
        '{"question": "Who?", "gold": [{"article": "a1", "start": true, "end": 3}]}',
        1,
        "must be a whole number",
    ),
    ("q.jsonl", '{"question": "Who?", "gold": [{"article": "a1", "start": 5, "end": 5}]}', 1, "is empty"),
    (
        "q.jsonl",
        '{"question": "Who?", "gold": [{"article": "a1", "start": 5, "end": 500}]}',
        1,
        "goes past the article's end",
    ),
    (
        "q.jsonl",
        '{"question": "Who?", "gold": [{"article": "a1", "start": 4, "end": 14, "text": "Lady Ardry"}]}',
        1,
        "not 'Lady Ardry'",
    ),
    ("q.jsonl", '{"question": "Who?", "gold": [{"article": "a1", "text": "e"}]}', 1, "must stand there once"),
    (
        "q.jsonl",
        '{"question": "Who?", "gold": [{"article": "a1"}], "gold_text": ["x", "y"]}',
        1,
        "2 texts for 1 gold spans",
    ),
    ("q.jsonl", GOOD + '\n{"question": "Who?", "answer": "x"}', 2, "answer: is no part of a question, which may have"),
    ("q.jsonl", '{"question": "Who?", "gold": [{"article": "a1", "begin": 1, "end": 3}]}', 1, "begin: is no part of"),
    ("q.jsonl", '{"question": "Why?", "answers": ["x"], "conversation": [{"q": 1}]}', 1, "q: is no part of a turn"),
    ("q.jsonl", '{"question": "Who?", "answers": ["x"], "gold_text": "x"}', 1, "needs the article that it stands in"),
    ("q.jsonl", '{"question": "Who?", "gold": [{"article": "a1"}], "gold_text": "zz"}', 1, "'zz' stands 0 times"),
    ("q.yaml", "- question: How long?\n  answers: [x]\n- question: Who?\n  answer: [y]\n", 4, "answer: is no part of"),
    ("q.csv", "question,answer\nWho?,x\n", 1, "the column 'answer' is unknown; there may be question, id, answers"),
    ("q.csv", "question,answers,\nWho?,x,\nWhen?,y,z\n", 3, "is no part of a question"),
    ("q.csv", "question,answers,start,end\nWho?,x,4,14\n", 2, "'article' is missing"),
    ("q.csv", "question,answers,gold_text\nWho?,x,Aldry\n", 2, "'article' is missing"),
    ("q.csv", "question,answers,article,gold_text\nWho?,x,a1,Alder\n", 2, "'Alder' stands 0 times in 'a1'"),
    ("q.jsonl", '{"question": "Who?", "answers": ["x"], "conversation": [7]}', 1, "must be an object"),
    ("q.jsonl", "[" * 100_000, 1, "is nested too deeply"),
    ("q.yaml", "", 1, "the file is empty"),
    ("q.yaml", "questions:\n  - question: [unclosed\n", 3, "is not YAML"),
    ("q.yaml", "questions:\n- question: How long?\n  answers: [x]\n- answers: [y]\n", 4, "'question' is missing"),
    ("q.yaml", "name: x\n", 1, "'questions' is missing"),
    ("q.csv", "", 1, "must name the columns"),
    ("q.csv", "id,answers\n1,x\n", 1, "'question' among them"),
    ("q.csv", "question,question\nWho?,x\n", 1, "a column is named twice"),
    ("q.csv", "question,answers\nWho?,x\nWhen?\n", 3, "has 1 cells, the header names 2"),
    ("q.csv", 'question,answers\n"Who\nwas it?",x\n"When?" x,y\n', 4, "is not CSV"),
    ("q.csv", "question,answers\n", 1, "no questions below its header"),
    ("q.csv", "question,answers,article,start,end\nWho?,x,a1,4,many\n", 2, "must be a whole number"),
]


@pytest.mark.parametrize(("name", "text", "line", "reason"), OWN)
def test_a_malformed_suite_of_ones_own_is_refused(tmp_path: Path, name: str, text: str, line: int, reason: str) -> None:
    (tmp_path / "articles.jsonl").write_text(ARTICLES)
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(SuiteError, match=re.escape(f"{file}, line {line}: ")) as raised:
        load(str(file))
    assert reason in str(raised.value)


def paragraph(context: object = "It sank.", **answer: object) -> str:
    """A SQuAD file, one key a line, so that lines can be told apart."""
    qas = [{"id": "a", "question": "What?", "answers": [{"text": "sank", "answer_start": 3, **answer}]}]
    return json.dumps({"data": [{"title": "T", "paragraphs": [{"context": context, "qas": qas}]}]}, indent=1)


SQUAD = [
    ("{", 1, "is not JSON"),
    ('{\n"paragraphs": 1,\n"data": {}}', 3, "data: must be a list, is an object"),
    ('{\n"data": [\n{"paragraphs": []}]}', 3, "'title' is missing"),
    (paragraph(answer_start=4), 13, "the paragraph has 'ank.' at 4, not 'sank'"),
    (paragraph(answer_start="3"), 15, "must be a whole number, is text"),
    (paragraph(text="rose"), 13, "has 'sank' at 3, not 'rose'"),
    (paragraph(context=7), 7, "context: must be text"),
    (paragraph().replace('"answers"', '"no_answers"'), 9, "needs at least one answer"),
]


@pytest.mark.parametrize(("text", "line", "reason"), SQUAD)
def test_a_malformed_squad_file_is_refused(tmp_path: Path, text: str, line: int, reason: str) -> None:
    file = tmp_path / "dev.json"
    file.write_text(text)
    with pytest.raises(SuiteError, match=re.escape(f"{file}, line {line}: ")) as raised:
        load(f"squad:{file}")
    assert reason in str(raised.value)


BEIR = [
    ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1 d1 1\n", 2, "needs 3 columns"),
    ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq9\td1\t1\n", 2, "'q9' is not in queries.jsonl"),
    ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td9\t1\n", 2, "'d9' is not in corpus.jsonl"),
    ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\tgood\n", 2, "is not a whole number"),
    ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t0\n", 1, "no document is judged relevant"),
    ("corpus.jsonl", '{"_id": "d1", "text": "x"}\n{"_id": "d1", "text": "y"}\n', 2, "'d1' was used before"),
    ("queries.jsonl", '{"_id": "q1"}\n', 1, "'text' is missing"),
]


@pytest.mark.parametrize(("name", "text", "line", "reason"), BEIR)
def test_a_malformed_beir_folder_is_refused(tmp_path: Path, name: str, text: str, line: int, reason: str) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text('{"_id": "d1", "text": "It sank."}\n')
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "ferry"}\n')
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    (tmp_path / name).write_text(text)
    with pytest.raises(SuiteError, match=re.escape(f"{tmp_path / name}, line {line}: ")) as raised:
        load(str(tmp_path))
    assert reason in str(raised.value)


OTHERS = [
    (
        "newsqa",
        '{"data": [\n{"storyId": "s", "text": "x", "questions": [\n{"q": "Who?", "consensus": {"s": 0, "e": 9}}]}]}',
        3,
        "holds no text of the story",
    ),
    ("newsqa", '{"data": [\n{"storyId": "s", "questions": []}]}', 2, "'text' is missing"),
    ("newsqa", '{"data": [{"storyId": "s", "text": "x", "questions": [{"q": "Who?"}]}]}', 1, "'consensus' is missing"),
    ("rgb", '{"id": 1, "query": "Who?", "answer": [], "positive": ["p"], "negative": []}', 1, "answer: is empty"),
    ("rgb", '{"id": 1, "query": "Who?", "answer": "x", "positive": [], "negative": []}', 1, "no passage is left"),
    ("clapnq", '{"id": 1, "input": "who", "passages": [], "output": []}', 1, "'passages' is empty"),
]


@pytest.mark.parametrize(("form", "text", "line", "reason"), OTHERS)
def test_malformed_files_of_other_formats_are_refused(
    tmp_path: Path, form: str, text: str, line: int, reason: str
) -> None:
    file = tmp_path / "file.json"
    file.write_text(text)
    with pytest.raises(SuiteError, match=re.escape(f"{file}, line {line}: ")) as raised:
        load(f"{form}:{file}")
    assert reason in str(raised.value)


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(GOOD.encode() + b'\n{"question": "caf\xe9"}\n')
    with pytest.raises(SuiteError, match=r"line 2: is not UTF-8 text"):
        load(str(file))


def test_a_kilt_provenance_outside_its_page_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text('{"wikipedia_id": "9", "wikipedia_title": "S", "text": ["One."]}\n')
    place = {
        "wikipedia_id": "9",
        "start_paragraph_id": 0,
        "start_character": 0,
        "end_paragraph_id": 3,
        "end_character": 2,
    }
    file = tmp_path / "q.jsonl"
    file.write_text(json.dumps({"id": "1", "input": "who", "output": [{"answer": "x", "provenance": [place]}]}) + "\n")
    with pytest.raises(SuiteError, match="has 1 paragraphs"):
        load(f"kilt:{file}#knowledge={tmp_path / 'pages.jsonl'}")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere.jsonl", "there is no such suite"),
        ("squat:nowhere.json", "no such suite format"),
        ("newsroom#fast", "must be KEY=VALUE"),
        ("newsroom#speed=9", "the option 'speed' is unknown here"),
        ("newsroom#split=nope", "no question is left"),
    ],
)
def test_a_suite_that_cannot_be_named_is_refused(name: str, reason: str) -> None:
    with pytest.raises(SuiteError, match=re.escape(reason)):
        load(name)
