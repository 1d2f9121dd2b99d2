"""Settings: where data lie, and secrets that the installation keeps by itself."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.errors import ConfigurationError
from settings import Settings, load_settings


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("CLIENTELE_PSEUDONYM_KEY", "CLIENTELE_PSEUDONYM_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    return load_settings(data_dir=tmp_path / "var")


def test_a_pseudonym_key_is_made_once_for_its_owner_only(fresh: Settings) -> None:
    key = fresh.require_pseudonym_key()
    kept = fresh.data_dir / "pseudonym.key"
    assert (len(key), kept.read_bytes()) == (64, key)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert fresh.require_pseudonym_key() == key
    assert [file.name for file in fresh.data_dir.iterdir()] == ["pseudonym.key"]


def test_processes_that_start_together_agree_on_the_pseudonym_key(fresh: Settings) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: fresh.require_pseudonym_key(), range(64)))
    assert {len(key) for key in found} == {64}
    assert len(set(found)) == 1


def test_an_emptied_pseudonym_key_is_refused_instead_of_used(fresh: Settings) -> None:
    fresh.require_pseudonym_key()
    (fresh.data_dir / "pseudonym.key").write_text("")
    with pytest.raises(ConfigurationError, match=r"has 0 bytes.*Bring the file back from a backup"):
        fresh.require_pseudonym_key()


def test_files_are_the_same_for_a_process_that_starts_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLIENTELE_QUEUE_URL", raising=False)
    found = load_settings(data_dir="here", database_url="sqlite:///mine.db")
    assert (found.data_dir, found.database_url, found.queue_url) == (
        tmp_path / "here",
        f"sqlite:///{tmp_path}/mine.db",
        f"sqlite:///{tmp_path}/here/queue.db",
    )


def test_the_queue_of_a_database_server_lies_beside_the_data() -> None:
    url = "postgresql://bank@server/clientele"
    found = load_settings(database_url=url, queue_url="")
    assert (found.database_url, found.queue_url) == (url, url)


@pytest.mark.parametrize("written", ["one.example,two.example", "one.example two.example"])
def test_hosts_are_written_as_a_list_of_names(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("CLIENTELE_ALLOWED_HOSTS", written)
    assert load_settings().allowed_hosts == ("one.example", "two.example")
    monkeypatch.setenv("CLIENTELE_ALLOWED_HOSTS", "clientele.example")
    assert load_settings().allowed_hosts == ("clientele.example",)
