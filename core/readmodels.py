"""What the pipeline writes, queries return and figures draw: frozen, light, importable everywhere.

Segments are referred to by ``number`` (0, 1, …: position within one segmentation, ordered by value
then size); people see ``name``. ``segment=None`` in statistics means all customers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

import numpy as np
from numpy.typing import NDArray

SnapshotId = NewType("SnapshotId", int)
RunId = NewType("RunId", int)
SegmentationId = NewType("SegmentationId", int)
JobId = NewType("JobId", int)


class RunStatus(StrEnum):
    """Where a run is in its life; *published* is told by the publication, not stored on the run."""

    RUNNING = "running"
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    FAILED = "failed"


class VerdictLevel(StrEnum):
    """How far a segmentation can be trusted."""

    STRONG = "Strong"
    CARE = "Usable with care"
    WEAK = "Weak"
    REFUSE = "Do not use"


class JobStatus(StrEnum):
    """Where a background job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    DONE = "done"
    FAILED = "failed"


class JobKind(StrEnum):
    """What a background job does."""

    SEGMENT = "segment"  # makes a run
    SCORE = "score"  # answers an uploaded file


class Stability(StrEnum):
    """Hennig's bands of cluster-wise bootstrap Jaccard similarity (Hennig 2007)."""

    HIGHLY_STABLE = "Highly stable"  # >= 0.85
    STABLE = "Stable"  # >= 0.75
    UNCERTAIN = "Uncertain members"  # >= 0.60
    UNSTABLE = "Not to be trusted"  # < 0.60
    BY_RULE = "By rule"  # not a cluster: defined by a rule


# ---- data sets, snapshots, runs ----


@dataclass(frozen=True, slots=True)
class DatasetHeader:
    """One data set as the header's picker shows it."""

    name: str
    title: str
    currency: str
    published_run: RunId | None


@dataclass(frozen=True, slots=True)
class LensSummary:
    """One lens of a run."""

    segmentation_id: SegmentationId
    name: str
    label: str
    side: str  # "demographic" | "behavioural"
    question: str
    k: int
    verdict: VerdictLevel
    value_feature: str | None
    radar: tuple[str, ...]
    inputs: tuple[str, ...]  # feature names used in the fit
    ineligible: int = 0  # customers who lack what it requires: no part of this view
    lacking: str = ""  # what those do: "have no valid order"
    grouping: str = ""  # the rule that groups are made by ("rfm", "tiers"); "" where they are found
    tiers: tuple[str, ...] = ()  # names of the segments where they are tiers, highest value first


@dataclass(frozen=True, slots=True)
class RfmOverview:
    """A run's customers by recency, frequency and monetary value, in cells between edges.

    Place i of a feature holds the values above ``edges[i - 1]`` up to and with ``edges[i]``.
    """

    features: tuple[str, ...]  # names: recency, frequency, monetary value
    edges: tuple[tuple[float, ...], ...]  # per feature, ascending: the cut points to choose from
    cuts: tuple[
        tuple[float, ...], ...
    ]  # per feature four: of the lens of RFM groups, else between fifths
    cells: tuple[tuple[int, int, int, int, float], ...]  # places, customers, money
    without: int  # customers without a recency: no part of it


@dataclass(frozen=True, slots=True)
class RunContext:
    """Everything the frame around a tab needs to say what is shown."""

    dataset: DatasetHeader
    run_id: RunId
    status: RunStatus
    snapshot_id: SnapshotId
    as_of: date
    computed_at: datetime
    customers: int
    lenses: tuple[LensSummary, ...]

    def lens(self, name: str | None) -> LensSummary | None:
        """Return the lens of that name, or None."""
        return next((lens for lens in self.lenses if lens.name == name), None)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One line of the run history."""

    run_id: RunId
    status: RunStatus
    as_of: date
    started_at: datetime
    finished_at: datetime | None
    seed: int
    config: tuple[tuple[str, str], ...]  # (parameter, value) in words
    lenses: tuple[LensSummary, ...]
    message: str  # why it failed, else ""


@dataclass(frozen=True, slots=True)
class RunDetails:
    """What a run leaves behind besides segments: time taken, libraries, fingerprints of models."""

    timings: tuple[tuple[str, float], ...]  # (step, seconds), in order
    versions: tuple[tuple[str, str], ...]  # (library, version)
    models: tuple[tuple[str, str], ...]  # (lens, sha256 of its model), in the order of the lenses


@dataclass(frozen=True, slots=True)
class JobState:
    """A background job as its progress bar shows it."""

    job_id: JobId
    dataset: str
    status: JobStatus
    fraction: float  # 0..1
    step: str  # what it is doing now, in words
    message: str  # error sentence when failed
    run_id: RunId | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ScoringJob:
    """A job that answers a file: what was asked, of which run and lens, and how far it is."""

    state: JobState
    file: str
    lens: str
    run_id: RunId


@dataclass(frozen=True, slots=True)
class FileRead:
    """One input file of a snapshot: rows_read = rows_accepted + rows_rejected, always."""

    table: str
    file: str
    sha256: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that was not accepted; the value itself is never kept."""

    file: str
    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class RejectCount:
    """How many rows of a file were not accepted for one reason."""

    file: str
    column: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A customer of the files who takes no part in a snapshot, and why."""

    customer_id: str
    reason: str  # "inactive"


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """One check across rows or tables."""

    check: str
    table: str
    passed: bool
    count: int
    sentence: str


# ---- segments ----


@dataclass(frozen=True, slots=True)
class SegmentSummary:
    """One segment of a segmentation."""

    number: int
    key: str  # stable identity, survives retraining
    name: str
    sentence: str  # drafted description, e.g. "High card spend · carries debt · many transactions"
    colour: int  # index into the theme's pairs of segment colours
    is_rule: bool  # by rule ("Not yet active"), outside the fit
    size: int
    share: float
    value_total: float | None
    value_share: float | None
    value_median: float | None
    jaccard: float | None  # mean bootstrap Jaccard
    stability: Stability
    rule: str  # short rule in words, "" if none
    rule_precision: float | None
    rule_recall: float | None


@dataclass(frozen=True, slots=True)
class FeatureInfo:
    """Catalogue entry of a feature, as the app needs it (mirrors core.features.base.Feature)."""

    name: str
    label: str
    description: str
    family: str
    side: str
    kind: str
    unit: str
    sensitivity: str
    levels: tuple[str, ...]
    actionable: bool
    source_columns: tuple[str, ...] = ()  # "table.column", of the files or canonical


@dataclass(frozen=True, slots=True)
class FeatureStatistic:
    """Distribution of a numeric feature within a segment (or all customers)."""

    segment: int | None
    feature: str
    n: int
    missing: int
    mean: float | None
    sd: float | None
    minimum: float | None
    p05: float | None
    p25: float | None
    median: float | None
    p75: float | None
    p95: float | None
    maximum: float | None
    percentile: (
        float | None
    )  # 0..100: mean mid-rank percentile of members among all customers (all: 50)
    nonzero_share: float | None


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of a numeric feature over edges shared by all segments of a segmentation."""

    segment: int | None
    feature: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How many members have a level of a categorical feature."""

    segment: int | None
    feature: str
    level: str
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class Differentiator:
    """How a segment differs from everyone else on one feature; rank 1 is strongest."""

    segment: int
    feature: str
    level: str  # "" for numeric features, else the level whose share differs
    here: float  # median (or share of the level, 0..1)
    elsewhere: float
    difference: float  # raw units, or share difference
    effect: float  # Cliff's delta, -1..1; sign as difference
    rank: int
    measure: str = "median"  # what `here` is: "median", "mean", "p25", "p75" or "share" (0..1)
    echoes: str = ""  # a higher ranked feature that says nearly the same (|rho| > 0.9), else ""


@dataclass(frozen=True, slots=True)
class KScore:
    """Scores of one candidate number of clusters.

    ``elbow``: the curve of inertia bends here (`core.segmentation.elbow`); None in runs of older
    versions, which did not look.
    """

    k: int
    inertia: float
    silhouette: float
    silhouette_macro: float
    calinski_harabasz: float
    davies_bouldin: float
    jaccard_min: float
    jaccard_mean: float
    smallest_share: float
    largest_share: float
    chosen: bool
    elbow: bool | None = None


@dataclass(frozen=True, slots=True)
class RecipeScore:
    """One scaler with one algorithm, compared with the segmentation of a run.

    ``ami_own``: agreement with the run's segments, ``ami_live``: with those published when it ran
    (None: nothing was); ``sizes`` are shares, largest first. Where the recipe finds no such number
    of segments, figures are None and ``message`` says why.
    """

    scaler: str
    algorithm: str
    is_own: bool
    ami_own: float | None
    ami_live: float | None
    silhouette: float | None
    jaccard_min: float | None
    sizes: tuple[float, ...]
    message: str = ""


@dataclass(frozen=True, slots=True)
class TrustTest:
    """One test behind a verdict."""

    name: str
    passed: bool
    figure: str  # what was measured, in words
    threshold: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one segmentation, its reason and the tests behind it."""

    level: VerdictLevel
    reason: str
    tests: tuple[TrustTest, ...]


# ---- comparison of two lenses ----


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """One cell of the cross table of two segmentations."""

    a: int
    b: int
    n: int
    expected: float
    lift: float | None  # n / expected
    residual: float | None  # adjusted standardised residual (Haberman 1973)


@dataclass(frozen=True, slots=True)
class BakeOff:
    """Share of an outcome's variance that each segmentation explains (eta squared)."""

    outcome: str
    a: float
    b: float
    crossed: float


PARTLY, LARGELY = 0.20, 0.80  # AMI from which two views agree so (`core.insight.comparison`)


def views_agree(ami: float, chance_high: float) -> str:
    """Return how far two views agree, in a word; what chance gives as well is hardly.

    >>> views_agree(0.19, 0.01), views_agree(0.2, 0.01), views_agree(0.8, 0.01)
    ('Hardly.', 'Partly.', 'Largely.')
    """
    if ami < PARTLY or ami <= chance_high:
        return "Hardly."
    return "Partly." if ami < LARGELY else "Largely."


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lenses of a run on the same customers."""

    lens_a: str
    lens_b: str
    ami: float
    ami_chance_low: float  # 2.5 % and 97.5 % of the permutation distribution
    ami_chance_high: float
    ari: float
    cramers_v: float
    predict_b_from_a: float | None  # cross-validated balanced accuracy
    predict_b_chance: float | None
    cells: tuple[ComparisonCell, ...]
    bake_off: tuple[BakeOff, ...]
    answer: str  # "Hardly." / "Partly." / "Largely."
    sentence: str
    predict_a_from_b: float | None = None  # the reverse of predict_b_from_a
    predict_a_chance: float | None = None


# ---- map ----


@dataclass(frozen=True, slots=True, eq=False)
class MapSample:
    """A stratified sample of customers on the plane of principal components.

    Arrays of equal length n <= 10,000; xyz is float32 (n, 3).
    """

    pseudonyms: tuple[str, ...]
    xyz: NDArray[np.float32]
    segment: NDArray[np.int16]
    margin: NDArray[np.float32]
    sampled_from: int


@dataclass(frozen=True, slots=True, eq=False)
class PairSample:
    """Some customers as they come: segment and a few numeric inputs, NaN where not known."""

    segment: NDArray[np.int16]  # (n,)
    values: NDArray[np.float64]  # (n, p)
    features: tuple[FeatureInfo, ...]  # p


@dataclass(frozen=True, slots=True)
class MapLoading:
    """An input's direction on the first three components."""

    column: str
    feature: str
    x: float
    y: float
    z: float


@dataclass(frozen=True, slots=True)
class MapAxes:
    """How much the components explain, where the centroids are and what the axes mean."""

    explained_variance: tuple[float, ...]  # ratio per component, all components
    centroids: tuple[tuple[float, float, float], ...]  # per cluster number
    loadings: tuple[MapLoading, ...]


@dataclass(frozen=True, slots=True, eq=False)
class KMeansFrame:
    """The state of k-means after one step: "start", "assign", "update", or "part" of an update.

    ``centroids`` lie on the map's plane, by segment number; ``segment`` (m,) int16 is the number of
    each watched customer's segment, -1 before the first assignment; ``inertia`` and ``changed``
    (customers who went to another segment in this step) count all customers.
    """

    step: str
    iteration: int
    centroids: tuple[tuple[float, float], ...]
    segment: NDArray[np.int16]
    inertia: float
    changed: int


@dataclass(frozen=True, slots=True, eq=False)
class KMeansTrace:
    """How k-means came to the segments; xy is float32 (m, 2), the watched customers' places."""

    xy: NDArray[np.float32]
    sampled_from: int
    frames: tuple[KMeansFrame, ...]


# ---- change, people ----


@dataclass(frozen=True, slots=True)
class SegmentShare:
    """Share of a segment in one published or draft run, for the slope chart."""

    run_id: RunId
    as_of: date
    key: str
    name: str
    share: float
    size: int | None = None  # customers; None where it is not known


@dataclass(frozen=True, slots=True)
class ActionClient:
    """A customer who is worth a call now, and why."""

    pseudonym: str
    segment: int
    value: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class CustomerAssignment:
    """One customer in one lens."""

    pseudonym: str
    segment: int
    runner_up: int | None
    distance: float | None
    margin: float | None
    typicality: float | None  # percentile of distance within the segment, 0..100
    since: date | None = None  # in this segment since that day, at least
    before: str | None = None  # name of the segment before that day


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A program that may ask the API."""

    name: str
    role: str  # "viewer" | "analyst" | "admin"
    created_at: datetime
    last_day: date | None  # on which it is still good, in UTC; None: until it is revoked
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class UserAccount:
    """Someone who may sign in; a session is valid while it carries the present token."""

    user_id: int
    name: str
    role: str  # "viewer" | "analyst" | "admin"
    password_hash: str = field(repr=False)
    session_token: str = field(repr=False)
    is_active: bool
