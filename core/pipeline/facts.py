"""What is measured of a snapshot's columns before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import pandas as pd

from core.features.base import Feature
from core.insight.column_profiles import column_profiles
from core.insight.likeness import associations
from core.snapshot_facts import SnapshotFacts
from core.sources.lineage import column_sources
from core.sources.spec import SourceSpec
from core.sources.switches import switch_settings


def snapshot_facts(
    spec: SourceSpec,
    frame: pd.DataFrame,
    features: Sequence[Feature],
    timings: Sequence[tuple[str, float]] = (),
) -> SnapshotFacts:
    """Return the values, the likeness and the sources of all columns; ``timings`` in seconds.

    The time that it takes itself is added to the timings.
    """
    began = perf_counter()
    profiles = column_profiles(frame, features)
    alike = associations(frame, features)
    sources = column_sources(spec)
    own = ("Measuring the columns", perf_counter() - began)
    return SnapshotFacts(profiles, alike, sources, (*timings, own), switch_settings(spec))
