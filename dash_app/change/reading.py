"""What the change section reads: who moved since the publication before, and what drifted."""

from __future__ import annotations

from dataclasses import dataclass

from core.change import FeatureDrift, Migration
from core.readmodels import FeatureInfo
from dash_app.context import View
from dash_app.services import Services
from db.queries.change import feature_drifts, migration
from db.queries.features import feature_catalogue


@dataclass(frozen=True, slots=True)
class Changed:
    """One lens of a run against what was published before; None: nothing was."""

    migration: Migration | None
    drifts: tuple[FeatureDrift, ...]
    features: tuple[FeatureInfo, ...]


def read_change(services: Services, view: View) -> Changed:
    """Return what changed in the lens in view; movements are read anew, as names may change."""
    lens = view.lens.segmentation_id
    with services.read() as connection:
        snapshot = view.run.snapshot_id
        return Changed(
            migration=migration(connection, lens),
            drifts=services.cache.get(("drifts", lens), lambda: feature_drifts(connection, lens)),
            features=services.cache.get(
                ("features", snapshot), lambda: feature_catalogue(connection, snapshot)
            ),
        )
