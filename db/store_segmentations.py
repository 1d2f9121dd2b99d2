"""Writing one lens of a run: its model, segments, members, statistics, map and what to act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, insert, select

from core.errors import DataError
from core.pipeline.results import ActionRow, LensChange, SegmentationResult
from core.readmodels import RunId, SegmentSummary
from db.bulk import insert_columns
from db.names import check_lens_name
from db.rows import insert_ordered, insert_rows, plain, row_of
from db.store_changes import insert_changes, when_and_whence
from db.store_fairness import insert_fairness
from db.store_quality import insert_exemplars, insert_quality
from db.store_traces import insert_trace
from db.tables.recipes import RecipeScoreRow
from db.tables.runs import (
    KScoreRow,
    Segmentation,
    TrustTestRow,
)
from db.tables.segments import (
    ActionClientRow,
    Assignment,
    Category,
    DifferentiatorRow,
    HistogramRow,
    MapAxesRow,
    MapPointsRow,
    Segment,
    SegmentIdentity,
    Statistic,
)


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The customers of a snapshot, in the frame's order."""

    customer_ids: list[str]
    pseudonyms: list[str]


def insert_segmentation(
    connection: Connection,
    run_id: RunId,
    position: int,
    found: SegmentationResult,
    members: Members,
    *,
    dataset_id: int,
    actions: Sequence[ActionRow],
    changes: Sequence[LensChange],
) -> None:
    """Write what a lens found within the caller's transaction.

    `DataError` if sizes and assignments contradict each other.
    """
    _check(found, members)
    segmentation_id = _insert_segmentation(connection, run_id, position, found)
    _insert_segments(connection, segmentation_id, dataset_id, found)
    _insert_members(connection, segmentation_id, found, members)
    _insert_details(connection, segmentation_id, found)
    _insert_map(connection, segmentation_id, found, members)
    if found.trace is not None:
        insert_trace(connection, segmentation_id, found.trace)
    insert_fairness(connection, segmentation_id, found)
    if found.quality is not None:
        insert_quality(connection, segmentation_id, found.quality)
    insert_exemplars(connection, segmentation_id, found, members.pseudonyms)
    insert_changes(connection, segmentation_id, found.lens.name, changes)
    _insert_actions(connection, segmentation_id, actions, members)


def _check(result: SegmentationResult, members: Members) -> None:
    check_lens_name(result.lens.name)
    expected, found = len(members.customer_ids), len(result.assignments.segment)
    if expected != found:
        raise DataError(
            f"The lens {result.lens.name!r} assigns {found} customers; the snapshot has {expected}."
        )
    assigned = result.assignments.segment[result.assignments.is_assigned]
    if len(assigned) + result.ineligible != found:
        raise DataError(
            f"The lens {result.lens.name!r} assigns {len(assigned)} customers and says that "
            f"{result.ineligible} are not eligible; the snapshot has {expected}."
        )
    counts = np.bincount(assigned, minlength=len(result.segments))
    if [segment.size for segment in result.segments] != counts.tolist():
        raise DataError(
            f"The lens {result.lens.name!r} says its segments have "
            f"{[segment.size for segment in result.segments]} customers; it assigns "
            f"{counts.tolist()}."
        )


def _insert_segmentation(
    connection: Connection, run_id: RunId, position: int, result: SegmentationResult
) -> int:
    row = {
        "run_id": run_id,
        "position": position,
        "lens": result.lens.name,
        "side": result.lens.side.value,
        "lens_spec": result.lens.model_dump(mode="json"),
        "model": result.model.to_json(),
        "model_sha256": result.model.sha256,
        "k": int(result.k),
        "reason": result.reason,
        "verdict_level": result.verdict.level.value,
        "verdict_reason": result.verdict.reason,
        "headlines": list(result.headlines),
        "rule_fidelity": plain(result.rule_fidelity),
        "ineligible": int(result.ineligible),
    }
    return connection.execute(insert(Segmentation).returning(Segmentation.id), row).scalar_one()


def _insert_segments(
    connection: Connection, segmentation_id: int, dataset_id: int, result: SegmentationResult
) -> None:
    identities = _identities(connection, dataset_id, result)
    rows = []
    for segment in result.segments:
        row = row_of(segment, segmentation_id=segmentation_id, identity_id=identities[segment.key])
        del row["key"]
        rows.append(row)
    insert_rows(connection, Segment, rows)


def _identities(
    connection: Connection, dataset_id: int, result: SegmentationResult
) -> dict[str, int]:
    """Return the identity of each segment's key; keys never seen before are added."""
    of_lens = (
        SegmentIdentity.dataset_id == dataset_id,
        SegmentIdentity.lens == result.lens.name,
    )

    def known() -> dict[str, int]:
        rows = connection.execute(
            select(SegmentIdentity.key, SegmentIdentity.id).where(*of_lens)
        ).all()
        return {row.key: row.id for row in rows}

    before = known()
    fresh = [segment for segment in result.segments if segment.key not in before]
    insert_rows(
        connection,
        SegmentIdentity,
        (_identity(dataset_id, result.lens.name, segment) for segment in fresh),
    )
    return known()


def _identity(dataset_id: int, lens: str, segment: SegmentSummary) -> dict[str, object]:
    return {
        "dataset_id": dataset_id,
        "lens": lens,
        "key": segment.key,
        "name": segment.name,
        "colour": int(segment.colour),
        "is_named": False,
    }


def _insert_members(
    connection: Connection, segmentation_id: int, result: SegmentationResult, members: Members
) -> None:
    assigned = result.assignments
    rows = np.flatnonzero(assigned.is_assigned)
    runner_up = [n if n >= 0 else None for n in assigned.runner_up[rows].tolist()]
    insert_columns(
        connection,
        Assignment,
        {
            "segmentation_id": [segmentation_id] * len(rows),
            "customer_id": [members.customer_ids[row] for row in rows.tolist()],
            "segment": assigned.segment[rows],
            "runner_up": runner_up,
            "distance": assigned.distance[rows],
            "margin": assigned.margin[rows],
            "typicality": assigned.typicality[rows],
            **when_and_whence(assigned, rows),
        },
    )


def _insert_details(
    connection: Connection, segmentation_id: int, result: SegmentationResult
) -> None:
    owner = {"segmentation_id": segmentation_id}
    insert_ordered(connection, TrustTestRow, owner, result.verdict.tests)
    insert_rows(connection, KScoreRow, (row_of(score, **owner) for score in result.k_scores))
    insert_ordered(connection, RecipeScoreRow, owner, result.recipes)
    insert_ordered(connection, Statistic, owner, result.statistics)
    insert_ordered(connection, HistogramRow, owner, result.histograms)
    insert_ordered(connection, Category, owner, result.categories)
    insert_ordered(connection, DifferentiatorRow, owner, result.differentiators)


def _insert_map(
    connection: Connection, segmentation_id: int, result: SegmentationResult, members: Members
) -> None:
    owner = {"segmentation_id": segmentation_id}
    points, assigned = result.map_points, result.assignments
    sample = {
        "sampled_from": len(members.customer_ids) - result.ineligible,
        "pseudonyms": "\n".join(members.pseudonyms[row] for row in points.rows.tolist()),
        "xyz": np.ascontiguousarray(points.xyz, dtype="<f4").tobytes(),
        "segment": assigned.segment[points.rows].astype("<i2").tobytes(),
        "margin": assigned.margin[points.rows].astype("<f4").tobytes(),
    }
    insert_rows(connection, MapPointsRow, [owner | sample])
    axes = result.map_axes
    meaning = {
        "explained_variance": plain(axes.explained_variance),
        "centroids": plain(axes.centroids),
        "loadings": [list(row_of(loading).values()) for loading in axes.loadings],
    }
    insert_rows(connection, MapAxesRow, [owner | meaning])


def _insert_actions(
    connection: Connection, segmentation_id: int, actions: Sequence[ActionRow], members: Members
) -> None:
    insert_rows(
        connection,
        ActionClientRow,
        (
            {
                "segmentation_id": segmentation_id,
                "position": position,
                "pseudonym": members.pseudonyms[action.row],
                "segment": int(action.segment),
                "value": plain(action.value),
                "reason": action.reason,
            }
            for position, action in enumerate(actions)
        ),
    )
