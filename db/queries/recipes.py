"""How other scalers and algorithms would have segmented the customers of a lens."""

from __future__ import annotations

from sqlalchemy import Connection

from core.readmodels import RecipeScore, SegmentationId
from db.rows import read_rows
from db.tables.recipes import RecipeScoreRow


def recipe_scores(
    connection: Connection, segmentation_id: SegmentationId
) -> tuple[RecipeScore, ...]:
    """Every scaler with every algorithm; empty where the run did not compare them."""
    owner = RecipeScoreRow.segmentation_id == segmentation_id
    return read_rows(connection, RecipeScoreRow, RecipeScore, owner)
