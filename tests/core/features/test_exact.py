"""Sums and spreads without rounding on the way."""

from __future__ import annotations

import math
import statistics
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.features.exact import cents, money_total, ratio, standard_deviation

MONEY = st.decimals(0, 10**12, places=2)


@given(st.lists(MONEY, min_size=2, max_size=50))
@settings(max_examples=25, deadline=None)
def test_sum_and_standard_deviation_are_those_of_exact_arithmetic(amounts: list[Decimal]) -> None:
    total, deviation = _measured(amounts)

    assert total == float(sum(amounts))
    assert deviation == pytest.approx(float(statistics.stdev(amounts)), rel=1e-13, abs=0)


def test_a_small_spread_around_a_large_amount_is_not_lost() -> None:
    amounts = [Decimal("1000000000.01"), Decimal("1000000000.02"), Decimal("1000000000.03")]

    assert _measured(amounts)[1] == pytest.approx(0.01, rel=1e-14)


def test_a_thousand_payments_of_ten_billion_do_not_overflow() -> None:
    assert _measured([Decimal(10**10)] * 1000) == (1e13, 0.0)


def test_the_spread_of_one_amount_is_missing() -> None:
    assert math.isnan(_measured([Decimal(5)])[1])


def test_a_ratio_to_nothing_is_missing() -> None:
    table = ibis.memtable({"part": [1, 0], "whole": [4, 0]})

    found = table.select(ratio=ratio(table.part, table.whole)).to_pandas().ratio

    assert found[0] == 0.25
    assert math.isnan(found[1])


def _measured(amounts: list[Decimal]) -> tuple[float, float]:
    column = pa.array(amounts, pa.decimal128(18, 2))
    table = ibis.memtable(pa.table({"amount": column}))
    exact = cents(table.amount)
    sums = table.aggregate(
        number=table.count(),
        money=money_total(table.amount).cast("float64"),
        total=exact.sum(),
        squares=(exact * exact).sum(),
    )
    deviation = standard_deviation(sums.number, sums.total, sums.squares) / 100
    found = sums.select("money", deviation=deviation).to_pandas().iloc[0]
    return found.money, found.deviation
