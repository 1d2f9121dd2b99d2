"""Other scalers and algorithms on the customers of a lens that was just fitted."""

from __future__ import annotations

from core.pipeline.ports import Progress
from core.pipeline.results import PublishedLens, StoredSnapshot
from core.readmodels import RecipeScore
from core.scoring import scorer
from core.segmentation.fit import LensFit
from core.segmentation.recipes import compare_recipes


def challengers(
    snapshot: StoredSnapshot,
    fit: LensFit,
    before: PublishedLens | None,
    progress: Progress,
) -> tuple[RecipeScore, ...]:
    """Return how they would have segmented them; ``before`` is what is published of the lens."""
    clustered = snapshot.frame[fit.active]
    live = None
    if before is not None:
        compiled = scorer(before.model)
        if set(compiled.inputs) <= set(clustered.columns):
            columns = {name: clustered[name].to_numpy() for name in compiled.inputs}
            live = compiled.score(columns).segment
    return compare_recipes(
        clustered,
        snapshot.features,
        fit.lens,
        fit.clustering.labels,
        live,
        seed=fit.seed,
        progress=progress,
    )
