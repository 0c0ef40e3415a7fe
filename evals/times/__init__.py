"""Is time understood? Questions with the window they name, and questions that outlets answer differently."""

from pathlib import Path

WINDOWS = Path(__file__).parent / "windows.jsonl"
DIFFERING = Path(__file__).parent / "differing.jsonl"
