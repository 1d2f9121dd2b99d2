"""What makes one segment different: raw values first, then how strong the difference is."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import Differentiator, FeatureInfo, SegmentSummary
from dash_app.components.cards import card
from dash_app.components.segments import colour_class
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import emphasised, led_by_label, only_read_aloud
from dash_app.formats import format_value, percent, points, quantity, signed

_ROWS = 8
_AT_LEAST = 4  # rows that are shown however weak
_SLIGHT = 0.147
_STRENGTHS = ((0.474, "strong"), (0.33, "clear"), (_SLIGHT, "slight"))  # Romano et al. (2006)
_MEASURES = {"mean": "on average", "p25": "lower quarter", "p75": "upper quarter"}


def differences_card(
    segment: SegmentSummary,
    differentiators: Sequence[Differentiator],
    features: Sequence[FeatureInfo],
    currency: str,
) -> Component:
    """Return the table of the strongest differences and the rule of thumb."""
    known = {feature.name: feature for feature in features}
    rows = strongest(segment, differentiators, known)
    caption = f"What makes {segment.name} different"
    table = rows_table(
        (
            Column("Feature"),
            Column("Typical here", is_number=True),
            Column("Everyone else", is_number=True),
            Column("Difference", is_number=True),
            Column("Strength"),
        ),
        [_row(row, known[row.feature], currency) for row in rows],
        caption=caption,
    )
    nothing = html.P("Nothing sets this segment clearly apart from everyone else.")
    rule = rule_of_thumb(segment)
    return card(
        ["What makes ", html.Span(segment.name, className="segment-name"), " different"],
        table if rows else nothing,
        *([html.P(emphasised(rule), className="rule-of-thumb")] if rule else []),
        subtitle="Medians, or shares of customers, against everyone else; strongest first",
        class_name=f"differences {colour_class(segment.colour)}",
    )


def strongest(
    segment: SegmentSummary,
    differentiators: Sequence[Differentiator],
    known: dict[str, FeatureInfo],
) -> tuple[Differentiator, ...]:
    """Return the segment's strongest differences, without those that say the same again."""
    mine = [
        row
        for row in differentiators
        if row.segment == segment.number and row.feature in known and not row.echoes
    ]
    ranked = sorted(mine, key=lambda row: row.rank)[:_ROWS]
    return tuple(r for i, r in enumerate(ranked) if i < _AT_LEAST or abs(r.effect) >= _SLIGHT)


def rule_of_thumb(segment: SegmentSummary) -> str:
    """Return the segment's rule as a sentence with what it finds and how often it is right."""
    if not segment.rule:
        return ""
    sentence = f"Rule of thumb: **{segment.rule}**"
    if segment.rule_recall is None or segment.rule_precision is None:
        return f"{sentence}."
    return (
        f"{sentence} → finds {percent(segment.rule_recall, 0)} of this segment, and "
        f"{percent(segment.rule_precision, 0)} of those it finds belong to it."
    )


def strength(effect: float) -> str:
    """Return how strong a difference is, in a word.

    >>> strength(-0.6), strength(0.4), strength(0.2), strength(0.05)
    ('strong', 'clear', 'slight', 'hardly any')
    """
    return next((word for least, word in _STRENGTHS if abs(effect) >= least), "hardly any")


def difference_words(row: Differentiator, feature: FeatureInfo, currency: str) -> str:
    """Return the difference in raw units with its sign, or in percentage points."""
    if row.level or Kind(feature.kind) in (Kind.SHARE, Kind.FLAG):
        return points(row.difference)
    return signed(_value(row.difference, row, feature, currency), row.difference)


def _row(row: Differentiator, feature: FeatureInfo, currency: str) -> tuple[object, ...]:
    return (
        led_by_label(_label(row, feature), {feature.label: feature.name}),
        _value(row.here, row, feature, currency),
        _value(row.elsewhere, row, feature, currency),
        html.Strong(difference_words(row, feature, currency)),
        _bar(row.effect),
    )


def _label(row: Differentiator, feature: FeatureInfo) -> str:
    if row.level:
        return f"{feature.label}: {row.level}"
    measure = _MEASURES.get(row.measure, "")
    return f"{feature.label} ({measure})" if measure else feature.label


def _value(value: float, row: Differentiator, feature: FeatureInfo, currency: str) -> str:
    if row.level or row.measure == "share":
        return percent(value)
    if feature.kind == Kind.COUNT:  # the label says what is counted
        return quantity(value, "")
    return format_value(value, feature.kind, feature.unit, currency)


def _bar(effect: float) -> Component:
    word = strength(effect)
    filled = html.Span(className="effect-fill", style={"width": f"{100 * abs(effect):.0f}%"})
    return html.Span(
        [html.Span(filled, className="effect-bar"), only_read_aloud(word)],
        className="effect" if effect >= 0 else "effect effect-lower",
        title=f"{word.capitalize()}: {'higher' if effect >= 0 else 'lower'} than everyone else",
    )
