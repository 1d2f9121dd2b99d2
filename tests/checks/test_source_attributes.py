"""What every attribute of a shipped source promises to those who read about it."""

from __future__ import annotations

from collections import Counter

import pytest

from core.features.base import Feature, Kind, Sensitivity, Side
from core.sources.columns import ColumnType, Role
from core.sources.spec import catalogue, load_spec

NEEDS_A_UNIT = {Kind.COUNT, Kind.DAYS, Kind.YEARS, Kind.NUMBER}
OF_SOURCES = [
    pytest.param(feature, id=f"{name}-{feature.name}")
    for name in catalogue()
    for feature in load_spec(name).attribute_features
]


@pytest.mark.parametrize("feature", OF_SOURCES)
def test_an_attribute_can_be_understood(feature: Feature) -> None:
    assert 3 <= len(feature.label) <= 48
    assert feature.label[0].isupper()
    assert feature.description[0].isupper()
    assert feature.description.endswith(".")
    assert bool(feature.unit) == (feature.kind in NEEDS_A_UNIT)
    assert bool(feature.levels) == (feature.kind is Kind.ORDINAL)
    if feature.is_numeric:
        assert feature.low_words != feature.high_words
        assert feature.low_words
        assert feature.high_words


@pytest.mark.parametrize("feature", OF_SOURCES)
def test_what_identifies_is_no_attribute_and_behaviour_is_not_sensitive(feature: Feature) -> None:
    assert feature.sensitivity is not Sensitivity.DIRECT
    if feature.side is Side.BEHAVIOURAL:
        assert feature.sensitivity is Sensitivity.ORDINARY


@pytest.mark.parametrize("name", catalogue())
def test_labels_and_words_of_a_source_are_unique(name: str) -> None:
    features = load_spec(name).attribute_features
    for words in (
        [feature.label for feature in features],
        [feature.low_words for feature in features if feature.low_words],
        [feature.high_words for feature in features if feature.high_words],
    ):
        assert [one for one, times in Counter(words).items() if times > 1] == []


@pytest.mark.parametrize("name", catalogue())
def test_no_lens_measures_distances_between_keys_post_codes_or_places(name: str) -> None:
    spec = load_spec(name)
    columns = {one.name: spec.column(one.column) for one in spec.attributes}
    inputs = {feature for lens in spec.lenses for feature in lens.feature_names}
    barred = {Role.ID, Role.DIRECT_IDENTIFIER, Role.PROXY}
    assert [one for one in inputs & columns.keys() if columns[one].role in barred] == []


@pytest.mark.parametrize("name", catalogue())
def test_keys_and_post_codes_are_text_so_that_leading_zeros_stay(name: str) -> None:
    codes = ("zip", "postal", "pin_code")
    read_as_numbers = [
        column
        for table in load_spec(name).tables.values()
        for column, spec in table.read_columns.items()
        if (
            (column,) == tuple(table.key)
            or column in table.references
            or any(code in column.casefold() for code in codes)
        )
        and spec.type not in (ColumnType.TEXT, ColumnType.CODE)
    ]
    assert read_as_numbers == []
