"""What is known of a snapshot's columns: their values, their likeness, where they come from.

Frozen and light like `core.readmodels`: the pipeline writes them, queries return them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.readmodels import CategoryCount, FeatureStatistic, Histogram, SnapshotId


class Measure(StrEnum):
    """How alike two columns are."""

    SPEARMAN = "spearman"  # numbers: rank correlation, -1..1
    CRAMERS_V = "cramers_v"  # categories: 0..1, corrected for bias


@dataclass(frozen=True, slots=True)
class FeatureProfile:
    """The values of one feature among all customers: numbers, or the levels of a category.

    ``n`` counts values, ``missing`` customers without one. ``edges`` and ``counts`` are a histogram
    (empty for categories), ``levels`` and ``level_counts`` the known levels (empty for numbers).
    """

    feature: str
    n: int
    missing: int
    mean: float | None = None
    sd: float | None = None
    minimum: float | None = None
    p05: float | None = None
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    p95: float | None = None
    maximum: float | None = None
    nonzero_share: float | None = None
    edges: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    level_counts: tuple[int, ...] = ()

    @property
    def missing_share(self) -> float:
        """Share of customers without a value, 0..1.

        >>> FeatureProfile("age", 3, 1).missing_share
        0.25
        """
        customers = self.n + self.missing
        return self.missing / customers if customers else 0.0

    def statistic(self) -> FeatureStatistic:
        """Return the same as a statistic of all customers."""
        return FeatureStatistic(
            None,
            self.feature,
            self.n,
            self.missing,
            self.mean,
            self.sd,
            self.minimum,
            self.p05,
            self.p25,
            self.median,
            self.p75,
            self.p95,
            self.maximum,
            50.0 if self.n else None,
            self.nonzero_share,
        )

    def histogram(self) -> Histogram:
        """Return the histogram of all customers."""
        return Histogram(None, self.feature, self.edges, self.counts)

    def categories(self) -> tuple[CategoryCount, ...]:
        """Return the counts of the known levels among all customers."""
        customers = max(self.n + self.missing, 1)
        return tuple(
            CategoryCount(None, self.feature, level, count, count / customers)
            for level, count in zip(self.levels, self.level_counts, strict=True)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Associations:
    """How alike every two features of a kind are, like ones side by side.

    ``matrix``: float32 (p, p), symmetric, in the order of ``features``; NaN where a feature has one
    value only or too few customers have both. Measured on ``customers`` of ``sampled_from``.
    """

    measure: Measure
    features: tuple[str, ...]
    matrix: NDArray[np.float32]
    customers: int
    sampled_from: int

    def of(self, names: frozenset[str]) -> Associations:
        """Return the part of some features, in the same order."""
        kept = [at for at, name in enumerate(self.features) if name in names]
        return Associations(
            self.measure,
            tuple(self.features[at] for at in kept),
            self.matrix[np.ix_(kept, kept)],
            self.customers,
            self.sampled_from,
        )

    def pairs(self, above: float) -> tuple[tuple[str, str, float], ...]:
        """Return (feature, feature, value) where the absolute value is greater; strongest first.

        >>> alike = np.array([[1, -0.95], [-0.95, 1]], dtype=np.float32)
        >>> found = Associations(Measure.SPEARMAN, ("a", "b"), alike, 99, 99)
        >>> [(a, b, round(value, 2)) for a, b, value in found.pairs(0.9)]
        [('a', 'b', -0.95)]
        """
        rows, columns = np.nonzero(np.triu(np.abs(np.nan_to_num(self.matrix)) > above, k=1))
        found = [
            (self.features[row], self.features[column], float(self.matrix[row, column]))
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        ]
        return tuple(sorted(found, key=lambda pair: (-abs(pair[2]), pair[0], pair[1])))


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """Which columns of the files ("table.column") one column of a canonical table is made of."""

    table: str
    column: str
    sources: tuple[str, ...]
    expression: str  # the SQL that makes it, as the specification has it


@dataclass(frozen=True, slots=True)
class SwitchSetting:
    """How one switch of the source was set when its files were read."""

    name: str
    label: str
    value: bool
    is_default: bool  # as the source had it then

    @property
    def words(self) -> str:
        """The setting as a sentence.

        >>> SwitchSetting("returns", "Count returns", True, False).words
        'Count returns: yes.'
        """
        as_is = " (as the source has it)" if self.is_default else ""
        return f"{self.label}: {'yes' if self.value else 'no'}{as_is}."


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """What is known of how a snapshot was made; nothing for one of an older version."""

    profiles: tuple[FeatureProfile, ...] = ()
    associations: tuple[Associations, ...] = ()
    column_sources: tuple[ColumnSource, ...] = ()
    timings: tuple[tuple[str, float], ...] = ()  # (step, seconds), in order
    switches: tuple[SwitchSetting, ...] = ()  # all that the source has


@dataclass(frozen=True, slots=True)
class SnapshotSummary:
    """One import of a data set's files."""

    snapshot_id: SnapshotId
    as_of: date
    fingerprint: str
    customers: int
    created_at: datetime
