from __future__ import annotations

import pytest

from core.errors import UsageError
from core.scoring import scorer
from core.scoring_ids import IdAnswer, Standing
from core.scoring_objects import answer_objects, require_values
from core.scoring_one import SingleScorer
from tests.builders import model

INPUTS = ("age_years", "marital_status", "recency_days")
ROW = {"age_years": 30.0, "marital_status": "single", "recency_days": 3.0}


def test_every_mistake_of_every_row_is_told_at_once() -> None:
    rows = [ROW, {"age_years": "old", "marital_status": 1}, {**ROW, "age_years": float("nan")}]
    with pytest.raises(UsageError) as refusal:
        require_values(rows, INPUTS, ["marital_status"])
    assert str(refusal.value) == (
        "rows[1].age_years is 'old'; give a finite number, or null where it is not known. "
        "rows[1].marital_status is 1; give text, or null where it is not known. "
        "rows[1] lacks recency_days; give every input, null where one is not known. "
        "rows[2].age_years is nan; give a finite number, or null where it is not known."
    )


@pytest.mark.parametrize("value", [True, 0, -5, 1e300, None])
def test_numbers_flags_and_what_is_not_known_are_values(value: object) -> None:
    require_values([{**ROW, "age_years": value}], INPUTS, ["marital_status"])


@pytest.mark.parametrize("value", [10**400, float("inf"), -1e301, "5", [5], {}])
def test_what_arithmetic_cannot_bear_is_no_value(value: object) -> None:
    with pytest.raises(UsageError, match=r"rows\[0\]\.age_years is"):
        require_values([{**ROW, "age_years": value}], INPUTS, ["marital_status"])


def test_a_long_value_is_not_repeated_in_full() -> None:
    with pytest.raises(UsageError) as refusal:
        require_values([{**ROW, "age_years": "x" * 10_000}], INPUTS, [])
    assert len(str(refusal.value)) < 300


def test_a_row_alone_and_among_others_gets_the_same_answer() -> None:
    single = SingleScorer(scorer(model("behavioural")))
    rows = [
        ROW,
        {**ROW, "age_years": None},
        {**ROW, "marital_status": "divorced"},
        {**ROW, "recency_days": 0.0},
        {**ROW, "age_years": 500.0, "shoes": 44.0},
    ]
    names = [str(at) for at in range(len(rows))]
    together = answer_objects(single, rows, names)
    alone = [
        answer_objects(single, [row], [name])[0] for row, name in zip(rows, names, strict=True)
    ]
    assert list(together) == alone
    assert together[3] == IdAnswer("3", Standing.SCORED, segment=2)  # by rule
    assert together[1].warnings == ("age_years: missing",)
    assert answer_objects(single, [], []) == ()
