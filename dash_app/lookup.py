"""The header's customer look-up: a pseudonym in, the customer's segments out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import Input, Output, State, html
from dash.development.base_component import Component

from core.readmodels import CustomerAssignment, LensSummary, RunContext, SegmentSummary
from dash_app.change.words import stay_sentence
from dash_app.components.links import link
from dash_app.components.segments import segment_badge
from dash_app.context import load_context
from dash_app.guard import GuardedApp, caller
from dash_app.ids import Shell
from dash_app.roles import Role
from dash_app.selection import Selection, from_url, href
from dash_app.services import Services
from db.queries.customers import customer_assignments, find_customers
from db.queries.segments import segments

MOST_ANSWERS = 8
LONGEST_TEXT = 64

Belongs = tuple[LensSummary, SegmentSummary]


def lookup_box() -> Component:
    """Return the field and the place of its answer."""
    return html.Div(
        [
            html.Label("Find a customer", htmlFor=Shell.LOOKUP_TEXT, className="visually-hidden"),
            dbc.Input(
                id=Shell.LOOKUP_TEXT,
                type="search",
                placeholder="Find a customer",
                autocomplete="off",
                maxlength=LONGEST_TEXT,
                className="lookup-text",
            ),
            html.Div(id=Shell.LOOKUP_ANSWER, className="lookup-answer", **{"aria-live": "polite"}),
        ],
        className="lookup",
        role="search",
    )


def install_lookup(app: GuardedApp, services: Services) -> None:
    """Answer the look-up on Enter."""

    @app.callback(
        Output(Shell.LOOKUP_ANSWER, "children"),
        Output(Shell.CUSTOMER, "data"),
        Input(Shell.LOOKUP_TEXT, "n_submit"),
        State(Shell.LOOKUP_TEXT, "value"),
        State(Shell.URL, "pathname"),
        State(Shell.URL, "search"),
        role=Role.ANALYST,
        accepts={f"{Shell.LOOKUP_TEXT}.value": str},
        prevent_initial_call=True,
    )
    def find_customer(
        submits: int | None,  # noqa: ARG001
        text: str | None,
        pathname: str | None,
        search: str | None,
    ) -> tuple[Component | list[Component], str | None]:
        selection = from_url(pathname, search)
        run = load_context(services, selection)
        wanted = (text or "").strip()[:LONGEST_TEXT]
        if run is None or not wanted:
            return [], None
        with services.read() as connection:
            found = find_customers(connection, run.snapshot_id, wanted, caller().role, MOST_ANSWERS)
            places = {
                pseudonym: customer_assignments(connection, run.run_id, pseudonym)
                for pseudonym in found
            }
            known = {lens.name: segments(connection, lens.segmentation_id) for lens in run.lenses}
        answer = lookup_answer(selection, run, wanted, places, known)
        return answer, found[0] if len(found) == 1 else None


def lookup_answer(
    selection: Selection,
    run: RunContext,
    wanted: str,
    places: Mapping[str, Mapping[str, CustomerAssignment]],
    known: Mapping[str, Sequence[SegmentSummary]],
) -> Component:
    """Return the customers found, each with the segments they belong to."""
    if not places:
        return html.P(
            f"No customer begins with “{wanted}” among those of {run.dataset.title}.",
            className="lookup-none",
        )
    return html.Ul(
        [
            html.Li(
                [
                    html.Strong(pseudonym),
                    *_belongs(selection, run, assigned, known),
                ]
            )
            for pseudonym, assigned in places.items()
        ]
        + [html.Li(link("Score a customer", href(selection, tab="score")), className="lookup-more")]
    )


def _belongs(
    selection: Selection,
    run: RunContext,
    assigned: Mapping[str, CustomerAssignment],
    known: Mapping[str, Sequence[SegmentSummary]],
) -> list[Component]:
    parts = []
    for lens in run.lenses:
        place = assigned.get(lens.name)
        found = [s for s in known[lens.name] if place and s.number == place.segment]
        parts += [
            html.Div(
                [
                    html.Span(lens.label, className="lookup-lens"),
                    segment_badge(
                        segment.name,
                        segment.colour,
                        href(selection, tab=str(lens.side), lens=lens.name),
                    ),
                    *_stay(place),
                ]
            )
            for segment in found
        ]
    return parts


def _stay(place: CustomerAssignment | None) -> list[Component]:
    """Say since when the customer is there, and where they were before; nothing if unknown."""
    told = stay_sentence(place) if place else ""
    return [html.Div(told, className="lookup-stay")] if told else []
