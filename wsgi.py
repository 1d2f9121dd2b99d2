"""Web composition root: settings, engines, app. ``gunicorn wsgi:server``."""

from __future__ import annotations

import logging
import sys

from flask import Flask
from sqlalchemy import Engine

from core.errors import ClienteleError
from core.readmodels import ApiToken, JobId, UserAccount
from dash_app.app import create_app
from dash_app.cache import RunCache
from dash_app.services import Services
from db.engine import make_engine
from db.queries.tokens import token_by_hash
from db.queries.users import user_by_name, user_by_session
from db.users import end_sessions
from db.version import require_current
from queueing import make_queue, register_task
from settings import Mode, Settings, load_settings


class SqlUsers:
    """Users and programs in the database, as signing in and the API need them."""

    def __init__(self, engine: Engine, writer: Engine) -> None:
        self._engine = engine
        self._writer = writer

    def by_name(self, name: str) -> UserAccount | None:
        """Return the user of that name, active or not."""
        with self._engine.connect() as connection:
            return user_by_name(connection, name)

    def by_session(self, token: str) -> UserAccount | None:
        """Return the active user whose present session token this is."""
        with self._engine.connect() as connection:
            return user_by_session(connection, token)

    def by_token(self, token_hash: str) -> ApiToken | None:
        """Return the token of that hash while it is good."""
        with self._engine.connect() as connection:
            return token_by_hash(connection, token_hash)

    def end_sessions(self, name: str) -> None:
        """Make every cookie of that user worthless."""
        with self._writer.begin() as connection:
            end_sessions(connection, name, actor=name)


def make_server(settings: Settings) -> Flask:
    """Return the web server; `ConfigurationError` refuses to start.

    Engines are emptied at the end: gunicorn forks after this, and connections must not be shared.
    """
    secret_key = settings.session_secret()
    reader = make_engine(settings.database_url, read_only=True)
    writer = make_engine(settings.database_url)
    board = make_engine(settings.queue_url)
    require_current(reader)
    services = Services(
        read=reader.connect,
        write=writer.begin,
        jobs=board.begin,
        enqueue=register_task(make_queue(settings), _only_enqueued),
        cache=RunCache(),
        smallest_group=settings.smallest_group,
        heartbeat_timeout=settings.heartbeat_timeout,
    )
    users = SqlUsers(reader, writer) if settings.mode is Mode.SERVER else None
    app = create_app(
        services,
        mode=settings.mode.value,
        secret_key=secret_key,
        allowed_hosts=settings.allowed_hosts,
        user_store=users,
        token_store=users,
    )
    for engine in (reader, writer, board):
        engine.dispose()
    return app.server  # type: ignore[no-any-return]


def _only_enqueued(job_id: JobId) -> None:
    raise RuntimeError(f"Job {job_id} is for the worker: the web process only enqueues.")


def _start() -> Flask:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        return make_server(load_settings())
    except ClienteleError as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(refusal.exit_code)


server = _start()
