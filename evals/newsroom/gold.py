"""Where in the stored articles does each gold span of the newsroom's questions stand?

A gold span is written down as a `quote` that occurs once in its article and the `text` in it that is the answer.
`python -m evals.newsroom.gold` finds the offsets again after an article, a question or the reading has changed.
"""

import json
from typing import Any

from evals.newsroom import ARTICLES, QUESTIONS
from index.errors import SuiteError
from index.records import Record


def records() -> dict[str, Record]:
    """Every article as a library would store it, by its name in questions.jsonl (see README.md)."""
    from index.reading import read

    found: dict[str, Record] = {}
    for source in read(str(ARTICLES)):
        for record in source.records():
            if not isinstance(record, Record):
                raise SuiteError(f"{record.name}: {record.reason}; mend this article of the sample newsroom")
            found[record.id or source.key] = record
    return found


def locate(text: str, quote: str, answer: str) -> tuple[int, int]:
    """The offsets of `answer` in `text`, by way of `quote`, which holds it and stands in `text` once.

    Raises SuiteError when the quote is missing or ambiguous, or does not hold the answer once.
    """
    if text.count(quote) != 1:
        raise SuiteError(f"the quote {quote!r} stands {text.count(quote)} times in the article; make it stand once")
    if quote.count(answer) != 1:
        raise SuiteError(f"the answer {answer!r} stands {quote.count(answer)} times in {quote!r}; make it stand once")
    start = text.index(quote) + quote.index(answer)
    return start, start + len(answer)


def relocate(question: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    """The question with the offsets of its gold spans found anew."""
    gold = []
    for span in question["gold"]:
        if span["article"] not in texts:
            raise SuiteError(f"{question['id']}: no article {span['article']!r} under {ARTICLES}; correct its name")
        try:
            start, end = locate(texts[span["article"]], span["quote"], span["text"])
        except SuiteError as error:
            raise SuiteError(f"{question['id']}, {span['article']}: {error}") from None
        gold.append({**span, "start": start, "end": end})
    return {**question, "gold": gold}


def main() -> None:
    """Rewrite questions.jsonl in place, with fresh offsets."""
    texts = {name: record.text for name, record in records().items()}
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [relocate(json.loads(line), texts) for line in lines]
    QUESTIONS.write_text("".join(json.dumps(q, ensure_ascii=False) + "\n" for q in questions), encoding="utf-8")
    print(f"{len(questions)} questions over {len(texts)} articles: every gold span found")


if __name__ == "__main__":
    main()
