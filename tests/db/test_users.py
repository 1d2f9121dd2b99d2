from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from core.errors import UsageError
from db.queries.users import user_by_name, user_by_session, users
from db.users import add_user, deactivate_user, end_sessions, set_password, set_role


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        add_user(connection, "Ada@bank.example", "analyst", "hash-1")
        yield connection


def token(connection: Connection) -> str:
    user = user_by_name(connection, "ada@bank.example")
    assert user is not None
    return user.session_token


def test_a_user_signs_in_with_any_capitals(connection: Connection) -> None:
    user = user_by_name(connection, " ADA@bank.example ")
    assert user is not None
    assert (user.name, user.role, user.password_hash, user.is_active) == (
        "ada@bank.example",
        "analyst",
        "hash-1",
        True,
    )
    assert user_by_session(connection, user.session_token) == user
    assert user_by_name(connection, "bob") is None
    assert user_by_session(connection, "guess") is None


def test_a_name_is_given_once(connection: Connection) -> None:
    with pytest.raises(UsageError, match=r"There is a user 'ada@bank\.example' already"):
        add_user(connection, "ada@BANK.example", "viewer", "hash-2")
    assert len(users(connection)) == 1


@pytest.mark.parametrize(
    ("name", "role", "sentence"),
    [("bob", "owner", "Choose one of: admin, analyst, viewer"), (" ", "viewer", "name is empty")],
)
def test_unknown_roles_and_empty_names_are_refused(
    connection: Connection, name: str, role: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        add_user(connection, name, role, "hash")


def test_every_change_ends_the_sessions_before(connection: Connection) -> None:
    tokens = [token(connection)]
    set_password(connection, "ada@bank.example", "hash-2")
    tokens.append(token(connection))
    set_role(connection, "ada@bank.example", "admin")
    tokens.append(token(connection))
    end_sessions(connection, "ada@bank.example", actor="admin")
    tokens.append(token(connection))
    assert len(set(tokens)) == 4
    for old in tokens[:-1]:
        assert user_by_session(connection, old) is None


def test_a_deactivated_user_stays_in_the_list_and_can_come_back(connection: Connection) -> None:
    deactivate_user(connection, "ada@bank.example")
    (gone,) = users(connection)
    assert not gone.is_active
    assert user_by_session(connection, gone.session_token) is None
    add_user(connection, "ada@bank.example", "viewer", "hash-3")
    (back,) = users(connection)
    assert (back.user_id, back.role, back.is_active) == (gone.user_id, "viewer", True)


def test_an_unknown_user_cannot_be_changed(connection: Connection) -> None:
    with pytest.raises(UsageError, match="There is no user 'bob'"):
        deactivate_user(connection, "bob")


def test_what_was_done_to_users_is_audited_without_secrets(connection: Connection) -> None:
    set_password(connection, "ada@bank.example", "hash-2", actor="admin")
    lines = connection.execute(text("SELECT actor, action, subject, detail FROM audit")).all()
    assert [tuple(line[:3]) for line in lines] == [
        ("command line", "add user", "ada@bank.example"),
        ("admin", "set password", "ada@bank.example"),
    ]
    assert "hash" not in str(lines)


def test_a_users_secrets_are_not_shown_when_printed(connection: Connection) -> None:
    user = user_by_name(connection, "ada@bank.example")
    assert user is not None
    assert user.password_hash not in repr(user)
    assert user.session_token not in repr(user)
