"""What stands around the conversation? The masthead, the list of conversations, the empty page and the composer."""

from collections.abc import Sequence
from datetime import datetime

from index.records import LibraryInfo
from ui.web.escape import day, inline, text
from ui.web.records import Conversation

SIDE_BAR = (
    '<div class="side-bar"><button type="button" class="close" data-do="close-side">Close <span aria-hidden="true">×'
    "</span></button></div>"
)
COMPOSER = """<div class="composer"><div class="visually-hidden" role="status" aria-live="polite" id="said"></div>
<div class="chips" id="filters" role="group" aria-label="Filters of the next question" hidden></div>
<form id="ask-form"><div class="line">
<label class="visually-hidden" for="question">Your question</label>
<textarea id="question" rows="1" placeholder="Ask your articles" autocomplete="off"></textarea>
<button type="submit" class="ask">Ask</button>
<button type="button" class="halt" data-do="stop">Stop</button></div></form>
<div class="below"><span class="keys">Enter asks · Shift Enter for a new line · / comes back here · Esc closes</span>
<a class="export" data-kind="md" download hidden href="#">Export Markdown</a>
<a class="export" data-kind="json" download hidden href="#">Export JSON</a></div></div>"""


def masthead(info: LibraryInfo | None, *, user: str = "", sample: bool = False) -> str:
    """The name, what the library holds, and the ways to go."""
    leave = '<a class="leave" href="logout">Sign out</a>' if user else ""
    return (
        '<div class="masthead"><button type="button" class="only-narrow" data-do="drawer" '
        'aria-label="Conversations">☰</button><h1 class="name">onrecord</h1>'
        f'<span class="facts">{library_facts(info, sample=sample)}</span>'
        '<nav aria-label="Pages"><button type="button" data-do="view" data-view="chat" aria-current="page">Ask</button>'
        '<button type="button" data-do="side" data-side="library" aria-expanded="false">Library</button>'
        '<button type="button" data-do="view" data-view="evaluations">Evaluations</button>'
        '<button type="button" data-do="view" data-view="settings">Settings</button>'
        '<button type="button" data-do="theme" aria-label="Light or dark"><span aria-hidden="true">◐</span></button>'
        f"{leave}</nav></div>"
    )


def library_facts(info: LibraryInfo | None, *, sample: bool = False) -> str:
    """How many articles, from whom, from when."""
    if info is None or info.articles == 0:
        return "No articles yet"
    facts = ["Sample newsroom (fiction)"] if sample else []
    facts.append(f"{info.articles:,} article{'s' * (info.articles != 1)}")
    if len(info.outlets) > 1:
        facts.append(f"{len(info.outlets)} outlets")
    elif info.outlets:
        facts.append(inline(info.outlets[0]))
    first, last = day(info.first_published), day(info.last_published)
    if first and last:
        facts.append(text(first) if first == last else f"{text(first)} – {text(last)}")
    return " · ".join(facts)


def welcome(info: LibraryInfo | None, examples: Sequence[str] = (), *, sample: bool = False) -> str:
    """The page before the first question."""
    if info is None or info.articles == 0:
        return (
            '<div class="welcome"><h2>Nothing on record yet.</h2><p>Add articles first: files, '
            "or the address of a page. Then ask: each answer is pinned to the sentence that says so.</p>"
            '<button type="button" class="link" data-do="side" data-side="library">Add articles</button></div>'
        )
    about = "These articles are a sample newsroom, invented for this demonstration. " if sample else ""
    items = "".join(
        f'<li><button type="button" data-do="example">{text(question)}</button></li>' for question in examples
    )
    return (
        '<div class="welcome"><h2>Ask your articles.</h2>'
        f"<p>{about}Each statement of an answer is pinned to the sentence that says so. Click its number to read that "
        "sentence in the article. What the articles do not say is not answered.</p>"
        + (f'<ul class="examples">{items}</ul>' if items else "")
        + "</div>"
    )


def conversation_list(found: Sequence[Conversation], current: str = "") -> str:
    """The owner's conversations, newest first, each to be opened, renamed or deleted."""
    items = "".join(conversation_item(one, one.conversation_id == current) for one in found)
    return (
        '<nav class="conversations" aria-label="Conversations"><button type="button" class="new" data-do="new">'
        'New conversation</button><input type="search" id="find-conversation" placeholder="Find a conversation" '
        f'aria-label="Find a conversation" autocomplete="off"><ul>{items}</ul></nav>'
    )


def conversation_item(one: Conversation, current: bool) -> str:
    """One line of the list."""
    name, title = text(one.conversation_id), text(one.title)
    mark = ' aria-current="true"' if current else ""
    return (
        f'<li data-conversation="{name}"><button type="button" class="open" data-do="open" data-conversation="{name}"'
        f'{mark}>{inline(one.title)}<span class="when">{when(one.updated)}</span></button>'
        f'<span class="item-tools"><button type="button" data-do="rename" data-conversation="{name}" '
        f'data-title="{title}" aria-label="Rename {title}">Rename</button><button type="button" data-do="forget" '
        f'data-conversation="{name}" aria-label="Delete {title}">Delete</button></span></li>'
    )


def when(moment: str) -> str:
    """The day of a moment, as the list shows it."""
    return text(day(datetime.fromisoformat(moment).date().isoformat()))
