"""What a web process has loaded that showed every tab and answered the API: no fits, no files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from core.readmodels import RunId
from dash_app.tabs.registry import TABS
from db.jobs import create_job_board

ROOT = Path(__file__).resolve().parents[2]
BATCH_ONLY = {"duckdb", "ibis", "pandas", "pandera", "pyarrow", "pyspark", "scipy", "sklearn"}


def test_showing_every_tab_and_asking_the_api_loads_no_estimator_no_engine_and_no_frames(
    sqlite_url: str, published: RunId, tmp_path: Path, engine_of: Callable[..., Engine]
) -> None:
    create_job_board(engine_of(f"sqlite:///{tmp_path / 'queue.db'}"))
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CLIENTELE_")}
    settings = {
        "CLIENTELE_MODE": "local",
        "CLIENTELE_DATA_DIR": str(tmp_path),
        "CLIENTELE_DATABASE_URL": sqlite_url,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.dash_app.rendering"],
        cwd=ROOT,
        env={**inherited, **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)

    for tab in TABS:
        answers = dict(told["answers"][tab.slug])
        assert set(answers.values()) <= {200, 204}, (tab.slug, answers)
        own = [status for output, status in answers.items() if f"{tab.slug}-" in output]
        assert 200 in own, (tab.slug, answers)
    scored = dict(told["answers"]["score"])
    assert [status for output, status in scored.items() if "score-details" in output] == [200]

    assert told["api"] == [200] * 5

    assert {name for name in told["modules"] if name in BATCH_ONLY} == set()
