"""A new run as it was asked for: checked in words before it becomes a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UsageError, one_of
from core.lens import LensSpec
from core.pipeline.options import SegmentOptions
from core.segmentation.labels import ALGORITHM_LABELS

AS_IT_SAYS = "as-it-says"  # the choice that leaves it to each view


@dataclass(frozen=True, slots=True)
class Wish:
    """What stands in the form, as the browser sent it."""

    lenses: object
    k_min: object
    k_max: object
    scaler: object
    algorithm: object
    seed: object


def job_config(wish: Wish, lenses: Sequence[LensSpec]) -> dict[str, object]:
    """Return the configuration of the job.

    Raises
    ------
    UsageError
        In words for the one who asked.
    """
    known = [lens.name for lens in lenses]
    chosen = wish.lenses if isinstance(wish.lenses, list) else []
    if not chosen:
        raise UsageError("Choose at least one view of the customers.")
    for name in chosen:
        if name not in known:
            raise UsageError(one_of("view", name, known))
    if (wish.k_min is None) != (wish.k_max is None):
        raise UsageError("Give both the fewest and the most segments, or neither.")
    algorithm, scaler = (
        None if asked == AS_IT_SAYS else asked for asked in (wish.algorithm, wish.scaler)
    )
    if algorithm is not None and algorithm not in ALGORITHM_LABELS:
        raise UsageError(one_of("algorithm", algorithm, ALGORITHM_LABELS))
    config: dict[str, object] = {
        "lenses": [name for name in known if name in chosen] if set(chosen) < set(known) else [],
        "k_min": wish.k_min,
        "k_max": wish.k_max,
        "scaler": scaler,
        "algorithm": algorithm,
        "seed": 0 if wish.seed is None else wish.seed,
    }
    SegmentOptions.from_config(config)
    return config
