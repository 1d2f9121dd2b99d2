"""Inputs against each other: places are ranks, panels are pairs, correlations those of scipy."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr

from core.readmodels import FeatureInfo, PairSample
from dash_app.figures.scatter_matrix import ranks_of, scatter_matrix
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import AGE, DEBT, SAVINGS, world

BANK = world(2)
RANDOM = np.random.default_rng(3)
AGES = RANDOM.integers(18, 90, 80).astype(float)
VALUES = np.stack([AGES, 100 * AGES + RANDOM.normal(0, 300, 80), RANDOM.gamma(2, 9, 80)], axis=1)
PAIRS = PairSample(np.arange(80, dtype=np.int16) % 2, VALUES, (AGE, SAVINGS, DEBT))


def points(trace: dict[str, dict[str, str]], axis: str) -> list[float]:
    return np.frombuffer(b64decode(trace[axis]["bdata"]), dtype="<f4").tolist()


def test_ranks_are_those_of_scipy_from_0_to_100() -> None:
    tied = np.round(VALUES / 10)
    expected = [100 * (rankdata(column) - 1) / 79 for column in tied.T]
    np.testing.assert_allclose(ranks_of(tied).T, expected)


def test_there_is_a_panel_per_pair_and_in_it_every_customer_of_every_segment() -> None:
    chart = scatter_matrix(PAIRS, BANK.segments, theme=LIGHT)
    assert {(t["xaxis"], t["yaxis"]) for t in chart.figure["data"]} == {
        ("x", "y"), ("x3", "y3"), ("x4", "y4"),
    }  # fmt: skip
    ranks = ranks_of(VALUES)
    first = next(t for t in chart.figure["data"] if t["xaxis"] == "x4")
    assert points(first, "x") == pytest.approx(ranks[PAIRS.segment == 0, 1], abs=1e-4)
    assert points(first, "y") == pytest.approx(ranks[PAIRS.segment == 0, 2], abs=1e-4)
    layout = chart.figure["layout"]
    assert [layout[axis]["title"]["text"] for axis in ("yaxis", "yaxis3", "xaxis3", "xaxis4")] == [
        "Savings balance", "Card debt", "Age", "Savings balance",
    ]  # fmt: skip


def test_the_table_has_the_rank_correlations_strongest_first_and_the_title_the_first() -> None:
    chart = scatter_matrix(PAIRS, BANK.segments, theme=LIGHT)
    assert chart.table.rows[0][:2] == ("Age", "Savings balance")
    for a, b, value in chart.table.rows:
        columns = [[f.label for f in PAIRS.features].index(name) for name in (a, b)]
        assert value == pytest.approx(spearmanr(*VALUES[:, columns].T).statistic)
    assert chart.title.startswith("Age and Savings balance rise together most: +0.9")


def test_what_is_not_known_is_not_drawn_and_customers_of_small_segments_neither() -> None:
    holes = VALUES.copy()
    holes[:10, 0] = np.nan
    chart = scatter_matrix(replace(PAIRS, values=holes), BANK.segments[:1], theme=LIGHT)
    drawn = {t["xaxis"]: len(points(t, "x")) for t in chart.figure["data"]}
    assert drawn == {"x": 35, "x3": 35, "x4": 40}
    assert "40 customers" in chart.subtitle


@pytest.mark.parametrize("inputs", [(), (AGE,)])
def test_fewer_than_two_inputs_have_no_pair(inputs: tuple[FeatureInfo, ...]) -> None:
    few = PairSample(PAIRS.segment, VALUES[:, : len(inputs)], inputs)
    assert scatter_matrix(few, BANK.segments, theme=LIGHT).is_empty
