"""Any callback of a tab, asked as the browser asks it: ids and properties as registered."""

from __future__ import annotations

import json
from typing import Any

from dash import Dash
from flask.testing import FlaskClient

from tests.dash_app.fakes import LOCAL, call

Values = dict[str, Any]


def request_of(app: Dash, output: str, values: Values, changed: str) -> dict[str, Any]:
    """Return the body that calls the callback of ``output`` that listens to what changed.

    ``values`` are by ``id.property``; for a pattern-matching id by ``type.property`` and index.
    """
    (name,) = [
        key
        for key, registered in app.callback_map.items()
        if f"{output}." in key and any(_changes(one, changed) for one in registered["inputs"])
    ]
    registered = app.callback_map[name]
    return {
        "output": name,
        "outputs": _outputs(name),
        "inputs": [_dependency(one, values) for one in registered["inputs"]],
        "state": [_dependency(one, values) for one in registered["state"]],
        "changedPropIds": [changed],
    }


def ask(
    app: Dash,
    output: str,
    values: Values,
    changed: str,
    client: FlaskClient | None = None,
    **options: Any,
) -> Any:
    """Return the answer of a callback."""
    body = request_of(app, output, values, changed)
    return call(client or app.server.test_client(), body, **{"base_url": LOCAL, **options})


def answered(app: Dash, output: str, values: Values, changed: str) -> dict[str, dict[str, Any]]:
    """Return what a callback answers, by id and property; nothing where it changes nothing."""
    answer = ask(app, output, values, changed)
    assert answer.status_code in (200, 204), answer.get_data(as_text=True)
    if answer.status_code == 204:
        return {}
    response: dict[str, dict[str, Any]] = answer.get_json()["response"]
    return response


def _changes(one: dict[str, Any], changed: str) -> bool:
    """Whether a dependency is what changed; every index of a pattern is."""
    identity, _, prop = changed.rpartition(".")
    if not identity.startswith("{"):
        return (one["id"], one["property"]) == (identity, prop)
    kind = json.loads(identity)["type"]
    return one["property"] == prop and f'"type":"{kind}"' in one["id"]


def _outputs(name: str) -> Any:
    if not name.startswith(".."):
        return _output(name)
    return [_output(part) for part in name[2:-2].split("...")]


def _output(name: str) -> dict[str, Any]:
    identity, _, prop = name.rpartition(".")
    return {"id": identity, "property": prop}


def _dependency(one: dict[str, Any], values: Values) -> Any:
    identity, prop = one["id"], one["property"]
    if not identity.startswith("{"):
        found = {"id": identity, "property": prop, "value": values.get(f"{identity}.{prop}")}
        return {**found, "allow_optional": True} if one.get("allow_optional") else found
    kind = json.loads(identity)["type"]
    by_index = values.get(f"{kind}.{prop}", {})
    return [
        {"id": {"type": kind, "index": index}, "property": prop, "value": value}
        for index, value in by_index.items()
    ]
