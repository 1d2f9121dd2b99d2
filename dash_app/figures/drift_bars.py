"""How far each feature's values moved between two snapshots, beside what chance alone does."""

from __future__ import annotations

from collections.abc import Sequence

from core.change import LARGE, MODERATE, FeatureDrift
from core.features.base import Kind
from core.readmodels import FeatureInfo
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart, layout, note, row_height, rows_axis, value_axis
from dash_app.figures.colour import mix
from dash_app.figures.lookup import labels, of_names
from dash_app.figures.text import escape, plural
from dash_app.theme import Theme

_MOST = 12
_LEAST = 0.12  # right end of the scale at least


def drift_bars(
    drifts: Sequence[FeatureDrift],
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return a bar per feature, the farthest first, with a mark where its chance ends."""
    if not drifts:
        return empty_chart(
            theme,
            "No other data to compare with",
            "The run before looked at the same data, or there is none.",
            "Refresh the data set with newer files.",
        )
    known = labels(features)
    ranked = sorted(drifts, key=lambda found: (-found.psi, found.feature))
    shown = ranked[:_MOST]
    names = [known.get(found.feature, found.feature) for found in shown]
    height = row_height(names, 28, 24, 2) * len(shown) + 62
    end = max(_LEAST, *(max(found.psi, found.by_chance) for found in shown)) * 1.18
    figure = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": "Stability index",
                "y": list(range(len(shown))),
                "x": [found.psi for found in shown],
                "marker": {"color": [_colour(found, theme) for found in shown]},
                "hoverinfo": "text",
                "hovertext": [
                    escape(
                        f"{name}: index {found.psi:.3f}; chance alone stays under "
                        f"{found.by_chance:.3f} 95 times in 100: {found.drift.says}."
                    )
                    for name, found in zip(names, shown, strict=True)
                ],
            },
            {
                "type": "scatter",
                "mode": "markers",
                "name": "Chance ends",
                "y": list(range(len(shown))),
                "x": [found.by_chance for found in shown],
                "marker": {
                    "symbol": "line-ns",
                    "size": 16,
                    "line": {"width": 2, "color": theme.ink},
                },
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "text",
                "y": list(range(len(shown))),
                "x": [max(found.psi, found.by_chance) for found in shown],
                "text": [f" {found.psi:.3f}" for found in shown],
                "textposition": "middle right",
                "textfont": {"size": 12, "color": theme.ink},
                "cliponaxis": False,
                "hoverinfo": "skip",
            },
        ],
        "layout": layout(
            theme,
            height,
            right=24,
            top=26,
            bottom=36,
            bargap=0.45,
            showlegend=False,
            xaxis=value_axis(theme, "Population stability index", range=[0, end]),
            yaxis=rows_axis(theme, names, 24, 2),
            shapes=[_limit(theme, at) for at in (MODERATE, LARGE) if at < end],
            annotations=[
                note(theme, word, x=at, y=1, yref="paper", yanchor="bottom", xanchor="center")
                for at, word in ((MODERATE, "moderate"), (LARGE, "large"))
                if at < end
            ],
        ),
    }
    changed = [found for found in ranked if found.psi > found.by_chance]
    return Chart(
        figure=figure,
        title=_finding(changed, known),
        subtitle="Stability index per feature; the mark is what chance alone stays under"
        + (f"; the first {_MOST} of {len(ranked)}" if len(ranked) > _MOST else ""),
        summary=" ".join(
            f"{known.get(found.feature, found.feature)}: {found.psi:.3f}, {found.drift.says}."
            for found in shown
        ),
        table=table(
            (
                TableColumn("Feature"),
                TableColumn("Stability index", Kind.NUMBER),
                TableColumn("By chance under", Kind.NUMBER),
                TableColumn("What it says"),
            ),
            [
                (
                    known.get(found.feature, found.feature),
                    found.psi,
                    found.by_chance,
                    found.drift.says,
                )
                for found in ranked
            ],
            features=of_names(features, (one.feature for one in ranked)),
        ),
        height=height,
    )


def _colour(found: FeatureDrift, theme: Theme) -> str:
    strength = {"no change": 0.75, "small change": 0.5, "moderate change": 0.2}
    base = theme.muted if found.drift.says == "no change" else theme.care
    return mix(base, theme.surface, strength.get(found.drift.says, 0.0))


def _limit(theme: Theme, at: float) -> dict[str, object]:
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": theme.line, "width": 1, "dash": "dot"},
    }


def _finding(changed: Sequence[FeatureDrift], known: dict[str, str]) -> str:
    if not changed:
        return "No feature moved more than chance alone moves it"
    first = changed[0]
    name = known.get(first.feature, first.feature)
    moved = f"{plural(len(changed), 'feature')} moved more than chance"
    return f"{moved}; {name} most: {first.drift.says}"
