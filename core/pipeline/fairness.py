"""The step of a run that looks after fair treatment: shuffle, assign again, measure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.fairness import Fairness, PermutationCheck, TypicalityCount
from core.insight.fairness import assignments_sha256, columns_not_used, proxy_meters, shuffled
from core.insight.summaries import order_segments
from core.pipeline.describing import customer_values
from core.pipeline.eligibility import eligible_part
from core.pipeline.results import SegmentationResult, StoredSnapshot
from core.preparation import fit_preparation
from core.scorer import UNLIKE_ANYONE
from core.scoring import scorer
from core.segmentation.build import as_tuples
from core.segmentation.fit import FINAL_RESTARTS, active_rows, algorithm_of
from core.segmentation.grouping_rules import learn_groups
from core.segmentation.model import SegmentationModel


def with_fairness(
    snapshot: StoredSnapshot, result: SegmentationResult, *, seed: int, is_fitted: bool
) -> SegmentationResult:
    """Return the result with how it treats people; ``is_fitted``: the run fitted the model."""
    assigned = result.assignments
    there = assigned.is_assigned
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
        typicality=count_unlike(assigned.typicality),
    )


def count_unlike(typicality: NDArray[np.float64]) -> TypicalityCount:
    """Return how many customers are unlike any known one; those by rule (NaN) have no distance.

    Examples
    --------
    >>> count_unlike(np.array([50.0, 99.0, 99.5, np.nan]))
    TypicalityCount(measured=3, unlike=1)
    """
    measured = typicality[~np.isnan(typicality)]
    return TypicalityCount(len(measured), int((measured > UNLIKE_ANYONE).sum()))


def permutation_check(
    snapshot: StoredSnapshot, result: SegmentationResult, *, seed: int, is_fitted: bool
) -> PermutationCheck:
    """Assign everybody again with what the lens must not use shuffled among the customers.

    After a fit all of it is done again on the shuffled data, from the same seed: who takes part,
    how inputs are prepared, the search for segments, their order. Where anything of it changes, so
    does the fingerprint. Only the number of segments is that of the fit: the sweep sees nothing but
    the prepared inputs. Without a fit, the model that was there scores the shuffled customers.
    """
    columns = columns_not_used(snapshot.features, result.lens)
    other = replace(snapshot, frame=shuffled(snapshot.frame, columns, seed=seed))
    model = _fitted_again(other, result) if is_fitted else result.model
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


def _fitted_again(other: StoredSnapshot, result: SegmentationResult) -> SegmentationModel:
    """Return the model that the shuffled customers give, with as many segments as the fit has."""
    lens, model = result.lens, result.model
    part, _ = eligible_part(other, lens)
    active = active_rows(part.frame, lens)
    fitted = fit_preparation(part.frame[active], part.features, lens)
    again = replace(model, columns=fitted.columns, references=fitted.references)
    if lens.grouping is not None:
        return replace(again, groups=learn_groups(part.frame, lens))
    found = algorithm_of(lens).fit(
        fitted.transform(part.frame[active]),
        len(model.centroids),
        seed=model.seed,
        restarts=FINAL_RESTARTS,
    )
    clusters = np.full(len(active), -1, dtype=np.int64)
    clusters[active] = found.labels
    value = customer_values(part.frame, lens)
    numbers = order_segments(clusters, value, per_customer=bool(lens.tiers)).tolist()
    return replace(
        again,
        centroids=as_tuples(found.centroids),
        numbers=tuple(numbers[: found.k]),
        rule=model.rule and replace(model.rule, number=numbers[-1]),
        origin=() if found.subspace is None else tuple(found.subspace.origin.tolist()),
        components=() if found.subspace is None else as_tuples(found.subspace.components),
    )
