"""Scalers and algorithms compared: what the title says follows from the run's own segments."""

from __future__ import annotations

import pytest

from core.readmodels import RecipeScore
from dash_app.figures.recipe_agreement import recipe_agreement
from dash_app.theme import LIGHT


def recipe(scaler: str, algorithm: str, own: float, live: float | None = 0.8) -> RecipeScore:
    is_own = (scaler, algorithm) == ("standard", "kmeans")
    return RecipeScore(scaler, algorithm, is_own, own, live, 0.5, 0.9, (0.6, 0.4))


@pytest.mark.parametrize(
    ("by_scaler", "by_algorithm", "title"),
    [
        (0.5, 0.95, "The choice of scaler changes the segments more than the choice of algorithm"),
        (0.95, 0.5, "The choice of algorithm changes the segments more than the choice of scaler"),
        (0.95, 0.97, "Other scalers and algorithms find nearly the same segments"),
    ],
)
def test_the_title_says_which_choice_matters_more(
    by_scaler: float, by_algorithm: float, title: str
) -> None:
    chart = recipe_agreement(
        [
            recipe("standard", "kmeans", 1.0),
            recipe("standard", "gmm", by_algorithm),
            recipe("robust", "kmeans", by_scaler),
        ],
        theme=LIGHT,
    )
    assert chart.title == title
    assert "with the live segments" in chart.subtitle


def test_without_a_live_run_agreement_is_with_the_run_itself() -> None:
    chart = recipe_agreement([recipe("standard", "kmeans", 1.0, None)], theme=LIGHT)
    assert "run’s own segments" in chart.subtitle
    assert chart.figure["data"][0]["z"] == [[1.0]]


def test_what_finds_its_own_number_of_groups_is_told_and_takes_no_part_in_the_title() -> None:
    told = "2 groups by density; 31% of customers in none"
    dense = RecipeScore("standard", "dbscan", False, 0.2, 0.25, 0.8, None, (0.4, 0.29), told)
    ours = [recipe("standard", "kmeans", 1.0), recipe("robust", "kmeans", 0.95)]
    chart = recipe_agreement([*ours, recipe("standard", "ward", 0.97), dense], theme=LIGHT)
    assert chart.title == "Other scalers and algorithms find nearly the same segments"
    assert f"Standard scaling with DBSCAN: agreement 0.25; {told}." in chart.summary
    assert chart.table.rows[-1] == ("Standard", "DBSCAN", 0.25, 0.2, 0.8, None, told)
