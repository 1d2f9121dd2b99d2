"""The generated form: a control per input, filled with a customer's values or typical ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from core.features.base import Kind
from dash_app.components.forms import field
from dash_app.components.words import feature_label
from dash_app.formats import currency_symbol
from dash_app.tabs.score.fields import NOT_KNOWN, Field, Value, hint, unit_of, written
from dash_app.tabs.score.layout import LONGEST_NAME, as_html_id, error_id, field_id


def form_fields(
    fields: Sequence[Field], values: Mapping[str, Value], currency: str
) -> list[Component]:
    """Return the fields with their values."""
    return [_field(one, values.get(one.name), currency) for one in fields]


def _field(one: Field, value: Value, currency: str) -> Component:
    identity = field_id(one.name)
    words = hint(one, currency)
    drawn = field(
        feature_label(one.feature.label, one.name),
        _choice(one, value) if one.is_choice else _text(one, value),
        field_id=as_html_id(identity),
        hint=words,
        unit=unit_of(one, currency_symbol(currency)),
    )
    error = html.Div(id=error_id(one.name), className="field-error", role="alert")
    return html.Div([drawn, error], className="score-field")


def _text(one: Field, value: Value) -> Component:
    return dbc.Input(
        id=field_id(one.name),
        type="text",
        inputmode="decimal",
        value=written(one, value),
        placeholder="not known",
        autocomplete="off",
        maxlength=LONGEST_NAME,
        debounce=True,
        className="number",
    )


def _choice(one: Field, value: Value) -> Component:
    chosen = written(one, value)
    if one.kind is Kind.FLAG:
        options = [{"label": "yes", "value": "1"}, {"label": "no", "value": "0"}]
    else:
        options = [{"label": level, "value": level} for level in one.levels]
    options.insert(0, {"label": "not known", "value": NOT_KNOWN})
    if chosen not in {option["value"] for option in options}:
        options.append({"label": f"{chosen} (new to the model)", "value": chosen})
    return dbc.Select(id=field_id(one.name), options=options, value=chosen)
