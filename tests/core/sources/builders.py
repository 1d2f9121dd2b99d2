"""A tiny shop of a bank: three tables, a page of TOML, and files made for one test."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from core.sources.spec import SourceSpec, spec_from

TOML = """
[source]
name = "tiny"
title = "Tiny bank"
currency = "EUR"
customers = "people"
max_rejected_share = 0.9

[as_of]
latest_of = "moves.day"

[tables.people]
key = "id"
[tables.people.columns]
id = { type = "text", role = "id" }
surname = { type = "text", role = "direct_identifier" }
age = { type = "integer", role = "sensitive", minimum = 0, maximum = 120 }
gender = { type = "code", role = "sensitive", domain = { F = "Female", M = "Male" } }

[tables.accounts]
key = "number"
references = { person = "people.id" }
[tables.accounts.columns]
number = { type = "text", role = "id" }
person = { type = "text", role = "id", nullable = false }
balance = { type = "decimal", role = "measure", nullable = false }
open = { type = "flag", role = "measure", nullable = false }

[tables.moves]
key = ["number", "entry"]
references = { number = "accounts.number" }
[tables.moves.columns]
number = { type = "text", role = "id" }
entry = { type = "integer", role = "id" }
day = { type = "date", role = "measure", format = "d.m.yyyy", nullable = false }
clock = { type = "time", role = "measure", format = "hmmss" }
amount = { type = "decimal", role = "measure", nullable = false }

[[attributes]]
name = "age_years"
column = "people.age"
label = "Age"
description = "Age in years."
kind = "years"
missing_allowed = true

[[attributes]]
name = "gender"
column = "people.gender"
label = "Gender"
description = "Gender as recorded."
kind = "category"
"""

QUERIES = {
    "customers": "SELECT id AS customer_id, age AS age_years, gender FROM people",
    "accounts": """
        SELECT number AS account_id, person AS customer_id, 'checking' AS product,
            open AS is_active, NULL AS opened_on, NULL AS closed_on, NULL AS opening_balance,
            balance, NULL AS credit_limit, NULL AS minimum_balance
        FROM accounts
    """,
    "transactions": """
        SELECT number || '-' || entry AS transaction_id, number AS account_id,
            person AS customer_id, 'checking' AS product, day AS booked_on,
            day + clock AS booked_at, abs(amount) AS amount,
            CASE WHEN amount < 0 THEN 'out' ELSE 'in' END AS direction, 'withdrawal' AS kind,
            'Unknown' AS channel, 0 AS interest, false AS is_inquiry
        FROM moves JOIN accounts USING (number)
    """,
}

FILES = {
    "people.csv": "id;surname;age;gender\n01;Ash;41;F\n02;Null;;M\n003;Birch;17;F\n",
    "accounts.csv": "number;person;balance;open\nA1;01;10.50;Y\nA2;02;-3;N\n",
    "moves.csv": (
        "number;entry;day;clock;amount\nA1;1;5.1.2024;834;-10.00\nA1;2;17.12.2024;;99.5\n"
        "A2;1;1.2.2024;235959;0.25\n"
    ),
}


def tiny_spec(toml: str = TOML, queries: Mapping[str, str] = QUERIES) -> SourceSpec:
    """The specification of the tiny bank, or of a changed text."""
    return spec_from(tomllib.loads(toml), dict(queries))


def tiny_files(folder: Path, **changed: str | bytes | None) -> Path:
    """The tiny bank's files; keywords (people, accounts, moves) replace or leave out a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        given = changed.get(name.removesuffix(".csv"), text)
        if given is not None:
            content = given if isinstance(given, bytes) else given.encode("utf-8")
            (folder / name).write_bytes(content)
    return folder
