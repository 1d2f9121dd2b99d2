"""How k-means found this: two drawings that are played together, and the controls."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from core.readmodels import KMeansTrace, SegmentSummary
from dash_app.components.cards import card, cell, grid
from dash_app.components.charts import chart_with_table
from dash_app.components.empty import empty_state
from dash_app.components.forms import action_link
from dash_app.context import View
from dash_app.figures.kmeans_inertia import kmeans_inertia
from dash_app.figures.kmeans_steps import kmeans_steps, step_sentences
from dash_app.privacy import shown_segments
from dash_app.services import Services
from dash_app.theme import Theme
from db.queries.segments import segments
from db.queries.traces import kmeans_trace

STEPS = "steps"  # in the URL: the sub-view of the player
_BUTTONS = (
    ("first", "First"),
    ("back", "Back"),
    ("play", "Play"),
    ("next", "Next"),
    ("last", "Last"),
)


def read_steps(
    services: Services, view: View
) -> tuple[KMeansTrace | None, tuple[SegmentSummary, ...]]:
    """Return how the lens in view was found, and its segments that are large enough to show."""
    wanted = view.lens.segmentation_id
    with services.read() as connection:
        trace = services.cache.get(("steps", wanted), lambda: kmeans_trace(connection, wanted))
        return trace, shown_segments(segments(connection, wanted), services.smallest_group)


def steps_page(
    trace: KMeansTrace | None, named: tuple[SegmentSummary, ...], view: View, theme: Theme
) -> Component:
    """Return the player; ``assets/js/player.js`` listens to its controls."""
    if trace is None:
        return _nothing(view)
    steps = chart_with_table(
        kmeans_steps(trace, named, theme=theme), chart_id="map-steps", currency=view.currency
    )
    inertia = chart_with_table(
        kmeans_inertia(trace, theme=theme), chart_id="map-inertia", currency=view.currency
    )
    return html.Div(
        grid(cell(_controls(trace), 12), cell(steps, 7), cell(inertia, 5)), className="player"
    )


def _controls(trace: KMeansTrace) -> Component:
    sentences = step_sentences(trace)
    buttons = [
        html.Button(
            label,
            type="button",
            className=f"button button-{'primary' if action == 'play' else 'secondary'}",
            **{"data-player": action},
        )
        for action, label in _BUTTONS
    ]
    slider = html.Label(
        [
            html.Span("Step", className="text-muted"),
            dcc.Input(
                type="range",
                id="map-step",
                min=0,
                max=len(sentences) - 1,
                step=1,
                value=len(sentences) - 1,
            ),
        ],
        className="player-slider",
        htmlFor="map-step",
        **{"data-player-slider": ""},
    )
    words = html.P(sentences[-1], className="player-words", **{"data-player-words": ""})
    return card(
        "How k-means found this",
        html.Div([html.Div(buttons, className="player-buttons"), slider], className="player-bar"),
        html.Div(words, role="status"),
        subtitle="Put middles down; everybody joins the nearest; each middle moves to the average "
        "of its customers; again, until nobody changes",
    )


def _nothing(view: View) -> Component:
    return empty_state(
        "No steps to play",
        "Steps are kept when a run fits k-means anew. This run scored with an earlier model, or "
        "another algorithm found its segments.",
        actions=(action_link("Show the map", view.href(view=None)),),
    )
