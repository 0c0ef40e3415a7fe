"""What does the library hold, and what is the next question asked of? The panel beside the chat, as HTML."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.records import ArticleSummary, Filters, LibraryInfo
from ui.web.escape import day, inline, text
from ui.web.parts import library_facts

PAGE = 50  # articles at a time: a few screens, and quick to send
MOST_BARS = 75  # bars that still can be told apart in a panel of 400 pixels
STEPS = (1, 7, 31, 92, 366, 3653)  # days a bar may stand for: a day, a week, a month, a quarter, a year, a decade
ACCEPTED = ".txt,.md,.html,.htm,.jsonl,.json,.csv,.tsv,.pdf,.docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the panel shows: the articles in scope, all for the plot and the outlets, and how many are listed."""

    info: LibraryInfo | None
    everything: Sequence[ArticleSummary]
    scope: Sequence[ArticleSummary]
    filters: Filters
    shown: int = PAGE
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """Articles published from `first` up to and including `last`."""

    first: date
    last: date
    count: int


def shelf_page(shelf: Shelf) -> str:
    """The whole panel below its additions: facts, filters, timeline, list."""
    narrowed = len(shelf.scope) != len(shelf.everything)
    count = f"{len(shelf.scope):,} of {len(shelf.everything):,} articles" if narrowed else "All articles"
    return (
        f'<section class="shelf" aria-label="Library"><h2 class="shelf-title" tabindex="-1">Library</h2>'
        f'<p class="hint">{library_facts(shelf.info)}</p>{narrowing(shelf)}'
        f'<h3 class="scope">{count}</h3>{listing(shelf)}</section>'
    )


def narrowing(shelf: Shelf) -> str:
    """The form that says which articles the next question is asked of."""
    filters = shelf.filters
    counts = Counter(one.outlet for one in shelf.everything if one.outlet)
    outlets = "".join(
        f'<label class="outlet"><input type="checkbox" name="outlet" value="{text(name)}"'
        f'{" checked" if name in filters.outlets else ""}> {inline(name)} <span class="count">{number:,}</span></label>'
        for name, number in counts.most_common(40)
    )
    return (
        '<form id="narrow" class="narrow"><p class="hint">Narrow the next question to some of them.</p>'
        f"{timeline(shelf.everything, filters)}"
        '<div class="dates"><label>From <input type="date" name="after" value="'
        f'{text(filters.after or "")}"></label><label>Before <input type="date" name="before" value="'
        f'{text(filters.before or "")}"></label></div>'
        f'<fieldset class="outlets"><legend>Outlets</legend>{outlets}</fieldset>'
        '<label class="find">Find in titles <input type="search" name="find" autocomplete="off"></label></form>'
    )


def timeline(articles: Iterable[ArticleSummary], filters: Filters) -> str:
    """A bar for each stretch of time; dragging over bars narrows to them, as the date fields do."""
    bars = bars_of(articles)
    if len(bars) < 2:
        return ""
    highest = max(bar.count for bar in bars)
    after = date.fromisoformat(filters.after) if filters.after else date.min
    before = date.fromisoformat(filters.before) if filters.before else date.max
    drawn = "".join(
        f'<span class="bar{" in" if bar.last >= after and bar.first < before else ""}" data-first="{bar.first}" '
        f'data-last="{day_after(bar.last)}" title="{bar_title(bar)}">'
        f'<span style="height:{round(100 * bar.count / highest)}%"></span></span>'
        for bar in bars
    )
    label = f"Articles by date, from {day(bars[0].first.isoformat())} to {day(bars[-1].last.isoformat())}"
    return (
        f'<div class="timeline" role="img" aria-label="{text(label)}">{drawn}</div>'
        '<div class="axis" aria-hidden="true">'
        f"<span>{text(day(bars[0].first.isoformat()))}</span><span>drag to narrow</span>"
        f"<span>{text(day(bars[-1].last.isoformat()))}</span></div>"
    )


def bar_title(bar: Bar) -> str:
    """What a bar stands for, in words."""
    first, last = day(bar.first.isoformat()), day(bar.last.isoformat())
    return text(f"{first if first == last else f'{first} – {last}'}: {bar.count:,}")


def bars_of(articles: Iterable[ArticleSummary]) -> list[Bar]:
    """Dated articles counted over equal stretches of time, as long as keeps the bars few."""
    days = Counter(found for one in articles if (found := published_day(one)) is not None)
    if not days:
        return []
    first, last = min(days), max(days)
    span = (last - first).days + 1
    step = next((step for step in STEPS if span <= step * MOST_BARS), STEPS[-1])
    counts = Counter((found - first).days // step for found in days.elements())
    begins = [first + timedelta(days=place * step) for place in range((span - 1) // step + 1)]
    # a stretch that begins within the calendar may end beyond it
    return [
        Bar(begin, begin + min(timedelta(days=step - 1), date.max - begin), counts[place])
        for place, begin in enumerate(begins)
    ]


def day_after(last: date) -> str:
    """The day before which all up to `last` was published; empty, which narrows nothing, at the calendar's end."""
    return (last + timedelta(days=1)).isoformat() if last < date.max else ""


def published_day(article: ArticleSummary) -> date | None:
    """The day of publication; None where it is not known to the day."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def listing(shelf: Shelf) -> str:
    """The articles in scope, newest first, copies of one story named with each."""
    if not shelf.scope:
        return '<p class="hint">No article passes these filters.</p>'
    carriers: dict[str, set[str]] = {}
    for one in shelf.everything:
        if one.copy_group and one.outlet:
            carriers.setdefault(one.copy_group, set()).add(one.outlet)
    items = "".join(row(one, carriers.get(one.copy_group or "", set()), shelf) for one in shelf.scope[: shelf.shown])
    more = len(shelf.scope) - shelf.shown
    listed = f'<ul class="articles">{items}</ul>'
    if more <= 0:
        return listed
    return f'{listed}<button type="button" class="link" data-do="more">Show {min(more, PAGE)} more</button>'


def row(article: ArticleSummary, carriers: set[str], shelf: Shelf) -> str:
    """One article: open it, ask only it, take it out."""
    name = text(article.article_id)
    facts = [inline(article.outlet) if article.outlet else "", text(day(article.published))]
    others = sorted(carriers - {article.outlet or ""})
    if others:
        facts.append("same story in " + ", ".join(inline(other) for other in others))
    title = inline(article.title or "Untitled")
    spoken = text(article.title or "Untitled")
    chosen = article.article_id in shelf.filters.article_ids
    buttons = (
        f'<button type="button" data-do="only" data-article="{name}" data-title="{spoken}" '
        f'aria-pressed="{str(chosen).lower()}" aria-label="Ask only {spoken}">Ask only this</button>'
    )
    if shelf.writable:
        buttons += (
            f'<button type="button" data-do="remove" data-article="{name}" aria-label="Remove {spoken}">Remove</button>'
        )
    return (
        f'<li><button type="button" class="open-article" data-do="article" data-article="{name}" '
        f'data-version="{article.version}">{title}</button>'
        f'<span class="facts">{" · ".join(fact for fact in facts if fact)}</span>'
        f'<span class="row-tools">{buttons}</span></li>'
    )


def adding_form() -> str:
    """Where articles come in: files dropped or chosen, and addresses."""
    return (
        '<details class="adding"><summary>Add articles</summary><form id="add-form">'
        f'<label class="drop">Files <input type="file" name="files" multiple accept="{ACCEPTED}"></label>'
        '<label>Addresses, one a line <textarea name="addresses" rows="2" '
        'placeholder="https://…"></textarea></label>'
        '<button type="submit" class="primary">Add</button></form></details>'
    )
