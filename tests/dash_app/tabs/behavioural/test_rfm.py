"""The RFM sub-view: cells and cut points in, a page that leaves small groups out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.errors import UsageError
from core.insight.rfm_cells import rfm_overview
from core.readmodels import RfmOverview
from dash_app.figures.rfm_heat import ranges, rfm_heat
from dash_app.tabs.behavioural.rfm import _cuts
from dash_app.tabs.behavioural.rfm_view import preview, rfm_page
from dash_app.theme import LIGHT
from tests.dash_app.profiles.builders import feature, text_of

FEATURES = (
    feature("recency_days", "days"),
    feature("frequency", "count"),
    feature("monetary_total"),
)


@pytest.fixture(scope="module")
def overview() -> RfmOverview:
    random = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "recency_days": random.integers(1, 400, 600).astype(float),
            "frequency": random.integers(1, 9, 600),
            "monetary_total": random.uniform(5, 900, 600).round(2),
        }
    )
    frame.iloc[:7] = np.nan
    found = rfm_overview(frame)
    assert found is not None
    return found


def drawn(overview: RfmOverview, cuts: object = None, smallest: int = 10) -> str:
    made = preview(overview, FEATURES, cuts, LIGHT, "BRL", smallest)  # type: ignore[arg-type]
    return " ".join(text_of(part) for part in made)


def test_the_page_says_how_many_there_are_and_who_takes_no_part(overview: RfmOverview) -> None:
    said = text_of(rfm_page(overview, FEATURES, (), "BRL", 1, 10))
    assert "of 593 customers are" in said
    assert "7 customers have no date to be placed by and take no part." in said
    assert said.count("Score 5") == 1  # only the fewest days score best at the first cut point


def test_the_group_that_is_largest_and_richest_is_named_once() -> None:
    rows = [(9.0, 5, 100.0)] * 80
    frame = pd.DataFrame(rows, columns=["recency_days", "frequency", "monetary_total"])
    found = rfm_overview(frame)
    assert found is not None
    said = text_of(rfm_page(found, FEATURES, (), "BRL", 1, 10))
    assert said.startswith("100.0% of 80 customers are Recent , with 100.0% of monetary total.")


def test_words_of_groups_of_few_customers_are_not_told(overview: RfmOverview) -> None:
    assert " times the average" in drawn(overview)
    assert " times the average" not in drawn(overview, smallest=1_000)


def test_every_group_has_its_size_and_value(overview: RfmOverview) -> None:
    said = drawn(overview)
    for name in ("Champions", "Loyal", "At risk", "Dormant"):
        assert name in said
    assert "Preview" not in said


def test_other_cut_points_are_said_to_be_a_preview(overview: RfmOverview) -> None:
    cuts = tuple((e[0], e[1], e[2], e[3]) for e in overview.edges)
    assert "Preview with the cut points below; nothing is stored." in drawn(overview, cuts)


def test_cells_and_groups_of_few_customers_are_not_counted_out(overview: RfmOverview) -> None:
    chart = rfm_heat(overview, theme=LIGHT, suppress_below=30)
    shown = [row for row in chart.table.rows if row[4] is not None]
    assert 0 < len(shown) < 25
    assert all(int(row[4] or 0) >= 30 or row[4] == 0 for row in shown)
    assert "fewer than 30 customers, not shown" in str(chart.figure)


def test_the_table_adds_up_to_everybody(overview: RfmOverview) -> None:
    rows = rfm_heat(overview, theme=LIGHT).table.rows
    assert sum(int(row[4] or 0) for row in rows) == 593


def test_two_cut_points_at_one_value_leave_nobody_between_them() -> None:
    assert ranges((0.0, 0.0, 3.0, 5.0)) == ("up to 0", "(nobody)", "1–3", "4–5", "over 5")


@pytest.mark.parametrize("values", [["1"] * 11, ["x"] * 12, [None] * 12])
def test_what_is_no_choice_of_cut_points_is_refused(values: list[str]) -> None:
    with pytest.raises(UsageError):
        _cuts(values, 3)
