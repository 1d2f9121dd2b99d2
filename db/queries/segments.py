"""What a segmentation found: segments, their statistics, what sets them apart, whom to call."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, select
from sqlalchemy.orm import InstrumentedAttribute

from core.readmodels import (
    ActionClient,
    CategoryCount,
    Differentiator,
    FeatureStatistic,
    Histogram,
    KScore,
    SegmentationId,
    SegmentSummary,
    Stability,
    TrustTest,
    Verdict,
    VerdictLevel,
)
from db.rows import read_rows
from db.tables.runs import KScoreRow, Segmentation, TrustTestRow
from db.tables.segments import (
    ActionClientRow,
    Category,
    DifferentiatorRow,
    HistogramRow,
    Segment,
    SegmentIdentity,
    Statistic,
)

_QUOTED = re.compile(r"“([^”]+)”")


def segments(connection: Connection, segmentation_id: SegmentationId) -> tuple[SegmentSummary, ...]:
    """The segments in order of their number, under the names that people gave them."""
    name = case((SegmentIdentity.is_named, SegmentIdentity.name), else_=Segment.name)
    others = [
        getattr(Segment, field.name)
        for field in fields(SegmentSummary)
        if field.name not in ("key", "name")
    ]
    statement = (
        select(SegmentIdentity.key, name.label("name"), *others)
        .join(SegmentIdentity, SegmentIdentity.id == Segment.identity_id)
        .where(Segment.segmentation_id == segmentation_id)
        .order_by(Segment.number)
    )
    return tuple(
        SegmentSummary(**{**row, "stability": Stability(row["stability"])})
        for row in connection.execute(statement).mappings()
    )


def statistics(
    connection: Connection,
    segmentation_id: SegmentationId,
    features: Collection[str] | None = None,
) -> tuple[FeatureStatistic, ...]:
    """Distributions of numeric features per segment and of all customers."""
    mine = Statistic.segmentation_id == segmentation_id
    return read_rows(
        connection, Statistic, FeatureStatistic, mine, *_of(Statistic.feature, features)
    )


def histograms(
    connection: Connection,
    segmentation_id: SegmentationId,
    features: Collection[str] | None = None,
) -> tuple[Histogram, ...]:
    """Histograms of numeric features per segment and of all customers."""
    mine = HistogramRow.segmentation_id == segmentation_id
    return read_rows(
        connection, HistogramRow, Histogram, mine, *_of(HistogramRow.feature, features)
    )


def categories(
    connection: Connection,
    segmentation_id: SegmentationId,
    features: Collection[str] | None = None,
) -> tuple[CategoryCount, ...]:
    """Counts of the levels of categorical features per segment and of all customers."""
    mine = Category.segmentation_id == segmentation_id
    return read_rows(connection, Category, CategoryCount, mine, *_of(Category.feature, features))


def differentiators(
    connection: Connection, segmentation_id: SegmentationId
) -> tuple[Differentiator, ...]:
    """What sets each segment apart."""
    mine = DifferentiatorRow.segmentation_id == segmentation_id
    return read_rows(connection, DifferentiatorRow, Differentiator, mine)


def k_scores(connection: Connection, segmentation_id: SegmentationId) -> tuple[KScore, ...]:
    """Scores of every number of clusters that was tried; NaN where a score is not defined."""
    statement = (
        select(*(getattr(KScoreRow, field.name) for field in fields(KScore)))
        .where(KScoreRow.segmentation_id == segmentation_id)
        .order_by(KScoreRow.k)
    )
    found: list[dict[str, Any]] = [
        {name: math.nan if value is None else value for name, value in row.items()}
        | {"elbow": row["elbow"]}
        for row in connection.execute(statement).mappings()
    ]
    return tuple(KScore(**scores) for scores in found)


def verdict(connection: Connection, segmentation_id: SegmentationId) -> Verdict | None:
    """The judgement on a segmentation and the tests behind it."""
    found = connection.execute(
        select(Segmentation.verdict_level, Segmentation.verdict_reason).where(
            Segmentation.id == segmentation_id
        )
    ).one_or_none()
    if found is None:
        return None
    tests = read_rows(
        connection, TrustTestRow, TrustTest, TrustTestRow.segmentation_id == segmentation_id
    )
    return Verdict(VerdictLevel(found.verdict_level), found.verdict_reason, tests)


def headlines(connection: Connection, segmentation_id: SegmentationId) -> tuple[str, ...]:
    """The sentences that sum a segmentation up, with segments under their present names."""
    found = connection.execute(
        select(Segmentation.headlines).where(Segmentation.id == segmentation_id)
    ).scalar()
    names = _present_names(connection, segmentation_id)
    return tuple(_renamed(sentence, names) for sentence in found or ())


def choice_reason(connection: Connection, segmentation_id: SegmentationId) -> str:
    """Why this number of segments, as a sentence."""
    found = connection.execute(
        select(Segmentation.reason).where(Segmentation.id == segmentation_id)
    ).scalar()
    return _renamed(found or "", _present_names(connection, segmentation_id))


def rule_fidelity(connection: Connection, segmentation_id: SegmentationId) -> float | None:
    """How well the short rules tell the segments apart (0..1), None where there are no rules."""
    return connection.execute(
        select(Segmentation.rule_fidelity).where(Segmentation.id == segmentation_id)
    ).scalar()


def action_clients(
    connection: Connection, segmentation_id: SegmentationId
) -> tuple[ActionClient, ...]:
    """Customers who are worth a call now, and why."""
    mine = ActionClientRow.segmentation_id == segmentation_id
    names = _present_names(connection, segmentation_id)
    return tuple(
        replace(client, reason=_renamed(client.reason, names))
        for client in read_rows(connection, ActionClientRow, ActionClient, mine)
    )


def _present_names(connection: Connection, segmentation_id: SegmentationId) -> dict[str, str]:
    """Names that people gave to segments, by the names that sentences were written with."""
    rows = connection.execute(
        select(Segment.name, SegmentIdentity.name.label("given"))
        .join(SegmentIdentity, SegmentIdentity.id == Segment.identity_id)
        .where(Segment.segmentation_id == segmentation_id, SegmentIdentity.is_named)
    )
    return {row.name: row.given for row in rows}


def _renamed(sentence: str, names: Mapping[str, str]) -> str:
    """Put present names in the place of those that stand in quotes."""
    return _QUOTED.sub(lambda found: f"“{names.get(found[1], found[1])}”", sentence)


def _of(
    column: InstrumentedAttribute[str], features: Collection[str] | None
) -> tuple[ColumnElement[bool], ...]:
    return () if features is None else (column.in_(list(features)),)
