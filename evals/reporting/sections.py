"""How is each part of a run told? The sections of the report between its head and its list of questions."""

from html import escape

from evals.causes import CAUSES, RIGHT
from evals.metrics.catalogue import catalogue
from evals.reporting.curves import latency, reliability, risk_coverage, stages
from evals.reporting.marks import bar, measure_rows, percent, tile, whisker
from evals.scores import Scores
from evals.statistics import Interval

DIMENSIONS = {
    "type": "By kind of question",
    "split": "By split",
    "hops": "By pieces of evidence needed",
    "turns": "By turn of the conversation",
    "overlap": "By words shared with the article",
    "outlet": "By outlet",
    "month": "By month of publication",
    "age": "By age of the article",
}
PROTOCOLS = {
    "squad1": "SQuAD 1.1, official formulas, per cent",
    "squad2": "SQuAD 2.0, official formulas, per cent",
    "multihop_rag": "MultiHop-RAG, compatible mode",
    "rgb": "RGB, compatible mode",
}


def headlines(scores: Scores) -> str:
    """The numbers that people come for."""
    tiles = [
        tile(metric.title, scores.overall[name], metric.what, low=metric.low)
        for name, metric in catalogue().items()
        if metric.headline and name in scores.overall
    ]
    return f'<section aria-label="Headline scores" class="tiles">{"".join(tiles)}</section>'


def causes(scores: Scores) -> str:
    """Where the questions that went wrong were lost."""
    total = scores.count
    most = max((count for cause, count in scores.causes.items() if cause != RIGHT), default=0)
    rows = [
        bar(cause.capitalize(), scores.causes[cause], total, most, what=what, key=cause)
        for cause, what in CAUSES.items()
        if cause != RIGHT and scores.causes.get(cause)
    ]
    right = scores.causes.get(RIGHT, 0)
    strip = "".join(
        f'<i class="{"ok" if cause == RIGHT else f"c{number % 6}"}" style="width:{100 * count / total:.2f}%"'
        f' title="{escape(cause)}: {count:,}"></i>'
        for number, cause in enumerate(CAUSES)
        if (count := scores.causes.get(cause, 0))
    )
    said = f"{right:,} of {total:,} went right. The others, by the first stage that failed:"
    return (
        f'<section><h2>What went wrong</h2><div class="strip" aria-hidden="true">{strip}</div><p>{said}</p>'
        f'<div class="bars">{"".join(rows)}</div><p class="hint">Press a bar to read its questions.</p></section>'
    )


def slices(scores: Scores) -> str:
    """The share of right answers by what questions have in common, and every headline measure behind it."""
    parts = []
    metrics = catalogue()
    for number, (dimension, heading) in enumerate(DIMENSIONS.items()):
        labels = scores.slices.get(dimension)
        if not labels:
            continue
        names = [name for name in metrics if any(name in part.measures for part in labels.values())]
        head = "".join(f'<th scope="col">{escape(metrics[name].title)}</th>' for name in names)
        rows = []
        for label, part in labels.items():
            cells = "".join(slice_cell(part.measures.get(name), metrics[name].low) for name in names)
            said = escape(label.replace("_", " "))
            rows.append(f'<tr><th scope="row">{said}<span class="what">{part.count:,}</span></th>{cells}</tr>')
        opened = " open" if number == 0 else ""
        parts.append(
            f"<details{opened}><summary>{escape(heading)}</summary><div class='wide'><table class='grid-table'>"
            f'<thead><tr><th scope="col"></th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div></details>'
        )
    return f"<section><h2>Where it is strong and weak</h2>{''.join(parts)}</section>" if parts else ""


def slice_cell(interval: Interval | None, low: float) -> str:
    """A measure within a slice."""
    if interval is None:
        return '<td class="quiet">–</td>'
    return f'<td><span class="number">{percent(interval.value, 0)}</span>{whisker(interval, low=low)}</td>'


def knowing(scores: Scores) -> str:
    """Whether its confidence can be relied on."""
    if len(scores.reliability) < 1 or not scores.risk_coverage:
        return ""
    area, error = scores.aggregates.get("aurc"), scores.aggregates.get("calibration_error")
    return (
        "<section><h2>Does it know when it does not know?</h2><div class='pair'>"
        f"<figure>{risk_coverage(scores.risk_coverage)}<figcaption>The surest answers first. Area under the curve "
        f"{spoken(area)}; lower is better.</figcaption></figure>"
        f"<figure>{reliability(scores.reliability)}<figcaption>A dot on the dashed line is a promise kept. Expected "
        f"calibration error {spoken(error)}; over answers given.</figcaption></figure></div></section>"
    )


def spoken(interval: Interval | None) -> str:
    """A statistic with its interval, in a sentence."""
    if interval is None:
        return "unknown"
    if interval.low is None or interval.high is None:
        return f"<b>{interval.value:.3f}</b>"
    return f"<b>{interval.value:.3f}</b> ({interval.low:.3f} to {interval.high:.3f})"


def speed(scores: Scores) -> str:
    """How long answers took."""
    if not scores.seconds:
        return ""
    p50, p95 = scores.aggregates.get("latency_p50"), scores.aggregates.get("latency_p95")
    cost = f" Cost {scores.cost:.4f}." if scores.cost is not None else ""
    tokens = " ".join(f"{count:,} {kind} tokens." for kind, count in scores.tokens.items())
    return (
        f"<section><h2>How fast</h2><div class='pair'><figure>{latency(scores.seconds)}</figure><div>"
        f"<p>Half of the questions were answered within {seconds(p50)}, nineteen of twenty within {seconds(p95)}. "
        f"The slowest took {1000 * scores.seconds[-1]:,.0f} ms.{cost} {tokens}</p>"
        f"<h3>Where the time goes, by median</h3>{stages(scores.stages_ms)}</div></div></section>"
    )


def seconds(interval: Interval | None) -> str:
    """A time with its interval, in milliseconds."""
    if interval is None:
        return "an unknown time"
    inside = ""
    if interval.low is not None and interval.high is not None:
        inside = f" ({1000 * interval.low:,.0f} to {1000 * interval.high:,.0f})"
    return f"<b>{1000 * interval.value:,.0f} ms</b>{inside}"


def measures(scores: Scores) -> str:
    """Every measure, by family."""
    metrics = [metric for name, metric in catalogue().items() if name in scores.overall]
    families: dict[str, list[str]] = {}
    for family in dict.fromkeys(metric.family for metric in metrics):
        own = [metric for metric in metrics if metric.family == family]
        families[family] = [measure_rows(own, dict(scores.overall))]
    head = (
        '<thead><tr><th scope="col">Measure</th><th scope="col">%</th><th scope="col"></th>'
        '<th scope="col">95 % interval</th><th scope="col">questions</th><th scope="col">clusters</th></tr></thead>'
    )
    parts = "".join(
        f"<details><summary>{escape(family)}</summary><div class='wide'><table class='measures'>{head}"
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
        for family, rows in families.items()
    )
    return f"<section><h2>Every measure</h2>{parts}</section>"


def published(scores: Scores) -> str:
    """What the data set's own script would print."""
    parts = []
    for protocol, values in scores.published.items():
        items = "".join(f"<dt>{escape(name)}</dt><dd>{value:,.4g}</dd>" for name, value in values.items())
        parts.append(f"<h3>{escape(PROTOCOLS.get(protocol, protocol))}</h3><dl class='figures'>{items}</dl>")
    if not parts:
        return ""
    return f"<section><h2>As the data set's own script has it</h2>{''.join(parts)}</section>"
