"""Quality: are these segments real, would we get them again, can I rely on them?"""

from __future__ import annotations

from dash_app.context import View
from dash_app.exports import Sheet
from dash_app.figures.feature_influence import feature_influence
from dash_app.figures.k_scores import k_scores
from dash_app.figures.silhouette_plot import silhouette_plot
from dash_app.figures.stability_strip import stability_strip
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.quality.callbacks import register
from dash_app.tabs.quality.layout import SLUG, layout
from dash_app.tabs.quality.reading import read_quality
from dash_app.tabs.quality.tables import rules_table, tests_table
from dash_app.theme import LIGHT


def _export(services: Services, view: View) -> tuple[Sheet, ...]:
    """Return what was measured, as tables; no single customer."""
    found = read_quality(services, view)
    tests = found.facts.verdict.tests if found.facts.verdict else ()
    quality, shown = found.quality, found.shown
    return (
        Sheet("Tests", tests_table(tests)),
        Sheet("Silhouettes", silhouette_plot(quality, shown, theme=LIGHT).table),
        Sheet("Stability", stability_strip(quality, shown, theme=LIGHT).table),
        Sheet("Numbers tried", k_scores(found.facts.k_scores, theme=LIGHT).table),
        Sheet("Influence", feature_influence(quality, found.facts.features, theme=LIGHT).table),
        Sheet("Rules", rules_table(shown, found.smallest)),
    )


TAB = Tab(SLUG, "Quality", Group.TRUST, layout, register, export=_export)
