"""Two runs side by side: which is taken, what is told of both, what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.lens import LensFeature, Scaler
from core.readmodels import RunId, VerdictLevel
from dash_app.tabs.runs.beside import beside_card, beside_table
from dash_app.tabs.runs.reading import Beside, History, run_beside
from tests.dash_app.profiles.builders import hrefs_of, text_of
from tests.dash_app.tabs.runs.builders import detail, history, run

LIVE, OLD, NEW = run(2, "published"), run(1, "superseded"), run(3)
LABELS = {"a": "Age", "b": "Balance", "c": "Card debt"}
LENSES = {"behavioural": "Behavioural"}


def beside() -> Beside:
    """A run beside another of one more segment, another scaler and other inputs."""
    mine = detail(NEW, VerdictLevel.WEAK, k=3)
    (lens,) = mine.lenses
    features = (LensFeature(name="a"), LensFeature(name="c"))
    spec = lens.spec.model_copy(update={"scaler": Scaler.ROBUST, "features": features})
    summary = replace(lens.summary, k=3)
    return Beside(
        replace(mine, lenses=(replace(lens, spec=spec, summary=summary),)), detail(LIVE), LABELS
    )


def test_every_parameter_and_figure_of_both_is_a_row_and_what_differs_is_marked() -> None:
    assert [column.label for column in beside_table(beside(), LENSES).columns] == [
        "View", "Fact", "Run 3", "Run 2", "Compared",
    ]  # fmt: skip
    view = "Behavioural"
    assert beside_table(beside(), LENSES).rows == (
        ("The run", "Data to", "31 Dec 1995", "31 Dec 1995", "same"),
        ("The run", "Asked for", *["All views, 3 to 6 segments"] * 2, "same"),
        ("The run", "Seed", "7", "7", "same"),
        ("The run", "Libraries", "numpy 2.4.6", "numpy 2.4.6", "same"),
        (view, "Segments", "3", "2", "differs"),
        (view, "Verdict", "Weak", "Usable with care", "differs"),
        (view, "Inputs", "Age, Card debt", "Age, Balance", "differs"),
        (view, "Segments tried", "3 to 5", "3 to 5", "same"),
        (view, "Scale of the inputs", "Robust: median and quartiles",
         "Standard: mean 0, deviation 1", "differs"),
        (view, "Algorithm", "k-means", "k-means", "same"),
        (view, "Inertia", "10.5", "10.5", "same"),
        (view, "Silhouette", "0.400", "0.400", "same"),
        (view, "Silhouette of the mean segment", "0.410", "0.410", "same"),
        (view, "Calinski–Harabasz", "123.0", "123.0", "same"),
        (view, "Davies–Bouldin", "0.900", "0.900", "same"),
        (view, "Least stable segment", "0.620", "0.620", "same"),
        (view, "Model", "3f9a3f9a3f9a", "3f9a3f9a3f9a", "same"),
    )  # fmt: skip


def test_a_view_that_one_of_them_lacks_is_told_with_nothing_beside_it() -> None:
    two = beside()
    alone = replace(two, other=replace(two.other, lenses=()))
    rows = beside_table(alone, LENSES).rows
    assert (("Behavioural", "Segments", "3", "no data", "differs")) in rows


def test_the_card_counts_what_differs_and_offers_the_other_runs() -> None:
    runs = history(NEW, LIVE, OLD)
    card = beside_card(beside(), runs, None, lambda other: f"/runs?run=3&with={other}")
    said = text_of(card)
    assert said.startswith("Run 3 beside run 2: 4 of 17 facts differ")
    assert "Behavioural Verdict Weak Usable with care" in said
    assert "13 facts of both runs the same" in said
    assert "The run Seed 7 The run Libraries" in said
    assert hrefs_of(card) == ["/runs?run=3&with=2", "/runs?run=3&with=1"]


@pytest.mark.parametrize(("wanted", "is_told"), [(None, False), (2, False), (3, True), (9, True)])
def test_a_run_that_cannot_be_set_beside_is_told(wanted: int | None, is_told: bool) -> None:
    asked = None if wanted is None else RunId(wanted)
    said = text_of(beside_card(beside(), history(NEW, LIVE, OLD), asked, lambda run: f"/{run}"))
    assert (f"Run {wanted} cannot be set beside this one" in said) is is_told
    assert ("You see run 2." in said) is is_told


def test_a_view_called_anew_is_the_same_view() -> None:
    two = beside()
    (lens,) = two.other.lenses
    called = replace(lens, summary=replace(lens.summary, label="Conduct"))
    rows = beside_table(replace(two, other=replace(two.other, lenses=(called,))), LENSES).rows
    assert rows == beside_table(two, LENSES).rows


def test_a_score_that_is_not_known_is_no_data() -> None:
    two = beside()
    (lens,) = two.run.lenses
    unknown = tuple(replace(score, silhouette=float("nan")) for score in lens.scores)
    mine = replace(two.run, lenses=(replace(lens, scores=unknown),))
    rows = beside_table(replace(two, run=mine), LENSES).rows
    assert ("Behavioural", "Silhouette", "no data", "0.400", "differs") in rows


@pytest.mark.parametrize(
    ("runs", "wanted", "found"),
    [
        (history(NEW, LIVE, OLD), None, LIVE),
        (history(NEW, LIVE, OLD), RunId(1), OLD),
        (history(NEW, LIVE, OLD), RunId(9), LIVE),
        (history(LIVE, OLD), None, OLD),
        (history(NEW, run(4, "failed", lenses=()), OLD), None, OLD),
        (history(OLD), None, None),
        (history(run(4, "failed", lenses=()), OLD), None, None),
        (history(), None, None),
    ],
)
def test_a_run_is_set_beside_the_one_asked_for_else_the_live_else_the_one_before(
    runs: History, wanted: RunId | None, found: object
) -> None:
    assert run_beside(runs, wanted) == found
