"""Which features lack values, and for how many customers."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import FeatureInfo
from core.snapshot_facts import FeatureProfile
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import bare_axis, empty_chart, layout, row_height, rows_axis
from dash_app.figures.colour import mix
from dash_app.figures.lookup import labels, of_names
from dash_app.figures.text import escape, plural
from dash_app.formats import percent
from dash_app.theme import Theme

_MOST = 24  # features drawn; the rest are in the table


def missing_values(
    profiles: Sequence[FeatureProfile],
    features: Sequence[FeatureInfo],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return a bar per feature that lacks values, the emptiest first."""
    if not profiles:
        return empty_chart(
            theme,
            "No column was measured",
            "These files were read by an earlier version, which did not measure the columns.",
            "Read a newer export of the files.",
        )
    lacking = sorted(
        (profile for profile in profiles if profile.missing),
        key=lambda profile: (-profile.missing_share, profile.feature),
    )
    if not lacking:
        return empty_chart(
            theme,
            f"Nothing is missing in {plural(len(profiles), 'feature')}",
            "Every customer has a value of every feature.",
            "There is nothing to do.",
            height=120,
        )
    known = labels(features)
    shown = lacking[:_MOST]
    names = [known.get(profile.feature, profile.feature) for profile in shown]
    height = row_height(names, 26, 24, 2) * len(shown) + 20
    figure = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": list(range(len(shown))),
                "x": [profile.missing_share for profile in shown],
                "marker": {"color": mix(theme.care, theme.surface, 0.35), "line": {"width": 0}},
                "text": [percent(profile.missing_share) for profile in shown],
                "textposition": "outside",
                "textfont": {"size": 12},
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [
                    escape(
                        f"{name}: {percent(profile.missing_share)} of customers "
                        f"({profile.missing:,}) have no value."
                    )
                    for name, profile in zip(names, shown, strict=True)
                ],
            }
        ],
        "layout": layout(
            theme,
            height,
            right=58,
            bargap=0.42,
            barcornerradius=2,
            xaxis=bare_axis(range=[0, max(profile.missing_share for profile in shown)]),
            yaxis=rows_axis(theme, names, 24, 2),
        ),
    }
    left = f"; the {_MOST} emptiest of {len(lacking)}" if len(lacking) > _MOST else ""
    worst = lacking[0]
    verb = "lacks" if len(lacking) == 1 else "lack"
    worst_name = known.get(worst.feature, worst.feature)
    return Chart(
        figure=figure,
        title=f"{plural(len(lacking), 'feature')} of {len(profiles)} "
        f"{verb} values; {worst_name} most, "
        f"for {percent(worst.missing_share)}",
        subtitle=f"Share of customers without a value{left}",
        summary=" ".join(
            f"{name}: {percent(profile.missing_share)} without a value."
            for name, profile in zip(names, shown, strict=True)
        ),
        table=table(
            (
                TableColumn("Feature"),
                TableColumn("Without a value", Kind.COUNT),
                TableColumn("Share", Kind.SHARE),
                TableColumn("With a value", Kind.COUNT),
            ),
            [(known.get(p.feature, p.feature), p.missing, p.missing_share, p.n) for p in lacking],
            features=of_names(features, (profile.feature for profile in lacking)),
        ),
        height=height,
    )
