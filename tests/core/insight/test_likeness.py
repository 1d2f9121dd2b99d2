"""How alike features are, against pandas and scipy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats.contingency import association

from core.features.base import Feature, Kind, Sensitivity, Side
from core.insight import likeness
from core.insight.likeness import associations, likeness_order
from core.snapshot_facts import Associations, Measure


def feature(name: str, kind: Kind = Kind.NUMBER, **others: object) -> Feature:
    return Feature(name, name, "", "f", Side.BEHAVIOURAL, kind, **others)  # type: ignore[arg-type]


def bank(n: int = 300) -> tuple[pd.DataFrame, list[Feature]]:
    """Skewed numbers with ties and three patterns of missing values, and two categories."""
    rng = np.random.default_rng(5)
    spend = np.exp(rng.normal(3, 1, n)).round(1)
    frame = pd.DataFrame(
        {
            "spend": spend,
            "count": np.floor(spend / 20),
            "age": rng.integers(18, 30, n).astype(float),
            "debt": np.where(rng.random(n) < 0.3, np.nan, spend + rng.normal(0, 30, n)),
            "late": np.where(rng.random(n) < 0.6, np.nan, -spend),
            "same": 1.0,
            "city": rng.choice(["A", "B", "C"], n),
        }
    )
    frame["region"] = frame["city"].map({"A": "north", "B": "south", "C": "south"})
    numbers = [feature(name) for name in ("spend", "count", "age", "debt", "late", "same")]
    categories = [feature(name, Kind.CATEGORY) for name in ("city", "region")]
    return frame, [*numbers, *categories]


def matrix_of(found: Associations, names: list[str]) -> np.ndarray:
    order = [found.features.index(name) for name in names]
    return found.matrix[np.ix_(order, order)]


def test_rank_correlations_are_those_of_pandas_over_customers_with_both_values() -> None:
    frame, features = bank()
    found = associations(frame, features)[0]
    names = ["spend", "count", "age", "debt", "late"]
    expected = frame[names].corr(method="spearman", min_periods=likeness.FEWEST)
    np.testing.assert_allclose(matrix_of(found, names), expected.to_numpy(), atol=1e-6)


def test_a_feature_that_never_varies_has_no_correlation() -> None:
    frame, features = bank()
    found = associations(frame, features)[0]
    at = found.features.index("same")
    assert np.isnan(found.matrix[at]).all()
    assert "same" not in {name for pair in found.pairs(0.0) for name in pair[:2]}


def test_too_few_customers_with_both_values_say_nothing() -> None:
    rising = np.arange(58.0)
    frame = pd.DataFrame(
        {"early": np.where(rising < 43, rising, np.nan), "late": np.where(rising < 15, np.nan, 1.0)}
    )
    frame["late"] *= rising
    (found,) = associations(frame, [feature("early"), feature("late")])
    assert np.isnan(found.matrix[0, 1])  # 28 have both
    assert found.matrix[0, 0] == 1.0


def test_categories_are_compared_by_cramers_v_without_its_bias() -> None:
    frame, features = bank()
    found = associations(frame, features)[1]
    assert found.measure is Measure.CRAMERS_V
    table = pd.crosstab(frame["city"], frame["region"]).to_numpy()
    value = float(matrix_of(found, ["city", "region"])[0, 1])
    assert value == pytest.approx(1.0, abs=0.01)
    assert value == pytest.approx(association(table, method="cramer"), abs=0.02)


def test_like_features_stand_side_by_side() -> None:
    alike = np.eye(6)
    for a, b in ((0, 3), (3, 5), (0, 5), (1, 4)):
        alike[a, b] = alike[b, a] = -0.95
    order = likeness_order(alike)
    for group in ({0, 3, 5}, {1, 4}):
        places = sorted(order.index(member) for member in group)
        assert places[-1] - places[0] == len(group) - 1


def test_beyond_the_limit_a_sample_is_measured_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "SAMPLE", 100)
    frame, features = bank()
    found = associations(frame, features)[0]
    assert (found.customers, found.sampled_from) == (100, 300)
    again = associations(frame, features)[0]
    np.testing.assert_array_equal(found.matrix, again.matrix)


def test_a_direct_identifier_and_a_lone_feature_are_compared_with_nothing() -> None:
    frame, _ = bank()
    secret = feature("spend", sensitivity=Sensitivity.DIRECT)
    assert associations(frame, [secret, feature("age")]) == ()


def test_pairs_come_strongest_first_whatever_their_sign() -> None:
    frame, features = bank()
    found = associations(frame, features)[0]
    values = [abs(value) for _, _, value in found.pairs(0.5)]
    assert values == sorted(values, reverse=True)
    assert {*found.pairs(0.9)[0][:2]} == {"spend", "late"}


def test_a_part_keeps_order_and_values() -> None:
    frame, features = bank()
    found = associations(frame, features)[0]
    part = found.of(frozenset({"age", "spend"}))
    assert part.features == tuple(n for n in found.features if n in ("age", "spend"))
    expected = frame["age"].corr(frame["spend"], method="spearman")
    assert part.matrix[0, 1] == pytest.approx(expected, abs=1e-6)
