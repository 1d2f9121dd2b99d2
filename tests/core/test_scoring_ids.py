"""Answers by id; and what the original scoring service got wrong, planted on small data."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from core.features.base import Feature, Kind, Sensitivity, Side
from core.lens import Impute, LensFeature, LensSpec
from core.pipeline.results import DatasetInfo, SegmentationResult, StoredSnapshot
from core.pipeline.steps import fit_lens
from core.readmodels import SnapshotId, VerdictLevel
from core.scoring_ids import IdAnswer, Standing, answer_ids
from core.segmentation.model import SegmentationModel

LEVELS = ("Employed", "Retired", "Student")
AS_OF = date(2024, 12, 31)


def _feature(name: str, kind: Kind, **changes: object) -> Feature:
    return Feature(
        name, name.capitalize(), f"{name}.", "measures", Side.BEHAVIOURAL, kind,
        sensitivity=Sensitivity.ORDINARY, low_words=f"low {name}", high_words=f"high {name}",
        missing_allowed=True, **changes,  # type: ignore[arg-type]
    )  # fmt: skip


FEATURES = (
    _feature("funds", Kind.MONEY),
    _feature("logins", Kind.COUNT, unit="logins"),
    _feature("work", Kind.CATEGORY),
    _feature("never_traded", Kind.FLAG),
)


def _lens(*names: str, k: int, most: int | None = None) -> LensSpec:
    return LensSpec(
        name="planted",
        label="Planted",
        side=Side.BEHAVIOURAL,
        question="How?",
        features=tuple(LensFeature(name=name, impute=Impute.MEAN, cap_sd=5) for name in names),
        k_min=k,
        k_max=most or k,
        value="funds",
    )


def _planted(clients: int = 450) -> pd.DataFrame:
    """Three groups of equal size; 2 % of all clients, in every group, never traded."""
    draw = np.random.default_rng(5)
    group = np.arange(clients) % 3
    return pd.DataFrame(
        {
            "funds": draw.normal(np.array([10, 40, 70])[group], 4),
            "logins": np.round(draw.normal(np.array([50, 8, 25])[group], 3).clip(0)),
            "work": np.array(LEVELS)[group],
            "never_traded": (draw.permutation(clients) < 0.02 * clients).astype(int),
        },
        index=pd.Index([f"{at:04d}" for at in range(clients)], name="customer_id"),
    )


def _result(frame: pd.DataFrame, lens: LensSpec) -> SegmentationResult:
    info = DatasetInfo("planted", "Planted", "USD")
    snapshot = StoredSnapshot(SnapshotId(1), info, AS_OF, FEATURES, (lens,), frame)
    return fit_lens(snapshot, lens, None, seed=0)


def _fitted(frame: pd.DataFrame, lens: LensSpec) -> tuple[SegmentationModel, np.ndarray]:
    result = _result(frame, lens)
    return result.model, result.assignments.segment


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return _planted()


@pytest.fixture(scope="module")
def fitted(frame: pd.DataFrame) -> tuple[SegmentationModel, np.ndarray]:
    return _fitted(frame, _lens("funds", "logins", "work", k=3))


def _values(frame: pd.DataFrame, ids: list[str]) -> dict[str, dict[str, float | str | None]]:
    rows = frame.loc[ids].to_dict("records")
    return {one: {str(k): v for k, v in row.items()} for one, row in zip(ids, rows, strict=True)}


def test_each_id_is_answered_in_the_order_asked(
    frame: pd.DataFrame, fitted: tuple[SegmentationModel, np.ndarray]
) -> None:
    model, segment = fitted
    by_id = dict(zip(frame.index, segment, strict=True))
    asked = random.Random(1).sample(list(frame.index), 40)
    asked = [*asked[:10], "nobody", *asked[10:], "gone", asked[0]]
    answers = answer_ids(
        model, asked, _values(frame, asked[:10] + asked[11:41]), {"gone": "inactive"}
    )
    assert [one.asked for one in answers] == asked
    assert answers[10] == IdAnswer("nobody", Standing.UNKNOWN)
    assert answers[41] == IdAnswer("gone", Standing.LEFT_OUT, "inactive")
    assert (answers[10].said, answers[41].said) == ("unknown", "inactive")
    scored = [one for one in answers if one.standing is Standing.SCORED]
    assert [one.segment for one in scored] == [by_id[one.asked] for one in scored]


def test_a_client_alone_is_answered_as_in_any_company(
    frame: pd.DataFrame, fitted: tuple[SegmentationModel, np.ndarray]
) -> None:
    """The original made one-hot columns of what it was asked to score: alone, all were baseline."""
    model, _ = fitted
    together = answer_ids(model, list(frame.index), _values(frame, list(frame.index)), {})
    for at in (0, 1, 2):
        one = str(frame.index[at])
        assert answer_ids(model, [one], _values(frame, [one]), {}) == (together[at],)
    alone = pd.get_dummies(frame.work.iloc[[1]], drop_first=True)
    assert alone.shape[1] == 0  # what the original was left with


def test_a_missing_number_takes_the_mean_of_the_training_not_of_the_batch(
    frame: pd.DataFrame, fitted: tuple[SegmentationModel, np.ndarray]
) -> None:
    model, _ = fitted
    asked = str(frame.index[0])
    lacking = {asked: {**_values(frame, [asked])[asked], "funds": None}}
    rich = list(frame.index[frame.funds > 60][:30])
    poor = list(frame.index[(frame.funds < 20) & (frame.index != asked)][:30])
    answers = [
        answer_ids(model, [asked, *company], {**_values(frame, company), **lacking}, {})[0]
        for company in (rich, poor, [])
    ]
    assert answers[0] == answers[1] == answers[2]
    numeric = next(column for column in model.columns if column.feature == "funds")
    assert numeric.impute == pytest.approx(frame.funds.mean())  # type: ignore[union-attr]


def test_columns_are_in_the_lenss_order_whatever_the_order_they_come_in(
    frame: pd.DataFrame, fitted: tuple[SegmentationModel, np.ndarray]
) -> None:
    model, _ = fitted
    assert [column.feature for column in model.columns] == ["funds", "logins", "work"]
    asked = list(frame.index[:5])
    turned = {one: dict(reversed(list(row.items()))) for one, row in _values(frame, asked).items()}
    assert answer_ids(model, asked, turned, {}) == answer_ids(
        model, asked, _values(frame, asked), {}
    )


def test_few_clients_with_a_rare_flag_do_not_become_a_segment(frame: pd.DataFrame) -> None:
    """The original z-scored the flag, so that it weighed as much as seven standard deviations."""
    flagged = frame.never_traded.to_numpy() == 1
    plain = frame[["funds", "logins", "never_traded"]]
    z_scored = (plain - plain.mean()) / plain.std()
    original = KMeans(4, n_init=20, random_state=0).fit_predict(z_scored)
    assert any(np.array_equal(original == label, flagged) for label in range(4))
    ours = _result(frame, _lens("funds", "logins", "never_traded", k=3, most=5))
    assert ours.k == 3
    segment = ours.assignments.segment
    assert all(flagged[segment == label].mean() < 0.1 for label in range(3))
    forced = _result(frame, _lens("funds", "logins", "never_traded", k=4))
    assert forced.verdict.level is not VerdictLevel.STRONG
    assert not next(test for test in forced.verdict.tests if "size" in test.name.lower()).passed
