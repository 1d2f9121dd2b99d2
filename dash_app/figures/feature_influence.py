"""Which features make the segments?"""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.quality import FeatureInfluence, Quality
from core.readmodels import FeatureInfo
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import (
    NAMES_WIDTH,
    empty_chart,
    layout,
    legend,
    row_height,
    rows_axis,
    value_axis,
)
from dash_app.figures.lookup import labels, of_names
from dash_app.figures.text import escape, in_sentence
from dash_app.formats import percent, whole_percent
from dash_app.theme import Theme

_MOST = 14
_LITTLE = 0.15  # of customers


def feature_influence(
    quality: Quality,
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return per input the customers it decides on as a bar, and its eta squared as a dot."""
    if not quality.influences:
        return empty_chart(
            theme,
            "Influence was not measured",
            "This run kept no figures on its inputs.",
            "Start a new run to see which features make the segments.",
        )
    named = labels(features)
    shown = quality.influences[:_MOST]
    names = [named.get(one.feature, one.feature) for one in shown]
    rows = list(range(len(shown)))
    height = row_height(names, 34, NAMES_WIDTH) * len(shown) + 86
    figure = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": "would change segment",
                "x": [one.changed for one in shown],
                "y": rows,
                "marker": {"color": theme.accent, "line": {"width": 0}},
                "text": [whole_percent(one.changed) for one in shown],
                "textposition": "outside",
                "textfont": {"size": 11, "color": theme.ink},
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [
                    escape(_sentence(name, one)) for name, one in zip(names, shown, strict=True)
                ],
            },
            {
                "type": "scatter",
                "mode": "markers",
                "name": "variance between segments",
                "x": [one.eta_squared for one in shown],
                "y": rows,
                "marker": {
                    "color": theme.surface,
                    "size": 10,
                    "line": {"color": theme.muted, "width": 2},
                },
                "cliponaxis": False,
                "hoverinfo": "skip",
            },
        ],
        "layout": layout(
            theme,
            height,
            top=30,
            right=30,
            bargap=0.5,
            barcornerradius=2,
            showlegend=True,
            legend=legend(theme),
            xaxis=value_axis(
                theme,
                "Share",
                range=[0, _end(shown)],
                tickformat=".0%",
                nticks=6,
            ),
            yaxis=rows_axis(theme, names, NAMES_WIDTH),
        ),
    }
    return Chart(
        figure=figure,
        title=_finding(names[0], quality.influences),
        subtitle="Bar: share of customers who would get another segment if this feature’s values "
        "were dealt out anew. Ring: share of its variance between segments (eta squared)",
        summary=" ".join(_sentence(name, one) for name, one in zip(names, shown, strict=True)),
        table=table(
            (
                TableColumn("Feature"),
                TableColumn("Would change segment", Kind.SHARE),
                TableColumn("Eta squared", Kind.SHARE),
            ),
            [
                (named.get(one.feature, one.feature), one.changed, one.eta_squared)
                for one in quality.influences
            ],
            features=of_names(features, (one.feature for one in quality.influences)),
        ),
        height=height,
    )


def _end(shown: Sequence[FeatureInfluence]) -> float:
    return max(0.05, *(max(one.changed, one.eta_squared) for one in shown)) * 1.1


def _finding(first: str, influences: Sequence[FeatureInfluence]) -> str:
    strongest = influences[0]
    moved = whole_percent(strongest.changed)
    if strongest.changed < _LITTLE:
        return f"No feature weighs much: new values of {in_sentence(first)} would move {moved}"
    weighs = "weighs most"
    if len(influences) > 1 and strongest.changed > 2 * influences[1].changed:
        weighs = "weighs more than twice as much as any other"
    return f"{first} {weighs}: new values would move {moved} of customers"


def _sentence(name: str, one: FeatureInfluence) -> str:
    return (
        f"{percent(one.changed)} of customers would get another segment by {in_sentence(name)} "
        f"alone; {percent(one.eta_squared)} of its variance lies between segments."
    )
