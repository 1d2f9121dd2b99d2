"""The upper part of the page, for everybody: the answer, what to do with it, the reasons."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import card, cell, grid, kpi_card, kpi_row, lead_sentence
from dash_app.components.chips import icon, verdict_chip
from dash_app.components.words import only_read_aloud, word
from dash_app.figures.lookup import labels
from dash_app.figures.text import in_sentence
from dash_app.formats import whole_percent
from dash_app.profiles.reliability import in_stable_segments, insight_only, uses
from dash_app.tabs.quality.reading import Judged
from dash_app.tabs.quality.reasons import NOT_TESTED, Reason, answer, reasons


def verdict_part(found: Judged) -> tuple[Component, ...]:
    """Return the answer in a sentence, what one may do, three reasons and the key figures."""
    lens, verdict = found.view.lens, found.facts.verdict
    words = verdict.reason if verdict else "This run kept no verdict."
    caution = insight_only(found.facts.named(lens.inputs))
    may = card(
        "What you may do with them",
        html.P([verdict_chip(lens.verdict, lens.label), " ", html.Strong(uses(lens.verdict))]),
        *([html.P(caution, className="caution")] if caution else []),
    )
    ranked = reasons(verdict.tests) if verdict else ()
    why = card(
        "Why",
        html.Ul([_reason(one) for one in ranked], className="checks quality-why"),
        *([html.P(NOT_TESTED, className="card-subtitle")] if lens.grouping else []),
    )
    return (
        lead_sentence(words, answer(lens.verdict, by_rule=bool(lens.grouping))),
        grid(cell(may, 5), cell(why, 7)),
        key_figures(found),
    )


def key_figures(found: Judged) -> Component:
    """Return how many are in stable segments, the least certain one, and what weighs most."""
    total = sum(segment.size for segment in found.segments)
    stable = in_stable_segments(found.segments) / total if total else 0.0
    cards = [
        kpi_card(
            word("In stable segments", "Stability"),
            whole_percent(stable),
            "of customers: other draws of customers give their segment again",
        )
    ]
    measured = [segment for segment in found.shown if segment.jaccard is not None]
    if measured:
        least = min(measured, key=lambda segment: segment.jaccard or 0.0)
        cards.append(
            kpi_card(
                word("Least certain segment", "Stability"),
                whole_percent(least.jaccard),
                f"of {least.name} is found again",
            )
        )
    quality = found.quality
    if quality.silhouette is not None and quality.null_silhouettes:
        cards.append(
            kpi_card(
                word("Told apart", "Silhouette"),
                f"{quality.silhouette:.2f}",
                f"of 1; the best of {len(quality.null_silhouettes)} smooth crowds cut alike has "
                f"{max(quality.null_silhouettes):.2f}",
            )
        )
    if quality.influences:
        first = quality.influences[0]
        name = labels(found.facts.features).get(first.feature, first.feature)
        cards.append(
            kpi_card(
                word("Weighs most", "Influence of a feature"),
                whole_percent(first.changed),
                f"of customers would change segment if {in_sentence(name)} alone had other values",
            )
        )
    return kpi_row(*cards)


def _reason(one: Reason) -> Component:
    if one.speaks_for:
        return html.Li(
            [icon("check-lg"), html.Span([only_read_aloud("For: "), one.sentence])],
        )
    return html.Li(
        [
            icon("exclamation-triangle"),
            html.Span([only_read_aloud("Against: "), html.Strong(one.sentence), " ", one.remedy]),
        ]
    )
