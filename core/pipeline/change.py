"""What changed since the publication before: who moved and why, what drifted, who was where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import is_numeric_dtype

from core.change import FeatureDrift
from core.insight.drift import category_drift, numeric_drift
from core.insight.movers import Keys, movement
from core.pipeline.eligibility import eligible_rows
from core.pipeline.fairness import count_unlike
from core.pipeline.ports import RunStore, SnapshotStore
from core.pipeline.results import (
    LensChange,
    Places,
    PublishedLens,
    PublishedModels,
    RunResult,
    SegmentationResult,
    StoredSnapshot,
)
from core.readmodels import SegmentSummary, SnapshotId
from core.scoring import scorer


def with_changes(
    snapshot: StoredSnapshot,
    result: RunResult,
    published: PublishedModels,
    *,
    snapshots: SnapshotStore,
    runs: RunStore,
) -> RunResult:
    """Return a run's result with what changed since what is published.

    Of each lens that is published as of the same day or an earlier one: who moved, whether because
    of their data or of the model, and for each customer since when they are in their segment and
    where they were before. Of each feature: how far its values moved, if the data are others.
    """
    found: list[SegmentationResult] = []
    changes: list[LensChange] = []
    sources: list[SnapshotId] = []
    for one in result.segmentations:
        before = published.lenses.get(one.lens.name)
        if before is None or before.origin is None or before.origin.as_of > snapshot.as_of:
            found.append(_placed(snapshot, one, None))
            continue
        places = runs.places(before.origin.segmentation_id)
        found.append(_placed(snapshot, one, places))
        sources.append(before.origin.snapshot_id)
        seen = _seen_before(snapshot, one, before)
        if seen is None:
            continue
        between, typicality = seen
        after = segment_keys(one.assignments.segment, one.segments)
        changes.append(
            LensChange(
                lens=one.lens.name,
                before_id=before.origin.segmentation_id,
                before_as_of=before.origin.as_of,
                is_refitted=one.model.sha256 != before.model.sha256,
                movement=movement(
                    places.customer_ids, places.key, list(snapshot.frame.index), between, after
                ),
                unlike=count_unlike(typicality),
            )
        )
    others = [known for known in sources if known != snapshot.snapshot_id]
    drifts: tuple[FeatureDrift, ...] = ()
    if others:
        old = snapshots.load_snapshot(snapshot.dataset.name, others[0])
        drifts = feature_drifts(old.frame, snapshot.frame)
    return replace(result, segmentations=tuple(found), changes=tuple(changes), drifts=drifts)


def feature_drifts(old: pd.DataFrame, new: pd.DataFrame) -> tuple[FeatureDrift, ...]:
    """Return the drift of every feature that both frames have, in the new one's order.

    Examples
    --------
    >>> old = pd.DataFrame({"x": np.arange(100.0), "gone": 0})
    >>> [(found.feature, found.psi) for found in feature_drifts(old, old[["x"]])]
    [('x', 0.0)]
    """
    found = []
    for name in new.columns:
        if name not in old or is_numeric_dtype(old[name]) != is_numeric_dtype(new[name]):
            continue
        if is_numeric_dtype(new[name]):
            one = numeric_drift(
                old[name].to_numpy(dtype=np.float64), new[name].to_numpy(dtype=np.float64)
            )
        else:
            one = category_drift(old[name].to_numpy(dtype=object), new[name].to_numpy(dtype=object))
        found.append(FeatureDrift(str(name), one.psi, one.by_chance))
    return tuple(found)


def segment_keys(numbers: NDArray[np.int16], segments: Sequence[SegmentSummary]) -> Keys:
    """Return the identity of each customer's segment, None for those in none (n,)."""
    keys = np.full(max((one.number for one in segments), default=-1) + 2, None, dtype=object)
    for one in segments:
        keys[one.number] = one.key
    return keys[numbers]  # the last one, none, is also what -1 finds


def carried(
    ids: Sequence[str], after: Keys, before: Places | None, as_of: date
) -> tuple[NDArray[np.datetime64], Keys]:
    """Return since when each customer is in their segment, and in which they were before.

    Who is where they were keeps what was known of them; who moved has come `as_of` today, from
    where they were; of whom nothing is known has come today.

    Examples
    --------
    >>> in_x, nowhere = np.array(["x", "x"], dtype=object), np.array([None, None])
    >>> september = np.array(["2024-09-30"] * 2, dtype="datetime64[D]")
    >>> first = Places(["a", "b"], in_x, september, nowhere)
    >>> now = np.array(["x", "y", "y"], dtype=object)
    >>> since, previous = carried(["a", "b", "c"], now, first, date(2024, 10, 31))
    >>> since.astype(str).tolist(), previous.tolist()
    (['2024-09-30', '2024-10-31', '2024-10-31'], [None, 'x', None])
    """
    since = np.full(len(ids), np.datetime64(as_of, "D"))
    previous = np.full(len(ids), None, dtype=object)
    if before is None or not before.customer_ids:
        return since, previous
    row = pd.Index(before.customer_ids).get_indexer(pd.Index(ids))
    known = row >= 0
    was, came = before.key[row], before.since[row]
    stayed = known & np.equal(was, after, dtype=object).astype(bool)
    dated = stayed & ~np.isnat(came)
    since[dated] = came[dated]
    previous[stayed] = before.previous[row][stayed]
    moved = known & ~stayed
    previous[moved] = was[moved]
    return since, previous


def _placed(
    snapshot: StoredSnapshot, found: SegmentationResult, before: Places | None
) -> SegmentationResult:
    after = segment_keys(found.assignments.segment, found.segments)
    since, previous = carried(list(snapshot.frame.index), after, before, snapshot.as_of)
    return replace(found, assignments=replace(found.assignments, since=since, previous=previous))


def _seen_before(
    snapshot: StoredSnapshot, found: SegmentationResult, before: PublishedLens
) -> tuple[Keys, NDArray[np.float64]] | None:
    """Return where the model before puts the customers of today, and how typical they are there.

    None where it cannot tell.
    """
    if found.model.sha256 == before.model.sha256:
        assigned = found.assignments
        return segment_keys(assigned.segment, found.segments), assigned.typicality
    compiled = scorer(before.model)
    if before.lens is None or not {*compiled.inputs, *before.lens.requires} <= set(snapshot.frame):
        return None
    eligible = eligible_rows(snapshot.frame, before.lens)
    numbers = np.full(len(snapshot.frame), -1, dtype=np.int16)
    part = snapshot.frame[eligible]
    scored = compiled.score({name: part[name].to_numpy() for name in compiled.inputs})
    numbers[eligible] = scored.segment
    return segment_keys(numbers, before.segments), scored.typicality
