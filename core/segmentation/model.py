"""Everything that scoring needs, as JSON: preparation, centroids, axes, distributions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from core.errors import DataError
from core.rule_groups import RuleGroups

FORMAT = 1


@dataclass(frozen=True, slots=True)
class NumericColumn:
    """Impute → cap → signed log1p → (value - centre) * factor; ``factor`` = weight / scale."""

    feature: str
    impute: float
    cap_low: float | None
    cap_high: float | None
    log: bool
    centre: float
    factor: float


@dataclass(frozen=True, slots=True)
class MissingFlag:
    """1 where the feature is missing, else 0; then (value - centre) * factor."""

    feature: str
    centre: float
    factor: float


@dataclass(frozen=True, slots=True)
class CategoryColumn:
    """One-hot levels of one feature: (1 if level else 0 - centre) * factor, per level.

    ``pooled`` are rare levels that count as the level ``Other``; a level never seen in training is
    encoded as the training shares (distance-neutral), with a warning.
    """

    feature: str
    levels: tuple[str, ...]
    pooled: tuple[str, ...]
    centres: tuple[float, ...]
    factors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class OrdinalColumn:
    """Ordered levels coded 0, 1, …; then (code - centre) * factor."""

    feature: str
    levels: tuple[str, ...]
    impute: str
    centre: float
    factor: float


Column = NumericColumn | MissingFlag | CategoryColumn | OrdinalColumn

_COLUMNS: dict[str, type[Column]] = {
    "numeric": NumericColumn,
    "missing": MissingFlag,
    "category": CategoryColumn,
    "ordinal": OrdinalColumn,
}


@dataclass(frozen=True, slots=True)
class FeatureReference:
    """Training distribution of a numeric input: 101 quantiles (0 %, 1 %, …, 100 %) in raw units."""

    feature: str
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RuleSegment:
    """Customers whose listed features are all 0 or missing belong to segment ``number``."""

    number: int
    zero: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SegmentationModel:
    """A fitted lens. Cluster i (row i of ``centroids``) is segment ``numbers[i]``.

    ``centroids``: (k, d); ``pca_mean``: (d,); ``pca_components``: (p, d), p <= 3;
    ``distance_quantiles``: per cluster, 101 quantiles of members' distance to their centroid;
    ``origin``: (d,) and ``components``: (m, d), the subspace in which distances are measured, or
    empty where it is all columns.
    """

    lens: str
    columns: tuple[Column, ...]
    centroids: tuple[tuple[float, ...], ...]
    numbers: tuple[int, ...]
    rule: RuleSegment | None
    pca_mean: tuple[float, ...]
    pca_components: tuple[tuple[float, ...], ...]
    explained_variance: tuple[float, ...]
    distance_quantiles: tuple[tuple[float, ...], ...]
    references: tuple[FeatureReference, ...]
    trained_on: int
    as_of: str
    seed: int
    versions: tuple[tuple[str, str], ...]
    origin: tuple[float, ...] = ()
    components: tuple[tuple[float, ...], ...] = ()
    requires: tuple[str, ...] = ()  # who lacks one of these features is in no segment
    groups: RuleGroups | None = None  # cluster i is group i by rule, not the nearest

    def to_json(self) -> str:
        """Return canonical JSON: sorted keys, shortest round-trip floats."""
        document = asdict(self)
        if not self.components:  # models keep the fingerprint they had before there were any
            del document["origin"], document["components"]
        if not self.requires:
            del document["requires"]
        if self.groups is None:
            del document["groups"]
        document["columns"] = [
            {"type": name, **asdict(column)}
            for column in self.columns
            for name, cls in _COLUMNS.items()
            if type(column) is cls
        ]
        return json.dumps({"format": FORMAT, **document}, sort_keys=True, allow_nan=False)

    @property
    def sha256(self) -> str:
        """Fingerprint of the JSON text."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str, sha256: str | None = None) -> SegmentationModel:
        """Read a model back; `DataError` if the text does not match its fingerprint."""
        if sha256 is not None and hashlib.sha256(text.encode()).hexdigest() != sha256:
            raise DataError(
                "The stored model does not match its fingerprint; it was changed after it was "
                "saved. Run the segmentation again."
            )
        document = json.loads(text)
        if document.pop("format") != FORMAT:
            raise DataError(
                "The stored model has a format this version cannot read. "
                "Run the segmentation again."
            )
        columns = tuple(
            _COLUMNS[column.pop("type")](**{k: _tupled(v) for k, v in column.items()})
            for column in document.pop("columns")
        )
        rule, groups = document.pop("rule"), document.pop("groups", None)
        references = tuple(
            FeatureReference(item["feature"], tuple(item["quantiles"]))
            for item in document.pop("references")
        )
        return cls(
            columns=columns,
            rule=RuleSegment(rule["number"], tuple(rule["zero"])) if rule else None,
            references=references,
            groups=RuleGroups(**{k: _tupled(v) for k, v in groups.items()}) if groups else None,
            **{key: _tupled(value) for key, value in document.items()},
        )


def _tupled(value: Any) -> Any:
    """Turn JSON's lists into tuples, at every depth."""
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value
