"""The features that the shipped terms explain."""

from __future__ import annotations

import pytest

from core.features.base import Feature
from core.sources.demo.features import shipped_features


@pytest.fixture(scope="session")
def features(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Feature, ...]]:
    """Every feature of every shipped source, from small look-alike data."""
    return shipped_features(tmp_path_factory.mktemp("sources"))
