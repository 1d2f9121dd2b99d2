"""The groups that a lens's ``grouping`` names, and the cut points that customers give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import UsageError, one_of
from core.insight.rfm_groups import RFM_GROUPS, rfm_cells
from core.lens import RFM, TIERS, LensSpec
from core.rule_groups import FIFTHS, RuleGroups, cut_points


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a lens's ``grouping`` makes of it: the groups, and which scores lead to which."""

    groups: tuple[str, ...]  # names, best first
    cells: tuple[int, ...]  # the group of each combination of scores, as `RuleGroups` has them
    low_is_good: tuple[bool, ...]  # per feature
    shares: tuple[float, ...]  # of customers up to each cut point, ascending
    wants: str  # the features that the lens has to name, in words


def _rfm(lens: LensSpec) -> Grouping:  # noqa: ARG001
    return Grouping(
        RFM_GROUPS,
        rfm_cells(),
        (True, False, False),
        FIFTHS,
        "three numeric features: recency, frequency and monetary value, in this order",
    )


def _tiers(lens: LensSpec) -> Grouping:
    below = np.cumsum(lens.tier_shares[::-1])[:-1]
    return Grouping(
        lens.tiers,
        tuple(reversed(range(len(lens.tiers)))),
        (False,),
        tuple(round(float(share), 12) for share in below),  # .8, not .8000000000000000444
        "one numeric feature: the value",
    )


GROUPINGS: Mapping[str, Callable[[LensSpec], Grouping]] = MappingProxyType(
    {RFM: _rfm, TIERS: _tiers}
)


def grouping_of(lens: LensSpec) -> Grouping:
    """Return the groups by rule of a lens; `UsageError` names the groupings there are."""
    make = GROUPINGS.get(lens.grouping or "")
    if make is None:
        raise UsageError(one_of("grouping", lens.grouping, GROUPINGS))
    return make(lens)


def group_names(lens: LensSpec) -> tuple[str, ...]:
    """Return the names of a lens's groups by rule, in order; none where it clusters."""
    return () if lens.grouping is None else grouping_of(lens).groups


def learn_groups(frame: pd.DataFrame, lens: LensSpec) -> RuleGroups:
    """Return the lens's groups with the cut points that these customers give.

    Raises
    ------
    UsageError
        The lens names other features than its grouping looks at.
    """
    grouping = grouping_of(lens)
    names = lens.feature_names
    if len(names) != len(grouping.low_is_good) or any(
        not pd.api.types.is_numeric_dtype(frame[name]) for name in names
    ):
        raise UsageError(
            f"The lens {lens.name!r} groups by rule and names {', '.join(names)}. Give it "
            f"{grouping.wants}."
        )
    return with_cuts(grouping, {name: frame[name].to_numpy(dtype=np.float64) for name in names})


def with_cuts(grouping: Grouping, columns: Mapping[str, NDArray[np.float64]]) -> RuleGroups:
    """Return groups with the cut points that values give them, a column per feature in order."""
    cuts = tuple(cut_points(values, grouping.shares) for values in columns.values())
    return RuleGroups(tuple(columns), cuts, grouping.low_is_good, grouping.cells)
