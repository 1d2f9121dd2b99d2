"""The demo bank is whole, looks like the bank's files, and its personas can be found again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score

from core.sources.canonical import SourceRead, read_source
from core.sources.demo.bank import generate
from core.sources.demo.personas import NO_ACCOUNT, PERSONAS
from core.sources.demo.registry import DEMOS
from core.sources.demo.truth import PlantedTruth
from core.sources.problems import SourceError
from core.sources.spec import catalogue, load_spec


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PlantedTruth]:
    path = tmp_path_factory.mktemp("demo")
    return path, generate(path, customers=600)


@pytest.fixture(scope="module")
def source(demo: tuple[Path, PlantedTruth]) -> Iterator[SourceRead]:
    with read_source(load_spec("bank"), demo[0]) as read:
        yield read


def test_a_second_account_of_a_product_is_refused_where_transactions_do_not_name_theirs(
    demo: tuple[Path, PlantedTruth], tmp_path: Path
) -> None:
    for file in demo[0].iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    active = (demo[0] / "twm_checking_tran.csv").read_text().splitlines()[1].split(";")[0]
    accounts = tmp_path / "twm_accounts.csv"
    lines = accounts.read_text().splitlines()
    first = next(
        line for line in lines if line.split(";")[1:3] in ([active, "CK  "], [active, "CK"])
    )
    accounts.write_text("\n".join([*lines, f"9{first}"]) + "\n")
    with pytest.raises(SourceError, match="a customer has several accounts of one product"):
        read_source(load_spec("bank"), tmp_path)


def digests(path: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in path.iterdir()}


def behaviour(source: SourceRead) -> pd.DataFrame:
    """Plain features in the spirit of the behavioural lens, straight from the canonical tables."""
    return (
        source.engine.connection.execute(
            """
        SELECT c.customer_id,
            coalesce(any_value(a.checking), 0)::DOUBLE AS checking,
            coalesce(any_value(a.savings), 0)::DOUBLE AS savings,
            coalesce(any_value(a.debt), 0)::DOUBLE AS debt,
            count(t.transaction_id)::DOUBLE AS transactions,
            coalesce(avg(t.amount), 0)::DOUBLE AS mean_amount,
            coalesce(sum(t.amount) FILTER (t.kind = 'purchase'), 0)::DOUBLE AS card_spend
        FROM canonical.customers c
        LEFT JOIN (
            SELECT customer_id, sum(balance) FILTER (product = 'checking') AS checking,
                sum(balance) FILTER (product = 'savings') AS savings,
                sum(balance) FILTER (product = 'credit') AS debt
            FROM canonical.accounts WHERE is_active GROUP BY customer_id
        ) a USING (customer_id)
        LEFT JOIN canonical.transactions t ON t.customer_id = c.customer_id AND NOT is_inquiry
        GROUP BY c.customer_id ORDER BY c.customer_id
        """
        )
        .df()
        .set_index("customer_id")
    )


@pytest.mark.parametrize("name", DEMOS)
def test_every_demo_belongs_to_a_shipped_source(name: str) -> None:
    assert name in catalogue()


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    first = generate(tmp_path / "a", customers=60)
    again = generate(tmp_path / "b", customers=60)
    generate(tmp_path / "c", customers=60, seed=1)
    assert first == again
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert not set(digests(tmp_path / "a").values()) & set(digests(tmp_path / "c").values())


def test_the_demo_is_read_without_a_reject_and_passes_every_check(source: SourceRead) -> None:
    assert source.rejects == ()
    assert source.warnings == ()
    assert [f.sentence for f in source.integrity if not f.passed] == []
    assert source.as_of == date(2024, 12, 31)


def test_files_have_the_quirks_of_the_banks_export(demo: tuple[Path, PlantedTruth]) -> None:
    path, _ = demo
    customers = (path / "twm_customer.csv").read_bytes()
    assert customers.count(b"\r\n") == customers.count(b"\n") == 601
    assert b";Null" + b" " * 56 + b";" in customers
    accounts = (path / "twm_accounts.csv").read_text()
    assert "\r" not in accounts
    assert ";CK  ;Y ;" in accounts
    assert ";N ;" in accounts
    assert ";NULL;" in accounts
    assert ";" + " " * 12 + ";P ;WD  \n" in (path / "twm_checking_tran.csv").read_text()


def test_everyone_has_a_persona_in_the_planted_shares(demo: tuple[Path, PlantedTruth]) -> None:
    counted = Counter(demo[1].persona.values())
    shares = {one.name: one.share for one in PERSONAS}
    shares[NO_ACCOUNT] = 1 - sum(shares.values())
    assert counted == pytest.approx({n: 600 * s for n, s in shares.items()}, abs=1)


def test_customers_without_an_account_have_none(
    demo: tuple[Path, PlantedTruth], source: SourceRead
) -> None:
    assert source.tables.accounts is not None
    holders = set(source.tables.accounts.customer_id.execute())
    assert holders.isdisjoint(c for c, p in demo[1].persona.items() if p == NO_ACCOUNT)
    assert {c for c, p in demo[1].persona.items() if p != NO_ACCOUNT} == holders


def test_running_balances_add_up(source: SourceRead) -> None:
    broken = source.engine.connection.execute(
        """
        SELECT count(*) FROM (
            SELECT new_balance - lag(new_balance) OVER account AS step,
                CASE WHEN tran_code = 'interest' THEN interest_amt ELSE principal_amt END AS moved
            FROM (
                SELECT 'CK' AS product, * FROM twm_checking_tran
                UNION ALL BY NAME SELECT 'SV' AS product, * FROM twm_savings_tran
                UNION ALL BY NAME SELECT 'CC' AS product, * FROM twm_credit_tran
            ) WINDOW account AS (PARTITION BY product, cust_id ORDER BY tran_id::INTEGER)
        ) WHERE step <> moved
        """
    ).fetchone()
    assert broken == (0,)


def test_nobody_overdraws_and_nobody_passes_the_credit_limit(source: SourceRead) -> None:
    lowest = source.engine.connection.execute(
        """
        SELECT min(new_balance) >= 0 FROM twm_checking_tran UNION ALL
        SELECT min(new_balance) >= 0 FROM twm_savings_tran UNION ALL
        SELECT bool_and(-new_balance BETWEEN 0 AND credit_limit)
        FROM twm_credit_tran JOIN twm_credit_acct USING (cust_id)
        """
    ).fetchall()
    assert lowest == [(True,), (True,), (True,)]


def test_personas_are_found_again_from_behaviour(
    demo: tuple[Path, PlantedTruth], source: SourceRead
) -> None:
    frame = behaviour(source)
    active = frame[frame["transactions"] > 0]
    logged = np.log1p(active.to_numpy())
    scaled = (logged - logged.mean(axis=0)) / logged.std(axis=0)
    labels = KMeans(len(PERSONAS), n_init=20, random_state=0).fit_predict(scaled)
    planted = [demo[1].persona[customer] for customer in active.index]
    assert adjusted_mutual_info_score(planted, labels) >= 0.9


def test_life_stages_say_little_of_personas(demo: tuple[Path, PlantedTruth]) -> None:
    truth = demo[1]
    ids = sorted(truth.persona)
    shared = adjusted_mutual_info_score(
        [truth.persona[i] for i in ids], [truth.life_stage[i] for i in ids]
    )
    assert shared < 0.05
