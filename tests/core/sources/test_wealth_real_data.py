"""The real investors' files give the numbers that the original system worked with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.errors import UsageError
from core.features.base import Feature
from core.features.build import build_features
from core.lens import Scaler
from core.preparation import fit_preparation
from core.segmentation.base import Matrix
from core.segmentation.kmeans import KMeans
from core.sources.canonical import SourceRead, read_source
from core.sources.spec import load_spec

pytestmark = pytest.mark.real_data

TRAINING = "final-wms-customer-training-dataset.csv"
AS_OF = date(2022, 12, 31)
INERTIA = ((2, 107_584.5), (3, 72_758.2), (4, 48_126.5), (5, 41_636.7), (6, 36_881.7), (7, 32_492))
CENTROIDS = ((6.841, 4.174, 8.024), (1.575, 2.527, 2.985), (1.809, 6.028, 6.343))
SIZES = (1_505, 4_215, 4_280)
INVESTORS = next(lens for lens in load_spec("wealth").lenses if lens.name == "investors")
Table = tuple[pd.DataFrame, tuple[Feature, ...]]


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "wms"


@pytest.fixture(scope="module")
def wealth(folder: Path) -> Iterator[SourceRead]:
    with read_source(load_spec("wealth"), folder, as_of=AS_OF) as read:
        yield read


@pytest.fixture(scope="module")
def table(wealth: SourceRead) -> Table:
    return build_features(wealth.tables)


@pytest.fixture(scope="module")
def prepared(table: Table) -> Matrix:
    """SIP amount, net worth and age scaled to 1..10, by the shipped lens."""
    frame, features = table
    return fit_preparation(frame, features, INVESTORS).transform(frame)


def test_every_row_of_both_files_is_accepted_though_addresses_have_several_lines(
    wealth: SourceRead, folder: Path
) -> None:
    assert [(f.table, f.rows_read, f.rows_rejected) for f in wealth.files] == [
        ("investors", 10_000, 0),
        ("investors_to_score", 7_086, 0),
    ]
    assert wealth.warnings == ()
    assert (folder / TRAINING).read_bytes().count(b"\n") > 14_000
    assert wealth.identities["address"].str.contains("\n").sum() > 4_000


def test_what_does_not_hold_is_reported(wealth: SourceRead) -> None:
    """Above all: everybody to be scored was trained on, and ages do not fit dates of birth."""
    assert {f.check: f.count for f in wealth.integrity if not f.passed} == {
        "investors to score are new": 7_086,
        "age agrees with date of birth (investors)": 9_503,
        "age agrees with date of birth (investors_to_score)": 6_738,
        "an amount with every SIP (investors)": 508,
        "nationality and country tell investors apart": 2,
    }


def test_the_file_to_score_may_be_absent(wealth: SourceRead, folder: Path, tmp_path: Path) -> None:
    (tmp_path / TRAINING).write_bytes((folder / TRAINING).read_bytes())
    with read_source(load_spec("wealth"), tmp_path, as_of=AS_OF) as read:
        assert not [f for f in read.integrity if f.table == "investors_to_score"]
        assert len(read.identities) == len(wealth.identities) == 10_000


def test_direct_identifiers_are_apart_and_never_features(wealth: SourceRead, table: Table) -> None:
    assert list(wealth.identities.columns) == [
        "customer_name",
        "customer_pan_card_no",
        "customer_adhar_card_no",
        "address",
        "mobile_no",
        "kyc_number",
        "crn_unique_id",
        "demat_account_no",
    ]
    assert not set(wealth.identities.columns) & set(table[0].columns)
    told = {column.partition(".")[2] for one in table[1] for column in one.source_columns}
    assert not told & set(wealth.identities.columns)


def test_the_workshops_lens_scales_to_one_to_ten(prepared: Matrix, folder: Path) -> None:
    assert (INVESTORS.scaler, INVESTORS.scale_to) == (Scaler.MINMAX, (1.0, 10.0))
    raw = pd.read_csv(folder / TRAINING, dtype={"customer_id": str}, index_col="customer_id")
    raw = raw.sort_index()[["sip_amount", "networth", "age"]]
    expected = 1 + 9 * (raw - raw.min()) / (raw.max() - raw.min())
    np.testing.assert_allclose(prepared, expected.to_numpy(), atol=1e-5)


@pytest.mark.parametrize(("k", "inertia"), INERTIA)
def test_segments_are_as_tight_as_the_workshops(prepared: Matrix, k: int, inertia: float) -> None:
    assert KMeans().fit(prepared, k, seed=1, restarts=20).inertia <= inertia * 1.005


def test_three_segments_have_the_workshops_centroids_and_sizes(prepared: Matrix) -> None:
    found = KMeans().fit(prepared, 3, seed=1, restarts=20)
    order = np.argsort(found.sizes)
    np.testing.assert_allclose(found.centroids[order], CENTROIDS, atol=0.02)
    assert found.sizes[order].tolist() == pytest.approx(SIZES, abs=5)


def test_lenses_other_than_demographic_ones_know_neither_age_nor_place(table: Table) -> None:
    lens = next(one for one in load_spec("wealth").lenses if one.name == "behavioural")
    frame, features = table
    with_age = lens.model_copy(update={"features": INVESTORS.features})
    with pytest.raises(UsageError, match="only a demographic lens may look at"):
        fit_preparation(frame, features, with_age)
    fit_preparation(frame, features, lens)
