"""What is measured on? The contexts of the question sets as articles, and sentences of theirs recombined."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import SuiteError
from index.sentences import sentences

# All SQuAD-format files: 6,312 paragraphs of Wikipedia, reviews and forum posts.
FILES = (
    "squad/squad2-dev-half.json",
    "squadshifts/new_wiki.json",
    "squadshifts/amazon_reviews.json",
    "squadshifts/reddit.json",
)
# About five chunks of 160 tokens.
SENTENCES = 27
OUTLETS = ("Holm Herald", "Oster Post", "Skar Times", "Evening Ledger", "Morning Wire")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A context with its article's title and the questions that it answers."""

    title: str
    text: str
    questions: tuple[str, ...]


def paragraphs(data: Path, names: tuple[str, ...] = FILES, *, articles: slice = slice(None)) -> list[Paragraph]:
    """Every context of the named files, or of some articles of each. Raises SuiteError when a file is missing."""
    found = []
    for name in names:
        if not (data / name).is_file():
            raise SuiteError(f"{data / name} is not there: name the folder of the data sets with --data")
        for article in json.loads((data / name).read_text())["data"][articles]:
            found += [
                Paragraph(
                    title=article["title"], text=part["context"],
                    questions=tuple(q["question"] for q in part["qas"] if not q.get("is_impossible")),
                )
                for part in article["paragraphs"]
            ]  # fmt: skip
    return found


def articles(parts: list[Paragraph]) -> list[tuple[str, str]]:
    """(title, text) of each run of paragraphs under one title, joined by blank lines."""
    joined: list[tuple[str, list[str]]] = []
    for part in parts:
        # Reviews and posts share one title for thousands of paragraphs: no article is longer than a long report.
        if not joined or joined[-1][0] != part.title or len(joined[-1][1]) >= 40:
            joined.append((part.title, []))
        joined[-1][1].append(part.text)
    return [(title.replace("_", " "), "\n\n".join(texts)) for title, texts in joined]


def write_articles(path: Path, rows: list[tuple[str, str]]) -> None:
    """One JSONL file that `read` takes."""
    with path.open("w") as sink:
        for number, (title, text) in enumerate(rows):
            sink.write(json.dumps({"id": f"article-{number}", "title": title, "text": text}) + "\n")


def recombined(parts: list[Paragraph], chunks: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Records of about five chunks each: sentences drawn from all paragraphs, with an outlet and a day."""
    chance = random.Random(seed)
    pool = [text[start:end] for text in (part.text for part in parts) for start, end in sentences(text)]
    pool = [sentence for sentence in pool if 60 <= len(sentence) <= 160]
    for number in range(max(1, chunks // 5)):
        year, month, day = 2023 + chance.randrange(3), 1 + chance.randrange(12), 1 + chance.randrange(28)
        yield {
            "id": f"article-{number}",
            "title": f"Report {number}",
            "text": " ".join(chance.choices(pool, k=SENTENCES)),
            "outlet": OUTLETS[min(chance.randrange(10), 4)],
            "published": f"{year}-{month:02}-{day:02}",
        }
