from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"alembic", "duckdb", "ibis", "pandas", "pandera", "pyarrow", "scipy", "sklearn"}
FOR_THE_WEB = [
    "db.engine",
    "db.version",
    "db.jobs",
    "db.publishing",
    "db.users",
    "db.writes",
    *sorted(f"db.queries.{file.stem}" for file in (ROOT / "db" / "queries").glob("[a-z]*.py")),
]


def test_what_the_web_needs_of_the_database_is_light() -> None:
    code = f"import json, sys, {', '.join(FOR_THE_WEB)}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert loaded & HEAVY == set()
