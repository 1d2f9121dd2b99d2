"""What bad input gets: a sentence, an exit code, and nothing written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from core.sources.demo.truth import PlantedTruth
from db.engine import make_engine
from db.locks import writer_lock
from db.upgrade import downgrade
from tests.cli.conftest import Manage

USAGE, DATA, BUSY, CONFIGURATION = 64, 65, 75, 78

Change = Callable[[Path], None]


def _rows(database_url: str) -> dict[str, int]:
    file = database_url.removeprefix("sqlite:///")
    with sqlite3.connect(file) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "alembic_version"
        ]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in tables
        }


@pytest.fixture
def files(demo_files: tuple[Path, PlantedTruth], tmp_path: Path) -> Path:
    """A copy of the demonstration bank's files that a test may spoil."""
    return Path(shutil.copytree(demo_files[0], tmp_path / "files"))


def _edit(name: str, old: bytes, new: bytes, count: int = -1) -> Change:
    def change(folder: Path) -> None:
        content = (folder / name).read_bytes()
        assert old in content
        (folder / name).write_bytes(content.replace(old, new, count))

    return change


def _remove(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def _only_header(name: str) -> Change:
    def change(folder: Path) -> None:
        lines = (folder / name).read_bytes().splitlines(keepends=True)
        (folder / name).write_bytes(lines[0])

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_remove("twm_customer.csv"), ["twm_customer"]),
        (_edit("twm_customer.csv", b";", b"\x1f"), ["twm_customer.csv"]),
        (_edit("twm_customer.csv", b"income;", b"incme;", 1), ["twm_customer.csv", "income"]),
        (_edit("twm_customer.csv", b"income;age", b"age;age", 1), ["twm_customer.csv", "age"]),
        (_only_header("twm_customer.csv"), ["twm_customer.csv"]),
        (_edit("twm_accounts.csv", b".2024;", b".2024x;"), ["cannot be accepted", "5%"]),
    ],
    ids=["missing file", "delimiter", "missing column", "doubled column", "empty", "dates"],
)
def test_files_that_cannot_be_used_write_nothing(
    change: Change, words: list[str], files: Path, sqlite_url: str, manage: Manage
) -> None:
    change(files)
    before = _rows(sqlite_url)
    answer = manage("refresh", "bank", files, "--database-url", sqlite_url)
    assert answer.code == DATA
    assert all(word in answer.err for word in words), answer.err
    assert _rows(sqlite_url) == before


def test_a_path_that_is_a_file_is_told_so(files: Path, sqlite_url: str, manage: Manage) -> None:
    given = files / "twm_customer.csv"
    answer = manage("ingest", "bank", given, "--database-url", sqlite_url)
    assert answer.code == DATA
    assert "twm_customer.csv is a file; give the folder" in answer.err


def test_an_orphan_transaction_is_rejected_and_counted(
    files: Path, sqlite_url: str, manage: Manage
) -> None:
    file = files / "twm_savings_tran.csv"
    first = file.read_bytes().splitlines(keepends=True)[1]
    orphan = b"999999999" + first[first.index(b";") :]
    file.write_bytes(file.read_bytes() + orphan)
    answer = manage("ingest", "bank", files, "--database-url", sqlite_url)
    assert answer.code == 0, answer.err
    assert "1 rejected" in answer.out


def test_a_customer_who_comes_twice_with_other_facts_is_rejected_and_counted(
    files: Path, sqlite_url: str, manage: Manage
) -> None:
    file = files / "twm_customer.csv"
    lines = file.read_bytes().splitlines(keepends=True)
    cells = lines[1].split(b";")
    cells[1] = str(int(cells[1]) + 1).encode()
    file.write_bytes(b"".join([*lines, b";".join(cells)]))
    answer = manage("ingest", "bank", files, "--database-url", sqlite_url)
    assert answer.code == 0, answer.err
    assert "0 rejected" not in answer.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ingest", "bonk", "."), USAGE, "Unknown source 'bonk'. Choose one of: bank, "),
        (("ingest", "bank", "nowhere"), DATA, "nowhere"),
        (("ingest", "bank", ".", "--as-of", "31.12.1995"), USAGE, "Write it as YYYY-MM-DD"),
        (("segment", "bank"), DATA, "bank"),
        (("segment", "bank", "--k", "9..3"), USAGE, "smaller number first"),
        (("segment", "bank", "--k", "few"), USAGE, "--k is 'few'"),
        (("publish", "12"), USAGE, "12"),
        (("rollback", "bank"), USAGE, "bank"),
        (("demo", "casino"), USAGE, "Unknown demo 'casino'. Choose one of: bank, "),
        (("frobnicate",), USAGE, "frobnicate"),
        (("users", "add", "eve", "--role", "queen"), USAGE, "Unknown role 'queen'."),
    ],
)
def test_a_command_that_was_mistyped_says_what_is_allowed(
    arguments: tuple[str, ...],
    code: int,
    words: str,
    sqlite_url: str,
    home: Path,
    manage: Manage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLIENTELE_DATABASE_URL", sqlite_url)
    before = _rows(sqlite_url)
    answer = manage(*arguments)
    assert (answer.code, answer.out) == (code, "")
    assert words in answer.err
    assert _rows(sqlite_url) == before


def test_a_lens_with_fewer_customers_than_segments_is_refused(
    files: Path, sqlite_url: str, manage: Manage
) -> None:
    _keep_customers(files, 2)
    answer = manage("refresh", "bank", files, "--database-url", sqlite_url)
    assert answer.code == DATA
    assert "The lens 'demographic' has 2 customers to cluster" in answer.err
    assert "fewer than the 3 segments asked for" in answer.err
    history = manage("runs", "bank", "--database-url", sqlite_url)
    assert "failed" in history.out
    assert _rows(sqlite_url)["segmentations"] == 0


def _keep_customers(folder: Path, count: int) -> None:
    """Keep only so many customers, of those who hold all three products."""
    tables = {file: file.read_bytes().splitlines(keepends=True) for file in folder.glob("twm_*")}
    ids = {
        file: [line.split(b";")[lines[0].strip().split(b";").index(b"cust_id")] for line in lines]
        for file, lines in tables.items()
    }
    everywhere = sorted(set.intersection(*(set(found[1:]) for found in ids.values())))[:count]
    for file, lines in tables.items():
        kept = [
            line for line, customer in zip(lines, ids[file], strict=True) if customer in everywhere
        ]
        file.write_bytes(b"".join([lines[0], *kept]))


def test_a_second_writer_is_told_that_the_database_is_busy(
    files: Path, sqlite_url: str, manage: Manage
) -> None:
    engine = make_engine(sqlite_url)
    with writer_lock(engine):
        answer = manage("ingest", "bank", files, "--database-url", sqlite_url)
    engine.dispose()
    assert answer.code == BUSY
    assert "Nothing was changed" in answer.err


def test_a_database_older_than_the_code_names_the_command(sqlite_url: str, manage: Manage) -> None:
    downgrade(sqlite_url, "base")
    answer = manage("runs", "bank", "--database-url", sqlite_url)
    assert answer.code == CONFIGURATION
    assert "manage.py db upgrade" in answer.err


def test_a_database_newer_than_the_code_is_refused(sqlite_url: str, manage: Manage) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("runs", "bank"), ("db", "upgrade")):
        answer = manage(*command, "--database-url", sqlite_url)
        assert answer.code == CONFIGURATION
        assert "newer" in answer.err


def test_a_database_that_is_not_there_is_named(tmp_path: Path, manage: Manage) -> None:
    answer = manage("runs", "bank", "--database-url", f"sqlite:///{tmp_path}/none.db")
    assert answer.code == CONFIGURATION
    assert "manage.py db upgrade" in answer.err
    assert not (tmp_path / "none.db").exists()


def test_server_mode_without_a_secret_refuses_to_start(
    sqlite_url: str, manage: Manage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_MODE", "server")
    answer = manage("serve", "--database-url", sqlite_url)
    assert answer.code == CONFIGURATION
    assert "CLIENTELE_SECRET_KEY is not set" in answer.err


def test_local_mode_listens_on_this_machine_only(sqlite_url: str, manage: Manage) -> None:
    answer = manage("serve", "--host", "192.0.2.1", "--database-url", sqlite_url)
    assert answer.code == USAGE
    assert "no sign-in" in answer.err
