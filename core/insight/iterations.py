"""How k-means found the segments, on the plane of the map: what the player plays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.readmodels import KMeansFrame, KMeansTrace
from core.sampling import stratified_rows
from core.segmentation.base import Clustering, Matrix
from core.segmentation.film import film
from core.segmentation.model import SegmentationModel
from core.segmentation.trace_search import trace_to

WATCHED = 2_000  # customers


def kmeans_iterations(
    matrix: Matrix, clustering: Clustering, model: SegmentationModel, *, seed: int
) -> KMeansTrace | None:
    """Return how k-means comes to the segments of a model, for a sample of its customers.

    A very long way is shown in part: its first iterations whole, later ones ever more rarely.

    Parameters
    ----------
    matrix : (n, d) prepared customers that the model was fitted on
    clustering : their clusters, in the order of the model's centroids
    model : gives clusters their segment numbers, and the plane of the map
    seed : start and sample come from it

    Returns
    -------
    KMeansTrace or None
        None where another algorithm found the segments.
    """
    watched = stratified_rows(clustering.labels, WATCHED, seed)
    run = trace_to(clustering.place(matrix), clustering, watched, seed=seed)
    if run is None:
        return None
    numbers = np.array(model.numbers)
    order = np.argsort(numbers, kind="stable")

    def on_the_map(rows: NDArray[np.floating]) -> NDArray[np.float64]:
        return _plane(rows, model.pca_mean, model.pca_components)

    def lifted(places: NDArray[np.float64]) -> NDArray[np.float64]:
        subspace = clustering.subspace
        return places if subspace is None else subspace.lifted(places)

    return KMeansTrace(
        xy=on_the_map(matrix[watched]).astype(np.float32),
        sampled_from=len(matrix),
        frames=tuple(
            KMeansFrame(
                step=frame.step.value,
                iteration=frame.iteration,
                centroids=tuple(
                    (float(x), float(y)) for x, y in on_the_map(lifted(frame.centroids))[order]
                ),
                segment=np.where(frame.labels < 0, -1, numbers[frame.labels]).astype(np.int16),
                inertia=frame.inertia,
                changed=frame.changed,
            )
            for frame in film(run.frames)
        ),
    )


def _plane(
    rows: NDArray[np.floating],
    mean: Sequence[float],
    components: Sequence[Sequence[float]],
) -> NDArray[np.float64]:
    """Return rows on the first two components; 0 on the second where there is only one."""
    axes = np.array(components)[:2]
    found = np.zeros((len(rows), 2))
    found[:, : len(axes)] = (rows.astype(np.float64) - np.array(mean)) @ axes.T
    return found
