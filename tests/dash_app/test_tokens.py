"""Tokens: what they open, what they do not, and that a session needs our own pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from core.readmodels import ApiToken, RunId
from dash_app.services import Services
from dash_app.tokens import hash_token, new_token
from tests.dash_app.bodies import SHARES
from tests.dash_app.fakes import SECURE, Users, account, call, server_app, sign_in

TOKENS = {role: f"clientele_{role}" for role in ("viewer", "analyst", "admin")}
SEGMENTS = "/api/v1/datasets/bank/segments"
MEMBERS = "/api/v1/datasets/bank/segments/behavioural-older/members"
SCORE = "/api/v1/datasets/bank/score"
MADE = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def users() -> Users:
    known = {
        hash_token(token): ApiToken(role, role, MADE, None, None) for role, token in TOKENS.items()
    }
    return Users(account("ann", "analyst"), account("vic", "viewer"), tokens=known)


@pytest.fixture
def client(services: Services, published: RunId, users: Users) -> FlaskClient:
    return server_app(replace(services, smallest_group=2), users).server.test_client()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def status(client: FlaskClient, path: str, headers: dict[str, str], body: object = None) -> int:
    options = {"base_url": SECURE, "headers": headers}
    answer = (
        client.get(path, **options) if body is None else client.post(path, json=body, **options)
    )
    return int(answer.status_code)


def test_tokens_cannot_be_guessed_and_are_known_by_their_beginning() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        assert token.startswith("clientele_")
        assert len(token) == len("clientele_") + 43  # 256 bits
        assert token not in hash_token(token)


def test_without_a_token_nothing_of_the_api_answers(client: FlaskClient) -> None:
    for path in ("/api/v1/openapi.json", "/api/v1/datasets", SEGMENTS, MEMBERS, "/api/nowhere"):
        answer = client.get(path, base_url=SECURE, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert "manage.py tokens add" in answer.get_json()["error"]
    assert status(client, SCORE, {}, {"ids": ["c-01"]}) == 401


@pytest.mark.parametrize(
    "header",
    ["Bearer wrong", "Bearer", "Bearer ", "Basic YTpi", "clientele_analyst", "Bearer \xe9"],
)
def test_what_is_no_good_token_opens_nothing(client: FlaskClient, header: str) -> None:
    assert status(client, SEGMENTS, {"Authorization": header}) == 401


@pytest.mark.parametrize(
    ("role", "expected"),
    [("viewer", (200, 403, 403)), ("analyst", (200, 200, 200)), ("admin", (200, 200, 200))],
)
def test_a_token_opens_what_its_role_may_see(
    client: FlaskClient, role: str, expected: tuple[int, int, int]
) -> None:
    headers = bearer(TOKENS[role])
    found = (
        status(client, SEGMENTS, headers),
        status(client, MEMBERS, headers),
        status(client, SCORE, headers, {"ids": ["c-01"]}),
    )
    assert found == expected


def test_who_may_not_is_told_which_role_it_takes(client: FlaskClient) -> None:
    answer = client.get(MEMBERS, base_url=SECURE, headers=bearer(TOKENS["viewer"]))
    assert answer.get_json()["error"] == (
        "The role viewer may not ask this; it takes the role analyst."
    )


def test_a_token_opens_the_api_and_nothing_else(client: FlaskClient) -> None:
    headers = bearer(TOKENS["admin"])
    assert call(client, SHARES, SECURE, headers=headers).status_code == 401
    for path in ("/overview", "/_dash-layout", "/model-document/1.md", "/apiary"):
        assert status(client, path, {**headers, "Accept": "application/json"}) == 401


def test_a_wrong_token_is_not_mended_by_a_session(client: FlaskClient) -> None:
    sign_in(client, "ann")
    assert status(client, SEGMENTS, bearer("wrong")) == 401


def test_a_token_sets_no_cookie_and_leaves_no_trace_in_the_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get(SEGMENTS, base_url=SECURE, headers=bearer(TOKENS["viewer"]))
    assert "Set-Cookie" not in answer.headers
    client.get(SEGMENTS, base_url=SECURE, headers=bearer("secret-that-is-wrong"))
    (logged,) = [one.getMessage() for one in caplog.records]
    assert logged == f"a token was refused: GET {SEGMENTS!r}"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": SECURE, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_session_asks_for_scores_from_our_own_pages_only(
    client: FlaskClient, headers: dict[str, str], expected: int
) -> None:
    sign_in(client, "ann")
    assert status(client, SCORE, headers, {"ids": ["c-01"]}) == expected


def test_a_forms_body_is_refused_whoever_sends_it(client: FlaskClient) -> None:
    """What another site's page can send without being asked first is never JSON by name."""
    sign_in(client, "ann")
    answer = client.post(SCORE, data='{"ids": ["c-01"]}', base_url=SECURE)
    assert answer.status_code == 415


def test_a_session_has_the_rights_of_its_role(client: FlaskClient) -> None:
    sign_in(client, "vic")
    assert (status(client, SEGMENTS, {}), status(client, MEMBERS, {})) == (200, 403)


def test_a_revoked_token_opens_nothing_from_the_next_request_on(
    client: FlaskClient, users: Users
) -> None:
    headers = bearer(TOKENS["analyst"])
    assert status(client, MEMBERS, headers) == 200
    del users.tokens[hash_token(TOKENS["analyst"])]
    assert status(client, MEMBERS, headers) == 401
