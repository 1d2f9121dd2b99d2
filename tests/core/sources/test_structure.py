"""The structural pass accepts what is whole and names the line of what is not."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources import quoting
from core.sources.quoting import Dialect
from core.sources.structure import Structure, scan

cells = st.text(st.sampled_from("ab ;\"'\n\r,é|0"), max_size=6)


def structure_of(content: bytes, fields: int = 2) -> Structure:
    return scan(np.frombuffer(content, dtype=np.uint8), 0, 2, fields, Dialect(";", '"'))


def faults(structure: Structure) -> list[tuple[int, str]]:
    return sorted((int(line), group.reason) for group in structure.broken for line in group.lines)


@pytest.mark.parametrize(
    ("content", "records", "expected"),
    [
        (b"1;a\n2;b\n", 2, []),
        (b"1;a\r\n2;b", 2, []),
        (b"1;a\n2;b;c\n3\n", 3, [
            (3, "has 3 fields where the header names 2"),
            (4, "has 1 field where the header names 2"),
        ]),
        (b"1;a\n\n2;b\n", 3, [(3, "is blank")]),
        (b"1;a\n2;b\n\n\r\n\n", 2, []),
        (b'1;"a\nx"\n2;b\n', 2, []),
        (b'1;"a;b"\n2;"say ""hi"""\n', 2, []),
        (b'1;"a\n2;b\n3;c\n', 3, [(2, "opens a quoted field that is never closed")]),
        (b'1;"a\n2;"b"\n3;c\n', 3, [(2, "has text after the quote mark that closes a field")]),
        (b'1;a"b\n2;"b"\n', 2, [(2, "has a quote mark inside a field that is not quoted")]),
        (b"1;a\x00\n2;b\n", 2, [(2, "has a NUL byte")]),
        (b"1;\xff\n2;b\n", 2, [(2, "has bytes that are not text in the stated encoding")]),
        (b"1;a\rb\n2;b\n", 2, [(2, "has a stray carriage return")]),
        (b"", 0, []),
    ],
)  # fmt: skip
def test_every_broken_record_is_named_with_its_line(
    content: bytes, records: int, expected: list[tuple[int, str]]
) -> None:
    structure = structure_of(content)
    assert (structure.records, faults(structure)) == (records, expected)


def test_lines_are_those_of_the_file_where_quoted_fields_span_lines() -> None:
    structure = structure_of(b'1;"a\n\nx"\n2;b\nbad\n3;c\n')
    assert structure.lines().tolist() == [2, 5, 7]
    assert faults(structure) == [(6, "has 1 field where the header names 2")]


def test_a_file_with_two_kinds_of_line_ends_needs_mending() -> None:
    assert structure_of(b"1;a\r\n2;b\r\n").plain
    assert not structure_of(b"1;a\r\n2;b\n").plain


def test_records_that_cross_blocks_are_found_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"".join(b'%d;"text %d\n more"\n' % (n, n) for n in range(200)) + b"short\n"
    whole = structure_of(content)
    monkeypatch.setattr(quoting, "BLOCK", 64)
    monkeypatch.setattr("core.sources.structure.BLOCK", 64)
    blocks = structure_of(content)
    assert blocks.records == whole.records == 201
    assert blocks.lines().tolist() == whole.lines().tolist()
    assert faults(blocks) == faults(whole) == [(402, "has 1 field where the header names 2")]


def test_a_file_full_of_broken_quotes_is_given_up() -> None:
    assert "quotes are broken" in structure_of(b'1;a"b\n' * 1_500).gave_up


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=30))
def test_what_the_csv_module_writes_is_whole(rows: list[tuple[str, str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    structure = structure_of(written.getvalue().encode())
    assert (structure.records, structure.broken_count) == (len(rows), 0)
    lines = np.cumsum([2] + [1 + sum(cell.count("\n") for cell in row) for row in rows])[:-1]
    assert structure.lines().tolist() == lines.tolist()


@given(st.binary(max_size=200))
def test_any_bytes_give_an_account_that_adds_up(content: bytes) -> None:
    structure = structure_of(content)
    assert structure.records == len(structure.lines()) + structure.broken_count


def test_a_file_without_quotes_is_known_as_such_even_if_its_last_line_has_no_end() -> None:
    dialect = Dialect(";", '"')
    unended = scan(np.frombuffer(b"1;a\n2;b", np.uint8), 0, 2, 2, dialect)
    quoted = scan(np.frombuffer(b'1;"a"\n2;b\n', np.uint8), 0, 2, 2, dialect)

    assert (unended.records, unended.lines().tolist()) == (2, [2, 3])
    assert (unended.quoted, quoted.quoted) == (False, True)
