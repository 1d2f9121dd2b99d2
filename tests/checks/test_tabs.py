"""Conformance of every tab in TABS: what add-a-tab.md promises, checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from dash import Dash
from dash.development.base_component import Component
from werkzeug.test import TestResponse

from core.readmodels import RunId
from dash_app.frame import tab_links
from dash_app.guard import GuardedApp
from dash_app.roles import Role
from dash_app.selection import HOME, Selection
from dash_app.services import Services
from dash_app.shell_layout import shell_layout
from dash_app.tabs.base import Group, Tab
from dash_app.tabs.registry import TABS
from tests.dash_app.fakes import (
    LOCAL,
    SECURE,
    Users,
    call,
    make_app,
    published,
    server_app,
    services,
    writer,
)

__all__ = ["published", "services", "writer"]

EACH_TAB = pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.slug)
SHELL = shell_layout(None, may_look_up=True)


@pytest.fixture
def app(services: Services) -> Dash:
    return make_app(services, tabs=TABS)


def test_the_registry_begins_at_home_and_keeps_groups_together() -> None:
    assert TABS[0].slug == HOME
    assert len({tab.slug for tab in TABS}) == len(TABS)
    groups = [group for group, _ in groupby(TABS, key=lambda tab: tab.group)]
    assert groups == sorted(groups, key=list(Group).index)
    assert len(set(groups)) == len(groups)


@EACH_TAB
def test_a_slug_is_short_and_a_label_is_a_word_or_two(tab: Tab) -> None:
    assert re.fullmatch("[a-z][a-z-]{1,20}", tab.slug)
    assert 0 < len(tab.label) <= 16


@EACH_TAB
def test_the_layout_is_a_skeleton_without_anything_from_outside(tab: Tab) -> None:
    first, second = tab.layout(), tab.layout()
    assert first is not second
    assert _sent(first) == _sent(second)


@EACH_TAB
def test_there_is_one_title(tab: Tab) -> None:
    titles = [part for part in _components(tab.layout()) if type(part).__name__ == "H1"]
    assert len(titles) == 1


@EACH_TAB
def test_ids_are_unique_and_begin_with_the_slug(tab: Tab) -> None:
    ids = list(_ids(tab.layout()))
    assert len(ids) == len(set(ids))
    assert [one for one in ids if not _name(one).startswith(f"{tab.slug}-")] == []
    assert set(ids).isdisjoint(_ids(SHELL))


@EACH_TAB
def test_every_callback_has_a_role_and_ids_that_exist(tab: Tab, services: Services) -> None:
    app = make_app(services, tabs=())
    guarded = GuardedApp(app)
    before = set(app.callback_map)
    tab.register(guarded, services)
    known = {*_ids(SHELL), *_ids(tab.layout())}
    for output in set(app.callback_map) - before:
        registered = app.callback_map[output]
        assert "callback" not in registered or isinstance(guarded.permission(output).role, Role)
        for dependency in (*registered["inputs"], *registered["state"]):
            is_there = dependency["id"] in known or dependency["id"].startswith("{")
            assert is_there or dependency.get("allow_optional"), dependency
        for name in _output_ids(output, registered):
            assert name in known or name.startswith("{"), name


@EACH_TAB
def test_the_address_answers_and_the_tab_is_in_the_navigation(tab: Tab, app: Dash) -> None:
    assert app.server.test_client().get(f"/{tab.slug}", base_url=LOCAL).status_code == 200
    links = "".join(_sent(group) for group in tab_links(Selection(tab=tab.slug), TABS))
    assert f'"/{tab.slug}"' in links


@EACH_TAB
@pytest.mark.parametrize(
    "search",
    ["", "?lens=behavioural", "?lens=none&a=x&b=y&s=q&view=z&f=f&by=g", "?run=99", "?d=none"],
)
def test_no_callback_fails_whatever_the_address_asks_for(
    tab: Tab, app: Dash, published: RunId, search: str
) -> None:
    assert {output: code for output, code in _answers(app, tab, search) if code >= 500} == {}


@EACH_TAB
def test_no_callback_fails_without_any_data(tab: Tab, app: Dash) -> None:
    assert {output: code for output, code in _answers(app, tab, "") if code >= 500} == {}


@EACH_TAB
def test_no_password_is_typed_into_the_app(tab: Tab, services: Services, published: RunId) -> None:
    """The original asked for the password of its cluster in a field of the dashboard."""
    app = make_app(services, tabs=TABS)
    sent = [_sent(tab.layout()), *(text for _, text in _said(app, tab, ""))]
    fields = [field for text in sent for field in _fields(json.loads(text))]
    assert [field for field in fields if _asks_for_a_secret(field)] == []


def test_the_page_to_sign_in_has_the_only_password_field(services: Services) -> None:
    page = server_app(services, Users(), tabs=TABS).server.test_client()
    signing_in = page.get("/login", base_url=SECURE).text
    assert re.findall('type="password"', signing_in) == ['type="password"']
    assert 'type="password"' not in _sent(SHELL)
    assert not any(map(_asks_for_a_secret, _fields(json.loads(_sent(SHELL)))))


@EACH_TAB
@pytest.mark.parametrize("strange", [None, True, -1, 1e308, "", "x", "\u202e", [], {}, [[{}]]])
def test_no_callback_fails_on_a_strange_value(
    tab: Tab, app: Dash, published: RunId, strange: object
) -> None:
    found = {output: code for output, code in _answers(app, tab, "", strange) if code >= 500}
    assert found == {}


def test_no_callback_sets_off_itself_through_others(app: Dash) -> None:
    """Writing the URL is the one way round: it ends when the address no longer changes."""
    leads_to: dict[str, set[str]] = {}
    for entry in app._callback_list:
        outputs = _props(entry["output"]) - {"url.search", "url.href", "url.pathname"}
        for given in entry["inputs"]:
            leads_to.setdefault(f"{given['id']}.{given['property']}", set()).update(outputs)
    for start in leads_to:
        reached: set[str] = set()
        waiting = list(leads_to[start])
        while waiting:
            prop = waiting.pop()
            if prop not in reached:
                reached.add(prop)
                waiting.extend(leads_to.get(prop, ()))
        assert start not in reached, start


def _answers(app: Dash, tab: Tab, search: str, strange: object = None) -> Iterator[tuple[str, int]]:
    for output, answer in _called(app, tab, search, strange):
        yield output, answer.status_code


def _said(app: Dash, tab: Tab, search: str) -> Iterator[tuple[str, str]]:
    """Return what every callback that has something to say answers, as JSON."""
    for output, answer in _called(app, tab, search):
        if answer.status_code == 200:
            yield output, answer.text


def _called(
    app: Dash, tab: Tab, search: str, strange: object = None
) -> Iterator[tuple[str, TestResponse]]:
    """Call every server callback that the tab wrote to the page, as a browser would."""
    client = app.server.test_client()
    for output, registered in app.callback_map.items():
        concerns = any(name.startswith(f"{tab.slug}-") for name in _output_ids(output, registered))
        if not concerns or "callback" not in registered or "{" in output:
            continue
        body = {
            "output": output,
            "inputs": [_value(d, tab, search, strange) for d in registered["inputs"]],
            "state": [_value(d, tab, search, strange) for d in registered["state"]],
            "changedPropIds": [],
        }
        outputs = [
            {"id": name, "property": prop}
            for name, prop in (
                one.rsplit(".", 1) for one in sorted(_props(output), key=output.find)
            )
        ]
        body["outputs"] = outputs if output.startswith("..") else outputs[0]
        yield output, call(client, body)


def _fields(sent: Any) -> Iterator[dict[str, Any]]:
    """Return every field that can be typed into, at any depth of what is sent to the browser."""
    if isinstance(sent, list):
        for item in sent:
            yield from _fields(item)
    elif isinstance(sent, dict):
        if sent.get("type") in ("Input", "Textarea", "PasswordInput"):
            yield sent["props"]
        for item in sent.values():
            yield from _fields(item)


def _asks_for_a_secret(field: dict[str, Any]) -> bool:
    told = " ".join(str(field.get(key, "")) for key in ("id", "name", "placeholder", "aria-label"))
    secret = re.search("passw|secret|credential|token|api.?key|user.?name", told, re.IGNORECASE)
    return field.get("type") == "password" or secret is not None


def _value(dependency: dict[str, Any], tab: Tab, search: str, strange: object) -> Any:
    known = {"url.pathname": f"/{tab.slug}", "url.search": search, "theme.data": "dark"}
    name = f"{dependency['id']}.{dependency['property']}"
    if dependency["id"].startswith("{"):
        return []
    return {
        "id": dependency["id"],
        "property": dependency["property"],
        "value": known.get(name, strange),
    }


def _props(output: str) -> set[str]:
    names = output[2:-2].split("...") if output.startswith("..") else [output]
    return {name for name in names if "." in name}


def _output_ids(output: str, registered: dict[str, Any]) -> list[str]:
    if registered.get("no_output"):
        return []
    return [name.rsplit(".", 1)[0] for name in _props(output)]


def _components(value: Any) -> Iterator[Component]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _components(item)
    elif isinstance(value, Component):
        yield value
        yield from _components(getattr(value, "children", None))


def _ids(layout: Component) -> Iterator[str]:
    for part in _components(layout):
        name = getattr(part, "id", None)
        if name is not None:
            yield json.dumps(name, sort_keys=True) if isinstance(name, dict) else str(name)


def _name(identity: str) -> str:
    return json.loads(identity)["type"] if identity.startswith("{") else identity


def _sent(component: Component) -> str:
    return json.dumps(component, default=lambda part: part.to_plotly_json(), sort_keys=True)
