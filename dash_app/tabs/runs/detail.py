"""One run closely: why this many segments, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from core.readmodels import TrustTest
from core.segmentation.labels import ALGORITHM_LABELS
from dash_app.components.cards import card, cell, grid
from dash_app.components.charts import chart_with_table
from dash_app.components.chips import icon, verdict_chip
from dash_app.components.tables import Column, data_table, rows_table
from dash_app.components.words import only_read_aloud
from dash_app.figures.k_scores import k_scores
from dash_app.figures.recipe_agreement import recipe_agreement
from dash_app.figures.run_timings import run_timings
from dash_app.profiles.reliability import uses
from dash_app.tabs.runs.reading import LensDetail, RunDetail
from dash_app.tabs.runs.words import (
    SCALER_LABELS,
    range_words,
    step_words,
)
from dash_app.theme import Theme


def detail_page(found: RunDetail, theme: Theme) -> Component | None:
    """Return a row per lens, timings and parameters of a run; nothing for one that failed."""
    if not found.lenses:
        return None
    labels = [lens.summary.label for lens in found.lenses]
    steps = [(step_words(step, labels), seconds) for step, seconds in found.details.timings]
    timings = run_timings(steps, theme=theme)
    return grid(
        *(one for lens in found.lenses for one in _lens_cells(lens, theme)),
        cell(chart_with_table(timings, chart_id="runs-timings"), 5),
        cell(parameters_card(found), 7),
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
                ALGORITHM_LABELS.get(lens.spec.algorithm, lens.spec.algorithm)
                if lens.spec.grouping is None
                else "none, groups by rule",
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
        rows_table(columns, rows, caption="Parameters of the run by view", stacks=True),
        html.P(f"Seed {found.summary.seed}. {libraries}.", className="card-subtitle"),
        subtitle="The same data, choices, seed and versions give the same segments again",
    )


def _lens_cells(lens: LensDetail, theme: Theme) -> tuple[Component, ...]:
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
    if lens.spec.grouping is not None:  # of a rule no numbers are tried
        return (cell(words, 12),)
    drawn = chart_with_table(chart, chart_id=f"runs-k-scores-{summary.name}")
    return cell(words, 5), cell(drawn, 7), *_recipes(lens, theme)


def _recipes(lens: LensDetail, theme: Theme) -> tuple[Component, ...]:
    """Return other scalers and algorithms as a chart and all their figures; none if not tried."""
    if not lens.recipes:
        return ()
    chart = recipe_agreement(lens.recipes, theme=theme)
    named = replace(chart, title=f"{lens.summary.label}: {chart.title}")
    figures = card(
        "Scalers and algorithms side by side",
        data_table(chart.table, currency="", caption=f"Recipes of {lens.summary.label}"),
        subtitle="All into as many segments, but for DBSCAN, which finds its own number and leaves "
        "customers in none. Silhouettes are in each scaler’s own distances; stability is the mean "
        "bootstrap Jaccard of the least certain segment",
    )
    chart_id = f"runs-recipes-{lens.summary.name}"
    return cell(chart_with_table(named, chart_id=chart_id), 4), cell(figures, 8)


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
