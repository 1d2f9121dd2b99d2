"""A lens: which features look at customers, how they are prepared, and how many segments to try."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.features.base import Side


class Scaler(StrEnum):
    """How a prepared column is brought to a common scale."""

    STANDARD = "standard"
    MINMAX = "minmax"
    ROBUST = "robust"
    MAXABS = "maxabs"


class LensFeature(BaseModel):
    """One input of a lens and how it is prepared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    log: bool = False  # signed log1p, for skewed money and counts
    cap: float | None = Field(
        default=0.995, gt=0.5, le=1
    )  # winsorise at this quantile and its mirror
    weight: float = Field(default=1.0, gt=0)


class InactiveRule(BaseModel):
    """Customers without what a lens measures: a segment by rule, outside fit and verdict."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "Not yet active"
    description: str
    zero: tuple[str, ...]  # every one of these features is 0 or missing


class LensSpec(BaseModel):
    """A named way of looking at customers, as a source specification states it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: str
    side: Side
    question: str
    features: tuple[LensFeature, ...] = Field(min_length=1)
    k_min: int = Field(default=3, ge=2)
    k_max: int = Field(default=5, le=20)
    scaler: Scaler = Scaler.STANDARD
    algorithm: str = "kmeans"
    value: str | None = None  # the money feature that segments are ordered by and valued with
    radar: tuple[str, ...] = ()  # 5 to 7 axes, in order
    outcomes: tuple[str, ...] = ()  # features used in neither lens, for the bake-off
    inactive: InactiveRule | None = None

    @model_validator(mode="after")
    def _check_range(self) -> LensSpec:
        if self.k_max < self.k_min:
            raise ValueError(f"k_max {self.k_max} is below k_min {self.k_min}")
        return self

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Names of the lens's inputs, in order."""
        return tuple(feature.name for feature in self.features)
