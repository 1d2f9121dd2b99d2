"""Four month-ends of one ledger, and the movers planted between them are the ones who move."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.features.build import build_features
from core.pipeline.change import segment_keys
from core.pipeline.results import DatasetInfo, PublishedLens, StoredSnapshot
from core.pipeline.steps import fit_lens, score_lens
from core.readmodels import SnapshotId
from core.sources.canonical import read_source
from core.sources.demo.bank_months import MonthTruth, generate_months
from core.sources.spec import load_spec

CUSTOMERS = 600
SHARED = ("cust_id", "tran_id", "tran_amt", "new_balance", "tran_date", "tran_code")


@dataclass(frozen=True)
class Month:
    """One month-end: what was planted, what was read, and the integrity of it."""

    truth: MonthTruth
    snapshot: StoredSnapshot
    failed: list[str]
    rejects: int


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> list[Month]:
    spec, found = load_spec("bank"), []
    for truth in generate_months(tmp_path_factory.mktemp("months"), customers=CUSTOMERS):
        with read_source(spec, truth.folder) as read:
            assert read.as_of == truth.as_of
            frame, features = build_features(read.tables)
            snapshot = StoredSnapshot(
                SnapshotId(len(found) + 1),
                DatasetInfo("bank", "A bank", "USD"),
                truth.as_of,
                features,
                spec.lenses,
                frame,
            )
            failed = [check.sentence for check in read.integrity if not check.passed]
            found.append(Month(truth, snapshot, failed, len(read.rejects)))
    return found


def transactions(folder: Path, product: str) -> pd.DataFrame:
    table = pd.read_csv(folder / f"twm_{product}_tran.csv", sep=";", usecols=list(SHARED))
    return table.assign(tran_date=pd.to_datetime(table["tran_date"], format="%d.%m.%Y"))


def test_every_month_is_read_without_a_reject_and_passes_every_check(months: list[Month]) -> None:
    assert [(month.failed, month.rejects) for month in months] == [([], 0)] * 4
    assert [month.truth.as_of.isoformat() for month in months] == [
        "2024-09-30",
        "2024-10-31",
        "2024-11-30",
        "2024-12-31",
    ]


@pytest.mark.parametrize("product", ["checking", "savings", "credit"])
def test_what_two_exports_both_cover_is_the_same_in_both(months: list[Month], product: str) -> None:
    for before, after in pairwise(months):
        old, new = (transactions(one.truth.folder, product) for one in (before, after))
        begin, end = new["tran_date"].min(), pd.Timestamp(before.truth.as_of)
        stayed = set(before.truth.persona) & set(after.truth.persona)
        both = [
            table[
                table["tran_date"].between(begin, end)
                & table["cust_id"].astype(str).isin(sorted(stayed))
            ]
            .sort_values(["cust_id", "tran_id"])
            .reset_index(drop=True)
            for table in (old, new)
        ]
        assert len(both[0]) > 500
        pd.testing.assert_frame_equal(*both)


def test_who_joins_is_new_and_who_leaves_is_gone(months: list[Month]) -> None:
    for before, after in pairwise(months):
        then, now = set(before.snapshot.frame.index), set(after.snapshot.frame.index)
        assert now - then == after.truth.joined
        assert then - now == after.truth.left
        assert len(after.truth.joined) == len(after.truth.left) == CUSTOMERS // 200


def test_the_planted_movers_are_those_whom_the_published_model_sees_moving(
    months: list[Month],
) -> None:
    first = months[0].snapshot
    lens = next(lens for lens in first.lenses if lens.name == "behavioural")
    fitted = fit_lens(first, lens, None, seed=0)
    live = PublishedLens(
        fitted.model, fitted.segments, fitted.lens, fitted.reason, fitted.verdict, (), lens
    )
    places = []
    for month in months:
        found = score_lens(month.snapshot, live, seed=0)
        keys = segment_keys(found.assignments.segment, found.segments)
        places.append(pd.Series(keys, index=month.snapshot.frame.index))
    for (before, after), month in zip(pairwise(places), months[1:], strict=True):
        both = before.index.intersection(after.index)
        moved = set(both[np.asarray(before[both] != after[both])])
        planted = month.truth.movers
        assert len(planted) == CUSTOMERS // 75 + CUSTOMERS // 150
        assert abs(len(moved) - len(planted)) <= 3
        right = len(moved & planted)
        assert right / len(planted) >= 0.95  # recall
        assert right / len(moved) >= 0.8  # precision
