"""What does a person see who has not signed in? A small form that works without scripts."""

from ui.web.escape import text

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in · onrecord</title><style>
:root {{ color-scheme: light dark; --paper: #fbfaf7; --ink: #1d1b18; --rule: #d9d4c8; --accent: #7a1f1a; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --paper: #171613; --ink: #ece7dc; --rule: #3b3831; --accent: #e9a49d; }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
  font: 17px/1.5 system-ui, sans-serif; }}
main {{ width: min(22rem, 90vw); }}
h1 {{ font: 600 2rem/1.1 Georgia, "Times New Roman", serif; margin: 0 0 1.5rem; }}
label {{ display: block; margin: 1rem 0 .3rem; font-size: .9rem; }}
input {{ width: 100%; box-sizing: border-box; padding: .6rem .7rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid #8a857a; border-radius: 4px; }}
button {{ margin-top: 1.5rem; padding: .6rem 1.2rem; font: inherit; color: var(--paper); background: var(--ink);
  border: 0; border-radius: 4px; cursor: pointer; }}
[role=alert] {{ color: var(--accent); }}
</style></head><body><main><h1>onrecord</h1>{said}<form method="post" action="/login">
<label for="username">Name</label><input id="username" name="username" autocomplete="username" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button></form></main></body></html>"""


def signin_page(said: str = "") -> str:
    """The form, with what went wrong above it."""
    return PAGE.format(said=f'<p role="alert">{text(said)}</p>' if said else "")
