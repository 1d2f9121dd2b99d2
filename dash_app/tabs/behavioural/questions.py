"""The three questions about banking: do they save, do they owe, many small or few large?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dash.development.base_component import Component

from core.readmodels import FeatureInfo
from dash_app.components.cards import cell
from dash_app.components.heights import as_tall_as
from dash_app.figures.base import Chart
from dash_app.figures.canvas import empty_chart
from dash_app.figures.many_small_or_few_large import many_small_or_few_large
from dash_app.figures.saving_and_debt import nobody_has, saving_and_debt
from dash_app.figures.text import in_sentence, joined, named
from dash_app.profiles.answers import Found, holding_answer, indexed, payments_answer
from dash_app.profiles.facts import Facts
from dash_app.profiles.model import Profile

# Which feature answers a question: the first of these that the source has.
_SAVED = ("savings_balance", "total_balances", "sip_amount", "invested_total")
_OWED = ("card_debt", "loan_balance", "card_balance_mean")
_TIMES = ("transactions", "purchases_count", "payments_count")
_AMOUNTS = ("transaction_mean", "purchase_mean", "payment_mean")

_WIDTHS = {0: (), 1: (12,), 2: (6, 6), 3: (4, 4, 4)}  # columns, by how many can be answered
_Panel = tuple[str, Chart]  # name, drawing


def question_cells(found: Profile) -> tuple[Component, ...]:
    """Return a panel for each of the three questions that the source can answer, side by side."""
    charts = [*_payments(found), *_holdings(found)]
    tallest = max((chart.height for _, chart in charts), default=0)
    return tuple(
        cell(found.drawn(as_tall_as(chart, tallest), name), width)
        for (name, chart), width in zip(charts, _WIDTHS[len(charts)], strict=True)
    )


def _holdings(found: Profile) -> Iterator[_Panel]:
    """Yield a panel for saving and one for owing, as far as the source can tell."""
    asked = (
        ("Do they save?", "saving", _first(found.facts, _SAVED)),
        ("Do they owe?", "owing", _first(found.facts, _OWED)),
    )
    for question, name, feature in asked:
        if feature is not None:
            yield name, _holding(found, question, feature)


def _payments(found: Profile) -> Iterator[_Panel]:
    """Yield the panel of how often against how much at a time; none where it is not known."""
    times, amounts = _first(found.facts, _TIMES), _first(found.facts, _AMOUNTS)
    if times is None or amounts is None:
        return
    chart = many_small_or_few_large(
        found.facts.statistics,
        found.shown,
        times,
        amounts,
        theme=found.theme,
        currency=found.currency,
    )
    if not chart.is_empty:
        statistics = indexed(found.facts.statistics)
        answer = payments_answer(times, amounts, found.shown, statistics, found.currency)
        silent = [
            named(s.name) for s in found.shown if not _median(statistics, s.number, times.name)
        ]
        note = f"; without any: {joined(silent)}" if silent else ""
        drawn = f"Median and middle half of each segment{note}"
        chart = replace(chart, title="Many small, or few large?", subtitle=f"{answer}. {drawn}")
    yield "payments", chart


def _holding(found: Profile, question: str, feature: FeatureInfo) -> Chart:
    statistics = found.facts.statistics
    if nobody_has(feature, found.shown, statistics):
        what = in_sentence(feature.label)
        return empty_chart(found.theme, f"{question} Nobody does", f"Nobody has any {what}.", "")
    chart = saving_and_debt(
        statistics, found.shown, (feature,), theme=found.theme, currency=found.currency
    )
    if not chart.is_empty:
        share, most = holding_answer(feature, found.shown, indexed(statistics), found.currency)
        subtitle = f"{most}. {chart.subtitle}" if most else chart.subtitle
        chart = replace(chart, title=f"{question} {share}", subtitle=subtitle)
    return chart


def _median(statistics: Found, segment: int, feature: str) -> float | None:
    row = statistics.get((segment, feature))
    return row.median if row else None


def _first(facts: Facts, names: Sequence[str]) -> FeatureInfo | None:
    """Return the first of the features that the source has and that has statistics."""
    described = {row.feature for row in facts.statistics}
    return next((f for f in facts.numeric(names) if f.name in described), None)
