"""Profiles of columns, against pandas and numpy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.errors import UsageError
from core.features.base import Feature, Kind, Sensitivity, Side
from core.insight.column_profiles import column_profiles
from core.insight.profiles import histograms


def feature(name: str, kind: Kind = Kind.MONEY, **others: object) -> Feature:
    return Feature(name, name, "", "f", Side.BEHAVIOURAL, kind, **others)  # type: ignore[arg-type]


def amounts(n: int = 400) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    values = np.exp(rng.normal(4, 1.5, n)).round(2)
    return pd.DataFrame({"amount": np.where(rng.random(n) < 0.1, np.nan, values)})


def test_numbers_are_described_as_pandas_does() -> None:
    frame = amounts()
    (found,) = column_profiles(frame, [feature("amount")])
    column = frame["amount"]
    assert (found.n, found.missing) == (column.count(), column.isna().sum())
    assert found.mean == pytest.approx(column.mean())
    assert found.sd == pytest.approx(column.std())
    shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
    quantiles = (
        found.minimum, found.p05, found.p25, found.median, found.p75, found.p95, found.maximum
    )  # fmt: skip
    assert quantiles == pytest.approx(column.quantile(shares).tolist())


def test_the_histogram_counts_everyone_as_numpy_and_the_segments_do() -> None:
    frame = amounts()
    (found,) = column_profiles(frame, [feature("amount")])
    counts, _ = np.histogram(frame["amount"].dropna(), np.array(found.edges))
    assert found.counts == tuple(counts.tolist())
    everyone = histograms(frame, [feature("amount")], np.zeros(len(frame), dtype=np.int16))[0]
    assert found.histogram() == everyone


def test_unknown_levels_are_missing_values() -> None:
    frame = pd.DataFrame({"city": ["A", "B", "A", None, "Unknown"]})
    (found,) = column_profiles(frame, [feature("city", Kind.CATEGORY)])
    assert (found.n, found.missing) == (3, 2)
    assert dict(zip(found.levels, found.level_counts, strict=True)) == {"A": 2, "B": 1}


def test_an_empty_column_is_all_missing() -> None:
    (found,) = column_profiles(pd.DataFrame({"amount": [np.nan, np.nan]}), [feature("amount")])
    assert (found.n, found.missing, found.missing_share, found.edges) == (0, 2, 1.0, ())


def test_direct_identifiers_are_never_described() -> None:
    secret = feature("amount", sensitivity=Sensitivity.DIRECT)
    assert column_profiles(amounts(), [secret]) == ()


def test_the_order_of_rows_does_not_matter() -> None:
    frame = amounts()
    turned = column_profiles(frame.iloc[::-1], [feature("amount")])
    assert turned == column_profiles(frame, [feature("amount")])


def test_a_feature_without_a_column_is_refused() -> None:
    with pytest.raises(UsageError, match="no column 'other'"):
        column_profiles(amounts(), [feature("other")])
