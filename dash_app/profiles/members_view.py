"""The customers of a segment as a page: which segment, who is in it, and the way to the next."""

from __future__ import annotations

from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import CustomerAssignment, FeatureInfo, RunStatus, SegmentSummary
from dash_app.components.cards import card
from dash_app.components.forms import button
from dash_app.components.links import Choice, segmented_control
from dash_app.components.tables import data_table
from dash_app.context import View
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.typicality import FARTHER_THAN
from dash_app.formats import count
from db.queries.customers import MOST_WALKED

SLUG = "customers"
MOST_IN_A_FILE = 10_000
WALKS_OF_A_FILE = 20  # so often that a million customers are looked at, and no more


@dataclass(frozen=True, slots=True)
class Members:
    """Some customers of a segment, each with its value; the next page begins ``next_after``."""

    segment: SegmentSummary
    others: tuple[SegmentSummary, ...]  # those that can be listed, this one among them
    names: dict[int, str]
    value: FeatureInfo | None
    rows: tuple[tuple[CustomerAssignment, float | None], ...]
    next_after: str | None
    is_cut: bool  # more may follow, and looking for them would have taken too long


def csv_button(prefix: str) -> str:
    """Return the id of the button that gives the file."""
    return f"{prefix}-{SLUG}-csv"


def part(prefix: str, name: str, of: object) -> dict[str, object]:
    """Return the id of the list, of where it goes on, or of a button that turns the page."""
    return {"type": f"{prefix}-{SLUG}-{name}", "of": of}


def members_page(found: Members, view: View, prefix: str) -> Component:
    """Return the choice of a segment and its first customers; ``prefix`` begins the ids."""
    segment = found.segment
    choices = [
        Choice(one.name, view.href(segments=(one.key,)), one == segment) for one in found.others
    ]
    title = f"Customers of “{segment.name}”"
    csv = html.Button(
        "CSV",
        id=csv_button(prefix),
        type="button",
        className="card-tool",
        **{"aria-label": f"Download as CSV: customers of “{segment.name}”"},
    )
    turning = [
        button("From the first", part(prefix, "first", segment.key)),
        button("Further", part(prefix, "further", segment.key)),
    ]
    rows = html.Div(
        listed(found, view),
        id=part(prefix, "list", segment.key),
        className="slot",
        **{"aria-live": "polite"},
    )
    return html.Div(
        [
            segmented_control(choices, "Segment"),
            card(
                title,
                rows,
                html.Div(turning, className="form-end by-id-buttons"),
                dcc.Store(id=part(prefix, "after", segment.key), data=found.next_after),
                subtitle=f"{count(segment.size)} customers in the order of their pseudonyms; the "
                f"file has the first {count(MOST_IN_A_FILE)}{_where_all_are(view)}",
                tools=(csv,),
            ),
        ],
        className="stack",
    )


def _where_all_are(view: View) -> str:
    """Return what else there is to know of the file: how far it looks, and where all are told."""
    looked_at = WALKS_OF_A_FILE * MOST_WALKED
    bound = f" among {count(looked_at)} of all customers" if view.run.customers > looked_at else ""
    listing = ", the API lists all" if view.run.status is RunStatus.PUBLISHED else ""
    return bound + listing


def listed(found: Members, view: View) -> list[Component]:
    """Return how many are on the page, and the customers."""
    caption = f"Customers of {found.segment.name}"
    ends = "" if found.next_after is not None else " These are the last."
    if found.is_cut:
        ends = " Few customers are in this segment: “Further” goes on looking."
    return [
        html.P(f"{count(len(found.rows))} on this page.{ends}", className="text-muted"),
        data_table(members_table(found), currency=view.currency, caption=caption),
    ]


def members_table(found: Members) -> Table:
    """Return a row per customer: value, distance, the next nearest segment, margin, how unusual."""
    value = found.value
    return table(
        (
            TableColumn("Customer"),
            *([TableColumn(value.label, Kind(value.kind), value.unit)] if value else []),
            TableColumn("Distance", Kind.NUMBER),
            TableColumn("Runner-up"),
            TableColumn("Margin", Kind.NUMBER),
            TableColumn(f"{FARTHER_THAN}, percent of the segment", Kind.NUMBER),
        ),
        [
            (
                row.pseudonym,
                *([amount] if value else []),
                row.distance,
                None if row.runner_up is None else found.names.get(row.runner_up),
                row.margin,
                row.typicality,
            )
            for row, amount in found.rows
        ],
        (value,) if value else (),
    )
