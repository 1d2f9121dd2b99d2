"""The comparison's page, its surprises and its tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.readmodels import ComparisonCell
from dash_app.figures.cross_table import Mode
from dash_app.tabs.compare.export import surprises_of
from dash_app.tabs.compare.reading import Compared
from dash_app.tabs.compare.surprises import surprises_card, surprising
from dash_app.tabs.compare.view import (
    comparison_page,
    guessing,
    mode_in_view,
    pair_switch,
)
from dash_app.theme import LIGHT
from tests.dash_app.profiles.builders import (
    BEHAVIOURAL,
    DEMOGRAPHIC,
    feature,
    hrefs_of,
    lens,
    segment,
    text_of,
    view,
)
from tests.dash_app.tabs.compare.test_pair import MADE

A = (segment(0, "Older"), segment(1, "Younger"))
B = (segment(0, "Savers"), segment(1, "Borrowers"))
FOUND = Compared(DEMOGRAPHIC, BEHAVIOURAL, A, B, MADE, (feature("fees", label="Fees paid"),))


def cell(a: int, b: int, n: int, residual: float | None) -> ComparisonCell:
    return ComparisonCell(a, b, n, 20.0, n / 20, residual)


def test_the_page_answers_first() -> None:
    said = text_of(comparison_page(FOUND, view(tab="compare"), LIGHT, 10))
    assert said.startswith("Hardly. Knowing who a customer is tells you almost nothing.")


def test_guessing_is_put_beside_blind_guessing() -> None:
    assert guessing(FOUND) == (
        "From the demographic features a customer's behavioural segment is guessed right 33% of "
        "the time, where blind guessing gives 20%; the other way round 31%, where it gives 20%."
    )


def test_guessing_says_nothing_where_it_was_not_measured() -> None:
    unknown = replace(FOUND, comparison=replace(MADE, predict_b_from_a=None))
    assert guessing(unknown) == ""
    one_way = replace(FOUND, comparison=replace(MADE, predict_a_from_b=None))
    assert guessing(one_way).endswith("blind guessing gives 20%.")


def test_surprises_are_far_from_expected_the_farthest_first() -> None:
    cells = [cell(0, 0, 30, 2.5), cell(0, 1, 40, 4.0), cell(1, 0, 12, -3.0), cell(1, 1, 20, 1.9)]
    assert surprising(cells, 10) == ((cells[1], cells[0]), (cells[2],))


def test_small_groups_and_cells_without_a_residual_do_not_surprise() -> None:
    assert surprising([cell(0, 0, 9, 5.0), cell(0, 1, 30, None)], 10) == ((), ())


def test_a_surprise_names_both_segments_and_how_often_they_meet() -> None:
    said = text_of(surprises_card(MADE.cells, A, B, 10))
    assert "Older → Savers 30 20 1.50\xa0×" in said
    assert "Older → Borrowers 10 20 0.50\xa0×" in said


def test_nothing_surprising_is_a_finding() -> None:
    assert "No surprising combinations" in text_of(surprises_card([cell(0, 0, 20, 0.1)], A, B, 10))


def test_the_file_has_the_surprises_in_full() -> None:
    table = surprises_of(FOUND, 10)
    assert [column.label for column in table.columns[:3]] == [
        "Demographic",
        "Behavioural",
        "Customers",
    ]
    assert table.rows[0] == ("Older", "Savers", 30, 20.0, 1.5, 3.0)


@pytest.mark.parametrize(("name", "mode"), [("row", Mode.ROW), (None, Mode.LIFT), ("x", Mode.LIFT)])
def test_the_url_names_what_the_cells_say(name: str | None, mode: Mode) -> None:
    assert mode_in_view(name) is mode


def test_two_lenses_can_be_swapped() -> None:
    switch = pair_switch(view(tab="compare"))
    assert hrefs_of(switch) == ["/compare?d=bank&a=behavioural&b=demographic"]


def test_three_lenses_are_offered_in_a_menu() -> None:
    switch = pair_switch(view(DEMOGRAPHIC, BEHAVIOURAL, lens("rfm", "behavioural"), tab="compare"))
    assert hrefs_of(switch)[:3] == [
        "/compare?d=bank&a=demographic&b=behavioural",
        "/compare?d=bank&a=demographic&b=rfm",
        "/compare?d=bank&a=behavioural&b=rfm",
    ]


def test_one_lens_says_what_is_missing_and_how_to_get_it() -> None:
    said = text_of(comparison_page(None, view(DEMOGRAPHIC, tab="compare"), LIGHT, 10))
    assert "one view of the customers, Demographic" in said
    assert "python manage.py segment bank" in said


def test_lenses_of_different_runs_were_not_compared() -> None:
    said = text_of(comparison_page(None, view(tab="compare"), LIGHT, 10))
    assert "These two views were not compared" in said
