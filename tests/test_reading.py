"""Is each kind of file read as what it is, with what it says about itself, and again only when it changed?"""

import json
from pathlib import Path

import pytest

from index import read
from index.errors import ReadError, SourceError
from index.records import Record, Unreadable
from tests.hostile.building import docx, pdf, warc

PROSE = "The council opened the bridge over the Lind on Friday, the mayor said, after months of repairs in the harbour."
PAGE = f"""<html lang="en-GB"><head><title>Bridge opens | The Courant</title>
<meta property="og:site_name" content="The Courant Online"><meta name="author" content="Web Desk">
<meta property="article:published_time" content="2026-03-01T08:00:00Z">
<link rel="canonical" href="https://courant.example/bridge">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebPage", "name": "x"}},
{{"@type": "NewsArticle", "headline": "Bridge &amp; harbour open", "datePublished": "2026-03-04T10:00:00+01:00",
"dateModified": "2026-03-05T09:00:00+01:00", "author": [{{"@type": "Person", "name": "Mara Lind"}},
{{"name": "Ivo Brand"}}],
"publisher": {{"@type": "Organization", "name": "The Verrin Courant"}}}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Bridge and harbour open</h1>
<p>{PROSE}</p><h2>A long wait</h2><p>Work on <a href="/lind">the bridge</a> began in May; {PROSE}</p>
<ul><li>Two lanes are open.</li><li>Four follow in June.</li></ul></article><footer>Imprint and privacy</footer>
</body></html>"""


def records(path: Path, **mapping: str) -> list[Record | Unreadable]:
    return [item for source in read(path, map=mapping) for item in source.records()]


def one(path: Path, **mapping: str) -> Record:
    (record,) = records(path, **mapping)
    assert isinstance(record, Record)
    return record


def written(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_page_gives_its_article_and_believes_its_linked_data_first(tmp_path: Path) -> None:
    record = one(written(tmp_path / "page.html", PAGE))
    assert record.title == "Bridge & harbour open"
    assert record.author == "Mara Lind, Ivo Brand"
    assert record.outlet == "The Verrin Courant"
    assert (record.published, record.updated) == ("2026-03-04T10:00:00+01:00", "2026-03-05T09:00:00+01:00")
    assert record.url == "https://courant.example/bridge"
    assert record.language == "en"
    assert record.text == (
        f"Bridge and harbour open\n\n{PROSE}\n\nA long wait\n\nWork on the bridge began in May; {PROSE}\n\n"
        "- Two lanes are open.\n- Four follow in June."
    )


def test_a_page_without_linked_data_is_read_by_its_tags(tmp_path: Path) -> None:
    start, end = PAGE.index("<script"), PAGE.index("</script>")
    record = one(written(tmp_path / "page.html", PAGE[:start] + PAGE[end:]))
    assert (record.author, record.outlet) == ("Web Desk", "The Courant Online")
    assert (record.published, record.updated) == ("2026-03-01T08:00:00+00:00", None)


def test_markdown_keeps_its_words_and_the_text_of_links(tmp_path: Path) -> None:
    record = one(
        written(
            tmp_path / "a.md",
            "---\ntitle: A bridge opens\ndate: 2026-03-04\nauthor: [Mara Lind, Ivo Brand]\noutlet: The Courant\n---\n"
            "## What happened\n\nThe *bridge* over the [Lind](http://lind.example) **opened**\non Friday. "
            "See `lane_1`.\n\n"
            "1. first\n2. second\n   - inner\n\n> “At last,” she said.\n\n| lane | open |\n|---|---|\n| one | yes |\n\n"
            "![The bridge](b.png)\n\n<b>Bold</b> end<!-- gone -->.\n",
        )
    )
    assert record.text == (
        "What happened\n\nThe bridge over the Lind opened on Friday. See lane_1.\n\n1. first\n2. second\n- inner\n\n"
        "“At last,” she said.\n\nlane | open\none | yes\n\nThe bridge\n\nBold end."
    )
    assert (record.title, record.author, record.outlet) == ("A bridge opens", "Mara Lind, Ivo Brand", "The Courant")
    assert record.published == "2026-03-04"


def test_the_first_heading_is_the_title_of_markdown_without_front_matter(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.md", "# A *bridge* opens\n\nIt opened.\n")).title == "A bridge opens"


def test_jsonl_records_come_one_by_one_with_their_own_names_for_fields(tmp_path: Path) -> None:
    rows = [
        {"id": "a1", "title": "One", "text": "First words.", "published": "2026-03-04", "language": "en"},
        {
            "headline": "Two",
            "body": "More words.",
            "publishedAt": "2026-03-05T10:00:00Z",
            "source": {"name": "Courant"},
        },
        {"text": "Last words.", "author": [{"name": "Mara Lind"}, "Ivo Brand"], "source": "wire/9"},
    ]
    path = written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert records(path) == [
        Record(text="First words.", id="a1", title="One", published="2026-03-04", source=str(path)),
        Record(
            text="More words.", title="Two", published="2026-03-05T10:00:00+00:00", outlet="Courant", source=str(path)
        ),
        Record(text="Last words.", title="Last words", author="Mara Lind, Ivo Brand", source="wire/9"),
    ]


@pytest.mark.parametrize(
    "document",
    [
        '[{"text": "one"}, {"text": "two"}]',
        '{"status": "ok", "articles": [{"text": "one"}, {"text": "two"}]}',
        '{"text": "one"}\n{"text": "two"}\n',
        '\ufeff[\n  {\n    "text": "one"\n  },\n  {\n    "text": "two"\n  }\n]\n',
    ],
)
def test_json_is_read_as_a_list_as_an_answer_or_as_lines(document: str, tmp_path: Path) -> None:
    found = records(written(tmp_path / "a.json", document))
    assert [item.text for item in found if isinstance(item, Record)] == ["one", "two"]


def test_a_long_json_list_is_read_in_pieces(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", json.dumps([{"text": f"words {n} " * 200} for n in range(300)], indent=1))
    found = records(path)
    assert len(found) == 300
    assert isinstance(found[299], Record)
    assert found[299].text.startswith("words 299 words")


def test_columns_are_mapped_by_the_names_that_the_person_gives(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'überschrift;inhalt;tag\nEins;"Erste; Worte.\nZweite Zeile.";04.03.2026\n')
    record = one(path, title="überschrift", text="inhalt", published="tag")
    assert (record.title, record.text, record.published) == ("Eins", "Erste; Worte.\nZweite Zeile.", "2026-03-04")


def test_a_mapped_column_may_lie_inside_another(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", '{"payload": {"body": "Words."}, "text": "not this"}\n')
    assert one(path, text="payload.body").text == "Words."


def test_tabs_and_parquet_are_read_like_csv(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    assert one(written(tmp_path / "a.tsv", "title\ttext\nOne\tFirst, words.\n")).text == "First, words."
    table = pyarrow.table({"headline": ["One", "Two"], "body": ["First.", None], "unused": [1, 2]})
    parquet.write_table(table, tmp_path / "b.parquet")
    assert records(tmp_path / "b.parquet") == [
        Record(text="First.", title="One", source=str(tmp_path / "b.parquet")),
        Unreadable(f"{tmp_path / 'b.parquet'}, row 2", "has no text field (it has headline, body): name it with "
                   "--map text=FIELD"),
    ]  # fmt: skip


def test_a_pdf_keeps_where_its_pages_begin_and_joins_divided_words(tmp_path: Path) -> None:
    first = "Bridge opens\nThe coun-\ncil opened the long-term bridge."
    path = written(tmp_path / "a.pdf", pdf(first, "", "The long-\nterm plan goes on.", title="Bridge report"))
    record = one(path)
    assert record.title == "Bridge report"
    assert record.text == ("Bridge opens\nThe council opened the long-term bridge.\nThe long-term plan goes on.")
    assert record.page_starts == (0, 53, 54)
    assert record.text[54:].startswith("The long-term")


def test_two_cells_of_a_word_table_that_say_the_same_are_two(tmp_path: Path) -> None:
    data = docx("The league", "It ended.", title="League", rows=(("club", "won", "lost"), ("Osk", "4", "4")))
    assert "Osk | 4 | 4" in one(written(tmp_path / "a.docx", data)).text


def test_a_word_document_gives_paragraphs_and_tables(tmp_path: Path) -> None:
    data = docx("A bridge opens", "It opened on Friday.", title="Bridge", rows=(("lane", "open"), ("one", "yes")))
    record = one(written(tmp_path / "a.docx", data))
    assert (record.title, record.author) == ("Bridge", None)
    assert record.text == "A bridge opens\n\nIt opened on Friday.\n\nlane | open\none | yes"


def test_a_web_archive_gives_the_article_of_each_page(tmp_path: Path) -> None:
    page = PAGE.replace('<link rel="canonical" href="https://courant.example/bridge">', "")
    path = written(
        tmp_path / "a.warc.gz", warc(("https://courant.example/1", page), ("https://courant.example/2", page))
    )
    found = [item for item in records(path) if isinstance(item, Record)]
    assert [item.url for item in found] == ["https://courant.example/1", "https://courant.example/2"]
    assert found[0].title == "Bridge & harbour open"


def test_a_file_counts_as_what_it_holds_and_not_as_what_it_is_called(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.txt", PAGE)).title == "Bridge & harbour open"
    assert one(written(tmp_path / "b.txt", pdf("The council met."))).text == "The council met."
    assert one(written(tmp_path / "c.pdf", docx("The council met."))).text == "The council met."


def test_a_folder_is_read_in_order_with_its_subfolders_but_not_what_is_hidden(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "2016/07/c.txt",
        "2015/d.html",
        ".git/e.txt",
        "2016/.f.txt",
        "g.png",
        "h.py",
        "notes",
    ):
        written(tmp_path / name, PAGE if name.endswith("html") else "Words of an article.\n")
    found = list(read(tmp_path))
    assert [source.key for source in found] == ["a.md", "b.txt", "notes", "2015/d.html", "2016/07/c.txt"]
    assert {source.root for source in found} == {str(tmp_path)}
    assert found[4].name == str(tmp_path / "2016/07/c.txt")
    globs = {
        "*.txt": ["b.txt", "2016/07/c.txt"],
        "2016/**/*.txt": ["2016/07/c.txt"],
        "*.py": ["h.py"],
        "[ab].*": ["a.md", "b.txt"],
    }
    for glob, keys in globs.items():
        assert [source.key for source in read(tmp_path, globs=[glob])] == keys


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = written(tmp_path / "a.txt", "Words.")
    assert [source.key for source in read(tmp_path, file)] == ["a.txt"]


def test_a_fingerprint_changes_with_the_bytes_and_with_the_options_and_not_otherwise(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "Words.")
    (plain,) = read(path)
    (again,) = read(tmp_path)
    (mapped,) = read(path, map={"text": "body"})
    (german,) = read(path, language="de")
    before = plain.fingerprint()
    assert again.fingerprint() == before
    assert len({before, mapped.fingerprint(), german.fingerprint()}) == 3
    path.write_text("Other words.")
    assert plain.fingerprint() != before


def test_a_file_that_goes_away_before_its_turn_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "Words.")
    (source,) = read(path)
    path.unlink()
    for reading in (source.fingerprint, lambda: list(source.records())):
        with pytest.raises(ReadError, match=r"a.txt does not exist"):
            reading()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty.txt is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00", "picture.txt is a PNG picture"),
        ("zeros.txt", b"ab\x00c", r"zeros.txt is binary, not text \(a zero byte at 2\)"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_call_when_named_alone(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    path = written(tmp_path / name, data)
    with pytest.raises(SourceError, match=reason):
        read(path)


def test_what_cannot_be_a_source_is_refused_at_the_call(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    cases = {
        "absent.txt": r"absent.txt does not exist: check the path",
        str(tmp_path / "bare"): "holds no article",
        "": "an empty name cannot be read",
        "a\x00b": "does not exist",
    }
    for source, reason in cases.items():
        with pytest.raises(SourceError, match=reason):
            read(source)
    with pytest.raises(SourceError, match="nothing to read"):
        read()
    with pytest.raises(SourceError, match="cannot map onto 'headline'"):
        read(tmp_path, map={"headline": "title"})
