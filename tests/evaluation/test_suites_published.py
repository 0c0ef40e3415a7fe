"""The formats of published data sets are read with gold spans that stand exactly where they say."""

import json
from pathlib import Path

from evals.suite import GoldSpan
from evals.suites import load
from tests.evaluation.stand_ins import assert_gold_stands


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
