from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from core.features.build import build_features
from core.features.windows import Windows
from tests.core.features.builders import (
    AS_OF,
    MEASURED,
    Bank,
    customer,
    month,
    random_months,
    values,
)


def months_of_1995(*funds: str | None, trades: int = 0) -> Bank:
    """Return a bank whose only customer has these funds in the last months of the year."""
    first = 13 - len(funds)
    rows = [
        month(
            "a",
            date(1995, first + at, 1),
            funds=None if amount is None else Decimal(amount),
            trades=trades,
        )
        for at, amount in enumerate(funds)
    ]
    return Bank([customer("a")], None, None, attributes=(), months=rows)


def test_the_window_tells_level_extremes_sum_direction_and_evenness() -> None:
    found = values(months_of_1995("50", "100", "100", "100", "100", "100", "75"), Windows())
    assert {name: found[f"funds_{name}"] for name in ("mean", "min", "max", "sum")} == {
        "mean": pytest.approx(625 / 7),
        "min": 50.0,
        "max": 100.0,
        "sum": 625.0,
    }
    assert found["funds_vs_6m_ago"] == 1.5
    assert found["funds_max_to_min"] == 2.0


def test_six_months_ago_is_that_calendar_month_and_not_the_sixth_row_before() -> None:
    bank = months_of_1995("50", "60", "70", "80", "90", "95", "100")
    gap = [row for row in bank.months or [] if row["period_start"] != date(1995, 6, 1)]
    without = Bank(bank.customers, None, None, attributes=(), months=gap)
    assert values(without, Windows())["funds_vs_6m_ago"] is None
    assert values(bank, Windows())["funds_vs_6m_ago"] == 2.0


def test_a_measure_may_be_called_month() -> None:
    tables = months_of_1995("50", "60", "70", "80", "90", "95", "100").tables()
    assert tables.measures is not None
    renamed = replace(
        tables,
        measures=tables.measures.rename(month="funds"),
        measured=(MEASURED[0].model_copy(update={"name": "month"}),),
    )
    assert Windows().build(renamed).execute()["month_vs_6m_ago"].tolist() == [2.0]


def test_a_ratio_to_nothing_is_missing_and_a_sum_of_nothing_is_zero() -> None:
    found = values(months_of_1995("0", "0", "0", "0", "0", "0", "10"), Windows())
    assert found["funds_vs_6m_ago"] is None
    assert found["funds_max_to_min"] is None
    nobody = values(Bank([customer("a")], None, None, attributes=(), months=[]), Windows())
    assert nobody["funds_sum"] == 0
    assert nobody["funds_mean"] is None


def test_a_measure_may_look_back_over_fewer_months() -> None:
    rows = [month("a", date(1994, at, 1), trades=9) for at in (11, 12)]
    rows += [month("a", date(1995, at, 1), trades=1) for at in range(1, 13)]
    found = values(Bank([customer("a")], None, None, attributes=(), months=rows), Windows())
    assert found["trades_sum"] == 12  # trades say months = 12


def test_a_month_that_had_not_ended_is_not_known() -> None:
    rows = [month("a", date(1995, 12, 1), trades=1), month("a", date(1996, 1, 1), trades=9)]
    bank = Bank([customer("a")], None, None, attributes=(), months=rows)
    assert values(bank, Windows())["trades_max"] == 1


def test_windows_equal_a_calculation_in_pandas() -> None:
    ids = [f"{number:03d}" for number in range(30)]
    rows = random_months(random.Random(3), ids)
    bank = Bank([customer(one) for one in ids], None, None, attributes=(), months=rows)
    frame, _ = build_features(bank.tables(), (Windows(),))
    months = pd.DataFrame(rows)
    months = months[months.period_end <= AS_OF]
    for name, back in (("funds", None), ("trades", 12), ("return_pct", None)):
        for one in ids:
            expected = _by_hand(months[months.customer_id == one], name, back)
            found = [float(frame[f"{name}_{part}"][one]) for part in expected]
            assert found == pytest.approx(list(expected.values()), rel=1e-12, nan_ok=True)


def _by_hand(rows: pd.DataFrame, name: str, back: int | None) -> dict[str, float]:
    months = [(start.year, start.month) for start in rows.period_start]
    at = dict(zip(months, rows[name].astype(float), strict=True))
    window = [v for (year, _), v in at.items() if (back is None or year == 1995) and v == v]
    year, number = max(at, default=(0, 1))
    earlier = (year, number - 6) if number > 6 else (year - 1, number + 6)
    now, before = at.get((year, number), math.nan), at.get(earlier, math.nan)
    lowest = min(window, default=math.nan)
    return {
        "mean": sum(window) / len(window) if window else math.nan,
        "min": lowest,
        "max": max(window, default=math.nan),
        "sum": math.fsum(window),
        "vs_6m_ago": now / before if before else math.nan,
        "max_to_min": max(window) / lowest if lowest > 0 else math.nan,
    }
