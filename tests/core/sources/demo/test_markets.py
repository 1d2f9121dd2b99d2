"""The demo of financial markets has the described layout, and its two forms say the same."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from core.features.base import Side
from core.features.build import build_features
from core.lens import Impute, LensFeature
from core.pipeline.results import DatasetInfo, SegmentationResult, StoredSnapshot
from core.pipeline.steps import fit_lens
from core.readmodels import SnapshotId, VerdictLevel
from core.scoring import score
from core.segmentation.build import build_model
from core.segmentation.fit import segment_lens
from core.sources.canonical import SourceRead, read_source
from core.sources.demo.markets import AS_OF, generate
from core.sources.demo.truth import PlantedTruth
from core.sources.spec import load_spec

LISTED = {
    "customer.csv": """
        CUSTOMER_ID EFFECTIVE_DATE GENDER AGE_RANGE EDUCATION_LEVEL EMPLOYMENT_STATUS
        MARITAL_STATUS NUMBER_OF_DEPENDENT_CHILDREN URBAN_CODE ANNUAL_INCOME
        RELATIONSHIP_START_DATE STATUS CUSTOMER_BEHAVIOR MARKET_GROUP PURSUIT
        SATISFACTION_RATING_FROM_SURVEY CREDIT_SCORE WALLET_SHARE_PERCENTAGE ADDRESS_HOME_CITY
        ADDRESS_HOME_COUNTRY ADDRESS_HOME_POSTAL_CODE ADDRESS_HOME_STATE""",
    "account.csv": """
        ACCOUNT_ID PRIMARY_CUSTOMER_ID ACCOUNT_TYPE PRODUCT_ID RISK_TOLERANCE
        INVESTMENT_OBJECTIVE LIFE_CYCLE_STATUS OPEN_DATE CLOSE_DATE BASE_CURRENCY""",
    "customer_summary.csv": """
        CUSTOMER_ID START_DATE END_DATE FUNDS_UNDER_MANAGEMENT ASSETS RETURN_SINCE_INCEPTION
        RETURN_LAST_QUARTER NUMBER_OF_ACTIVE_ACCOUNTS NUMBER_OF_EMAILS NUMBER_OF_LOGINS
        NUMBER_OF_CALLS TOTAL_NUMBER_OF_BUY_TRADES TOTAL_NUMBER_OF_SELL_TRADES
        TOTAL_AMOUNT_OF_ALL_FEES TOTAL_AMOUNT_OF_DEPOSITS TOTAL_AMOUNT_OF_WITHDRAWALS
        CUSTOMER_LIFETIME_VALUE TOTAL_NET_WORTH""",
}
WIDTHS = {"customer.csv": 94 + 25, "account.csv": 49, "customer_summary.csv": 115}
SIZE = 700


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, PlantedTruth]:
    three, joined = tmp_path_factory.mktemp("three"), tmp_path_factory.mktemp("joined")
    truth = generate(three, customers=SIZE)
    assert generate(joined, customers=SIZE, joined=True) == truth
    return three, joined, truth


@pytest.fixture(scope="module")
def source(folders: tuple[Path, Path, PlantedTruth]) -> Iterator[SourceRead]:
    with read_source(load_spec("markets"), folders[0]) as read:
        yield read


@pytest.fixture(scope="module")
def snapshot(source: SourceRead) -> StoredSnapshot:
    frame, features = build_features(source.tables)
    spec = source.spec
    info = DatasetInfo(spec.name, spec.title, spec.currency)
    return StoredSnapshot(SnapshotId(1), info, source.as_of, features, spec.lenses, frame)


@pytest.fixture(scope="module")
def behavioural(snapshot: StoredSnapshot) -> SegmentationResult:
    lens = next(lens for lens in snapshot.lenses if lens.name == "behavioural")
    return fit_lens(snapshot, lens, None, seed=0)


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.mark.parametrize("file", LISTED)
def test_the_three_files_have_the_columns_described(
    folders: tuple[Path, Path, PlantedTruth], file: str
) -> None:
    raw = (folders[0] / file).read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") > 1
    header = next(csv.reader([raw.splitlines()[0].decode()]))
    assert set(LISTED[file].split()) <= set(header)
    assert len(header) == len(set(header)) == WIDTHS[file]


def test_the_joined_file_has_the_prefixes_described(
    folders: tuple[Path, Path, PlantedTruth],
) -> None:
    joined = _table(folders[1] / "customer_full_summary_latest.csv")
    assert joined["CUSTOMER_CUSTOMER_ID"].is_unique
    for level in ("HIGH", "LOW", "MODERATE", "VERY_LOW"):
        assert f"NUM_ACCOUNTS_WITH_RISK_TOLERANCE_{level}" in joined
    for level in ("GROWTH", "INCOME", "PLANNING", "SECURE_GROWTH", "SECURITY"):
        assert f"NUM_ACCOUNTS_WITH_INVESTMENT_OBJECTIVE_{level}" in joined
    prefixes = ("CUSTOMER_", "CUSTOMER_SUMMARY_", "NUM_ACCOUNTS_WITH_", "PID_")
    assert all(str(name).startswith(prefixes) for name in joined)


def test_the_files_have_the_quirks_of_a_history(folders: tuple[Path, Path, PlantedTruth]) -> None:
    customer = _table(folders[0] / "customer.csv")
    account = _table(folders[0] / "account.csv")
    versions = customer.groupby("CUSTOMER_ID").size()
    assert versions.max() >= 4
    assert (customer.STATUS == "Inactive").any()
    assert (customer.RELATIONSHIP_START_DATE == "").any()
    assert (AS_OF.isoformat() < customer.RELATIONSHIP_START_DATE).any()
    assert (AS_OF.isoformat() < customer.EFFECTIVE_DATE).any()
    assert (customer[[f"USER_DEFINED_{number}" for number in range(1, 26)]] == "").all().all()
    closed = account.CLOSE_DATE[account.CLOSE_DATE != ""]
    assert (closed < AS_OF.isoformat()).any()
    assert (AS_OF.isoformat() < account.OPEN_DATE).any()


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    def digest(folder: str, seed: int = 0) -> list[str]:
        generate(tmp_path / folder, customers=40, seed=seed)
        files = sorted((tmp_path / folder).iterdir())
        return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]

    assert digest("a") == digest("b")
    assert not set(digest("a")) & set(digest("c", seed=1))


def test_the_demo_is_read_without_a_reject_and_says_who_is_left_out(
    folders: tuple[Path, Path, PlantedTruth], source: SourceRead
) -> None:
    assert source.rejects == ()
    assert source.warnings == ()
    assert source.as_of == date(2024, 12, 31)
    told = [finding.sentence for finding in source.integrity if not finding.passed]
    assert [line.split(" ", 1)[1] for line in told if "left out" in line] == [
        "customers are left out: inactive.",
        "customers are left out: joined after the as-of date.",
    ]
    assert len(source.left_out) == SIZE - len(folders[2].persona)
    assert set(folders[2].persona) == set(source.identities.index)


def test_both_forms_give_the_same_features_where_they_overlap(
    folders: tuple[Path, Path, PlantedTruth], snapshot: StoredSnapshot
) -> None:
    with read_source(load_spec("markets"), folders[1]) as read:
        joined, features = build_features(read.tables)
    three = snapshot.frame
    # The joined file has no months, so no windows; and where its row lacks the day of joining, it
    # has no earlier record that knows it.
    assert set(three) - set(joined) == {f.name for f in snapshot.features if f.family == "windows"}
    raw = _table(folders[1] / "customer_full_summary_latest.csv")
    unknown = set(raw.CUSTOMER_CUSTOMER_ID[raw.CUSTOMER_RELATIONSHIP_START_DATE == ""])
    assert 0 < len(unknown) < 0.1 * SIZE
    others = [f.name for f in features if f.name != "client_months"]
    pd.testing.assert_frame_equal(three[others], joined[others], check_exact=True)
    known = three.index[~three.index.isin(unknown)]
    assert (three.client_months[known] == joined.client_months[known]).all()


def test_personas_are_found_again_by_the_behavioural_lens(
    folders: tuple[Path, Path, PlantedTruth],
    snapshot: StoredSnapshot,
    behavioural: SegmentationResult,
) -> None:
    planted = [folders[2].persona[one] for one in snapshot.frame.index]
    assert adjusted_mutual_info_score(planted, behavioural.assignments.segment) >= 0.9
    assert behavioural.verdict.level in (VerdictLevel.STRONG, VerdictLevel.CARE)


def test_no_segment_is_just_the_clients_without_a_trade(
    snapshot: StoredSnapshot, behavioural: SegmentationResult
) -> None:
    idle = (snapshot.frame.trades == 0).to_numpy()
    for segment in np.unique(behavioural.assignments.segment):
        members = behavioural.assignments.segment == segment
        assert members.mean() > 0.03
        assert not (members == idle).mean() > 0.97


def test_the_accelerators_recipe_can_be_stated_on_twelve_components_from_either_form(
    folders: tuple[Path, Path, PlantedTruth], snapshot: StoredSnapshot
) -> None:
    """Many inputs, means for what is missing, caps of five deviations, z-scores, twelve axes."""
    with read_source(load_spec("markets"), folders[1]) as read:
        joined, catalogue = build_features(read.tables)
    of_both = {feature.name for feature in catalogue} - {"client_months"}
    own = next(lens for lens in snapshot.lenses if lens.name == "behavioural")
    inputs = [
        LensFeature(name=feature.name, impute=Impute.MEAN, cap_sd=5)
        for feature in snapshot.features
        if feature.name in of_both and feature.side is Side.BEHAVIOURAL
    ]
    assert len(inputs) > 20
    many = own.model_copy(
        update={"features": tuple(inputs), "components": 12, "k_min": 4, "k_max": 4, "outcomes": ()}
    )
    fit = segment_lens(snapshot.frame, snapshot.features, many, seed=0)
    model = build_model(fit, range(4), as_of=snapshot.as_of)
    assert (len(model.components), fit.clustering.k) == (12, 4)
    whole = score(model, {name: snapshot.frame[name].to_numpy() for name in many.feature_names})
    np.testing.assert_array_equal(whole.segment, fit.cluster)
    for row in range(0, len(snapshot.frame), 70):
        values = {name: snapshot.frame[name].to_numpy()[[row]] for name in many.feature_names}
        alone = score(model, values)
        assert (alone.segment[0], alone.distance[0]) == (whole.segment[row], whole.distance[row])
    other = score(model, {name: joined[name].to_numpy() for name in many.feature_names})
    np.testing.assert_array_equal(other.segment, whole.segment)


def test_who_clients_are_says_little_of_how_they_invest(
    folders: tuple[Path, Path, PlantedTruth],
) -> None:
    truth, ids = folders[2], sorted(folders[2].persona)
    shared = adjusted_mutual_info_score(
        [truth.persona[one] for one in ids], [truth.life_stage[one] for one in ids]
    )
    assert shared < 0.05
