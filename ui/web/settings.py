"""What can a person choose about how answers are made? The settings page, whose choices go with each question."""

from collections.abc import Sequence

from ui.web.escape import text
from ui.web.fields import MOST_PASSAGES
from ui.web.records import AskSettings
from ui.web.render import LOCAL_READER


def settings_page(models: Sequence[str], *, user: str = "") -> str:
    """The form; the browser keeps what is chosen and shows it checked."""
    usual = AskSettings()
    choices = [("", f"{LOCAL_READER} (in this computer, no model needed)"), *((name, name) for name in models)]
    options = "".join(
        f'<label><input type="radio" name="model" value="{text(value)}"{" checked" if not value else ""}> '
        f"{text(label)}</label>"
        for value, label in choices
    )
    who = f"<p>You are signed in as <strong>{text(user)}</strong>.</p>" if user else ""
    return (
        '<section class="settings sheet" aria-label="Settings"><h2>Settings</h2>'
        '<p class="hint">They count from the next question on and are shown with each answer. '
        "This browser keeps them.</p>"
        f'<form id="settings-form"><fieldset><legend>Who answers</legend>{options}</fieldset>'
        "<fieldset><legend>Statements without a quote</legend>"
        '<label><input type="checkbox" name="strict" checked> Leave out every statement that no quote supports</label>'
        "</fieldset><fieldset><legend>Passages</legend>"
        f'<label>How many are read for an answer <input type="number" name="passages" min="1" max="{MOST_PASSAGES}" '
        f'value="{usual.passages}"></label></fieldset></form>'
        "<h3>Your feedback</h3><p>What you said of answers, as questions with their right answers: a suite for "
        "<code>onrecord eval</code>. A “wrong” that does not say what is right makes no question.</p>"
        '<p><a class="link" href="onrecord/feedback.jsonl" download>Download feedback.jsonl</a></p>'
        f"<h3>What leaves this page</h3><p>Nothing but what you ask of a hosted model above. No fonts, pictures or "
        f"statistics are loaded from elsewhere.</p>{who}</section>"
    )
