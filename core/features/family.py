"""What a feature family promises: canonical tables in, one row per customer out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.features.base import Feature
    from core.sources.canonical import CanonicalTables


class FeatureFamily(Protocol):
    """Canonical tables in, one row per customer out."""

    name: str

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the entries of the columns that `build` adds; empty if not applicable."""
        ...

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` plus one column per feature; one row for every customer."""
        ...
