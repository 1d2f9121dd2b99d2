"""What makes one segment different from everyone else, the strongest first."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import Differentiator, FeatureInfo, SegmentSummary
from dash_app.figures.amounts import exact, short
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import (
    CHARACTER,
    NAMES_WIDTH,
    empty_chart,
    layout,
    note,
    row_height,
    rows_axis,
    value_axis,
)
from dash_app.figures.text import escape, shorten
from dash_app.formats import percent, points, whole_percent
from dash_app.theme import Theme

_MOST = 8


def differentiator_bars(
    differentiators: Sequence[Differentiator],
    segment: SegmentSummary,
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",
) -> Chart:
    """Return bars as long as the difference is strong, named with the difference in raw units."""
    known = {feature.name: feature for feature in features}
    mine = sorted(
        (d for d in differentiators if d.segment == segment.number and d.feature in known),
        key=lambda d: d.rank,
    )[:_MOST]
    if not mine:
        return empty_chart(
            theme,
            f"Nothing sets {segment.name} apart",
            "No feature differs clearly from everyone else.",
            "See the verdict on this view before using the segment.",
        )
    most = max(abs(d.effect) for d in mine) or 1.0
    lowest = min(0.0, *(d.effect for d in mine))
    highest = max(0.0, *(d.effect for d in mine))
    ends = [_ends(d, known[d.feature], currency) for d in mine]
    room = int(CHARACTER * max(len(text) for pair in ends for text in pair)) + 8
    labels = [_label(d, known[d.feature]) for d in mine]
    height = row_height(labels, 44, NAMES_WIDTH) * len(mine) + 40
    colour = theme.segment_colour(segment.colour)
    figure = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": list(range(len(mine))),
                "x": [d.effect for d in mine],
                "marker": {"color": colour, "line": {"width": 0}},
                "hoverinfo": "text",
                "hovertext": [escape(_sentence(d, known[d.feature], currency)) for d in mine],
            }
        ],
        "layout": layout(
            theme,
            height,
            right=room,
            bargap=0.46,
            barcornerradius=2,
            annotations=[
                _at_the_end(row, d.effect, pair, theme)
                for row, (d, pair) in enumerate(zip(mine, ends, strict=True))
            ],
            xaxis=value_axis(
                theme,
                "lower here · higher here" if lowest < 0 < highest else "",
                range=[lowest, highest or 0.02 * most],
                showticklabels=False,
                showgrid=False,
                zeroline=True,
                zerolinecolor=theme.line,
                zerolinewidth=1,
            ),
            yaxis=rows_axis(theme, labels, NAMES_WIDTH),
        ),
    }
    return Chart(
        figure=figure,
        title=f"What sets {segment.name} apart: {_first_words(mine[0], known, currency)}",
        subtitle="Difference from everyone else; a longer bar is a stronger difference",
        summary=" ".join(_sentence(d, known[d.feature], currency) for d in mine),
        table=table(
            (
                TableColumn("Feature"),
                TableColumn(segment.name),
                TableColumn("Everyone else"),
                TableColumn("Difference"),
                TableColumn("Effect", Kind.NUMBER),
            ),
            [
                (
                    label,
                    _value(d.here, d, known[d.feature], currency),
                    _value(d.elsewhere, d, known[d.feature], currency),
                    _gap(d, known[d.feature], currency),
                    d.effect,
                )
                for d, label in zip(mine, labels, strict=True)
            ],
            features=[known[d.feature] for d in mine],
        ),
        height=height,
    )


def _label(found: Differentiator, feature: FeatureInfo) -> str:
    return f"{feature.label}: {found.level}" if found.level else feature.label


def _value(value: float, found: Differentiator, feature: FeatureInfo, currency: str) -> str:
    return percent(value) if found.level else exact(value, feature, currency)


def _gap(found: Differentiator, feature: FeatureInfo, currency: str) -> str:
    if found.level or feature.kind in (Kind.SHARE, Kind.FLAG):
        return points(found.difference)
    sign = "+" if found.difference > 0 else "−" if found.difference < 0 else "±"
    size = exact(abs(found.difference), feature, currency)
    return sign + size


def _ends(found: Differentiator, feature: FeatureInfo, currency: str) -> tuple[str, str]:
    """Return the raw difference and both values, as briefly as they are printed."""
    if found.level:
        both = f"{whole_percent(found.here)} vs {whole_percent(found.elsewhere)}"
        return points(found.difference), both
    here, elsewhere = (short(value, feature, currency) for value in (found.here, found.elsewhere))
    return shorten(_gap(found, feature, currency), 18), f"{here} vs {elsewhere}"


def _at_the_end(row: int, effect: float, ends: tuple[str, str], theme: Theme) -> PlotlyDict:
    """Return both lines right of the bar; right of zero for a bar to the left."""
    gap, values = (escape(text) for text in ends)
    words = f'{gap}<br><span style="color:{theme.muted};font-size:11px">{values}</span>'
    return note(theme, words, x=max(effect, 0.0), y=row, xshift=4)


def _sentence(found: Differentiator, feature: FeatureInfo, currency: str) -> str:
    here = _value(found.here, found, feature, currency)
    elsewhere = _value(found.elsewhere, found, feature, currency)
    what = "of customers" if found.level else "at the median"
    return f"{_label(found, feature)}: {here} {what}, {elsewhere} among everyone else."


def _first_words(found: Differentiator, known: dict[str, FeatureInfo], currency: str) -> str:
    feature = known[found.feature]
    what = f"{feature.label} {found.level}" if found.level else feature.label
    gap = _gap(found, feature, currency)
    return f"{what.lower()} {gap.removesuffix(feature.unit).rstrip() if not found.level else gap}"
