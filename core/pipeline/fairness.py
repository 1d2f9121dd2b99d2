"""The step of a run that looks after fair treatment: shuffle, assign again, measure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.fairness import Fairness, PermutationCheck, TypicalityCount
from core.insight.fairness import assignments_sha256, columns_not_used, proxy_meters, shuffled
from core.pipeline.eligibility import eligible_part
from core.pipeline.results import SegmentationResult, StoredSnapshot
from core.preparation import fit_preparation
from core.scorer import UNLIKE_ANYONE
from core.scoring import scorer
from core.segmentation.fit import active_rows
from core.segmentation.grouping_rules import learn_groups
from core.segmentation.model import SegmentationModel


def with_fairness(
    snapshot: StoredSnapshot, result: SegmentationResult, *, seed: int, is_fitted: bool
) -> SegmentationResult:
    """Return the result with how it treats people; ``is_fitted``: the run fitted the model."""
    assigned = result.assignments
    there = assigned.is_assigned
    near = assigned.typicality[~np.isnan(assigned.typicality)]
    return replace(
        result,
        fairness=Fairness(
            permutation_check(snapshot, result, seed=seed, is_fitted=is_fitted),
            proxy_meters(
                snapshot.frame[there],
                snapshot.features,
                result.lens,
                assigned.segment[there],
                seed=seed,
            ),
        ),
        typicality=TypicalityCount(len(near), int((near > UNLIKE_ANYONE).sum())),
    )


def permutation_check(
    snapshot: StoredSnapshot, result: SegmentationResult, *, seed: int, is_fitted: bool
) -> PermutationCheck:
    """Assign everybody again with what the lens must not use shuffled among the customers.

    What a fit learns from the columns (who takes part, how inputs are prepared) is learned again
    from the shuffled data: where anything of it changes, so does the fingerprint. The search for
    clusters sees nothing but the prepared inputs, so it is not repeated.
    """
    columns = columns_not_used(snapshot.features, result.lens)
    other = replace(snapshot, frame=shuffled(snapshot.frame, columns, seed=seed))
    model = _prepared_again(other, result) if is_fitted else result.model
    compiled = scorer(model)
    again = compiled.score({name: other.frame[name].to_numpy() for name in compiled.inputs})
    ids, found = other.frame.index.tolist(), result.assignments
    return PermutationCheck(
        columns=columns,
        seed=seed,
        is_refitted=is_fitted,
        assignments_sha256=assignments_sha256(ids, found.segment, found.runner_up, found.distance),
        shuffled_sha256=assignments_sha256(ids, again.segment, again.runner_up, again.distance),
    )


def _prepared_again(other: StoredSnapshot, result: SegmentationResult) -> SegmentationModel:
    """Return the model with the preparation that the shuffled customers would have given it."""
    part, _ = eligible_part(other, result.lens)
    frame = part.frame[active_rows(part.frame, result.lens)]
    fitted = fit_preparation(frame, part.features, result.lens)
    groups = None if result.lens.grouping is None else learn_groups(part.frame, result.lens)
    return replace(
        result.model, columns=fitted.columns, references=fitted.references, groups=groups
    )
