"""Rows and fields: line ends, blank lines, ragged rows, delimiters."""

from __future__ import annotations

from tests.corpus.case import HEADER, WHOLE, Case, fields, people

_RETURN = "has a stray carriage return"
_ASH, _ELM, _OAK = ("01", "Ash", 41), ("02", "Elm", 5), ("03", "Oak", 7)
_THREE = (_ASH, _ELM, _OAK)
_TEXT = "01;Ash;41\n02;Elm;5\n03;Oak;7\n"


def _whole(name: str, text: str, **more: object) -> Case:
    return Case(name, text.encode(), _THREE, **more)  # type: ignore[arg-type]


_ALL = HEADER + _TEXT

STRUCTURE = (
    # ---- line ends
    _whole("lf", _ALL),
    _whole("crlf", _ALL.replace("\n", "\r\n")),
    _whole("crlf_header_lf_rows", _ALL.replace("\n", "\r\n", 1)),
    _whole("lf_header_crlf_rows", HEADER + _TEXT.replace("\n", "\r\n")),
    _whole("line_ends_mixed", HEADER + "01;Ash;41\r\n02;Elm;5\n03;Oak;7\r\n"),
    _whole("no_final_line_end", _ALL.removesuffix("\n")),
    _whole("blank_lines_at_the_end", _ALL + "\n\r\n\n"),
    Case(
        "cr_alone",
        _ALL.replace("\n", "\r").encode(),
        refused="{file} ends its lines with CR alone; save it with LF or CRLF.",
    ),
    people(
        "cr_alone_behind_a_header_of_lf", "01;Ash;41\r02;Elm;5\r", rejected=((2, WHOLE, _RETURN),)
    ),
    people(
        "a_stray_return_in_a_cell", "01;A\rsh;41\n02;Elm;5\n", _ELM, rejected=((2, WHOLE, _RETURN),)
    ),
    people(
        "two_returns_before_a_line_feed",
        "01;Ash;41\r\r\n02;Elm;5\n",
        _ELM,
        rejected=((2, WHOLE, _RETURN),),
    ),
    people(
        "lf_before_cr",
        "01;Ash;41\n\r02;Elm;5\n\r",
        _ASH,
        rejected=((3, WHOLE, _RETURN),),
    ),
    people("cut_off_between_cr_and_lf", "01;Ash;41\r\n02;Elm;5\r", _ASH, _ELM),
    people("a_return_for_the_last_line_end", "01;Ash;41\n02;Elm;5\r", _ASH, _ELM),
    people(
        "a_stray_return_in_a_last_row_without_line_end",
        "01;Ash;41\n02;El\rm;5",
        _ASH,
        rejected=((3, WHOLE, _RETURN),),
    ),
    # ---- blank lines
    people(
        "a_blank_line_between",
        "01;Ash;41\n\n02;Elm;5\n",
        _ASH,
        _ELM,
        rejected=((3, WHOLE, "is blank"),),
    ),
    people("a_blank_line_first", "\n01;Ash;41\n", _ASH, rejected=((2, WHOLE, "is blank"),)),
    people(
        "a_line_of_blanks",
        "01;Ash;41\n   \n02;Elm;5\n",
        _ASH,
        _ELM,
        rejected=((3, WHOLE, fields(1)),),
    ),
    people(
        "a_line_of_delimiters",
        "01;Ash;41\n;;\n02;Elm;5\n",
        _ASH,
        _ELM,
        rejected=((3, "id", "is missing, but every row needs it"),),
    ),
    # ---- fields
    people(
        "a_field_too_few",
        "01;Ash;41\n02;5\n03;Oak;7\n",
        _ASH,
        _OAK,
        rejected=((3, WHOLE, fields(2)),),
    ),
    people(
        "a_field_too_many",
        "01;Ash;41\n02;El;m;5\n03;Oak;7\n",
        _ASH,
        _OAK,
        rejected=((3, WHOLE, fields(4)),),
    ),
    people(
        "ragged_both_ways",
        "01\n02;Elm;5\n03;Oak;7;;\n",
        _ELM,
        rejected=((2, WHOLE, fields(1)), (4, WHOLE, fields(5))),
    ),
    people(
        "a_trailing_delimiter_in_one_row",
        "01;Ash;41;\n02;Elm;5\n",
        _ELM,
        rejected=((2, WHOLE, fields(4)),),
    ),
    people(
        "trailing_delimiters_in_rows_alone",
        "01;Ash;41;\n02;Elm;5;\n",
        rejected=((2, WHOLE, fields(4)), (3, WHOLE, fields(4))),
    ),
    Case(
        "trailing_delimiters_everywhere",
        b"id;surname;age;\n01;Ash;41;\n02;Elm;5;\n03;Oak;7;\n",
        _THREE,
        warned=("{file}: not read, since not specified: (blank).",),
    ),
    people("a_decimal_comma_in_a_comma_file", "01,Ash,41\n", rejected=((2, WHOLE, fields(1)),)),
    Case(
        "an_amount_split_by_its_comma",
        b"id,surname,age\n01,Ash,41\n02,Elm,1,000\n",
        (_ASH,),
        ((3, WHOLE, fields(4)),),
    ),
    people("cut_off_within_a_row", "01;Ash;41\n02;El", _ASH, rejected=((3, WHOLE, fields(2)),)),
    people(
        "a_total_at_the_foot",
        "01;Ash;41\n02;Elm;5\nTotal: 2\n",
        _ASH,
        _ELM,
        rejected=((4, WHOLE, fields(1)),),
    ),
    people(
        "the_header_once_more_in_the_middle",
        "01;Ash;41\nid;surname;age\n02;Elm;5\n",
        _ASH,
        _ELM,
        rejected=((3, "age", "is not a whole number"),),
    ),
    people("a_comment_is_a_row", "# people\n01;Ash;41\n", _ASH, rejected=((2, WHOLE, fields(1)),)),
    people(
        "two_rows_glued_together",
        "01;Ash;4102;Elm;5\n03;Oak;7\n",
        _OAK,
        rejected=((2, WHOLE, fields(5)),),
    ),
    # ---- delimiters
    _whole("commas", _ALL.replace(";", ",")),
    _whole("tabs", _ALL.replace(";", "\t")),
    _whole("bars", _ALL.replace(";", "|")),
    _whole("blanks_as_stated", _ALL.replace(";", "  "), table='delimiter = "whitespace"'),
    _whole("blanks_around_delimiters", _ALL.replace(";", " ; ")),
    Case(
        "carets_are_no_delimiter",
        _ALL.replace(";", "^").encode(),
        refused="{file} lacks the columns id, surname, age; its header names: id^surname^age.",
    ),
    Case(
        "another_delimiter_than_stated",
        _ALL.encode(),
        refused=(
            "{file}: columns are separated by ';', but the specification states ','; "
            "correct delimiter in tables.{table} or leave it out."
        ),
        table='delimiter = ","',
    ),
    Case(
        "a_line_that_states_the_delimiter",
        b"sep=;\n" + _ALL.encode(),
        refused="{file} lacks the columns id, surname, age; its header names: sep=, (blank).",
    ),
    people(
        "another_delimiter_in_one_row",
        "01;Ash;41\n02,Elm,5\n",
        _ASH,
        rejected=((3, WHOLE, fields(1)),),
    ),
)
