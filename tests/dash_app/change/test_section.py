"""The change section and the key figure of the overview, in words that never tell small groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from dash import html

from core.change import FeatureDrift, Migration, SegmentMark, UnlikeKnown
from core.fairness import TypicalityCount
from core.insight.movers import Flow
from core.readmodels import CustomerAssignment, RunId
from dash_app.change.reading import Changed
from dash_app.change.section import changed_section
from dash_app.change.unlike import unlike_card, unlike_finding
from dash_app.change.words import movement_sentence, stay_sentence
from dash_app.figures.migration_matrix import migration_matrix
from dash_app.figures.movement_flow import movement_flow
from dash_app.tabs.overview.findings import movers_figure
from dash_app.theme import DARK, LIGHT, Theme
from tests.dash_app.profiles.builders import parts_of, text_of, view

MOVED = Migration(
    before_run=RunId(1),
    before_as_of=date(2024, 10, 31),
    as_of=date(2024, 11, 30),
    is_refitted=True,
    known=240,
    by_customer=26,
    by_model=12,
    moved=38,
    joined=3,
    left=0,
    flows=(
        Flow("a", "a", "a", 152),
        Flow("a", "a", "b", 12),
        Flow("a", "b", "b", 20),
        Flow("b", "a", "a", 6),
        Flow("b", "b", "b", 50),
        Flow(None, "b", "b", 3),
    ),
    marks=(SegmentMark("a", "Savers", 0), SegmentMark("b", "Spenders", 1)),
)
FEW_MOVED = replace(
    MOVED,
    is_refitted=False,
    flows=(
        Flow("a", "a", "a", 152),
        Flow("a", "b", "b", 6),
        Flow("b", "b", "b", 50),
        Flow("c", "c", "c", 40),
    ),
    marks=(*MOVED.marks, SegmentMark("c", "Owners", 2)),
)
DRIFTS = (FeatureDrift("age", 0.001, 0.02), FeatureDrift("savings", 0.3, 0.02))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_section_tells_who_moved_why_and_what_drifted(theme: Theme) -> None:
    page = changed_section(Changed(MOVED, DRIFTS, ()), view(), theme, 10)
    text = text_of(page)
    assert "38 (15.8%) of 240 customers are in another segment" in text
    assert "26 would be without the new model too" in text
    assert "Joined since then: fewer than 10. Left: nobody." in text
    graphs = [part.id for part in parts_of(page) if type(part).__name__ == "Graph"]
    assert graphs == ["change-flow-graph", "change-matrix-graph", "change-drift-graph"]


def test_customers_unlike_any_known_one_are_told_then_and_now() -> None:
    counts = UnlikeKnown(
        TypicalityCount(1_000, 11), TypicalityCount(900, 36), TypicalityCount(900, 9)
    )
    moved = replace(MOVED, unlike=counts)
    text = text_of(changed_section(Changed(moved, (), ()), view(), LIGHT, 10))
    assert (
        "4.0% of customers are unlike any that the model before knows, 1.1% before; 1% is expected"
    ) in text
    rows = [text_of(part) for part in parts_of(unlike_card(moved, 10)) if isinstance(part, html.Tr)]
    assert rows[1:] == [
        "31 Oct 2024 before 1,000 11 1.1%",
        "30 Nov 2024 before 900 36 4.0%",
        "30 Nov 2024 new 900 fewer than 10 not shown",
    ]


def test_a_new_model_of_the_same_data_has_no_row_twice() -> None:
    same = TypicalityCount(1_000, 11)
    moved = replace(
        MOVED, as_of=MOVED.before_as_of, unlike=UnlikeKnown(same, same, TypicalityCount(1_000, 10))
    )
    rows = [text_of(part) for part in parts_of(unlike_card(moved, 10)) if isinstance(part, html.Tr)]
    assert rows[1:] == ["31 Oct 2024 before 1,000 11 1.1%", "31 Oct 2024 new 1,000 10 1.0%"]


def test_an_older_run_counted_nobody_and_a_few_unlike_are_not_told() -> None:
    assert unlike_card(MOVED, 10) is None
    same = replace(MOVED, is_refitted=False, unlike=UnlikeKnown(after=TypicalityCount(900, 3)))
    assert unlike_finding(same, 10) == (
        "Few customers are unlike any that the model knows; 1% is expected"
    )


def test_without_a_run_before_the_section_says_what_to_do() -> None:
    assert "manage.py refresh" in text_of(changed_section(Changed(None, (), ()), view(), LIGHT, 10))


def test_the_matrix_has_counts_and_shares() -> None:
    assert migration_matrix(MOVED, theme=LIGHT).table.rows == (
        ("Savers", "Savers", 152, 152 / 184),
        ("Savers", "Spenders", 32, 32 / 184),
        ("Spenders", "Savers", 6, 6 / 56),
        ("Spenders", "Spenders", 50, 50 / 56),
    )


def test_the_matrix_hides_small_cells_and_as_few_as_can_be_of_those_who_stayed() -> None:
    chart = migration_matrix(FEW_MOVED, theme=LIGHT, suppress_below=10)
    shown = {row[:2]: row[2] for row in chart.table.rows}
    assert {way for way, n in shown.items() if n is None} == {
        ("Savers", "Spenders"), ("Savers", "Owners"), ("Owners", "Spenders"), ("Owners", "Owners"),
    }  # fmt: skip
    assert shown["Savers", "Savers"] == 152
    assert "hidden: under 10 customers" in chart.subtitle
    assert [row[3] for row in movement_flow(FEW_MOVED, theme=LIGHT, suppress_below=10).table.rows]


def test_the_flow_has_a_second_hop_only_where_the_model_changed() -> None:
    two = movement_flow(MOVED, theme=LIGHT)
    steps = [(row[0], row[1], row[2], row[3]) for row in two.table.rows]
    assert steps == [
        ("The customer", "Savers", "Spenders", 20),
        ("The customer", "Spenders", "Savers", 6),
        ("The customer", "In no segment", "Spenders", 3),
        ("The customer", "Savers", "Savers", 164),
        ("The customer", "Spenders", "Spenders", 50),
        ("The model", "Savers", "Spenders", 12),
        ("The model", "Savers", "Savers", 158),
        ("The model", "Spenders", "Spenders", 73),
    ]
    one = movement_flow(replace(MOVED, is_refitted=False), theme=LIGHT)
    assert {row[0] for row in one.table.rows} == {"The customer"}


def test_a_flow_names_its_segments_at_both_ends_and_between_only_who_is_new_there() -> None:
    flow = movement_flow(MOVED, theme=LIGHT)
    assert flow.figure["data"][0]["node"]["label"] == [
        "Savers", "Spenders", "In no segment", "", "", "Savers", "Spenders",
    ]  # fmt: skip
    came = replace(MOVED, flows=(Flow("a", "b", "a", 40),))
    assert movement_flow(came, theme=LIGHT).figure["data"][0]["node"]["label"] == [
        "Savers", "Spenders", "Savers",
    ]  # fmt: skip


def test_a_flow_of_moves_too_small_to_be_shown_does_not_say_that_nobody_moved() -> None:
    few = replace(MOVED, flows=(Flow("a", "a", "a", 152), Flow("a", "b", "b", 4)))
    assert movement_flow(few, theme=LIGHT, suppress_below=10).title == (
        "No more than a few customers went any one way: fewer than 10 each"
    )
    nobody = replace(MOVED, flows=(Flow("a", "a", "a", 152),))
    assert movement_flow(nobody, theme=LIGHT).title == "Nobody went from one segment to another"


def test_a_few_movers_are_only_bounded() -> None:
    few = replace(MOVED, moved=4)
    assert "**fewer than 10** of 240" in movement_sentence(few, 10)
    figure = movers_figure(few, 10)
    assert figure is not None
    assert figure.value == "fewer than 10"


def test_the_overview_says_how_many_moved_since_when() -> None:
    figure = movers_figure(MOVED, 10)
    assert figure is not None
    assert (figure.label, figure.value) == ("Moved to another segment", "38")
    assert figure.note == "since 31 Oct 2024: 26 because they behave differently"
    assert movers_figure(None, 10) is None


def test_a_single_customer_is_told_since_when_and_from_where() -> None:
    place = CustomerAssignment("C-A", 0, None, None, None, None, date(2024, 10, 31), "Savers")
    assert stay_sentence(place) == "In this segment since 31 Oct 2024, before: Savers."
    assert stay_sentence(replace(place, before=None), "Spenders") == (
        "In “Spenders” since 31 Oct 2024 or longer."
    )
    assert stay_sentence(replace(place, since=None)) == ""
