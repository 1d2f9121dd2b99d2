"""The segments as bubbles; a click puts one in focus, which changes what the page shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import Input, Output, State
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from core.features.base import Side
from dash_app.components.cards import cell
from dash_app.components.charts import graph_id
from dash_app.context import open_view
from dash_app.figures.segment_bubbles import segment_bubbles
from dash_app.guard import GuardedApp
from dash_app.ids import Shell
from dash_app.profiles.choices import axes, chosen_feature, distribution_features, most_telling
from dash_app.profiles.facts import segments_and_facts
from dash_app.profiles.model import Profile
from dash_app.roles import Role
from dash_app.selection import to_search
from dash_app.services import Services

NAME = "bubbles"


def bubbles_cell(found: Profile, columns: int) -> Component:
    """Return the bubbles over the feature that the URL names, else the axis that tells most."""
    lens, facts = found.view.lens, found.facts
    offered = distribution_features(lens, facts)
    drawn = axes(lens, facts)
    others = [one for one in drawn if one.name != lens.value_feature] or drawn
    telling = most_telling(others, facts.statistics, found.shown)
    feature = chosen_feature(offered, found.view.selection.feature) or telling
    if feature is None:
        return cell([], columns)
    value = next(iter(facts.named([lens.value_feature] if lens.value_feature else [])), None)
    asked = found.view.selection.segments
    chart = segment_bubbles(
        found.shown,
        facts.statistics,
        feature,
        theme=found.theme,
        currency=found.currency,
        value=value,
        focus=asked[0] if asked else None,
    )
    return cell(found.drawn(chart, NAME), columns)


def register_bubbles(app: GuardedApp, services: Services, slug: str, side: Side) -> None:
    """A click on a bubble writes its segment into the URL; a second click takes it out."""

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Input(graph_id(f"{slug}-{NAME}"), "clickData", allow_optional=True),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.VIEWER,
        accepts={"clickData": dict},
        prevent_initial_call=True,
    )
    def focus_bubble(clicked: Mapping[str, Any] | None, search: str, pathname: str) -> str:
        view = open_view(services, pathname, search, side)
        key = clicked_key(clicked)
        segments, _ = segments_and_facts(services, view)
        if key not in {segment.key for segment in segments}:
            raise PreventUpdate
        chosen = () if view.selection.segments == (key,) else (key,)
        return to_search(replace(view.selection, segments=chosen))


def clicked_key(clicked: Mapping[str, Any] | None) -> str:
    """Return the segment's key that a clicked bubble carries, "" for anything else.

    >>> clicked_key({"points": [{"customdata": "behavioural-1"}]}), clicked_key({"points": 3})
    ('behavioural-1', '')
    """
    points = (clicked or {}).get("points")
    if not isinstance(points, list) or not points or not isinstance(points[0], dict):
        return ""
    key = points[0].get("customdata")
    if isinstance(key, list):
        key = key[0] if key else ""
    return key if isinstance(key, str) else ""
