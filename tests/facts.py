"""What was measured of the columns of the small snapshot in `tests.builders`."""

from __future__ import annotations

import numpy as np

from core.snapshot_facts import (
    Associations,
    ColumnSource,
    FeatureProfile,
    Measure,
    SnapshotFacts,
    SwitchSetting,
)


def facts() -> SnapshotFacts:
    """Facts of six customers: three numbers, two categories; age and balance say the same."""
    return SnapshotFacts(
        profiles=(
            FeatureProfile(
                "age_years", 6, 0, 49.2, 20.1, 23.0, 25.0, 35.0, 49.5, 64.0, 72.5, 74.0, 1.0,
                edges=(20.0, 40.0, 60.0, 80.0), counts=(2, 2, 2),
            ),
            FeatureProfile(
                "marital_status", 5, 1,
                levels=("married", "single", "widowed"), level_counts=(2, 2, 1),
            ),
            FeatureProfile(
                "balance_total", 6, 0, 13_039.7, 17_000.5, -12.75, -9.0, 312.7, 3_125.4,
                23_750.0, 39_000.0, 41_999.99, 1.0,
                edges=(-12.75, 0.0, 10_000.0, 41_999.99), counts=(1, 3, 2),
            ),
            FeatureProfile(
                "recency_days", 5, 1, 83.2, 176.0, 0.0, 0.2, 1.0, 3.0, 12.0, 322.0, 400.0, 0.8,
                edges=(0.0, 10.0, 400.0), counts=(3, 2),
            ),
            FeatureProfile(
                "loyalty", 6, 0, levels=("bronze", "silver", "gold"), level_counts=(3, 1, 2)
            ),
        ),
        associations=(
            Associations(
                Measure.SPEARMAN,
                ("age_years", "balance_total", "recency_days"),
                np.array(
                    [[1, 0.95, 0.2], [0.95, 1, np.nan], [0.2, np.nan, 1]], dtype=np.float32
                ),
                6,
                60,
            ),
            Associations(
                Measure.CRAMERS_V,
                ("loyalty", "marital_status"),
                np.array([[1, 0.25], [0.25, 1]], dtype=np.float32),
                6,
                6,
            ),
        ),
        column_sources=(
            ColumnSource("customers", "age_years", ("customer.age",), "age"),
            ColumnSource("checking", "balance", ("customer.money",), "coalesce(c.money, 0)"),
            ColumnSource("savings", "balance", (), "0"),
        ),
        timings=(("Reading and checking the files", 2.5), ("Building the features", 0.25)),
        switches=(
            SwitchSetting("closed_accounts", "Count closed accounts", True, False),
            SwitchSetting("minors", "Include minors", True, True),
        ),
    )  # fmt: skip
