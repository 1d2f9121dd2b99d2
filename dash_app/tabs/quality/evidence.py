"""The lower part of the page, for analysts: one question at a time, with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from core.readmodels import LensSummary
from dash_app.components.cards import card, cell, grid
from dash_app.components.charts import chart_with_table
from dash_app.components.chips import Tone, chip
from dash_app.components.heights import as_tall_as
from dash_app.components.segments import segment_badge
from dash_app.components.tables import Column, rows_table
from dash_app.figures.base import Chart
from dash_app.figures.clustergram import clustergram
from dash_app.figures.dendrogram import dendrogram
from dash_app.figures.feature_influence import feature_influence
from dash_app.figures.k_scores import k_scores
from dash_app.figures.recipe_agreement import recipe_agreement
from dash_app.figures.silhouette_plot import silhouette_plot
from dash_app.figures.stability_strip import stability_strip
from dash_app.formats import percent
from dash_app.tabs.quality.customers import customers_card
from dash_app.tabs.quality.drivers import telling_and_weighing
from dash_app.tabs.quality.layout import SLUG
from dash_app.tabs.quality.reading import Judged
from dash_app.tabs.quality.tables import tests_table
from dash_app.theme import Theme

_TALLEST = 470  # pixels that a silhouette plot grows to beside a tree


@dataclass(frozen=True, slots=True)
class Question:
    """One part of the evidence; ``view`` stands in the URL, None for the first."""

    view: str | None
    label: str
    draw: Callable[[Judged, Theme], Component]
    of_clusters: bool = False  # no question of groups by rule


def all_tests(found: Judged, theme: Theme) -> Component:  # noqa: ARG001
    """Return the verdict table."""
    tests = found.facts.verdict.tests if found.facts.verdict else ()
    made = tests_table(tests)
    passed = sum(test.passed for test in tests)
    is_rule = bool(found.view.lens.grouping)
    made_when = "the rule's borders were drawn" if is_rule else "the segments were found"
    rows = [
        (
            html.Div([name, html.Div(_outcome(outcome == "yes"), className="quality-outcome")]),
            measured,
            wanted,
            html.Div([reason, *([" ", html.Strong(str(remedy))] if remedy else [])]),
        )
        for name, outcome, measured, wanted, reason, remedy in made.rows
    ]
    return card(
        f"{passed} of {len(tests)} tests passed",
        rows_table(
            (Column("Test"), Column("Measured"), Column("Wanted"), Column("What it means")),
            rows,
            caption="Every test behind the verdict",
            stacks=True,
        ),
        subtitle=f"As measured when {made_when}, with what it means and what helps",
        class_name="quality-tests",
    )


def told_apart(found: Judged, theme: Theme) -> Component:
    """Return the silhouettes against those of a crowd without groups, and the tree."""
    tree = dendrogram(found.quality, found.shown, theme=theme)
    widths = silhouette_plot(found.quality, found.shown, theme=theme)
    if not widths.is_empty:
        widths = as_tall_as(widths, min(tree.height, _TALLEST))
    return grid(
        cell(_drawn(widths, "silhouettes"), 8 if tree.is_empty else 6),
        cell(_drawn(tree, "dendrogram"), 4 if tree.is_empty else 6),
    )


def found_again(found: Judged, theme: Theme) -> Component:
    """Return how well each segment is found again."""
    chart = stability_strip(found.quality, found.shown, theme=theme)
    return grid(cell(_drawn(chart, "stability"), 12))


def why_this_many(found: Judged, theme: Theme) -> Component:
    """Return the sweep, how groups divide, and other recipes."""
    scores = k_scores(found.facts.k_scores, theme=theme, reason=found.facts.choice_reason)
    chosen = next((score.k for score in found.facts.k_scores if score.chosen), found.view.lens.k)
    if chosen != found.view.lens.k and not scores.is_empty:
        scores = replace(scores, title=f"{chosen} segments were chosen, one more goes by a rule")
    cells = [
        cell(_drawn(scores, "k-scores"), 6),
        cell(_drawn(clustergram(found.quality, found.shown, theme=theme), "clustergram"), 6),
    ]
    if found.recipes:
        recipes = recipe_agreement(found.recipes, theme=theme)
        cells.append(cell(_drawn(recipes, "recipes"), 12))
    return grid(*cells)


def what_drives(found: Judged, theme: Theme) -> Component:
    """Return what one feature tells and what it weighs, the influence of the inputs, the rules."""
    chart = feature_influence(found.quality, found.facts.features, theme=theme)
    cells = [cell(_drawn(chart, "influence"), 6), cell(rules_card(found), 6)]
    two = telling_and_weighing(found)
    return grid(*([cell(two, 12)] if two else []), *cells)


def customers(found: Judged, theme: Theme) -> Component:  # noqa: ARG001
    """Return customers to look at."""
    return customers_card(found)


def rules_card(found: Judged) -> Component:
    """Return the short rules with what they hit and miss."""
    ruled = [segment for segment in found.shown if segment.rule]
    if not ruled:
        return card(
            "No short rules",
            html.P("No rule of a few conditions tells these segments apart."),
        )
    title = "Short rules tell the segments apart"
    if found.fidelity is not None:
        title = f"Short rules put {percent(found.fidelity)} of customers into their segment"
    return card(
        title,
        rows_table(
            (
                Column("Segment"),
                Column("Rule"),
                Column("Precision", is_number=True),
                Column("Recall", is_number=True),
            ),
            [
                (
                    segment_badge(segment.name, segment.colour),
                    segment.rule,
                    percent(segment.rule_precision),
                    percent(segment.rule_recall),
                )
                for segment in ruled
            ],
            caption="Short rules with precision and recall",
            stacks=True,
        ),
        subtitle="Precision: of those whom the rule names, how many are in the segment. Recall: of "
        "the segment, how many the rule names",
    )


QUESTIONS = (
    Question(None, "All tests", all_tests),
    Question("groups", "Groups or chance?", told_apart, of_clusters=True),
    Question("again", "Found again?", found_again),
    Question("number", "Why this many?", why_this_many, of_clusters=True),
    Question("drivers", "What drives them?", what_drives),
    Question("customers", "Whom to look at?", customers),
)


def questions_of(lens: LensSummary) -> tuple[Question, ...]:
    """Return what is asked of a lens's segments: of groups by rule nothing about clusters."""
    return tuple(one for one in QUESTIONS if not (lens.grouping and one.of_clusters))


def _drawn(chart: Chart, name: str) -> Component:
    return chart_with_table(chart, chart_id=f"{SLUG}-{name}")


def _outcome(passed: bool) -> Component:
    if passed:
        return chip("Passed", Tone.GOOD, icon_name="check-lg")
    return chip("Not passed", Tone.CARE, icon_name="exclamation-triangle")
