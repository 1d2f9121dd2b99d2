"""Four banks that no shipped source describes, as files: made of a seed, nobody's data."""

from __future__ import annotations

import gzip
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


def co_operative(folder: Path, *, partners: int = 240) -> Path:
    """Write seven tab-separated files with days as d/m/yyyy and decimal commas.

    Partners are UTF-16 with a mark, contracts latin-1, postings packed with gzip. A contract finds
    its owner through a table of roles; credit limits and a survey stand apart, one row each;
    complaints several per partner. Postings of the code ASK ask for the balance and move nothing.
    """
    random = np.random.default_rng(14)
    people, contracts, roles, postings, limits, complaints, survey = [[] for _ in range(7)]
    for number in range(1, partners + 1):
        partner, busy = f"{number:06d}", number % 3 == 0
        born = date(1940, 1, 1) + timedelta(days=int(random.integers(0, 22_000)))
        joined = date(2015, 1, 1) + timedelta(days=int(random.integers(0, 1_800)))
        town = ("Köln", "Münster", "Aachen")[int(random.integers(0, 3))]
        people.append(
            f"{partner}\tÄnne Muster{number}\t{_slashed(born)}\t{town}\t{_slashed(joined)}"
        )
        if number % 4:
            survey.append(
                f"{partner}\t{int(random.integers(1, 11))}\t{int(random.integers(0, 60))}"
            )
        for _ in range(int(random.poisson(0.8))):
            day = date(2020, 1, 1) + timedelta(days=int(random.integers(0, 360)))
            paid = _comma(float(random.gamma(2.0, 20.0)))
            complaints.append(f"{len(complaints) + 1}\t{partner}\t{_slashed(day)}\t{paid}")
        for product in ("Giro", "Kredit")[: 1 + number % 2]:
            contract = f"{product[0]}{len(contracts) + 1:05d}"
            saldo = _comma(float(random.gamma(2.0, 4_000 if busy else 600)))
            contracts.append(f"{contract}\t{product}\tFiliale Köln\t{_slashed(joined)}\t{saldo}")
            roles.append(f"{len(roles) + 1}\t{contract}\t{partner}\tINHABER")
            if number % 5 == 0:
                other = f"{number - 1:06d}"
                roles.append(f"{len(roles) + 1}\t{contract}\t{other}\tBEVOLLM")
            if product == "Kredit":
                limits.append(f"{contract}\t{int(random.integers(1, 20)) * 500}")
            for _ in range(int(random.poisson(25 if busy else 6)) + 1):
                day = date(2020, 1, 1) + timedelta(days=int(random.integers(0, 360)))
                code = ("DEP", "WDR", "ASK")[int(random.integers(0, 3))]
                size = round(float(random.gamma(2.0, 300 if busy else 50)) + 1, 2)
                moved = {"DEP": size, "WDR": -size, "ASK": 0.0}[code]
                postings.append(
                    f"{len(postings) + 1}\t{contract}\t{_slashed(day)}\t{code}\t{_comma(moved)}"
                )
    _tabs(folder / "partners.tsv", "PartnerId\tName\tBirth Date\tTown\tSince", people, "utf-16")
    head = "ContractNo\tType\tBranch\tOpened On\tSaldo"
    _tabs(folder / "contracts.tsv", head, contracts, "latin-1")
    _tabs(folder / "roles.tsv", "RoleId\tContractNo\tPartnerId\tRole", roles)
    _tabs(folder / "limits.tsv", "ContractNo\tCredit Limit", limits)
    _tabs(folder / "survey.tsv", "PartnerId\tSatisfaction\tBranch Visits", survey)
    _tabs(folder / "complaints.tsv", "ComplaintId\tPartnerId\tDay\tAmount Refunded", complaints)
    head = "PostingId\tContractNo\tBooked On\tCode\tAmount"
    _tabs(folder / "postings.tsv.gz", head, postings)
    return folder


def _slashed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _comma(amount: float) -> str:
    return f"{amount:.2f}".replace(".", ",")


def _tabs(path: Path, header: str, lines: list[str], encoding: str = "utf-8") -> None:
    content = "\r\n".join([header, *lines, ""]).encode(encoding)
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def _write(path: Path, header: str, lines: list[str]) -> None:
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
