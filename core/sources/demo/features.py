"""The features of every shipped source, found from small look-alike data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from core.features.base import Feature
from core.features.build import catalogue as features_of
from core.sources.canonical import read_source
from core.sources.demo.registry import DEMOS
from core.sources.spec import catalogue, load_spec

CUSTOMERS = 120  # enough for every channel and every product to occur
DAY = date(2024, 12, 31)  # of sources whose files hold no day


def shipped_features(folder: Path) -> dict[str, tuple[Feature, ...]]:
    """Return the catalogue of every shipped source by name; writes its files below the folder."""
    found = {}
    for source in catalogue():
        DEMOS[source](folder / source, customers=CUSTOMERS)  # type: ignore[call-arg]
        spec = load_spec(source)
        day = None if spec.as_of.latest_of else DAY
        with read_source(spec, folder / source, as_of=day) as read:
            found[source] = features_of(read.tables)
    return found
