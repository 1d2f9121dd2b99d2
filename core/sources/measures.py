"""Which figures a source states per customer and month, and how they read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core.features.base import Kind

MEASURE_TYPES = {  # exact, so that sums do not depend on the order of rows
    Kind.MONEY: "DECIMAL(18, 2)",
    Kind.COUNT: "BIGINT",
    Kind.NUMBER: "DECIMAL(18, 6)",
}


class MeasureSpec(BaseModel):
    """A column of measures.sql: one figure per customer and period, which windows sum up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern="^[a-z][a-z0-9_]{0,39}$")  # the column's name in measures.sql
    column: str  # "table.column" it comes from
    label: str = Field(min_length=3, max_length=24)  # windows add "lowest month", …
    description: str  # what one period's figure is, with a full stop
    kind: Kind
    unit: str = ""  # of counts and numbers
    months: int | None = Field(default=None, ge=2)  # how far a window reaches back; None: all

    @field_validator("kind")
    @classmethod
    def _can_be_added(cls, kind: Kind) -> Kind:
        if kind not in MEASURE_TYPES:
            allowed = ", ".join(MEASURE_TYPES)
            raise ValueError(f"a measure cannot be a {kind}; choose among: {allowed}")
        return kind
