"""Where are the sample newsroom's articles and questions? Fiction, written for this project; see README.md beside this file."""

from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
QUESTIONS = Path(__file__).parent / "questions.jsonl"
