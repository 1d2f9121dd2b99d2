"""Prints the fingerprints of small segmentations: run as a process of its own, with its threads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from core.features.base import Feature
from core.lens import LensSpec
from core.scoring import score
from core.segmentation.build import build_model
from core.segmentation.fit import segment_lens
from core.segmentation.registry import ALGORITHMS
from tests.core.segmentation.builders import columns_of, groups, mixed_customers, mixed_lens


def fingerprints() -> Iterator[str]:
    """Yield the fingerprint of a whole segmentation, then of what each algorithm finds."""
    frame, features = mixed_customers(n=150)
    yield fingerprint(frame, features, mixed_lens(k=(3, 3), components=3))
    matrix = np.ascontiguousarray(groups(3, 2.0, n=12_000).frame, dtype=np.float32)
    for algorithm in ALGORITHMS:
        found = algorithm.fit(matrix, 4, seed=5, restarts=4)
        yield hashlib.sha256(found.labels.tobytes() + found.centroids.tobytes()).hexdigest()


def fingerprint(frame: pd.DataFrame, features: tuple[Feature, ...], lens: LensSpec) -> str:
    """Return the sha256 of the model and of everybody's segment, distance and margin."""
    fit = segment_lens(frame, features, lens, seed=3)
    numbers = tuple(range(fit.clustering.k))
    rule = fit.clustering.k if fit.has_rule_segment else None
    model = build_model(fit, numbers, rule, as_of=date(1995, 12, 31))
    scores = score(model, columns_of(frame))
    content = [np.ascontiguousarray(a).tobytes() for a in (scores.segment, scores.distance)]
    assigned = hashlib.sha256(b"".join([*content, scores.margin.tobytes()])).hexdigest()
    return f"{model.sha256} {assigned}"


if __name__ == "__main__":
    print("\n".join(fingerprints()))  # noqa: T201
