"""The radar and its twin for one person."""

from __future__ import annotations

from dataclasses import replace

from dash_app.figures.person_radar import person_radar
from dash_app.figures.radar import radar
from dash_app.theme import LIGHT
from tests.dash_app.figures.samples import world

BANK = world(4)


def test_at_most_three_segments_are_drawn_and_those_by_rule_come_last() -> None:
    chart = radar(BANK.statistics, BANK.segments[::-1], BANK.features, theme=LIGHT)
    names = [trace["name"] for trace in chart.figure["data"] if trace.get("name")]
    assert names == ["Card-led everyday", "Careful savers", "Fading accounts"]
    assert chart.subtitle.endswith("3 of 4 segments")


def test_what_stands_out_among_a_choice_is_said_of_the_choice() -> None:
    of_two = radar(BANK.statistics, BANK.segments[:2], BANK.features, theme=LIGHT)
    chosen = radar(BANK.statistics, BANK.segments[:2], BANK.features, theme=LIGHT, of=5)
    assert of_two.title.startswith("What stands out: ")
    assert chosen.title.startswith("What stands out among the 2 drawn: ")
    assert chosen.subtitle.endswith("2 of 5 segments")


def test_polygons_carry_the_percentiles_and_close() -> None:
    chart = radar(BANK.statistics, BANK.segments[:1], BANK.features, theme=LIGHT)
    _, polygon, _ = chart.figure["data"]
    everyone, mine = chart.table.rows
    assert everyone[1:] == (50.0,) * 6
    assert polygon["r"] == [*mine[1:], mine[1]]


def test_axes_keep_the_order_given() -> None:
    chart = radar(BANK.statistics, BANK.segments, BANK.features[::-1], theme=LIGHT)
    labels = chart.figure["layout"]["polar"]["angularaxis"]["ticktext"]
    assert labels[-1] == "Savings<br>balance"


def test_seven_axes_are_the_most() -> None:
    chart = radar(BANK.statistics, BANK.segments, BANK.features * 2, theme=LIGHT)
    assert len(chart.figure["layout"]["polar"]["angularaxis"]["tickvals"]) == 7


def test_a_yes_or_no_that_stands_out_is_said_as_one() -> None:
    flags = [replace(axis, label="Has a SIP", kind="flag") for axis in BANK.features[:2]]
    chart = radar(BANK.statistics, BANK.segments, [*flags, *BANK.features[2:]], theme=LIGHT)
    assert chart.title == (
        "What stands out among the 3 drawn: high card spend in Card-led everyday, "
        "“Has a SIP” seldom in Careful savers"
    )


def test_what_stands_out_is_said_as_people_say_it() -> None:
    counted = [
        replace(axis, label="Number of purchases", kind="count")
        if axis.name == "card_spend"
        else axis
        for axis in BANK.features
    ]
    chart = radar(BANK.statistics, BANK.segments, counted, theme=LIGHT)
    assert ": many purchases in Card-led everyday, " in chart.title
    one = person_radar(
        BANK.person, BANK.statistics, BANK.segments[0], None, BANK.features, theme=LIGHT
    )
    assert one.title == "Against Card-led everyday: higher savings balance"


def test_two_axes_are_too_few_for_a_radar() -> None:
    assert radar(BANK.statistics, BANK.segments, BANK.features[:2], theme=LIGHT).is_empty


def test_a_missing_percentile_leaves_a_gap_and_no_area() -> None:
    some = [s for s in BANK.statistics if (s.segment, s.feature) != (0, "card_debt")]
    chart = radar(some, BANK.segments[:1], BANK.features, theme=LIGHT)
    polygon = chart.figure["data"][1]
    assert polygon["r"][2] is None
    assert polygon["fill"] == "none"


def test_the_person_is_drawn_in_ink_over_segment_and_runner_up() -> None:
    chart = person_radar(
        BANK.person, BANK.statistics, BANK.segments[0], BANK.segments[1], BANK.features, theme=LIGHT
    )
    names = [trace["name"] for trace in chart.figure["data"] if trace.get("name")]
    assert names == ["Card-led everyday", "Careful savers", "This customer"]
    assert chart.figure["data"][3]["line"]["color"] == LIGHT.ink
    assert chart.table.rows[0] == ("This customer", 88.0, 61.0, 66.0, 58.0, 55.0, 64.0)


def test_a_person_without_runner_up_is_compared_with_the_segment_alone() -> None:
    chart = person_radar(
        BANK.person, BANK.statistics, BANK.segments[0], None, BANK.features, theme=LIGHT
    )
    assert len(chart.table.rows) == 3
