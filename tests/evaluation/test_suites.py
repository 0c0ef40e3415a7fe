"""Every format is read with gold spans that stand in the articles exactly where they say."""

import json
from pathlib import Path

import pytest

from evals.suite import GoldSpan, Suite
from evals.suites import load, recognise

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


def assert_gold_stands(suite: Suite) -> None:
    """Every gold span with offsets is inside its article and holds its own text."""
    assert suite.articles is not None
    texts = {record.id: record.text for record in suite.articles()}
    for question in suite.questions:
        for span in question.gold:
            if span.end is not None:
                assert texts[span.article][span.start : span.end] == span.text


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


def test_beir_judges_documents_as_a_whole_with_grades(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "d1", "title": "Ferry", "text": "It sank."}\n{"_id": "d2", "title": "", "text": "It rained."}\n'
        '{"_id": "d3", "title": "", "text": ""}\n'
    )
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "ferry"}\n{"_id": "q2", "text": "not judged"}\n')
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t1\nq2\td2\t0\n")
    suite = load(str(tmp_path))
    assert suite.format == "beir"
    assert [question.id for question in suite.questions] == ["q1"]
    assert suite.questions[0].gold == (
        GoldSpan(article="d1", evidence=0, grade=2),
        GoldSpan(article="d2", evidence=1, grade=1),
    )
    assert suite.articles is not None
    assert [record.id for record in suite.articles()] == ["d1", "d2"]


def test_multihop_rag_finds_facts_word_for_word_across_line_ends(tmp_path: Path) -> None:
    corpus = [
        {
            "title": "A",
            "url": "u1",
            "body": "First.\nThe ferry\nsank at noon.",
            "source": "Courant",
            "published_at": "2023-09-28T12:00:00",
        },
        {"title": "B", "url": "u2", "body": "Nothing of the kind."},
    ]
    queries = [
        {
            "query": "What sank?",
            "answer": "The ferry",
            "question_type": "inference_query",
            "evidence_list": [
                {"url": "u1", "fact": "The ferry sank at noon."},
                {"url": "u2", "fact": "Something that is told in other words."},
            ],
        },
        {"query": "Who?", "answer": "Insufficient information.", "question_type": "null_query", "evidence_list": []},
    ]
    (tmp_path / "corpus.json").write_text(json.dumps(corpus))
    (tmp_path / "MultiHopRAG.json").write_text(json.dumps(queries))
    suite = load(str(tmp_path))
    assert suite.protocols == ("multihop_rag",)
    assert suite.questions[0].gold == (
        GoldSpan(article="u1", start=7, end=30, evidence=0, text="The ferry sank at noon."),
        GoldSpan(article="u2", evidence=1, text="Something that is told in other words."),
    )
    assert suite.questions[0].slices == (("hops", "2"),)
    assert suite.questions[1].answerable is False
    assert suite.notes == ("1 facts are not in their article word for word; the article as a whole counts",)
    assert suite.articles is not None
    assert next(iter(suite.articles())).published == "2023-09-28"


def test_newsqa_takes_the_consensus_and_leaves_bad_questions_out(tmp_path: Path) -> None:
    story = {
        "storyId": "./cnn/stories/1",
        "text": "Tingle waved.  He left.",
        "type": "dev",
        "questions": [
            {"q": "Who waved?", "consensus": {"s": 0, "e": 7}},
            {"q": "Where?", "consensus": {"noAnswer": True}},
            {"q": "Eh?", "consensus": {"badQuestion": True}},
        ],
    }
    file = tmp_path / "combined.json"
    file.write_text(json.dumps({"data": [story], "version": "1"}))
    suite = load(str(file))
    assert suite.format == "newsqa"
    assert [(q.question, q.answers, q.answerable) for q in suite.questions] == [
        ("Who waved?", ("Tingle",), True),
        ("Where?", (), False),
    ]
    assert suite.questions[0].split == "dev"
    assert suite.notes == ("1 questions that annotators called bad are left out",)
    assert_gold_stands(suite)


def test_rgb_gives_each_question_its_own_passages_at_the_noise_asked_for(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "query": "When?",
        "answer": [["January 2", "Jan 2"], ["2022"]],
        "positive": [["p1", "p2"], ["p3"]],
        "negative": ["n1", "n2", "n3", "n4", "n5", "n6"],
    }
    file = tmp_path / "en_int.json"
    file.write_text(json.dumps(row) + "\n")
    suite = load(f"{file}#noise=0.6")
    question = suite.questions[0]
    assert question.within == ("7 positive 0", "7 positive 1", "7 negative 0", "7 negative 1", "7 negative 2")
    assert question.parts == (("January 2", "Jan 2"), ("2022",))
    assert suite.articles is not None
    assert [record.text for record in suite.articles()] == ["p1", "p3", "n1", "n2", "n3"]
    noise_only = load(f"{file}#noise=1").questions[0]
    assert noise_only.answerable is False
    assert len(noise_only.within) == 5


def test_clapnq_needs_every_selected_sentence(tmp_path: Path) -> None:
    text = "It is a surname . It came from Spain . It means market ."
    rows = [
        {
            "id": "1",
            "input": "where does it come from",
            "passages": [{"title": "Mercado", "text": text, "sentences": []}],
            "output": [
                {"answer": "From Spain.", "selected_sentences": ["It came from Spain .&", "It means market .&"]}
            ],
        },
        {"id": 2, "input": "who", "passages": [{"title": "X", "text": "Other."}], "output": [{"answer": None}]},
    ]
    file = tmp_path / "clapnq_dev.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    suite = load(str(file))
    assert suite.format == "clapnq"
    spans = suite.questions[0].gold
    assert [(span.start, span.end, span.evidence) for span in spans] == [(18, 38, 0), (39, 56, 1)]
    assert suite.questions[1].answerable is False
    assert_gold_stands(suite)


def test_kilt_provenance_becomes_offsets_into_the_page(tmp_path: Path) -> None:
    page = {
        "wikipedia_id": "9",
        "wikipedia_title": "Skell",
        "text": ["Skell\n", "An island.\n", "It has 231 people.\n"],
    }
    question = {
        "id": "k1",
        "input": "how many",
        "output": [
            {
                "answer": "231",
                "provenance": [
                    {
                        "wikipedia_id": "9",
                        "start_paragraph_id": 2,
                        "start_character": 7,
                        "end_paragraph_id": 2,
                        "end_character": 10,
                    }
                ],
            }
        ],
    }
    knowledge, file = tmp_path / "knowledge.jsonl", tmp_path / "nq-dev-kilt.jsonl"
    knowledge.write_text(json.dumps(page) + "\n")
    file.write_text(json.dumps(question) + "\n")
    suite = load(f"{file}#knowledge={knowledge}")
    assert suite.format == "kilt"
    assert suite.questions[0].gold == (GoldSpan(article="9", start=24, end=27, text="231"),)
    assert_gold_stands(suite)


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
    ],
)
def test_own_yaml_and_csv_say_the_same_as_jsonl(tmp_path: Path, name: str, text: str) -> None:
    suite = load(str(write_own(tmp_path, name, text)))
    assert suite.questions[0].gold == (GoldSpan(article="a1", start=19, end=28, text="48 metres"),)
    assert suite.questions[0].answers[0] == "48 metres"
    assert suite.questions[0].answerable is True


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
