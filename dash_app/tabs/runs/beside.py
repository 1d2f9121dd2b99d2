"""Two runs side by side: how each was asked for and made, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan

from dash import html
from dash.development.base_component import Component

from core.readmodels import KScore, RunId
from core.segmentation.labels import ALGORITHM_LABELS
from dash_app.components.cards import card
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.components.lenses import menu_link
from dash_app.components.menus import menu
from dash_app.components.tables import Column, rows_table
from dash_app.figures.base import Table, TableColumn, table
from dash_app.figures.text import plural
from dash_app.formats import NO_DATA, day
from dash_app.tabs.runs.reading import (
    Beside,
    History,
    LensDetail,
    RunDetail,
    others_to_compare,
)
from dash_app.tabs.runs.words import SCALER_LABELS, choices_in_words, range_words

_RUN = ""  # what is told of the run itself, not of one of its views
_SAME, _DIFFERS = "same", "differs"

Fact = tuple[str, str, str]  # of which view (its name), what it is, in words


def beside_card(
    found: Beside, history: History, wanted: RunId | None, address: Callable[[RunId], str]
) -> Component:
    """Return both runs' parameters and figures; ``address`` gives the URL with another run.

    Where the run ``wanted`` cannot be set beside the one in view, that is said.
    """
    compared = beside_table(found, history.labels)
    differing = [row[:-1] for row in compared.rows if row[-1] == _DIFFERS]
    same = [row[:-2] for row in compared.rows if row[-1] == _SAME]
    other = found.other.summary
    title = (
        f"Run {found.run.summary.run_id} beside run {other.run_id}: {len(differing)} "
        f"of {len(compared.rows)} facts differ"
    )
    items = [
        menu_link(f"Run {run.run_id}", address(run.run_id), run == other)
        for run in others_to_compare(history)
    ]
    label = f"Beside run {other.run_id}. Choose another"
    heads = [Column(column.label) for column in compared.columns]
    alike = f"{plural(len(same), 'fact')} of both runs the same"
    instead = (
        f"Run {wanted} cannot be set beside this one: it is this one itself, has no segments, or "
        f"is not among the runs listed above. You see run {other.run_id}."
    )
    return card(
        title,
        *([notice(instead, Tone.PLAIN)] if wanted not in (None, other.run_id) else []),
        *([rows_table(heads[:-1], differing, caption=title)] if differing else []),
        html.Details(
            [
                html.Summary(alike),
                rows_table([*heads[:2], Column("Both runs")], same, caption=alike),
            ],
            className="twin",
        ),
        subtitle="Figures are of the number of segments that was chosen",
        tools=(menu(f"Run {other.run_id}", *items, label=label, class_name="card-choice"),),
        class_name="runs-beside",
    )


def beside_table(found: Beside, lenses: Mapping[str, str]) -> Table:
    """Return a row per fact: of the run and of every view that either has.

    ``lenses`` are labels of views by name.
    """
    mine, theirs = (_facts(one, lenses, found.labels) for one in (found.run, found.other))
    keys = list(dict.fromkeys([*mine, *theirs]))
    called = {_RUN: "The run"}
    for run in (found.other, found.run):  # as the run in view calls them, where it has them
        called.update({lens.summary.name: lens.summary.label for lens in run.lenses})
    rows = []
    for key in sorted(keys, key=lambda one: _place(one, keys)):
        here, there = mine.get(key, NO_DATA), theirs.get(key, NO_DATA)
        same = _SAME if here == there else _DIFFERS
        rows.append((called[key[0]], key[1], here, there, same))
    runs = (f"Run {run.summary.run_id}" for run in (found.run, found.other))
    heads = ("View", "Fact", *runs, "Compared")
    return table(tuple(TableColumn(head) for head in heads), rows)


def _place(key: tuple[str, str], keys: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Return where a fact stands: with the others of its view, views as they come."""
    views = list(dict.fromkeys(view for view, _ in keys))
    return views.index(key[0]), keys.index(key)


def _facts(
    found: RunDetail, lenses: Mapping[str, str], labels: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    run = found.summary
    prints = dict(found.details.models)
    facts: list[Fact] = [
        (_RUN, "Data to", day(run.as_of)),
        (_RUN, "Asked for", choices_in_words(run.config, lenses)),
        (_RUN, "Seed", str(run.seed)),
        (_RUN, "Libraries", ", ".join(f"{n} {v}" for n, v in found.details.versions)),
    ]
    for lens in found.lenses:
        facts += _lens_facts(lens, labels)
        facts.append((lens.summary.name, "Model", prints.get(lens.summary.name, "")[:12]))
    return {(view, fact): words for view, fact, words in facts}


def _lens_facts(lens: LensDetail, labels: Mapping[str, str]) -> list[Fact]:
    spec, view = lens.spec, lens.summary.name
    inputs = sorted(labels.get(name, name) for name in spec.feature_names)
    facts = [
        (view, "Segments", str(lens.summary.k)),
        (view, "Verdict", lens.summary.verdict.value),
        (view, "Inputs", ", ".join(inputs)),
    ]
    if spec.grouping is not None:
        return [*facts, (view, "Algorithm", "none, groups by rule")]
    chosen = next((score for score in lens.scores if score.chosen), None)
    return [
        *facts,
        (view, "Segments tried", range_words(spec)),
        (view, "Scale of the inputs", SCALER_LABELS[spec.scaler]),
        (view, "Algorithm", ALGORITHM_LABELS.get(spec.algorithm, spec.algorithm)),
        *((view, fact, words) for fact, words in _figures(chosen)),
    ]


def _figures(score: KScore | None) -> list[tuple[str, str]]:
    """Return the figures of the number that was chosen; none where a model was taken over."""
    if score is None:
        return []
    known = (
        ("Inertia", score.inertia, ",.1f"),
        ("Silhouette", score.silhouette, ".3f"),
        ("Silhouette of the mean segment", score.silhouette_macro, ".3f"),
        ("Calinski–Harabasz", score.calinski_harabasz, ",.1f"),
        ("Davies–Bouldin", score.davies_bouldin, ".3f"),
        ("Least stable segment", score.jaccard_min, ".3f"),
    )
    return [(name, NO_DATA if isnan(value) else f"{value:{form}}") for name, value, form in known]
