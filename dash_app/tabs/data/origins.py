"""Where does it come from? The lineage of one feature, or of all inputs of a view."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from core.lineage import Layer, Lineage, lineage_of, preparation_words
from core.readmodels import FeatureInfo
from dash_app.components.cards import card, cell, grid, lead_sentence
from dash_app.components.charts import chart_with_table
from dash_app.components.links import link
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import feature_label
from dash_app.figures.lineage_graph import LAYER_NAMES, lineage_graph, summary_words
from dash_app.figures.text import plural
from dash_app.tabs.data.empty import no_features
from dash_app.tabs.data.layout import Part
from dash_app.tabs.data.reading import DataInView
from dash_app.theme import Theme


def lineage_page(found: DataInView, theme: Theme) -> Component:
    """Return the answer in a sentence, the picture, and how the view prepares its inputs."""
    lineage = lineage_in_view(found)
    if not lineage.nodes:
        return no_features(found)
    chart = lineage_graph(lineage, found.features, theme=theme)
    drawn = chart_with_table(chart, chart_id="data-lineage")
    cells = [cell(html.Div(drawn, className="wide-drawing"), 12)]
    if found.feature is not None:
        cells.append(cell(_steps_card(found.feature, lineage), 12))
    elif found.spec is not None:
        cells.append(cell(_inputs_card(found), 12))
    lead = (
        [lead_sentence(f"**{found.feature.description}** {summary_words(lineage)}")]
        if found.feature
        else []
    )
    return html.Div([*lead, grid(*cells)], className="stack")


def lineage_in_view(found: DataInView) -> Lineage:
    """Return the lineage of the feature that the URL names, else of the inputs of the lens."""
    if found.feature is not None:
        return lineage_of([found.feature], found.facts.column_sources, found.files, found.lenses)
    if found.selection.feature is not None or found.spec is None:
        return Lineage()
    features = [found.by_name[name] for name in found.spec.feature_names if name in found.by_name]
    return lineage_of(features, found.facts.column_sources, found.files, (found.spec,))


def _steps_card(feature: FeatureInfo, lineage: Lineage) -> Component:
    columns = (Column("Step"), Column("What"), Column("How it is made"))
    rows = []
    for node in lineage.nodes:
        words: Any = node.detail
        if node.layer is Layer.FILE:
            words = "as delivered, checked and typed"
        elif node.layer is Layer.CANONICAL:
            words = html.Code(node.detail) if node.detail else "carried over"
        elif node.layer is Layer.LENS:
            used = next(link for link in lineage.links if link.target == node.key)
            words = f"{used.detail}; weight {used.weight:g}"
        what = f"{node.label} of {node.place}" if node.place else node.label
        rows.append((LAYER_NAMES[node.layer], what, words))
    return card(
        f"How {feature.label} is made, step by step",
        rows_table(columns, rows, caption=f"Steps of {feature.label}"),
        subtitle="Read off the specification's own SQL and the catalogue of features",
    )


def _inputs_card(found: DataInView) -> Component:
    assert found.spec is not None
    spec = found.spec
    weights = {entry.name: entry.weight for entry in spec.features}
    columns = (
        Column("Input"),
        Column("Family"),
        Column("Prepared by"),
        Column("Weight", is_number=True),
    )
    rows = [
        (
            link(feature_label(feature.label, feature.name), found.href(feature=feature.name)),
            feature.family.replace("_", " "),
            preparation_words(spec, feature),
            f"{weights[feature.name]:g}",
        )
        for feature in _inputs(found)
    ]
    return card(
        f"{spec.label}: how {plural(len(rows), 'input')} "
        f"{'is' if len(rows) == 1 else 'are'} prepared",
        rows_table(columns, rows, caption=f"Inputs of {spec.label}", stacks=True),
        subtitle="Learned once from the customers of the fit; scoring uses the stored numbers",
        tools=(link("See it flow", found.href(view=Part.FLOW.value), "card-tool"),),
    )


def _inputs(found: DataInView) -> list[FeatureInfo]:
    names = found.spec.feature_names if found.spec else ()
    return [found.by_name[name] for name in names if name in found.by_name]
