"""Numbers as people and machines write them: read exactly, or rejected with a reason."""

from __future__ import annotations

from decimal import Decimal

from tests.corpus.case import Case, No, cells

_WHOLE, _LARGE = No("is not a whole number"), No("is too large a number")
_NUMBER, _PLACES = No("is not a number"), No("has more than 2 decimal places")
_FLAG = No("is none of Y, YES, T, TRUE, 1, N, NO, F, FALSE, 0")


def _integer(name: str, *given: tuple[str, object]) -> Case:
    return cells(name, 'type = "integer"', *given, ("7", 7), ("8", 8))


def _decimal(name: str, *given: tuple[str, object], more: str = "") -> Case:
    some = (("7", Decimal("7.00")), ("8", Decimal("8.00")))
    return cells(name, f'type = "decimal"{more}', *given, *some)


def _comma(name: str, *given: tuple[str, object]) -> Case:
    return _decimal(name, *given, more=', decimal_mark = ","')


NUMBERS = (
    _integer("integers_signed", ("+5", 5), ("-5", -5), ("-0", 0), ("+0", 0)),
    _integer(
        "integers_padded_with_zeros", ("007", 7), ("-007", -7), ("0" * 30, 0), ("0" * 30 + "1", 1)
    ),
    _integer(
        "integers_at_the_limit",
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
    ),
    _integer(
        "integers_beyond_the_limit",
        ("9223372036854775808", _LARGE),
        ("9" * 100, _LARGE),
        ("-9223372036854775809", _LARGE),
    ),
    _integer(
        "integers_with_a_point", ("5.0", _WHOLE), ("5.", _WHOLE), (".5", _WHOLE), ("5.7", _WHOLE)
    ),
    _integer(
        "integers_with_thousands_marks",
        ("1,000", _WHOLE),
        ("1.000", _WHOLE),
        ("1 000", _WHOLE),
        ("1'000", _WHOLE),
        ("1_000", _WHOLE),
    ),
    _integer("integers_with_exponents", ("1e3", _WHOLE), ("1E+3", _WHOLE)),
    _integer(
        "integers_of_other_bases",
        ("0x1F", _WHOLE),
        ("0b1", _WHOLE),
        ("0o7", _WHOLE),
        ("1Fh", _WHOLE),
    ),
    _integer(
        "integers_in_other_digits", ("５", _WHOLE), ("٣", _WHOLE), ("Ⅷ", _WHOLE), ("²", _WHOLE)
    ),
    _integer(
        "integers_with_two_signs", ("--1", _WHOLE), ("+-1", _WHOLE), ("-", _WHOLE), ("+", _WHOLE)
    ),
    _integer("integers_with_a_sign_behind", ("5-", _WHOLE), ("5+", _WHOLE), ("(5)", _WHOLE)),
    _integer("integers_with_a_sign_apart", ("- 5", _WHOLE), ("+ 5", _WHOLE)),
    _integer("integers_with_a_typographic_minus", ("\u22125", _WHOLE), ("\u20135", _WHOLE)),
    _integer(
        "integers_in_words", ("five", _WHOLE), ("unknown", _WHOLE), ("?", _WHOLE), ("true", _WHOLE)
    ),
    _integer("integers_with_letters", ("5a", _WHOLE), ("O5", _WHOLE), ("l0", _WHOLE)),
    _integer("integers_between_blanks", (" 5 ", 5), ("\t5\t", 5), ("\u00a05", 5)),
    _integer("integers_missing", ("", None), ("  ", None), ("NULL", None), ('""', None)),
    _integer(
        "integers_missing_in_other_words",
        ("null", _WHOLE),
        ("N/A", _WHOLE),
        ("nan", _WHOLE),
        ("-", _WHOLE),
        (".", _WHOLE),
    ),
    _integer("integers_and_a_unit", ("5 years", _WHOLE), ("5 %", _WHOLE), ("#5", _WHOLE)),
    _integer("integers_as_text_of_a_spreadsheet", ("'5", _WHOLE), ('"=""5"""', _WHOLE)),
    _integer(
        "an_error_of_a_spreadsheet",
        ("#N/A", _WHOLE),
        ("#DIV/0!", _WHOLE),
        ("#REF!", _WHOLE),
        ("#####", _WHOLE),
    ),
    _decimal(
        "decimals_plain",
        ("1.5", Decimal("1.50")),
        ("-1.05", Decimal("-1.05")),
        (".5", Decimal("0.50")),
        ("1.", Decimal("1.00")),
    ),
    _decimal(
        "decimals_signed_zero",
        ("-0", Decimal("0.00")),
        ("-0.00", Decimal("0.00")),
        ("+.0", Decimal("0.00")),
    ),
    _decimal(
        "decimals_with_zeros_behind",
        ("1.500", Decimal("1.50")),
        ("1.0000000000000000", Decimal("1.00")),
    ),
    _decimal(
        "decimals_with_too_many_places",
        ("1.005", _PLACES),
        ("0.001", _PLACES),
        ("1.999999", _PLACES),
        ("0.1000000001", _PLACES),
    ),
    _decimal("decimals_of_binary_fractions", ("0.30000000000000004", _PLACES), ("2.675", _PLACES)),
    _decimal(
        "decimals_at_the_limit",
        ("9999999999999999.99", Decimal("9999999999999999.99")),
        ("-9999999999999999.99", Decimal("-9999999999999999.99")),
    ),
    _decimal(
        "decimals_beyond_the_limit",
        ("10000000000000000", _LARGE),
        ("9" * 60, _LARGE),
        ("-1" + "0" * 16, _LARGE),
    ),
    _decimal(
        "decimals_with_thousands_commas",
        ("1,234.56", _NUMBER),
        ("1,234", _NUMBER),
        ("1,234,567", _NUMBER),
    ),
    _decimal(
        "decimals_with_thousands_blanks",
        ("1 234.56", _NUMBER),
        ("1\u00a0234.56", _NUMBER),
        ("1\u202f234", _NUMBER),
        ("1'234.56", _NUMBER),
    ),
    _decimal(
        "decimals_with_thousands_points",
        ("1.234", _PLACES),
        ("1.234.567", _NUMBER),
        ("1.234,56", _NUMBER),
    ),
    _decimal("decimals_with_a_comma_for_the_mark", ("12,5", _NUMBER), ("0,99", _NUMBER)),
    _decimal(
        "decimals_with_exponents",
        ("1e3", _NUMBER),
        ("1.5E-2", _NUMBER),
        ("1e400", _NUMBER),
        ("1E5", _NUMBER),
    ),
    _decimal(
        "decimals_that_are_no_number",
        ("nan", _NUMBER),
        ("NaN", _NUMBER),
        ("inf", _NUMBER),
        ("-Infinity", _NUMBER),
        ("∞", _NUMBER),
    ),
    _decimal(
        "decimals_with_currency_signs",
        ("€5", _NUMBER),
        ("5 €", _NUMBER),
        ("$5.00", _NUMBER),
        ("EUR 5", _NUMBER),
        ("5.00-", _NUMBER),
        ("£1", _NUMBER),
    ),
    _decimal("decimals_in_per_cent", ("5%", _NUMBER), ("5 %", _NUMBER), ("5‰", _NUMBER)),
    _decimal("decimals_in_brackets", ("(5.00)", _NUMBER), ("[5]", _NUMBER)),
    _decimal("decimals_with_a_side", ("5.00 CR", _NUMBER), ("5.00DR", _NUMBER), ("5.00S", _NUMBER)),
    _decimal(
        "decimals_without_digits", (".", _NUMBER), ("-", _NUMBER), ("+.", _NUMBER), ("..", _NUMBER)
    ),
    _decimal("decimals_of_fractions", ("1/2", _NUMBER), ("½", _NUMBER), ("1 1/2", _NUMBER)),
    _decimal("decimals_with_two_points", ("1..5", _NUMBER), ("1.5.0", _NUMBER), ("1:5", _NUMBER)),
    _decimal(
        "decimals_of_six_places",
        ("40.900749", Decimal("40.900749")),
        ("0.0000001", No("has more than 6 decimal places")),
        more=", places = 6",
    ),
    _decimal(
        "decimals_without_places",
        ("41", Decimal(41)),
        ("41.0", Decimal(41)),
        ("41.5", No("has more than 0 decimal places")),
        more=", places = 0",
    ),
    _comma(
        "decimal_commas",
        ("12,5", Decimal("12.50")),
        (",5", Decimal("0.50")),
        ("-0,01", Decimal("-0.01")),
        ("12", Decimal("12.00")),
    ),
    _comma(
        "decimal_commas_and_points",
        ("12.5", _NUMBER),
        ("1.234,56", _NUMBER),
        ("1,234.56", _NUMBER),
        ("1.234", _NUMBER),
    ),
    _comma("decimal_commas_with_too_many_places", ("1,234", _PLACES), ("1,005", _PLACES)),
    _comma(
        "decimal_commas_beyond_the_limit",
        ("1" + "0" * 16 + ",0", _LARGE),
    ),
    cells(
        "nines_for_missing",
        'type = "integer", null_tokens = ["99", "-1"]',
        ("99", None),
        ("-1", None),
        ("98", 98),
        ("099", 99),
    ),
    cells(
        "zeros_for_missing",
        'type = "decimal", null_tokens = ["0"]',
        ("0", None),
        ("0.0", Decimal("0.00")),
        ("1", Decimal("1.00")),
    ),
    cells(
        "numbers_that_are_needed",
        'type = "integer", nullable = false',
        ("", No("is missing, but every row needs it")),
        ("NULL", No("is missing, but every row needs it")),
        ("0", 0),
        ("1", 1),
    ),
    cells(
        "flags",
        'type = "flag"',
        ("Y", True),
        ("no", False),
        ("True", True),
        ("0", False),
        ("", None),
    ),
    cells(
        "flags_that_are_none",
        'type = "flag"',
        ("2", _FLAG),
        ("ja", _FLAG),
        ("-1", _FLAG),
        ("1.0", _FLAG),
        ("X", _FLAG),
    ),
    cells(
        "flags_in_their_own_words",
        'type = "flag", true = "Ja", false = "Nein"',
        ("JA", True),
        ("nein", False),
        ("Y", No("is none of Ja, Nein")),
        ("1", No("is none of Ja, Nein")),
    ),
)
