"""The real card holders' file gives the numbers that the original system worked with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.features.base import Feature, Side
from core.features.build import build_features
from core.lens import Impute, LensFeature, LensSpec
from core.preparation import fit_preparation
from core.segmentation.base import Matrix
from core.segmentation.components import OnComponents
from core.segmentation.kmeans import KMeans
from core.segmentation.principal_axes import principal_axes
from core.sources.canonical import SourceRead, read_source
from core.sources.columns import plain
from core.sources.spec import load_spec

pytestmark = pytest.mark.real_data

FILE = "CC GENERAL.csv"
AS_OF = date(2020, 12, 31)
VARIANCE = (0.273, 0.476, 0.565, 0.639, 0.701, 0.759, 0.808, 0.851, 0.889, 0.919, 0.943, 0.961)
WITHOUT_UNDERSCORES = (
    "ONEOFF_PURCHASES_FREQUENCY",
    "PURCHASES_INSTALLMENTS_FREQUENCY",
    "CASH_ADVANCE_FREQUENCY",
    "CASH_ADVANCE_TRX",
    "PRC_FULL_PAYMENT",
)


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "cc_general"


@pytest.fixture(scope="module")
def cards(folder: Path) -> Iterator[SourceRead]:
    with read_source(load_spec("cards"), folder, as_of=AS_OF) as read:
        yield read


@pytest.fixture(scope="module")
def table(cards: SourceRead) -> tuple[pd.DataFrame, tuple[Feature, ...]]:
    return build_features(cards.tables)


@pytest.fixture(scope="module")
def original(table: tuple[pd.DataFrame, tuple[Feature, ...]]) -> Matrix:
    """The seventeen measures as the original prepared them: zeros for missing, z-scores."""
    frame, features = table
    measures = list(frame.columns[:17])
    lens = LensSpec(
        name="original",
        label="Original",
        side=Side.BEHAVIOURAL,
        question="As the original system saw them?",
        features=tuple(LensFeature(name=m, impute=Impute.ZERO, cap=None) for m in measures),
    )
    return fit_preparation(frame, features, lens).transform(frame)


def test_every_row_is_accepted(cards: SourceRead) -> None:
    assert [(f.rows_read, f.rows_rejected) for f in cards.files] == [(8_950, 0)]
    assert cards.warnings == ()


def test_what_does_not_hold_is_reported_and_kept(cards: SourceRead) -> None:
    assert {f.check: f.count for f in cards.integrity if not f.passed} == {
        "card_holders: range of CASH_ADVANCE_FREQUENCY": 8,
        "minimum payments are known": 313,
        "credit limits are known": 1,
        "balances within the limit": 227,
        "purchases add up": 19,
        "purchases are counted": 6,
    }


def test_features_are_the_files_measures_to_the_last_digit(
    table: tuple[pd.DataFrame, tuple[Feature, ...]], folder: Path
) -> None:
    raw = pd.read_csv(folder / FILE, index_col="CUST_ID").sort_index()
    frame = table[0]
    assert frame.index.tolist() == raw.index.tolist()
    np.testing.assert_array_equal(frame.iloc[:, :17].to_numpy(dtype=float), raw.to_numpy())


def test_names_without_underscores_are_the_same_file(
    cards: SourceRead, folder: Path, tmp_path: Path
) -> None:
    header, rows = (folder / FILE).read_text().split("\n", 1)
    for name in WITHOUT_UNDERSCORES:
        assert name in header
        header = header.replace(name, name.replace("_", ""))
    (tmp_path / FILE).write_text(f"{header.lower()}\n{rows}")
    with read_source(load_spec("cards"), tmp_path, as_of=AS_OF) as read:
        assert read.fingerprint == cards.fingerprint
    assert all(plain(name) in plain(header) for name in WITHOUT_UNDERSCORES)


def test_the_prepared_measures_are_z_scores_with_zeros_for_missing(
    original: Matrix, folder: Path
) -> None:
    raw = pd.read_csv(folder / FILE, index_col="CUST_ID").sort_index().fillna(0.0)
    expected = (raw - raw.mean()) / raw.std(ddof=0)
    np.testing.assert_allclose(original, expected.to_numpy(), atol=1e-5)


def test_principal_components_explain_what_they_did(original: Matrix) -> None:
    explained = principal_axes(original).explained_variance.cumsum()
    np.testing.assert_allclose(explained[:12], VARIANCE, atol=0.0006)


@pytest.mark.parametrize(("k", "inertia"), [(3, 111_967.5), (4, 99_055.6), (5, 91_484.2)])
def test_segments_of_all_measures_are_as_tight(original: Matrix, k: int, inertia: float) -> None:
    found = KMeans().fit(original, k, seed=1, restarts=20)
    assert found.inertia <= inertia * 1.0001
    if k == 4:
        assert sorted(found.sizes.tolist()) == pytest.approx([409, 1197, 3367, 3977], abs=20)


def test_segments_on_two_components_are_as_tight_and_as_large(original: Matrix) -> None:
    found = OnComponents(KMeans(), 2).fit(original, 4, seed=1, restarts=50)
    assert found.inertia <= 24_555.4 * 1.005
    assert sorted(found.sizes.tolist()) == pytest.approx([505, 1246, 3284, 3915], rel=0.005)


def test_missing_measures_stay_missing_until_a_lens_says_what_stands_for_them(
    table: tuple[pd.DataFrame, tuple[Feature, ...]],
) -> None:
    """The original made a minimum payment of 0 of what nobody knew."""
    frame, features = table
    assert frame["minimum_payments_total"].isna().sum() == 313
    assert frame["credit_limit"].isna().sum() == 1
    lens = next(one for one in load_spec("cards").lenses if one.name == "behavioural")
    assert {use.impute for use in lens.features} == {Impute.MEDIAN}
    assert all(use.log for use in lens.features if not use.name.endswith("_share"))
    assert np.isfinite(fit_preparation(frame, features, lens).transform(frame)).all()
