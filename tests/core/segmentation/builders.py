"""Customers with and without planted groups, and the lenses that look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.features.base import Feature, Kind, Sensitivity, Side
from core.lens import InactiveRule, LensFeature, LensSpec, Scaler


def feature(
    name: str,
    kind: Kind = Kind.NUMBER,
    *,
    sensitivity: Sensitivity = Sensitivity.ORDINARY,
    levels: tuple[str, ...] = (),
    side: Side = Side.BEHAVIOURAL,
) -> Feature:
    label = name.replace("_", " ").capitalize()
    return Feature(name, label, label, "test", side, kind, sensitivity=sensitivity, levels=levels)


def lens(
    *uses: LensFeature | str,
    k: tuple[int, int] = (3, 5),
    side: Side = Side.BEHAVIOURAL,
    scaler: Scaler = Scaler.STANDARD,
    algorithm: str = "kmeans",
    inactive: InactiveRule | None = None,
    components: int | None = None,
    outcomes: tuple[str, ...] = (),
    scale_to: tuple[float, float] = (0.0, 1.0),
) -> LensSpec:
    return LensSpec(
        name=side.value,
        label=side.value.capitalize(),
        side=side,
        question="Who?",
        features=tuple(
            LensFeature(name=use, cap=None) if isinstance(use, str) else use for use in uses
        ),
        k_min=k[0],
        k_max=k[1],
        scaler=scaler,
        algorithm=algorithm,
        inactive=inactive,
        components=components,
        outcomes=outcomes,
        scale_to=scale_to,
    )


@dataclass(frozen=True)
class Planted:
    """Customers drawn from known groups (``truth`` None: from none)."""

    frame: pd.DataFrame
    features: tuple[Feature, ...]
    truth: NDArray[np.int64] | None

    def lens(self, **options: object) -> LensSpec:
        names = [feature.name for feature in self.features]
        return lens(*[LensFeature(name=name) for name in names], **options)  # type: ignore[arg-type]


def numbers(values: NDArray[np.float64], truth: NDArray[np.int64] | None = None) -> Planted:
    names = [f"input_{i}" for i in range(values.shape[1])]
    return Planted(
        frame=pd.DataFrame(values, columns=names, index=customer_ids(len(values))),
        features=tuple(feature(name) for name in names),
        truth=truth,
    )


def groups(
    seed: int, apart: float, *, k: int = 4, n: int = 800, d: int = 6, shares: Sequence[float] = ()
) -> Planted:
    """k spherical groups of unit spread, any two of them ``apart`` standard deviations."""
    rng = np.random.default_rng(seed)
    if d >= k:
        centres = np.linalg.qr(rng.normal(size=(d, d)))[0][:k] / np.sqrt(2)
    else:
        centres = np.outer(np.arange(k), np.eye(d)[0])
    truth = rng.choice(k, size=n, p=shares or None)
    values = centres[truth] * apart + rng.normal(size=(n, d))
    return numbers(values, truth)


def isotropic_noise(seed: int, n: int = 800, d: int = 6) -> Planted:
    return numbers(np.random.default_rng(seed).normal(size=(n, d)))


def correlated_cloud(seed: int, n: int = 800, d: int = 6) -> Planted:
    rng = np.random.default_rng(seed)
    return numbers(rng.normal(size=(n, 1)) + 0.7 * rng.normal(size=(n, d)))


def heavy_tails(seed: int, n: int = 800, d: int = 6) -> Planted:
    rng = np.random.default_rng(seed)
    cloud = rng.normal(size=(n, 2)) @ rng.normal(size=(2, d)) + 0.5 * rng.normal(size=(n, d))
    return numbers(cloud / np.sqrt(rng.chisquare(2, size=(n, 1)) / 2))


def mixed_customers(seed: int = 0, n: int = 400) -> tuple[pd.DataFrame, tuple[Feature, ...]]:
    """Money, counts, flags, categories and levels, with gaps, zeros and customers without any."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 3, n)
    savings = np.round(np.exp(rng.normal(5 + 2 * group, 1.0)) * (rng.random(n) > 0.3), 2)
    frame = pd.DataFrame(
        {
            "savings": savings,
            "debt": -np.round(rng.gamma(2, 300, n) * (group == 1), 2),
            "transactions": rng.poisson(5 + 20 * group),
            "days_since": np.where(rng.random(n) < 0.1, np.nan, rng.integers(0, 300, n)),
            "has_card": (rng.random(n) < 0.5).astype(int),
            "channel": np.array(["branch", "phone", "web"])[(group + (rng.random(n) < 0.2)) % 3],
            "risk": np.array(["low", "medium", "high"])[rng.integers(0, 3, n)],
        },
        index=customer_ids(n),
    )
    frame.loc[rng.random(n) < 0.05, "channel"] = None
    frame.loc[rng.random(n) < 0.01, "channel"] = "fax"
    frame.loc[rng.random(n) < 0.05, "risk"] = "Unknown"
    inactive = rng.random(n) < 0.1
    frame.loc[inactive, ["savings", "debt", "transactions"]] = 0
    frame.loc[inactive, "days_since"] = np.nan
    return frame, (
        feature("savings", Kind.MONEY),
        feature("debt", Kind.MONEY),
        feature("transactions", Kind.COUNT),
        feature("days_since", Kind.DAYS),
        feature("has_card", Kind.FLAG),
        feature("channel", Kind.CATEGORY),
        feature("risk", Kind.ORDINAL, levels=("low", "medium", "high")),
    )


def mixed_lens(**options: object) -> LensSpec:
    inactive = InactiveRule(
        description="No money and no transaction", zero=("savings", "debt", "transactions")
    )
    return lens(
        LensFeature(name="savings", log=True),
        LensFeature(name="debt", log=True),
        LensFeature(name="transactions", log=True, cap=0.99),
        LensFeature(name="days_since", cap=None),
        LensFeature(name="has_card"),
        LensFeature(name="channel", weight=0.5),
        LensFeature(name="risk"),
        **{"inactive": inactive, **options},  # type: ignore[arg-type]
    )


def customer_ids(n: int) -> pd.Index[str]:
    return pd.Index([f"{i:06d}" for i in range(n)], name="customer_id")


def columns_of(frame: pd.DataFrame) -> dict[str, NDArray[np.generic]]:
    """A frame as scoring takes it."""
    return {name: frame[name].to_numpy() for name in frame}
