"""Who the customers are, what they are worth, what changed, can I rely on it: the page."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dash_app.components.cards import card, cell, grid, headline_list, kpi_card, kpi_row
from dash_app.components.charts import chart_with_table
from dash_app.components.chips import stability_chip
from dash_app.components.lenses import lens_switch
from dash_app.components.links import link
from dash_app.components.segments import segment_badge
from dash_app.components.words import word
from dash_app.context import View
from dash_app.figures.segment_shares import segment_shares
from dash_app.figures.share_history import share_history
from dash_app.figures.text import in_sentence
from dash_app.formats import count, day
from dash_app.privacy import shown_segments
from dash_app.profiles.reliability import insight_only, uses
from dash_app.tabs.overview.agreement import agreement_card
from dash_app.tabs.overview.clients import clients_card
from dash_app.tabs.overview.findings import (
    KeyFigure,
    movement_figure,
    movers_figure,
    stable_figure,
    stressed,
    value_figure,
)
from dash_app.tabs.overview.reading import Overview
from dash_app.theme import Theme


def overview_page(found: Overview, view: View, theme: Theme, smallest: int) -> Component:
    """Return key figures, shares, history or verdict, action clients and headlines."""
    return html.Div(
        [
            kpi_row(*(_kpi(figure) for figure in key_figures(found, view, smallest))),
            grid(
                cell(_shares(found, view, theme, smallest), 7),
                cell(_history(found, view, theme), 5),
                *_words(found, view),
            ),
        ],
        className="stack",
    )


def overview_switch(view: View) -> Component:
    """Return the lenses of the run to choose from."""
    return lens_switch(view.run.lenses, view.lens.name, lambda name: view.href(lens=name))


def key_figures(found: Overview, view: View, smallest: int) -> tuple[KeyFigure, ...]:
    """Return customers, value, stability, and what moved or else how far to trust."""
    level = view.lens.verdict
    trust = KeyFigure(
        "Can I rely on it?", level.value, uses(level).split(";")[0].rstrip("."), key="verdict"
    )
    return (
        KeyFigure("Customers", count(view.run.customers), f"as of {day(view.run.as_of)}"),
        value_figure(found.segments, found.value, found.value_median, view.currency),
        stable_figure(found.segments),
        movers_figure(found.migration, smallest) or movement_figure(found.shares) or trust,
    )


def _kpi(figure: KeyFigure) -> Component:
    label = word(figure.label, figure.key) if figure.key else figure.label
    return kpi_card(label, figure.value, figure.note, tone=figure.tone, exact=figure.exact)


def _shares(found: Overview, view: View, theme: Theme, smallest: int) -> Component:
    chart = segment_shares(
        shown_segments(found.segments, smallest),
        theme=theme,
        currency=view.currency,
        value=found.value,
    )
    return chart_with_table(chart, chart_id="overview-shares", currency=view.currency)


def _history(found: Overview, view: View, theme: Theme) -> Component:
    """Return how shares moved; with a single run, what the segments can be used for."""
    if len({share.run_id for share in found.shares}) < 2:
        return _trust(found, view)
    chart = share_history(found.shares, found.segments, theme=theme, currency=view.currency)
    return chart_with_table(chart, chart_id="overview-history", currency=view.currency)


def _trust(found: Overview, view: View) -> Component:
    """Return what the segments can be used for, and how surely each one is found again."""
    level, caution = view.lens.verdict, insight_only(found.inputs)
    reason = found.verdict.reason if found.verdict else ""
    return card(
        "What you can use them for",
        html.P(uses(level), className="lead-use"),
        *(html.P(text) for text in (reason, caution) if text),
        html.Ul(
            [
                html.Li(
                    [segment_badge(s.name, s.colour), stability_chip(s.stability, None)],
                )
                for s in found.segments
            ],
            className="surely",
        ),
        html.P(link("How we know", view.href(tab=view.lens.side), "more")),
        subtitle=f"The {in_sentence(view.lens.label)} view; movements appear here with the second "
        "run",
    )


def _words(found: Overview, view: View) -> tuple[Component, ...]:
    """Return whom to call beside the sentences; the long list, where there is one, at the left."""
    clients = clients_card(found.clients, found.segments, found.value, view.currency)
    agreement = agreement_card(found.comparisons, view)
    short = [agreement] if agreement is not None else []
    if found.clients:
        return cell(clients, 7), cell([_sentences(found), *short], 5)
    beside = [cell(one, 5) for one in short]
    return (cell(_sentences(found), 7 if beside else 12), *beside, cell(clients, 12))


def _sentences(found: Overview) -> Component:
    words = {1: "one sentence", 2: "two sentences", 3: "three sentences"}
    told = words.get(len(found.headlines), "short")
    return headline_list(f"In {told}", [stressed(line) for line in found.headlines])
