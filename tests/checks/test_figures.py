"""What every figure keeps: one suite over FIGURES, in both themes, for banks of every shape."""

from __future__ import annotations

import importlib
import inspect
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from dash_app.figures.base import Chart
from dash_app.figures.registry import FIGURES
from dash_app.theme import DARK, LIGHT, Theme
from tests.dash_app.figures.samples import World, world
from tests.dash_app.labels import drawn_texts

HOSTILE = ('<i>R&D</i> "quoted" $1 and $2', "%{x} <br> \\alpha", "'; DROP TABLE --", "&lt;i&gt;")
LONG = (
    "Customers who used to pay everything by card and have now stopped doing so",
    "Donaudampfschifffahrtsgesellschaftskapitäne",
    "Internationally mobile professionals with several currencies",
    "A",
)
WORLDS = {
    "empty": world(0),
    "one segment": world(1),
    "four segments": world(4),
    "twenty segments": world(20),
    "long names": world(4, LONG),
    "hostile names": world(4, HOSTILE),
    "equal names": world(4, ("Savers", "Savers", "Savers", "Savers")),
}
FILLED = [name for name in WORLDS if name != "empty"]
Builder = Callable[..., Chart]


def drawn(builder: Builder, bank: World, theme: Theme = LIGHT) -> Chart:
    """Call a builder with the bank's fields that its positional parameters are named after."""
    arguments = []
    for parameter in inspect.signature(builder).parameters.values():
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            assert hasattr(bank, parameter.name), (
                f"{builder.__name__} asks for {parameter.name!r}, which the sample bank does not "
                "have. Use the name of a field of World, or add one to samples.py."
            )
            arguments.append(getattr(bank, parameter.name))
    return builder(*arguments, theme=theme)


@pytest.fixture(params=FIGURES.values(), ids=FIGURES.keys())
def builder(request: pytest.FixtureRequest) -> Builder:
    return request.param


@pytest.fixture(params=FILLED)
def bank(request: pytest.FixtureRequest) -> World:
    return WORLDS[request.param]


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return request.param


def test_a_figure_lives_in_the_file_of_its_name(builder: Builder) -> None:
    module = importlib.import_module(f"dash_app.figures.{builder.__name__}")
    assert getattr(module, builder.__name__) is builder
    assert module.__doc__


def test_a_figure_names_every_feature_whose_label_it_draws(builder: Builder) -> None:
    bank = world(4)
    chart = drawn(builder, bank)
    labels = {feature.label for feature in bank.features}
    named = {feature.label for feature in chart.table.features}
    assert labels & set(drawn_texts(chart.figure["layout"])) <= named


def test_a_figure_takes_theme_and_currency_by_name(builder: Builder) -> None:
    parameters = inspect.signature(builder).parameters
    assert parameters["theme"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["currency"].default == "USD"


def test_plotly_accepts_every_figure(builder: Builder, bank: World, theme: Theme) -> None:
    go.Figure(drawn(builder, bank, theme).figure)


def test_a_figure_is_plain_json_without_nan(builder: Builder, bank: World, theme: Theme) -> None:
    figure = drawn(builder, bank, theme).figure
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_a_figure_speaks(builder: Builder, bank: World) -> None:
    chart = drawn(builder, bank)
    assert len(chart.title) > 5
    assert len(chart.subtitle) > 10
    assert chart.summary.endswith(".")
    assert "None" not in chart.title + chart.subtitle + chart.summary
    assert "nan" not in (chart.title + chart.subtitle + chart.summary).lower().split()
    assert "title" not in chart.figure["layout"]
    assert chart.height == chart.figure["layout"]["height"]


def test_a_filled_figure_has_its_numbers_as_a_table(builder: Builder, bank: World) -> None:
    chart = drawn(builder, bank)
    assert not chart.is_empty
    assert chart.table.rows
    assert {len(row) for row in chart.table.rows} == {len(chart.table.columns)}
    numbers = [cell for row in chart.table.rows for cell in row if isinstance(cell, int | float)]
    assert numbers
    assert all(type(number) in (int, float) and math.isfinite(number) for number in numbers)


def test_the_empty_figure_says_why_and_what_to_do(builder: Builder, theme: Theme) -> None:
    chart = drawn(builder, WORLDS["empty"], theme)
    assert chart.is_empty
    assert chart.figure["data"] == []
    (note,) = chart.figure["layout"]["annotations"]
    assert len(note["text"]) > 20
    assert chart.title
    assert chart.summary.count(".") >= 2
    go.Figure(chart.figure)


def test_names_are_printed_as_they_are(builder: Builder) -> None:
    figure = drawn(builder, WORLDS["hostile names"]).figure
    for text in _texts(figure):
        assert "<i>" not in text
        assert "$" not in text
        assert "R&D" not in text


def test_only_templates_of_our_own_are_filled_in(builder: Builder) -> None:
    for key, text in _keyed_texts(drawn(builder, WORLDS["hostile names"]).figure):
        if key in ("texttemplate", "hovertemplate"):
            assert "%{x}" not in text


def test_hovering_reads_as_a_sentence(builder: Builder, bank: World) -> None:
    for trace in drawn(builder, bank).figure["data"]:
        if trace.get("hoverinfo") == "skip":
            continue
        said = [trace["hovertext"]] if "hovertext" in trace else _sankey_words(trace)
        texts = [text for text in _texts(said) if text]
        assert texts
        assert all(text.endswith(".") for text in texts)


def test_bars_start_at_zero(builder: Builder, bank: World) -> None:
    figure = drawn(builder, bank).figure
    for trace in figure["data"]:
        if trace["type"] == "bar" and "base" not in trace:
            along = "x" if trace.get("orientation") == "h" else "y"
            name = trace.get(f"{along}axis", along).replace(along, f"{along}axis")
            low, high = figure["layout"][name]["range"]
            assert low <= 0 <= high


def test_a_theme_uses_its_own_colours(builder: Builder, bank: World, theme: Theme) -> None:
    other = DARK if theme is LIGHT else LIGHT
    text = json.dumps(drawn(builder, bank, theme).figure)
    for colour in (other.ink, other.muted, other.line, other.accent, other.segments[1]):
        if colour != "#D55E00":  # the low end of the diverging scale, in both themes
            assert colour not in text


def test_the_same_data_give_the_same_figure(builder: Builder, bank: World) -> None:
    assert drawn(builder, bank) == drawn(builder, bank)


def test_every_figure_is_described(builder: Builder) -> None:
    guide = Path(__file__).parents[2] / "docs" / "add-a-figure.md"
    assert f"`{builder.__name__}`" in guide.read_text(encoding="utf-8")


def _sankey_words(trace: dict[str, Any]) -> list[Any]:
    return [trace["node"]["customdata"], trace["link"]["customdata"]]


def _texts(value: object) -> Iterator[str]:
    return (text for _, text in _keyed_texts(value))


def _keyed_texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _keyed_texts(item, name)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _keyed_texts(item, key)
