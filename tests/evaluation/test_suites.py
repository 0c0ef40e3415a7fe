"""SQuAD and suites of one's own are read with gold spans that stand exactly where they say."""

import json
from pathlib import Path

import pytest

from evals.suite import GoldSpan
from evals.suites import load, recognise
from index.errors import SuiteError
from tests.evaluation.stand_ins import assert_gold_stands

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Skell_Island",
            "paragraphs": [
                {
                    "context": "Skell Island has 231 people.",
                    "qas": [
                        {
                            "id": "a",
                            "question": "How many people live there? ",
                            "answers": [
                                {"text": "231", "answer_start": 17},
                                {"text": "231 people", "answer_start": 17},
                            ],
                            "is_impossible": False,
                        }
                    ],
                },
                {
                    "context": "Its café 🦀 opened in 1994.",
                    "qas": [
                        {"id": "b", "question": "When?", "answers": [{"text": "1994", "answer_start": 21}]},
                        {"id": "c", "question": "Who?", "answers": [], "is_impossible": True},
                    ],
                },
            ],
        },
        {
            "title": "Port Verrin",
            "paragraphs": [
                {
                    "context": "Port Verrin is a town.",
                    "qas": [{"id": "d", "question": "What?", "answers": [{"text": "a town", "answer_start": 15}]}],
                }
            ],
        },
    ],
}


def write_squad(folder: Path) -> Path:
    file = folder / "dev.json"
    file.write_text(json.dumps(SQUAD, ensure_ascii=False), encoding="utf-8")
    return file


def test_squad_paragraphs_become_one_article_and_answers_keep_their_places(tmp_path: Path) -> None:
    suite = load(str(write_squad(tmp_path)))
    assert suite.format == "squad"
    assert suite.protocols == ("squad2",)
    assert [question.id for question in suite.questions] == ["a", "b", "c", "d"]
    assert suite.questions[0].question == "How many people live there?"
    assert suite.questions[0].answers == ("231", "231 people")
    assert suite.questions[1].gold == (GoldSpan(article="Skell_Island", start=51, end=55, text="1994"),)
    assert suite.questions[2].answerable is False
    assert suite.questions[2].type == "adversarial"
    assert suite.questions[2].group == "Skell_Island"
    assert_gold_stands(suite)


def test_squad_paragraphs_can_be_articles_of_their_own(tmp_path: Path) -> None:
    suite = load(f"squad:{write_squad(tmp_path)}#unit=paragraph")
    assert suite.questions[1].gold == (GoldSpan(article="Skell_Island #2", start=21, end=25, text="1994"),)
    assert suite.articles is not None
    assert [record.id for record in suite.articles()] == ["Skell_Island #1", "Skell_Island #2", "Port Verrin #1"]
    assert_gold_stands(suite)


def test_squad_articles_left_out_of_the_library_make_their_questions_unanswerable(tmp_path: Path) -> None:
    suite = load(f"squad:{write_squad(tmp_path)}#absent=1")
    assert suite.articles is not None
    assert [record.title for record in suite.articles()] == ["Skell Island"]
    assert [(q.id, q.answerable, q.type) for q in suite.questions[2:]] == [
        ("c", False, "adversarial"),
        ("d", False, "absent"),
    ]
    assert suite.questions[3].gold == ()
    assert suite.notes == ("1 of 2 articles are left out of the library on purpose",)


def test_options_choose_the_last_articles_and_change_the_fingerprint(tmp_path: Path) -> None:
    file = write_squad(tmp_path)
    last = load(f"squad:{file}#last=1")
    assert [question.id for question in last.questions] == ["d"]
    assert last.protocols == ("squad1",)
    assert last.fingerprint != load(str(file)).fingerprint
    assert last.fingerprint == load(f"squad:{file}#last=1").fingerprint


def write_own(folder: Path, name: str, text: str) -> Path:
    (folder / "articles.jsonl").write_text(
        '{"id": "a1", "text": "The Lady Aldry was 48 metres long."}\n{"id": "a2", "text": "She was 48 metres long."}\n'
    )
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_own_jsonl_reads_offsets_texts_and_conversations(tmp_path: Path) -> None:
    lines = [
        {
            "question": "How long?",
            "answers": ["48 metres"],
            "gold": [{"article": "a1", "start": 19, "end": 28, "text": "48 metres"}],
        },
        {"question": "Who?", "answers": ["Lady Aldry"], "gold": [{"article": "a1", "text": "Lady Aldry"}]},
        {
            "question": "And why?",
            "answerable": False,
            "conversation": ["How long?", {"question": "Who?", "answer": "Lady Aldry"}],
        },
    ]
    suite = load(str(write_own(tmp_path, "questions.jsonl", "".join(json.dumps(line) + "\n" for line in lines))))
    assert [question.id for question in suite.questions] == ["q0001", "q0002", "q0003"]
    assert suite.questions[1].gold[0].start == 4
    assert [turn.question for turn in suite.questions[2].conversation] == ["How long?", "Who?"]
    assert_gold_stands(suite)


def test_spans_of_equal_words_are_alternatives_and_others_are_each_needed(tmp_path: Path) -> None:
    gold = [
        {"article": "a1", "start": 19, "end": 28},
        {"article": "a2", "start": 8, "end": 17},
        {"article": "a1", "start": 4, "end": 14},
    ]
    line = json.dumps({"question": "How long, and who?", "answers": ["48"], "gold": gold})
    suite = load(str(write_own(tmp_path, "questions.jsonl", line)))
    assert [span.evidence for span in suite.questions[0].gold] == [0, 0, 2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "mine.yaml",
            "name: ferry\nquestions:\n- question: How long?\n  answers: [48 metres]\n"
            "  gold: [{article: a1, start: 19, end: 28}]\n",
        ),
        ("mine.csv", "question,answers,article,start,end,gold_text\nHow long?,48 metres|48,a1,19,28,48 metres\n"),
        ("mine.csv", "question,answers,article,gold_text,\nHow long?,48 metres|48,a1,48 metres,\n"),
    ],
)
def test_own_yaml_and_csv_say_the_same_as_jsonl(tmp_path: Path, name: str, text: str) -> None:
    suite = load(str(write_own(tmp_path, name, text)))
    assert suite.questions[0].gold == (GoldSpan(article="a1", start=19, end=28, text="48 metres"),)
    assert suite.questions[0].answers[0] == "48 metres"
    assert suite.questions[0].answerable is True


def test_articles_beside_questions_for_another_library_are_no_part_of_the_suite(tmp_path: Path) -> None:
    line = {"question": "How long?", "answers": ["48 metres"]}
    elsewhere = json.dumps({**line, "gold": [{"article": "x1", "start": 1, "end": 2}]})
    there = write_own(tmp_path, "feedback.jsonl", elsewhere)
    assert load(str(there), library=tmp_path / "library").articles is None
    with pytest.raises(SuiteError, match="the article 'x1' is not among the suite's articles"):
        load(str(there))
    own = json.dumps({**line, "gold": [{"article": "a1", "text": "48 metres"}]})
    here = write_own(tmp_path, "questions.jsonl", own)
    suite = load(str(here), library=tmp_path / "library")
    assert suite.questions[0].gold[0].start == 19
    assert (suite.articles is None, suite.fingerprint) == (False, load(str(here)).fingerprint)


def test_a_suite_beside_no_articles_names_its_library(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text('{"question": "Who?", "answers": ["x"]}\n')
    (tmp_path / "suite.json").write_text('{"name": "mine", "library": "there"}')
    suite = load(str(tmp_path))
    assert (suite.name, suite.library, suite.articles) == ("mine", str(tmp_path / "there"), None)


def test_the_bundled_newsroom_is_a_suite_whose_gold_stands() -> None:
    suite = load("newsroom")
    assert suite.name == "newsroom"
    assert len(suite.questions) >= 200
    assert {"single_fact", "two_articles", "time", "conflict", "follow_up", "unanswerable_topic"} <= {
        question.type for question in suite.questions
    }
    assert_gold_stands(suite)


def test_the_shared_squad_half_is_read_whole() -> None:
    file = SHARED / "squad" / "squad2-dev-half.json"
    if not file.exists():
        pytest.skip(f"{file} is not here: the data sets are no part of the repository")
    suite = load(str(file))
    assert len(suite.questions) == 6078
    assert sum(not question.answerable for question in suite.questions) == 3168
    assert_gold_stands(suite)


def test_formats_are_recognised_by_their_contents(tmp_path: Path) -> None:
    heads = {
        "squad": '{"data": [{"title": "t", "paragraphs": []}]}',
        "newsqa": '{"data": [{"storyId": "s"}]}',
        "rgb": '{"id": 1, "query": "", "answer": "", "positive": [], "negative": []}',
        "clapnq": '{"id": 1, "input": "", "passages": [], "output": []}',
        "kilt": '{"id": 1, "input": "", "output": []}',
        "own": '{"question": ""}',
    }
    for name, head in heads.items():
        file = tmp_path / f"{name}.jsonl"
        file.write_text(head + "\n")
        assert recognise(file) == name
