"""Lenses of a drafted source: the features that, once computed, tell its customers apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from core.features.base import Feature, Kind, Sensitivity, Side
from core.sources.drafting.lens_drafts import LensDraft, LensInput
from core.sources.drafting.lens_groups import groups_by_rule, value_of

_MOST_NUMBERS = 8
_MOST_CATEGORIES = 3
_SAME = 0.95  # features that correlate more tell the same
_SKEWED = 2.0
_MOST_MISSING = 0.5
_BOUNDED = (Kind.SHARE, Kind.FLAG, Kind.YEARS)
_PREFERRED = (  # of the features of transactions, in order; what a source lacks is passed over
    "checking_balance", "savings_balance", "card_debt", "monetary_total",
    "recency_days", "transactions", "transaction_mean", "checking_out_total", "card_spend",
    "frequency", "monetary_mean", "days_between_mean", "spend_total",
)  # fmt: skip


def lenses(
    frame: pd.DataFrame, features: Sequence[Feature]
) -> tuple[tuple[LensDraft, ...], tuple[str, ...]]:
    """Return the lenses that the features allow, and in a sentence each why one is lacking.

    Parameters
    ----------
    frame
        One row per customer, a column per feature.
    features
        The catalogue of the source.

    Returns
    -------
    tuple of LensDraft
        A demographic and a behavioural one; then, as what comes first is what a tab opens with,
        groups by rule: RFM groups and value tiers.
        None of them holds a direct identifier; places and sensitive attributes are in a
        demographic lens alone. Features that are (nearly) the same for all customers, mostly
        missing, or tell the same as an earlier one are left out, with a note.
    tuple of str
        Why groups by rule are not drafted though the source has what they look at.
    """
    apt = [f for f in features if f.sensitivity is not Sensitivity.DIRECT and _varies(frame, f)]
    who = [f for f in apt if f.side is Side.DEMOGRAPHIC]
    does = [
        f
        for f in apt
        if f.side is Side.BEHAVIOURAL and f.is_numeric and f.sensitivity is Sensitivity.ORDINARY
    ]
    value, why = value_of(apt)
    if not value:
        value = next((f.name for f in does if f.kind is Kind.MONEY), "")
        why = "an amount of money"
    clustered = [_demographic(frame, who, value), _behavioural(frame, does, value)]
    found = [replace(lens, value_note=why) for lens in clustered if lens is not None]
    axes = clustered[1].radar if clustered[1] is not None else ()
    by_rule, lacking = groups_by_rule(frame, apt, axes)
    return (*found, *by_rule), lacking


def _demographic(frame: pd.DataFrame, who: list[Feature], value: str) -> LensDraft | None:
    own = [f for f in who if f.sensitivity is not Sensitivity.PROXY]
    places = [f for f in who if f.sensitivity is Sensitivity.PROXY]
    numbers, notes = _telling(frame, [f for f in own if f.is_numeric], _MOST_NUMBERS)
    categories = [f for f in own if not f.is_numeric][:_MOST_CATEGORIES]
    chosen = [*numbers, *categories]
    if not numbers and len(chosen) < 2:
        chosen += places[:1]
    if len(chosen) < 2:
        return None
    return LensDraft(
        name="demographic",
        label="Demographic",
        side=Side.DEMOGRAPHIC,
        question="Who are our customers?",
        inputs=tuple(_input(frame, feature) for feature in chosen),
        value=value,
        radar=tuple(f.name for f in numbers[:7]) if len(numbers) > 2 else (),
        notes=notes,
    )


def _behavioural(frame: pd.DataFrame, does: list[Feature], value: str) -> LensDraft | None:
    stated = [f for f in does if f.family == "measures"]
    computed = {f.name: f for f in does if f.family != "measures"}
    preferred = [computed[name] for name in _PREFERRED if name in computed]
    if len(preferred) < 2:
        others = [
            f for f in computed.values() if f.name not in _PREFERRED and not f.missing_allowed
        ]
        preferred += others[: 6 if not stated else 0]
    candidates = preferred or [f for f in stated if f.kind is not Kind.FLAG]
    chosen, notes = _telling(frame, candidates, _MOST_NUMBERS if preferred else 12)
    if not preferred:
        chosen += [f for f in stated if f.kind is Kind.FLAG][:_MOST_CATEGORIES]
    if not chosen:
        return None
    names = {f.name for f in does}
    idle = tuple(n for n in ("accounts_active", "transactions", "frequency") if n in names)
    inactive = bool(idle) and bool((frame[list(idle)] == 0).all(axis=1).any())
    return LensDraft(
        name="behavioural",
        label="Behavioural",
        side=Side.BEHAVIOURAL,
        question="What do our customers do?",
        inputs=tuple(_input(frame, feature) for feature in chosen),
        value=value,
        radar=tuple(f.name for f in chosen[:7]) if len(chosen) > 2 else (),
        zero=idle if inactive else (),
        notes=notes,
    )


def _telling(
    frame: pd.DataFrame, candidates: list[Feature], most: int
) -> tuple[list[Feature], tuple[str, ...]]:
    """Return features of which no two tell the same, and what was left out and why."""
    kept: list[Feature] = []
    notes: list[str] = []
    ranks = frame[[f.name for f in candidates]].rank()
    for feature in candidates:
        same = next((k for k in kept if _alike(ranks, k.name, feature.name)), None)
        if same is not None:
            notes.append(f"{feature.name} is left out: it orders customers as {same.name} does")
        elif len(kept) == most:
            notes.append(f"{feature.name} is left out: {most} numbers are enough to begin with")
        else:
            kept.append(feature)
    return kept, tuple(notes)


def _alike(ranks: pd.DataFrame, one: str, other: str) -> bool:
    both = ranks[[one, other]].dropna()
    if len(both) < 3 or both[one].nunique() < 2 or both[other].nunique() < 2:
        return False
    found = np.corrcoef(both[one].to_numpy(), both[other].to_numpy())[0, 1]
    return bool(abs(found) > _SAME)


def _varies(frame: pd.DataFrame, feature: Feature) -> bool:
    column = frame[feature.name]
    if column.isna().mean() > _MOST_MISSING:
        return False
    most = column.value_counts(normalize=True, dropna=False)
    return len(most) > 1 and float(most.iloc[0]) < 0.98


def _input(frame: pd.DataFrame, feature: Feature) -> LensInput:
    if not feature.is_numeric:
        return LensInput(feature.name, weight=0.5, note="a category counts half")
    if feature.kind is Kind.FLAG:
        return LensInput(feature.name, cap=1.0, weight=0.5, note="yes or no counts half")
    if feature.kind in _BOUNDED:
        return LensInput(feature.name, cap=1.0)
    skew = _skewness(frame[feature.name])
    if skew > _SKEWED:
        return LensInput(feature.name, log=True, note=f"skewness {skew:.1f}")
    return LensInput(feature.name)


def _skewness(column: pd.Series) -> float:
    known = column.dropna().to_numpy(dtype=np.float64)
    spread = float(known.std())
    return float((((known - known.mean()) / spread) ** 3).mean()) if spread else 0.0
