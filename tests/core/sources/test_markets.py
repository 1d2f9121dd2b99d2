"""The effective-dated join of the markets source, on the smallest files that show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from core.features.build import build_features
from core.readmodels import LeftOut
from core.sources.canonical import SourceRead, read_source
from core.sources.demo.markets_columns import ACCOUNT, CUSTOMER, SUMMARY
from core.sources.demo.markets_writing import completed
from core.sources.demo.writing import write_table
from core.sources.problems import SourceError
from core.sources.spec import load_spec

Row = dict[str, str]

FIGURES = dict.fromkeys(
    (
        "FUNDS_UNDER_MANAGEMENT",
        "ASSETS",
        "CUSTOMER_LIFETIME_VALUE",
        "TOTAL_AMOUNT_OF_ALL_FEES",
        "TOTAL_AMOUNT_OF_DEPOSITS",
        "TOTAL_AMOUNT_OF_WITHDRAWALS",
        "TOTAL_NUMBER_OF_BUY_TRADES",
        "TOTAL_NUMBER_OF_SELL_TRADES",
        "NUMBER_OF_LOGINS",
        "NUMBER_OF_CALLS",
        "NUMBER_OF_EMAILS",
        "NUMBER_OF_ACTIVE_ACCOUNTS",
    ),
    "0",
)


def person(since: str, **changes: str) -> Row:
    """Return a record of client 7, valid from a day."""
    return {
        "CUSTOMER_ID": "7",
        "EFFECTIVE_DATE": since,
        "STATUS": "Active",
        "RELATIONSHIP_START_DATE": "2020-03-15",
    } | changes


def month(first: str, last: str, **changes: str) -> Row:
    """Return a month of client 7."""
    return {"CUSTOMER_ID": "7", "START_DATE": first, "END_DATE": last} | FIGURES | changes


def account(number: str, opened: str, closed: str = "", **changes: str) -> Row:
    """Return an account of client 7."""
    return {
        "ACCOUNT_ID": number,
        "PRIMARY_CUSTOMER_ID": "7",
        "OPEN_DATE": opened,
        "CLOSE_DATE": closed,
        "RISK_TOLERANCE": "High",
        "INVESTMENT_OBJECTIVE": "Secure Growth",
    } | changes


NOVEMBER = month("2024-11-01", "2024-11-30")
DECEMBER = month("2024-12-01", "2024-12-31")


def read(
    folder: Path,
    persons: Sequence[Row],
    months: Sequence[Row] = (DECEMBER,),
    accounts: Sequence[Row] = (),
    as_of: date | None = None,
) -> SourceRead:
    """Write the three files, with client 8 beside client 7, and read them."""
    eight = {"CUSTOMER_ID": "8"}
    everyone = [*persons, {**person("2019-01-01"), **eight}]
    every_month = [*months, {**NOVEMBER, **eight}, {**DECEMBER, **eight}]
    every_account = [*accounts, account("A8", "2019-01-01") | {"PRIMARY_CUSTOMER_ID": "8"}]
    for name, rows, columns in (
        ("customer", everyone, CUSTOMER),
        ("account", every_account, ACCOUNT),
        ("customer_summary", every_month, SUMMARY),
    ):
        table = completed(pd.DataFrame(rows).fillna(""), columns)
        write_table(table, folder / f"{name}.csv", widths={}, line_end="\r\n", delimiter=",")
    return read_source(load_spec("markets"), folder, as_of=as_of)


def features(source: SourceRead) -> SimpleNamespace:
    """Return client 7's features and close the source."""
    with source:
        (row,) = build_features(source.tables)[0].loc[["7"]].to_dict("records")
    return SimpleNamespace(**{str(name): value for name, value in row.items()})


def test_the_record_valid_at_the_months_end_is_taken(tmp_path: Path) -> None:
    found = features(
        read(
            tmp_path,
            [
                person("2020-03-15", MARITAL_STATUS="Single"),
                person("2024-12-31", MARITAL_STATUS="Married"),  # valid from that very day
                person("2025-01-01", MARITAL_STATUS="Widowed"),
            ],
        )
    )
    assert found.marital_status == "Married"


def test_a_record_is_valid_until_the_day_before_the_next(tmp_path: Path) -> None:
    records = [
        person("2020-03-15", MARITAL_STATUS="Single"),
        person("2024-12-01", MARITAL_STATUS="Married"),
    ]
    found = features(read(tmp_path, records, [NOVEMBER]))
    assert found.marital_status == "Single"


def test_each_clients_own_latest_month_counts(tmp_path: Path) -> None:
    months = [NOVEMBER | {"NUMBER_OF_LOGINS": "3"}, DECEMBER | {"NUMBER_OF_LOGINS": "9"}]
    assert features(read(tmp_path, [person("2020-03-15")], months)).logins == 9
    assert features(read(tmp_path, [person("2020-03-15")], months[:1])).logins == 3


def test_months_after_the_as_of_date_are_not_known(tmp_path: Path) -> None:
    months = [NOVEMBER | {"NUMBER_OF_LOGINS": "3"}, DECEMBER | {"NUMBER_OF_LOGINS": "9"}]
    source = read(tmp_path, [person("2020-03-15")], months, as_of=date(2024, 11, 30))
    found = features(source)
    assert (found.logins, found.client_months) == (3, 56)


def test_accounts_open_on_that_day_are_counted_and_none_is_zero(tmp_path: Path) -> None:
    accounts = [
        account("A1", "2024-12-31"),
        account("A2", "2020-01-01", "2025-01-01"),
        account("A3", "2020-01-01", "2024-12-31"),  # closed on the day itself
        account("A4", "2025-01-01"),
    ]
    found = features(read(tmp_path, [person("2020-03-15")], accounts=accounts))
    assert found.accounts_risk_high == found.accounts_for_secure_growth == 2
    assert found.accounts_risk_low == found.accounts_for_security == 0


def test_a_missing_day_of_joining_is_the_earliest_known(tmp_path: Path) -> None:
    with_date = [person("2021-06-01"), person("2024-01-01", RELATIONSHIP_START_DATE="")]
    assert features(read(tmp_path, with_date)).client_months == 57  # from 2020-03 to 2024-12
    nowhere = [
        person("2021-06-01", RELATIONSHIP_START_DATE=""),
        person("2024-01-01", RELATIONSHIP_START_DATE=""),
    ]
    assert features(read(tmp_path, nowhere)).client_months == 42  # from the first record


def test_months_as_a_client_are_those_of_the_calendar_whatever_the_day(tmp_path: Path) -> None:
    joined = [person("2024-09-20", RELATIONSHIP_START_DATE="2024-09-20")]
    october = month("2024-10-01", "2024-10-31")
    found = features(read(tmp_path, joined, [october], as_of=date(2024, 11, 15)))
    assert found.client_months == 2  # though 56 days are not two whole months


@pytest.mark.parametrize(
    ("records", "months", "reason"),
    [
        (
            [person("2020-03-15"), person("2024-06-01", STATUS="Inactive")],
            [DECEMBER],
            "inactive",
        ),
        (
            [person("2020-03-15", RELATIONSHIP_START_DATE="2025-01-02")],
            [DECEMBER],
            "joined after the as-of date",
        ),
        ([person("2024-12-05")], [NOVEMBER], "no month with a valid record"),
    ],
)
def test_who_takes_no_part_is_named_with_the_reason_and_counted(
    tmp_path: Path, records: list[Row], months: list[Row], reason: str
) -> None:
    with read(tmp_path, records, months) as source:
        assert source.left_out == (LeftOut("7", reason),)
        assert list(source.identities.index) == ["8"]
        sentences = [finding.sentence for finding in source.integrity if not finding.passed]
        assert f"1 customer is left out: {reason}." in sentences


def test_an_inactive_spell_in_the_past_does_not_count(tmp_path: Path) -> None:
    records = [
        person("2020-03-15"),
        person("2022-01-01", STATUS="Inactive"),
        person("2023-01-01"),
        person("2025-02-01", STATUS="Inactive"),
    ]
    with read(tmp_path, records) as source:
        assert source.left_out == ()


def test_direct_identifiers_are_kept_apart(tmp_path: Path) -> None:
    records = [person("2020-03-15", LAST_NAME="Old"), person("2024-01-01", LAST_NAME="New")]
    with read(tmp_path, records) as source:
        assert source.identities.loc["7", "LAST_NAME"] == "New"
        names = {feature.name for feature in build_features(source.tables)[1]}
        assert not {str(name).lower() for name in source.identities} & names


def test_a_months_figures_become_windows(tmp_path: Path) -> None:
    months = [
        NOVEMBER | {"TOTAL_AMOUNT_OF_DEPOSITS": "100.10"},
        DECEMBER | {"TOTAL_AMOUNT_OF_DEPOSITS": "200.20"},
    ]
    found = features(read(tmp_path, [person("2020-03-15")], months))
    assert found.monthly_deposits_sum == 300.3
    assert found.monthly_deposits_max_to_min == 2.0


def test_each_of_the_four_measures_is_windowed_from_its_own_column(tmp_path: Path) -> None:
    june = month("2024-06-01", "2024-06-30") | {
        "FUNDS_UNDER_MANAGEMENT": "1000",
        "TOTAL_AMOUNT_OF_DEPOSITS": "200",
        "TOTAL_AMOUNT_OF_WITHDRAWALS": "30",
        "TOTAL_NUMBER_OF_BUY_TRADES": "4",
        "TOTAL_NUMBER_OF_SELL_TRADES": "1",
    }
    december = DECEMBER | {
        "FUNDS_UNDER_MANAGEMENT": "3000",
        "TOTAL_AMOUNT_OF_DEPOSITS": "300",
        "TOTAL_AMOUNT_OF_WITHDRAWALS": "90",
        "TOTAL_NUMBER_OF_BUY_TRADES": "5",
        "TOTAL_NUMBER_OF_SELL_TRADES": "5",
    }
    found = vars(features(read(tmp_path, [person("2020-03-15")], [june, december])))
    parts = ("mean", "min", "max", "sum", "vs_6m_ago", "max_to_min")
    assert {
        measure: [found[f"monthly_{measure}_{part}"] for part in parts]
        for measure in ("funds", "deposits", "withdrawals", "trades")
    } == {
        "funds": [2000.0, 1000.0, 3000.0, 4000.0, 3.0, 3.0],
        "deposits": [250.0, 200.0, 300.0, 500.0, 1.5, 1.5],
        "withdrawals": [60.0, 30.0, 90.0, 120.0, 3.0, 3.0],
        "trades": [7.5, 5.0, 10.0, 15.0, 2.0, 2.0],
    }


def test_one_of_three_files_alone_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    read(tmp_path, [person("2020-03-15")]).close()
    (tmp_path / "account.csv").unlink()
    with pytest.raises(SourceError, match=r"account\.csv"):
        read_source(load_spec("markets"), tmp_path)
