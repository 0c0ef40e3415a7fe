"""How are curves drawn? As inline SVG whose colours come from the page, so that light and dark both fit."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 420, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 20, 12, 42
Point = tuple[float, float]


def frame(
    title: str, x_label: str, y_label: str, x_ticks: Sequence[tuple[float, str]], y_ticks: Sequence[tuple[float, str]]
) -> tuple[list[str], Callable[[float, float], Point]]:
    """Axes with labels, and a function from shares (0 to 1 on both axes) to places in the drawing."""

    def at(x: float, y: float) -> Point:
        return LEFT + x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM)

    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">']
    for share, text in y_ticks:
        x, y = at(0, share)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{x - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{escape(text)}</text>')
    for share, text in x_ticks:
        x, y = at(share, 0)
        parts.append(f'<text class="tick" x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{escape(text)}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text class="axis" x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(x_label)}</text>')
    up = (TOP + HEIGHT - BOTTOM) / 2
    turned = f'<text class="axis" transform="translate(11 {up:.0f}) rotate(-90)" text-anchor="middle">'
    parts.append(f"{turned}{escape(y_label)}</text>")
    return parts, at


QUARTERS = tuple((share / 4, f"{25 * share}%") for share in range(5))


def path(points: Sequence[Point]) -> str:
    """The `d` of a line through points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def risk_coverage(points: Sequence[tuple[float, float]]) -> str:
    """Share of wrong answers among those given, as more questions are answered."""
    top = max((risk for _, risk in points), default=0.0)
    scale = next(limit for limit in (0.1, 0.25, 0.5, 1.0) if top <= limit)
    ticks = tuple((share / 4, f"{25 * share * scale:g}%") for share in range(5))
    title = "Risk and coverage: share of wrong answers by share of questions answered"
    parts, at = frame(title, "questions answered", "of these, wrong", QUARTERS, ticks)
    line = [at(coverage, risk / scale) for coverage, risk in points]
    if line:
        base = at(0, 0)[1]
        area = [(line[0][0], base), *line, (line[-1][0], base)]
        parts.append(f'<path class="area" d="{path(area)}Z"/><path class="line" d="{path(line)}"/>')
        x, y = line[-1]
        coverage, risk = points[-1]
        anchor = "end" if x > WIDTH * 0.7 else "start"
        said = f"{100 * coverage:.0f}% answered, {100 * risk:.0f}% of them wrong"
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
        # the label goes under the point where there is no room above
        below = y < TOP + 26
        parts.append(
            f'<text class="note" x="{x + (-8 if anchor == "end" else 8):.1f}" y="{y + (20 if below else -10):.1f}" '
            f'text-anchor="{anchor}">{said}</text>'
        )
    return "".join(parts) + "</svg>"


def reliability(bins: Sequence[tuple[float, float, int]]) -> str:
    """How often it was right, by how sure it was; the area of a dot is the number of answers."""
    title = "Calibration: how often answers were right, by how sure the system was"
    parts, at = frame(title, "confidence", "right", QUARTERS, QUARTERS)
    (x1, y1), (x2, y2) = at(0, 0), at(1, 1)
    parts.append(f'<line class="ideal" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
    most = max((count for _, _, count in bins), default=1)
    for confidence, right, count in bins:
        x, y = at(confidence, right)
        radius = 3 + 11 * (count / most) ** 0.5
        said = f"{count} answers, {100 * confidence:.0f}% sure, {100 * right:.0f}% right"
        parts.append(
            f'<line class="gap" x1="{x:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{at(confidence, confidence)[1]:.1f}"/>'
            f'<circle class="bubble" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{said}</title></circle>'
        )
    return "".join(parts) + "</svg>"


def latency(quantiles: Sequence[float]) -> str:
    """What share of the questions was answered within which time; `quantiles` are the percentiles 0 to 100, seconds."""
    longest = quantiles[99] * 1.15 or 0.001  # the slowest hundredth would flatten the rest; it is told in words below
    unit, factor = ("ms", 1000.0) if longest < 2 else ("s", 1.0)
    step = nice(longest * factor / 4)
    ticks = [(number * step / (longest * factor), f"{number * step:g}") for number in range(5)]
    title = "Latency: share of questions answered within a time"
    inside = [(share, text) for share, text in ticks if share <= 1]
    parts, at = frame(title, f"time to the answer, {unit}", "questions answered", inside, QUARTERS)
    line = [at(min(1.0, seconds / longest), number / 100) for number, seconds in enumerate(quantiles)]
    parts.append(f'<path class="line" d="{path(line)}"/>')
    for number in (50, 95):
        x, y = at(min(1.0, quantiles[number] / longest), number / 100)
        said = f"p{number}  {quantiles[number] * factor:.3g} {unit}"
        # the line runs above and to the right of its own points: below them there is room
        anchor, shift = ("end", 4) if x > WIDTH * 0.72 else ("start", 10)
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
        parts.append(f'<text class="note" x="{x + shift:.1f}" y="{y + 22:.1f}" text-anchor="{anchor}">{said}</text>')
    return "".join(parts) + "</svg>"


def stages(medians: Mapping[str, float]) -> str:
    """The median time of each stage, as parts of one bar."""
    named = [(name, value) for name, value in medians.items() if name != "total" and value > 0]
    total = sum(value for _, value in named)
    if not total:
        return ""
    pieces = "".join(
        f'<i class="stage s{number % 5}" style="width:{100 * value / total:.2f}%" title="{escape(name)}"></i>'
        for number, (name, value) in enumerate(named)
    )
    legend = "".join(
        f'<li><i class="stage s{number % 5}"></i>{escape(name)} <b>{value:.1f} ms</b></li>'
        for number, (name, value) in enumerate(named)
    )
    return f'<div class="stages">{pieces}</div><ul class="legend">{legend}</ul>'


def nice(step: float) -> float:
    """A round step for an axis: 1, 2 or 5 times a power of ten, not below `step`."""
    power = 10.0 ** len(str(int(step))) / 10 if step >= 1 else 1.0
    while power > step:
        power /= 10
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * 0.999)
