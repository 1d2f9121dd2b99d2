"""How other scalers and algorithms would have segmented the same customers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score
from threadpoolctl import threadpool_limits

from core.errors import DataError
from core.features.base import Feature
from core.lens import LensSpec, Scaler
from core.pipeline.ports import Progress, silent
from core.preparation import fit_preparation
from core.readmodels import RecipeScore
from core.sampling import stratified_rows
from core.segmentation import density
from core.segmentation.base import Algorithm, Clustering, Matrix
from core.segmentation.components import OnComponents
from core.segmentation.registry import ALGORITHMS
from core.segmentation.selection import restrict
from core.segmentation.separation import silhouettes
from core.segmentation.stability import bootstrap_jaccards

RESTARTS = 10
ROWS = 5_000  # customers compared on
STABILITY_ROWS = 1_500
STABILITY_DRAWS = 10
STABILITY_STARTS = 3
_TRIED = len(ALGORITHMS) + 1  # under each scaler: with DBSCAN


def compare_recipes(
    frame: pd.DataFrame,
    features: Sequence[Feature],
    lens: LensSpec,
    own: NDArray[np.integer],
    live: NDArray[np.integer] | None = None,
    *,
    seed: int,
    progress: Progress = silent,
) -> tuple[RecipeScore, ...]:
    """Segment the lens's customers by every scaler and algorithm into as many segments, compared.

    Agreement is the adjusted mutual information (Vinh, Epps and Bailey 2010): 0 by chance, 1 if
    identical. Silhouettes (Rousseeuw 1987) are measured in each recipe's own distances, so they
    rank algorithms under one scaler better than scalers. Stability is the mean bootstrap Jaccard
    of the least certain segment (Hennig 2007), of 10 draws. Beside them stands what DBSCAN finds:
    as many groups as there are, with the customers in none as one group of the agreement.

    Parameters
    ----------
    frame : the customers who were clustered, those by rule left out; a column per feature
    features : the catalogue
    lens : as it was run
    own : (n,) cluster of each customer in this run, 0..k-1
    live : (n,) segment of each customer in what is published, where there is something
    seed : everything random comes from it
    progress : told the fraction done

    Returns
    -------
    tuple of RecipeScore
        Every scaler with every algorithm and DBSCAN; on at most 5,000 customers, drawn from every
        segment.
    """
    k = int(own.max()) + 1
    rows = stratified_rows(own.astype(np.int16), ROWS, seed)
    some, labels = frame.iloc[rows], own[rows]
    before = None if live is None else live[rows]
    found = []
    with threadpool_limits(limits=1):
        for position, scaler in enumerate(Scaler):
            scaled = lens.model_copy(update={"scaler": scaler})
            matrix = fit_preparation(some, features, scaled).transform(some)
            for offset, algorithm in enumerate(ALGORITHMS):
                done = (position + offset / _TRIED) / len(Scaler)
                progress(done, f"Trying {scaler.value} scaling with {algorithm.label}")
                is_own = scaler is lens.scaler and algorithm.name == lens.algorithm
                score = _score(matrix, _on(algorithm, lens), k, labels, before, seed)
                found.append(
                    RecipeScore(scaler.value, algorithm.name, is_own=is_own, **score)  # type: ignore[arg-type]
                )
            done = (position + len(ALGORITHMS) / _TRIED) / len(Scaler)
            progress(done, f"Trying {scaler.value} scaling with {density.LABEL}")
            found.append(_by_density(scaler, matrix, labels, before))
    return tuple(found)


def _on(algorithm: Algorithm, lens: LensSpec) -> Algorithm:
    return algorithm if lens.components is None else OnComponents(algorithm, lens.components)


def _score(
    matrix: Matrix,
    algorithm: Algorithm,
    k: int,
    own: NDArray[np.integer],
    live: NDArray[np.integer] | None,
    seed: int,
) -> dict[str, object]:
    """Return the figures of one recipe; the reason in words where it finds no k segments."""
    try:
        clustering = algorithm.fit(matrix, k, seed=seed, restarts=RESTARTS)
    except DataError as error:
        nothing = dict.fromkeys(("ami_own", "ami_live", "silhouette", "jaccard_min"))
        return {**nothing, "sizes": (), "message": str(error)}
    width = silhouettes(clustering.place(matrix), [clustering.labels])[0]
    return {
        "ami_own": float(adjusted_mutual_info_score(own, clustering.labels)),
        "ami_live": None
        if live is None
        else float(adjusted_mutual_info_score(live, clustering.labels)),
        "silhouette": float(width.mean()),
        "jaccard_min": _stability(matrix, clustering, algorithm, seed),
        "sizes": tuple(float(size / len(matrix)) for size in clustering.sizes),
        "message": "",
    }


def _by_density(
    scaler: Scaler,
    matrix: Matrix,
    own: NDArray[np.integer],
    live: NDArray[np.integer] | None,
) -> RecipeScore:
    """Return what a density method finds: a number of its own, so that it has no stability."""
    groups = density.density_groups(matrix)
    dense = groups != density.NOWHERE
    sizes = np.bincount(groups[dense]) / len(matrix)
    width = None
    if len(sizes) > 1:
        width = float(silhouettes(matrix[dense], [groups[dense].astype(np.int64)])[0].mean())
    return RecipeScore(
        scaler.value,
        density.NAME,
        is_own=False,
        ami_own=float(adjusted_mutual_info_score(own, groups)),
        ami_live=None if live is None else float(adjusted_mutual_info_score(live, groups)),
        silhouette=width,
        jaccard_min=None,
        sizes=tuple(sorted(sizes.tolist(), reverse=True)),
        message=density.density_words(groups),
    )


def _stability(matrix: Matrix, clustering: Clustering, algorithm: Algorithm, seed: int) -> float:
    rows = stratified_rows(clustering.labels, STABILITY_ROWS, seed, 2)
    draws = bootstrap_jaccards(
        np.ascontiguousarray(matrix[rows]),
        restrict(clustering, rows, matrix),
        algorithm,
        draws=STABILITY_DRAWS,
        starts=STABILITY_STARTS,
        seed=seed,
    )
    return float(draws.mean(axis=0).min())
