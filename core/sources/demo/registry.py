"""The demo data sets that can be generated, by the name of their source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from core.sources.demo import bank

DEMOS: dict[str, Callable[[Path], bank.PlantedTruth]] = {"bank": bank.generate}
