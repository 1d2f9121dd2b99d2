"""Readable rows that cannot be right, or say nothing: told in the report; codes reject."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.corpus.case import Case, No, cells, people

_CODES = 'type = "code", domain = { F = "Female", M = "Male" }'
_KEPT = f'{_CODES}, unknown = "keep"'
_CODE = No("is not one of the codes F, M")
_SUMS = """
id = { type = "text", role = "id" }
total = { type = "decimal", role = "measure" }
interest = { type = "decimal", role = "measure" }
principal = { type = "decimal", role = "measure" }
"""
_SUM = """
[[checks]]
name = "parts of {table}"
kind = "sum"
table = "{table}"
total = "total"
parts = ["interest", "principal"]
sentence = "Interest and principal make the total."
"""
_SPANS = """
id = { type = "text", role = "id" }
opened = { type = "date", role = "measure", format = "yyyy-mm-dd" }
closed = { type = "date", role = "measure", format = "yyyy-mm-dd" }
"""
_SPAN = """
[[checks]]
name = "order of {table}"
kind = "rule"
table = "{table}"
condition = "closed >= opened"
sentence = "Nothing closes before it opens."
"""
_UNIQUE = """
[[checks]]
name = "one of {table}"
kind = "unique"
table = "{table}"
columns = ["surname"]
sentence = "No surname stands twice."
"""
_D = Decimal


def _range(count: int, allowed: str, column: str = "age") -> str:
    return f"{count} rows of {{table}} have {column} outside {allowed}."


def _same(columns: str) -> str:
    return f"Every row of {{table}} has the same {columns}: a default, or no information."


def _sums(name: str, body: str, *accepted: tuple[object, ...], **more: object) -> Case:
    return Case(
        name,
        f"id;total;interest;principal\n{body}".encode(),
        accepted,
        columns=_SUMS,
        checks=_SUM,
        **more,
    )  # type: ignore[arg-type]


def _spans(name: str, body: str, *accepted: tuple[object, ...], **more: object) -> Case:
    return Case(
        name, f"id;opened;closed\n{body}".encode(), accepted, columns=_SPANS, checks=_SPAN, **more
    )  # type: ignore[arg-type]


SEMANTICS = (
    people(
        "an_age_below_zero",
        "01;Ash;-1\n02;Elm;5\n",
        ("01", "Ash", -1),
        ("02", "Elm", 5),
        found=(_range(1, "0 to 120"),),
    ),
    people(
        "an_age_of_a_thousand",
        "01;Ash;1000\n02;Elm;999\n",
        ("01", "Ash", 1000),
        ("02", "Elm", 999),
        found=(_range(2, "0 to 120"),),
    ),
    people("ages_at_the_limits", "01;Ash;0\n02;Elm;120\n", ("01", "Ash", 0), ("02", "Elm", 120)),
    people(
        "every_age_is_99",
        "01;Ash;99\n02;Elm;99\n03;Oak;99\n",
        ("01", "Ash", 99),
        ("02", "Elm", 99),
        ("03", "Oak", 99),
        found=(_same("age"),),
    ),
    people(
        "every_age_is_zero",
        "01;Ash;0\n02;Elm;0\n",
        ("01", "Ash", 0),
        ("02", "Elm", 0),
        found=(_same("age"),),
    ),
    people(
        "every_age_that_is_there_is_the_same",
        "01;Ash;7\n02;Elm;\n03;Oak;7\n",
        ("01", "Ash", 7),
        ("02", "Elm", None),
        ("03", "Oak", 7),
        found=(_same("age"),),
    ),
    people(
        "every_age_is_missing", "01;Ash;\n02;Elm;NULL\n", ("01", "Ash", None), ("02", "Elm", None)
    ),
    people("a_single_row_is_no_constant", "01;Ash;99\n", ("01", "Ash", 99)),
    people(
        "a_birth_year_for_an_age",
        "01;Ash;1983\n02;Elm;5\n",
        ("01", "Ash", 1983),
        ("02", "Elm", 5),
        found=(_range(1, "0 to 120"),),
    ),
    people(
        "the_same_surname_twice",
        "01;Ash;41\n02;Ash;5\n",
        ("01", "Ash", 41),
        ("02", "Ash", 5),
        checks=_UNIQUE,
        found=("1 case contradicts: No surname stands twice.",),
    ),
    people(
        "an_age_out_of_range_in_a_rejected_row",
        "01;Ash;41\n02;Elm;500;\n03;Oak;7\n",
        ("01", "Ash", 41),
        ("03", "Oak", 7),
        rejected=((3, "(whole row)", "has 4 fields where the header names 3"),),
    ),
    cells(
        "amounts_below_a_minimum",
        'type = "decimal", minimum = 0',
        ("-0.01", _D("-0.01")),
        ("0", _D("0.00")),
        ("1", _D("1.00")),
        found=(_range(1, "0 or more", "v"),),
    ),
    cells(
        "amounts_above_a_maximum",
        'type = "decimal", maximum = 100',
        ("100.01", _D("100.01")),
        ("100", _D("100.00")),
        found=(_range(1, "100 or less", "v"),),
    ),
    cells("codes", _CODES, ("F", "Female"), ("M", "Male"), ("", None)),
    cells("codes_between_blanks", _CODES, ("F   ", "Female"), (" M", "Male")),
    cells("codes_not_listed", _CODES, ("F", "Female"), ("X", _CODE), ("9", _CODE), ("?", _CODE)),
    cells("codes_in_small_letters", _CODES, ("f", _CODE), ("M", "Male")),
    cells("codes_in_words", _CODES, ("Female", _CODE), ("F/M", _CODE), ("FM", _CODE)),
    cells(
        "codes_not_listed_but_kept",
        _KEPT,
        ("F", "Female"),
        ("X", "X"),
        ("Y", "Y"),
        found=("2 rows of {table} have a v that is not listed; kept as it is.",),
    ),
    cells(
        "unknown_as_a_category",
        _KEPT.replace('M = "Male"', 'Unknown = "Unknown"'),
        ("Unknown", "Unknown"),
        ("F", "Female"),
    ),
    cells(
        "codes_of_digits_keep_their_zeros",
        'type = "code", domain = { 01 = "One", 1 = "Uno" }',
        ("01", "One"),
        ("1", "Uno"),
        ("001", No("is not one of the codes 01, 1")),
    ),
    cells("codes_without_a_list", 'type = "code"', ("A1", "A1"), ("007", "007"), ("NULL", None)),
    cells(
        "a_code_that_reads_like_a_number",
        'type = "code"',
        ("1E5", "1E5"),
        ("1.0", "1.0"),
        ("-0", "-0"),
    ),
    cells(
        "days_to_come",
        'type = "date", format = "yyyy-mm-dd"',
        ("2999-01-01", date(2999, 1, 1)),
        ("2024-01-05", date(2024, 1, 5)),
    ),
    cells(
        "days_long_ago",
        'type = "date", format = "yyyy-mm-dd"',
        ("1800-01-01", date(1800, 1, 1)),
        ("1900-01-01", date(1900, 1, 1)),
    ),
    _sums(
        "sums_that_match",
        "1;3.00;1.00;2.00\n2;0.30;0.10;0.20\n",
        ("1", _D("3.00"), _D("1.00"), _D("2.00")),
        ("2", _D("0.30"), _D("0.10"), _D("0.20")),
    ),
    _sums(
        "sums_that_differ_by_a_cent",
        "1;3.00;1.00;2.00\n2;0.30;0.10;0.21\n",
        ("1", _D("3.00"), _D("1.00"), _D("2.00")),
        ("2", _D("0.30"), _D("0.10"), _D("0.21")),
        found=("1 case contradicts: Interest and principal make the total.",),
    ),
    _sums(
        "sums_of_missing_parts",
        "1;3.00;;2.00\n2;0.30;0.10;0.20\n",
        ("1", _D("3.00"), None, _D("2.00")),
        ("2", _D("0.30"), _D("0.10"), _D("0.20")),
        found=(_same("interest"),),
    ),
    _spans(
        "closed_before_it_opened",
        "1;2024-05-01;2024-04-30\n2;2024-05-01;2024-05-01\n",
        ("1", date(2024, 5, 1), date(2024, 4, 30)),
        ("2", date(2024, 5, 1), date(2024, 5, 1)),
        found=("1 case contradicts: Nothing closes before it opens.",),
    ),
    _spans(
        "never_closed",
        "1;2024-05-01;\n2;2024-05-01;2024-05-02\n",
        ("1", date(2024, 5, 1), None),
        ("2", date(2024, 5, 1), date(2024, 5, 2)),
    ),
    _spans(
        "a_single_day_cannot_be_read",
        "1;2024-05-01;2024-04-31\n2;2024-05-01;2024-05-02\n",
        ("2", date(2024, 5, 1), date(2024, 5, 2)),
        rejected=((2, "closed", "is not a date of the form yyyy-mm-dd"),),
    ),
)
