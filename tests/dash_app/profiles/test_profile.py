"""A profile and the parts of its page."""

from __future__ import annotations

from dataclasses import replace

from dash_app.components.heights import as_tall_as
from dash_app.figures.radar import radar
from dash_app.profiles.cards import segment_cards
from dash_app.profiles.cells import cards_of, nothing_to_show, reliability_cells
from dash_app.profiles.export import segments_table
from dash_app.profiles.ranges import range_rows
from dash_app.profiles.spread import spread_cells
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import world
from tests.dash_app.profiles.builders import (
    facts,
    hrefs_of,
    parts_of,
    profile_of,
    segment,
    statistic,
    text_of,
)


def test_facts_speak_only_of_segments_that_are_large_enough() -> None:
    found = profile_of(segment(0, size=100), segment(1, size=9))
    assert [s.number for s in found.shown] == [0]
    assert {row.segment for row in found.facts.statistics} == {None, 0}
    assert {row.segment for row in found.facts.histograms} == {None, 0}
    assert {row.segment for row in found.facts.categories} == {None, 0}
    assert {row.segment for row in found.facts.differentiators} == {0}


def test_a_segment_that_is_too_small_cannot_be_in_focus() -> None:
    found = profile_of(segment(0, size=100), segment(1, size=9), segments=("key-1",))
    assert found.focus is not None
    assert found.focus.number == 0


def test_a_card_puts_its_segment_in_focus_through_the_url() -> None:
    found = profile_of(segments=("key-1",))
    assert hrefs_of(cards_of(found)) == [
        "/behavioural?d=bank&s=key-0",
        "/behavioural?d=bank&s=key-1",
    ]
    current = [p for p in parts_of(cards_of(found)) if hasattr(p, "aria-current")]
    assert [text_of(p) for p in current] == ["Borrowers"]


def test_the_card_of_a_small_segment_names_it_and_nothing_else() -> None:
    small = segment(1, "Few", size=7, sentence="High savings")
    words = text_of(segment_cards((small,), None, str, 10))
    assert words == "Few Fewer than 10 customers: too few to show anything about them. Suppressed"


def test_where_all_segments_are_too_small_the_page_says_so() -> None:
    found = profile_of(segment(0, size=3))
    assert found.focus is None
    assert "fewer than 10 customers" in text_of(nothing_to_show(found))


def test_ranges_name_the_unit_once() -> None:
    rows = range_rows(profile_of())
    assert rows[0] == ("Savings balance", "$0", "$1 to $50", "$0", "$60", "50%")


def test_the_distribution_offers_the_other_features_as_addresses() -> None:
    distribution, _ = spread_cells(profile_of())
    assert hrefs_of(distribution) == ["/behavioural?d=bank&f=savings_balance"]


def test_distribution_and_heat_map_end_together_whichever_is_taller() -> None:
    for count in (1, 9):
        made = profile_of(*(segment(number, f"Group {number}") for number in range(count)))
        graphs = [p for p in parts_of(list(spread_cells(made))) if type(p).__name__ == "Graph"]
        distribution, heat = (graph.figure["layout"]["height"] for graph in graphs)
        assert heat - distribution == 64  # what stands above a chart with a choice


def test_a_range_of_one_value_is_said_once() -> None:
    one = statistic(0, "card_debt", 0.0, minimum=0.0, p05=0.0, p95=0.0, maximum=9.0)
    made = replace(profile_of(), facts=facts(statistics=(one,)))
    assert [row[2] for row in range_rows(made)] == ["$0"]


def test_a_number_that_was_given_leaves_the_scores_out() -> None:
    assert [cell.className for cell in reliability_cells(profile_of())] == ["cell span-12"]


def test_a_chart_grows_to_its_neighbour_and_never_shrinks() -> None:
    made = world()
    chart = radar(made.statistics, made.segments, made.features, theme=LIGHT)
    taller = as_tall_as(chart, chart.height + 100)
    assert (taller.height, taller.figure["layout"]["height"]) == (chart.height + 100,) * 2
    assert as_tall_as(chart, 10) == chart


def test_an_exported_table_has_no_numbers_of_small_segments() -> None:
    table = segments_table((segment(0, size=100), segment(1, "Few", size=9)), 10)
    assert table.rows[1][:7] == (
        "Few", None, None, None, None, None, "Fewer than 10 customers: not shown"
    )  # fmt: skip
