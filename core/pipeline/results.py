"""What the pipeline's steps hand to one another and to the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.change import FeatureDrift
from core.fairness import Fairness, TypicalityCount
from core.features.base import Feature
from core.insight.movers import Keys, Movement
from core.insight.typical import ExemplarRow
from core.lens import LensSpec
from core.quality import Quality
from core.readmodels import (
    CategoryCount,
    Comparison,
    Differentiator,
    FeatureStatistic,
    FileRead,
    Histogram,
    IntegrityFinding,
    KMeansTrace,
    KScore,
    LeftOut,
    MapAxes,
    RecipeScore,
    Reject,
    RfmOverview,
    SegmentationId,
    SegmentSummary,
    SnapshotId,
    Verdict,
)
from core.segmentation.model import SegmentationModel
from core.snapshot_facts import SnapshotFacts

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """What a source says about itself."""

    name: str
    title: str
    currency: str  # ISO 4217, e.g. "USD"
    description: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SnapshotData:
    """Customers and features as of a date, ready to be stored.

    ``frame`` has one row per customer, a sorted unique text index named ``customer_id`` and exactly
    one column per feature (float64 or int64 for numeric kinds, text for categories).
    ``identities`` has the same index and the direct identifiers as text columns.
    """

    dataset: DatasetInfo
    as_of: date
    fingerprint: str
    files: tuple[FileRead, ...]
    rejects: tuple[Reject, ...]
    integrity: tuple[IntegrityFinding, ...]
    features: tuple[Feature, ...]
    lenses: tuple[LensSpec, ...]
    frame: pd.DataFrame
    identities: pd.DataFrame
    left_out: tuple[LeftOut, ...] = ()  # customers of the files who take no part
    facts: SnapshotFacts = field(default_factory=SnapshotFacts)  # what was measured of its columns


@dataclass(frozen=True, slots=True, eq=False)
class StoredSnapshot:
    """A snapshot read back for segmenting."""

    snapshot_id: SnapshotId
    dataset: DatasetInfo
    as_of: date
    features: tuple[Feature, ...]
    lenses: tuple[LensSpec, ...]
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Assignments:
    """One row per customer of the snapshot, in the frame's order.

    ``segment`` counts from 0, and is -1 for customers who lack what the lens requires;
    ``runner_up`` is -1 and ``distance``, ``margin``, ``typicality`` are NaN for those and for
    customers in a rule-based segment. ``margin`` = 1 - d(nearest)/d(runner-up), 0..1.
    """

    segment: NDArray[np.int16]
    runner_up: NDArray[np.int16]
    distance: NDArray[np.float64]
    margin: NDArray[np.float64]
    typicality: NDArray[np.float64]
    since: NDArray[np.datetime64] | None = None  # in this segment since that day, at least
    previous: Keys | None = None  # identity of the segment that they were in before

    @property
    def is_assigned(self) -> NDArray[np.bool_]:
        """Who is in a segment, (n,): everybody but those whom the lens cannot look at."""
        return self.segment >= 0


@dataclass(frozen=True, slots=True, eq=False)
class MapPoints:
    """Rows of the frame that were sampled for the map and where they lie."""

    rows: NDArray[np.int64]
    xyz: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class SegmentationResult:
    """One lens, segmented, judged and described."""

    lens: LensSpec  # as it was run, overrides included
    model: SegmentationModel
    k: int
    reason: str  # why this k, as a sentence
    verdict: Verdict
    k_scores: tuple[KScore, ...]
    segments: tuple[SegmentSummary, ...]
    assignments: Assignments
    statistics: tuple[FeatureStatistic, ...]
    histograms: tuple[Histogram, ...]
    categories: tuple[CategoryCount, ...]
    differentiators: tuple[Differentiator, ...]
    map_points: MapPoints
    map_axes: MapAxes
    headlines: tuple[str, ...]
    rule_fidelity: float | None = None
    ineligible: int = 0  # customers who lack what the lens requires: in no segment
    trace: KMeansTrace | None = None  # None: not found by k-means, or not in this run
    recipes: tuple[RecipeScore, ...] = ()  # where the run compared scalers and algorithms
    quality: Quality | None = None  # of the fit
    exemplars: tuple[ExemplarRow, ...] = ()  # customers of this snapshot to look at
    fairness: Fairness | None = None  # None: a run of an older version
    typicality: TypicalityCount | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ActionRow:
    """A customer who is worth a call now (row of the frame), with the reason."""

    lens: str
    row: int
    segment: int
    value: float | None
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where each customer of a snapshot was under a segmentation; all arrays (n,).

    ``key``: identity of the segment, None where the lens does not look at them; ``since``: day, NaT
    where nobody knows; ``previous``: identity of the segment before that day, None without one.
    """

    customer_ids: list[str]
    key: Keys
    since: NDArray[np.datetime64]
    previous: Keys


@dataclass(frozen=True, slots=True, eq=False)
class LensChange:
    """A lens of a run against its segmentation that was published when the run was made."""

    lens: str
    before_id: SegmentationId
    before_as_of: date
    is_refitted: bool
    movement: Movement
    unlike: TypicalityCount  # of today's customers, any that the model before knows


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """Everything one run found."""

    segmentations: tuple[SegmentationResult, ...]
    comparisons: tuple[Comparison, ...]
    actions: tuple[ActionRow, ...]
    timings: tuple[tuple[str, float], ...] = ()  # (step, seconds)
    rfm: RfmOverview | None = None  # None: the source has no recency, frequency and money
    changes: tuple[LensChange, ...] = ()  # of lenses that were published before
    drifts: tuple[FeatureDrift, ...] = ()  # against the snapshot published before; none of itself


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a published lens comes from."""

    segmentation_id: SegmentationId
    snapshot_id: SnapshotId
    as_of: date


@dataclass(frozen=True, slots=True, eq=False)
class PublishedLens:
    """The model of a lens that is live, with its segments (identity, name, colour)."""

    model: SegmentationModel
    segments: tuple[SegmentSummary, ...]
    lens: LensSpec | None = None  # as it was run, overrides included
    reason: str = ""
    verdict: Verdict | None = None
    k_scores: tuple[KScore, ...] = ()
    described: LensSpec | None = None  # as its snapshot's source had it, without overrides
    origin: Origin | None = None
    quality: Quality | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PublishedModels:
    """What is live in a data set, by lens name."""

    lenses: dict[str, PublishedLens] = field(default_factory=dict)
