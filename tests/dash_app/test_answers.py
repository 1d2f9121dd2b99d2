"""Every answer: headers, cache rules, compression, errors without detail."""

from __future__ import annotations

import logging
import re

import pytest
from dash import Dash, Input, Output, html

from core.errors import UsageError
from dash_app.guard import GuardedApp
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.base import Group, Tab
from tests.dash_app.fakes import HOME, LOCAL, SECURE, Users, call, make_app, server_app


def test_every_answer_has_the_security_headers(local_app: Dash) -> None:
    client = local_app.server.test_client()
    for path in ("/", "/overview", "/livez", "/_dash-layout", "/assets/brand.svg", "/assets/no"):
        headers = client.get(path, base_url=LOCAL, buffered=True).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert re.fullmatch("[0-9a-f]{16}", headers["X-Request-Id"]), path


def test_scripts_run_by_nonce_only_and_the_nonce_is_new_each_time(local_app: Dash) -> None:
    client = local_app.server.test_client()
    nonces = set()
    for _ in range(3):
        answer = client.get("/overview", base_url=LOCAL)
        policy = answer.headers["Content-Security-Policy"]
        scripts = re.search("script-src ([^;]*);", policy).group(1)
        nonce = re.fullmatch("'self' 'nonce-([A-Za-z0-9_-]{20,})'", scripts).group(1)
        inside = re.findall(r"<script(?![^>]* src=)([^>]*)>", answer.text)
        executable = [tag for tag in inside if "application/json" not in tag]
        assert all(f'nonce="{nonce}"' in tag for tag in executable)
        assert len(executable) == 1
        nonces.add(nonce)
    assert len(nonces) == 3


def test_an_answer_that_is_no_page_allows_no_script_inside(local_app: Dash) -> None:
    policy = (
        local_app.server.test_client()
        .get("/livez", base_url=LOCAL)
        .headers["Content-Security-Policy"]
    )
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert policy.count("'unsafe-inline'") == 1


def test_only_server_mode_insists_on_https(services: Services) -> None:
    name = "Strict-Transport-Security"
    local = make_app(services).server.test_client().get("/livez", base_url=LOCAL)
    server = server_app(services, Users()).server.test_client().get("/livez", base_url=SECURE)
    assert name not in local.headers
    assert server.headers[name].startswith("max-age=31536000")


def test_pages_and_data_are_never_kept_but_versioned_files_for_good(local_app: Dash) -> None:
    client = local_app.server.test_client()
    page = client.get("/overview", base_url=LOCAL)
    style = re.search('href="(/assets/css/3-parts.css[^"]+)"', page.text).group(1)
    suite = re.search(r'src="(/_dash-component-suites/[^"]+)"', page.text).group(1)

    def rule(path: str) -> str:
        return client.get(path, base_url=LOCAL, buffered=True).headers["Cache-Control"]

    assert rule("/overview") == rule("/_dash-layout") == "private, no-store"
    assert rule(style) == rule(suite) == "private, max-age=31536000, immutable"
    assert rule("/assets/css/3-parts.css") == "private, no-cache"
    assert rule("/assets/0-vendor/3-inter/inter-latin-wght-normal.woff2").endswith("604800")
    assert rule("/assets/none.css?m=1") == "private, no-store"


def test_text_is_compressed(local_app: Dash) -> None:
    answer = local_app.server.test_client().get(
        "/overview", base_url=LOCAL, headers={"Accept-Encoding": "br"}
    )
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < 20_000


def test_nothing_is_fetched_from_elsewhere(local_app: Dash) -> None:
    page = local_app.server.test_client().get("/overview", base_url=LOCAL).text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith("/") and not address.startswith("//") for address in addresses)


def _failing_tab(error: Exception) -> Tab:
    def register(app: GuardedApp, services: Services) -> None:
        @app.callback(Output("bad-out", "children"), Input("bad-in", "n_clicks"), role=Role.VIEWER)
        def fail(clicks: int) -> str:
            raise error

    return Tab(
        "bad",
        "Bad",
        Group.TRUST,
        lambda: html.Div([html.Button(id="bad-in"), html.Div(id="bad-out")]),
        register,
    )


BAD_BODY = {
    "output": "bad-out.children",
    "outputs": {"id": "bad-out", "property": "children"},
    "inputs": [{"id": "bad-in", "property": "n_clicks", "value": 1}],
    "changedPropIds": ["bad-in.n_clicks"],
}


def test_an_unexpected_error_is_logged_and_told_without_detail(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(services, tabs=(HOME, _failing_tab(RuntimeError("secret detail"))))
    with caplog.at_level(logging.ERROR):
        answer = call(app.server.test_client(), BAD_BODY)
    assert answer.status_code == 500
    assert answer.json == {
        "error": "Internal Server Error",
        "request": answer.headers["X-Request-Id"],
    }
    assert "secret detail" in caplog.text
    assert answer.headers["X-Request-Id"] in caplog.text


def test_a_mistake_of_the_users_is_told_in_its_sentence(services: Services) -> None:
    sentence = "Unknown lens 'x'. Choose one of: behavioural, demographic."
    app = make_app(services, tabs=(HOME, _failing_tab(UsageError(sentence))))
    answer = call(app.server.test_client(), BAD_BODY)
    assert (answer.status_code, answer.json["error"]) == (400, sentence)
