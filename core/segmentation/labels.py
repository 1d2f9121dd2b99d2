"""What algorithms are called, for forms and figures: light, where their code loads scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ALGORITHM_LABELS: Mapping[str, str] = MappingProxyType(
    {"kmeans": "k-means", "gmm": "Gaussian mixture", "ward": "Ward"}
)  # a test compares it with the registry
COMPARED_LABELS: Mapping[str, str] = MappingProxyType({**ALGORITHM_LABELS, "dbscan": "DBSCAN"})
