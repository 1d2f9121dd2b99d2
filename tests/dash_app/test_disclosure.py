"""What must stay hidden in a cross table so that no small number follows from the totals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dash_app.disclosure import hidden_cells

SMALLEST = 10


def counts_of(rows: list[list[int]]) -> dict[tuple[int, int], int]:
    return {(a, b): n for a, row in enumerate(rows) for b, n in enumerate(row)}


def test_a_table_of_large_numbers_hides_nothing() -> None:
    assert hidden_cells(counts_of([[10, 20], [30, 40]]), SMALLEST) == frozenset()


def test_a_single_small_cell_takes_the_cheapest_rectangle_with_it() -> None:
    counts = counts_of([[3, 80, 20], [70, 60, 30], [60, 50, 90]])
    assert hidden_cells(counts, SMALLEST) == {(0, 0), (0, 2), (1, 2), (1, 0)}


def test_small_cells_that_hide_each_other_take_nobody_else() -> None:
    counts = counts_of([[6, 6, 80], [7, 8, 90], [70, 60, 50]])
    assert hidden_cells(counts, SMALLEST) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_bridge_between_two_cycles_is_hidden_in_a_cycle_of_its_own() -> None:
    """Every row and column hides two cells here, and (2, 2) would still follow from the totals."""
    rows = [
        [5, 5, 50, 50, 50],
        [5, 5, 50, 50, 50],
        [50, 5, 5, 50, 50],
        [50, 50, 50, 5, 5],
        [50, 50, 5, 5, 5],
    ]
    counts = counts_of(rows)
    assert all(is_secret(counts, hidden_cells(counts, SMALLEST), cell) for cell in small(counts))


def test_numbers_of_empty_combinations_are_hidden_where_nothing_else_helps() -> None:
    counts = counts_of([[3, 97], [0, 50]])
    assert hidden_cells(counts, SMALLEST) == frozenset(counts)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda columns: st.lists(
            st.lists(
                st.sampled_from([0, 1, 2, 5, 9, 10, 15, 40, 300]),
                min_size=columns,
                max_size=columns,
            ),
            min_size=2,
            max_size=5,
        )
    )
)
def test_no_small_number_follows_from_totals_and_what_is_shown(rows: list[list[int]]) -> None:
    counts = counts_of(rows)
    hidden = hidden_cells(counts, SMALLEST)
    for cell in small(counts):
        assert is_secret(counts, hidden, cell) or not is_secret(counts, frozenset(counts), cell)
    turned = hidden_cells({(b, a): n for (a, b), n in counts.items()}, SMALLEST)
    assert turned == {(b, a) for a, b in hidden}


def test_customers_who_came_or_left_are_a_row_and_a_column_of_their_own() -> None:
    counts = {("a", "a"): 90, ("a", None): 3, (None, "a"): 20, ("b", "a"): 40, ("b", "b"): 80}
    hidden = hidden_cells(counts, SMALLEST)
    assert ("a", None) in hidden
    assert is_secret({cell: counts.get(cell, 0) for cell in whole(counts)}, hidden, ("a", None))


def whole(counts: dict) -> list:
    return [(a, b) for a in {a for a, _ in counts} for b in {b for _, b in counts}]


def small(counts: dict) -> list:
    return [cell for cell, n in counts.items() if 0 < n < SMALLEST]


def is_secret(counts: dict, hidden: frozenset, cell: tuple) -> bool:
    """Whether an attacker who solves for the hidden numbers finds more than one value for a cell.

    Linear programming over all tables with the same totals, the same shown cells and nothing
    below zero: an independent calculation of what the graph promises.
    """
    unknown = sorted(hidden, key=str)
    lines = [(place, key) for place in (0, 1) for key in {c[place] for c in unknown}]
    known = np.array([[float(c[place] == key) for c in unknown] for place, key in lines])
    totals = known @ np.array([counts.get(c, 0) for c in unknown], dtype=float)
    aim = np.array([float(c == cell) for c in unknown])
    least, most = (
        sign * linprog(sign * aim, A_eq=known, b_eq=totals, method="highs").fun for sign in (1, -1)
    )
    return bool(most - least > 0.5)


def test_what_two_groupings_agree_on_stays_as_far_as_it_can() -> None:
    counts = counts_of([[400, 3, 0, 4], [0, 300, 0, 0], [5, 0, 200, 0], [0, 0, 6, 100]])
    hidden = hidden_cells(counts, SMALLEST)
    assert all(is_secret(counts, hidden, cell) for cell in small(counts))
    assert {(at, at) for at in range(4)} - hidden


@pytest.mark.parametrize("rows", [[[3, 97]], [[3], [97]]])
def test_a_table_of_one_line_hides_the_small_number_alone(rows: list[list[int]]) -> None:
    assert hidden_cells(counts_of(rows), SMALLEST) == {(0, 0)}
