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


RECALLED = (
    "Worth knowing: As at the last import, include cancelled orders: yes. "
    "Another choice is --switch include_cancelled=no.\n"
)


def test_switches_stay_as_at_the_last_import_until_another_choice_is_given(
    manage: Manage, shop_files: Path
) -> None:
    def refresh(*switch: str) -> tuple[str, bool]:
        answer = manage("refresh", "commerce", shop_files, "--force", *switch)
        assert answer.code == 0, answer.err
        return answer.out.partition(":")[0], RECALLED in answer.out

    assert manage("db", "upgrade").code == 0
    assert refresh() == ("Snapshot 1 as of 2018-08-31", False)
    assert refresh("--switch", "include_cancelled=yes") == ("Snapshot 2 as of 2018-08-31", False)
    again = manage("ingest", "commerce", shop_files)
    assert again.out == (
        f"Nothing changed: snapshot 2 already holds exactly this content.\n{RECALLED}"
    )
    assert refresh() == ("Nothing changed", True)
    # The same files with the default are snapshot 1 again: what was read last, not what is newest.
    assert refresh("--switch", "include_cancelled=no") == ("Nothing changed", False)
    assert manage("ingest", "commerce", shop_files).out.startswith("Nothing changed: snapshot 1")


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
