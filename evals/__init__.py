"""Suites of questions over a library: asked, scored, reported, compared, and made from one's own articles.

run(suite)            collect, score and report, in a folder that a killed run goes on in
score(run_dir)        records to scores, as often as one likes
report(run_dir)       scores to one HTML page, Markdown and JUnit
compare(run, run)     a paired comparison, with what flipped
build_suite(library)  questions from a library's own articles, without a model
"""

from evals.building import build_suite
from evals.comparison import compare
from evals.reporting import report
from evals.runner import run
from evals.scoring import score

__all__ = ["build_suite", "compare", "report", "run", "score"]
