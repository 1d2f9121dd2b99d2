"""How far a segmentation can be trusted: the tests, and the verdict they add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from core.pipeline.ports import Progress, silent
from core.readmodels import Verdict
from core.sampling import stratified_rows
from core.segmentation.base import Algorithm, Clustering, Matrix
from core.segmentation.evidence import border_share, redundant_pairs, single_driver
from core.segmentation.null_reference import feature_blocks
from core.segmentation.nulls import compare_with_nulls
from core.segmentation.selection import STABILITY_DRAWS, STABILITY_STARTS, TINY_SEGMENT, restrict
from core.segmentation.stability import bootstrap_jaccards
from core.segmentation.trust_tests import trust_tests
from core.segmentation.verdict import Evidence, judge

TRUST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class TrustReport:
    """The verdict; per cluster the mean bootstrap Jaccard; ``evidence``: what was measured.

    ``draws``: per cluster its Jaccard similarity in every bootstrap draw.
    """

    verdict: Verdict
    jaccard: tuple[float, ...]
    evidence: Evidence
    draws: tuple[tuple[float, ...], ...] = ()


def assess(
    matrix: Matrix,
    column_features: Sequence[str],
    clustering: Clustering,
    algorithm: Algorithm,
    *,
    seed: int,
    restarts: int,
    labels: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> TrustReport:
    """Test a segmentation and give the verdict.

    Parameters
    ----------
    matrix : (n, d) prepared customers, those by rule left out
    column_features : the original feature of each column
    clustering : what was found with ``seed`` and ``restarts``
    algorithm : what found it
    labels : how features are called in sentences, by name; the name where there is none
    progress : told the fraction done

    Returns
    -------
    TrustReport
        The same for the same arguments. Large data are judged on at most 10,000 customers, drawn
        from every segment in its proportion.

    Examples
    --------
    >>> from core.segmentation.kmeans import KMeans
    >>> rng = np.random.default_rng(7)
    >>> middles = np.array([[0, 0, 3, 6], [6, 0, 0, 3], [0, 6, 6, 0]])
    >>> apart = np.repeat(middles, 120, axis=0) + rng.normal(0, 0.5, (360, 4))
    >>> matrix = apart.astype(np.float32)
    >>> found = KMeans().fit(matrix, 3, seed=1, restarts=10)
    >>> features = ["savings", "debt", "income", "age"]
    >>> assess(matrix, features, found, KMeans(), seed=1, restarts=10).verdict.level.value
    'Strong'

    References
    ----------
    Hennig (2007), Cluster-wise assessment of cluster stability; Tibshirani, Walther and Hastie
    (2001), Estimating the number of clusters in a data set via the gap statistic.
    """
    rows = stratified_rows(clustering.labels, TRUST_ROWS, seed, TINY_SEGMENT)
    some, part = np.ascontiguousarray(matrix[rows]), restrict(clustering, rows, matrix)
    blocks = feature_blocks(column_features)
    names = [(labels or {}).get(column_features[b.start], column_features[b.start]) for b in blocks]
    with threadpool_limits(limits=1):
        progress(0.0, "Comparing with customers without groups")
        nulls = compare_with_nulls(
            some,
            blocks,
            clustering.k,
            algorithm,
            seed=seed,
            report=lambda done: progress(0.5 * done, "Comparing with customers without groups"),
        )
        progress(0.5, "Finding the segments again in other draws of customers")
        draws = bootstrap_jaccards(
            some, part, algorithm, draws=STABILITY_DRAWS, starts=STABILITY_STARTS, seed=seed
        )
        progress(0.8, "Looking for single drivers and doubled inputs")
        driver = single_driver(some, part, blocks)
        evidence = Evidence(
            nulls=nulls,
            features=len(blocks),
            jaccards=tuple(float(value) for value in draws.mean(axis=0)),
            sizes=tuple(int(size) for size in clustering.sizes),
            border=border_share(some, part),
            driver=None if driver is None else (names[driver[0]], driver[1]),
            redundant=tuple(
                (names[a], names[b], rho) for a, b, rho in redundant_pairs(some, part, blocks)
            ),
            reproduced=False,
        )
    progress(0.9, "Running the same again")
    again = algorithm.fit(matrix, clustering.k, seed=seed, restarts=restarts)
    evidence = evidence.with_reproduction(bool(np.array_equal(again.labels, clustering.labels)))
    level, reason = judge(evidence)
    return TrustReport(
        verdict=Verdict(level, reason, trust_tests(evidence)),
        jaccard=evidence.jaccards,
        evidence=evidence,
        draws=tuple(tuple(of_cluster) for of_cluster in draws.T.tolist()),
    )
