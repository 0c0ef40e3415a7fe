"""Where are the sample newsroom's articles and questions? All of it is fiction written by us (see README.md)."""

from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
QUESTIONS = Path(__file__).parent / "questions.jsonl"
