"""How does a run read in a pull request? The scores as Markdown tables."""

from evals.causes import CAUSES, RIGHT
from evals.comparison import Comparison
from evals.metrics.catalogue import catalogue
from evals.reporting.marks import percent
from evals.rundir import RunFacts
from evals.scores import Scores
from evals.statistics import Interval


def report_markdown(facts: RunFacts, scores: Scores) -> str:
    """The headline measures with intervals, the causes, the slices by type, every measure below."""
    metrics = catalogue()
    shown = [name for name in metrics if name in scores.overall]
    lines = [
        f"# {facts.suite['name']}: {scores.count:,} questions",
        "",
        f"Answered by {facts.settings.get('model')}; suite {facts.suite['fingerprint']}; started {facts.started}.",
        "",
        "| measure | % | 95 % interval | questions | clusters |",
        "|---|---:|---|---:|---:|",
        *(line(metrics[name].title, scores.overall[name]) for name in shown if metrics[name].headline),
        "",
        "| outcome | questions | % |",
        "|---|---:|---:|",
    ]
    for cause in CAUSES:
        if scores.causes.get(cause):
            name = f"**{cause}**" if cause == RIGHT else cause
            lines.append(f"| {name} | {scores.causes[cause]:,} | {percent(scores.causes[cause] / scores.count)} |")
    for dimension, labels in scores.slices.items():
        names = [name for name in shown if any(name in part.measures for part in labels.values())]
        lines += ["", f"| {dimension} | questions | {' | '.join(metrics[name].title for name in names)} |"]
        lines.append(f"|---|---:|{'---:|' * len(names)}")
        for label, part in labels.items():
            cells = (percent(part.measures[name].value) if name in part.measures else "" for name in names)
            lines.append(f"| {plain(label)} | {part.count:,} | {' | '.join(cells)} |")
    lines += ["", "| every measure | % | 95 % interval | questions | clusters |", "|---|---:|---|---:|---:|"]
    lines += [line(metrics[name].title, scores.overall[name]) for name in shown]
    for protocol, values in scores.published.items():
        lines += ["", f"| {protocol} (published formulas) | value |", "|---|---:|"]
        lines += [f"| {name} | {value:.4g} |" for name, value in values.items()]
    return "\n".join(lines) + "\n"


def line(title: str, interval: Interval) -> str:
    """A row of a table of measures."""
    between = "one cluster"
    if interval.low is not None and interval.high is not None:
        between = (
            f"{percent(interval.low)} to {percent(interval.high)}{' (approximate)' if interval.approximate else ''}"
        )
    return f"| {title} | {percent(interval.value)} | {between} | {interval.count:,} | {interval.clusters:,} |"


def plain(text: str) -> str:
    """Text that does not break a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def comparison_markdown(comparison: Comparison, *, most: int = 40) -> str:
    """The differences, then what flipped: by type, by cause, and question by question."""
    metrics = catalogue()
    lines = [
        f"# {comparison.second} against {comparison.first}",
        "",
        f"{comparison.count:,} questions in both, {comparison.left_out:,} in one only."
        + ("" if comparison.same_suite else " The suites differ: only common questions are compared."),
        "",
        "| measure | difference | 95 % interval | p (Holm) | gained | lost | detectable |",
        "|---|---:|---|---:|---:|---:|---:|",
    ]
    for name, item in comparison.differences.items():
        low, high = item.interval.low, item.interval.high
        between = "one cluster" if low is None or high is None else f"{percent(low)} to {percent(high)}"
        caution = " (approximate)" if item.interval.approximate else ""
        lines.append(
            f"| {metrics[name].title} | {percent(item.interval.value)} | {between}{caution} | {item.adjusted:.4f} | "
            f"{'' if item.gained is None else item.gained} | {'' if item.lost is None else item.lost} | "
            f"{percent(item.detectable)} |"
        )
    for heading, counted in (("type", comparison.by_type), ("cause of the wrong side", comparison.by_cause)):
        if counted:
            lines += ["", f"| {heading} | gained | lost |", "|---|---:|---:|"]
            lines += [f"| {plain(label)} | {gained} | {lost} |" for label, (gained, lost) in counted.items()]
    if comparison.flips:
        lines += ["", "| | question | before | after |", "|---|---|---|---|"]
    for flip in comparison.flips[:most]:
        before, after = (
            f"{plain(answer or 'declined')} ({cause})" for answer, cause in zip(flip.answers, flip.causes, strict=True)
        )
        lines.append(f"| {'gained' if flip.gained else 'lost'} | {plain(flip.question)} | {before} | {after} |")
    if len(comparison.flips) > most:
        lines.append(f"\n{len(comparison.flips) - most:,} more flips.")
    return "\n".join(lines) + "\n"
