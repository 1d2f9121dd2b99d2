"""From unknown files to segments with four commands and no edit of the draft between them."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Manage
from tests.core.sources.drafting.account_layouts import german_bank, iban_bank, shared_accounts
from tests.core.sources.drafting.layouts import (
    co_operative,
    linked_bank,
    purchase_log,
    wide_table,
)


def _with_ids(folder: Path) -> Path:
    return wide_table(folder, rows=200)


def _without_ids(folder: Path) -> Path:
    return wide_table(folder, rows=200, with_id=False)


def _log(folder: Path) -> Path:
    return purchase_log(folder, customers=200)


def _linked(folder: Path) -> Path:
    return linked_bank(folder, clients=200)


def _tabs(folder: Path) -> Path:
    return co_operative(folder, partners=200)


_BOTH = ("Demographic", "Behavioural")
_GROUPS = ("RFM groups", "Value tiers")


@pytest.mark.parametrize(
    ("make", "customers", "segmentations"),
    [
        (_with_ids, "200 customers", (*_BOTH, "Value tiers")),
        (_without_ids, "200 customers", (*_BOTH, "Value tiers")),
        (_log, "200 customers", ("Behavioural", *_GROUPS)),
        (_linked, "200 customers", (*_BOTH, *_GROUPS)),
        (_tabs, "200 customers", (*_BOTH, *_GROUPS)),
        (iban_bank, "160 customers", (*_BOTH, *_GROUPS)),
        (german_bank, "160 customers", (*_BOTH, *_GROUPS)),
        (shared_accounts, "160 customers", ("Behavioural", *_GROUPS)),
    ],
)
def test_a_draft_checks_loads_and_segments_as_it_is(
    make: Callable[[Path], Path],
    customers: str,
    segmentations: tuple[str, ...],
    tmp_path: Path,
    manage: Manage,
) -> None:
    files, source = tmp_path / "mine", tmp_path / "source"
    files.mkdir()
    make(files)
    drafted = manage("sources", "draft", files, "-o", source)
    assert (drafted.code, drafted.err) == (0, "")
    checked = manage("sources", "check", source, files)
    assert (checked.code, checked.err) == (0, "")
    assert manage("db", "upgrade").code == 0
    read = manage("ingest", source, files)
    assert read.code == 0
    assert customers in read.out
    assert "0 rejected" in read.out
    done = manage("segment", "mine", "--k", "3")
    assert done.code == 0
    told = [line.strip().split(": ")[0] for line in done.out.splitlines() if line.startswith("  ")]
    assert tuple(told) == segmentations


def test_what_a_draft_guessed_weakly_is_printed_and_stands_in_it(
    tmp_path: Path, manage: Manage
) -> None:
    files, source = tmp_path / "mine", tmp_path / "source"
    files.mkdir()
    shared_accounts(files, customers=80)
    drafted = manage("sources", "draft", files, "-o", source)
    told = [
        line.removeprefix("To settle before loading: ").removesuffix(".")
        for line in drafted.out.splitlines()
        if line.startswith("To settle before loading: ")
    ]
    written = (source / "source.toml").read_text().splitlines()
    assert told
    assert sorted(f"# TO SETTLE: {one}" for one in told) == sorted(
        line for line in written if line.startswith("# TO SETTLE: ")
    )
    assert f"# {len(told)} weak guesses: look for TO SETTLE below" in written


def _stored(files: Path, database: Path) -> str:
    """Put the linked bank's files into a database whose ids are numbers; return its URL."""
    with sqlite3.connect(database) as connection:
        for file in sorted(files.glob("*.csv")):
            with file.open(newline="") as text:
                header, *rows = csv.reader(text, delimiter=";")
            columns = ", ".join(f'"{name}"' for name in header)
            marks = ", ".join("?" * len(header))
            numbers = [name.endswith("_id") for name in header]
            connection.execute(f'CREATE TABLE "{file.stem}" ({columns})')
            connection.executemany(
                f'INSERT INTO "{file.stem}" VALUES ({marks})',
                [[int(c) if n else c for c, n in zip(r, numbers, strict=True)] for r in rows],
            )
    connection.close()
    return f"sqlite:///{database}"


def test_a_database_is_drafted_checked_and_loaded_as_it_is(
    tmp_path: Path, manage: Manage, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, source = tmp_path / "files", tmp_path / "source"
    files.mkdir()
    linked_bank(files, clients=160)
    monkeypatch.setenv("CORE_BANK_URL", _stored(files, tmp_path / "bank.db"))
    drafted = manage("sources", "draft", "$CORE_BANK_URL", "-o", source, "--name", "core_bank")
    assert (drafted.code, drafted.err) == (0, "")
    assert "not yet right" not in drafted.out
    written = (source / "source.toml").read_text()
    assert 'database = "$CORE_BANK_URL"' in written
    assert str(tmp_path) not in written
    assert manage("sources", "check", source).out == f"{source} has no mistakes.\n"
    assert manage("db", "upgrade").code == 0
    read = manage("ingest", source)
    assert (read.code, "160 customers" in read.out, "0 rejected" in read.out) == (0, True, True)


@pytest.mark.parametrize(
    ("place", "code", "words"),
    [
        ("postgresql://reader:secret@host/bank", 64, "a password does not belong into a file"),
        ("$NOWHERE_URL", 78, "environment variable NOWHERE_URL, which is not set"),
        ("sqlite:///nothing.db", 78, "There is no SQLite database"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told_without_its_password(
    place: str, code: int, words: str, tmp_path: Path, manage: Manage
) -> None:
    told = manage("sources", "draft", place, "-o", tmp_path / "out")
    assert (told.code, words in told.err, "secret" in told.err) == (code, True, False)
    assert not (tmp_path / "out").exists()


def test_a_database_without_days_asks_for_one_and_its_doubles_are_read(
    tmp_path: Path, manage: Manage
) -> None:
    with sqlite3.connect(tmp_path / "bank.db") as connection:
        connection.execute("CREATE TABLE customers (customer_id, age, balance)")
        people = [(n, 20 + n % 50, n / 7) for n in range(100, 200)]
        connection.executemany("INSERT INTO customers VALUES (?, ?, ?)", people)
    connection.close()
    url = f"sqlite:///{tmp_path / 'bank.db'}"
    told = manage("sources", "draft", url, "-o", tmp_path / "out")
    assert (told.code, "say it with --as-of" in told.err) == (64, True)
    day = ("--as-of", "2024-12-31")
    assert manage("sources", "draft", url, "-o", tmp_path / "out", *day).code == 0
    checked = manage("sources", "check", tmp_path / "out")
    assert (checked.code, checked.err) == (0, "")
    assert "places = 9, rounded = true" in (tmp_path / "out" / "source.toml").read_text()


def test_a_draft_is_never_written_over_another(tmp_path: Path, manage: Manage) -> None:
    files = tmp_path / "mine"
    files.mkdir()
    (files / "customers.csv").write_text("id,age\n" + "".join(f"{n},{n}\n" for n in range(20, 60)))
    (tmp_path / "out").mkdir()
    kept = tmp_path / "out" / "customers.sql"
    kept.write_text("-- mine\n")
    answer = manage("sources", "draft", files, "-o", tmp_path / "out" / "bank.toml")
    assert answer.code == 64
    assert "never overwrites" in answer.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["customers.sql"]
    assert kept.read_text() == "-- mine\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("nowhere",), 64, "There is no folder"),
        ((".", "--currency", "euro"), 64, "three capital letters"),
        ((".", "--as-of", "yesterday"), 64, "Write it as YYYY-MM-DD"),
        ((".", "--name", "My Bank"), 64, "e.g. my_bank"),
    ],
)
def test_a_mistaken_draft_command_gets_a_sentence_and_writes_nothing(
    arguments: tuple[str, ...],
    code: int,
    words: str,
    tmp_path: Path,
    manage: Manage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "customers.csv").write_text("id,age\n1,20\n2,30\n")
    monkeypatch.chdir(files)
    answer = manage("sources", "draft", *arguments, "-o", tmp_path / "out")
    assert answer.code == code
    assert words in answer.err
    assert not (tmp_path / "out").exists()
