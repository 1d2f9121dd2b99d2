"""The gate: everything closed but three endpoints, and only our own pages may ask."""

from __future__ import annotations

import pytest
from dash import Dash

from dash_app.gate import OPEN_ENDPOINTS, PUBLIC_ASSETS
from dash_app.services import Services
from tests.dash_app.bodies import SHARES
from tests.dash_app.fakes import LOCAL, SECURE, Users, account, server_app

ASSETS = "/assets/"


@pytest.fixture
def guarded(services: Services) -> Dash:
    return server_app(services, Users(account("ann", "viewer")))


def test_exactly_three_endpoints_are_open_to_strangers(guarded: Dash) -> None:
    """Every rule of the app is asked with every method it knows."""
    open_to_strangers = set()
    client = guarded.server.test_client()
    for rule in guarded.server.url_map.iter_rules():
        path = rule.rule.replace("<path:path>", "any").replace("<path:filename>", "css/none.css")
        path = path.replace("<string:package_name>", "dash").replace(
            "<path:fingerprinted_path>", "deps/react.js"
        )
        path = path.replace("<int(max=2147483647):run>", "1")
        for method in rule.methods or ():
            answer = client.open(path, method=method, base_url=SECURE)
            if answer.status_code not in (302, 401):
                open_to_strangers.add(rule.endpoint)
    assert open_to_strangers == OPEN_ENDPOINTS == {"login", "livez", "readyz"}


def test_a_stranger_gets_the_files_of_the_sign_in_page_and_no_other(guarded: Dash) -> None:
    client = guarded.server.test_client()
    for name in PUBLIC_ASSETS:
        assert client.get(ASSETS + name, base_url=SECURE, buffered=True).status_code == 200, name
    for name in ("css/3-parts.css", "js/theme.js", "0-vendor/manifest.json", "css/../css/none"):
        assert client.get(ASSETS + name, base_url=SECURE, buffered=True).status_code == 401, name


def test_a_strangers_page_leads_to_sign_in_and_back(guarded: Dash) -> None:
    answer = guarded.server.test_client().get(
        "/compare?d=bank&a=x", base_url=SECURE, headers={"Accept": "text/html"}
    )
    assert (answer.status_code, answer.location) == (
        302,
        "/login?next=/compare%3Fd%3Dbank%26a%3Dx",
    )


def test_a_strangers_program_is_told_401(guarded: Dash) -> None:
    client = guarded.server.test_client()
    headers = {"Accept": "application/json"}
    assert client.get("/overview", base_url=SECURE, headers=headers).status_code == 401
    assert client.post("/_dash-update-component", json=SHARES, base_url=SECURE).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "[::1]"])
def test_a_host_that_is_not_ours_is_refused(local_app: Dash, host: str) -> None:
    answer = local_app.server.test_client().get("/livez", base_url=f"http://{host}")
    assert answer.status_code == 400


@pytest.mark.parametrize("port", ["", ":8050"])
def test_our_host_is_served_on_any_port(local_app: Dash, port: str) -> None:
    assert local_app.server.test_client().get("/livez", base_url=LOCAL + port).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": LOCAL}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1234"}, 403),
        ({"Origin": "http://[127.0.0.1"}, 403),
        ({"Origin": LOCAL, "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 403),
    ],
)
def test_only_our_own_pages_may_change_anything(
    local_app: Dash, published: int, headers: dict[str, str], status: int
) -> None:
    answer = local_app.server.test_client().post(
        "/_dash-update-component", json=SHARES, base_url=LOCAL, headers=headers
    )
    assert answer.status_code == status


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP"])
def test_local_mode_refuses_what_came_through_a_proxy(local_app: Dash, name: str) -> None:
    answer = local_app.server.test_client().get(
        "/overview", base_url=LOCAL, headers={name: "10.0.0.7"}
    )
    assert answer.status_code == 403


def test_server_mode_stands_behind_a_proxy(guarded: Dash) -> None:
    answer = guarded.server.test_client().get(
        "/livez", base_url=SECURE, headers={"X-Forwarded-For": "10.0.0.7"}
    )
    assert answer.status_code == 200


def test_a_method_that_a_page_does_not_know_is_refused(local_app: Dash) -> None:
    client = local_app.server.test_client()
    assert client.post("/overview", base_url=LOCAL).status_code == 405
    assert client.get("/_dash-update-component", base_url=LOCAL).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/_dash-component-suites/dash/../../../etc/passwd",
        "/_dash-component-suites/os/path.py",
        "/_dash-component-suites/dash/dash.py",
        "/_dash-component-suites/nonsense/x.js",
        "/assets/../settings.py",
        "/assets/%2e%2e/settings.py",
        "/static/x",
    ],
)
def test_nothing_but_our_files_is_served(local_app: Dash, path: str) -> None:
    assert local_app.server.test_client().get(path, base_url=LOCAL).status_code == 404
