"""Five banks whose tables are joined in unlike ways, as files: made of a seed, nobody's data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.random import Generator

_NAMES = ("Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Pine", "Rowan")


def iban_bank(folder: Path, *, customers: int = 160) -> Path:
    """Write customers, accounts and transactions; the last two are joined by IBAN alone."""
    random = np.random.default_rng(21)
    people, accounts, moves = [], [], []
    for number in range(1, customers + 1):
        client, busy = f"C{number:05d}", number % 4 == 0
        income = int(random.integers(12, 90)) * 100
        sex = "FM"[int(random.integers(0, 2))]
        people.append(f"{client};{_person(random)};{_born(random)};{sex};{income}")
        for product in ("Current", "Savings")[: 1 + (number % 3 == 0)]:
            iban = f"DE{random.integers(10, 99)}{random.integers(10**17, 10**18)}"
            opened = _day(random, 2015, 2_000)
            held = random.gamma(2.0, 4_000 if busy else 500)
            accounts.append(f"{iban};{client};{product};{held:.2f};{opened}")
            moves += [
                (_day(random, 2024, 366), iban, *_moved(random, busy=busy))
                for _ in range(int(random.integers(25, 50) if busy else random.integers(2, 12)))
            ]
    rows = (f"{n};{i};{d};{a:.2f};{k}" for n, (d, i, a, k) in enumerate(sorted(moves), 1))
    _write(folder / "customers.csv", "Client No;Name;Birth Date;Sex;Monthly Income", people)
    _write(folder / "accounts.csv", "IBAN;Client No;Product;Balance;Opened", accounts)
    _write(folder / "transactions.csv", "Txn;IBAN;Booking Date;Amount;Type", rows)
    return folder


def card_bank(folder: Path, *, customers: int = 160) -> Path:
    """Write card holders, cards and what was paid with them, joined by the cards' numbers.

    A payment is told apart by card and line; it has two days, and all amounts are positive.
    """
    random = np.random.default_rng(22)
    people, cards, moves = [], [], []
    for number in range(1, customers + 1):
        often = number % 4 == 0
        first, last = _person(random).split()
        mail = f"{first}.{number}@example.org"
        people.append(f"{number + 500},{first},{last},{mail},{10_000 + number % 60}")
        card = f"4{random.integers(10**14, 10**15)}"
        owed = random.gamma(2.0, 900 if often else 150)
        limit = int(random.integers(2, 20)) * 500
        cards.append(f"{card},{number + 500},{'Gold' if often else 'Classic'},{limit},{owed:.2f}")
        for line in range(1, int(random.integers(20, 40) if often else random.integers(2, 9))):
            day = _day(random, 2023, 360)
            valued = day + timedelta(days=int(random.integers(0, 3)))
            moves.append(f"{card},{line},{valued},{day},{random.gamma(2.0, 30):.2f}")
    head = "Customer Id,First Name,Last Name,Email,Postcode"
    _write(folder / "card_holders.csv", head, people)
    _write(folder / "cards.csv", "Card Number,Customer Id,Grade,Credit Limit,Balance", cards)
    head = "Card Number,Line,Value Date,Posting Date,Amount"
    _write(folder / "payments.csv", head, moves)
    return folder


def national_id_bank(folder: Path, *, customers: int = 160) -> Path:
    """Write customers whose accounts say by their national id alone whose they are."""
    random = np.random.default_rng(23)
    people, accounts = [], []
    moves: list[str] = []
    for number in range(1, customers + 1):
        national, busy = f"{random.integers(10**9, 10**10)}", number % 3 == 0
        people.append(f"{number + 7_000}|{national}|{_person(random)}|{_born(random)}")
        account, opened = f"{random.integers(10**7, 10**8)}", _day(random, 2016, 1_500)
        held = random.gamma(2.0, 4_000 if busy else 500)
        accounts.append(f"{account}|{national}|Checking|{held:.2f}|{opened}")
        for _ in range(int(random.integers(20, 40) if busy else random.integers(2, 9))):
            size, kind = _moved(random, busy=busy)
            moves.append(
                f"{len(moves) + 1}|{account}|{_day(random, 2023, 360)}|{abs(size):.2f}|{kind}"
                f"|{'Credit' if size > 0 else 'Debit'}"
            )
    _write(folder / "customers.txt", "Customer No|National Id|Full Name|Date of Birth", people)
    head = "Account No|National Id|Type|Balance|Opened On"
    _write(folder / "accounts.txt", head, accounts)
    head = "Movement Id|Account No|Date|Amount|Purpose|Direction"
    _write(folder / "movements.txt", head, moves)
    return folder


def german_bank(folder: Path, *, customers: int = 160) -> Path:
    """Write customers, accounts and bookings as a German bank does: 31.12.2024 and 1.234,56."""
    random = np.random.default_rng(24)
    people, accounts, moves = [], [], []
    for number in range(1, customers + 1):
        client, busy = f"{number * 7 + 100_000}", number % 4 == 0
        first, last = _person(random).split()
        sex = "mw"[int(random.integers(0, 2))]
        born = f"{_born(random):%d.%m.%Y}"
        people.append(f"{client};{first};{last}müller;{born};{sex};{50_000 + number % 40}")
        for kind in ("Girokonto", "Sparkonto")[: 1 + (number % 3 == 0)]:
            konto, opened = f"{random.integers(10**9, 10**10)}", _day(random, 2014, 2_000)
            held = _german(float(random.gamma(2.0, 6_000 if busy else 700)))
            accounts.append(f"{konto};{client};{kind};{held};{opened:%d.%m.%Y}")
            for _ in range(int(random.integers(25, 50) if busy else random.integers(2, 12))):
                day, (size, _) = _day(random, 2024, 366), _moved(random, busy=busy)
                later = day + timedelta(days=1)
                moves.append(f"{konto};{day:%d.%m.%Y};{later:%d.%m.%Y};{_german(size * 9)}")
    numbered = (f"B{n:07d};{row}" for n, row in enumerate(moves, 1))
    head = "Kundennummer;Vorname;Nachname;Geburtsdatum;Geschlecht;PLZ"
    _write(folder / "kunden.csv", head, people, "cp1252")
    head = "Konto;Kundennummer;Kontoart;Kontostand;Eröffnet"
    _write(folder / "konten.csv", head, accounts, "cp1252")
    head = "Buchungsnummer;Konto;Buchungstag;Wertstellung;Betrag"
    _write(folder / "umsaetze.csv", head, numbered, "cp1252")
    return folder


def shared_accounts(folder: Path, *, customers: int = 160) -> Path:
    """Write accounts with one holder or two, and branches that no other table names.

    Transactions have no key of their own, and a code for the direction of which one is unknown.
    """
    random = np.random.default_rng(25)
    people, accounts, holders, moves = [], [], [], []
    for number in range(1, customers + 1):
        client, busy = f"K{number:05d}", number % 4 == 0
        people.append(f"{client},{int(random.integers(18, 90))},{_person(random)}")
        account, held = f"A{number:06d}", random.gamma(2.0, 5_000 if busy else 600)
        accounts.append(f"{account},X{1 + number % 2},{held:.2f}")
        holders.append(f"{client},{account}")
        if number % 5 == 0:
            holders.append(f"K{number - 1:05d},{account}")
        for _ in range(int(random.integers(25, 50) if busy else random.integers(2, 12))):
            size, _ = _moved(random, busy=busy)
            code = "FEE" if random.random() < 0.05 else "CR" if size > 0 else "DR"
            moves.append(f"{account},{_day(random, 2024, 360)},{code},{abs(size):.2f}")
    branches = [f"{n},{town},{9 + n % 3}" for n, town in enumerate(_NAMES, 1)]
    _write(folder / "clients.csv", "client_id,age,name", people)
    _write(folder / "accounts.csv", "account_id,product_type,balance", accounts)
    _write(folder / "account_holders.csv", "client_id,account_id", holders)
    _write(folder / "transactions.csv", "account_id,date,dc_code,amount", moves)
    _write(folder / "branches.csv", "branch_number,town,desks", branches)
    return folder


def _person(random: Generator) -> str:
    first, last = (int(n) for n in random.integers(0, len(_NAMES), 2))
    return f"{_NAMES[first]} {_NAMES[last]}son"


def _born(random: Generator) -> date:
    return date(1940, 1, 1) + timedelta(days=int(random.integers(0, 23_000)))


def _day(random: Generator, year: int, days: int) -> date:
    return date(year, 1, 1) + timedelta(days=int(random.integers(0, days)))


def _moved(random: Generator, *, busy: bool) -> tuple[float, str]:
    kind = ("Transfer", "Card", "Salary", "Cash")[int(random.integers(0, 4))]
    size = float(random.gamma(2.0, 120 if busy else 40)) + 1
    return (size if kind == "Salary" else -size), kind


def _german(amount: float) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _write(path: Path, header: str, rows: Iterable[str], encoding: str = "utf-8") -> None:
    path.write_text("\n".join([header, *rows, ""]), encoding=encoding)
