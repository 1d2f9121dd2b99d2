"""``export document``: the model document as Markdown and as a page that stands alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import UsageError
from core.pipeline.options import SegmentOptions
from core.readmodels import SnapshotId
from db.engine import make_engine
from db.store import SqlRunStore
from settings import load_settings
from tests.builders import model, run_result
from tests.cli.conftest import Manage


def test_the_document_is_said_or_written(published: Manage, tmp_path: Path) -> None:
    said = published("export", "document", 1)
    assert said.code == 0
    assert said.out.startswith("# Model document: run 1 of A bank\n")
    file = tmp_path / "run.md"
    answer = published("export", "document", 1, "-o", file)
    assert answer.out == f"The model document of run 1 is in {file}.\n"
    assert file.read_text(encoding="utf-8") == said.out


def test_the_page_stands_alone_and_follows_the_readers_system(
    published: Manage, tmp_path: Path
) -> None:
    file = tmp_path / "run.html"
    assert published("export", "document", 1, "--html", "-o", file).code == 0
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    for outside in ("<script", "<link", "src=", "url(", "@import", "http"):
        assert outside not in page
    assert page.count("@media (prefers-color-scheme: dark)") == 1
    assert page.count("{") == page.count("}")


def test_what_a_run_was_trained_on_is_said_or_written(published: Manage, tmp_path: Path) -> None:
    said = json.loads(published("export", "training", 1).out)
    assert [lens["name"] for lens in said["lenses"]] == ["demographic", "behavioural"]
    file = tmp_path / "training_data_metadata.json"
    answer = published("export", "training", 1, "-o", file)
    assert answer.out == f"What run 1 was trained on is in {file}.\n"
    assert json.loads(file.read_text(encoding="utf-8")) == said
    assert published("export", "training", 99).code == 64


def test_runs_are_written_as_mlflow_keeps_them(
    published: Manage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_SMALLEST_GROUP", "1")
    folder = tmp_path / "mlruns"
    answer = published("export", "mlflow", "bank", folder)
    assert answer.out.startswith(f"1 run of bank is in {folder}. Look there with ")
    (experiment,) = folder.iterdir()
    assert 'name: "clientele-bank"\n' in (experiment / "meta.yaml").read_text()
    runs = {
        (run / "tags" / "mlflow.runName").read_text(): run
        for run in experiment.iterdir()
        if run.is_dir()
    }
    assert set(runs) == {"run 1, Demographic", "run 1, Behavioural"}
    run = runs["run 1, Behavioural"]
    told = {name: (run / "params" / name).read_text() for name in ("lens", "scaler", "seed")}
    assert told == {"lens": "behavioural", "scaler": "standard", "seed": "1"}
    kept = model("behavioural")
    assert (run / "artifacts" / "model.json").read_text() == kept.to_json()
    assert (run / "tags" / "model_sha256").read_text() == kept.sha256
    assert not (run / "tags" / "mlflow.note.content").exists()
    chosen = next(s for s in run_result().segmentations if s.lens.name == "behavioural").k_scores
    steps = [line.split() for line in (run / "metrics" / "sweep_inertia").read_text().splitlines()]
    assert [(int(step), float(value)) for _, value, step in steps] == [
        (score.k, score.inertia) for score in chosen
    ]
    again = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert published("export", "mlflow", "bank", folder).code == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == again


def test_a_model_of_a_group_too_small_to_be_shown_is_left_out_and_the_run_says_so(
    published: Manage, tmp_path: Path
) -> None:
    assert published("export", "mlflow", "bank", tmp_path).code == 0
    files = {path.name: path for path in tmp_path.rglob("*") if path.is_file()}
    assert "model_document.md" in files
    assert "model.json" not in files
    assert files["mlflow.note.content"].read_text(encoding="utf-8") == (
        "model.json is left out: a group of the model has fewer than 10 customers, and the model "
        "would tell their values."
    )


def test_every_finished_run_is_written_for_mlflow_however_many_failed_since(
    published: Manage, tmp_path: Path
) -> None:
    engine = make_engine(load_settings().database_url)
    store = SqlRunStore(engine, user="test")
    for _ in range(50):
        store.fail_run(store.start_run(SnapshotId(1), {}, 1, {}), "Nobody is left.")
    engine.dispose()
    answer = published("export", "mlflow", "bank", tmp_path)
    assert answer.out.startswith("1 run of bank is in ")


@pytest.mark.parametrize("folder", ["taken", "taken/mlruns"])
def test_a_folder_that_is_a_file_is_told_and_nothing_is_written(
    published: Manage, tmp_path: Path, folder: str
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    answer = published("export", "mlflow", "bank", tmp_path / folder)
    assert answer.code == 64
    assert "cannot be made a folder: Not a directory. Name a folder" in answer.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file"


def test_a_data_set_without_a_finished_run_has_nothing_for_mlflow(
    published: Manage, tmp_path: Path
) -> None:
    answer = published("export", "mlflow", "cards", tmp_path / "mlruns")
    assert answer.code == 64
    assert "'cards' has no finished run to write" in answer.err
    assert not (tmp_path / "mlruns").exists()


@pytest.mark.parametrize(("run", "words"), [(99, "no run 99"), ("x", "valid integer")])
def test_a_run_that_is_not_there_ends_with_64(published: Manage, run: object, words: str) -> None:
    answer = published("export", "document", run)
    assert (answer.code, answer.out) == (64, "")
    assert words in answer.err


def test_a_file_that_cannot_be_written_is_told(published: Manage, tmp_path: Path) -> None:
    answer = published("export", "document", 1, "-o", tmp_path / "nowhere" / "run.md")
    assert answer.code == 64
    assert "cannot be written" in answer.err


def test_credit_is_refused_by_the_command_line_and_by_the_queue(published: Manage) -> None:
    answer = published("segment", "bank", "--purpose", "credit")
    assert answer.code == 64
    assert "not made for decisions on credit" in answer.err
    with pytest.raises(UsageError, match="not made for decisions on credit"):
        SegmentOptions.from_config({"purpose": "credit"})
    assert published("runs", "bank", "--json").out.count('"Run"') == 1
