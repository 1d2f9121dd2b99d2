"""The queue's own tables: there after an upgrade, asked for before anything works on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli import serve
from core.errors import ConfigurationError
from core.readmodels import JobId
from db.engine import make_engine
from db.jobs import create_job, create_job_board, jobs
from queueing import create_tables, make_queue, register_task, require_tables
from settings import Settings
from worker import main


def settings_of(folder: Path, queue_url: str = "") -> Settings:
    return Settings(data_dir=folder, queue_url=queue_url)


def waiting(settings: Settings, *, more: JobId | None = None) -> int:
    """How many jobs the queue holds, after one more was put on it."""
    queue = make_queue(settings)
    if more is not None:
        register_task(queue, lambda _: None)(more)
    count = queue.pending_count()
    queue.storage.close()
    return int(count)


def test_a_queue_without_tables_is_refused_and_told_how_to_make_them(
    empty_database_url: str, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path, empty_database_url)
    board = make_engine(empty_database_url)
    create_job_board(board)
    board.dispose()
    with pytest.raises(ConfigurationError, match="no tables yet"):
        require_tables(settings)
    create_tables(settings)
    require_tables(settings)
    assert waiting(settings, more=JobId(7)) == 1


def test_making_the_tables_again_keeps_what_is_there(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    create_tables(settings)
    waiting(settings, more=JobId(7))
    board = make_engine(settings.queue_url)
    with board.begin() as connection:
        create_job(connection, "bank", {}, "ada")
    create_tables(settings)
    assert waiting(settings) == 1
    with board.connect() as connection:
        assert len(jobs(connection, "bank")) == 1
    board.dispose()


def test_serving_makes_the_file_that_the_queue_has_of_its_own(tmp_path: Path) -> None:
    serve._require_queue(settings_of(tmp_path))
    require_tables(settings_of(tmp_path))


def test_a_worker_does_not_start_without_a_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_DATA_DIR", str(tmp_path))
    assert main() == 78
    assert not list(tmp_path.iterdir())
