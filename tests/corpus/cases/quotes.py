"""Quote marks: within, around, doubled, never closed, in the wrong place."""

from __future__ import annotations

from tests.corpus.case import WHOLE, Case, fields, people

_UNCLOSED = "opens a quoted field that is never closed"
_AFTER = "has text after the quote mark that closes a field"
_INSIDE = "has a quote mark inside a field that is not quoted"
_ASH, _ELM, _OAK = ("01", "Ash", 41), ("02", "Elm", 5), ("03", "Oak", 7)

QUOTES: tuple[Case, ...] = (
    people("a_delimiter_within_quotes", '01;"A;sh";41\n', ("01", "A;sh", 41)),
    people("a_doubled_quote_within_quotes", '01;"A ""B"" C";41\n', ("01", 'A "B" C', 41)),
    people("nothing_but_doubled_quotes", '01;"""""";41\n', ("01", '""', 41)),
    people("every_cell_quoted", '"01";"Ash";"41"\n', _ASH),
    people("an_empty_quoted_cell", '01;"";41\n', ("01", None, 41)),
    people(
        "a_line_break_within_quotes",
        '01;"A\nsh";41\n02;Elm;x\n',
        ("01", "A\nsh", 41),
        rejected=((4, "age", "is not a whole number"),),
    ),
    people(
        "crlf_within_quotes_stays", b'01;"A\r\nsh";41\r\n02;Elm;5\r\n', ("01", "A\r\nsh", 41), _ELM
    ),
    people("a_return_within_quotes_stays", b'01;"A\rsh";41\n', ("01", "A\rsh", 41)),
    people(
        "blank_lines_within_quotes_stay",
        '01;"A\n\n\nsh";41\n02;Elm\n',
        ("01", "A\n\n\nsh", 41),
        rejected=((6, WHOLE, fields(2)),),
    ),
    people(
        "a_row_within_quotes_is_no_row", '01;"A\n02;Elm;5\nsh";41\n', ("01", "A\n02;Elm;5\nsh", 41)
    ),
    people(
        "a_quote_never_closed",
        '01;Ash;41\n02;"Elm;5\n03;Oak;7\n',
        _ASH,
        _OAK,
        rejected=((3, WHOLE, _UNCLOSED),),
    ),
    people(
        "a_quote_never_closed_at_the_end",
        '01;Ash;41\n02;Elm;"5',
        _ASH,
        rejected=((3, WHOLE, _UNCLOSED),),
    ),
    people(
        "a_quote_never_closed_before_an_empty_quoted_cell",
        '01;"Ash;41\n02;"";5\n03;Oak;7\n',
        ("02", None, 5),
        _OAK,
        rejected=((2, WHOLE, _UNCLOSED),),
    ),
    people(
        "a_quote_closed_behind_an_empty_quoted_cell",
        '01;"Ash;41\n02;"";5\n03;"Oak";7\n',
        ("02", None, 5),
        _OAK,
        rejected=((2, WHOLE, _AFTER),),
    ),
    people(
        "a_quote_closed_by_another_row",
        '01;"Ash;41\n02;"Elm";5\n03;Oak;7\n',
        _ELM,
        _OAK,
        rejected=((2, WHOLE, _AFTER),),
    ),
    people(
        "text_behind_a_closing_quote",
        '01;"Ash"x;41\n02;Elm;5\n',
        _ELM,
        rejected=((2, WHOLE, _AFTER),),
    ),
    people(
        "a_blank_behind_a_closing_quote",
        '01;"Ash" ;41\n02;Elm;5\n',
        _ELM,
        rejected=((2, WHOLE, _AFTER),),
    ),
    people(
        "a_blank_before_an_opening_quote",
        '01; "Ash";41\n02;Elm;5\n',
        _ELM,
        rejected=((2, WHOLE, _INSIDE),),
    ),
    people(
        "a_quote_inside_a_name", '01;O"Brien;41\n02;Elm;5\n', _ELM, rejected=((2, WHOLE, _INSIDE),)
    ),
    people("inches", '01;27" screen;41\n02;Elm;5\n', _ELM, rejected=((2, WHOLE, _INSIDE),)),
    people(
        "a_backslash_escapes_nothing",
        '01;"A\\"sh";41\n02;Elm;5\n',
        _ELM,
        rejected=((2, WHOLE, _AFTER),),
    ),
    people("a_backslash_is_kept", "01;A\\nsh;41\n", ("01", "A\\nsh", 41)),
    people("an_apostrophe_is_no_quote", "01;O'Brien;41\n", ("01", "O'Brien", 41)),
    people("apostrophes_as_stated", "01;'A;sh';41\n", ("01", "A;sh", 41), table='quote = "\'"'),
    people(
        "quotes_that_mean_nothing_as_stated",
        '01;O"Brien;41\n02;"Elm";5\n',
        ("01", 'O"Brien', 41),
        ("02", '"Elm"', 5),
        table='quote = ""',
    ),
    people("typographic_quotes_are_letters", "01;“Ash”;41\n", ("01", "“Ash”", 41)),
    people(
        "quotes_broken_throughout",
        '1;a"b;3\n' * 1_200,
        refused=(
            "{file} cannot be read: quotes are broken in more than 1,000 places. Check the file's "
            "quoting, or state quote = '' in tables.{table} if quote marks mean nothing."
        ),
    ),
)
