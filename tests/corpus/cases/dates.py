"""Days: the calendar is kept, days and months are never swapped."""

from __future__ import annotations

from datetime import date

from tests.corpus.case import Case, No, cells


def _dates(name: str, form: str, *given: tuple[str, object]) -> Case:
    return cells(name, f'type = "date", format = "{form}"', *given)


def _no(form: str, what: str = "date") -> No:
    return No(f"is not a {what} of the form {form}")


_ISO, _DOT, _DAY, _MONTH = "yyyy-mm-dd", "d.m.yyyy", "d/m/yyyy", "m/d/yyyy"
_SHORT, _LONG = "yymmdd", "yyyymmdd"


DATES = (
    _dates(
        "days_that_are_not",
        _ISO,
        ("2024-02-31", _no(_ISO)),
        ("2024-04-31", _no(_ISO)),
        ("2024-00-10", _no(_ISO)),
        ("2024-10-00", _no(_ISO)),
        ("2024-13-01", _no(_ISO)),
        ("2024-01-32", _no(_ISO)),
    ),
    _dates(
        "days_that_are_not_with_points",
        _DOT,
        ("31.2.2024", _no(_DOT)),
        ("0.1.2024", _no(_DOT)),
        ("1.13.2024", _no(_DOT)),
        ("32.1.2024", _no(_DOT)),
    ),
    _dates(
        "a_leap_day_in_1900", _ISO, ("1900-02-29", _no(_ISO)), ("1900-02-28", date(1900, 2, 28))
    ),
    _dates(
        "a_leap_day_in_2000", _ISO, ("2000-02-29", date(2000, 2, 29)), ("2000-02-30", _no(_ISO))
    ),
    _dates("a_leap_day_in_2100", _ISO, ("2100-02-29", _no(_ISO)), ("2100-03-01", date(2100, 3, 1))),
    _dates(
        "leap_days_of_these_years",
        _ISO,
        ("2023-02-29", _no(_ISO)),
        ("2024-02-29", date(2024, 2, 29)),
    ),
    _dates(
        "the_days_of_a_calendar_reform",
        _ISO,
        ("1582-10-10", date(1582, 10, 10)),
        ("1752-09-05", date(1752, 9, 5)),
    ),
    _dates(
        "before_the_year_1",
        _ISO,
        ("0000-01-01", _no(_ISO)),
        ("-0044-03-15", _no(_ISO)),
        ("0044-03-15 (BC)", _no(_ISO)),
        ("0001-01-01", date(1, 1, 1)),
    ),
    _dates(
        "before_the_year_1_with_points", _DOT, ("1.1.0000", _no(_DOT)), ("1.1.0001", date(1, 1, 1))
    ),
    _dates(
        "before_the_year_1_in_digits", _LONG, ("00000101", _no(_LONG)), ("00010101", date(1, 1, 1))
    ),
    _dates(
        "beyond_the_year_9999", _ISO, ("10000-01-01", _no(_ISO)), ("9999-12-31", date(9999, 12, 31))
    ),
    _dates(
        "words_that_sql_knows",
        _ISO,
        ("infinity", _no(_ISO)),
        ("epoch", _no(_ISO)),
        ("today", _no(_ISO)),
        ("now", _no(_ISO)),
    ),
    _dates(
        "iso_without_zeros",
        _ISO,
        ("2024-1-5", _no(_ISO)),
        ("2024-01-5", _no(_ISO)),
        ("24-01-05", _no(_ISO)),
    ),
    _dates(
        "iso_with_a_time",
        _ISO,
        ("2024-01-05 00:00:00", _no(_ISO)),
        ("2024-01-05T00:00:00Z", _no(_ISO)),
        ("2024-01-05 x", _no(_ISO)),
    ),
    _dates(
        "iso_by_week_and_by_day",
        _ISO,
        ("2024-W01-5", _no(_ISO)),
        ("2024-005", _no(_ISO)),
        ("2024-01", _no(_ISO)),
        ("2024", _no(_ISO)),
    ),
    _dates(
        "iso_with_other_marks",
        _ISO,
        ("2024/01/05", _no(_ISO)),
        ("2024.01.05", _no(_ISO)),
        ("2024\u201101\u201105", _no(_ISO)),
        ("20240105", _no(_ISO)),
    ),
    _dates(
        "iso_between_blanks", _ISO, (" 2024-01-05 ", date(2024, 1, 5)), ("2024-01 -05", _no(_ISO))
    ),
    _dates(
        "days_with_slashes",
        "yyyy/mm/dd",
        ("2024/01/05", date(2024, 1, 5)),
        ("2024-01-05", _no("yyyy/mm/dd")),
    ),
    _dates(
        "serial_days_of_a_spreadsheet",
        _ISO,
        ("45292", _no(_ISO)),
        ("45292.5", _no(_ISO)),
        ("1", _no(_ISO)),
    ),
    _dates(
        "serial_days_where_digits_are_read",
        _LONG,
        ("45292", _no(_LONG)),
        ("1704412800", _no(_LONG)),
    ),
    _dates(
        "days_in_words",
        _DOT,
        ("5 January 2024", _no(_DOT)),
        ("5. Jan. 2024", _no(_DOT)),
        ("Jan 5, 2024", _no(_DOT)),
        ("05-JAN-24", _no(_DOT)),
    ),
    _dates(
        "day_first",
        _DAY,
        ("3/4/2024", date(2024, 4, 3)),
        ("13/4/2024", date(2024, 4, 13)),
        ("4/13/2024", _no(_DAY)),
    ),
    _dates(
        "month_first",
        _MONTH,
        ("3/4/2024", date(2024, 3, 4)),
        ("4/13/2024", date(2024, 4, 13)),
        ("13/4/2024", _no(_MONTH)),
    ),
    Case(
        "day_first_or_month_first",
        b"id;v\n1;3/4/2024\n",
        refused=(
            "tables.{table}.columns.v: both d/m/yyyy and m/d/yyyy fit 3/4/2024; say which of "
            "them the file means."
        ),
        columns=(
            'id = { type = "text", role = "id" }\n'
            'v = { role = "measure", type = "date", format = ["d/m/yyyy", "m/d/yyyy"] }\n'
        ),
    ),
    _dates(
        "two_digit_years_with_points",
        _DOT,
        ("5.1.24", _no(_DOT)),
        ("5.1.024", _no(_DOT)),
        ("05.01.2024", date(2024, 1, 5)),
    ),
    _dates(
        "two_digit_years_with_slashes",
        _DAY,
        ("5/1/24", _no(_DAY)),
        ("05/01/2024", date(2024, 1, 5)),
    ),
    _dates(
        "two_digit_years_as_stated",
        _SHORT,
        ("690101", date(1969, 1, 1)),
        ("991231", date(1999, 12, 31)),
        ("000229", date(2000, 2, 29)),
        ("681231", date(2068, 12, 31)),
        ("010229", _no(_SHORT)),
    ),
    _dates(
        "two_digit_years_that_lost_a_zero",
        _SHORT,
        ("10105", _no(_SHORT)),
        ("0105", _no(_SHORT)),
        ("20010105", _no(_SHORT)),
    ),
    _dates(
        "a_coded_month_of_birth_numbers",
        _SHORT,
        ("706213", _no(_SHORT)),
        ("701213", date(1970, 12, 13)),
    ),
    _dates(
        "days_with_hyphens",
        "d-m-yyyy",
        ("5-1-2024", date(2024, 1, 5)),
        ("2024-01-05", _no("d-m-yyyy")),
    ),
    _dates("days_in_other_digits", _DOT, ("５.1.2024", _no(_DOT)), ("5.1.٢٠٢٤", _no(_DOT))),
    _dates(
        "days_with_other_text",
        _DOT,
        ("on 5.1.2024", _no(_DOT)),
        ("5.1.2024.", _no(_DOT)),
        ("5.1.2024-6.1.2024", _no(_DOT)),
    ),
    cells(
        "a_day_in_one_of_two_forms",
        'type = "date", format = ["yyyy-mm-dd", "d.m.yyyy"]',
        ("2024-01-05", date(2024, 1, 5)),
        ("5.1.2024", date(2024, 1, 5)),
        ("5/1/2024", _no("yyyy-mm-dd or d.m.yyyy")),
    ),
    cells(
        "a_day_that_stands_for_none",
        'type = "date", format = "d.m.yyyy", null_tokens = ["31.12.9999", "0.0.0000"]',
        ("31.12.9999", None),
        ("0.0.0000", None),
        ("30.12.9999", date(9999, 12, 30)),
    ),
    cells(
        "days_missing",
        'type = "date", format = "yyyy-mm-dd"',
        ("", None),
        ("NULL", None),
        ("n/a", _no(_ISO)),
        ("0", _no(_ISO)),
    ),
)
