"""The measures that a source's files state ready-made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import ConfigurationError
from core.features.base import Sensitivity
from core.features.demographics import Demographics
from core.features.measures import Measures
from tests.core.features.builders import ATTRIBUTES, MEASURES, Bank, customer, values

BANK = Bank([customer("a", calls=7)], None, None, attributes=(*ATTRIBUTES, *MEASURES))


def test_behavioural_attributes_are_measures_and_demographic_ones_are_not() -> None:
    assert values(BANK, Measures()) == {"calls": 7}
    assert "calls" not in values(BANK, Demographics())


def test_a_source_without_measures_has_none() -> None:
    assert Measures().features(replace(BANK, attributes=ATTRIBUTES).tables()) == ()


def test_a_measure_from_a_sensitive_column_is_refused() -> None:
    sensitive = replace(MEASURES[0], sensitivity=Sensitivity.SENSITIVE)
    with pytest.raises(ConfigurationError, match="come from sensitive columns: calls"):
        Measures().features(replace(BANK, attributes=(sensitive,)).tables())
