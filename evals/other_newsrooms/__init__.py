"""Do the rules hold for stories that they were not written on? Two more invented newsrooms, for measuring alone.

Their articles and questions were written by writers who did not know the rules: Tavelin to develop on, Maravene to
report on. `python -m evals.other_newsrooms` prints the figures.
"""

from pathlib import Path

TAVELIN = Path(__file__).parent / "tavelin"
MARAVENE = Path(__file__).parent / "maravene"
