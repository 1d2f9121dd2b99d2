"""How other scalers and algorithms would have segmented a lens's customers."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class RecipeScoreRow(Base):
    """One scaler with one algorithm, compared with the segmentation of the run."""

    __tablename__ = "recipe_scores"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    scaler: Mapped[str]
    algorithm: Mapped[str]
    is_own: Mapped[bool]
    ami_own: Mapped[float | None]
    ami_live: Mapped[float | None]
    silhouette: Mapped[float | None]
    jaccard_min: Mapped[float | None]
    sizes: Mapped[list[float]] = mapped_column(JSON)  # shares, largest first
    message: Mapped[str]
