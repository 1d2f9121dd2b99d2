"""One run closely: why this many segments, how it was made, and making it live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from core.readmodels import RunStatus, TrustTest, VerdictLevel
from core.segmentation.labels import ALGORITHM_LABELS
from dash_app.components.cards import card, cell, grid
from dash_app.components.charts import chart_with_table
from dash_app.components.chips import Tone, icon, status_chip, verdict_chip
from dash_app.components.empty import empty_state, notice
from dash_app.components.forms import action_link, button
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import only_read_aloud
from dash_app.figures.k_scores import k_scores
from dash_app.figures.run_timings import run_timings
from dash_app.formats import day, moment
from dash_app.profiles.reliability import uses
from dash_app.tabs.runs.layout import PUBLISH, ROLL_BACK
from dash_app.tabs.runs.reading import History, LensDetail, RunDetail
from dash_app.tabs.runs.words import (
    SCALER_LABELS,
    choices_in_words,
    duration,
    range_words,
    step_words,
)
from dash_app.theme import Theme

Address = Callable[..., str]


def detail_page(
    found: RunDetail, history: History, theme: Theme, address: Address, *, may_publish: bool
) -> Component:
    """Return head, a row per lens, timings and parameters of a run."""
    head = cell(head_card(found, history, address, may_publish=may_publish), 12)
    if not found.lenses:
        return grid(head)
    labels = [lens.summary.label for lens in found.lenses]
    steps = [(step_words(step, labels), seconds) for step, seconds in found.details.timings]
    timings = run_timings(steps, theme=theme)
    return grid(
        head,
        *(one for lens in found.lenses for one in _lens_cells(lens, theme)),
        cell(chart_with_table(timings, chart_id="runs-timings"), 5),
        cell(parameters_card(found), 7),
    )


def no_such_run(dataset_title: str, href: str) -> Component:
    """Return what stands there for a run that is not of this data set."""
    return empty_state(
        "There is no such run",
        f"{dataset_title} has no run of that number among its latest. Choose one above.",
        actions=(action_link("Show the published run", href),),
    )


def head_card(
    found: RunDetail, history: History, address: Address, *, may_publish: bool
) -> Component:
    """Return what the run is, a way to look at it, and to make it live."""
    run = found.summary
    facts = [
        f"Data to {day(run.as_of)}",
        f"started {moment(run.started_at)} UTC",
        choices_in_words(run.config, history.labels),
    ]
    if run.finished_at is not None:
        facts.insert(2, f"took {duration(run.started_at, run.finished_at)}")
    parts: list[Component] = [html.P(" · ".join(facts), className="text-muted")]
    if run.message:
        parts.append(notice(run.message, Tone.BAD if run.status is RunStatus.FAILED else Tone.CARE))
    if run.lenses:
        look = action_link("Look at its segments", address(tab="overview", run=run.run_id))
        actions = [look, *(publishing(found, history) if may_publish else [])]
        parts.append(html.Div(actions, className="run-actions"))
    title = [f"Run {run.run_id}", status_chip(run.status)]
    return card(html.Span(title, className="run-title"), *parts, class_name="run-head")


def publishing(found: RunDetail, history: History) -> list[Component]:
    """Return the way to publish a run, or to take back the live one; both ask again."""
    run, live = found.summary, history.live
    if run.status is RunStatus.PUBLISHED:
        if history.before is None:
            return []
        return [
            confirmed(
                f"Roll back to run {history.before}…",
                f"Run {history.before} becomes what everybody sees; run {run.run_id} stays in the "
                "history and can be published again.",
                button(f"Roll back to run {history.before}", ROLL_BACK, kind="primary"),
            )
        ]
    if run.status not in (RunStatus.DRAFT, RunStatus.SUPERSEDED):
        return []
    if refusal := refused(found):
        return [notice(refusal, Tone.BAD)]
    return [
        confirmed(
            "Publish…",
            publish_question(found, None if live is None else int(live.run_id)),
            button(f"Publish run {run.run_id}", PUBLISH, kind="primary"),
        )
    ]


def refused(found: RunDetail) -> str:
    """Return why a run must not be published; nothing if it may."""
    for lens in found.lenses:
        if lens.summary.verdict is VerdictLevel.REFUSE:
            reason = lens.verdict.reason if lens.verdict else ""
            return (
                f"This run cannot be published: the {lens.summary.label.lower()} segments are "
                f"judged “{VerdictLevel.REFUSE.value}”. {reason}".strip()
            )
    return ""


def publish_question(found: RunDetail, live: int | None) -> str:
    """Return what publishing would do, with a caution where the verdict is weak."""
    run = found.summary
    instead = f" instead of run {live}" if live is not None else ""
    weak = [
        lens.summary.label.lower()
        for lens in found.lenses
        if lens.summary.verdict is VerdictLevel.WEAK
    ]
    caution = (
        f" The {' and '.join(weak)} segments are judged “{VerdictLevel.WEAK.value}”."
        if weak
        else ""
    )
    return (
        f"Everybody will see run {run.run_id}{instead}. Views that it does not have stay as they "
        f"are.{caution}"
    )


def confirmed(summary: str, question: str, action: Component) -> Component:
    """Return a disclosure that asks before it acts."""
    return html.Details(
        [
            html.Summary(summary, className="button button-secondary"),
            html.Div([html.P(question), action], className="confirm"),
        ],
        className="confirmed",
    )


def parameters_card(found: RunDetail) -> Component:
    """Return how each lens was run, and what it takes to run it again."""
    columns = (
        Column("View"),
        Column("Segments tried"),
        Column("Scale of the inputs"),
        Column("Algorithm"),
        Column("Inputs", is_number=True),
        Column("Model"),
    )
    prints = dict(found.details.models)
    rows = [
        (
            lens.summary.label,
            range_words(lens.spec),
            SCALER_LABELS[lens.spec.scaler],
            html.Span(
                ALGORITHM_LABELS.get(lens.spec.algorithm, lens.spec.algorithm),
                className="text-nowrap",
            ),
            str(len(lens.spec.features)),
            html.Code(prints.get(lens.summary.name, "")[:12], title=prints.get(lens.summary.name)),
        )
        for lens in found.lenses
    ]
    libraries = ", ".join(f"{name} {version}" for name, version in found.details.versions)
    return card(
        "How it was made",
        rows_table(columns, rows, caption="Parameters of the run by view"),
        html.P(f"Seed {found.summary.seed}. {libraries}.", className="card-subtitle"),
        subtitle="The same data, choices, seed and versions give the same segments again",
    )


def _lens_cells(lens: LensDetail, theme: Theme) -> tuple[Component, Component]:
    summary = lens.summary
    chart = k_scores(lens.scores, theme=theme, reason="Four scores over the numbers tried")
    chosen = next((score.k for score in lens.scores if score.chosen), summary.k)
    if chosen != summary.k and not chart.is_empty:
        chart = replace(chart, title=f"{chosen} segments were chosen, one more goes by a rule")
    words = card(
        f"{summary.label}: {summary.k} segments",
        html.P([verdict_chip(summary.verdict, summary.label), " ", uses(summary.verdict)]),
        *([html.P(lens.verdict.reason)] if lens.verdict else []),
        *([_tests(lens.verdict.tests)] if lens.verdict and lens.verdict.tests else []),
        html.H3(f"Why {summary.k} segments"),
        html.P(lens.reason),
        subtitle=summary.question,
        class_name="reliability",
    )
    drawn = chart_with_table(chart, chart_id=f"runs-k-scores-{summary.name}")
    return cell(words, 5), cell(drawn, 7)


def _tests(tests: Sequence[TrustTest]) -> Component:
    """Return the tests behind a verdict; those not passed first, with figures and remedy."""
    ranked = sorted(tests, key=lambda test: test.passed)
    return html.Ul([html.Li(_test(test)) for test in ranked], className="test-list")


def _test(test: TrustTest) -> list[Component]:
    if test.passed:
        sign = html.Span([icon("check-lg"), only_read_aloud("Passed: ")], className="text-good")
        return [sign, html.Span(test.name, title=test.figure)]
    sign = html.Span([icon("x-lg"), only_read_aloud("Not passed: ")], className="text-care")
    words = f"{test.figure.rstrip('.')}. {test.remedy}"
    return [sign, html.Span([html.Strong(test.name), html.Div(words, className="field-hint")])]
