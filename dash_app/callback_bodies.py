"""Whether a callback request is one that the app's own pages could have sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import Dash, Output
from werkzeug.exceptions import BadRequest, Forbidden

from dash_app.guard import GuardedApp, Permission, Types
from dash_app.roles import Role

MOST_CHANGES = 1000
LARGEST = 10.0**308  # beyond lie NaN, the infinities and whole numbers that no float holds

_KEYS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
_MATCH, _ALL, _ALL_SMALLER = ["MATCH"], ["ALL"], ["ALLSMALLER"]
_LARGEST_INDEX = 2**31 - 1  # our ids count what is in a database, which counts no further
_SCALARS = (str, int, float, bool)

Body = Mapping[str, Any]


def check_body(app: GuardedApp, body: object, role: Role) -> None:
    """Refuse a body that is not of a registered callback (400) or not for this role (403)."""
    if not isinstance(body, dict) or not set(body) <= _KEYS:
        raise BadRequest
    output = body.get("output")
    permission = app.permission(output) if isinstance(output, str) else None
    if permission is None:
        raise BadRequest
    if not role.may_act_as(permission.role):
        raise Forbidden
    _check_scalars(body)
    _check_shape(app.dash, body, permission)


def _check_shape(dash: Dash, body: Body, permission: Permission) -> None:
    """Compare ids, properties, wildcards and types of values with the registered callback."""
    registered = dash.callback_map[body["output"]]
    matched: dict[str, object] = {}
    on_page: dict[str, list[object]] = {}
    for key in ("inputs", "state"):
        given, wanted = body.get(key, []), registered[key]
        if not isinstance(given, list) or len(given) != len(wanted):
            raise BadRequest
        for item, dependency in zip(given, wanted, strict=True):
            _check_dependency(item, dependency, matched, permission)
            _check_same_components(item, dependency, on_page)
    _check_outputs(body, registered, matched)
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or len(changed) > MOST_CHANGES:
        raise BadRequest
    for name in changed:
        _check_changed(name, registered["inputs"])


def _check_dependency(
    given: object,
    wanted: Mapping[str, Any],
    matched: dict[str, object],
    permission: Permission,
) -> None:
    pattern = _pattern(wanted["id"])
    may_be_absent = bool(wanted.get("allow_optional"))
    keys = {"id", "property", "value"} | ({"allow_optional"} if may_be_absent else set())
    for item in _items(given, pattern):
        if not isinstance(item, dict) or not set(item) <= keys:
            raise BadRequest
        if item.get("allow_optional", True) is not True:
            raise BadRequest
        if item.get("property") != wanted["property"]:
            raise BadRequest
        _check_id(item.get("id"), pattern, matched)
        if wanted["property"] == "id" and item.get("value") != item["id"]:
            raise BadRequest
        _check_value(item.get("value"), wanted, permission)


def _check_same_components(
    given: object, wanted: Mapping[str, Any], on_page: dict[str, list[object]]
) -> None:
    """Refuse lists of one pattern's components that differ: a page has the same ones throughout."""
    if isinstance(given, list):
        names = [item["id"] for item in given]
        if on_page.setdefault(wanted["id"], names) != names:
            raise BadRequest


def _check_outputs(body: Body, registered: Mapping[str, Any], matched: dict[str, object]) -> None:
    given = body.get("outputs")
    if registered.get("no_output"):
        if given:
            raise BadRequest
        return
    is_several = not isinstance(registered["output"], Output)
    wanted: Sequence[Output] = registered["output"] if is_several else [registered["output"]]
    several = given if is_several else [given]
    if not isinstance(several, list) or len(several) != len(wanted):
        raise BadRequest
    properties = _output_properties(body["output"], len(wanted))
    for item, dependency, name in zip(several, wanted, properties, strict=True):
        pattern = _pattern(dependency.component_id_str())
        for one in _items(item, pattern):
            if not isinstance(one, dict) or set(one) != {"id", "property"}:
                raise BadRequest
            if one["property"] not in (name, dependency.component_property):
                raise BadRequest
            _check_id(one["id"], pattern, matched)


def _output_properties(output: str, count: int) -> list[str]:
    """Return the properties in a callback's name; duplicates carry a hash behind an @."""
    names = output[2:-2].split("...") if output.startswith("..") else [output]
    if len(names) != count:
        raise BadRequest
    return [name.rpartition(".")[2] for name in names]


def _pattern(identity: str) -> str | dict[str, Any]:
    """Return a registered id as the browser writes it: text, or a mapping with wildcards."""
    return json.loads(identity) if identity.startswith("{") else identity


def _items(given: object, pattern: str | dict[str, Any]) -> list[Any]:
    """Return what was given as a list: ALL and ALLSMALLER stand for any number of components."""
    is_list = isinstance(pattern, dict) and any(
        value in (_ALL, _ALL_SMALLER) for value in pattern.values()
    )
    if not is_list:
        return [given]
    if not isinstance(given, list):
        raise BadRequest
    return given


def _check_id(given: object, pattern: str | dict[str, Any], matched: dict[str, object]) -> None:
    """Compare an id with its pattern; what MATCH stands for is the same throughout a body."""
    if isinstance(pattern, str):
        if given != pattern:
            raise BadRequest
        return
    if not isinstance(given, dict) or set(given) != set(pattern):
        raise BadRequest
    for key, wanted in pattern.items():
        value = given[key]
        if wanted in (_ALL, _ALL_SMALLER, _MATCH):
            if not isinstance(value, _SCALARS):
                raise BadRequest
            if isinstance(value, int) and abs(value) > _LARGEST_INDEX:
                raise BadRequest
            if wanted == _MATCH and matched.setdefault(key, value) != value:
                raise BadRequest
        elif value != wanted or type(value) is not type(wanted):
            raise BadRequest


def _check_value(value: object, wanted: Mapping[str, Any], permission: Permission) -> None:
    name = wanted["property"]
    types: Types | None = permission.types.get(f"{wanted['id']}.{name}") or permission.types.get(
        name
    )
    if value is None or types is None:
        return
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise BadRequest


def _check_changed(name: object, inputs: Sequence[Mapping[str, Any]]) -> None:
    """Refuse the name of a changed property that is none of the callback's inputs."""
    if not isinstance(name, str):
        raise BadRequest
    identity, _, prop = name.rpartition(".")
    try:
        given = json.loads(identity) if identity.startswith("{") else identity
    except ValueError:
        raise BadRequest from None
    for wanted in inputs:
        if wanted["property"] != prop:
            continue
        try:
            _check_id(given, _pattern(wanted["id"]), {})
        except BadRequest:
            continue
        return
    raise BadRequest


def _check_scalars(body: object) -> None:
    """Refuse what no database stores (NUL, halves of surrogate pairs) and no browser writes."""
    for value in _scalars(body):
        if isinstance(value, str):
            _check_text(value)
        elif isinstance(value, int | float) and not abs(value) < LARGEST:
            raise BadRequest


def _check_text(text: str) -> None:
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        raise BadRequest from None
    if b"\0" in encoded:
        raise BadRequest


def _scalars(value: object) -> Iterator[object]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        else:
            yield item
