"""The shell: routing, the frame, its notices, and what stands where there is nothing to show."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dash import Dash, Input, Output, html
from sqlalchemy import Engine

from core.errors import ConfigurationError
from core.features.base import Side
from core.readmodels import RunId
from dash_app.guard import GuardedApp
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import run_result, snapshot_data
from tests.dash_app.bodies import PAGE, SHARES, changed
from tests.dash_app.fakes import (
    HOME,
    LOCAL,
    TABS,
    call,
    make_app,
    publish_a_run,
)
from tests.dash_app.sample_tab import TRUST


def page(app: Dash, path: str, search: str = "") -> dict[str, Any]:
    """Call the routing callback as a browser that just arrived."""
    inputs = [
        {"id": "url", "property": "pathname", "value": path},
        {"id": "url", "property": "search", "value": search},
    ]
    answer = call(app.server.test_client(), changed(PAGE, inputs=inputs))
    return answer.json["response"] if answer.status_code == 200 else {}


def frame(app: Dash, path: str = "/sample", search: str = "") -> dict[str, str]:
    """Call the frame's callback; return each part as text."""
    parts = ("header-context", "tabs", "notices", "provenance")
    outputs = [{"id": part, "property": "children"} for part in parts]
    outputs += [{"id": f"export-{kind}", "property": "disabled"} for kind in ("csv", "excel")]
    body = {
        "output": f"..{'...'.join('{id}.{property}'.format(**one) for one in outputs)}..",
        "outputs": outputs,
        "inputs": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": search},
        ],
        "changedPropIds": ["url.pathname"],
    }
    answer = call(app.server.test_client(), body)
    return {
        part: json.dumps(next(iter(value.values())), ensure_ascii=False)
        for part, value in answer.json["response"].items()
    }


def title(response: dict[str, Any]) -> str:
    return response["page-state"]["data"]["title"]


@pytest.mark.parametrize(
    ("path", "expected"), [("/", "Overview"), ("/sample", "Sample"), ("/sample/", "Sample")]
)
def test_a_path_leads_to_its_tab(
    local_app: Dash, published: RunId, path: str, expected: str
) -> None:
    assert title(page(local_app, path)) == expected


def test_the_skeleton_is_not_sent_again_within_a_tab(local_app: Dash, published: RunId) -> None:
    client = local_app.server.test_client()
    arrived = call(client, PAGE).json["response"]["page-state"]["data"]
    again = changed(PAGE, state=[{"id": "page-state", "property": "data", "value": arrived}])
    assert call(client, again).status_code == 204


def test_an_unknown_address_is_404_and_says_so_in_the_page(
    local_app: Dash, published: RunId
) -> None:
    client = local_app.server.test_client()
    answer = client.get("/nonsense", base_url=LOCAL)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert client.get("/sample", base_url=LOCAL).status_code == 200
    assert "There is no tab called “nonsense”" in json.dumps(
        page(local_app, "/nonsense"), ensure_ascii=False
    )


def test_without_any_data_the_command_that_loads_some_is_shown(local_app: Dash) -> None:
    shown = json.dumps(page(local_app, "/sample"))
    assert "No data yet" in shown
    assert "python manage.py demo" in shown


def test_without_a_published_run_the_commands_that_make_one_are_shown(
    local_app: Dash, writer: Engine
) -> None:
    publish_a_run(writer, publish=False)
    shown = json.dumps(page(local_app, "/sample"))
    assert "No published run" in shown
    assert "python manage.py segment bank" in shown


def test_one_reason_takes_the_place_of_another(local_app: Dash, published: RunId) -> None:
    no_run = page(local_app, "/sample", "?run=99")["page-state"]["data"]
    no_dataset = page(local_app, "/sample", "?d=cards")["page-state"]["data"]
    assert no_run != no_dataset


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        ("?run=99", "There is no run 99 in this data set"),
        ("?d=cards", "There is no data set called “cards”"),
    ],
)
def test_what_the_address_asks_for_in_vain_is_named(
    local_app: Dash, published: RunId, search: str, sentence: str
) -> None:
    assert sentence in json.dumps(page(local_app, "/sample", search), ensure_ascii=False)


def test_a_tab_that_needs_no_run_is_shown_without_one(local_app: Dash) -> None:
    assert title(page(local_app, "/runs")) == "Runs"


def test_a_tabs_callback_changes_nothing_where_there_is_nothing_to_show(local_app: Dash) -> None:
    assert call(local_app.server.test_client(), SHARES).status_code == 204


def test_the_header_says_what_is_shown(local_app: Dash, published: RunId) -> None:
    shown = frame(local_app)
    for words in ("A bank", "31 Dec 1995", str(published), "Published", "Strong"):
        assert words in shown["header-context"]
    assert "Data to 31 Dec 1995 · 6 customers" in shown["provenance"]
    assert f"run {published}" in shown["provenance"]
    assert shown["notices"] == "[]"


def test_the_tabs_stand_in_their_groups_and_the_current_one_is_marked(
    local_app: Dash, published: RunId
) -> None:
    tabs = json.loads(frame(local_app, search="?d=bank&lens=demographic&view=x")["tabs"])
    found = {
        group["props"]["children"][0]["props"]["children"]: [
            (
                item["props"]["children"]["props"]["children"],
                item["props"]["children"]["props"]["href"],
                item["props"]["children"]["props"].get("aria-current"),
            )
            for item in group["props"]["children"][1]["props"]["children"]
        ]
        for group in tabs
    }
    assert found == {
        "Explore": [
            ("Overview", "/overview?d=bank&lens=demographic", None),
            ("Sample", "/sample?d=bank&lens=demographic&view=x", "page"),
        ],
        "Trust": [("Runs", "/runs?d=bank&lens=demographic", None)],
    }


def test_a_run_that_is_not_live_is_shown_under_a_notice(
    local_app: Dash, published: RunId, writer: Engine
) -> None:
    draft = publish_a_run(writer, publish=False)
    shown = frame(local_app, search=f"?run={draft}")
    assert "is a draft" in shown["notices"]
    assert "Show the published run" in shown["notices"]
    assert "Draft" in shown["header-context"]
    publish_a_run(writer)
    assert "has been superseded" in frame(local_app, search=f"?run={published}")["notices"]


def test_what_was_not_understood_in_the_address_is_named(local_app: Dash, published: RunId) -> None:
    shown = frame(local_app, search="?nonsense=1&run=abc")
    assert "“nonsense”, “run”" in shown["notices"]


def test_a_customer_is_found_by_the_start_of_the_pseudonym_or_by_number(
    local_app: Dash, published: RunId, services: Services
) -> None:
    def look_up(text: object) -> tuple[str, object]:
        body = {
            "output": "..lookup-answer.children...customer.data..",
            "outputs": [
                {"id": "lookup-answer", "property": "children"},
                {"id": "customer", "property": "data"},
            ],
            "inputs": [{"id": "lookup-text", "property": "n_submit", "value": 1}],
            "changedPropIds": ["lookup-text.n_submit"],
            "state": [
                {"id": "lookup-text", "property": "value", "value": text},
                {"id": "url", "property": "pathname", "value": "/sample"},
                {"id": "url", "property": "search", "value": ""},
            ],
        }
        found = call(local_app.server.test_client(), body).json["response"]
        answer = json.dumps(found["lookup-answer"]["children"], ensure_ascii=False)
        return answer, found["customer"]["data"]

    _, pseudonym = look_up("c1")
    if pseudonym is None:  # the builders' ids
        with services.read() as connection:
            number = connection.exec_driver_sql("SELECT min(customer_id) FROM customers").scalar()
        _, pseudonym = look_up(number)
    assert isinstance(pseudonym, str)
    answer, again = look_up(pseudonym[:8])
    assert again == pseudonym
    assert "Demographic" in answer
    assert "Behavioural" in answer
    assert "No customer begins with “zzz”" in look_up("zzz")[0]
    assert look_up(None) == ("[]", None)


def test_the_export_menu_is_grey_where_there_is_nothing_to_export(
    local_app: Dash, published: RunId
) -> None:
    assert frame(local_app, "/sample")["export-csv"] == "false"
    assert frame(local_app, "/overview")["export-excel"] == "true"
    assert frame(local_app, "/sample", "?run=99")["export-excel"] == "true"


def test_the_export_menu_gives_the_tabs_tables(local_app: Dash, published: RunId) -> None:
    dependencies = local_app.server.test_client().get("/_dash-dependencies", base_url=LOCAL).json
    by_button = {
        entry["inputs"][0]["id"]: entry["output"]
        for entry in dependencies
        if entry["output"].startswith("download.data")
    }

    def download(button: str, path: str) -> Any:
        output = by_button[button]
        body = {
            "output": output,
            "outputs": {"id": "download", "property": output.removeprefix("download.")},
            "inputs": [{"id": button, "property": "n_clicks", "value": 1}],
            "changedPropIds": [f"{button}.n_clicks"],
            "state": [
                {"id": "url", "property": "pathname", "value": path},
                {"id": "url", "property": "search", "value": ""},
            ],
        }
        answer = call(local_app.server.test_client(), body)
        return answer.json["response"]["download"]["data"] if answer.json else None

    assert download("export-csv", "/sample")["filename"] == "clientele-bank-sample-run-1.csv"
    assert download("export-excel", "/sample")["filename"] == "clientele-bank-sample-run-1.xlsx"
    assert download("export-csv", "/overview") is None


def test_two_apps_in_one_process_share_nothing(
    services: Services, published: RunId, tmp_path: Any
) -> None:
    def register(app: GuardedApp, services: Services) -> None:
        @app.callback(Output("own-out", "children"), Input("own-in", "n_clicks"), role=Role.ADMIN)
        def answer(clicks: int | None) -> str:
            return "mine"

    own = Tab(
        "own",
        "Own",
        Group.ACT,
        lambda: html.Div([html.Button(id="own-in"), html.Div(id="own-out")]),
        register,
    )
    first, second = make_app(services), make_app(services, tabs=(HOME, own))
    assert "own-out.children" in second.callback_map
    assert "own-out.children" not in first.callback_map
    assert "sample-shares.children" not in second.callback_map
    assert call(first.server.test_client(), SHARES).status_code == 200
    assert call(second.server.test_client(), SHARES).status_code == 400
    layouts = [
        app.server.test_client().get("/sample", base_url=LOCAL).status_code
        for app in (first, second)
    ]
    assert layouts == [200, 404]


def test_a_callback_without_a_role_is_refused(services: Services) -> None:
    def forgets(app: GuardedApp, services: Services) -> None:
        app.callback(Output("page", "title"), Input("url", "hash"))  # type: ignore[call-arg]

    def goes_around(app: GuardedApp, services: Services) -> None:
        @app.dash.callback(Output("page", "title"), Input("url", "hash"))
        def nothing(value: str) -> str:
            return value

    def writes_script(app: GuardedApp, services: Services) -> None:
        app.dash.clientside_callback(
            "function(x) { return x; }", Output("page", "title"), Input("url", "hash")
        )

    def repeats(app: GuardedApp, services: Services) -> None:
        app.callback(Output("page", "title"), Input("url", "hash"), role=Role.VIEWER)(str)
        app.callback(Output("page", "title"), Input("url", "href"), role=Role.VIEWER)(str)

    def works_in_the_background(app: GuardedApp, services: Services) -> None:
        app.callback(
            Output("page", "title"), Input("url", "hash"), role=Role.VIEWER, background=True
        )

    for register, error, words in (
        (forgets, TypeError, "role"),
        (goes_around, ConfigurationError, "have no role"),
        (writes_script, ConfigurationError, "given as source text"),
        (repeats, ConfigurationError, "registered already"),
        (works_in_the_background, TypeError, "way around the guard"),
    ):
        tab = Tab("bad", "Bad", Group.ACT, lambda: html.Div(), register)
        with pytest.raises(error, match=words):
            make_app(services, tabs=(*TABS, tab))


def made(writer: Engine, *lenses: str, publish: bool = True) -> RunId:
    """A run of the lenses given, or one that failed if none are."""
    snapshots = SqlSnapshotStore(writer, pseudonym_key=b"k" * 32)
    runs = SqlRunStore(writer, user="tests")
    run_id = runs.start_run(snapshots.save_snapshot(snapshot_data()), {}, 1, {})
    if not lenses:
        runs.fail_run(run_id, "No memory was left.")
        return run_id
    runs.finish_run(run_id, run_result(*lenses))
    if publish:
        runs.publish(run_id)
    return run_id


def test_a_run_that_failed_is_not_said_to_be_missing(
    local_app: Dash, published: RunId, writer: Engine
) -> None:
    shown = json.dumps(page(local_app, "/sample", f"?run={made(writer)}"), ensure_ascii=False)
    assert "It failed. What went wrong is told among the runs." in shown
    assert "Show the published run" in shown


def test_the_reasons_of_two_failed_runs_take_each_others_place(
    local_app: Dash, writer: Engine
) -> None:
    first, second = (
        page(local_app, "/sample", f"?run={made(writer)}")["page-state"]["data"] for _ in range(2)
    )
    assert first != second


def test_a_side_that_the_published_run_does_not_look_at_is_named(
    services: Services, writer: Engine
) -> None:
    made(writer, "behavioural")
    side = Tab("who", "Who", Group.EXPLORE, HOME.layout, lambda *_: None, side=Side.DEMOGRAPHIC)
    app = make_app(services, tabs=(HOME, side, TRUST))
    shown = json.dumps(page(app, "/who"), ensure_ascii=False)
    assert "has no demographic view" in shown
    assert "/behavioural?lens=behavioural" in shown
    assert "No published run" not in shown


def test_a_view_that_the_run_does_not_have_is_named_in_a_notice(
    local_app: Dash, published: RunId
) -> None:
    assert "has no view called “rfm”" in frame(local_app, search="?lens=rfm")["notices"]
    assert "no view" not in frame(local_app, search="?lens=demographic")["notices"]
    for side in "ab":
        said = frame(local_app, "/compare", f"?{side}=rfm")["notices"]
        assert "has no view called “rfm”" in said
    twice = frame(local_app, "/compare", "?a=demographic&b=demographic")["notices"]
    assert "not compared with itself" in twice
