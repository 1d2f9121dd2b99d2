"""From unknown files to segments with four commands and no edit of the draft between them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Manage
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


@pytest.mark.parametrize(
    ("make", "customers", "segmentations"),
    [
        (_with_ids, "200 customers", ("Demographic", "Behavioural")),
        (_without_ids, "200 customers", ("Demographic", "Behavioural")),
        (_log, "200 customers", ("Behavioural",)),
        (_linked, "200 customers", ("Demographic", "Behavioural")),
        (_tabs, "200 customers", ("Demographic", "Behavioural")),
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
    assert all(f"  {label}: " in done.out for label in segmentations)


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
