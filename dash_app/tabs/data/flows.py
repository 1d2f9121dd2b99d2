"""The two flow charts: how the data became segments, and how one customer is placed."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from core.readmodels import RunContext
from dash_app.components.flows import FlowStep, flow, flow_card
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.text import plural
from dash_app.formats import count
from dash_app.services import Services
from dash_app.tabs.data.empty import no_run
from dash_app.tabs.data.prediction import model_table, prediction_steps
from dash_app.tabs.data.reading import DataInView
from dash_app.tabs.data.training import LensFlow, lens_steps, read_steps
from db.queries.models import model
from db.queries.run_details import run_details
from db.queries.segments import k_scores, segments


def flow_page(services: Services, found: DataInView) -> Component:
    """Return the two flow charts; without a run, as far as the data came."""
    if found.run is None:
        started = flow(read_steps(found), "From files to features")
        card = flow_card(
            _read_title(found),
            started,
            subtitle="What reading the files did, in order",
            summary=steps_words(read_steps(found)),
            table=steps_table(read_steps(found)),
            currency=found.currency,
            chart_id="data-training",
        )
        return html.Div([card, no_run(found)], className="stack")
    lenses = read_flows(services, found, found.run)
    shown = next((one for one in lenses if one.summary == found.lens), None)
    parts = [_training_card(found, found.run, lenses)]
    if shown is not None:
        parts.append(_prediction_card(found, shown))
    return html.Div(parts, className="stack")


def read_flows(services: Services, found: DataInView, run: RunContext) -> tuple[LensFlow, ...]:
    """Return what the run did with each of its lenses."""
    specs = {spec.name: spec for spec in found.lenses}
    with services.read() as connection:
        details = run_details(connection, run.run_id)
        took = dict(details.timings) if details else {}
        return tuple(
            LensFlow(
                lens,
                specs[lens.name],
                services.cache.get(
                    ("model", lens.segmentation_id),
                    lambda lens=lens: model(connection, lens.segmentation_id),  # type: ignore[misc]
                ),
                k_scores(connection, lens.segmentation_id),
                segments(connection, lens.segmentation_id),
                took.get(specs[lens.name].label),
            )
            for lens in run.lenses
            if lens.name in specs
        )


def steps_table(*parts: tuple[FlowStep, ...]) -> Table:
    """Return steps as a table: what was done, what came of it, how long it took."""
    return table(
        (
            TableColumn("Step"),
            TableColumn("What came of it"),
            TableColumn("How"),
            TableColumn("Time"),
        ),
        [
            (step.title, f"{step.value} {step.noun}", str(step.note), step.time)
            for steps in parts
            for step in steps
        ],
    )


def steps_words(steps: tuple[FlowStep, ...]) -> str:
    """Return the steps as sentences."""
    return " ".join(f"{step.title}: {step.value} {step.noun}, {step.note}." for step in steps)


def _training_card(found: DataInView, run: RunContext, lenses: tuple[LensFlow, ...]) -> Component:
    first = read_steps(found)
    branches = [(one, lens_steps(found, run, one)) for one in lenses]
    total = sum(len(one.segments) for one in lenses)
    drawing: list[Component] = [flow(first, "From files to features")]
    for one, steps in branches:
        drawing += [
            html.H3(
                [one.summary.label, html.Span(one.summary.question, className="flow-question")],
                className="flow-branch",
            ),
            flow(steps, f"From features to segments: {one.summary.label}"),
        ]
    views = plural(len(lenses), "view")
    return flow_card(
        f"How {count(found.report.rows_read)} rows became {total} segments in {views}",
        *drawing,
        subtitle=f"Run {run.run_id} on the import of {plural(len(found.report.files), 'file')}: "
        "its own counts and times",
        summary=" ".join(
            [steps_words(first), *(f"{o.summary.label}: {steps_words(s)}" for o, s in branches)]
        ),
        table=steps_table(first, *(steps for _, steps in branches)),
        currency=found.currency,
        chart_id="data-training",
    )


def _prediction_card(found: DataInView, one: LensFlow) -> Component:
    steps = prediction_steps(one)
    return flow_card(
        f"How one customer is placed: {one.summary.label}",
        flow(steps, "From one customer to a segment"),
        subtitle="The same stored numbers for one customer, a batch and the whole file; the table "
        "has them all",
        summary=steps_words(steps),
        table=model_table(found, one),
        currency=found.currency,
        chart_id="data-prediction",
    )


def _read_title(found: DataInView) -> str:
    rows, features = count(found.report.rows_read), plural(len(found.features), "feature")
    return f"How {rows} rows became {features} of {count(found.snapshot.customers)} customers"
