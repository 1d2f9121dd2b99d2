"""Features, frames and segments small enough to reckon by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.features.base import Feature, Kind, Sensitivity, Side
from core.lens import InactiveRule, LensFeature, LensSpec
from core.readmodels import Differentiator, FeatureStatistic, SegmentSummary, Stability


def feature(
    name: str,
    kind: Kind = Kind.MONEY,
    *,
    label: str = "",
    unit: str = "",
    low: str = "",
    high: str = "",
    family: str = "family",
    sensitivity: Sensitivity = Sensitivity.ORDINARY,
    levels: tuple[str, ...] = (),
) -> Feature:
    return Feature(
        name=name,
        label=label or name.replace("_", " ").capitalize(),
        description="",
        family=family,
        side=Side.BEHAVIOURAL,
        kind=kind,
        unit=unit,
        sensitivity=sensitivity,
        levels=levels,
        low_words=low,
        high_words=high,
    )


DEBT = feature("card_debt", low="little or no card debt", high="carries card debt", family="cards")
SPEND = feature("card_spend", low="low card spending", high="high card spending", family="cards")
SAVINGS = feature("savings", low="little saved", high="high savings", family="balances")
BUYS = feature(
    "card_purchases",
    Kind.COUNT,
    unit="purchases",
    low="few card purchases",
    high="many card purchases",
    family="cards",
)
AGE = feature(
    "age_years", Kind.YEARS, label="Age", unit="years", low="younger", high="older", family="who"
)
MARITAL = feature("marital_status", Kind.CATEGORY, family="who")


def frame_of(columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    index = pd.Index([f"C{row:03d}" for row in range(n)], name="customer_id")
    return pd.DataFrame(dict(columns), index=index)


def numbered(*segments: int) -> NDArray[np.int16]:
    return np.array(segments, dtype=np.int16)


def difference(
    segment: int,
    name: str,
    effect: float,
    *,
    rank: int = 1,
    here: float = 1.0,
    elsewhere: float = 0.0,
    level: str = "",
    measure: str = "median",
    echoes: str = "",
) -> Differentiator:
    return Differentiator(
        segment, name, level, here, elsewhere, here - elsewhere, effect, rank, measure, echoes
    )


def statistic(
    segment: int | None,
    name: str,
    *,
    minimum: float = 0.0,
    p05: float = 0.0,
    median: float = 10.0,
    p95: float = 100.0,
    nonzero: float = 1.0,
    percentile: float = 50.0,
) -> FeatureStatistic:
    return FeatureStatistic(
        segment=segment,
        feature=name,
        n=100,
        missing=0,
        mean=median,
        sd=1.0,
        minimum=minimum,
        p05=p05,
        p25=median,
        median=median,
        p75=median,
        p95=p95,
        maximum=p95,
        percentile=percentile,
        nonzero_share=nonzero,
    )


def summary(
    number: int,
    name: str = "",
    *,
    key: str = "",
    colour: int = 0,
    is_rule: bool = False,
    size: int = 10,
    share: float = 0.5,
    value_share: float | None = None,
    value_median: float | None = None,
    rule: str = "",
) -> SegmentSummary:
    return SegmentSummary(
        number=number,
        key=key or f"key-{number}",
        name=name or f"Name {number}",
        sentence="",
        colour=colour,
        is_rule=is_rule,
        size=size,
        share=share,
        value_total=None,
        value_share=value_share,
        value_median=value_median,
        jaccard=None if is_rule else 0.9,
        stability=Stability.BY_RULE if is_rule else Stability.HIGHLY_STABLE,
        rule=rule,
        rule_precision=None,
        rule_recall=None,
    )


INACTIVE = InactiveRule(
    name="Not yet active",
    description="Customers without any transaction.",
    zero=("card_purchases",),
)


def lens(
    name: str,
    inputs: Sequence[str],
    *,
    side: Side = Side.BEHAVIOURAL,
    outcomes: tuple[str, ...] = (),
) -> LensSpec:
    return LensSpec(
        name=name,
        label=name.capitalize(),
        side=side,
        question="?",
        features=tuple(LensFeature(name=feature_name) for feature_name in inputs),
        outcomes=outcomes,
    )


# Amounts with many ties and zeros, some of them missing, and a segment for each.
amounts = st.one_of(
    st.sampled_from([0.0, 0.0, 1.0, 5.0]),
    st.floats(-1e6, 1e6).map(lambda value: round(value, 2)),
    st.none(),
)
customers = st.lists(st.tuples(amounts, st.integers(0, 3)), min_size=2, max_size=60)
