"""The attributes that a source states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import ConfigurationError
from core.features.base import Sensitivity
from core.features.demographics import Demographics
from tests.core.features.builders import ATTRIBUTES, Bank, customer, values


def test_attributes_are_passed_on_and_missing_categories_are_unknown() -> None:
    bank = Bank([customer("a", gender=None, education=None, income_yearly=None, children=0)])

    assert values(bank, Demographics()) == {
        "age_years": 40.0,
        "income_yearly": None,
        "children": 0,
        "gender": "Unknown",
        "education": "Unknown",
    }


def test_a_direct_identifier_is_refused() -> None:
    attributes = (replace(ATTRIBUTES[0], sensitivity=Sensitivity.DIRECT),)

    with pytest.raises(ConfigurationError, match="marked direct: age_years"):
        Demographics().features(Bank([customer("a")], attributes=attributes).tables())
