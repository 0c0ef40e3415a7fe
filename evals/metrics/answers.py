"""Is the answer right? Exact match, F1, containment and numbers against the accepted wordings."""

from evals.metrics.wording import exact_match, holds, numbers, token_f1
from evals.records import RunRecord

# Two thirds of the words in common, with equal numbers, is how close "Haider al-Abadi" is to "Haider Abadi" or
# "65 kilometers south" to "about 65 kilometers"; below it lie answers that share a function word or a first name.
CLOSE = 2 / 3

Measures = dict[str, float | None]


def measure(record: RunRecord) -> Measures:
    """Measures of one answer; None where a measure does not apply. An error counts as no answer, and is wrong.

    `exact`, `f1`: the SQuAD 2.0 script's, over all questions: for an unanswerable one, 1 when it is declined.
    `answerable_exact`, `answerable_f1`: the same over the answerable ones. `contains`: the answer holds an accepted
    wording. `numeric`: every number of a wording is in the answer. `with_quotes`: answer or quotes hold a wording.
    `right`: see `is_right`.
    """
    prediction = record.answer or "" if record.outcome == "answered" else ""
    result: Measures = {"right": float(is_right(record))}
    if not record.answerable:
        declined = float(record.outcome == "abstained")
        return result | {"exact": declined, "f1": declined}
    wordings = accepted(record)
    if not wordings:
        return result if record.parts else {"right": None}
    exact = max(exact_match(wording, prediction) for wording in wordings) if prediction else 0.0
    f1 = max(token_f1(wording, prediction) for wording in wordings) if prediction else 0.0
    quotes = " \n ".join([prediction, *(citation.quote for citation in record.citations)])
    with_numbers = [needed for needed in map(numbers, wordings) if needed]
    given = numbers(prediction) if with_numbers else frozenset()
    return result | {
        "exact": exact,
        "f1": f1,
        "answerable_exact": exact,
        "answerable_f1": f1,
        "contains": float(has_all_parts(record, prediction)),
        "numeric": float(any(needed <= given for needed in with_numbers)) if with_numbers else None,
        "with_quotes": float(record.outcome == "answered" and has_all_parts(record, quotes)),
    }


def accepted(record: RunRecord) -> tuple[str, ...]:
    """The accepted wordings; for an answer in parts, the parts said one after the other."""
    if record.answers or not record.parts:
        return record.answers
    return (" ".join(part[0] for part in record.parts),)


def has_all_parts(record: RunRecord, text: str) -> bool:
    """Whether a text holds an accepted wording, or one of every part."""
    parts = record.parts or ((record.answers,) if record.answers else ())
    return bool(parts) and all(any(holds(text, wording) for wording in part) for part in parts)


def is_right(record: RunRecord) -> bool:
    """The one yes-or-no that causes, calibration and risk are counted with.

    Unanswerable: right when declined. Answerable: right when the answer holds an accepted wording as whole words, or
    has an F1 of at least 2/3 with one and the same numbers as it.
    """
    if not record.answerable:
        return record.outcome == "abstained"
    if record.outcome != "answered" or not record.answer:
        return False
    answer = record.answer
    if has_all_parts(record, answer):
        return True
    given = numbers(answer)
    return not record.parts and any(
        token_f1(wording, answer) >= CLOSE and numbers(wording) == given for wording in record.answers
    )
