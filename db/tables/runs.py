"""Runs, what each lens of a run found as a whole, comparisons of lenses, and publications."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.features.base import Side
from core.readmodels import VerdictLevel
from db.tables.base import Base, one_of


class Run(Base):
    """One segmentation of a snapshot through one or more lenses.

    Whether a run is published or superseded is told by the publications, not stored here.
    """

    __tablename__ = "runs"
    __table_args__ = (
        one_of("status", ("running", "draft", "failed")),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"), index=True)
    status: Mapped[str]
    seed: Mapped[int]
    config: Mapped[dict[str, Any]] = mapped_column(JSON)
    versions: Mapped[dict[str, str]] = mapped_column(JSON)
    timings: Mapped[list[list[Any]]] = mapped_column(JSON)  # [step, seconds]
    message: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Segmentation(Base):
    """One lens of a run: the model, the choice of k and its reason, the verdict."""

    __tablename__ = "segmentations"
    __table_args__ = (
        UniqueConstraint("run_id", "lens"),
        one_of("side", Side),
        one_of("verdict_level", VerdictLevel),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    position: Mapped[int]
    lens: Mapped[str]
    side: Mapped[str]
    lens_spec: Mapped[dict[str, Any]] = mapped_column(JSON)  # as it was run, overrides included
    model: Mapped[str]  # JSON text, byte for byte what the fingerprint was taken of
    model_sha256: Mapped[str]
    k: Mapped[int]
    reason: Mapped[str]
    verdict_level: Mapped[str]
    verdict_reason: Mapped[str]
    headlines: Mapped[list[str]] = mapped_column(JSON)
    rule_fidelity: Mapped[float | None]
    ineligible: Mapped[int] = mapped_column(server_default="0")  # in no segment: lack what it needs


class RfmOverviewRow(Base):
    """A run's customers by recency, frequency and monetary value, in cells fine enough to cut."""

    __tablename__ = "rfm_overviews"

    run_id: Mapped[int] = mapped_column(
        ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    features: Mapped[list[str]] = mapped_column(JSON)
    edges: Mapped[list[list[float]]] = mapped_column(JSON)
    cuts: Mapped[list[list[float]]] = mapped_column(JSON)
    cells: Mapped[list[list[float]]] = mapped_column(JSON)
    without: Mapped[int]


class TrustTestRow(Base):
    """One test behind a verdict."""

    __tablename__ = "trust_tests"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    passed: Mapped[bool]
    figure: Mapped[str]
    threshold: Mapped[str]
    reason: Mapped[str]
    remedy: Mapped[str]


class KScoreRow(Base):
    """Scores of one candidate number of clusters."""

    __tablename__ = "k_scores"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    k: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inertia: Mapped[float | None]
    silhouette: Mapped[float | None]
    silhouette_macro: Mapped[float | None]
    calinski_harabasz: Mapped[float | None]
    davies_bouldin: Mapped[float | None]
    jaccard_min: Mapped[float | None]
    jaccard_mean: Mapped[float | None]
    smallest_share: Mapped[float | None]
    largest_share: Mapped[float | None]
    chosen: Mapped[bool]
    elbow: Mapped[bool | None]


class ComparisonRow(Base):
    """Two lenses of a run on the same customers."""

    __tablename__ = "comparisons"
    __table_args__ = (UniqueConstraint("run_id", "lens_a", "lens_b"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    position: Mapped[int]
    lens_a: Mapped[str]
    lens_b: Mapped[str]
    ami: Mapped[float]
    ami_chance_low: Mapped[float]
    ami_chance_high: Mapped[float]
    ari: Mapped[float]
    cramers_v: Mapped[float]
    predict_b_from_a: Mapped[float | None]
    predict_b_chance: Mapped[float | None]
    predict_a_from_b: Mapped[float | None]
    predict_a_chance: Mapped[float | None]
    answer: Mapped[str]
    sentence: Mapped[str]


class ComparisonCellRow(Base):
    """One cell of the cross table of two segmentations."""

    __tablename__ = "comparison_cells"

    comparison_id: Mapped[int] = mapped_column(
        ForeignKey("comparisons.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    a: Mapped[int]
    b: Mapped[int]
    n: Mapped[int]
    expected: Mapped[float]
    lift: Mapped[float | None]
    residual: Mapped[float | None]


class BakeOffRow(Base):
    """Share of an outcome's variance that each of two segmentations explains."""

    __tablename__ = "bake_offs"

    comparison_id: Mapped[int] = mapped_column(
        ForeignKey("comparisons.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str]
    a: Mapped[float]
    b: Mapped[float]
    crossed: Mapped[float]


class PublicationEntry(Base):
    """What was published when: a snapshot, the run that was published, and what was live before."""

    __tablename__ = "publication_history"
    __table_args__ = (
        Index(None, "dataset_id", "run_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"))
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("publication_history.id"))
    published_at: Mapped[datetime]


class PublicationLens(Base):
    """One segmentation per lens of a publication; some are carried over from earlier runs."""

    __tablename__ = "publication_lenses"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("publication_history.id", ondelete="CASCADE"), primary_key=True
    )
    lens: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    segmentation_id: Mapped[int] = mapped_column(ForeignKey("segmentations.id"), index=True)


class Publication(Base):
    """The one pointer of a data set: what is live now."""

    __tablename__ = "publications"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("publication_history.id"))
