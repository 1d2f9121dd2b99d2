"""Callback requests: what the page sends is served, everything else is refused."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash

from core.readmodels import RunId
from dash_app.services import Services
from tests.dash_app.bodies import (
    ALL_BODIES,
    ANALYSTS,
    ECHO,
    PAGE,
    SECRET,
    SHARES,
    SILENT,
    SUM,
    Body,
    changed,
    with_input,
)
from tests.dash_app.fakes import LOCAL, SECURE, Users, account, call, server_app, sign_in

FIELD = {"index": 0, "type": "sample-field"}


def status(app: Dash, body: object) -> int:
    return call(app.server.test_client(), body).status_code


@pytest.mark.parametrize("body", ANALYSTS, ids=lambda body: body["output"][:24])
def test_what_the_page_sends_is_served(local_app: Dash, published: RunId, body: Body) -> None:
    assert status(local_app, body) in (200, 204)


REFUSED = {
    "no mapping": [],
    "no output": changed(PAGE, output=None),
    "unknown output": changed(PAGE, output="page.children"),
    "output is a number": changed(PAGE, output=3),
    "a key too many": changed(PAGE, cancel=[]),
    "inputs missing": changed(PAGE, inputs=None),
    "inputs no list": changed(PAGE, inputs={"id": "url"}),
    "one input too few": changed(PAGE, inputs=PAGE["inputs"][:1]),
    "one input too many": changed(PAGE, inputs=[*PAGE["inputs"], PAGE["inputs"][0]]),
    "inputs in another order": changed(PAGE, inputs=PAGE["inputs"][::-1]),
    "another id": with_input(PAGE, id="page"),
    "another property": with_input(PAGE, property="href"),
    "an id that is a mapping": with_input(PAGE, id={"type": "url"}),
    "a part too many in an input": with_input(PAGE, more=1),
    "optional where it is not": with_input(PAGE, allow_optional=True),
    "a path that is a number": with_input(PAGE, value=5),
    "a path that is a list": with_input(PAGE, value=["/sample"]),
    "a path with NUL": with_input(PAGE, value="/sa\0mple"),
    "half a surrogate pair": with_input(PAGE, value="/\ud800"),
    "state missing": changed(PAGE, state=None),
    "state of another type": changed(
        PAGE, state=[{"id": "page-state", "property": "data", "value": "text"}]
    ),
    "outputs missing": changed(PAGE, outputs=None),
    "one output instead of several": changed(PAGE, outputs=PAGE["outputs"][0]),
    "another output": changed(PAGE, outputs=[{"id": "url", "property": "href"}] * 2),
    "several outputs instead of one": changed(SHARES, outputs=[SHARES["outputs"]]),
    "an output with a value": changed(SHARES, outputs={**SHARES["outputs"], "value": 1}),
    "changes no list": changed(PAGE, changedPropIds="url.pathname"),
    "a change that is a number": changed(PAGE, changedPropIds=[3]),
    "a change of something else": changed(PAGE, changedPropIds=["page.children"]),
    "a change with a broken id": changed(ECHO, changedPropIds=["{no json}.value"]),
    "endless changes": changed(PAGE, changedPropIds=["url.pathname"] * 1001),
    "a theme that is a number": changed(
        SHARES, inputs=[SHARES["inputs"][0], {"id": "theme", "property": "data", "value": 1}]
    ),
    "MATCH: a list": changed(ECHO, inputs=[ECHO["inputs"]]),
    "MATCH: another type of part": with_input(ECHO, id={"index": 0, "type": "sample-echo"}),
    "MATCH: a key too many": with_input(ECHO, id={**FIELD, "more": 1}),
    "MATCH: a key too few": with_input(ECHO, id={"type": "sample-field"}),
    "MATCH: a mapping as index": with_input(ECHO, id={"index": {}, "type": "sample-field"}),
    "MATCH: a number as index that no database counts to": with_input(
        ECHO, id={"index": 2**31, "type": "sample-field"}
    ),
    "MATCH: null as index": with_input(ECHO, id={"index": None, "type": "sample-field"}),
    "MATCH: input and output differ": with_input(ECHO, id={"index": 1, "type": "sample-field"}),
    "MATCH: text as value": with_input(ECHO, value="12"),
    "MATCH: true as value": with_input(ECHO, value=True),
    "ALL: one instead of a list": changed(SUM, inputs=[SUM["inputs"][0][0]]),
    "ALL: another property": changed(
        SUM, inputs=[[{"id": FIELD, "property": "id", "value": 1}], *SUM["inputs"][1:]]
    ),
    "ALL: a number in the list": changed(SUM, inputs=[[3]]),
    "ALL: an id that says another": changed(
        SUM,
        state=[
            [
                {"id": FIELD, "property": "id", "value": {}},
                {"id": {**FIELD, "index": 1}, "property": "id", "value": {**FIELD, "index": 1}},
            ]
        ],
    ),
    "ALL: fewer components in one list": changed(
        SUM, state=[[{"id": FIELD, "property": "id", "value": FIELD}]]
    ),
    "a number that is none": with_input(ECHO, value=float("nan")),
    "an endless number": with_input(ECHO, value=float("-inf")),
    "a whole number that no float holds": with_input(ECHO, value=10**400),
    "duplicate: another hash": changed(
        SUM, outputs={"id": "sample-sum", "property": "children@" + "0" * 64}
    ),
    "no output: with one": changed(SILENT, outputs={"id": "page", "property": "children"}),
    "clientside: called on the server": {
        "output": "theme.data",
        "outputs": {"id": "theme", "property": "data"},
        "inputs": [{"id": "url", "property": "pathname", "value": "/"}],
        "changedPropIds": [],
    },
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_the_page_could_not_have_sent_is_refused(local_app: Dash, body: object) -> None:
    assert status(local_app, body) == 400


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"nul", b'"text"'])
def test_a_body_that_is_no_json_object_is_refused(local_app: Dash, raw: bytes) -> None:
    answer = local_app.server.test_client().post(
        "/_dash-update-component", data=raw, content_type="application/json", base_url=LOCAL
    )
    assert answer.status_code == 400


def test_a_body_of_another_type_is_refused(local_app: Dash) -> None:
    answer = local_app.server.test_client().post(
        "/_dash-update-component", data=b"{}", content_type="text/plain", base_url=LOCAL
    )
    assert answer.status_code == 415


def test_a_body_that_is_too_large_is_refused(local_app: Dash) -> None:
    answer = local_app.server.test_client().post(
        "/_dash-update-component",
        data=b'"' + b"x" * (8 << 20) + b'"',
        content_type="application/json",
        base_url=LOCAL,
    )
    assert answer.status_code == 413


def test_a_callback_for_administrators_is_forbidden_to_others(local_app: Dash) -> None:
    assert status(local_app, SECRET) == 403


def test_roles_decide_who_may_call_what(services: Services, published: RunId) -> None:
    users = Users(*(account(role, role) for role in ("viewer", "analyst", "admin")))
    app = server_app(services, users)
    found = {}
    for role in users.accounts:
        client = app.server.test_client()
        sign_in(client, role)
        found[role] = [call(client, body, SECURE).status_code for body in (SHARES, ECHO, SECRET)]
    assert found == {
        "viewer": [200, 403, 403],
        "analyst": [200, 200, 403],
        "admin": [200, 200, 200],
    }


def test_no_mutation_of_a_valid_body_is_a_server_error(local_app: Dash, published: RunId) -> None:
    random_source = random.Random(20260721)
    client = local_app.server.test_client()
    codes = set()
    for number, body in enumerate(_mutations(random_source, 1500)):
        code = call(client, body).status_code
        assert code < 500, (number, body)
        codes.add(code)
    assert {200, 400} <= codes


STRANGE: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**30,
    1e308,
    "",
    "x" * 5000,
    "../../etc/passwd",
    "?d=%00&run=99999999999999999999",
    "?s=%ff~%fe",
    "\u202e",
    "\0",
    "\ud800",
    [],
    {},
    [[]],
    {"id": {}},
    {"index": ["ALL"]},
    ["MATCH"],
    "{}",
    "url",
    "page.children",
    "__proto__",
)


def _mutations(random_source: random.Random, count: int) -> Iterator[Any]:
    for _ in range(count):
        body = copy.deepcopy(random_source.choice(ALL_BODIES))
        for _ in range(random_source.randint(1, 3)):
            _mutate(random_source, body)
        yield body


def _mutate(random_source: random.Random, body: Any) -> None:
    """Change one place somewhere in the body: replace, remove, repeat, add."""
    places = [(holder, key) for holder, key in _places(body)]
    if not places:
        return
    holder, key = random_source.choice(places)
    if not (isinstance(holder, dict) and key in holder) and not (
        isinstance(holder, list) and isinstance(key, int) and key < len(holder)
    ):
        return
    match random_source.randint(0, 4):
        case 0 | 1:
            holder[key] = copy.deepcopy(random_source.choice(STRANGE))
        case 2:
            del holder[key]
        case 3 if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        case _ if isinstance(holder, dict):
            holder[random_source.choice(("id", "value", "property", "more"))] = copy.deepcopy(
                random_source.choice(STRANGE)
            )
        case _:
            holder.insert(0, copy.deepcopy(random_source.choice(STRANGE)))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    for key, part in items:
        yield value, key
        yield from _places(part)
