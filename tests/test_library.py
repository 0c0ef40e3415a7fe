"""A library keeps what it was given, finds it, and changes only what changed."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Filters, Library, read
from index.encoder import load_embedder
from index.errors import ArticleNotFound, LibraryError, LibraryMismatch, LibraryNotFound, QuestionError
from index.export import model_folder


def test_adding_twice_changes_nothing(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    first = library.add(read(str(bridge)))
    before = library.info()
    second = library.add(read(str(bridge)))
    assert (first.added, first.unchanged, second.added, second.unchanged) == (1, 0, 0, 1)
    assert library.info() == before


def test_a_changed_article_replaces_itself_and_its_old_version_stays_readable(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    library.add(read(str(bridge)))
    (article,) = library.articles()
    file = bridge / "bridge.txt"
    file.write_text(file.read_text().replace("14 months", "15 months"))
    report = library.add(read(str(bridge)))
    assert (report.added, report.updated) == (0, 1)
    assert "15 months" in library.article(article.article_id).text
    assert "14 months" in library.article(article.article_id, version=1).text
    texts = [passage.text for passage in library.search("How long did the repairs take?")]
    assert len(texts) == 1
    assert "15 months" in texts[0]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
def test_every_stored_text_comes_back_and_every_passage_is_its_slice(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "a.txt").write_text(f"An opening line about harbours.\n\n{text}\n\nClosing words.", encoding="utf-8")
    library = Library.open(folder / "library")
    library.add(read(str(folder / "a.txt")))
    for passage in library.search("harbours closing words"):
        article = library.article(passage.article_id, version=passage.version)
        assert article.text[passage.start : passage.end] == passage.text


def test_ids_are_stable_and_hold_no_path(bridge: Path, tmp_path: Path) -> None:
    first = Library.open(tmp_path / "one")
    first.add(read(str(bridge)))
    moved = tmp_path / "elsewhere"
    bridge.rename(moved)
    second = Library.open(tmp_path / "two")
    second.add(read(str(moved)))
    assert first.articles()[0].article_id == second.articles()[0].article_id


def test_an_explicit_id_is_kept(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"id": "wire-7", "text": "The dam at Holm holds, engineers said."}\n{"text": "No id here at all."}\n'
    )
    library = Library.open(tmp_path / "library")
    library.add(read(str(rows)))
    assert library.article("wire-7").text == "The dam at Holm holds, engineers said."
    assert len(library.articles()) == 2


def test_an_id_that_comes_twice_in_one_file_has_two_versions_and_no_damage(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    texts = ("Twelve were hurt at Holm.", "Fifteen were hurt at Holm.")
    rows.write_text("".join(json.dumps({"id": "live", "text": text}) + "\n" for text in texts))
    library = Library.open(tmp_path / "library", embedder=Letters())
    report = library.add(read(str(rows)))
    assert (report.added, report.updated) == (1, 1)
    assert tuple(library.article("live", version=number).text for number in (1, 2)) == texts
    assert library.check().problems == ()
    assert [passage.text for passage in library.search("hurt at Holm")] == ["Fifteen were hurt at Holm."]


def test_an_id_that_is_another_articles_is_named_and_nothing_is_called_damaged(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=Letters())
    library.add(read(str(bridge)))
    (article,) = library.articles()
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": article.article_id, "text": "A corrected text."}) + "\n")
    report = library.add(read(str(rows)))
    (failure,) = report.failed
    assert (report.added, report.updated) == (0, 0)
    assert f"has the id {article.article_id}, which is that of bridge.txt: give it an id of its own" in failure.reason
    both = Library.open(tmp_path / "both", embedder=Letters()).add(read(str(bridge), str(rows)))
    assert (both.added, len(both.failed)) == (1, 1)
    assert library.check().problems == ()


def test_one_key_from_two_roots_is_named_and_not_overwritten(bridge: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bridge.txt").write_text("Quite another article under the same name, about a lighthouse.")
    library = Library.open(tmp_path / "library")
    library.add(read(str(bridge)))
    report = library.add(read(str(other)))
    assert report.added == 0
    assert "already added from" in report.failed[0].reason
    assert "14 months" in library.article(library.articles()[0].article_id).text


def test_a_removed_article_is_not_found_but_can_still_be_read(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    library.add(read(str(bridge)))
    article_id = library.articles()[0].article_id
    library.remove(article_id)
    assert library.search("bridge at Oster") == []
    assert library.info().articles == 0
    assert "14 months" in library.article(article_id).text
    assert library.check().problems == ()


NAMED = {
    "by its path": ("witness.txt", "Title: Fog\n\n{}"),
    "by the URL of its header": ("witness.txt", "Title: Fog\nURL: https://example.org/fog\n\n{}"),
    "by its canonical URL": (
        "witness.html",
        "<html><head><link rel='canonical' href='https://example.org/fog'></head><body><article><p>{}</p></article>",
    ),
    "by the id of its row": ("witness.jsonl", '{{"id": "fog", "text": "{}"}}\n'),
}


@pytest.mark.parametrize("purge", [False, True], ids=["hidden", "erased"])
@pytest.mark.parametrize("named", NAMED)
def test_a_removed_article_comes_back_when_it_is_added_again(
    named: str, purge: bool, bridge: Path, tmp_path: Path
) -> None:
    name, form = NAMED[named]
    (bridge / name).write_text(form.format("The pilot saw the ferry turn in the fog off Holm. " * 8))
    library = Library.open(tmp_path / "library", embedder=Letters())
    assert library.add(read(str(bridge))).added == 2
    (fog,) = (article for article in library.articles() if article.source.endswith(name))
    library.remove(fog.article_id, purge=purge)
    if purge:
        library.close()
        for file in (tmp_path / "library").rglob("*"):
            assert file.is_dir() or name.encode() not in file.read_bytes(), file
    report = library.add(read(str(bridge)))
    assert (report.added + report.updated, report.unchanged, report.failed) == (1, 1, ())
    assert fog.article_id in {article.article_id for article in library.articles()}
    assert library.add(read(str(bridge))).unchanged == 2


def test_a_purged_article_leaves_no_trace_in_any_file(bridge: Path, tmp_path: Path) -> None:
    (bridge / "other.txt").write_text("Title: Kept\n\nThe lighthouse at Holm keeps its lamp, the council decided.")
    library = Library.open(tmp_path / "library")
    library.add(read(str(bridge)))
    article_id = next(article.article_id for article in library.articles() if "Bridge" in article.title)
    library.remove(article_id, purge=True)
    library.close()
    with pytest.raises(ArticleNotFound, match="onrecord list"):
        library.article(article_id)
    for file in (tmp_path / "library").rglob("*"):
        if file.is_file():
            assert b"Ilse Brandt" not in file.read_bytes(), file
    assert library.check().problems == ()
    assert [passage.title for passage in library.search("lighthouse")] == ["Kept"]


def test_the_copies_of_a_purged_article_do_not_bear_its_id(tmp_path: Path) -> None:
    text = "The pilot saw the ferry turn in the fog off Holm on Monday and rang the harbour, the council was told."
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name in ("zanzibar", "one", "two")))
    library = Library.open(tmp_path / "library", embedder=Letters())
    library.add(read(str(rows)))
    assert {article.copy_group for article in library.articles()} == {"zanzibar"}
    library.remove("zanzibar", purge=True)
    assert [(article.article_id, article.copy_group) for article in library.articles()] == [
        ("one", "one"), ("two", "one"),
    ]  # fmt: skip
    library.close()
    for file in (tmp_path / "library").rglob("*"):
        assert file.is_dir() or b"zanzibar" not in file.read_bytes(), file


def test_nothing_stands_behind_the_last_vector(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    library.add(read(str(bridge)))
    chunks = library.info().chunks
    library.close()
    (level,) = (tmp_path / "library").rglob("data_level0.bin")
    size = level.stat().st_size // level.with_name("length.bin").stat().st_size * 4
    stored = level.read_bytes()
    assert any(stored[: chunks * size])
    assert len(stored) > chunks * size
    assert not any(stored[chunks * size :])


def test_purged_chunk_ids_are_not_used_again(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    library.add(read(str(bridge)))
    before = library.search("bridge")[0].chunk_id
    library.remove(library.articles()[0].article_id, purge=True)
    library.add(read(str(bridge)))
    assert library.search("bridge")[0].chunk_id > before


def test_filters_narrow_by_outlet_and_day(newsroom: Library) -> None:
    outlet = newsroom.info().outlets[0]
    found = newsroom.search("What was said about the ferry?", filters=Filters(outlets=(outlet,)))
    assert found
    assert {passage.outlet for passage in found} == {outlet}
    later = newsroom.search("ferry", filters=Filters(after="2025-05-01", before="2025-05-10"))
    assert later
    assert all("2025-05-01" <= (passage.published or "") < "2025-05-10" for passage in later)


def test_a_filter_that_nothing_passes_finds_nothing(newsroom: Library) -> None:
    assert newsroom.search("ferry", filters=Filters(outlets=("No Such Paper",))) == []
    assert newsroom.search("ferry", filters=Filters(after="2031-01-01")) == []


def test_reads_never_make_a_library(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "nothing")
    for read_it in (
        lambda: library.search("x"), library.info, library.articles, lambda: library.article("a"), library.check,
        lambda: library.check(repair=True), library.rebuild, lambda: library.remove("a"),
    ):  # fmt: skip
        with pytest.raises(LibraryNotFound, match="onrecord add"):
            read_it()
    assert not (tmp_path / "nothing").exists()


def test_a_file_or_a_foreign_folder_is_no_library(bridge: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is a file"):
        Library.open(bridge / "bridge.txt")
    foreign = tmp_path / "photos"
    foreign.mkdir()
    (foreign / "cat.jpg").write_bytes(b"x")
    with pytest.raises(LibraryError, match="holds other files"):
        Library.open(foreign).add(read(str(bridge)))
    assert [entry.name for entry in foreign.iterdir()] == ["cat.jpg"]


def test_a_library_below_a_file_is_refused(bridge: Path) -> None:
    with pytest.raises(LibraryError, match=r"Not a directory.* Name another folder with --library"):
        Library.open(bridge / "bridge.txt" / "library").add(read(str(bridge)))


def test_an_add_without_any_article_makes_no_library(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "a.jsonl").write_text("{nonsense\n")
    report = Library.open(tmp_path / "library").add(read(str(folder)))
    assert report.added == 0
    assert len(report.failed) >= 1
    assert not (tmp_path / "library").exists()


def test_an_empty_question_is_refused(newsroom: Library) -> None:
    with pytest.raises(QuestionError, match="empty"):
        newsroom.search("  \n ")


class Letters:
    """A deterministic embedder with the two methods of LangChain's `Embeddings`: letter counts."""

    name = "letters"

    def __init__(self, dimensions: int = 26) -> None:
        self.dimensions = dimensions

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows = []
        for text in texts:
            row = [1.0] * self.dimensions
            for letter in text.lower():
                row[ord(letter) % self.dimensions] += 1.0
            rows.append(row)
        return rows

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def test_another_embedder_works_and_is_remembered(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=Letters())
    library.add(read(str(bridge)))
    assert library.search("bridge")[0].vector_rank == 1
    assert library.info().embedder == "letters"
    with pytest.raises(LibraryMismatch, match="onrecord rebuild"):
        Library.open(tmp_path / "library", embedder="default").search("bridge")
    with pytest.raises(LibraryMismatch, match="letters"):
        Library.open(tmp_path / "library").add(read(str(bridge)))


def test_the_same_embedder_with_other_dimensions_is_refused_and_nothing_is_called_damaged(
    bridge: Path, tmp_path: Path
) -> None:
    Library.open(tmp_path / "library", embedder=Letters()).add(read(str(bridge)))
    (bridge / "other.txt").write_text("The lighthouse at Holm keeps its lamp, the council decided.")
    library = Library.open(tmp_path / "library", embedder=Letters(12))
    for refused in (lambda: library.search("bridge"), lambda: library.add(read(str(bridge)))):
        with pytest.raises(LibraryMismatch, match=r"vectors of 26 dimensions and the embedder returns 12: .* rebuild"):
            refused()
    assert library.nearest.damaged is None
    assert Library.open(tmp_path / "library", embedder=Letters()).search("bridge")[0].vector_rank == 1


class Asking(Letters):
    """Reads a question otherwise than a passage, as many models do."""

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents(["Quarry quizzes quite quickly"])[0]


def test_a_question_is_embedded_as_a_question(bridge: Path, tmp_path: Path) -> None:
    (tmp_path / "quarry.md").write_text("Quarry quizzes quite quickly", encoding="utf-8")
    library = Library.open(tmp_path / "library", embedder=Asking())
    library.add(read(str(bridge), str(tmp_path / "quarry.md")))
    nearest = next(passage for passage in library.search("The old bridge at Oster") if passage.vector_rank == 1)
    assert nearest.text == "Quarry quizzes quite quickly"


def test_a_models_own_prompts_stand_before_questions_and_passages(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    shutil.copytree(model_folder(), plain)
    prompted = shutil.copytree(plain, tmp_path / "prompted")
    told = {"prompts": {"query": "query: ", "document": "passage: "}}
    (prompted / "config_sentence_transformers.json").write_text(json.dumps(told), encoding="utf-8")
    with_prompts, without = load_embedder(str(prompted)), load_embedder(str(plain))
    asked, told_there = without.embed_documents(["query: Who won?", "passage: Jones won."])
    assert with_prompts.embed_query("Who won?") == pytest.approx(asked, abs=1e-5)
    assert with_prompts.embed_documents(["Jones won."])[0] == pytest.approx(told_there, abs=1e-5)
    assert without.embed_query("Jones won.") == pytest.approx(without.embed_documents(["Jones won."])[0], abs=1e-5)


class Strict(Letters):
    """Refuses an empty list, as embedding services do."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        assert texts
        return super().embed_documents(texts)


def test_rebuild_uses_the_embedder_that_the_library_was_opened_with(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=Letters())
    library.add(read(str(bridge)))
    assert library.rebuild() == 1
    assert library.search("bridge")[0].vector_rank == 1
    with pytest.raises(LibraryMismatch, match="onrecord rebuild --embedder default"):
        Library.open(tmp_path / "library").rebuild()
    assert Library.open(tmp_path / "library").rebuild(embedder="default") == 1
    with pytest.raises(LibraryMismatch, match=r"not letters: .* in Python with library.rebuild\(embedder=\.\.\.\)"):
        Library.open(tmp_path / "library", embedder=Letters()).search("bridge")


def test_a_library_that_was_rebuilt_empty_takes_articles_again(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=Letters())
    library.add(read(str(bridge)))
    library.remove(library.articles()[0].article_id)
    assert library.rebuild(embedder=Strict(12)) == 0
    library = Library.open(tmp_path / "library", embedder=Strict(12))
    assert library.add(read(str(bridge))).updated == 1
    assert library.search("bridge")[0].vector_rank == 1
    assert library.check().problems == ()


def test_a_rebuild_whose_last_batch_is_full_encodes_no_empty_one(tmp_path: Path) -> None:
    sentence = "The council met about the bridge on Friday and the mayor said that repairs will begin soon. " * 7
    (tmp_path / "long.txt").write_text("\n\n".join(f"Paragraph {number}. {sentence}" for number in range(620)))
    library = Library.open(tmp_path / "library", embedder=Strict())
    chunks = library.add(read(str(tmp_path / "long.txt"))).chunks
    assert chunks > 512
    assert library.rebuild() == chunks


def test_rebuild_moves_a_library_to_another_embedder(bridge: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", embedder=Letters())
    library.add(read(str(bridge)))
    assert library.rebuild(embedder="default") == 1
    again = Library.open(tmp_path / "library")
    assert again.info().embedder.startswith("all-MiniLM-L6-v2/")
    assert again.search("Who is the mayor?")[0].vector_rank == 1
    assert again.check().problems == ()
