"""Why this segment and not the next: what each feature adds to the lead over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.features.base import Kind
from core.readmodels import FeatureInfo, SegmentSummary
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import CHARACTER, bare_axis, empty_chart, layout, note, rows_axis
from dash_app.figures.text import escape, in_sentence, named, plural, wrap
from dash_app.formats import signed_number
from dash_app.theme import Theme

_MOST = 8  # features drawn by themselves; the smallest beyond are one step
_ROW = 40
_WIDE = 24  # characters that a label may take where a value stands below it
_LEAD = "Lead over the next"  # not the margin, which is a share of the distances
_ROOM = int(CHARACTER * 6) + 8


@dataclass(frozen=True, slots=True)
class _Step:
    label: str
    value: str
    start: float
    change: float

    @property
    def end(self) -> float:
        return self.start + self.change


def waterfall(
    contributions: Sequence[tuple[str, float, str]],
    segment: SegmentSummary,
    runner_up: SegmentSummary,
    features: Sequence[FeatureInfo] = (),
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return the steps from nothing to the lead; each contribution is (label, amount, value).

    Amounts are differences of squared distances: above 0 they speak for the segment, below 0 for
    the runner-up. They add up to the last bar exactly. ``features`` are those of the labels.
    """
    if not contributions:
        return empty_chart(
            theme,
            "No explanation",
            f"{segment.name} is a segment by rule: nothing was weighed.",
            "See the rule on the segment's card.",
        )
    steps = _steps(contributions)
    total = sum(amount for _, amount, _ in contributions)
    colours = theme.segment_colour(segment.colour), theme.segment_colour(runner_up.colour)
    places = [0.0, total, *(step.start for step in steps), *(step.end for step in steps)]
    span = (max(places) - min(places)) or 1.0
    height = _ROW * (len(steps) + 1) + 12
    last = len(steps)
    figure = {
        "data": [_bars(steps, segment, runner_up, colours), _total(total, last, segment, theme)],
        "layout": layout(
            theme,
            height,
            right=_ROOM,
            bargap=0.42,
            barmode="overlay",
            barcornerradius=2,
            xaxis=bare_axis(
                range=[min(places) - 0.02 * span, max(places)],
                zeroline=True,
                zerolinecolor=theme.line,
            ),
            yaxis={
                **rows_axis(theme, [step.label for step in steps] + [_LEAD]),
                "ticktext": [
                    *(_tick(step, theme) for step in steps),
                    f"<b>{_LEAD}</b>",
                ],
            },
            shapes=[_link(row, step, theme) for row, step in enumerate(steps)],
            annotations=[
                note(
                    theme, signed_number(step.change), x=max(step.start, step.end), y=row, xshift=4
                )
                for row, step in enumerate(steps)
            ]
            + [note(theme, f"<b>{signed_number(total)}</b>", x=max(total, 0.0), y=last, xshift=4)],
        ),
    }
    return Chart(
        figure=figure,
        title=f"Why {named(segment.name)} and not {named(runner_up.name)}: {_reasons(steps)}",
        subtitle="What each feature adds to the lead, which is the difference of the two squared "
        f"distances: to the right for {named(segment.name)}, to the left for "
        f"{named(runner_up.name)}",
        summary=" ".join(_sentence(step, segment, runner_up) for step in steps)
        + f" Together a lead of {signed_number(total)} for {segment.name}.",
        table=table(
            (
                TableColumn("Feature"),
                TableColumn("Value"),
                TableColumn("Contribution", Kind.NUMBER),
            ),
            [
                *((label, value, amount) for label, amount, value in contributions),
                (_LEAD, "", total),
            ],
            features=[one for one in features if one.label in {step[0] for step in contributions}],
        ),
        height=height,
    )


def _steps(contributions: Sequence[tuple[str, float, str]]) -> list[_Step]:
    """Return the strongest first, those for the segment before those against; the rest as one."""
    ranked = sorted(contributions, key=lambda entry: (-abs(entry[1]), entry[0]))
    kept = ranked if len(ranked) <= _MOST else ranked[: _MOST - 1]
    kept = sorted(kept, key=lambda entry: (entry[1] < 0, -abs(entry[1]), entry[0]))
    rest = ranked[len(kept) :]
    if rest:
        kept.append((plural(len(rest), "other feature"), sum(entry[1] for entry in rest), ""))
    steps: list[_Step] = []
    for label, change, value in kept:
        steps.append(_Step(label, value, steps[-1].end if steps else 0.0, change))
    return steps


def _bars(
    steps: Sequence[_Step],
    segment: SegmentSummary,
    runner_up: SegmentSummary,
    colours: tuple[str, str],
) -> PlotlyDict:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(steps))),
        "base": [step.start for step in steps],
        "x": [step.change for step in steps],
        "marker": {
            "color": [colours[step.change < 0] for step in steps],
            "line": {"width": 0},
        },
        "hoverinfo": "text",
        "hovertext": [escape(_sentence(step, segment, runner_up)) for step in steps],
    }


def _total(total: float, row: int, segment: SegmentSummary, theme: Theme) -> PlotlyDict:
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row],
        "x": [total],
        "marker": {"color": theme.muted, "line": {"width": 0}},
        "hoverinfo": "text",
        "hovertext": [escape(f"Together a lead of {signed_number(total)} for {segment.name}.")],
    }


def _link(row: int, step: _Step, theme: Theme) -> PlotlyDict:
    """Return the hairline that hands a step's end to the next."""
    return {
        "type": "line",
        "x0": step.end,
        "x1": step.end,
        "y0": row,
        "y1": row + 1,
        "line": {"color": theme.muted, "width": 1},
        "layer": "below",
    }


def _tick(step: _Step, theme: Theme) -> str:
    label = wrap(step.label, 18, 2)
    if not step.value:
        return label
    if "<br>" in label:  # two lines are all that a row has room for
        label = wrap(step.label, _WIDE, 1)
    return (
        f'{label}<br><span style="color:{theme.muted};font-size:11px">{escape(step.value)}</span>'
    )


def _sentence(step: _Step, segment: SegmentSummary, runner_up: SegmentSummary) -> str:
    side = segment if step.change >= 0 else runner_up
    value = f" ({step.value})" if step.value else ""
    return f"{step.label}{value}: {signed_number(step.change)}, towards {side.name}."


def _reasons(steps: Sequence[_Step]) -> str:
    pro = [in_sentence(step.label) for step in steps if step.change > 0][:2]
    return " and ".join(pro) or "by a hair"
