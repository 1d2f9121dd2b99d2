"""A source whose tables are in a database is taken in without a folder; its URL stays outside."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Manage
from tests.core.sources.builders import FILES, QUERIES, TOML

STORED = TOML.replace('customers = "people"', 'customers = "people"\ndatabase = "$CORE_BANK_URL"')
USAGE, DATA, CONFIGURATION = 64, 65, 78


@pytest.fixture
def specification(tmp_path: Path) -> Path:
    folder = tmp_path / "specification"
    folder.mkdir()
    (folder / "source.toml").write_text(STORED)
    for name, query in QUERIES.items():
        (folder / f"{name}.sql").write_text(query)
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "bank.db") as connection:
        for file, content in FILES.items():
            head, *rows = (line.split(";") for line in content.splitlines())
            table = file.removesuffix(".csv")
            connection.execute(f"CREATE TABLE {table} ({', '.join(f'{h} TEXT' for h in head)})")
            marks = ", ".join("?" * len(head))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    connection.close()
    return f"sqlite:///{tmp_path / 'bank.db'}"


def test_tables_are_ingested_without_a_path_and_once(
    manage: Manage, specification: Path, bank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORE_BANK_URL", bank)
    assert manage("db", "upgrade").code == 0
    assert manage("sources", "check", specification).out == f"{specification} has no mistakes.\n"
    first = manage("ingest", specification)
    assert (first.code, "3 customers" in first.out, "8 rows read, 8 accepted" in first.out) == (
        0, True, True,
    )  # fmt: skip
    assert manage("ingest", specification).out.startswith("Nothing changed:")


@pytest.mark.parametrize("command", ["ingest", "refresh"])
def test_a_variable_that_is_not_set_is_named(
    manage: Manage, specification: Path, command: str
) -> None:
    assert manage("db", "upgrade").code == 0
    told = manage(command, specification)
    assert told.code == CONFIGURATION
    assert "environment variable CORE_BANK_URL, which is not set" in told.err


def test_a_source_of_files_asks_for_its_folder(manage: Manage) -> None:
    assert manage("db", "upgrade").code == 0
    told = manage("ingest", "bank")
    assert (told.code, "give the folder that holds them as PATH" in told.err) == (USAGE, True)
    assert manage("sources", "check", "bank").out == "bank has no mistakes.\n"


def test_mistakes_of_the_tables_are_told(
    manage: Manage, specification: Path, bank: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORE_BANK_URL", bank)
    with sqlite3.connect(bank.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TABLE moves")
        connection.execute("UPDATE people SET age = 'old'")
    connection.close()
    told = manage("sources", "check", specification)
    assert (told.code, told.err.count("\n")) == (DATA, 1)
    assert "The database has no table moves; it holds: accounts, people." in told.err
