"""How is a mean with its interval drawn? As a dot on a line, in HTML that shrinks with the page."""

from html import escape

from evals.metrics.catalogue import Metric
from evals.statistics import Interval


def percent(value: float | None, digits: int = 1) -> str:
    """A share in per cent; a dash where there is none."""
    return "–" if value is None else f"{100 * value:.{digits}f}".replace("-", "−")


def bounds(interval: Interval) -> str:
    """The interval in words: "27.8 to 38.9", with its sign of caution where it is approximate."""
    if interval.low is None or interval.high is None:
        return "no interval: one cluster"
    caution = ' <abbr title="fewer than 40 clusters: approximate">≈</abbr>' if interval.approximate else ""
    return f"{percent(interval.low)} to {percent(interval.high)}{caution}"


def whisker(interval: Interval, *, low: float = 0.0, high: float = 1.0, label: str = "") -> str:
    """A track with the interval as a bar and the mean as a dot."""

    def place(value: float) -> float:
        return max(0.0, min(100.0, 100 * (value - low) / (high - low)))

    begin = place(interval.value if interval.low is None else interval.low)
    end = place(interval.value if interval.high is None else interval.high)
    said = escape(f"{label}: {percent(interval.value)} per cent, {interval.count} questions".lstrip(": "))
    return (
        f'<span class="whisker" role="img" aria-label="{said}">'
        f'<i style="left:{begin:.2f}%;width:{max(end - begin, 0.3):.2f}%"></i>'
        f'<b style="left:{place(interval.value):.2f}%"></b></span>'
    )


def tile(title: str, interval: Interval, what: str, *, low: float = 0.0) -> str:
    """A headline number with its interval."""
    return (
        f'<div class="tile"><h3>{escape(title)}</h3><p class="figure">{percent(interval.value)}<small>%</small></p>'
        f'{whisker(interval, low=low, label=title)}<p class="range">{bounds(interval)}</p>'
        f'<p class="what">{escape(what)}</p></div>'
    )


def measure_rows(metrics: list[Metric], overall: dict[str, Interval]) -> str:
    """The rows of a table of measures, a family's together."""
    rows = []
    for metric in metrics:
        interval = overall[metric.name]
        rows.append(
            f'<tr><th scope="row">{escape(metric.title)}<span class="what">{escape(metric.what)}</span></th>'
            f'<td class="number">{percent(interval.value)}</td>'
            f"<td class='track'>{whisker(interval, low=metric.low, label=metric.title)}</td>"
            f'<td class="range">{bounds(interval)}</td>'
            f'<td class="number quiet">{interval.count:,}</td><td class="number quiet">{interval.clusters:,}</td></tr>'
        )
    return "".join(rows)


def bar(label: str, count: int, total: int, most: int, *, what: str = "", key: str = "", tone: str = "bad") -> str:
    """A counted bar that filters the questions when it is pressed."""
    width = 100 * count / most if most else 0
    return (
        f'<button class="bar {tone}" type="button" data-cause="{escape(key)}" title="{escape(what)}">'
        f'<span class="name">{escape(label)}</span><span class="rail"><i style="width:{width:.2f}%"></i></span>'
        f'<span class="number">{count:,}</span><span class="number quiet">{percent(count / total)}%</span></button>'
    )
