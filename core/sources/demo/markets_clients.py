"""Invented clients of the demo's financial-markets house and the history of their records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.markets_personas import PERSONAS, STAGES
from core.sources.demo.markets_writing import iso_days
from core.sources.demo.people import FIRST_NAMES, LAST_NAMES, STREETS

_PLACES = (  # city, state, post code, country
    ("Port Larkin", "CA", "90210", "US"),
    ("Mesa Alba", "AZ", "85301", "US"),
    ("New Harrow", "NY", "10402", "US"),
    ("Lakemoor", "IL", "60503", "US"),
    ("Glen Marrow", "NJ", "07204", "US"),
    ("Cape Orrin", "MA", "02105", "US"),
    ("Saint-Elrin", "QC", "H2X 1Y4", "CA"),
)
_ATTITUDES = ("Follows advice", "Decides alone", "Compares offers", "Avoids losses")
_PURSUITS = (
    "Travel", "Sport", "Music", "Art", "Cooking", "Gardening", "Sailing", "Reading", "Golf",
    "Cycling", "Theatre", "Charity",
)  # fmt: skip
_GROUPS = ("Private", "Core", "Digital")

Days = NDArray[np.datetime64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """The records of all clients, one row per client and effective date, and who takes part."""

    versions: pd.DataFrame
    joined: Days
    last_month: Ints  # months before the latest one in which the client's summary ends
    takes_part: NDArray[np.bool_]  # active on that day, and joined by then


def clients(
    ids: Ints, persona: Ints, stage: Ints, as_of: date, random: np.random.Generator
) -> Histories:
    """Return a history of one to four records per client.

    Of all clients, 6 % are not active on the as-of date and 1 % have a join date after it; 4 % of
    the latest records lack the join date; a tenth have a record that only becomes effective later.
    """
    count = len(ids)
    day = np.datetime64(as_of)
    joined = day - 260 - (random.random(count) ** 1.5 * 7_000).astype(np.int64)
    draw = random.permutation(count) / count
    is_inactive, joins_later = draw < 0.06, (draw >= 0.06) & (draw < 0.07)
    stopped = (draw >= 0.07) & (draw < 0.09)  # still active, but without the latest months
    last_month = np.where(is_inactive | stopped, random.integers(2, 6, count), 0)
    records = 1 + random.binomial(3, 0.35, count)
    client = np.repeat(np.arange(count), records)
    position = np.arange(len(client)) - np.repeat(np.cumsum(records) - records, records)
    last = position == np.repeat(records, records) - 1
    span = np.repeat((day - 200 - joined).astype(np.int64).clip(20), records)
    since = joined[client] + (span * position / records[client]).astype(np.int64)
    table = _described(client, ids, persona, stage, random)
    table["EFFECTIVE_DATE"] = iso_days(since)
    status = np.where(last & is_inactive[client], "Inactive", "Active")
    status[~last & (random.random(len(client)) < 0.03)] = "Inactive"  # and active again since
    table["STATUS"] = status
    known = np.where(joins_later[client], day + 35, joined[client])
    known[last & (random.random(len(client)) < 0.04) & ~joins_later[client]] = np.datetime64("NaT")
    table["RELATIONSHIP_START_DATE"] = iso_days(known)
    for name in ("NUMBER_OF_DEPENDENT_CHILDREN", "MARITAL_STATUS"):  # another before the latest
        earlier = np.flatnonzero(~last & (random.random(len(client)) < 0.3))
        table.loc[earlier, name] = "0" if name.startswith("NUMBER") else "Single"
    later = table[last].iloc[np.flatnonzero(random.random(count) < 0.1)].copy()
    later["EFFECTIVE_DATE"] = iso_days(np.full(len(later), day + 12))
    later["STATUS"] = "Inactive"
    versions = pd.concat([table, later], ignore_index=True)
    versions = versions.iloc[random.permutation(len(versions))].reset_index(drop=True)
    return Histories(versions, joined, last_month, ~is_inactive & ~joins_later)


def _described(
    client: Ints, ids: Ints, persona: Ints, stage: Ints, random: np.random.Generator
) -> pd.DataFrame:
    """Return what each record says of its client; the same in all of a client's records."""
    count = len(ids)
    stages = [STAGES[number] for number in stage]
    place = [_PLACES[number] for number in random.integers(0, len(_PLACES), count)]
    income = [one.income.median * np.exp(random.normal(0, one.income.sigma)) for one in stages]
    credit = random.normal(690, 55, count).clip(350, 850).round().astype(int)
    first = random.choice(FIRST_NAMES, count)
    family = random.choice(LAST_NAMES, count)
    numbers = random.integers(10_000_000, 99_999_999, (count, 2))
    table = {
        "CUSTOMER_ID": ids.astype(str),
        "FIRST_NAME": first,
        "LAST_NAME": family,
        "GENDER": random.choice(["Female", "Male", ""], count, p=[0.5, 0.485, 0.015]),
        "AGE_RANGE": [random.choice(one.ages) for one in stages],
        "MARITAL_STATUS": [random.choice(one.marital) for one in stages],
        "NUMBER_OF_DEPENDENT_CHILDREN": [str(random.choice(one.children)) for one in stages],
        "EDUCATION_LEVEL": _mostly([random.choice(one.education) for one in stages], 0.03, random),
        "EMPLOYMENT_STATUS": [random.choice(one.employment) for one in stages],
        "URBAN_CODE": random.choice(["Urban", "Suburban", "Rural"], count, p=[0.5, 0.35, 0.15]),
        "ANNUAL_INCOME": _mostly([f"{max(value, 0):.2f}" for value in income], 0.02, random),
        "CREDIT_SCORE": _mostly(credit.astype(str).tolist(), 0.03, random),
        "SATISFACTION_RATING_FROM_SURVEY": _mostly(
            random.integers(1, 11, count).astype(str).tolist(), 0.3, random
        ),
        "CUSTOMER_BEHAVIOR": _mostly(random.choice(_ATTITUDES, count).tolist(), 0.05, random),
        "MARKET_GROUP": random.choice(_GROUPS, count),
        "PURSUIT": random.choice(_PURSUITS, count),
        "WALLET_SHARE_PERCENTAGE": _wallet(persona, random),
        "ADDRESS_HOME_LINE_1": [
            f"{number} {street}"
            for number, street in zip(
                random.integers(1, 200, count), random.choice(STREETS, count), strict=True
            )
        ],
        "ADDRESS_HOME_CITY": [one[0] for one in place],
        "ADDRESS_HOME_STATE": [one[1] for one in place],
        "ADDRESS_HOME_POSTAL_CODE": [one[2] for one in place],
        "ADDRESS_HOME_COUNTRY": [one[3] for one in place],
        "EMAIL_ADDRESS": [f"client{number}@example.org" for number in numbers[:, 0]],
        "TELEPHONE_MOBILE": [f"555-{number}" for number in numbers[:, 0]],
        "TAX_IDENTIFIER": [f"T{number}" for number in numbers[:, 1]],
    }
    return pd.DataFrame(table, dtype=object).iloc[client].reset_index(drop=True)


def _wallet(persona: Ints, random: np.random.Generator) -> list[str]:
    mean = np.array([one.wallet for one in PERSONAS])[persona]
    return [f"{value:.2f}" for value in (100 * mean + random.normal(0, 9, len(mean))).clip(1, 100)]


def _mostly(texts: list[str], blank: float, random: np.random.Generator) -> list[str]:
    """Return the texts, a share of them blank."""
    is_blank = random.random(len(texts)) < blank
    return ["" if blanked else text for blanked, text in zip(is_blank, texts, strict=True)]
