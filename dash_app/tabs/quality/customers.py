"""Whom to look at to understand a segment: one in its middle, some at its border."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from core.quality import Exemplar, ExemplarKind
from core.readmodels import SegmentSummary
from dash_app.components.cards import card
from dash_app.components.empty import empty_state
from dash_app.components.lenses import menu_link
from dash_app.components.menus import menu
from dash_app.components.segments import segment_badge
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import feature_label
from dash_app.context import View
from dash_app.figures.lookup import indexed, typical
from dash_app.formats import NO_DATA, format_value, whole_percent
from dash_app.tabs.quality.reading import Judged


def customers_card(found: Judged) -> Component:
    """Return the features of a few customers beside the segment's median, for analysts."""
    if found.exemplars is None:
        return empty_state(
            "For analysts",
            "Single customers are shown to analysts and administrators only, under a pseudonym. "
            "The profile tabs tell what the segments are like.",
        )
    if found.focus is None or not found.exemplars:
        return empty_state(
            "Nobody to look at",
            "Segments by rule have no middle and no border, small segments are never shown, and "
            "older runs kept no examples. Choose another segment, or start a new run.",
            actions=() if found.focus is None else (_segment_menu(found, found.focus),),
        )
    focus = found.focus
    names = {segment.number: segment for segment in found.shown}
    return card(
        f"Whom to look at in {focus.name}: its middle, and its border",
        rows_table(
            [
                Column("Feature"),
                Column("Segment’s median", is_number=True),
                *(Column(_head(one), is_number=True) for one in found.exemplars),
            ],
            [_next_row(found, names), *_feature_rows(found, focus)],
            caption=f"Customers of {focus.name} beside its median",
        ),
        subtitle="Of yes and no, the share of yes stands for the median. The middle is the medoid: "
        "the customer with the least sum of distances to all "
        "others of the segment (Kaufman and Rousseeuw 1987). At the border are those with the "
        "smallest margin to the next segment",
        tools=(_segment_menu(found, focus),),
        class_name="quality-customers",
    )


def _head(one: Exemplar) -> Component:
    place = "Middle" if one.kind is ExemplarKind.MEDOID else "Border"
    return html.Span([place, html.Br(), html.Code(one.pseudonym)])


def _next_row(found: Judged, names: dict[int, SegmentSummary]) -> tuple[object, ...]:
    cells = [
        [
            segment_badge(names[one.runner_up].name, names[one.runner_up].colour)
            if one.runner_up in names
            else NO_DATA,
            html.Div(f"margin {whole_percent(one.margin)}", className="field-hint"),
        ]
        for one in found.exemplars or ()
    ]
    return ("Next segment", "", *cells)


def _feature_rows(found: Judged, focus: SegmentSummary) -> list[tuple[str | Component, ...]]:
    statistics = indexed(found.facts.statistics)
    values = [dict(one.features) for one in found.exemplars or ()]
    currency = found.view.currency
    return [
        (
            feature_label(feature.label, feature.name),
            format_value(
                typical(statistics, focus.number, feature), feature.kind, feature.unit, currency
            ),
            *(
                format_value(one.get(feature.name), feature.kind, feature.unit, currency)
                for one in values
            ),
        )
        for feature in found.facts.named(found.view.lens.inputs)
    ]


def _segment_menu(found: Judged, focus: SegmentSummary) -> Component:
    view: View = found.view
    items = [
        menu_link(segment.name, view.href(segments=(segment.key,)), segment == focus)
        for segment in found.shown
    ]
    return menu(
        focus.name,
        *items,
        label=f"Segment: {focus.name}. Choose another",
        class_name="card-choice",
        align_end=True,
    )
