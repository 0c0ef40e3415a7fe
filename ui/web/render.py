"""How does a conversation become a page? Each turn as HTML in which everything that others wrote is text."""

from collections.abc import Sequence

from index.records import Filters, Passage
from rag.records import ABSTENTION, DIFFER, Answer, Citation, Claim, Report, Window
from ui.marks import ELSEWHERE, is_whole
from ui.web.escape import day, inline, shortened, text
from ui.web.exports import plain_answer
from ui.web.records import VERDICTS, AskSettings, Turn

LOCAL_READER = "Local reader"
PREVIEW = 320  # characters of a passage in a list: about four lines, enough to see whether it is worth opening


def transcript(turns: Sequence[Turn], *, conversation_id: str = "", empty: str = "") -> str:
    """The whole conversation; `empty` is shown where nothing was asked yet. The newest turn can be asked again."""
    if not turns:
        return f'<div class="turns" data-conversation="{text(conversation_id)}">{empty}</div>'
    last = len(turns) - 1
    shown = "".join(turn_html(turn, newest=place == last) for place, turn in enumerate(turns))
    return f'<div class="turns" data-conversation="{text(conversation_id)}">{shown}</div>'


def turn_html(turn: Turn, *, newest: bool = True, partial: str = "") -> str:
    """One question and what came back. `partial` is what a stream has brought so far."""
    parts = [f'<h2 class="question">{inline(turn.question)}</h2>', narrowed(turn.filters)]
    if turn.status == "asking":
        parts.append(partial or '<p class="working"><span class="pulse"></span>Searching your articles…</p>')
    elif turn.status == "failed":
        parts.append(f'<p class="failure" role="alert">{text(turn.error)}</p>')
    elif turn.status == "stopped":
        parts.append('<p class="notice">Stopped before the answer was complete.</p>')
    if turn.answer is not None:
        parts.append(answer_html(turn.answer, turn.turn_id))
    if turn.status != "asking":
        parts.append(tools(turn, newest=newest))
    state = ' aria-busy="true"' if turn.status == "asking" else ""
    name = f"turn-{text(turn.turn_id)}"
    opening = f'<section class="turn {turn.status}" id="{name}" data-turn="{text(turn.turn_id)}"{state}>'
    return f"{opening}{''.join(parts)}</section>"


def answer_html(answer: Answer, turn_id: str) -> str:
    """The answer with its numbered citations, or the abstention with the nearest passages."""
    parts = [searched_for(answer.question, answer.searched_for, answer.window)]
    if answer.abstained:
        parts.append(abstention(answer, turn_id))
    else:
        if not answer.text.startswith(DIFFER):
            parts.append(claims_html(answer.claims, answer.citations, turn_id))
        if answer.differing:
            parts.append('<p class="answer">Reports differ.</p>')  # each of them is a row of the table
        parts.append(differing_table(answer.differing, answer.citations, turn_id))
        parts.append(sources(answer.citations, turn_id))
        if answer.accounts:
            parts.append(f'<h3 class="nearest">{ELSEWHERE}</h3>{accounts(answer.accounts, turn_id)}')
    if answer.notice:
        parts.append(f'<p class="notice">{inline(answer.notice)}</p>')
    if not answer.abstained and answer.passages:
        count = len(answer.passages)
        parts.append(folded(f"{count} passage{'s' * (count != 1)} read", passages(answer.passages)))
    return "".join(parts)


def streamed(searched: str, claims: Sequence[Claim], citations: Sequence[Citation], turn_id: str) -> str:
    """What a stream has brought so far: where it looks, and the statements that are checked."""
    written = claims_html(claims, citations, turn_id) if claims else ""
    return f'{searched}{written}<p class="working"><span class="pulse"></span>Reading…</p>'


def searched_for(question: str, searched: str, window: Window | None) -> str:
    """The line for follow-ups and for questions about a time; empty when nothing was read into the question."""
    facts = []
    if searched and " ".join(searched.split()) != " ".join(question.split()):
        facts.append(f"Searched for: {inline(searched)}")
    if window is not None and (window.after or window.before):
        facts.append(window_words(window))
    elif window is not None and window.prefer:
        facts.append(f"{text(window.prefer)} reports first")
    return f'<p class="searched">{" · ".join(facts)}</p>' if facts else ""


def window_words(window: Window) -> str:
    """The time that the question is about, in words."""
    words = []
    if window.after:
        words.append(f"from {text(day(window.after))}")
    if window.before:
        words.append(f"before {text(day(window.before))}")
    phrase = f" ({inline(window.phrase)})" if window.phrase else ""
    return "articles " + " ".join(words) + phrase


def claims_html(claims: Sequence[Claim], citations: Sequence[Citation], turn_id: str) -> str:
    """Every statement, followed by the numbers of its citations, or by why no quote supports it."""
    known = {citation.marker: citation for citation in citations}
    shown = []
    for claim in claims:
        marks = "".join(marker(known[number], turn_id) for number in claim.citations if number in known)
        if not claim.supported:
            marks += f' <em class="unsupported">not supported: {inline(claim.reason or "no quote says so")}</em>'
        shown.append(f'<span class="claim">{inline(claim.text)}{marks}</span>')
    return f'<p class="answer">{" ".join(shown)}</p>' if shown else ""


def marker(citation: Citation, turn_id: str) -> str:
    """The number of a citation: a button that opens the article; its card shows quote, outlet and date."""
    where = ", ".join(fact for fact in (citation.outlet or citation.title, day(citation.published)) if fact)
    label = f"Citation {citation.marker}: {where}"
    return (
        f'<span class="cite-place"><button type="button" class="cite" {opens(citation, turn_id)} '
        f'aria-label="{text(label)}">{citation.marker}</button>{card(citation)}</span>'
    )


def card(citation: Citation) -> str:
    """What hovering shows. Hidden from screen readers: the same stands in the list of sources below."""
    return (
        f'<span class="card" aria-hidden="true"><span class="card-quote">{quoted(citation)}</span>'
        f'<span class="card-facts">{facts_of(citation)}</span></span>'
    )


def opens(citation: Citation, turn_id: str) -> str:
    """The attributes that make an element open the cited article at its quote."""
    spans = ",".join(f"{span.start}-{span.end}" for span in citation.spans)
    return (
        f'data-do="article" data-article="{text(citation.article_id)}" data-version="{citation.version}" '
        f'data-start="{citation.start}" data-end="{citation.end}" data-spans="{spans}" '
        f'data-turn="{text(turn_id)}" data-marker="{citation.marker}"'
    )


def _in_marks(citation: Citation) -> str:
    return f"<q{' class=whole' if is_whole(citation.quote) else ''}>{quoted(citation)}</q>"


def quoted(citation: Citation) -> str:
    """The quote, the answer in it marked."""
    edges = sorted((max(span.start, citation.start), min(span.end, citation.end)) for span in citation.spans)
    pieces, place = [], citation.start
    for left, right in edges:
        if place <= left < right and right - left < len(citation.quote):
            pieces.append(text(citation.quote[place - citation.start : left - citation.start]))
            pieces.append(f"<strong>{text(citation.quote[left - citation.start : right - citation.start])}</strong>")
            place = right
    pieces.append(text(citation.quote[place - citation.start :]))
    return f"<bdi>{''.join(pieces)}</bdi>"


def facts_of(found: Citation | Passage) -> str:
    """Title, outlet and date of what is cited, and who else carries it."""
    facts = [f'<span class="title">{inline(shortened(found.title, 140))}</span>'] if found.title else []
    if found.outlet:
        facts.append(inline(found.outlet))
    if found.published:
        facts.append(f'<time datetime="{text(found.published)}">{text(day(found.published))}</time>')
    if found.page is not None:
        facts.append(f"page {found.page}")
    others = [outlet for outlet in found.outlets if outlet != found.outlet]
    if others:
        facts.append("also in " + ", ".join(inline(outlet) for outlet in others))
    return " · ".join(facts)


def sources(citations: Sequence[Citation], turn_id: str) -> str:
    """The list under the answer: what each number stands for, as a quote that opens its article."""
    if not citations:
        return ""
    numbers = [f'<span class="number">{one.marker}</span>' for one in citations]
    items = "".join(_source(one, turn_id, number) for one, number in zip(citations, numbers, strict=True))
    return f'<ol class="sources" aria-label="Sources">{items}</ol>'


def _source(one: Citation, turn_id: str, number: str = "") -> str:
    return (
        f'<li><button type="button" class="source" {opens(one, turn_id)}>{number}<span class="quote-line">'
        f'{_in_marks(one)}<span class="facts">{facts_of(one)}</span></span></button></li>'
    )


def differing_table(reports: Sequence[Report], citations: Sequence[Citation], turn_id: str) -> str:
    """Reports that disagree, side by side by outlet and date."""
    if not reports:
        return ""
    known = {citation.marker: citation for citation in citations}
    rows = "".join(
        f"<tr><td>{inline(report.answer)}</td><td>{inline(report.outlet or '—')}</td>"
        f"<td>{text(day(report.published)) or '—'}</td>"
        f"<td>{marker(known[report.marker], turn_id) if report.marker in known else ''}</td></tr>"
        for report in reports
    )
    return (
        '<div class="differing"><table><caption class="visually-hidden">What each outlet reports</caption><thead><tr>'
        '<th scope="col">Reported</th><th scope="col">Outlet</th><th scope="col">Date</th>'
        '<th scope="col">Source</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def accounts(found: Sequence[Citation], turn_id: str) -> str:
    """Sentences of other reports, each opens its article there."""
    return f'<ol class="sources plain">{"".join(_source(one, turn_id) for one in found)}</ol>'


def abstention(answer: Answer, turn_id: str) -> str:
    """That the articles do not say, and what came nearest: sentences, where single ones do, or else passages."""
    said = f'<p class="answer abstained">{inline(ABSTENTION)}</p>' + claims_html(answer.claims, answer.citations, "")
    if not answer.passages:
        return said + '<p class="hint">No passage comes near this question.</p>'
    nearest = passages(answer.passages[:3])
    if answer.accounts:
        nearest = accounts(answer.accounts, turn_id) + folded("The nearest passages", nearest)
    return f'{said}<h3 class="nearest">What comes nearest</h3>{nearest}'


def folded(summary: str, inside: str) -> str:
    """What is read on demand."""
    return f'<details class="passages"><summary>{summary}</summary>{inside}</details>'


def passages(found: Sequence[Passage]) -> str:
    """Passages as a list; each opens its article there."""
    items = "".join(
        f'<li><button type="button" class="source" data-do="article" data-article="{text(one.article_id)}" '
        f'data-version="{one.version}" data-start="{one.start}" data-end="{one.end}" data-spans="">'
        f'<span class="quote-line"><span class="passage-text">{inline(shortened(one.text, PREVIEW))}</span>'
        f'<span class="facts">{facts_of(one)}</span></span></button></li>'
        for one in found
    )
    return f'<ol class="sources plain">{items}</ol>'


def narrowed(filters: Filters) -> str:
    """The filters that a question was asked under; empty when there were none."""
    facts = [f"only {', '.join(inline(outlet) for outlet in filters.outlets)}"] if filters.outlets else []
    if filters.after:
        facts.append(f"from {text(day(filters.after))}")
    if filters.before:
        facts.append(f"before {text(day(filters.before))}")
    if filters.article_ids:
        facts.append(f"only {len(filters.article_ids)} chosen article{'s' * (len(filters.article_ids) != 1)}")
    return f'<p class="narrowed">Asked of articles {", ".join(facts)}</p>' if facts else ""


def tools(turn: Turn, *, newest: bool) -> str:
    """What can be done with a turn, and how it was answered, so that it can be repeated."""
    buttons = []
    if turn.answer is not None:
        words = text(plain_answer(turn.answer))
        buttons.append(f'<button type="button" data-do="copy" data-words="{words}">Copy</button>')
    if newest:
        buttons.append('<button type="button" data-do="retry">Ask again</button>')
        buttons.append('<button type="button" data-do="edit">Edit</button>')
    facts = "" if turn.answer is None else f'<span class="how">{how(turn.answer, turn.settings)}</span>'
    row = f'<div class="tools">{"".join(buttons)}{facts}</div>'
    return row + (feedback_form(turn) if turn.answer is not None else "")


def how(answer: Answer, settings: AskSettings) -> str:
    """Who answered under which settings, how sure, how fast."""
    facts = [text(settings.model or LOCAL_READER), "strict" if settings.strict else "not strict"]
    facts.append(f"{settings.passages} passages")
    facts.append(f"confidence {answer.confidence:.0%}")
    facts.append(f"library revision {answer.library_revision}")
    if "total" in answer.timings_ms:
        facts.append(f"{answer.timings_ms['total'] / 1000:.2f} s")
    return " · ".join(facts)


def feedback_form(turn: Turn) -> str:
    """Four verdicts and a free text; what was said already is shown as chosen."""
    chosen = turn.feedback.verdict if turn.feedback else ""
    buttons = "".join(
        f'<button type="button" data-do="verdict" data-verdict="{key}" aria-pressed="{str(key == chosen).lower()}">'
        f"{label}</button>"
        for key, label in VERDICTS.items()
    )
    note = turn.feedback.note if turn.feedback else ""
    correct = turn.feedback.correct if turn.feedback else ""
    name = text(turn.turn_id)
    return (
        f'<details class="feedback"{" open" if chosen in ("wrong", "wrong_citation") else ""}>'
        f"<summary>{'Feedback: ' + text(VERDICTS[chosen]) if chosen in VERDICTS else 'Was this right?'}</summary>"
        f'<div class="verdicts" role="group" aria-label="Feedback">{buttons}</div>'
        f'<label for="correct-{name}">What would have been right?</label>'
        f'<input id="correct-{name}" name="correct" maxlength="500" value="{text(correct)}">'
        f'<label for="note-{name}">Anything else</label>'
        f'<input id="note-{name}" name="note" maxlength="2000" value="{text(note)}">'
        '<button type="button" data-do="note">Save</button></details>'
    )


def problem(said: str) -> str:
    """Something that could not be done, and what to do about it."""
    return f'<p class="failure" role="alert">{text(said)}</p>'
