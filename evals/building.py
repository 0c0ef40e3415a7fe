"""How do one's own articles become a suite? Questions by pattern, nulls, no near-duplicates, dev and held-out apart."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evals.metrics.wording import fold
from evals.nulls import details, swapped, topics
from evals.templates import NAME, PRONOUNS, Draft, drafts
from index.errors import SuiteError
from index.records import Article, ArticleSummary

if TYPE_CHECKING:
    from index.library import Library

ALIKE = 0.7  # share of words in common from which two questions are one (Jaccard)
A_NULL_FOR = 3  # questions to a null of all kinds together: a quarter of the suite has no answer
STORY = 4  # questions of one article at most, so that a long one does not outweigh the others


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was made: the suite's folder, questions, articles asked about, and questions of each kind."""

    path: Path
    questions: int
    articles: int
    kinds: Mapping[str, int]


def build_suite(library: "str | Path | Library", out: str | Path, *, most: int = 1_000) -> Built:
    """Write a suite over a library's articles into the folder `out`, without a model.

    Answers are exact spans; a question that only a headline makes clear names it; articles are dev or held-out as a
    whole. Copies of one story are asked about once, with a gold span in each. Raises SuiteError where nothing could be
    asked, or where `out` holds a suite.
    """
    from index.library import Library

    target = Path(out)
    file = target / "questions.jsonl"
    if file.exists():
        raise SuiteError(f"{file}: is there already; name another folder")
    opened = library if isinstance(library, Library) else Library.open(library)
    try:
        lines, asked = write_questions(opened, most)
        path = str(opened.path.resolve())
    finally:
        if opened is not library:
            opened.close()
    if not lines:
        raise SuiteError(f"{opened.path}: no question could be made from these articles; write some by hand instead")
    target.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    (target / "suite.json").write_text(json.dumps({"name": target.name, "library": path}) + "\n", encoding="utf-8")
    kinds = dict(Counter(str(line["type"]) for line in lines).most_common())
    return Built(path=target, questions=len(lines), articles=asked, kinds=kinds)


def write_questions(library: "Library", most: int) -> tuple[list[dict[str, object]], int]:
    """The lines of the suite, and how many articles they ask about."""
    summaries = sorted(library.articles(), key=lambda summary: summary.article_id)
    copies: dict[str, list[ArticleSummary]] = {}
    for summary in summaries:
        if summary.copy_group:
            copies.setdefault(summary.copy_group, []).append(summary)
    vocabulary: set[str] = set()
    names: dict[str, list[str]] = {}
    lines: list[dict[str, object]] = []
    made: list[tuple[Draft, str]] = []
    seen = Near()
    told: set[str] = set()
    asked = 0
    for summary in summaries:
        article = library.article(summary.article_id)
        vocabulary.update(re.findall(r"\w+", article.text.lower()))
        for name in {match[0] for match in re.finditer(NAME, article.text) if match[0].split()[0] not in PRONOUNS}:
            names.setdefault(name, []).append(article.article_id)
        if summary.copy_group in told or len(lines) >= most:
            continue
        if summary.copy_group:
            told.add(summary.copy_group)
        before = len(lines)
        for draft, sentence_start in article_drafts(article):
            if len(lines) - before >= STORY or len(lines) >= most:
                break
            if not seen.take(draft.question):
                continue
            others = [library.article(other.article_id) for other in copies.get(summary.copy_group or "", ())]
            lines.append(line_of(article, draft, sentence_start, others))
            made.append((draft, article.text[sentence_start + draft.start : sentence_start + draft.end]))
        asked += len(lines) > before
    wanted = len(lines) // A_NULL_FOR

    def texts(name: str) -> Iterator[str]:
        for article_id in names.get(name, ()):
            yield library.article(article_id).text

    people = sorted(name for name, articles in names.items() if 1 <= len(articles) <= 5 and len(name.split()) == 2)
    nulls = [
        *swapped(made, texts, wanted // 3),
        *details(people[:: max(1, len(people) // (wanted + 1))], texts, wanted // 3),
        *topics(vocabulary, max(1, wanted // 3)),
    ]
    for kind, question in nulls if lines else ():
        if seen.take(question):
            lines.append({**head(question, kind, question), "answerable": False, "answers": [], "gold": []})
    return lines, asked


def article_drafts(article: Article) -> Iterator[tuple[Draft, int]]:
    """The drafts of an article, each with the offset of its sentence."""
    from index.sentences import sentences

    for start, end in sentences(article.text):
        sentence = article.text[start:end]
        if "\n" not in sentence.strip():
            for draft in drafts(sentence, article.title):
                yield draft, start


def line_of(article: Article, draft: Draft, sentence_start: int, copies: list[Article]) -> dict[str, object]:
    """A question as a line of the suite, with its gold in the article and in copies that have the same sentence."""
    start, end = sentence_start + draft.start, sentence_start + draft.end
    text = article.text[start:end]
    around = article.text[max(0, start - 40) : end + 40]
    gold = [{"article": article.article_id, "start": start, "end": end, "text": text, "evidence": 0}]
    for copy in copies:
        if copy.article_id != article.article_id and copy.text.count(around) == 1:
            place = copy.text.index(around) + around.index(text)
            gold.append(
                {"article": copy.article_id, "start": place, "end": place + len(text), "text": text, "evidence": 0}
            )
    return {**head(draft.question, draft.kind, article.article_id), "answerable": True, "answers": [text], "gold": gold}


def head(question: str, kind: str, where: str) -> dict[str, object]:
    """Id, question, kind and split; the split hangs on the article, so that no article is in both."""
    digest = hashlib.sha256(f"{where}\0{question}".encode()).hexdigest()
    half = int(hashlib.sha256(where.encode()).hexdigest(), 16) % 2
    return {"id": f"{kind}-{digest[:10]}", "question": question, "type": kind, "split": ("dev", "test")[half]}


class Near:
    """Questions so far, to tell a near-duplicate of one of them."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[frozenset[str]]] = {}

    def take(self, question: str) -> bool:
        """Whether a question is new; it is noted."""
        words = frozenset(fold(question).split())
        near = {known for word in words if len(word) > 4 for known in self._by_word.get(word, ())}
        if any(len(words & known) / len(words | known) >= ALIKE for known in near):
            return False
        for word in words:
            if len(word) > 4:
                self._by_word.setdefault(word, []).append(words)
        return True
