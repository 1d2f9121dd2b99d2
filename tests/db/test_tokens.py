from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, text

from core.errors import UsageError
from db.clock import database_now
from db.queries.tokens import token_by_hash, tokens
from db.tokens import add_token, revoke_token


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        add_token(connection, "Campaigns", "analyst", "hash-1")
        yield connection


def today(connection: Connection) -> date:
    return database_now(connection).date()


def test_a_token_is_found_by_its_hash_while_it_is_good(connection: Connection) -> None:
    found = token_by_hash(connection, "hash-1")
    assert found is not None
    assert (found.name, found.role, found.last_day) == ("campaigns", "analyst", None)
    assert token_by_hash(connection, "hash-2") is None
    revoke_token(connection, " CAMPAIGNS ")
    assert token_by_hash(connection, "hash-1") is None


def test_a_token_is_good_until_the_end_of_its_last_day(connection: Connection) -> None:
    add_token(connection, "batch", "viewer", "hash-2", last_day=today(connection))
    assert token_by_hash(connection, "hash-2") is not None
    yesterday = today(connection) - timedelta(days=1)
    connection.execute(
        text("UPDATE api_tokens SET last_day = :day WHERE name = 'batch'"), {"day": yesterday}
    )
    assert token_by_hash(connection, "hash-2") is None


def test_a_name_is_given_again_only_when_its_token_is_no_good(connection: Connection) -> None:
    with pytest.raises(
        UsageError, match=r"There is a token 'campaigns' already\. .* tokens revoke"
    ):
        add_token(connection, "CAMPAIGNS", "viewer", "hash-2")
    revoke_token(connection, "campaigns")
    add_token(connection, "campaigns", "viewer", "hash-2")
    assert [(one.name, one.role, one.revoked_at) for one in tokens(connection)] == [
        ("campaigns", "viewer", None)
    ]
    assert token_by_hash(connection, "hash-1") is None


@pytest.mark.parametrize(
    ("name", "role", "sentence"),
    [
        ("batch", "owner", "Choose one of: admin, analyst, viewer"),
        ("  ", "viewer", "1 to 100 printable characters"),
        ("a\0b", "viewer", "1 to 100 printable characters"),
        ("x" * 101, "viewer", "1 to 100 printable characters"),
    ],
)
def test_unknown_roles_and_unusable_names_are_refused(
    connection: Connection, name: str, role: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        add_token(connection, name, role, "hash-2")


def test_a_last_day_that_is_over_is_refused(connection: Connection) -> None:
    with pytest.raises(UsageError, match="1999-12-31, is over"):
        add_token(connection, "batch", "viewer", "hash-2", last_day=date(1999, 12, 31))


def test_there_is_nothing_to_revoke_twice(connection: Connection) -> None:
    revoke_token(connection, "campaigns")
    for name in ("campaigns", "nobody"):
        with pytest.raises(UsageError, match=f"There is no token '{name}' to revoke"):
            revoke_token(connection, name)


def test_what_was_done_to_tokens_is_audited_without_their_hashes(connection: Connection) -> None:
    revoke_token(connection, "campaigns", actor="ann")
    lines = connection.execute(text("SELECT actor, action, subject, detail FROM audit")).all()
    assert [tuple(line[:3]) for line in lines] == [
        ("command line", "add token", "campaigns"),
        ("ann", "revoke token", "campaigns"),
    ]
    assert "hash" not in str(lines)
