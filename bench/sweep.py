"""Trying every number of segments, against scikit-learn doing the same.

Both sides fit every k with as many starts, score it by silhouette on as many rows and by
Calinski-Harabasz and Davies-Bouldin on all of them, and cluster as many bootstrap draws of as many
rows anew. Each has its own way to the answer, and the inertia of every k says whose is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.base import (
    WALL,
    Benchmark,
    Contest,
    Contests,
    Measure,
    Outcome,
    Target,
    UnequalWorkError,
)
from bench.measuring import once
from bench.peers.sklearn_sweep import Effort, Scored
from bench.peers.sklearn_sweep import sweep as sklearn_sweep
from bench.workshop import Workshop
from core.readmodels import KScore
from core.segmentation.kmeans import KMeans
from core.segmentation.selection import (
    SILHOUETTE_ROWS,
    STABILITY_DRAWS,
    STABILITY_ROWS,
    STABILITY_STARTS,
    SWEEP_RESTARTS,
    sweep,
)

EFFORT = Effort(SWEEP_RESTARTS, SILHOUETTE_ROWS, STABILITY_ROWS, STABILITY_DRAWS, STABILITY_STARTS)
COLUMNS, PLANTED, SEED = 20, 5, 20_240_101
_APART = 2.6  # standard deviations between planted centres, per column drawn
_FAR = 0.03  # relative difference of scores of the planted k
_FIELDS = ("inertia", "silhouette", "silhouette_macro", "calinski_harabasz", "davies_bouldin")
_LUCK = 0.2  # difference of Jaccard similarities, which depend on the draws


def contests(workshop: Workshop) -> Contests:
    """Yield the one contest."""
    rows = workshop.choose(tiny=2_000, small=20_000, full=1_000_000)
    lowest = workshop.choose(tiny=4, small=3, full=2)
    highest = workshop.choose(tiny=5, small=8, full=10)
    matrix = planted_customers(rows)
    candidates = range(lowest, highest + 1)
    algorithm = KMeans()

    def product() -> Outcome:
        return _with_inertia(
            once(lambda: sweep(matrix, lowest, highest, seed=SEED, algorithm=algorithm).scores)
        )

    def peer() -> Outcome:
        return _with_inertia(once(lambda: sklearn_sweep(matrix, candidates, EFFORT, SEED)))

    yield Contest(
        name=f"k = {lowest}..{highest} of {rows:,} customers x {COLUMNS} columns",
        peer="scikit-learn as it comes",
        product=product,
        against=peer,
        check=require_same_scores,
        targets={
            WALL: Target(must=0.25, aim=0.08),
            **{_inertia(k): Target(must=1.01, aim=1.005) for k in candidates},
        },
    )


def planted_customers(rows: int) -> NDArray[np.float32]:
    """Return prepared customers around a few centres of unequal weight, overlapping a little."""
    random = np.random.default_rng(SEED)
    centres = random.normal(0, _APART / np.sqrt(2), (PLANTED, COLUMNS))
    weights = np.arange(PLANTED, 0, -1) / np.arange(PLANTED + 1).sum()
    member = random.choice(PLANTED, size=rows, p=weights)
    spread = random.uniform(0.7, 1.3, (PLANTED, COLUMNS))
    return (centres[member] + random.normal(size=(rows, COLUMNS)) * spread[member]).astype("f4")


def require_same_scores(
    product: Sequence[KScore | Scored], peer: Sequence[KScore | Scored]
) -> None:
    """Raise `UnequalWorkError` unless both scored the same k, and the planted one alike."""
    if [score.k for score in product] != [score.k for score in peer]:
        raise UnequalWorkError("The two sweeps tried different numbers of segments.")
    for ours, theirs in zip(product, peer, strict=True):
        if ours.k != PLANTED:  # elsewhere there are several answers about as good
            continue
        for field in (*_FIELDS, "jaccard_mean"):
            a, b = getattr(ours, field), getattr(theirs, field)
            if not abs(a - b) <= (_LUCK if field == "jaccard_mean" else _FAR * abs(b)):
                raise UnequalWorkError(f"With {PLANTED} segments {field} is {a}, the peer's {b}.")


def _inertia(k: int) -> Measure:
    return Measure(f"inertia, k = {k}", "")


def _with_inertia(outcome: Outcome) -> Outcome:
    found = {_inertia(score.k): score.inertia for score in outcome.value}
    return replace(outcome, readings={**outcome.readings, **found})


BENCHMARK = Benchmark("sweep", "How fast is the number of segments chosen, and how well?", contests)
