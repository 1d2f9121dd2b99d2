"""A new run as it was asked for: checked in words before it becomes a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import UsageError, one_of
from core.lens import LensSpec
from core.pipeline.options import SegmentOptions
from core.segmentation.labels import ALGORITHM_LABELS

AS_IT_SAYS = "as-it-says"  # the choice that leaves it to each view


@dataclass(frozen=True, slots=True)
class Wish:
    """What stands in the form, as the browser sent it; ``inputs`` are all that are ticked."""

    lenses: object
    k_min: object
    k_max: object
    scaler: object
    algorithm: object
    seed: object
    purpose: object = AS_IT_SAYS
    impute: object = AS_IT_SAYS
    caps: object = AS_IT_SAYS
    logs: object = AS_IT_SAYS
    weights: object = None
    inputs: object = None
    k_chosen: object = None
    note: object = None
    compare: object = False


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
    if _stated(wish.algorithm) is not None and wish.algorithm not in ALGORITHM_LABELS:
        raise UsageError(one_of("algorithm", wish.algorithm, ALGORITHM_LABELS))
    looked_through = [lens for lens in lenses if lens.name in chosen]
    config: dict[str, object] = {
        "lenses": [name for name in known if name in chosen] if set(chosen) < set(known) else [],
        "k_min": wish.k_min,
        "k_max": wish.k_max,
        "scaler": _stated(wish.scaler),
        "algorithm": _stated(wish.algorithm),
        "seed": 0 if wish.seed is None else wish.seed,
        **_further(wish, looked_through),
    }
    SegmentOptions.from_config(config).applied(looked_through)
    return config


def _further(wish: Wish, lenses: Sequence[LensSpec]) -> Mapping[str, object]:
    """Return what few runs state, without what is left to the views."""
    text = wish.weights if isinstance(wish.weights, str) else ""
    further = {
        "purpose": _stated(wish.purpose),
        "impute": _stated(wish.impute),
        "caps": _stated(wish.caps),
        "logs": _stated(wish.logs),
        "weights": [part.strip() for part in text.split(",") if part.strip()],
        **_inputs(wish.inputs, lenses),
        "k_chosen": wish.k_chosen,
        "note": wish.note,
        "compare_recipes": wish.compare is True or None,
    }
    return {name: value for name, value in further.items() if value not in (None, "", [])}


def _inputs(ticked: object, lenses: Sequence[LensSpec]) -> dict[str, object]:
    """Return which inputs were added to the views and which were left out."""
    if not isinstance(ticked, list) or not ticked:
        return {}
    used = list(dict.fromkeys(name for lens in lenses for name in lens.feature_names))
    return {
        "added": [name for name in ticked if name not in used],
        "left_out": [name for name in used if name not in ticked],
    }


def _stated(choice: object) -> object:
    return None if choice == AS_IT_SAYS else choice
