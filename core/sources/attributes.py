"""Which customer columns become features as they stand, and how they read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from core.features.base import Feature, Kind, Sensitivity, Side
from core.sources.columns import Texts


class AttributeSpec(BaseModel):
    """A column of customers.sql that is carried over as a feature."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str  # the column's name in customers.sql
    column: str  # "table.column" it comes from: gives it its sensitivity
    label: str
    description: str
    kind: Kind
    side: Side = Side.DEMOGRAPHIC
    unit: str = ""
    levels: Texts = ()  # order of an ordinal's levels
    low_words: str = ""
    high_words: str = ""
    missing_allowed: bool = False
    actionable: bool = False

    def feature(self, sensitivity: Sensitivity) -> Feature:
        """Return the catalogue entry of this attribute."""
        return Feature(
            name=self.name,
            label=self.label,
            description=self.description,
            family="demographics" if self.side is Side.DEMOGRAPHIC else "measures",
            side=self.side,
            kind=self.kind,
            unit=self.unit,
            sensitivity=sensitivity,
            source_columns=(self.column,),
            levels=self.levels,
            low_words=self.low_words,
            high_words=self.high_words,
            missing_allowed=self.missing_allowed,
            actionable=self.actionable,
        )
