from __future__ import annotations

from dataclasses import fields

import pytest
from sqlalchemy import inspect

from core import quality as core_quality
from core import readmodels, snapshot_facts
from core.features.base import Feature
from core.segmentation.model import SegmentationModel
from db.tables import left_out, profiles, quality, recipes, runs, segments, snapshots
from db.tables.base import Base
from db.tables.registry import METADATA

PAIRS = [
    (readmodels.FileRead, snapshots.SnapshotFile, set()),
    (readmodels.Reject, snapshots.ImportReject, set()),
    (snapshot_facts.FeatureProfile, profiles.FeatureProfileRow, set()),
    (snapshot_facts.Associations, profiles.AssociationsRow, set()),
    (snapshot_facts.ColumnSource, profiles.ColumnSourceRow, set()),
    (readmodels.IntegrityFinding, snapshots.IntegrityCheck, set()),
    (readmodels.LeftOut, left_out.LeftOutCustomer, set()),
    (Feature, snapshots.FeatureRow, set()),
    (readmodels.FeatureInfo, snapshots.FeatureRow, set()),
    (readmodels.TrustTest, runs.TrustTestRow, set()),
    (readmodels.KScore, runs.KScoreRow, set()),
    (readmodels.RecipeScore, recipes.RecipeScoreRow, set()),
    (core_quality.Quality, quality.QualityRow, {"segments", "influences"}),
    (core_quality.SegmentQuality, quality.SegmentQualityRow, set()),
    (core_quality.FeatureInfluence, quality.FeatureInfluenceRow, set()),
    (core_quality.Exemplar, quality.ExemplarRow, set()),
    (readmodels.Comparison, runs.ComparisonRow, {"cells", "bake_off"}),
    (readmodels.ComparisonCell, runs.ComparisonCellRow, set()),
    (readmodels.BakeOff, runs.BakeOffRow, set()),
    (readmodels.SegmentSummary, segments.Segment, {"key"}),
    (readmodels.FeatureStatistic, segments.Statistic, set()),
    (readmodels.Histogram, segments.HistogramRow, set()),
    (readmodels.CategoryCount, segments.Category, set()),
    (readmodels.Differentiator, segments.DifferentiatorRow, set()),
    (readmodels.ActionClient, segments.ActionClientRow, set()),
    (readmodels.MapAxes, segments.MapAxesRow, set()),
]


@pytest.mark.parametrize(("model", "table", "apart"), PAIRS)
def test_every_field_that_the_pipeline_fills_has_a_column(
    model: type, table: type[Base], apart: set[str]
) -> None:
    columns = set(inspect(table).columns.keys())
    assert {field.name for field in fields(model)} - apart <= columns


@pytest.mark.parametrize(
    "column",
    [
        "customers.snapshot_id",
        "segments.segmentation_id",
        "assignments.segmentation_id",
        "publications.dataset_id",
        "glossary_terms.name",
    ],
)
def test_the_names_that_others_rely_on_exist(column: str) -> None:
    table, name = column.split(".")
    assert name in METADATA.tables[table].columns


def test_every_constraint_has_a_name() -> None:
    unnamed = [
        (table.name, type(constraint).__name__)
        for table in METADATA.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert unnamed == []


def test_a_model_is_kept_as_text_and_nothing_that_could_run() -> None:
    assert str(METADATA.tables["segmentations"].columns["model"].type) == "TEXT"
    assert {field.name for field in fields(SegmentationModel)} >= {"centroids", "columns"}
