"""Tokens on the command line: made, shown once, listed, revoked."""

from __future__ import annotations

import json
from pathlib import Path

from dash_app.tokens import hash_token
from db.engine import make_engine
from db.queries.tokens import token_by_hash
from settings import load_settings
from tests.cli.conftest import Manage


def test_a_token_is_shown_once_listed_and_revoked(manage: Manage, home: Path) -> None:
    assert manage("db", "upgrade").code == 0
    made = manage("tokens", "add", "campaigns", "--role", "analyst", "--last-day", "2999-12-31")
    said, token = made.out.splitlines()
    assert "campaigns may now ask the API as analyst" in said
    assert token.encode() not in (home / "clientele.db").read_bytes()
    engine = make_engine(load_settings().database_url)
    with engine.connect() as connection:
        found = token_by_hash(connection, hash_token(token))
    engine.dispose()
    assert found is not None
    assert found.name == "campaigns"

    listed = manage("tokens", "list", "--json")
    assert token not in listed.out
    assert json.loads(listed.out) == [
        {"name": "campaigns", "role": "analyst", "last_day": "2999-12-31", "state": "good"}
    ]
    assert "opens nothing any more" in manage("tokens", "revoke", "campaigns").out
    assert json.loads(manage("tokens", "list", "--json").out)[0]["state"] == "revoked"
    assert "revoked" in manage("tokens", "list").out


def test_machines_get_the_token_as_json(manage: Manage) -> None:
    assert manage("db", "upgrade").code == 0
    made = json.loads(manage("tokens", "add", "Batch", "--json").out)
    assert (made["name"], made["role"]) == ("batch", "viewer")
    assert made["token"].startswith("clientele_")


def test_mistakes_are_told_and_nothing_is_made(manage: Manage) -> None:
    assert manage("db", "upgrade").code == 0
    for arguments, sentence in (
        (("add", "x", "--role", "owner"), "Choose one of: admin, analyst, viewer"),
        (("add", "x", "--last-day", "soon"), "--last-day is 'soon', which is not a day."),
        (("add", "x", "--last-day", "1999-12-31"), "is over"),
        (("revoke", "x"), "There is no token 'x' to revoke."),
    ):
        answer = manage("tokens", *arguments)
        assert (answer.code, sentence in answer.err) == (64, True), answer
    assert json.loads(manage("tokens", "list", "--json").out) == []
