"""The command line on a fresh database, as a person would run it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.main import run
from core.sources.demo.bank import generate
from core.sources.demo.truth import PlantedTruth


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


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PlantedTruth]:
    """The demonstration bank's files and which persona each customer was given."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, generate(folder, customers=800)
