"""Why this number of segments: four scores over the numbers that were tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.features.base import Kind
from core.readmodels import KScore
from core.segmentation.elbow import FEWEST
from dash_app.figures.base import Chart, PlotlyDict, TableColumn, table
from dash_app.figures.canvas import empty_chart, layout, note, value_axis
from dash_app.figures.text import plural, wrap
from dash_app.theme import Theme

_HEIGHT = 404
_WORDS_HEIGHT = 160  # where there are only words
_HINT_WIDTH = 24  # characters of a hint in the narrowest card
_WITH_ELBOW = "Inertia"
_Score = tuple[str, str, Callable[[KScore], float], str]
_PANELS: tuple[_Score, ...] = (
    (_WITH_ELBOW, "lower is tighter", lambda s: s.inertia, ",.3~s"),
    ("Silhouette", "higher is clearer", lambda s: s.silhouette, ".2f"),
    ("Stability", "mean bootstrap Jaccard", lambda s: s.jaccard_mean, ".2f"),
    ("Smallest segment", "share of customers", lambda s: s.smallest_share, ".0%"),
)
_RING = 19  # pixels across, around the elbow
_GAP, _ROW_GAP = 0.16, 0.26  # of the drawing, between columns and between rows


def k_scores(
    scores: Sequence[KScore],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
    reason: str = "",
) -> Chart:
    """Return the sweep as four small charts, the chosen number marked in each, and the elbow."""
    if not scores:
        return empty_chart(
            theme,
            "No sweep",
            "The number of segments was given, not searched for.",
            "Start a run with a range to see how other numbers would do.",
            height=_WORDS_HEIGHT,
        )
    tried = sorted(scores, key=lambda score: score.k)
    if len(tried) == 1:
        return _only_one(tried[0], theme)
    chosen = next((score for score in tried if score.chosen), None)
    elbow = next((score for score in tried if score.elbow), None)
    axes: PlotlyDict = {}
    traces: list[PlotlyDict] = []
    notes: list[PlotlyDict] = []
    for panel, (name, hint, value, form) in enumerate(_PANELS):
        suffix = str(panel + 1) if panel else ""
        left, low = (panel % 2) * (0.5 + _GAP / 2), (1 - panel // 2) * (0.5 + _ROW_GAP / 2)
        across, upwards = [left, left + 0.5 - _GAP / 2], [low, low + 0.5 - _ROW_GAP / 2]
        axes[f"xaxis{suffix}"] = _segments_axis(theme, tried, across, f"y{suffix}", last=panel > 1)
        axes[f"yaxis{suffix}"] = value_axis(
            theme,
            domain=upwards,
            anchor=f"x{suffix}",
            range=[0, max(value(s) for s in tried) * 1.12 or 1],
            tickformat=form,
            nticks=4,
        )
        traces += _curve(tried, value, name, suffix, theme)
        if name == _WITH_ELBOW:
            hint += _elbow_words(tried)
            traces += [_ring(score, theme) for score in tried if score.elbow]
        notes.append(
            note(
                theme,
                f'{name}<br><span style="color:{theme.muted};font-size:10px">'
                f"{wrap(hint, _HINT_WIDTH, most=3)}</span>",
                xref="paper",
                yref="paper",
                x=across[0],
                y=upwards[1],
                yanchor="bottom",
                yshift=2,
                xshift=-4,
            )
        )
    figure = {
        "data": traces,
        "layout": layout(theme, _HEIGHT, left=30, top=62, **axes, annotations=notes),
    }
    return Chart(
        figure=figure,
        title=f"{chosen.k} segments were chosen" if chosen else "No number of segments stood out",
        subtitle=reason or "Scores over the numbers of segments tried; the chosen one is marked",
        summary=" ".join(
            f"{s.k} segments: silhouette {s.silhouette:.2f}, stability {s.jaccard_mean:.2f}, "
            f"smallest {s.smallest_share:.1%}."
            for s in tried
        )
        + (f" The curve of inertia bends at {elbow.k}." if elbow else ""),
        table=table(
            (
                TableColumn("Segments", Kind.COUNT),
                TableColumn("Inertia", Kind.NUMBER),
                TableColumn("Elbow"),
                TableColumn("Silhouette", Kind.NUMBER),
                TableColumn("Silhouette, mean of segments", Kind.NUMBER),
                TableColumn("Calinski–Harabasz", Kind.NUMBER),
                TableColumn("Davies–Bouldin", Kind.NUMBER),
                TableColumn("Stability, mean", Kind.NUMBER),
                TableColumn("Stability, lowest", Kind.NUMBER),
                TableColumn("Smallest segment", Kind.SHARE),
                TableColumn("Largest segment", Kind.SHARE),
            ),
            [
                (
                    s.k,
                    s.inertia,
                    "elbow" if s.elbow else "",
                    s.silhouette,
                    s.silhouette_macro,
                    s.calinski_harabasz,
                    s.davies_bouldin,
                    s.jaccard_mean,
                    s.jaccard_min,
                    s.smallest_share,
                    s.largest_share,
                )
                for s in tried
            ],
        ),
        height=_HEIGHT,
    )


def _only_one(score: KScore, theme: Theme) -> Chart:
    """Return what is known of a number that was given: nothing to draw a curve through."""
    found = (
        f"Silhouette {score.silhouette:.2f}, stability {score.jaccard_mean:.2f}, "
        f"smallest segment {score.smallest_share:.1%} of customers."
    )
    return empty_chart(
        theme,
        f"{plural(score.k, 'segment')} were asked for",
        f"{found} No other number was tried.",
        "Start a run with a range to see how other numbers would do.",
        height=_WORDS_HEIGHT,
    )


def _segments_axis(
    theme: Theme, tried: Sequence[KScore], domain: list[float], anchor: str, *, last: bool
) -> PlotlyDict:
    numbers = [score.k for score in tried]
    step = -(-len(numbers) // 7)
    return value_axis(
        theme,
        "Segments" if last else "",
        domain=domain,
        anchor=anchor,
        showgrid=False,
        tickmode="array",
        tickvals=numbers[::step],
        range=[numbers[0] - 0.5, numbers[-1] + 0.5],
    )


def _elbow_words(tried: Sequence[KScore]) -> str:
    """Return where inertia bends; nothing of a run that did not look."""
    if any(score.elbow is None for score in tried):
        return ""
    if len(tried) < FEWEST:
        return f", no elbow under {FEWEST} numbers"
    bends = [f", elbow at {score.k} (ring)" for score in tried if score.elbow]
    return bends[0] if bends else ", no clear elbow"


def _ring(elbow: KScore, theme: Theme) -> PlotlyDict:
    """Return a ring around the point where inertia bends; it is in the first panel."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [elbow.k],
        "y": [elbow.inertia],
        "marker": {
            "symbol": "circle-open",
            "size": _RING,
            "color": theme.ink,
            "line": {"color": theme.ink, "width": 2},
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [f"Elbow: beyond {elbow.k}, one segment more brings much less."],
    }


def _curve(
    tried: Sequence[KScore],
    value: Callable[[KScore], float],
    name: str,
    suffix: str,
    theme: Theme,
) -> list[PlotlyDict]:
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "xaxis": f"x{suffix}",
            "yaxis": f"y{suffix}",
            "x": [score.k for score in tried],
            "y": [value(score) for score in tried],
            "line": {"color": theme.muted, "width": 2},
            "marker": {
                "color": [theme.accent if score.chosen else theme.muted for score in tried],
                "size": [11 if score.chosen else 5 for score in tried],
                "line": {"color": theme.surface, "width": 1},
                "opacity": 1,
            },
            "cliponaxis": False,
            "hoverinfo": "text",
            "hovertext": [
                f"{score.k} segments: {name.lower()} {value(score):,.3g}"
                + (", chosen." if score.chosen else ".")
                for score in tried
            ],
        }
    ]
