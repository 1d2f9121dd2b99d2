"""A lens: which features look at customers, how they are prepared, and how many segments to try."""

from __future__ import annotations

import math
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.features.base import Side


class Scaler(StrEnum):
    """How a prepared column is brought to a common scale."""

    STANDARD = "standard"
    MINMAX = "minmax"
    ROBUST = "robust"
    MAXABS = "maxabs"
    RAW = "raw"  # in their own units: for inputs that share one


class Impute(StrEnum):
    """What stands where a number is missing; learned from the customers of the fit."""

    MEDIAN = "median"
    MEAN = "mean"
    ZERO = "zero"


RFM, TIERS = "rfm", "tiers"  # what a lens may name as its grouping


class LensFeature(BaseModel):
    """One input of a lens and how it is prepared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    impute: Impute = Impute.MEDIAN  # numbers; a category's missing level is always "Unknown"
    log: bool = False  # signed log1p, for skewed money and counts
    cap: float | None = Field(
        default=0.995, gt=0.5, le=1
    )  # winsorise at this quantile and its mirror
    cap_sd: float | None = Field(default=None, gt=0)  # or the upper tail at mean + this many sd
    weight: float = Field(default=1.0, gt=0)

    @model_validator(mode="before")
    @classmethod
    def _one_cap(cls, stated: object) -> object:
        """Take the default quantile away where the cap is stated in standard deviations."""
        if not isinstance(stated, dict) or stated.get("cap_sd") is None:
            return stated
        if stated.get("cap") is not None:
            raise ValueError("cap and cap_sd exclude each other; state one of them")
        return {**stated, "cap": None}


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
    scale_to: tuple[float, float] = (0.0, 1.0)  # the range of the min-max scaler
    components: int | None = Field(default=None, ge=1)  # cluster on this many principal components
    requires: tuple[str, ...] = ()  # customers who lack one of these features are not eligible
    lacking: str = ""  # what those do, after "312 customers": "have no valid order"
    grouping: str | None = None  # groups by rule in place of clusters: "rfm", "tiers"
    tiers: tuple[str, ...] = ()  # fixed names of the segments, highest value first
    tier_shares: tuple[float, ...] = ()  # of tiers by rule: the customers in each, adding up to 1
    algorithm: str = "kmeans"
    value: str | None = None  # the money feature that segments are ordered by and valued with
    radar: tuple[str, ...] = ()  # 5 to 7 axes, in order
    outcomes: tuple[str, ...] = ()  # features used in neither lens, for the bake-off
    inactive: InactiveRule | None = None

    @model_validator(mode="after")
    def _check_range(self) -> LensSpec:
        if self.k_max < self.k_min:
            raise ValueError(f"k_max {self.k_max} is below k_min {self.k_min}")
        if not self.scale_to[0] < self.scale_to[1]:
            low, high = self.scale_to
            raise ValueError(f"scale_to goes from {low:g} to {high:g}; state the lower end first")
        return self

    @model_validator(mode="after")
    def _check_tiers(self) -> LensSpec:
        if self.tiers:
            if len({name.casefold() for name in self.tiers}) != len(self.tiers):
                raise ValueError("two tiers have the same name")
            if self.grouping is None and not self.k_min == self.k_max == len(self.tiers):
                raise ValueError(
                    f"{len(self.tiers)} tiers need k_min and k_max of {len(self.tiers)}"
                )
            if self.value is None:
                raise ValueError("tiers need the value that they are ordered by")
            if self.inactive is not None:
                raise ValueError("a lens with tiers has no segment by rule")
        return self

    @model_validator(mode="after")
    def _check_grouping(self) -> LensSpec:
        if self.grouping is not None and (self.inactive or self.components):
            raise ValueError("groups by rule have no inactive segment and no components")
        if self.grouping == TIERS:
            self._check_tiers_by_rule()
        elif self.tier_shares:
            raise ValueError(f'tier_shares need grouping = "{TIERS}"')
        elif self.grouping is not None and self.tiers:
            raise ValueError(f"groups by the rule {self.grouping!r} have names, and no tiers")
        return self

    def _check_tiers_by_rule(self) -> None:
        if not self.tiers or len(self.tier_shares) != len(self.tiers):
            raise ValueError(
                f"{len(self.tiers)} tiers have {len(self.tier_shares)} tier_shares; "
                "state one of each, highest value first"
            )
        if min(self.tier_shares) <= 0 or not math.isclose(sum(self.tier_shares), 1.0):
            raise ValueError(
                f"tier_shares add up to {sum(self.tier_shares):g}; let each be more than 0 and all "
                "of them make 1"
            )
        if self.feature_names != (self.value,):
            raise ValueError(
                f"tiers by rule look at the value alone: name {self.value!r} as the one feature"
            )

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Names of the lens's inputs, in order."""
        return tuple(feature.name for feature in self.features)
