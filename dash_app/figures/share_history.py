"""How the segments' shares moved over the last runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.features.base import Kind
from core.readmodels import RunId, SegmentShare, SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import CHARACTER, LINE, empty_chart, layout, value_axis
from dash_app.figures.labels import spread
from dash_app.figures.text import escape, lines, named, plural
from dash_app.formats import percent, points, whole_percent
from dash_app.theme import Theme

_LABELLED = 8  # lines that are coloured and named; the others stay thin and grey
_TICKS = 6
_HEIGHT = 300
_TOP, _BOTTOM = 12, 40
_LEADER = 18  # pixels from a line's end to its label


@dataclass(frozen=True, slots=True)
class _Line:
    """One segment through the runs; None where it did not exist."""

    name: str
    colour: str
    shares: tuple[float | None, ...]
    is_labelled: bool = True

    @property
    def change(self) -> float:
        known = [share for share in self.shares if share is not None]
        return known[-1] - known[0]

    @property
    def last(self) -> float:
        return self.shares[-1] or 0.0


def share_history(
    shares: Sequence[SegmentShare],
    segments: Sequence[SegmentSummary],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return a slope chart of the shares; lines are named at their end, without overlaps."""
    if not shares:
        return empty_chart(
            theme,
            "No history yet",
            "No run has been published.",
            "Shares appear here with the first run and move with the next.",
        )
    runs = sorted({(share.as_of, share.run_id) for share in shares})
    drawn = _lines(shares, segments, [run for _, run in runs], theme)
    ticks = _run_labels(runs)
    top = max(share.share for share in shares) * 1.12 or 1.0
    height = max(_HEIGHT, _TOP + _BOTTOM + 3 * LINE * min(len(drawn), _LABELLED))
    last = len(runs) - 1
    ends = [line for line in drawn if line.is_labelled and line.shares[-1] is not None]
    texts = [_end_lines(line) for line in ends]
    figure = {
        "data": [_trace(line, ticks) for line in drawn],
        "layout": layout(
            theme,
            height,
            top=_TOP,
            bottom=_BOTTOM,
            right=_LEADER + int(CHARACTER * max((len(t) for ts in texts for t in ts), default=0)),
            xaxis=value_axis(
                theme,
                showgrid=False,
                tickmode="array",
                tickangle=0,
                **_shown_ticks(ticks),
                range=[-0.12 * max(last, 1), last + 0.04 * max(last, 1)],
            ),
            yaxis=value_axis(theme, range=[0, top], tickformat=".0%", nticks=6),
            annotations=_end_labels(ends, texts, last, top, height - _TOP - _BOTTOM, theme),
        ),
    }
    hidden = sum(not line.is_labelled for line in drawn)
    subtitle = f"Share of customers over {plural(len(runs), 'run')}"
    if hidden:
        subtitle += f"; {plural(hidden, 'smaller segment')} in grey"
    return Chart(
        figure=figure,
        title=_finding(drawn, len(runs)),
        subtitle=subtitle,
        summary=" ".join(_sentence(line, ticks) for line in drawn),
        table=table(
            (TableColumn("Segment"), *(TableColumn(tick, Kind.SHARE) for tick in ticks)),
            [(line.name, *line.shares) for line in drawn],
        ),
        height=height,
    )


def _lines(
    shares: Sequence[SegmentShare],
    segments: Sequence[SegmentSummary],
    runs: Sequence[RunId],
    theme: Theme,
) -> list[_Line]:
    """Return the living segments in their order, then those that are gone, in grey."""
    found = {(share.key, share.run_id): share for share in shares}
    latest = {share.key: share.name for share in sorted(shares, key=lambda s: s.run_id)}
    living = {segment.key: segment for segment in segments}
    keys = [key for key in living if key in latest] + [k for k in latest if k not in living]
    by_share = sorted(keys, key=lambda k: -(s.share if (s := found.get((k, runs[-1]))) else 0))
    labelled = set(by_share[:_LABELLED])
    return [
        _Line(
            name=living[key].name if key in living else latest[key],
            colour=theme.segment_colour(living[key].colour) if key in living else theme.muted,
            shares=tuple(s.share if (s := found.get((key, run))) else None for run in runs),
            is_labelled=key in labelled,
        )
        for key in keys
    ]


def _trace(line: _Line, ticks: Sequence[str]) -> PlotlyDict:
    said = _sentence(line, ticks)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": escape(line.name),
        "x": list(range(len(line.shares))),
        "y": list(line.shares),
        "line": {"color": line.colour, "width": 2.5 if line.is_labelled else 1},
        "marker": {"color": line.colour, "size": 7 if line.is_labelled else 3},
        "opacity": 1 if line.is_labelled else 0.45,
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            escape(f"{line.name}: {percent(share)} of customers in {tick}. {said}")
            for share, tick in zip(line.shares, ticks, strict=True)
        ],
    }


def _end_labels(
    named: Sequence[_Line],
    texts: Sequence[Sequence[str]],
    last: int,
    top: float,
    pixels: int,
    theme: Theme,
) -> list[PlotlyDict]:
    """Return a label per line, moved apart, each with a leader from the line's end."""
    wished = [line.last / top * pixels for line in named]
    placed = spread(wished, [LINE * len(text) for text in texts], 0.0, float(pixels))
    return [
        {
            "x": last,
            "y": line.last,
            "text": "<br>".join(escape(part) for part in text),
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": line.colour,
            "standoff": 4,
            "ax": _LEADER,
            "ay": round(wish - place, 1),
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
            "font": {"size": 12, "color": theme.ink},
        }
        for line, text, wish, place in zip(named, texts, wished, placed, strict=True)
    ]


def _end_lines(line: _Line) -> list[str]:
    """Return the name in at most two lines, with the share behind it or below."""
    name, share = lines(line.name, 18, most=2), whole_percent(line.last)
    if len(name) == 1 and len(name[0]) + len(share) < 20:
        return [f"{name[0]} {share}"]
    return [*name[:-1], f"{name[-1]} {share}"] if len(name[-1]) < 15 else [*name, share]


def _run_labels(runs: Sequence[tuple[object, RunId]]) -> list[str]:
    """Return the months of the runs' data; the run's number where a month comes twice."""
    months = [f"{day:%b %Y}" for day, _ in runs]
    return [
        month if months.count(month) == 1 else f"{month}, run {run}"
        for month, (_, run) in zip(months, runs, strict=True)
    ]


def _shown_ticks(ticks: Sequence[str]) -> PlotlyDict:
    """Return at most six ticks that end with the last, the year where it changes."""
    step = -(-len(ticks) // _TICKS)
    shown = list(range(len(ticks) - 1, -1, -step))[::-1]
    texts, year = [], ""
    for index in shown:
        month, rest = ticks[index].split(" ", 1)
        texts.append(month if rest == year else f"{month}<br>{rest.replace(', ', '<br>')}")
        year = rest
    return {"tickvals": shown, "ticktext": texts}


def _sentence(line: _Line, ticks: Sequence[str]) -> str:
    if len(ticks) < 2:
        return f"{line.name}: {percent(line.last)}."
    return f"{line.name}: {points(line.change)} since {ticks[0]}, now {percent(line.last)}."


def _finding(drawn: Sequence[_Line], runs: int) -> str:
    if runs < 2:
        return "One run so far: movements appear with the next"
    mover = max(drawn, key=lambda line: abs(line.change))
    if abs(mover.change) < 0.01:
        return "The shares have hardly moved"
    verb = "grew" if mover.change > 0 else "shrank"
    return f"{named(mover.name)} {verb} by {points(abs(mover.change))[1:]} over {runs} runs"
