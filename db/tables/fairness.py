"""How each lens of a run treats people, and how many of them it has seen the like of."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class PermutationCheckRow(Base):
    """Fingerprints of a lens's assignments as they are and with columns shuffled."""

    __tablename__ = "permutation_checks"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    columns: Mapped[list[str]] = mapped_column(JSON)
    seed: Mapped[int]
    is_refitted: Mapped[bool]
    assignments_sha256: Mapped[str]
    shuffled_sha256: Mapped[str]


class TypicalityCountRow(Base):
    """How many customers of a lens are unlike any that its model knows."""

    __tablename__ = "typicality_counts"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    measured: Mapped[int]
    unlike: Mapped[int]


class ProxyMeterRow(Base):
    """How well the segments of a lens tell one sensitive attribute."""

    __tablename__ = "proxy_meters"

    segmentation_id: Mapped[int] = mapped_column(
        ForeignKey("segmentations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feature: Mapped[str]
    groups: Mapped[int]
    is_binned: Mapped[bool]
    is_input: Mapped[bool]
    cramers_v: Mapped[float]
    accuracy: Mapped[float | None]
    chance: Mapped[float | None]
