"""Services over a fresh SQLite database, and apps of both modes, for tests of the web house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from core.readmodels import ApiToken, RunId, UserAccount
from dash_app.app import create_app
from dash_app.cache import RunCache
from dash_app.passwords import hash_password
from dash_app.services import Services
from dash_app.tabs.base import Tab
from db.jobs import create_job_board
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import run_result, snapshot_data
from tests.dash_app.sample_tab import HOME, TAB, TRUST

LOCAL = "http://127.0.0.1"
SECURE = "https://localhost"
PASSWORD = "correct horse battery staple"
PASSWORD_HASH = hash_password(PASSWORD)
TABS = (HOME, TAB, TRUST)


class Users:
    """Users in a dictionary, and tokens by their hash."""

    def __init__(self, *accounts: UserAccount, tokens: dict[str, ApiToken] | None = None) -> None:
        self.accounts = {account.name: account for account in accounts}
        self.tokens = tokens or {}

    def by_token(self, token_hash: str) -> ApiToken | None:
        return self.tokens.get(token_hash)

    def by_name(self, name: str) -> UserAccount | None:
        return self.accounts.get(name)

    def by_session(self, token: str) -> UserAccount | None:
        return next(
            (a for a in self.accounts.values() if a.session_token == token and a.is_active), None
        )

    def end_sessions(self, name: str) -> None:
        ended = replace(self.accounts[name], session_token=f"{self.accounts[name].session_token}+")
        self.accounts[name] = ended


def account(name: str, role: str, *, token: str = "", is_active: bool = True) -> UserAccount:
    return UserAccount(1, name, role, PASSWORD_HASH, token or f"token-of-{name}", is_active)


@pytest.fixture
def services(sqlite_url: str, tmp_path: Path, engine_of: Callable[..., Engine]) -> Services:
    """What callbacks get, over a migrated database without data and an empty job board."""
    reader, writer = engine_of(sqlite_url, read_only=True), engine_of(sqlite_url)
    board = engine_of(f"sqlite:///{tmp_path / 'queue.db'}")
    create_job_board(board)
    return Services(
        read=reader.connect,
        write=writer.begin,
        jobs=board.begin,
        enqueue=lambda job_id: None,
        cache=RunCache(),
    )


@pytest.fixture
def writer(sqlite_url: str, engine_of: Callable[..., Engine]) -> Engine:
    """The writing side of the same database."""
    return engine_of(sqlite_url)


@pytest.fixture
def published(writer: Engine) -> RunId:
    """A published run of two lenses over six customers."""
    return publish_a_run(writer)


def publish_a_run(writer: Engine, *, publish: bool = True) -> RunId:
    snapshots = SqlSnapshotStore(writer, pseudonym_key=b"k" * 32)
    runs = SqlRunStore(writer, user="tests")
    run_id = runs.start_run(snapshots.save_snapshot(snapshot_data()), {}, 1, {})
    runs.finish_run(run_id, run_result("demographic", "behavioural"))
    if publish:
        runs.publish(run_id)
    return run_id


@pytest.fixture
def local_app(services: Services) -> Dash:
    return make_app(services)


def make_app(services: Services, *, tabs: Sequence[Tab] = TABS, **options: object) -> Dash:
    given: dict[str, object] = {
        "mode": "local",
        "secret_key": "",
        "allowed_hosts": ("127.0.0.1", "localhost"),
        **options,
    }
    return create_app(services, tabs=tabs, **given)  # type: ignore[arg-type]


def server_app(services: Services, users: Users, **options: object) -> Dash:
    stores = {"user_store": users, "token_store": users}
    return make_app(services, mode="server", secret_key="s" * 32, **stores, **options)


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, **form: str) -> object:
    return client.post("/login", data={"name": name, "password": password, **form}, base_url=SECURE)


def call(client: FlaskClient, body: object, base_url: str = LOCAL, **options: object) -> object:
    return client.post("/_dash-update-component", json=body, base_url=base_url, **options)
