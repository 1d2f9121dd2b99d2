"""Sub-view Customers: who is in a segment, for analysts, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import MATCH, Input, Output, State, ctx
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from core.features.base import Side
from core.readmodels import CustomerAssignment, LensSummary
from dash_app.components.empty import empty_state
from dash_app.context import View, open_view
from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.pages import Content, download_callback, table_download
from dash_app.privacy import shown_segments
from dash_app.profiles.choices import focus_segment
from dash_app.profiles.members_view import (
    MOST_IN_A_FILE,
    SLUG,
    WALKS_OF_A_FILE,
    Members,
    csv_button,
    listed,
    members_page,
    members_table,
    part,
)
from dash_app.profiles.subviews import SubView
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.theme import Theme
from db.queries.customers import LARGEST_PAGE, members
from db.queries.features import feature_catalogue
from db.queries.segments import segments

ON_A_PAGE = 50
WALKS_OF_A_PAGE = 4  # times so many customers are looked at in vain, and no more (`MOST_WALKED`)


def members_view(side: Side) -> SubView:
    """Return the sub-view of a side's page; its lens is the one in view, whichever that is."""

    def draws(lens: LensSummary) -> bool:  # noqa: ARG001
        return False

    def applies(services: Services, view: View) -> bool:  # noqa: ARG001
        return caller().role.may_act_as(Role.ANALYST)

    def draw(services: Services, view: View, theme: Theme) -> Content:  # noqa: ARG001
        found = read_members(services, view)
        return _nobody(services) if found is None else members_page(found, view, side.value)

    def register(app: GuardedApp, services: Services) -> None:
        _register(app, services, side)

    return SubView(SLUG, "Customers", draws, applies, draw, register)


def read_members(
    services: Services,
    view: View,
    after: str = "",
    most: int = ON_A_PAGE,
    *,
    walks: int = WALKS_OF_A_PAGE,
) -> Members | None:
    """Return customers of the segment in focus behind a pseudonym; None: all are too small.

    There may be fewer than ``most`` although more follow: a walk past customers of other segments
    is bounded, and so is the number of walks.
    """
    lens = view.lens
    with services.read() as connection:
        known = segments(connection, lens.segmentation_id)
        shown = shown_segments(known, services.smallest_group)
        focus = focus_segment(shown, view.selection.segments)
        if focus is None:
            return None
        features = feature_catalogue(connection, view.run.snapshot_id)
        value = next((one for one in features if one.name == lens.value_feature), None)
        rows: list[tuple[CustomerAssignment, float | None]] = []
        place: str | None = after
        while place is not None and len(rows) < most and walks > 0:
            size = min(LARGEST_PAGE, most - len(rows))
            page = members(
                connection,
                lens.segmentation_id,
                focus.number,
                size,
                caller().role,
                place,
                value.name if value else None,
            )
            rows += zip(page.members, page.values or (None,) * len(page.members), strict=True)
            place = page.next_after
            walks -= len(page.members) < size
    return Members(
        segment=focus,
        others=shown,
        names={segment.number: segment.name for segment in known},
        value=value,
        rows=tuple(rows),
        next_after=place,
        is_cut=place is not None and len(rows) < most,
    )


def _nobody(services: Services) -> Component:
    return empty_state(
        "Nobody to list",
        f"Every segment of this view has fewer than {services.smallest_group} customers, and "
        "groups that small are never shown.",
    )


def _register(app: GuardedApp, services: Services, side: Side) -> None:
    """Two buttons turn the pages, a third gives the file; no pseudonym is ever in the address."""
    further = str(part(side.value, "further", None)["type"])

    @app.callback(
        Output(part(side.value, "list", MATCH), "children"),
        Output(part(side.value, "after", MATCH), "data"),
        Input(part(side.value, "first", MATCH), "n_clicks"),
        Input(part(side.value, "further", MATCH), "n_clicks"),
        State(part(side.value, "after", MATCH), "data"),
        State(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        role=Role.ANALYST,
        accepts={"data": str},
        prevent_initial_call=True,
    )
    def turn_page(
        first: int | None, on: int | None, after: str | None, search: str, pathname: str
    ) -> tuple[Sequence[Component], str | None]:
        is_further = isinstance(ctx.triggered_id, dict) and ctx.triggered_id["type"] == further
        if not (on if is_further else first) or (is_further and after is None):
            raise PreventUpdate
        view = open_view(services, pathname, search, side)
        found = read_members(services, view, (after or "") if is_further else "")
        if found is None:
            raise PreventUpdate
        return listed(found, view), found.next_after

    @download_callback(app, csv_button(side.value), role=Role.ANALYST)
    def download_members(clicks: int | None, search: str, pathname: str) -> dict[str, Any]:
        if not clicks:
            raise PreventUpdate
        found = read_members(
            services,
            open_view(services, pathname, search, side),
            most=MOST_IN_A_FILE,
            walks=WALKS_OF_A_FILE,
        )
        if found is None:
            raise PreventUpdate
        return table_download(members_table(found), f"customers-{found.segment.key}.csv")
