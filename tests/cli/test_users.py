"""Users on the command line: made, changed, listed, removed; passwords only from standard input."""

from __future__ import annotations

import io
import json

import pytest

from tests.cli.conftest import Answer, Manage

PASSWORD = "correct horse battery"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password waits on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n{PASSWORD}\n"))


def _listed(answer: Answer) -> list[dict[str, object]]:
    assert answer.code == 0, answer.err
    found: list[dict[str, object]] = json.loads(answer.out)
    return found


def test_a_user_is_added_changed_and_removed(manage: Manage, typed: None) -> None:
    assert manage("db", "upgrade").code == 0
    assert manage("users", "add", "ann", "--password-stdin").code == 0
    assert "ann is now analyst" in manage("users", "set-role", "ann", "analyst").out
    assert "new password" in manage("users", "set-password", "ann", "--password-stdin").out
    assert _listed(manage("users", "list", "--json")) == [
        {"name": "ann", "role": "analyst", "active": True}
    ]

    assert manage("users", "remove", "ann").code == 0
    assert _listed(manage("users", "list", "--json"))[0]["active"] is False


def test_nobody_is_changed_who_does_not_exist(manage: Manage, typed: None) -> None:
    assert manage("db", "upgrade").code == 0
    for command in (("set-role", "bob", "admin"), ("set-password", "bob", "--password-stdin")):
        answer = manage("users", *command)
        assert (answer.code, "There is no user 'bob'." in answer.err) == (64, True)


def test_a_short_password_is_refused(manage: Manage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert manage("db", "upgrade").code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    answer = manage("users", "add", "ann", "--password-stdin")
    assert (answer.code, "Use at least 12." in answer.err) == (64, True)
    assert _listed(manage("users", "list", "--json")) == []
