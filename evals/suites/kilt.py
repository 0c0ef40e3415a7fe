"""How is a KILT task read? Questions whose provenance points into paragraphs of a Wikipedia snapshot."""

from dataclasses import dataclass
from pathlib import Path

from evals.suite import GoldSpan, Question, Suite
from evals.suites import Options, take_options
from evals.suites.document import Names, Node, json_lines
from evals.suites.fingerprint import fingerprint
from index.errors import SuiteError
from index.records import Record

DEFAULTS = {"knowledge": "", "library": ""}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the knowledge source: its record and the offset at which each of its paragraphs begins."""

    record: Record
    begins: tuple[int, ...]


def load(path: Path, options: Options) -> Suite:
    """A KILT JSONL file (Petroni et al. 2021) as a suite.

    Option `knowledge=FILE` names the snapshot (JSONL: `wikipedia_id`, `wikipedia_title`, `text` as a list of
    paragraphs), or `library=DIR` a library whose article ids are the `wikipedia_id`s; there, pages count as a whole.
    """
    chosen = take_options(path, options, DEFAULTS)
    pages: dict[str, Page] = {}
    files = [path]
    if chosen["knowledge"]:
        source = Path(chosen["knowledge"])
        if not source.exists():
            raise SuiteError(f"{source}: the knowledge source is missing")
        files.append(source)
        names = Names("page")
        for node in json_lines(source):
            page = read_page(node)
            pages[names.take(node, str(page.record.id))] = page
    elif not chosen["library"]:
        raise SuiteError(f"{path}: KILT needs its articles: add #knowledge=FILE or #library=DIR")
    ids = Names("question")
    questions = tuple(read_question(node, ids, pages, bool(chosen["knowledge"])) for node in json_lines(path))
    return Suite(
        name=chosen.get("name", path.stem),
        format="kilt",
        path=str(path),
        fingerprint=fingerprint(files),
        questions=questions,
        articles=(lambda: (page.record for page in pages.values())) if pages else None,
        articles_fingerprint=fingerprint(files[1:]) if pages else "",
        library=chosen["library"] or None,
    )


def read_page(node: Node) -> Page:
    """A page as one text: its paragraphs one after the other, each on a line of its own."""
    name = node.member("wikipedia_id").name()
    text, begins = "", []
    for paragraph in node.member("text").items():
        begins.append(len(text))
        words = paragraph.value if isinstance(paragraph.value, str) else ""
        text += words if words.endswith("\n") else words + "\n"
    title = node.optional("wikipedia_title")
    record = Record(id=name, title=title.text() if title else "", text=text, source=name)
    return Page(record, tuple(begins))


def read_question(node: Node, ids: Names, pages: dict[str, Page], known: bool) -> Question:
    """One question; each answer's provenance is another way to support it."""
    name = ids.take(node, node.member("id").name())
    answers: list[str] = []
    gold: list[GoldSpan] = []
    for output in node.member("output").items():
        answer = output.optional("answer")
        if answer is not None and answer.text() not in answers:
            answers.append(answer.text())
        provenance = output.optional("provenance")
        for place in provenance.items() if provenance else []:
            span = read_span(place, pages) if known else GoldSpan(article=place.member("wikipedia_id").name())
            if span not in gold:
                gold.append(span)
    if not answers and not gold:
        raise node.fail("'output' holds neither an answer nor a provenance")
    asked = node.member("input").text().strip()
    return Question(id=name, question=asked, type="kilt", answers=tuple(answers), gold=tuple(gold))


def read_span(place: Node, pages: dict[str, Page]) -> GoldSpan:
    """A provenance as offsets into the page's text; the page as a whole where it gives no characters."""
    name = place.member("wikipedia_id").name()
    page = pages.get(name)
    if page is None:
        raise place.fail(f"the page {name!r} is not in the knowledge source")
    if place.optional("start_paragraph_id") is None or place.optional("start_character") is None:
        return GoldSpan(article=name)
    offsets = []
    for edge in ("start", "end"):
        paragraph = place.member(f"{edge}_paragraph_id")
        if paragraph.offset() >= len(page.begins):
            raise paragraph.fail(f"the page {name!r} has {len(page.begins)} paragraphs")
        offsets.append(page.begins[paragraph.offset()] + place.member(f"{edge}_character").offset())
    start, end = offsets
    if not start < end <= len(page.record.text):
        raise place.fail(f"the span {start}:{end} is not in the page's text of {len(page.record.text)} characters")
    return GoldSpan(article=name, start=start, end=end, text=page.record.text[start:end])
