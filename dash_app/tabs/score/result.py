"""The answer as it is shown first: the segment, three figures, a sentence, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from core.readmodels import LensSummary
from dash_app.components.cards import card
from dash_app.components.charts import chart_with_table
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.components.segments import colour_class
from dash_app.components.words import emphasised, word
from dash_app.figures.waterfall import waterfall
from dash_app.formats import number
from dash_app.tabs.score.answer import Answer
from dash_app.tabs.score.details import place_chart
from dash_app.tabs.score.fields import Field, said
from dash_app.tabs.score.reading import Ground
from dash_app.tabs.score.sentences import lead, nearer_words, warning_sentences
from dash_app.theme import Theme


def result_cards(
    found: Answer,
    fields: Mapping[str, Field],
    ground: Ground | None,
    theme: Theme,
    currency: str,
    *,
    hint: str = "",
) -> list[Component]:
    """Return the answer and what speaks for it; for a segment by rule, the map in its place.

    ``hint``: how to take the answer.
    """
    cards = [answer_card(found, fields, currency, hint)]
    if found.runner_up is not None:
        parts = _contributions(found, fields, currency)
        inputs = [one.feature for one in fields.values()]
        chart = waterfall(parts, found.segment, found.runner_up, inputs, theme=theme)
        cards.append(chart_with_table(chart, chart_id="score-waterfall", currency=currency))
    elif ground is not None:
        chart = place_chart(found, ground, theme)
        cards.append(chart_with_table(chart, chart_id="score-map", currency=currency))
    return cards


def answer_card(
    found: Answer, fields: Mapping[str, Field], currency: str, hint: str = ""
) -> Component:
    """Return segment, figures, lead sentence, hint and warnings."""
    name = html.H2(
        [html.Span(className="segment-dot", **{"aria-hidden": "true"}), found.segment.name],
        className=f"answer-segment {colour_class(found.segment.colour)}",
    )
    told = [
        html.P(f"{found.lens.label} segment", className="answer-lens"),
        name,
    ]
    if found.segment.sentence != found.segment.name:
        told.append(html.P(found.segment.sentence, className="answer-sentence"))
    warnings = warning_sentences(found.explanation.warnings, fields, currency)
    return html.Section(
        [
            html.Div([html.Div(told), _figures(found)], className="answer-head"),
            html.P(emphasised(lead(found)), className="answer-lead"),
            *([html.P(hint, className="field-hint")] if hint else []),
            *([_warnings(warnings)] if warnings else []),
        ],
        className="panel answer",
    )


def outside_card(lens: LensSummary) -> Component:
    """Return why the customer is in no segment of a lens."""
    lacking = lens.lacking or "lack what it needs"
    sentence = f"Customers who {lacking} are not part of the view {lens.label}."
    return card("Not part of this view", notice(sentence, Tone.CARE))


def mistakes_card(mistakes: Mapping[str, str], fields: Mapping[str, Field]) -> Component:
    """Return what must be put right before there is an answer."""
    items = [
        html.Li([html.Strong(fields[name].feature.label), ": ", sentence])
        for name, sentence in mistakes.items()
    ]
    return card(
        "Not scored yet",
        notice("Some of the values cannot be read. Put them right, then score again.", Tone.CARE),
        html.Ul(items, className="headlines"),
    )


def _figures(found: Answer) -> Component:
    explained = found.explanation
    if explained.margin is None or explained.typicality is None:
        return html.Div()
    return html.Div(
        [
            _figure(number(explained.distance), word("distance", "Distance to the segment")),
            _figure(f"{explained.margin:.2f}", word("margin", "Margin")),
            _figure(
                nearer_words(explained.typicality), word("lie nearer its centre", "Typicality")
            ),
        ],
        className="answer-figures",
    )


def _figure(value: str, label: Component) -> Component:
    return html.Div(
        [html.Div(value, className="answer-value"), html.Div(label, className="kpi-note")]
    )


def _warnings(sentences: Sequence[str]) -> Component:
    return html.Ul([html.Li(sentence) for sentence in sentences], className="answer-warnings")


def _contributions(
    found: Answer, fields: Mapping[str, Field], currency: str
) -> list[tuple[str, float, str]]:
    return [
        (
            fields[part.feature].feature.label,
            part.value,
            said(fields[part.feature], found.values[part.feature], currency),
        )
        for part in found.explanation.contributions
    ]
