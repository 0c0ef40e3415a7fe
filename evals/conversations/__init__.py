"""Do follow-ups find the right article? Conversations over the sample newsroom, and what each rewriting retrieves."""

from pathlib import Path

CONVERSATIONS = Path(__file__).parent / "conversations.jsonl"
