"""What does the report look like? One HTML page with its style, script, pictures and questions inside."""

from html import escape
from pathlib import Path

from evals.reporting.sections import causes, headlines, knowing, measures, published, slices, speed
from evals.rundir import RunFacts
from evals.scores import Scores

# Nothing may be fetched, not even by a quote that holds markup: the page states it, and the browser enforces it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'"

# one transparent pixel, so that no browser asks a server for an icon
ICON = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


def page(facts: RunFacts, scores: Scores, questions: str, shown: int) -> str:
    """The whole page; `questions` is the packed data of `shown` questions."""
    here = Path(__file__).parent
    style, script = ((here / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    title = f"{facts.suite['name']}: {scores.count:,} questions"
    sections = [
        masthead(facts, scores),
        headlines(scores),
        causes(scores),
        slices(scores),
        knowing(scores),
        speed(scores),
        measures(scores),
        published(scores),
        browser(scores, shown),
        colophon(facts, scores),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="{ICON}"><title>{escape(title)}</title><style>{style}</style></head><body><main>'
        f'{"".join(sections)}</main><script type="application/octet-stream" id="packed">{questions}</script>'
        f"<script>{script}</script></body></html>\n"
    )


def masthead(facts: RunFacts, scores: Scores) -> str:
    """What was run, in a sentence."""
    answerer = facts.settings.get("model") or "local"
    facts_line = " · ".join(
        escape(str(part))
        for part in (
            f"{facts.library.get('articles', 0):,} articles" if isinstance(facts.library.get("articles"), int) else "",
            f"answered by {answerer}",
            facts.started[:10],
        )
        if part
    )
    trouble = f'<p class="alert">{plural(scores.errors)} failed, counted as wrong.</p>' if scores.errors else ""
    notes = "".join(f'<p class="aside">{escape(note)}.</p>' for note in facts.notes)
    return (
        f'<header><p class="kicker">onrecord eval</p><h1>{escape(str(facts.suite["name"]))}</h1>'
        f'<p class="lead">{scores.count:,} questions · {facts_line}</p>{trouble}{notes}</header>'
    )


def plural(count: int) -> str:
    """A number of questions in words."""
    return "1 question" if count == 1 else f"{count:,} questions"


def browser(scores: Scores, shown: int) -> str:
    """The questions, filled in by the script."""
    left = (
        f" {shown:,} of {scores.count:,} are in this page: every wrong one that fits." if shown < scores.count else ""
    )
    return (
        '<section id="questions"><h2>Every question</h2>'
        f'<p class="hint">Open one to see its passages; the gold answer and the quotes are marked.{left}</p>'
        '<div class="filters"><input id="find" type="search" placeholder="Find in questions and answers" '
        'aria-label="Find in questions and answers"><select id="cause" aria-label="Cause"></select>'
        '<select id="type" aria-label="Kind of question"></select></div>'
        '<p id="count" class="hint" role="status"></p><div id="list"></div>'
        '<button id="more" type="button" hidden>Show more</button>'
        "<noscript><p>The list of questions needs JavaScript; scores and pictures do not.</p></noscript></section>"
    )


def colophon(facts: RunFacts, scores: Scores) -> str:
    """What the run was made with, and how the numbers were made."""
    groups = {
        "Suite": facts.suite,
        "Library": facts.library,
        "Settings": {key: "–" if value is None else value for key, value in facts.settings.items()},
        "Versions": facts.versions,
        "Machine": facts.machine,
    }
    lists = "".join(
        f"<div><h3>{escape(name)}</h3><dl>"
        + "".join(f"<dt>{escape(str(key))}</dt><dd>{escape(str(value)) or '–'}</dd>" for key, value in values.items())
        + "</dl></div>"
        for name, values in groups.items()
    )
    methods = sorted({interval.method for interval in scores.overall.values()})
    return (
        "<footer><h2>How this was measured</h2><p>Intervals are at 95 %, over clusters of questions that share an "
        f"article ({escape(', '.join(methods))}). Failed questions count as wrong; a measure that does not apply to a "
        "question leaves it out, and its table says how many took part. Confidence and truth are compared over answers "
        "given.</p>"
        f"<div class='facts'>{lists}</div></footer>"
    )
