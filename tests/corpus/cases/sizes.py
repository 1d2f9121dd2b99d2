"""Nothing at all, far too much, a single column, no header."""

from __future__ import annotations

from tests.corpus.case import HEADER, WHOLE, Case, fields, people

_INSIDE = "has a quote mark inside a field that is not quoted"
_ASH, _ELM, _OAK = ("01", "Ash", 41), ("02", "Elm", 5), ("03", "Oak", 7)
_THREE = (_ASH, _ELM, _OAK)
_TEXT = "01;Ash;41\n02;Elm;5\n03;Oak;7\n"
_ALL = HEADER + _TEXT
_ONE = 'id = { type = "text", role = "id" }\n'
_MEGABYTE = 1 << 20

SIZES = (
    Case("an_empty_file", b"", refused="{file} is empty; it needs a header and rows."),
    Case(
        "a_mark_alone",
        b"\xef\xbb\xbf",
        refused="{file}: the first line is blank; it must name the columns.",
    ),
    Case(
        "line_ends_alone",
        b"\n\r\n\n",
        refused="{file}: the first line is blank; it must name the columns.",
    ),
    Case(
        "a_blank_line_before_the_header",
        b"\n" + _ALL.encode(),
        refused="{file}: the first line is blank; it must name the columns.",
    ),
    Case("a_header_alone", HEADER.encode(), refused="{file} has a header but no rows."),
    Case(
        "a_header_alone_without_line_end",
        HEADER.strip().encode(),
        refused="{file} has a header but no rows.",
    ),
    Case(
        "a_header_and_blank_lines",
        HEADER.encode() + b"\n\n",
        refused="{file} has a header but no rows.",
    ),
    people("a_field_of_a_megabyte", f"01;{'x' * _MEGABYTE};41\n", ("01", "x" * _MEGABYTE, 41)),
    people(
        "a_quoted_field_of_many_lines",
        '01;"' + "x\n" * 50_000 + 'y";41\n02;Elm\n',
        ("01", "x\n" * 50_000 + "y", 41),
        rejected=((50_003, WHOLE, fields(2)),),
    ),
    people(
        "a_row_beyond_16_megabytes",
        f"01;{'x' * 17 * _MEGABYTE};41\n02;Elm;5\n",
        _ELM,
        rejected=((2, WHOLE, "is longer than 16 MB"),),
    ),
    people(
        "a_row_beyond_16_megabytes_that_ends_like_a_row",
        f"{'x' * 16 * _MEGABYTE};a;1\n02;Elm;5\n",
        _ELM,
        rejected=((2, WHOLE, "is longer than 16 MB"),),
    ),
    people(
        "a_broken_quote_before_16_megabytes",
        f'01;a"b{"x" * 17 * _MEGABYTE};41\n02;Elm;5\n',
        _ELM,
        rejected=((2, WHOLE, _INSIDE),),
    ),
    Case(
        "ten_thousand_columns",
        (
            "id;surname;age"
            + "".join(f";c{n}" for n in range(10_000))
            + "\n01;Ash;41"
            + ";" * 10_000
            + "\n02;Elm;5\n"
        ).encode(),
        (_ASH,),
        ((3, WHOLE, fields(3, 10_003)),),
        warned=(
            "{file}: not read, since not specified: "
            + ", ".join(f"c{n}" for n in range(40))
            + " and 9,960 more.",
        ),
    ),
    people(
        "ten_thousand_fields_in_a_row",
        "01;Ash;41" + ";" * 10_000 + "\n02;Elm;5\n",
        _ELM,
        rejected=((2, WHOLE, fields(10_003)),),
    ),
    # ---- one column, no header
    Case("one_column", b"id\n01\n02\n", (("01",), ("02",)), columns=_ONE),
    Case(
        "one_column_with_a_blank_line",
        b"id\n01\n\n02\n\n",
        (("01",), ("02",)),
        ((3, WHOLE, "is blank"),),
        columns=_ONE,
    ),
    Case(
        "one_column_and_a_ragged_last_row",
        b"id\n01\n02,x\n",
        (("01",),),
        ((3, WHOLE, fields(2, 1)),),
        columns=_ONE,
    ),
    Case(
        "one_column_all_ragged",
        b"id\n01,x\n02,x\n",
        (),
        ((2, WHOLE, fields(2, 1)), (3, WHOLE, fields(2, 1))),
        columns=_ONE,
    ),
    Case("without_a_header_as_stated", _TEXT.encode(), _THREE, table="header = false"),
    Case(
        "without_a_header_under_a_mark",
        b"\xef\xbb\xbf" + _TEXT.encode(),
        _THREE,
        table="header = false",
    ),
    Case(
        "without_a_header_though_one_stands_there",
        _ALL.encode(),
        _THREE,
        ((1, "age", "is not a whole number"),),
        table="header = false",
    ),
    Case(
        "without_a_header_and_a_field_too_few",
        b"01;Ash\n",
        refused=(
            "{file}: the first line has 2 fields, but the specification names 3 columns; "
            "without a header it names all, in the file's order."
        ),
        table="header = false",
    ),
)
