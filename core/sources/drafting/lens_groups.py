"""Groups by rule of a drafted source: RFM groups and value tiers, where its features allow them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from core.features.base import Feature, Kind, Sensitivity, Side
from core.lens import RFM, TIERS
from core.rule_groups import FIFTHS, cut_points, level_scores
from core.sources.drafting import names
from core.sources.drafting.lens_drafts import LensDraft, LensInput

VALUES = ("balances_and_credit", "monetary_total", "spend_total")  # computed, in order
_LEAST = 50  # customers; fewer make no groups whose figures can be relied on
_SAME = 0.5  # a feature with which more have one score tells few apart
_OFF = 0.05  # a tier may have so many more or fewer customers than stated
_NAMES, _SHARES = ("VIP", "Plus", "Mid", "Low"), (0.05, 0.15, 0.30, 0.50)
_RFM = (  # recency, frequency, monetary value; and what those who lack the first do
    (("recency_days", "frequency", "monetary_total"), "have no order"),
    (("recency_own_days", "frequency", "monetary_value"), "have no transaction of their own"),
    (("recency_days", "frequency", "monetary_value"), "have no transaction"),
)
_MOST_AXES = 7


def value_of(features: Sequence[Feature]) -> tuple[str, str]:
    """Return the feature that says most what a customer is worth, and why; empty if none does.

    Computed balances and spending come first, then amounts that a file states under a name of what
    customers have or spend. What they owe, may owe or pay as a fee says nothing of their worth.
    """
    known = {f.name for f in features}
    computed = next((name for name in VALUES if name in known), "")
    if computed:
        return computed, ""
    stated = [
        f.name
        for f in features
        if f.kind is Kind.MONEY
        and f.side is Side.BEHAVIOURAL
        and f.sensitivity is Sensitivity.ORDINARY
        and names.names_worth(f.name)
    ]
    others = f"; {', '.join(stated[1:4])} may do as well" if len(stated) > 1 else ""
    return (
        (stated[0], f"the first amount that customers have or spend{others}")
        if stated
        else ("", "")
    )


def groups_by_rule(
    frame: pd.DataFrame, features: Sequence[Feature], axes: Sequence[str]
) -> tuple[tuple[LensDraft, ...], tuple[str, ...]]:
    """Return RFM groups and value tiers, and in a sentence each why one is not drafted.

    Parameters
    ----------
    frame
        One row per customer, a column per feature.
    features
        The catalogue of the source.
    axes
        What the radar shows beside a lens's own features.
    """
    known = {f.name: f for f in features}
    found = [_rfm_groups(frame, known, axes), _value_tiers(frame, features, axes)]
    lenses = tuple(one for one in found if isinstance(one, LensDraft))
    return lenses, tuple(one for one in found if isinstance(one, str) and one)


def _rfm_groups(
    frame: pd.DataFrame, known: Mapping[str, Feature], axes: Sequence[str]
) -> LensDraft | str:
    wanted = next(((n, w) for n, w in _RFM if set(n) <= set(known)), None)
    if wanted is None:
        return ""
    chosen, lacking = wanted
    among = frame[frame[chosen[0]].notna()]
    if len(among) < _LEAST:
        return f"no RFM groups are drafted: only {len(among):,} customers have any transaction"
    flat = {name: share for name in chosen if (share := _commonest(among, name)) > _SAME}
    if len(flat) > 1:
        told = ", ".join(
            f"{share:.0%} of {known[name].label.lower()}" for name, share in flat.items()
        )
        return f"no RFM groups are drafted: most customers have one and the same score ({told})"
    return LensDraft(
        name="rfm_groups",
        label="RFM groups",
        side=Side.BEHAVIOURAL,
        question="Which customers to win, keep or win back?",
        inputs=tuple(LensInput(name, log=known[name].kind is Kind.MONEY) for name in chosen),
        value=value_of([*known.values()])[0],
        radar=_radar(chosen, axes),
        notes=tuple(
            f"{share:.0%} of customers have one score of {name}: read the groups by the others"
            for name, share in flat.items()
        ),
        grouping=RFM,
        requires=chosen[:1],
        lacking=lacking,
    )


def _value_tiers(
    frame: pd.DataFrame, features: Sequence[Feature], axes: Sequence[str]
) -> LensDraft | str:
    value, why = value_of(features)
    if not value:
        return ""
    said = next(f.label for f in features if f.name == value).lower()
    needed = "recency_days" if value == "monetary_total" else value
    among = frame[frame[needed].notna()]
    if len(among) < _LEAST:
        return f"no value tiers are drafted: only {len(among):,} customers have any {said}"
    below = tuple(np.cumsum(_SHARES[::-1])[:-1].round(12).tolist())
    values = among[value].to_numpy(dtype=np.float64)
    scores = level_scores(values, cut_points(values, below), low_is_good=False)
    shares = np.bincount(scores, minlength=len(_NAMES) + 1)[1:] / len(among)
    if np.abs(shares - np.array(_SHARES[::-1])).max() > _OFF:
        return f"no value tiers are drafted: too many customers have the same {said}"
    lacks = needed != value or len(among) < len(frame)
    return LensDraft(
        name="value_tiers",
        label="Value tiers",
        side=Side.BEHAVIOURAL,
        question="What is each customer worth to us?",
        inputs=(LensInput(value, log=True),),
        value=value,
        value_note=why,
        radar=_radar((value,), axes),
        grouping=TIERS,
        tiers=_NAMES,
        tier_shares=_SHARES,
        requires=(needed,) if lacks else (),
        lacking=("have no order" if needed != value else f"have no {said} stated") if lacks else "",
    )


def _commonest(frame: pd.DataFrame, name: str) -> float:
    """Return the share of customers with the commonest score of a feature."""
    values = frame[name].to_numpy(dtype=np.float64)
    scores = level_scores(values, cut_points(values, FIFTHS), low_is_good=False)
    return float(np.bincount(scores).max() / len(scores))


def _radar(chosen: Sequence[str], axes: Sequence[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys([*chosen, *axes]))[:_MOST_AXES]
    return found if len(found) > 2 else ()
