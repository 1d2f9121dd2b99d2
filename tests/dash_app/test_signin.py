"""Signing in: who gets in, who does not, and how it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dash import Dash
from flask.testing import FlaskClient

from core.errors import ConfigurationError
from dash_app.services import Services
from dash_app.signin import safe_target
from dash_app.throttle import FREE_ATTEMPTS, WAIT_SECONDS, Throttle
from tests.dash_app.bodies import SHARES
from tests.dash_app.fakes import (
    PASSWORD,
    SECURE,
    Users,
    account,
    call,
    make_app,
    server_app,
    sign_in,
)


@pytest.fixture
def users() -> Users:
    return Users(
        account("ann", "analyst"),
        account("vic", "viewer"),
        account("gone", "admin", is_active=False),
    )


@pytest.fixture
def client(services: Services, users: Users) -> FlaskClient:
    return server_app(services, users).server.test_client()


def is_inside(client: FlaskClient) -> bool:
    return client.get("/_dash-layout", base_url=SECURE).status_code == 200


def test_the_right_password_opens_the_app(client: FlaskClient) -> None:
    answer = sign_in(client, "ann")
    assert (answer.status_code, answer.location) == (302, "/")
    assert is_inside(client)


def test_the_cookie_is_bound_to_host_and_https_and_hidden_from_scripts(client: FlaskClient) -> None:
    cookie = sign_in(client, "ann").headers["Set-Cookie"]
    assert cookie.startswith("__Host-clientele=")
    assert all(
        part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Expires")
    )
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ann", "wrong"),
        ("ann", ""),
        ("ann", PASSWORD + "x" * 5000),
        ("nobody", PASSWORD),
        ("gone", PASSWORD),
        ("", ""),
        ("a\0nn", PASSWORD),
    ],
)
def test_anything_else_does_not_and_says_the_same_each_time(
    client: FlaskClient, name: str, password: str
) -> None:
    answer = sign_in(client, name, password)
    assert answer.status_code == 401
    assert "The name or the password is not right." in answer.text
    assert not is_inside(client)


def test_a_name_is_found_whatever_its_capitals(client: FlaskClient) -> None:
    assert sign_in(client, " Ann ").status_code == 302


def test_what_was_typed_is_shown_again_as_text_only(client: FlaskClient) -> None:
    answer = sign_in(client, '"><script>alert(1)</script>', "wrong", next='"><img src=x>')
    assert "<script>alert" not in answer.text
    assert "<img src=x>" not in answer.text


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/compare?d=bank", "/compare?d=bank"),
        ("", "/"),
        ("compare", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("/logout", "/"),
    ],
)
def test_after_signing_in_one_lands_on_our_own_pages_only(
    client: FlaskClient, wanted: str, target: str
) -> None:
    assert safe_target(wanted) == target
    assert sign_in(client, "ann", next=wanted).location == target


def test_signing_out_ends_the_session_and_needs_a_post(client: FlaskClient) -> None:
    sign_in(client, "ann")
    assert client.get("/logout", base_url=SECURE, headers={"Accept": "*/*"}).status_code != 302
    assert is_inside(client)
    assert client.post("/logout", base_url=SECURE).location == "/login"
    assert not is_inside(client)


def test_a_cookie_kept_from_before_signing_out_opens_nothing(client: FlaskClient) -> None:
    sign_in(client, "ann")
    kept = client.get_cookie("__Host-clientele", domain="localhost").value
    client.post("/logout", base_url=SECURE)
    client.set_cookie("__Host-clientele", kept, domain="localhost", secure=True)
    assert not is_inside(client)


def test_a_new_session_token_ends_every_session(client: FlaskClient, users: Users) -> None:
    sign_in(client, "ann")
    users.accounts["ann"] = replace(users.accounts["ann"], session_token="another")
    assert not is_inside(client)


def test_deactivating_a_user_ends_their_sessions(client: FlaskClient, users: Users) -> None:
    sign_in(client, "ann")
    users.accounts["ann"] = replace(users.accounts["ann"], is_active=False)
    assert not is_inside(client)


def test_a_cookie_of_another_installation_opens_nothing(services: Services, users: Users) -> None:
    first = server_app(services, users).server.test_client()
    sign_in(first, "ann")
    cookie = first.get_cookie("__Host-clientele", domain="localhost").value
    other = make_app(
        services, mode="server", secret_key="t" * 32, user_store=users
    ).server.test_client()
    other.set_cookie("__Host-clientele", cookie, domain="localhost", secure=True)
    assert not is_inside(other)


def test_who_is_signed_in_sees_sign_out_and_only_analysts_the_look_up(client: FlaskClient) -> None:
    found = {}
    for name in ("ann", "vic"):
        sign_in(client, name)
        layout = client.get("/_dash-layout", base_url=SECURE).text
        found[name] = ("logout" in layout, "lookup-text" in layout, f'"{name}"' in layout)
        client.post("/logout", base_url=SECURE)
    assert found == {"ann": (True, True, True), "vic": (True, False, True)}


def test_guessing_is_slowed_down_for_the_name_that_is_guessed(client: FlaskClient) -> None:
    codes = [sign_in(client, "ann", "wrong").status_code for _ in range(FREE_ATTEMPTS + 1)]
    assert codes == [401] * FREE_ATTEMPTS + [429]
    assert sign_in(client, "ann").status_code == 429
    assert sign_in(client, "vic").status_code == 302


def test_after_a_minute_a_slowed_name_may_try_again() -> None:
    now = [0.0]
    throttle = Throttle(clock=lambda: now[0])
    for _ in range(FREE_ATTEMPTS):
        throttle.failed("ann")
    assert not throttle.allows("ann")
    now[0] = WAIT_SECONDS
    assert throttle.allows("ann")
    throttle.succeeded("ann")
    throttle.failed("ann")
    assert throttle.allows("ann")


def test_a_callback_needs_a_session_too(client: FlaskClient, published: int) -> None:
    assert call(client, SHARES, SECURE).status_code == 401
    sign_in(client, "vic")
    assert call(client, SHARES, SECURE).status_code == 200


def test_the_sign_in_page_has_no_script_inside(client: FlaskClient) -> None:
    page = client.get("/login", base_url=SECURE).text
    assert page.count("<script") == 1
    assert '<script src="/assets/first-paint.js' in page


def test_local_mode_has_no_sign_in(local_app: Dash) -> None:
    assert "login" not in local_app.server.view_functions
    assert (
        "logout"
        not in local_app.server.test_client().get("/_dash-layout", base_url="http://127.0.0.1").text
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"mode": "server", "secret_key": "s" * 32}, "Server mode needs a store of users"),
        (
            {"mode": "server", "secret_key": "short", "user_store": Users()},
            "The session secret has 5 bytes. Give at least 32.",
        ),
        ({"mode": "open"}, "Unknown mode 'open'. Choose one of: local, server."),
    ],
)
def test_an_unsafe_server_is_refused(
    services: Services, options: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        make_app(services, **options)


def test_a_session_ends_so_long_after_signing_in_however_much_it_is_used(
    client: FlaskClient,
) -> None:
    sign_in(client, "ann")
    assert "Set-Cookie" not in client.get("/_dash-layout", base_url=SECURE).headers
