"""``ingest --switch``: what a source leaves open, settled on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.sources.demo.commerce import generate
from tests.cli.conftest import Manage


@pytest.fixture(scope="module")
def shop_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    generate(folder, customers=60)
    return folder


def test_a_switch_makes_a_snapshot_of_its_own(manage: Manage, shop_files: Path) -> None:
    assert manage("db", "upgrade").code == 0
    usual = manage("ingest", "commerce", shop_files)
    same = manage("ingest", "commerce", shop_files, "--switch", "include_cancelled=no")
    other = manage("ingest", "commerce", shop_files, "--switch", "include_cancelled=yes")
    assert usual.out.startswith("Snapshot 1 as of 2018-08-31: 60 customers")
    assert same.out.startswith("Nothing changed: snapshot 1")
    assert other.out.startswith("Snapshot 2 as of 2018-08-31: 60 customers")


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("commerce", "include_cancelled", "name=yes"),
        ("commerce", "include_canceled=yes", "Choose one of: include_cancelled"),
        ("bank", "include_cancelled=yes", "has no switches"),
    ],
)
def test_a_switch_that_is_not_there_is_refused(
    manage: Manage, shop_files: Path, source: str, text: str, said: str
) -> None:
    answer = manage("ingest", source, shop_files, "--switch", text)
    assert (answer.code, said in answer.err) == (64, True)
