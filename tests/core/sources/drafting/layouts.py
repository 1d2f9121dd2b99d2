"""Three banks that no shipped source describes, as files: made of a seed, nobody's data."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np

_JOBS = ("admin.", "blue-collar", "management", "retired", "student", "Unknown")
_START = date(1996, 1, 1)


def wide_table(folder: Path, *, rows: int = 400, with_id: bool = True) -> Path:
    """Write one wide table of customers with categories, some of them "Unknown"."""
    random = np.random.default_rng(11)
    lines = []
    for number in range(rows):
        rich = number % 3 == 0
        day = date(2009, 1, 1) + timedelta(days=int(random.integers(0, 3_000)))
        cells = [
            *([f"{number + 17:06d}"] if with_id else []),
            str(int(random.integers(45, 75) if rich else random.integers(19, 50))),
            _JOBS[int(random.integers(0, len(_JOBS)))],
            ("married", "single", "divorced", "Unknown")[int(random.integers(0, 4))],
            ("primary", "secondary", "tertiary", "Unknown")[int(random.integers(0, 4))],
            f"{random.gamma(2.0, 4000 if rich else 500):.2f}".replace(".", ","),
            "yes" if random.random() < 0.4 else "no",
            str(int(random.poisson(9 if rich else 3))),
            f"{day.day}/{day.month}/{day.year}",
            "" if random.random() < 0.1 else f"{random.random():.3f}".replace(".", ","),
        ]
        lines.append(";".join(cells))
    names = ["Age", "Job", "Marital", "Education", "Balance", "Housing Loan", "Contacts",
             "Customer Since", "Share Online"]  # fmt: skip
    header = ";".join([*(["ClientNum"] if with_id else []), *names])
    (folder / "Customers 2017.csv").write_text(
        "\r\n".join([header, *lines, ""]), encoding="utf-8", newline=""
    )
    return folder


def purchase_log(folder: Path, *, customers: int = 300) -> Path:
    """Write a log of purchases in columns of blanks, without a header and without customers."""
    random = np.random.default_rng(12)
    lines = []
    for number in range(1, customers + 1):
        often = number % 4 == 0
        times = 1 + int(random.poisson(9 if often else 1))
        for day in sorted(int(d) for d in random.integers(0, 540, times)):
            booked = (_START + timedelta(days=day)).strftime("%Y%m%d")
            pieces = int(random.integers(1, 4))
            paid = pieces * (random.gamma(3.0, 12.0 if often else 5.0) + 1)
            lines.append(f" {number:05d} {booked} {pieces:2d} {paid:7.2f}")
    (folder / "purchases.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def linked_bank(folder: Path, *, clients: int = 320) -> Path:
    """Write customers, accounts, what links them, and transactions, each a file of its own.

    Days are yymmdd; a birth number has 50 added to the month of women; every third account is
    shared with somebody who does not own it.
    """
    random = np.random.default_rng(13)
    people, accounts, links, moves = [], [], [], []
    link = move = 0
    for number in range(1, clients + 1):
        born = date(1925, 1, 1) + timedelta(days=int(random.integers(0, 20_000)))
        month = born.month + (50 if random.random() < 0.5 else 0)
        code = f"{born.year % 100:02d}{month:02d}{born.day:02d}"
        people.append(f'{number};"{code}";{int(random.integers(1, 15))}')
        if number % 5 == 0:  # uses the account of the one before
            link += 1
            links.append(f'{link};{number};{number - 1 + 1000};"DISPONENT"')
            continue
        account = number + 1000
        opened = date(1993, 1, 1) + timedelta(days=int(random.integers(0, 900)))
        accounts.append(
            f'{account};{int(random.integers(1, 15))};"POPLATEK MESICNE";{opened:%y%m%d}'
        )
        link += 1
        links.append(f'{link};{number};{account};"OWNER"')
        busy, balance, day = number % 3 == 0, 0.0, opened
        for step in range(int(random.poisson(30 if busy else 8)) + 2):
            move += 1
            day += timedelta(days=int(random.integers(1, 12 if busy else 40)))
            income = step == 0 or random.random() < 0.45
            amount = round(float(random.gamma(2.0, 4000 if busy else 700)) + 10, 1)
            amount = amount if income else round(min(amount, max(balance, 1.0)), 1)
            balance = round(balance + amount if income else balance - amount, 1)
            moves.append(
                f'{move};{account};{day:%y%m%d};"{"PRIJEM" if income else "VYDAJ"}";'
                f'"{"VKLAD" if income else "VYBER"}";{amount:.1f};{balance:.1f}'
            )
    _write(folder / "client.csv", '"client_id";"birth_number";"district_id"', people)
    _write(folder / "account.csv", '"account_id";"district_id";"frequency";"date"', accounts)
    _write(folder / "disp.csv", '"disp_id";"client_id";"account_id";"type"', links)
    header = '"trans_id";"account_id";"date";"type";"operation";"amount";"balance"'
    _write(folder / "trans.csv", header, moves)
    return folder


def _write(path: Path, header: str, lines: list[str]) -> None:
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
