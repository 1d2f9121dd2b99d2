"""Small, whole values for tests: a snapshot of a few customers and what a run found in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from core.features.base import Feature, Kind, Sensitivity, Side
from core.lens import InactiveRule, LensFeature, LensSpec
from core.pipeline.results import (
    ActionRow,
    Assignments,
    DatasetInfo,
    MapPoints,
    RunResult,
    SegmentationResult,
    SnapshotData,
)
from core.readmodels import (
    BakeOff,
    CategoryCount,
    Comparison,
    ComparisonCell,
    Differentiator,
    FeatureStatistic,
    FileRead,
    Histogram,
    IntegrityFinding,
    KMeansFrame,
    KMeansTrace,
    KScore,
    MapAxes,
    MapLoading,
    Reject,
    SegmentSummary,
    Stability,
    TrustTest,
    Verdict,
    VerdictLevel,
)
from core.segmentation.model import (
    CategoryColumn,
    FeatureReference,
    NumericColumn,
    RuleSegment,
    SegmentationModel,
)

AS_OF = date(1995, 12, 31)
KEY = b"a key for tests that is long enough to be one"
CUSTOMERS = ("c-01", "c-02", "c-03", "c-04", "c-05", "c-06")


def dataset_info(name: str = "bank") -> DatasetInfo:
    """A bank."""
    return DatasetInfo(name=name, title="A bank", currency="USD", description="For tests.")


def features() -> tuple[Feature, ...]:
    """Four features: two numbers, a category, an ordinal."""
    return (
        Feature(
            name="age_years",
            label="Age",
            description="Age on the day of the data.",
            family="demographics",
            side=Side.DEMOGRAPHIC,
            kind=Kind.YEARS,
            unit="years",
            sensitivity=Sensitivity.SENSITIVE,
            source_columns=("customer.age",),
            low_words="young",
            high_words="older",
        ),
        Feature(
            name="marital_status",
            label="Marital status",
            description="As the bank recorded it.",
            family="demographics",
            side=Side.DEMOGRAPHIC,
            kind=Kind.CATEGORY,
            sensitivity=Sensitivity.SENSITIVE,
            source_columns=("customer.marital_status",),
        ),
        Feature(
            name="balance_total",
            label="Total balance",
            description="What the customer has with the bank.",
            family="balances",
            side=Side.BEHAVIOURAL,
            kind=Kind.MONEY,
            source_columns=("checking.balance", "savings.balance"),
            actionable=True,
        ),
        Feature(
            name="recency_days",
            label="Days since the last transaction",
            description="Missing without transactions.",
            family="recency",
            side=Side.BEHAVIOURAL,
            kind=Kind.DAYS,
            unit="days",
            missing_allowed=True,
        ),
        Feature(
            name="loyalty",
            label="Loyalty",
            description="Level in the loyalty scheme.",
            family="tenure",
            side=Side.BEHAVIOURAL,
            kind=Kind.ORDINAL,
            levels=("bronze", "silver", "gold"),
        ),
    )


def frame() -> pd.DataFrame:
    """Features of six customers; one has no transactions."""
    return pd.DataFrame(
        {
            "age_years": np.array([23, 31, 47, 52, 68, 74], dtype=np.int64),
            "marital_status": ["single", "single", "married", "married", "widowed", "Unknown"],
            "balance_total": [0.1, 1_250.5, 30_000.0, 41_999.99, 5_000.25, -12.75],
            "recency_days": [1.0, 3.0, 0.0, 12.0, 400.0, np.nan],
            "loyalty": ["bronze", "bronze", "gold", "gold", "silver", "bronze"],
        },
        index=pd.Index(CUSTOMERS, name="customer_id", dtype="str"),
    )


def identities() -> pd.DataFrame:
    """What identifies the customers directly; the last one's is not known."""
    return pd.DataFrame(
        {
            "first_name": ["Ada", "Béla", "Chloë", "Đorđe", "Null", None],
            "last_name": ["O'Neil", 'Quo"te', "Tab\tbed", "Łoś", "Null", None],
        },
        index=pd.Index(CUSTOMERS, name="customer_id", dtype="str"),
    )


def lens_spec(name: str = "demographic") -> LensSpec:
    """One of two lenses."""
    if name == "demographic":
        return LensSpec(
            name=name,
            label="Demographic",
            side=Side.DEMOGRAPHIC,
            question="Who are they?",
            features=(LensFeature(name="age_years"), LensFeature(name="marital_status")),
            k_min=2,
            k_max=3,
            value="balance_total",
            radar=("age_years",),
        )
    return LensSpec(
        name=name,
        label=name.capitalize(),
        side=Side.BEHAVIOURAL,
        question="How do they bank?",
        features=(LensFeature(name="balance_total", log=True, weight=2.0),),
        k_min=2,
        k_max=3,
        value="balance_total",
        outcomes=("age_years",),
        inactive=InactiveRule(description="No transactions.", zero=("recency_days",)),
    )


def snapshot_data(
    *,
    dataset: str = "bank",
    fingerprint: str = "f" * 64,
    as_of: date = AS_OF,
    lenses: tuple[str, ...] = ("demographic", "behavioural"),
) -> SnapshotData:
    """Six customers of a bank."""
    return SnapshotData(
        dataset=dataset_info(dataset),
        as_of=as_of,
        fingerprint=fingerprint,
        files=(FileRead("customer", "customer.csv", "a" * 64, 8, 6, 2),),
        rejects=(
            Reject("customer.csv", 4, "age", "not a whole number"),
            Reject("customer.csv", 7, "age", "not a whole number"),
        ),
        integrity=(
            IntegrityFinding("every account has a customer", "checking", True, 0, "All have one."),
        ),
        features=features(),
        lenses=tuple(lens_spec(name) for name in lenses),
        frame=frame(),
        identities=identities(),
    )


def model(lens: str = "demographic") -> SegmentationModel:
    """A fitted lens with two clusters and a rule."""
    return SegmentationModel(
        lens=lens,
        columns=(
            NumericColumn("age_years", 47.0, 23.0, 74.0, False, 49.1, 0.1),
            CategoryColumn("marital_status", ("married", "single"), (), (0.5, 0.5), (1.0, 1.0)),
        ),
        centroids=((0.1, 0.2, 0.3), (-0.1, -0.2, -0.3)),
        numbers=(0, 1),
        rule=RuleSegment(2, ("recency_days",)),
        pca_mean=(0.0, 0.0, 0.0),
        pca_components=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        explained_variance=(0.5, 0.3, 0.2),
        distance_quantiles=((0.0, 1.5), (0.0, 1 / 3)),
        references=(FeatureReference("age_years", (23.0, 47.0, 74.0)),),
        trained_on=5,
        as_of="1995-12-31",
        seed=42,
        versions=(("numpy", "2"),),
    )


def segment_summaries(lens: str = "demographic") -> tuple[SegmentSummary, ...]:
    """Two clusters and a rule-based segment."""
    return (
        SegmentSummary(
            0, f"{lens}-older", "Settled", "Older · married", 0, False, 3, 0.5,
            77_000.24, 0.98, 30_000.0, 0.91, Stability.HIGHLY_STABLE, "age over 40", 1.0, 0.75,
        ),
        SegmentSummary(
            1, f"{lens}-young", "Starters", "Young · single", 1, False, 2, 1 / 3,
            1_250.6, 0.02, 625.3, 0.62, Stability.UNCERTAIN, "", None, None,
        ),
        SegmentSummary(
            2, f"{lens}-inactive", "Not yet active", "No transactions", 2, True, 1, 1 / 6,
            None, None, None, None, Stability.BY_RULE, "no transactions", 1.0, 1.0,
        ),
    )  # fmt: skip


def assignments() -> Assignments:
    """Six customers in three segments, the last by rule."""
    nan = np.nan
    return Assignments(
        segment=np.array([1, 1, 0, 0, 0, 2], dtype=np.int16),
        runner_up=np.array([0, 0, 1, 1, 1, -1], dtype=np.int16),
        distance=np.array([0.5, 0.25, 0.1, 1 / 3, 2.0, nan]),
        margin=np.array([0.5, 0.75, 0.9, 0.6, 0.05, nan]),
        typicality=np.array([50.0, 25.0, 10.0, 66.0, 99.0, nan]),
    )


def kmeans_trace() -> KMeansTrace:
    """A short way of k-means, two customers watched."""
    start, end = ((0.0, 1.0), (2.0, 2.0)), ((0.5, 1.0), (2.0, 3.0))
    nobody, joined = np.array([-1, -1], dtype=np.int16), np.array([0, 1], dtype=np.int16)
    return KMeansTrace(
        xy=np.array([[0.5, -1.0], [2.0, 3.0]], dtype=np.float32),
        sampled_from=4,
        frames=(
            KMeansFrame("start", 0, start, nobody, 9.5, 0),
            KMeansFrame("assign", 1, start, joined, 8.5, 4),
            KMeansFrame("update", 1, end, joined, 4.25, 0),
            KMeansFrame("assign", 2, end, joined, 4.25, 0),
        ),
    )


def segmentation_result(
    lens: str = "demographic", *, level: VerdictLevel = VerdictLevel.STRONG
) -> SegmentationResult:
    """What a run found through one lens."""
    return SegmentationResult(
        lens=lens_spec(lens),
        model=model(lens),
        k=2,
        reason="Two clusters are the most stable.",
        verdict=Verdict(
            level,
            "All tests passed." if level is VerdictLevel.STRONG else "The clusters are not stable.",
            (TrustTest("Stability", True, "0.91", "at least 0.75", "Stable.", ""),),
        ),
        k_scores=(
            KScore(2, 10.5, 0.4, 0.41, 123.0, 0.9, 0.62, 0.76, 1 / 3, 0.5, True, elbow=True),
            KScore(3, 8.25, 0.3, 0.31, 99.0, 1.1, 0.4, 0.5, 0.1, 0.6, False),
        ),
        segments=segment_summaries(lens),
        assignments=assignments(),
        statistics=tuple(
            FeatureStatistic(
                segment, feature, 3, 1, 1.5, 0.5, 0.0, 0.1, 0.25, 1 / 3, 0.75, 1.9, 2.0, 50.0, None
            )
            for feature in ("age_years", "balance_total")
            for segment in (None, 0, 1, 2)
        ),
        histograms=(
            Histogram(None, "age_years", (0.0, 1 / 3, 80.0), (2, 4)),
            Histogram(0, "age_years", (0.0, 1 / 3, 80.0), (0, 3)),
        ),
        categories=(
            CategoryCount(None, "marital_status", "single", 2, 1 / 3),
            CategoryCount(1, "marital_status", "single", 2, 1.0),
        ),
        differentiators=(
            Differentiator(0, "age_years", "", 52.0, 31.0, 21.0, 1.2, 1),
            Differentiator(1, "marital_status", "single", 1.0, 0.0, 1.0, 2.0, 1),
        ),
        map_points=MapPoints(
            rows=np.array([0, 2, 5], dtype=np.int64),
            xyz=np.array([[0, 0, 0], [1, 2, 3], [-1, 0.5, 0.25]], dtype=np.float32),
        ),
        map_axes=MapAxes(
            (0.5, 0.3, 0.2),
            ((0.1, 0.2, 0.3), (-0.1, -0.2, -0.3)),
            (MapLoading("age_years", "age_years", 0.9, 0.1, 0.0),),
        ),
        headlines=("Settled customers hold 98 % of balances.",),
        rule_fidelity=0.95,
    )


def comparison(a: str = "demographic", b: str = "behavioural") -> Comparison:
    """How two lenses agree."""
    return Comparison(
        lens_a=a,
        lens_b=b,
        ami=0.08,
        ami_chance_low=-0.01,
        ami_chance_high=0.01,
        ari=0.05,
        cramers_v=0.2,
        predict_b_from_a=0.4,
        predict_b_chance=1 / 3,
        cells=(
            ComparisonCell(0, 0, 2, 1.5, 4 / 3, 1.1),
            ComparisonCell(2, 0, 0, 0.0, None, None),
        ),
        bake_off=(BakeOff("age_years", 0.6, 0.1, 0.65),),
        answer="Hardly.",
        sentence="Who customers are hardly says how they bank.",
    )


def run_result(
    *lenses: str, level: VerdictLevel = VerdictLevel.STRONG, key_suffix: str = ""
) -> RunResult:
    """What a run found; ``key_suffix`` makes its segments others than an earlier run's."""
    names = lenses or ("demographic", "behavioural")
    return RunResult(
        segmentations=tuple(
            _with_suffix(segmentation_result(name, level=level), key_suffix) for name in names
        ),
        comparisons=(comparison(*names),) if len(names) == 2 else (),
        actions=(
            ActionRow(names[0], 4, 0, 5_000.25, "High value near a boundary"),
            ActionRow(names[-1], 5, 2, None, "Unlike anyone known"),
        ),
        timings=(("fit", 0.5),),
    )


def _with_suffix(result: SegmentationResult, suffix: str) -> SegmentationResult:
    segments = tuple(replace(segment, key=segment.key + suffix) for segment in result.segments)
    return replace(result, segments=segments)
