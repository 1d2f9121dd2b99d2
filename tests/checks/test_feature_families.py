"""What every feature family promises, checked for all that are registered."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType

import ibis
import pandas as pd
import pytest

from core.features.base import Feature, Kind, Sensitivity, Side
from core.features.family import FeatureFamily
from core.features.history import bookings_known, transactions_known
from core.features.per_customer import UNKNOWN, one_row_each, storage_type
from core.features.registry import FAMILIES
from core.sources.canonical import CanonicalTables
from tests.core.features.builders import (
    AS_OF,
    ATTRIBUTES,
    MEASURES,
    Bank,
    account,
    attribute,
    customer,
    inquiry,
    mixed_bank,
    month,
    random_months,
    shop_of,
    transaction,
)

BANK = replace(mixed_bank(20, customers=25, transactions=400), attributes=(*ATTRIBUTES, *MEASURES))
BANK = BANK.with_months(
    random_months(random.Random(7), [str(row["customer_id"]) for row in BANK.customers])
)
SHOP = shop_of(BANK)
OF_SHOPS = tuple(f for f in FAMILIES if f.name in {"rfm", "sizes", "channels", "volatility"})
EARLY = date(1995, 6, 15)
COUNTS_INQUIRIES = {"inquiries"}
NEEDS_A_UNIT = {Kind.COUNT, Kind.DAYS, Kind.YEARS, Kind.NUMBER}


def check_it_has_one_row_for_every_customer(family: FeatureFamily, bank: Bank = BANK) -> None:
    for one in (bank, _idle(bank)):
        rows = _frame(family, one).index
        assert sorted(rows) == sorted(str(row["customer_id"]) for row in one.customers)


def check_it_builds_the_columns_of_its_catalogue(family: FeatureFamily, bank: Bank = BANK) -> None:
    features = family.features(bank.tables())
    assert list(_frame(family, bank).columns) == [feature.name for feature in features]
    schema = family.build(bank.tables()).schema()
    assert {f.name: str(schema[f.name]) for f in features} == {
        f.name: storage_type(f) for f in features
    }


def check_nothing_is_missing_that_may_not_be(family: FeatureFamily, bank: Bank = BANK) -> None:
    for one in (bank, _idle(bank)):
        missing = _frame(family, one).isna().any()
        allowed = {f.name for f in family.features(one.tables()) if f.missing_allowed}
        assert set(missing.index[missing]) <= allowed


def check_values_are_of_their_kind(family: FeatureFamily, bank: Bank = BANK) -> None:
    frame = _frame(family, bank)
    for feature in family.features(bank.tables()):
        values = frame[feature.name].dropna()
        if feature.kind is Kind.FLAG:
            assert set(values) <= {0, 1}, feature.name
        elif feature.kind in (Kind.COUNT, Kind.SHARE, Kind.DAYS, Kind.YEARS):
            assert (values >= 0).all(), feature.name
        elif feature.kind is Kind.ORDINAL:
            assert set(values) <= {*feature.levels, UNKNOWN}, feature.name


def check_the_order_of_rows_does_not_matter(family: FeatureFamily, bank: Bank = BANK) -> None:
    for seed in (1, 2):
        _assert_same(_frame(family, bank), _frame(family, bank.shuffled(seed)))


def check_a_customers_row_depends_on_that_customer_alone(
    family: FeatureFamily, bank: Bank = BANK
) -> None:
    whole = _frame(family, bank)
    some = bank.of(str(row["customer_id"]) for row in bank.customers[::5])
    part = _frame(family, some)
    assert set(part.columns) <= set(whole.columns)  # a channel nobody uses has no column
    _assert_same(whole.loc[part.index, part.columns], part)


def check_inquiries_change_nothing_but_their_own_count(
    family: FeatureFamily, bank: Bank = BANK
) -> None:
    asked = bank.with_transactions(
        inquiry(
            str(row["customer_id"]),
            day,
            amount=999,
            direction="out",
            channel="Telepathy",
            product="checking" if bank.accounts is not None else "purchases",
        )
        for row in bank.customers
        for day in (AS_OF, date(1995, 3, 3))
    )
    before = _frame(family, bank).drop(columns=COUNTS_INQUIRIES, errors="ignore")
    after = _frame(family, asked).drop(columns=COUNTS_INQUIRIES, errors="ignore")
    _assert_same(before, after)


def check_the_future_is_unknown(family: FeatureFamily, bank: Bank = BANK) -> None:
    tomorrow = AS_OF + timedelta(days=1)
    products = ("purchases",) if bank.accounts is None else ("checking", "savings", "credit")
    ids = [str(row["customer_id"]) for row in bank.customers]
    later = (
        bank.with_accounts(
            account(customer_id, product, opened_on=tomorrow, balance=999, credit_limit=999)
            for customer_id in ids
            for product in products
            if bank.accounts is not None
        )
        .with_transactions(
            transaction(customer_id, "999", tomorrow, channel="Telepathy", product=product)
            for customer_id in ids
            for product in products
        )
        .with_months(
            month(customer_id, tomorrow + timedelta(days=92), funds=Decimal(999), trades=999)
            for customer_id in ids
        )
    )
    _assert_same(_frame(family, bank), _frame(family, later))
    early = replace(bank, as_of=EARLY)
    _assert_same(_frame(family, early), _frame(family, _until(early, EARLY)))


def check_it_applies_only_where_its_tables_are_there(
    family: FeatureFamily, bank: Bank = BANK
) -> None:
    bare = Bank([customer("a")], None, None, attributes=()).tables()
    assert family.features(bare) == ()


def check_its_features_can_be_understood(family: FeatureFamily, bank: Bank = BANK) -> None:
    for feature in family.features(bank.tables()):
        assert feature.family == family.name, feature.name
        assert re.fullmatch(r"[a-z][a-z0-9_]*", feature.name), feature.name
        assert 3 <= len(feature.label) <= 48, feature.label
        assert feature.label[0].isupper(), feature.label
        assert not feature.label.endswith("."), feature.label
        assert feature.description.endswith("."), feature.description
        assert feature.description[0].isupper(), feature.description
        assert feature.source_columns, feature.name
        assert bool(feature.unit) == (feature.kind in NEEDS_A_UNIT), feature.name
        assert bool(feature.levels) == (feature.kind is Kind.ORDINAL), feature.name
        if feature.is_numeric:
            assert feature.low_words, feature.name
            assert feature.high_words, feature.name
            assert feature.low_words != feature.high_words, feature.name


def check_its_sensitivity_is_stated(family: FeatureFamily, bank: Bank = BANK) -> None:
    for feature in family.features(bank.tables()):
        assert isinstance(feature.sensitivity, Sensitivity), feature.name
        assert feature.sensitivity is not Sensitivity.DIRECT, feature.name
        if feature.side is Side.BEHAVIOURAL:
            assert feature.sensitivity is Sensitivity.ORDINARY, feature.name


Check = Callable[..., None]
CHECKS: tuple[Check, ...] = (
    check_it_has_one_row_for_every_customer,
    check_it_builds_the_columns_of_its_catalogue,
    check_nothing_is_missing_that_may_not_be,
    check_values_are_of_their_kind,
    check_the_order_of_rows_does_not_matter,
    check_a_customers_row_depends_on_that_customer_alone,
    check_inquiries_change_nothing_but_their_own_count,
    check_the_future_is_unknown,
    check_it_applies_only_where_its_tables_are_there,
    check_its_features_can_be_understood,
    check_its_sensitivity_is_stated,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_family_keeps_its_promises(family: FeatureFamily, check: Check) -> None:
    check(family)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("family", OF_SHOPS, ids=lambda family: family.name)
def test_every_family_keeps_its_promises_to_a_shop(family: FeatureFamily, check: Check) -> None:
    check(family, SHOP)


@pytest.mark.parametrize("bank", [BANK, SHOP], ids=["bank", "shop"])
def test_names_labels_and_words_are_unique(bank: Bank) -> None:
    tables = bank.tables()
    features = [feature for family in FAMILIES for feature in family.features(tables)]

    for names in (
        [feature.name for feature in features],
        [feature.label for feature in features],
        [feature.low_words for feature in features if feature.is_numeric],
        [feature.high_words for feature in features if feature.is_numeric],
        [family.name for family in FAMILIES],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


# ---- the checks themselves: each catches the family that breaks its promise ----

GOOD = attribute(
    "planted",
    Kind.MONEY,
    family="planted",
    side=Side.BEHAVIOURAL,
    source_columns=("transactions.amount",),
)
Build = Callable[[CanonicalTables], ibis.Table]


@dataclass(frozen=True)
class _Planted:
    """A family made of one function, so that each test can break it in its own way."""

    build_it: Build
    feature: Feature = GOOD
    always: bool = False
    name: str = "planted"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        return (self.feature,) if self.always or tables.transactions is not None else ()

    def build(self, tables: CanonicalTables) -> ibis.Table:
        return self.build_it(tables)


def _good(tables: CanonicalTables) -> ibis.Table:
    bookings = bookings_known(tables)
    spent = bookings.group_by("customer_id").aggregate(planted=bookings.amount.sum())
    return one_row_each(tables, spent, [GOOD])


def _only_the_active(tables: CanonicalTables) -> ibis.Table:
    bookings = bookings_known(tables)
    planted = bookings.amount.sum().cast("float64")
    return bookings.group_by("customer_id").aggregate(planted=planted)


def _missing_for_the_inactive(tables: CanonicalTables) -> ibis.Table:
    spent = _only_the_active(tables)
    return (
        tables.customers.select("customer_id")
        .left_join(spent, "customer_id")
        .drop("customer_id_right")
    )


def _negative(tables: CanonicalTables) -> ibis.Table:
    return _good(tables).mutate(planted=ibis._.planted - 1)


def _by_position(tables: CanonicalTables) -> ibis.Table:
    return tables.customers.select("customer_id", planted=ibis.row_number().cast("float64"))


def _relative_to_all(tables: CanonicalTables) -> ibis.Table:
    good = _good(tables)
    return good.mutate(planted=good.planted / good.planted.sum())


def _with_inquiries(tables: CanonicalTables) -> ibis.Table:
    rows = transactions_known(tables)
    spent = rows.group_by("customer_id").aggregate(planted=rows.amount.sum())
    return one_row_each(tables, spent, [GOOD])


def _with_the_future(tables: CanonicalTables) -> ibis.Table:
    assert tables.transactions is not None
    rows = tables.transactions.filter(~tables.transactions.is_inquiry)
    spent = rows.group_by("customer_id").aggregate(planted=rows.amount.sum())
    return one_row_each(tables, spent, [GOOD])


def _another_column(tables: CanonicalTables) -> ibis.Table:
    return _good(tables).rename(another="planted")


def test_a_family_that_keeps_its_promises_passes_every_check() -> None:
    for check in CHECKS:
        check(_Planted(_good))


@pytest.mark.parametrize(
    ("check", "broken"),
    [
        (check_it_has_one_row_for_every_customer, _Planted(_only_the_active)),
        (check_it_builds_the_columns_of_its_catalogue, _Planted(_another_column)),
        (check_nothing_is_missing_that_may_not_be, _Planted(_missing_for_the_inactive)),
        (
            check_values_are_of_their_kind,
            _Planted(_negative, replace(GOOD, kind=Kind.DAYS, unit="days")),
        ),
        (check_the_order_of_rows_does_not_matter, _Planted(_by_position)),
        (check_a_customers_row_depends_on_that_customer_alone, _Planted(_relative_to_all)),
        (check_inquiries_change_nothing_but_their_own_count, _Planted(_with_inquiries)),
        (check_the_future_is_unknown, _Planted(_with_the_future)),
        (check_it_applies_only_where_its_tables_are_there, _Planted(_good, always=True)),
        (
            check_its_sensitivity_is_stated,
            _Planted(_good, replace(GOOD, sensitivity=Sensitivity.DIRECT)),
        ),
    ],
    ids=lambda part: part.__name__ if callable(part) else "",
)
def test_a_planted_violation_is_caught(check: Check, broken: _Planted) -> None:
    with pytest.raises(AssertionError):
        check(broken)


@pytest.mark.parametrize(
    "change",
    [
        {"family": "another"},
        {"name": "Planted Name"},
        {"label": ""},
        {"label": "planted"},
        {"description": "No sentence"},
        {"source_columns": ()},
        {"unit": "USD"},
        {"kind": Kind.DAYS, "unit": ""},
        {"kind": Kind.ORDINAL},
        {"low_words": ""},
        {"high_words": ""},
        {"low_words": "same", "high_words": "same"},
    ],
    ids=str,
)
def test_a_feature_that_nobody_could_understand_is_caught(change: dict[str, object]) -> None:
    poor = replace(GOOD, **change)  # type: ignore[arg-type]

    with pytest.raises(AssertionError):
        check_its_features_can_be_understood(_Planted(_good, poor))


# ---- the guide ----


def _family_of_the_guide() -> FeatureFamily:
    guide = (Path(__file__).parents[2] / "docs" / "add-a-feature-family.md").read_text("utf-8")
    code = re.search(r"```python\n(.+?)```", guide, re.DOTALL)
    assert code, "the guide shows no family"
    module = ModuleType("core.features.weekends")
    exec(compile(code.group(1), "add-a-feature-family.md", "exec"), module.__dict__)  # noqa: S102
    family: FeatureFamily = module.Weekends()
    return family


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_family_in_the_guide_keeps_its_promises(check: Check) -> None:
    check(_family_of_the_guide())


def test_the_guide_counts_saturdays_and_sundays() -> None:
    days = [date(1995, 12, day) for day in (29, 30, 31, 31)]  # Friday to Sunday
    bank = Bank([customer("a")], [], [transaction("a", "1", day) for day in days])

    assert _built(_family_of_the_guide(), bank).weekend_share.to_list() == [0.75]


def _idle(bank: Bank) -> Bank:
    """Return the bank before anything happened."""
    return replace(bank, accounts=bank.accounts and [], transactions=[], months=[])


def _until(bank: Bank, day: date) -> Bank:
    """Return the bank as it was written on a day: without the rows that came later."""
    accounts: Sequence[dict[str, object]] = bank.accounts or []
    transactions: Sequence[dict[str, object]] = bank.transactions or []
    return replace(
        bank,
        accounts=bank.accounts
        and [a for a in accounts if a["opened_on"] is None or a["opened_on"] <= day],  # type: ignore[operator]
        transactions=[t for t in transactions if t["booked_on"] <= day],  # type: ignore[operator]
        months=[m for m in bank.months or [] if m["period_end"] <= day],  # type: ignore[operator]
    )


def _frame(family: FeatureFamily, bank: Bank) -> pd.DataFrame:
    """Return what a family builds, sorted by customer but otherwise as it is."""
    if bank is BANK and family in FAMILIES:
        return _frame_of_the_bank(FAMILIES.index(family))
    return _built(family, bank)


@cache
def _frame_of_the_bank(number: int) -> pd.DataFrame:
    return _built(FAMILIES[number], BANK)


def _built(family: FeatureFamily, bank: Bank) -> pd.DataFrame:
    if not family.features(bank.tables()):  # it does not apply: nothing is built of it
        ids = sorted(str(row["customer_id"]) for row in bank.customers)
        return pd.DataFrame(index=pd.Index(ids, name="customer_id"))
    return family.build(bank.tables()).to_pandas().set_index("customer_id").sort_index()


def _assert_same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(left, right, check_exact=True)
