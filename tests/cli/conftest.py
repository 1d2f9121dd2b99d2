"""The command line on a fresh database, as a person would run it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cli.main import run
from core.readmodels import LeftOut, RunId, SnapshotId
from core.sources.demo.bank import generate
from core.sources.demo.truth import PlantedTruth
from db.engine import make_engine
from db.store import SqlRunStore, SqlSnapshotStore
from settings import load_settings
from tests.builders import run_result, snapshot_data


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


Manage = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own; nothing else of the environment is seen."""
    folder = tmp_path / "var"
    folder.mkdir()
    monkeypatch.setenv("CLIENTELE_DATA_DIR", str(folder))
    monkeypatch.setenv("CLIENTELE_PSEUDONYM_KEY", "k" * 32)
    return folder


@pytest.fixture
def manage(home: Path, capsys: pytest.CaptureFixture[str]) -> Manage:
    """``manage.py`` with the given arguments."""

    def command(*arguments: object) -> Answer:
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(code, said.out, said.err)

    return command


@pytest.fixture
def published(manage: Manage) -> Manage:
    """A published run of six customers, and one who takes no part."""
    assert manage("db", "upgrade").code == 0
    settings = load_settings()
    engine = make_engine(settings.database_url)
    data = replace(snapshot_data(), left_out=(LeftOut("c-99", "inactive"),))
    SqlSnapshotStore(engine, pseudonym_key=settings.require_pseudonym_key()).save_snapshot(data)
    runs = SqlRunStore(engine, user="test")
    runs.start_run(SnapshotId(1), {}, 1, {})
    runs.finish_run(RunId(1), run_result())
    runs.publish(RunId(1))
    engine.dispose()
    return manage


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PlantedTruth]:
    """The demonstration bank's files and which persona each customer was given."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, generate(folder, customers=800)
