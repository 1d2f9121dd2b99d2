"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.databases"]

settings.register_profile("clientele", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("clientele")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with real input files; skipped where it is absent, unless it must be there."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("CLIENTELE_REAL_DATA", default))
    if not folder.is_dir():
        reason = f"no real data at {folder}; set CLIENTELE_REAL_DATA to the folder that has them"
        if os.environ.get("CLIENTELE_REQUIRE_REAL_DATA") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
