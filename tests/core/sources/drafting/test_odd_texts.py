"""Codes and headers with line breaks and control characters: none writes a line of the draft."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.errors import DataError
from core.sources.canonical import read_source
from core.sources.drafting import draft as drafting
from core.sources.drafting.comments import one_line, sql_comment, toml_comment
from core.sources.drafting.draft import draft_source
from core.sources.drafting.toml_values import toml_text
from core.sources.spec import spec_from

_COLUMN = 'injected = { type = "text", role = "measure", label = "x" } #'
_BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028", "\u2029", "\x1b[2J\n", "\x7f"]


def _bank(folder: Path, *, odd: str, header: str = "Größe") -> Path:
    """Write customers, accounts and postings; one product, and one code of postings, is odd."""
    people = [(f"c{n:03d}", 20 + n % 50, n % 7) for n in range(60)]
    accounts = [
        (f"a{n:03d}", f"c{n:03d}", ("Giro", odd)[n % 2], f"{n * 3}.50", f"2015-01-{1 + n % 28:02d}")
        for n in range(60)
    ]
    moves = [
        (n, f"a{n % 60:03d}", f"2020-01-{1 + n % 28:02d}", amount, code)
        for n in range(360)
        for code, amount in ((("in", n + 1.25), ("out", n + 2.5), (odd, 0.0))[n // 60 % 3],)
    ]  # fmt: skip
    _write(folder / "customers.csv", ("customer_id", "age", header), people)
    head = ("account_id", "customer_id", "product", "balance", "opened")
    _write(folder / "accounts.csv", head, accounts)
    head = ("transaction_id", "account_id", "booking_date", "amount", "type")
    _write(folder / "transactions.csv", head, moves)
    return folder


def _write(path: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([head, *rows])


@pytest.mark.parametrize("break_", _BREAKS)
def test_a_comment_is_one_line_whatever_it_says(break_: str) -> None:
    odd = f"odd{break_}x = 1"
    assert tomllib.loads(f"y = 2  {toml_comment(odd)}\nz = {toml_text(odd)}") == {"y": 2, "z": odd}
    assert len(sql_comment(odd).splitlines()) == 1
    assert one_line(odd).isprintable()


@pytest.mark.parametrize(
    ("break_", "line"),
    [("\n", "x = 1"), ("\n", _COLUMN), ("\x1b[2J\u2028\x85\r\x7f", "x = 1")],
)
def test_a_code_with_a_line_break_stays_a_code(tmp_path: Path, break_: str, line: str) -> None:
    odd = f"odd{break_}{line}"
    draft = draft_source(_bank(tmp_path, odd=odd))
    document = tomllib.loads(draft.files["source.toml"])
    queries = {n.removesuffix(".sql"): t for n, t in draft.files.items() if n.endswith(".sql")}
    accounts = document["tables"]["accounts"]["columns"]
    assert set(accounts) == {"account_id", "customer_id", "product", "balance", "opened"}
    assert accounts["product"]["domain"] == {odd: odd, "Giro": "Giro"}
    unknown = [one for one in draft.doubts if "not known which product" in one]
    assert len(unknown) == 1
    assert [one for one in draft.doubts if not one.isprintable()] == []
    (inquiries,) = [
        one for one in draft.files["transactions.sql"].splitlines() if "Inquiries" in one
    ]
    assert inquiries.startswith("-- Inquiries: type odd\\")
    assert inquiries.endswith(f"{line}, whose amounts are all 0.")
    with read_source(spec_from(document, queries), tmp_path) as read:
        assert read.rejects == ()


def test_a_header_of_two_lines_is_a_label_of_one(tmp_path: Path) -> None:
    header = "Größe des\nHaushalts\x1b"
    draft = draft_source(_bank(tmp_path, odd="Depot", header=header))
    document = tomllib.loads(draft.files["source.toml"])
    labels = {one["name"]: one["label"] for one in document["attributes"]}
    assert labels["groesse_des_haushalts"] == "Größe des Haushalts\\x1b"
    table = draft.files["source.toml"].partition("[tables.customers.columns]")[2]
    (line,) = [one for one in table.splitlines() if one.startswith("groesse_des_haushalts = ")]
    assert tomllib.loads(line)["groesse_des_haushalts"]["aliases"] == header


def test_a_draft_that_cannot_be_read_is_not_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "written", lambda *_args, **_named: "x = \n")
    with pytest.raises(DataError, match="The draft cannot be read as TOML"):
        draft_source(_bank(tmp_path, odd="Depot"))
