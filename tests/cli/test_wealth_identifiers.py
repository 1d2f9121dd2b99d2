"""National ids, names and numbers of investors: in one table apart, and nowhere else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import g
from sqlalchemy import Engine, inspect, text

from core.sources.demo.wealth import SCORING, TRAINING, generate
from dash_app.cache import RunCache
from dash_app.context import open_view
from dash_app.guard import Caller
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.registry import TABS
from db.engine import make_engine
from tests.cli.conftest import Manage
from tests.dash_app.fakes import make_app

APART = "customer_identities"
IDENTIFYING = (
    "customer_name",
    "customer_pan_card_no",
    "customer_adhar_card_no",
    "mobile_no",
    "crn_unique_id",
    "address",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("investors")
    generate(folder, customers=240)
    return folder


@pytest.fixture(scope="module")
def identifiers(files: Path) -> frozenset[str]:
    """Everything in the file that identifies somebody."""
    with (files / TRAINING).open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = {row[name] for row in rows for name in IDENTIFYING}
    return frozenset(found | {row["demat_account_no"] for row in rows} - {""})


@pytest.fixture
def published(database_url: str, manage: Manage, files: Path) -> Iterator[Engine]:
    where = ("--as-of", "2024-12-31", "--force", "--database-url", database_url)
    answer = manage("refresh", "wealth", files, *where)
    assert answer.code == 0, answer.err
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def cells(engine: Engine, table: str) -> str:
    """Return everything that a table or view holds, as text."""
    with engine.connect() as connection:
        rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
    written = [
        value.decode("latin-1") if isinstance(value, bytes) else str(value)
        for row in rows
        for value in row
    ]
    return "\x1f".join(written)


def found_in_tables(engine: Engine, identifiers: frozenset[str]) -> dict[str, int]:
    """Return how many identifiers each table and view holds, where there are any."""
    inspector = inspect(engine)
    names = {*inspector.get_table_names(), *inspector.get_view_names()}
    assert {APART, "published_wealth", "customers", "import_rejects"} <= names
    found = {name: cells(engine, name) for name in names}
    counts = {name: sum(one in content for one in identifiers) for name, content in found.items()}
    return {name: count for name, count in counts.items() if count}


def found_in_exports(engine: Engine, identifiers: frozenset[str]) -> dict[str, list[str]]:
    """Return the identifiers in each tab's export, as an analyst gets it."""
    services = Services(engine.connect, engine.begin, engine.begin, lambda job: None, RunCache())
    app = make_app(services, tabs=TABS)
    found = {}
    with app.server.test_request_context():
        g.caller = Caller("tests", Role.ANALYST)
        for tab in TABS:
            if tab.export is not None:
                view = open_view(services, f"/{tab.slug}", "?d=wealth", tab.side)
                written = repr([(s.name, s.table) for s in tab.export(services, view)])
                found[tab.slug] = [one for one in identifiers if one in written]
    return found


def scored_file(manage: Manage, files: Path, database_url: str) -> str:
    """Return the answers to the bank's own file of those to be scored."""
    out = files / "answers.csv"
    named = ("-o", out, "--lens", "investors", "--database-url", database_url)
    answer = manage("score", "wealth", files / SCORING, *named)
    assert answer.code == 0, answer.err
    return out.read_text(encoding="utf-8")


def test_identifiers_are_in_one_table_and_in_no_export(
    published: Engine,
    identifiers: frozenset[str],
    manage: Manage,
    files: Path,
    database_url: str,
) -> None:
    assert len(identifiers) > 1_200
    in_one_line = frozenset(one for one in identifiers if "\n" not in one)  # JSON escapes others
    assert found_in_tables(published, in_one_line) == {APART: len(in_one_line)}
    exports = found_in_exports(published, identifiers)
    assert len(exports) >= 4
    assert set(map(tuple, exports.values())) == {()}
    answers = scored_file(manage, files, database_url)
    with (files / SCORING).open(newline="") as file:
        to_score = list(csv.DictReader(file))
    assert len(answers.splitlines()) == len(to_score) + 1
    direct = {row[name] for row in to_score for name in IDENTIFYING} - {""}
    assert [one for one in direct if one in answers] == []
