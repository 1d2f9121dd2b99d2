from __future__ import annotations

import pandas as pd
import pytest

from core.features.base import Feature, Kind, Side
from core.lens import LensFeature, LensSpec
from core.lens_advice import input_findings

TWENTY = range(20)


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        (Kind.MONEY, [5.0] * 20, "is the same for every customer"),
        (Kind.CATEGORY, ["Wealth"] * 20, "is the same for every customer"),
        (Kind.MONEY, [None] * 3 + [1.0, 2.0] * 8 + [3.0], "is missing for 15% of customers"),
        (Kind.CATEGORY, ["Unknown"] * 3 + ["A"] * 17, "is missing for 15% of customers"),
        (Kind.CATEGORY, [f"City {at // 2}" for at in TWENTY], "has 10 kinds, more than 9"),
        (Kind.CATEGORY, [f"City {at // 3}" for at in TWENTY], ""),
        (Kind.MONEY, [None, None, *(float(at) for at in range(18))], ""),
    ],
)
def test_an_input_that_says_little_is_named(kind: Kind, values: list[object], said: str) -> None:
    feature = Feature("x", "Fees", "Fees.", "m", Side.BEHAVIOURAL, kind)
    lens = LensSpec(
        name="how",
        label="How",
        side=Side.BEHAVIOURAL,
        question="How?",
        features=(LensFeature(name="x"),),
    )
    found = input_findings(pd.DataFrame({"x": values}), [feature], lens)
    expected = [f"Fees {said}: leave it out of the lens “How”."] if said else []
    assert [one.sentence for one in found] == expected
