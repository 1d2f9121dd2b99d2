"""How text is written as bytes: marks, other encodings, stray bytes, control characters."""

from __future__ import annotations

import codecs

from tests.corpus.case import HEADER, WHOLE, Case, people

_BYTES = "has bytes that are not text in the stated encoding"
_NUL = "has a NUL byte"
_TWO = "01;Ash;41\n02;Müller – ß;5\n"
_READ = (("01", "Ash", 41), ("02", "Müller – ß", 5))
_BROAD = (("01", "Ash", 41), ("02", "Müller ß", 5))
_WHOLLY = "{file} is not %s text throughout; state its encoding in the specification."
_NO_MARK = (
    "{file}: the header has a NUL byte; this is not a text file, or it is UTF-16 without its "
    "mark: then state encoding = 'utf-16-le' or 'utf-16-be'."
)


def _other(name: str, encoding: str, stated: str = "", mark: bytes = b"", text: str = _TWO) -> Case:
    content = mark + (HEADER + text).encode(encoding)
    return Case(name, content, _READ, table=f'encoding = "{stated or encoding}"')


def _marked(name: str, mark: bytes, encoding: str, told: str) -> Case:
    return Case(
        name,
        mark + (HEADER + _TWO).encode(encoding),
        refused=(
            f"{{file}} is {told.upper()} text but utf-8 is expected; state encoding = '{told}' "
            "or save the file as UTF-8."
        ),
    )


ENCODINGS = (
    people("utf_8", _TWO, *_READ),
    Case("utf_8_with_a_mark", codecs.BOM_UTF8 + (HEADER + _TWO).encode(), _READ),
    Case("utf_8_with_two_marks", codecs.BOM_UTF8 * 2 + (HEADER + _TWO).encode(), _READ),
    Case(
        "utf_8_with_a_mark_before_a_quoted_name",
        codecs.BOM_UTF8 + ('"id";"surname";"age"\n' + _TWO).encode(),
        _READ,
    ),
    people(
        "a_mark_in_the_middle_belongs_to_its_cell", "01;\ufeffAsh;41\n", ("01", "\ufeffAsh", 41)
    ),
    _other("utf_16_with_a_mark_as_stated", "utf-16"),
    _other("utf_16_le_as_stated", "utf-16-le"),
    _other("utf_16_be_as_stated", "utf-16-be"),
    _other("utf_16_le_stated_and_marked", "utf-16-le", mark=codecs.BOM_UTF16_LE),
    _other("utf_16_be_under_its_mark", "utf-16-be", "utf-16", codecs.BOM_UTF16_BE),
    _other("utf_32_as_stated", "utf-32"),
    _other("utf_16_with_crlf", "utf-16", text=_TWO.replace("\n", "\r\n")),
    _other("cp1252_as_stated", "cp1252"),
    Case(
        "iso_8859_15_as_stated",
        (HEADER + "01;Ash;41\n02;Müller ß;5\n").encode("iso-8859-15"),
        _BROAD,
        table='encoding = "iso-8859-15"',
    ),
    Case(
        "mac_roman_as_stated",
        (HEADER + "01;Ash;41\n02;Müller ß;5\n").encode("mac-roman"),
        _BROAD,
        table='encoding = "mac-roman"',
    ),
    Case(
        "shift_jis_as_stated",
        (HEADER + "01;山田;41\n").encode("shift-jis"),
        (("01", "山田", 41),),
        table='encoding = "shift-jis"',
    ),
    Case(
        "utf_8_under_ascii_is_read_as_utf_8",
        (HEADER + _TWO).encode(),
        _READ,
        table='encoding = "ascii"',
    ),
    _marked("utf_16_le_not_stated", codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    _marked("utf_16_be_not_stated", codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    _marked("utf_32_not_stated", codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    Case("utf_16_le_without_mark", (HEADER + _TWO).encode("utf-16-le"), refused=_NO_MARK),
    Case("utf_16_be_without_mark", (HEADER + _TWO).encode("utf-16-be"), refused=_NO_MARK),
    Case(
        "utf_16_cut_within_a_character",
        (HEADER + _TWO).encode("utf-16")[:-1],
        refused=_WHOLLY % "utf-16",
        table='encoding = "utf-16"',
    ),
    Case(
        "utf_8_where_utf_16_is_stated",
        (HEADER + _TWO).encode(),
        refused=_WHOLLY % "utf-16-be",
        table='encoding = "utf-16-be"',
    ),
    Case(
        "utf_8_where_cp1252_lacks_a_byte",
        (HEADER + "01;\u0141;41\n").encode(),
        refused=_WHOLLY % "cp1252",
        table='encoding = "cp1252"',
    ),
    Case(
        "an_encoding_that_is_none",
        (HEADER + _TWO).encode(),
        refused=(
            "tables.{table}.encoding: 'utf-9' is no known encoding of text; common ones are "
            "utf-8, cp1252, utf-16."
        ),
        table='encoding = "utf-9"',
    ),
    Case(
        "an_encoding_of_bytes_not_of_text",
        (HEADER + _TWO).encode(),
        refused=(
            "tables.{table}.encoding: 'base64' is no known encoding of text; common ones are "
            "utf-8, cp1252, utf-16."
        ),
        table='encoding = "base64"',
    ),
    people(
        "one_row_in_cp1252",
        b"01;Ash;41\n02;M\xfcller;5\n03;Oak;7\n",
        ("01", "Ash", 41),
        ("03", "Oak", 7),
        rejected=((3, WHOLE, _BYTES),),
    ),
    people(
        "two_thousand_rows_in_cp1252",
        b"".join(b"%d;M\xfcller;5\n" % n for n in range(2_000)) + b"x;Oak;7\n",
        ("x", "Oak", 7),
        rejected=tuple((n + 2, WHOLE, _BYTES) for n in range(2_000)),
    ),
    people(
        "a_header_alone_in_utf_8_rows_mixed",
        "01;Müller;41\n".encode() + "02;Müller;5\n".encode("cp1252"),
        ("01", "Müller", 41),
        rejected=((3, WHOLE, _BYTES),),
    ),
    Case(
        "a_header_in_cp1252",
        "id;größe;age\n01;Ash;41\n".encode("cp1252"),
        refused="{file}: the header is not utf-8 text.",
    ),
    people("an_overlong_utf_8_byte", b"01;\xc0\xaf;41\n", rejected=((2, WHOLE, _BYTES),)),
    people("half_a_surrogate_pair", b"01;\xed\xa0\x80;41\n", rejected=((2, WHOLE, _BYTES),)),
    people("beyond_unicode", b"01;\xf4\x90\x80\x80;41\n", rejected=((2, WHOLE, _BYTES),)),
    people(
        "a_character_cut_by_the_end_of_a_row",
        b"01;A\xc3\n02;Elm;5\n",
        ("02", "Elm", 5),
        rejected=((2, WHOLE, _BYTES),),
    ),
    people(
        "a_character_cut_by_the_end_of_the_file",
        b"01;Ash;41\n02;Elm;\xe2\x82",
        ("01", "Ash", 41),
        rejected=((3, WHOLE, _BYTES),),
    ),
    people("letters_beyond_the_first_plane", "01;𝓐🌳;41\n", ("01", "𝓐🌳", 41)),
    people(
        "decomposed_and_composed_stay_apart",
        "é;a;1\ne\u0301;b;2\n",
        ("é", "a", 1),
        ("e\u0301", "b", 2),
    ),
    people(
        "right_to_left", "01;\u05d0\u05dc\u05d5\u05df;41\n", ("01", "\u05d0\u05dc\u05d5\u05df", 41)
    ),
    people("a_replacement_character_is_kept", "01;M\ufffdller;41\n", ("01", "M\ufffdller", 41)),
    people(
        "nul_in_a_cell",
        b"01;A\0sh;41\n02;Elm;5\n",
        ("02", "Elm", 5),
        rejected=((2, WHOLE, _NUL),),
    ),
    people(
        "nul_in_a_quoted_cell",
        b'01;"A\0;sh";41\n02;Elm;5\n',
        ("02", "Elm", 5),
        rejected=((2, WHOLE, _NUL),),
    ),
    people(
        "a_tail_of_nul_bytes",
        b"01;Ash;41\n" + bytes(512),
        ("01", "Ash", 41),
        rejected=((3, WHOLE, _NUL),),
    ),
    Case("nul_in_the_header", b"id;sur\0name;age\n01;Ash;41\n", refused=_NO_MARK),
    Case("nothing_but_nul_bytes", bytes(512), refused=_NO_MARK),
    people("a_control_character_alone_is_a_cell", b"01;\x01;41\n", ("01", "\x01", 41)),
    people("escape_and_bell_are_kept", b"01;\x1b[1m\x07;41\n", ("01", "\x1b[1m\x07", 41)),
    people(
        "an_end_of_file_mark_of_old",
        b"01;Ash;41\n\x1a",
        ("01", "Ash", 41),
        rejected=((3, WHOLE, "has 1 field where the header names 3"),),
    ),
    people("a_next_line_character_ends_no_row", "01;A\u0085sh;41\n", ("01", "A\u0085sh", 41)),
    people("a_line_separator_ends_no_row", "01;A\u2028sh;41\n", ("01", "A\u2028sh", 41)),
    people(
        "form_feed_and_vertical_tab_end_no_row", b"01;A\x0b\x0csh;41\n", ("01", "A\x0b\x0csh", 41)
    ),
    people("no_break_blanks_around_are_stripped", "01;\xa0Ash\xa0;\xa041\n", ("01", "Ash", 41)),
    people("a_blank_of_no_width_is_kept", "01\u200b;Ash;41\n", ("01\u200b", "Ash", 41)),
)
