"""Figures that need only a sentence or two each."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from core.readmodels import BakeOff, Differentiator, MapAxes
from dash_app.figures.bake_off import bake_off
from dash_app.figures.differentiator_bars import differentiator_bars
from dash_app.figures.k_scores import k_scores
from dash_app.figures.many_small_or_few_large import Cloud, many_small_or_few_large
from dash_app.figures.means_heatmap import means_heatmap
from dash_app.figures.run_timings import run_timings
from dash_app.figures.saving_and_debt import nobody_has, saving_and_debt
from dash_app.figures.scree import scree
from dash_app.figures.silhouette_plot import silhouette_plot
from dash_app.figures.typicality import typicality
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import DEBT, MARITAL, SIZE, TRANSACTIONS, world

BANK = world(4)


def test_differences_are_ranked_and_named_in_raw_units() -> None:
    found = [
        Differentiator(0, "marital_status", "Married", 0.61, 0.44, 0.17, 0.31, 2),
        Differentiator(0, "card_debt", "", 1190.0, 0.0, 1190.0, 1.4, 1),
        Differentiator(1, "card_debt", "", 0.0, 900.0, -900.0, -1.1, 1),
    ]
    chart = differentiator_bars(found, BANK.segments[0], (DEBT, MARITAL), theme=LIGHT)
    assert chart.title == "What sets Card-led everyday apart: card debt +$1,190"
    assert chart.table.rows == (
        ("Card debt", "$1,190", "$0", "+$1,190", 1.4),
        ("Marital status: Married", "61.0%", "44.0%", "+17.0\xa0pp", 0.31),
    )


def test_what_is_lower_here_points_to_the_left() -> None:
    found = [Differentiator(0, "card_debt", "", 0.0, 900.0, -900.0, -1.1, 1)]
    chart = differentiator_bars(found, BANK.segments[0], (DEBT,), theme=LIGHT)
    low, high = chart.figure["layout"]["xaxis"]["range"]
    assert low == -1.1
    assert high > 0
    assert chart.table.rows[0][3] == "−$900"


def test_segments_without_transactions_are_named_not_drawn() -> None:
    chart = many_small_or_few_large(BANK.statistics, BANK.segments, TRANSACTIONS, SIZE, theme=LIGHT)
    assert [row[0] for row in chart.table.rows] == [
        "All customers", "Card-led everyday", "Careful savers", "Fading accounts",
    ]  # fmt: skip
    assert "without transactions: Not yet active" in chart.subtitle


def test_customers_behind_the_crosses_leave_out_zeros() -> None:
    cloud = Cloud(0, np.array([0.0, 5.0, 9.0]), np.array([10.0, 20.0, 0.0]))
    chart = many_small_or_few_large(
        BANK.statistics, BANK.segments, TRANSACTIONS, SIZE, theme=LIGHT, clouds=[cloud]
    )
    assert chart.figure["data"][0]["x"] == {"dtype": "f4", "bdata": "AACgQA=="}


def test_equal_names_do_not_hide_who_is_left_out() -> None:
    bank = world(4, ("Savers", "Savers", "Savers", "Savers"))
    chart = many_small_or_few_large(bank.statistics, bank.segments, TRANSACTIONS, SIZE, theme=LIGHT)
    assert "without transactions: Savers" in chart.subtitle


def test_holdings_show_share_and_median() -> None:
    chart = saving_and_debt(BANK.statistics, BANK.segments, (DEBT,), theme=LIGHT)
    everyone = next(s for s in BANK.statistics if (s.segment, s.feature) == (None, "card_debt"))
    assert chart.table.rows[0] == ("All customers", everyone.nonzero_share, everyone.median)
    assert chart.figure["data"][0]["x"] == [row[1] for row in chart.table.rows]


def test_where_everybody_has_some_the_bars_are_the_medians() -> None:
    owing = [replace(s, nonzero_share=1.0) for s in BANK.statistics if s.feature == "card_debt"]
    chart = saving_and_debt(owing, BANK.segments, (DEBT,), theme=LIGHT)
    (bars,) = chart.figure["data"]
    medians = [row[2] for row in chart.table.rows]
    assert bars["x"] == [median / max(medians) for median in medians]
    assert chart.subtitle == "Everybody has some: the bars are the medians"
    assert not any("%" in text for text in bars["text"])


def test_a_holding_that_nobody_has_is_known_as_such() -> None:
    nothing = [replace(s, nonzero_share=0.0) for s in BANK.statistics if s.feature == "card_debt"]
    assert nobody_has(DEBT, BANK.segments, nothing)
    assert not nobody_has(DEBT, BANK.segments, BANK.statistics)
    assert not nobody_has(DEBT, BANK.segments, [])


def test_few_segments_are_columns_and_many_are_rows() -> None:
    few = means_heatmap(BANK.statistics, BANK.segments, BANK.features, theme=LIGHT)
    assert len(few.figure["data"][0]["x"]) == 4
    twenty = world(20)
    many = means_heatmap(twenty.statistics, twenty.segments, twenty.features, theme=LIGHT)
    assert len(many.figure["data"][0]["y"]) == 20


def test_the_winner_is_the_view_that_explains_more_outcomes() -> None:
    rows = [BakeOff("fees", 0.1, 0.4, 0.5), BakeOff("late_payments", 0.2, 0.1, 0.2)]
    assert bake_off(rows, (), "Who", "How", theme=LIGHT).title == (
        "Neither view explains more than the other"
    )
    chart = bake_off(rows[:1], (), "Who", "How", theme=LIGHT)
    assert chart.title == "How explains more of 1 of 1 outcomes"
    assert chart.table.rows == (("Fees", 0.1, 0.4, 0.5),)


def test_no_view_wins_by_less_than_can_be_read() -> None:
    chart = bake_off([BakeOff("fees", 0.204, 0.2, 0.21)], (), "Who", "How", theme=LIGHT)
    assert chart.title == "Neither view explains more than the other"


def test_next_to_nothing_explained_is_said_and_looks_like_it() -> None:
    chart = bake_off([BakeOff("fees", 0.004, 0.0, 0.004)], (), "Who", "How", theme=LIGHT)
    assert chart.title == "Neither view explains any of the outcomes"
    assert chart.is_empty
    both = bake_off(
        [BakeOff("fees", 0.004, 0.0, 0.004), BakeOff("late_payments", 0.02, 0.0, 0.03)],
        (),
        "Who",
        "How",
        theme=LIGHT,
    )
    assert both.subtitle.endswith("Nothing of fees is explained")
    assert [len(trace["y"]) for trace in both.figure["data"]] == [1, 1, 1]
    assert both.figure["layout"]["xaxis"]["range"] == [0, 0.1]
    assert [row[0] for row in both.table.rows] == ["Fees", "Late payments"]


def test_components_add_up() -> None:
    chart = scree(MapAxes((0.5, 0.25, 0.25), (), ()), theme=LIGHT)
    assert chart.table.rows == ((1, 0.5, 0.5), (2, 0.25, 0.75), (3, 0.25, 1.0))
    assert chart.title == "The map's two axes carry 75% of the differences"
    in_space = scree(MapAxes((0.5, 0.25, 0.2), (), ()), theme=LIGHT, dimensions=3)
    assert in_space.title == "The map's three axes carry 95% of the differences"
    assert in_space.figure["data"][0]["marker"]["color"] == [LIGHT.accent] * 3


def test_scores_are_drawn_in_order_with_the_chosen_one_marked() -> None:
    chart = k_scores(BANK.scores[::-1], theme=LIGHT)
    inertia = chart.figure["data"][0]
    assert inertia["x"] == [2, 3, 4, 5, 6, 7]
    assert inertia["marker"]["size"] == [5, 5, 11, 5, 5, 5]
    assert chart.title == "4 segments were chosen"
    ring = chart.figure["data"][1]
    assert (ring["x"], ring["y"], ring["marker"]["symbol"]) == ([3], [4100.0], "circle-open")
    assert [row[:3] for row in chart.table.rows][:2] == [(2, 5200.0, ""), (3, 4100.0, "elbow")]
    assert chart.summary.endswith("The curve of inertia bends at 3.")
    straight = [replace(score, elbow=False) for score in BANK.scores]
    old = [replace(score, elbow=None) for score in BANK.scores]
    hints = [
        k_scores(scores, theme=LIGHT).figure["layout"]["annotations"][0]["text"]
        for scores in (BANK.scores, straight, straight[:3], old)
    ]
    told = [re.sub(r"<[^>]+>", "\n", hint).strip() for hint in hints]
    assert max(len(line) for hint in told for line in hint.split("\n")) <= 24  # beside another
    assert [hint.replace("\n", " ").split("lower is tighter")[1] for hint in told] == [
        ", elbow at 3 (ring)", ", no clear elbow", ", no elbow under 4 numbers", "",
    ]  # fmt: skip
    assert len(k_scores(straight, theme=LIGHT).figure["data"]) == 4
    assert k_scores(BANK.scores, theme=LIGHT, reason="Four is stable.").subtitle == (
        "Four is stable."
    )


def test_each_segment_stands_against_the_piece_of_its_rank_where_the_run_kept_it() -> None:
    chart = silhouette_plot(BANK.quality, BANK.segments, theme=LIGHT)
    bands = [(s["x0"], s["x1"], s["y0"], s["y1"]) for s in chart.figure["layout"]["shapes"]]
    rows = [row for row, s in enumerate(BANK.segments) if s.number]
    assert bands == [(0.19, 0.22, row - 0.42, row + 0.42) for row in rows]
    ends = {row[0]: row[-2:] for row in chart.table.rows}
    assert ends == {s.name: (0.19, 0.22) if s.number else (None, None) for s in BANK.segments}
    assert "of the piece of the same rank" in chart.subtitle
    assert chart.title.startswith("Customers lie in their segments better than in one smooth crowd")
    first, *others = BANK.quality.segments
    worse = replace(others[0], silhouette=0.2)  # the pieces of its rank reach 0.22
    mixed = replace(BANK.quality, segments=(first, worse, *others[1:]))
    assert silhouette_plot(mixed, BANK.segments, theme=LIGHT).title == (
        "In 2 of 3 segments customers lie better than in one smooth crowd cut into pieces"
    )
    assert "where no groups are 0.19 to 0.22" in chart.summary


def test_an_older_run_has_one_band_for_the_mean_of_all() -> None:
    old = replace(
        BANK.quality,
        segments=tuple(replace(s, null_silhouettes=()) for s in BANK.quality.segments),
    )
    chart = silhouette_plot(old, BANK.segments, theme=LIGHT)
    (band,) = chart.figure["layout"]["shapes"]
    assert (band["x0"], band["x1"], band["yref"]) == (0.19, 0.22, "paper")
    assert chart.subtitle.endswith("; the band is one smooth crowd, divided alike")


def test_a_place_is_said_in_words() -> None:
    segment = BANK.segments[0]
    titles = [
        typicality(replace(BANK.assignment, typicality=place), segment, theme=LIGHT).title
        for place in (20.0, 59.0, 95.0, 99.5)
    ]
    assert titles == [
        "Typical of Card-led everyday",
        "Within Card-led everyday, farther out than most",
        "At the edge of Card-led everyday",
        "Unlike any known customer",
    ]


def test_a_customer_by_rule_has_no_place() -> None:
    by_rule = replace(BANK.assignment, typicality=None, distance=None)
    assert typicality(by_rule, BANK.segments[3], theme=LIGHT).is_empty


def test_the_slowest_step_is_named() -> None:
    chart = run_timings((("Read files", 70.0), ("Choose k", 100.0)), theme=LIGHT)
    assert chart.title == "The run took 2 min 50 s, 1 min 40 s of it to choose k"


def test_a_number_of_segments_that_was_given_is_told_without_a_curve() -> None:
    given = next(score for score in BANK.scores if score.chosen)
    chart = k_scores((given,), theme=LIGHT)
    assert chart.is_empty
    assert chart.title == f"{given.k} segments were asked for"
    assert "No other number was tried" in chart.summary
