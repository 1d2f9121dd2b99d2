"""What the lenses of a run say together: how they compare, and whom to turn to first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.insight.actions import top_actions
from core.insight.comparison import compare
from core.pipeline.results import ActionRow, SegmentationResult, StoredSnapshot
from core.readmodels import Comparison


def compare_lenses(
    snapshot: StoredSnapshot, found: Sequence[SegmentationResult], *, seed: int
) -> tuple[Comparison, ...]:
    """Compare every two lenses of a run, on the customers whom both look at."""
    return tuple(
        compare(
            a.lens,
            b.lens,
            a.assignments.segment[both],
            b.assignments.segment[both],
            snapshot.frame[both],
            snapshot.features,
            outcomes=list(dict.fromkeys((*a.lens.outcomes, *b.lens.outcomes))) or None,
            seed=seed,
        )
        for position, a in enumerate(found)
        for b in found[position + 1 :]
        if (both := a.assignments.is_assigned & b.assignments.is_assigned).any()
    )


def find_actions(
    snapshot: StoredSnapshot, found: Sequence[SegmentationResult]
) -> tuple[ActionRow, ...]:
    """Find, per lens, the customers of high value with whom something is the matter."""
    return tuple(
        replace(action, row=int(rows[action.row]))
        for one in found
        for rows in [np.flatnonzero(one.assignments.is_assigned)]
        for action in top_actions(
            one.lens.name,
            snapshot.frame.iloc[rows],
            snapshot.features,
            one.assignments.segment[rows],
            one.assignments.margin[rows],
            one.assignments.typicality[rows],
            one.lens.value,
            currency=snapshot.dataset.currency,
            runner_up=one.assignments.runner_up[rows],
            came_from=_came_from(snapshot, one)[rows],
            names={segment.number: segment.name for segment in one.segments},
            inputs=one.lens.feature_names,
        )
    )


def _came_from(snapshot: StoredSnapshot, found: SegmentationResult) -> NDArray[np.int16]:
    """Return the number of the segment that each customer has left as of the snapshot's day."""
    assigned = found.assignments
    left = np.full(len(assigned.segment), -1, dtype=np.int16)
    if assigned.previous is None or assigned.since is None:
        return left
    is_new = assigned.since == np.datetime64(snapshot.as_of, "D")
    for segment in found.segments:
        left[is_new & np.equal(assigned.previous, segment.key, dtype=object).astype(bool)] = (
            segment.number
        )
    return left
