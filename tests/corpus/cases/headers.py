"""The names of columns: missing, doubled, blank, clashing, in other cases and orders."""

from __future__ import annotations

from tests.corpus.case import Case

_ROWS = "01;Ash;41\n02;Elm;5\n"
_READ = (("01", "Ash", 41), ("02", "Elm", 5))
_ALIASED = """
id = { type = "text", role = "id", aliases = ["customer_no", "cust id"] }
surname = { type = "text", role = "direct_identifier", aliases = "last_name" }
age = { type = "integer", role = "sensitive" }
"""
_OPTIONAL = """
id = { type = "text", role = "id" }
surname = { type = "text", role = "direct_identifier", optional = true }
age = { type = "integer", role = "sensitive" }
"""
_CLASH = (
    "{file}: the header names %s, which all are names of the column surname; leave one of them, "
    "or take the others out of its aliases."
)
_ENDLESS = (
    "{file}: the header does not end within 1,048,576 bytes; check its quote marks and line ends."
)
_MEND = "; mend it, or state quote = '' in tables.{table} if quote marks mean nothing."


def _named(name: str, header: str, **more: object) -> Case:
    return Case(name, f"{header}\n{_ROWS}".encode(), _READ, **more)  # type: ignore[arg-type]


def _refused(name: str, content: str, sentence: str, **more: object) -> Case:
    return Case(name, content.encode(), refused=sentence, **more)  # type: ignore[arg-type]


HEADERS = (
    _named("names_in_capitals", "ID;SURNAME;AGE"),
    _named("names_with_blanks_and_underscores", " I_d ; Sur Name;a-g-e"),
    _named("names_quoted", '"id";"surname";"age"'),
    _named("a_quoted_name_over_two_lines", 'id;"sur\nname";age'),
    _named("a_quoted_delimiter_in_a_name", 'id;"sur;name";age'),
    _named("aliases", "Customer_No;LastName;age", columns=_ALIASED),
    _named("an_alias_with_a_blank", "CUSTID;surname;age", columns=_ALIASED),
    Case("names_in_another_order", b"age;id;surname\n41;01;Ash\n5;02;Elm\n", _READ),
    Case(
        "an_unknown_column",
        b"id;shoe;surname;age\n01;44;Ash;41\n02;38;Elm;5\n",
        _READ,
        warned=("{file}: not read, since not specified: shoe.",),
    ),
    Case(
        "an_unknown_column_that_is_known_as_such",
        b"id;shoe;surname;age\n01;44;Ash;41\n02;38;Elm;5\n",
        _READ,
        table='ignored = "sho*"',
    ),
    Case(
        "a_blank_name",
        b"id;;surname;age\n01;44;Ash;41\n02;38;Elm;5\n",
        _READ,
        warned=("{file}: not read, since not specified: (blank).",),
    ),
    Case(
        "an_optional_column_is_absent",
        b"id;age\n01;41\n02;5\n",
        (("01", None, 41), ("02", None, 5)),
        columns=_OPTIONAL,
        warned=("{file}: optional columns are absent: surname.",),
    ),
    Case(
        "an_index_column_of_pandas",
        b",id,surname,age\n0,01,Ash,41\n1,02,Elm,5\n",
        _READ,
        warned=("{file}: not read, since not specified: (blank).",),
    ),
    _refused(
        "a_column_is_missing",
        "id;age\n01;41\n",
        "{file} lacks the column surname; its header names: id, age.",
    ),
    _refused(
        "the_key_is_missing",
        "surname;age\nAsh;41\n",
        "{file} lacks the column id; its header names: surname, age.",
    ),
    _refused(
        "all_columns_are_missing",
        "a;b\n1;2\n",
        "{file} lacks the columns id, surname, age; its header names: a, b.",
    ),
    _refused(
        "the_header_is_missing",
        _ROWS,
        "{file} lacks the columns id, surname, age; its header names: 01, Ash, 41.",
    ),
    _refused(
        "a_title_above_the_header",
        "People of the bank\nid;surname;age\n" + _ROWS,
        "{file} lacks the columns id, surname, age; its header names: People of the bank.",
    ),
    _refused(
        "a_letter_too_few",
        "id;surnam;age\n" + _ROWS,
        "{file} lacks the column surname; its header names: id, surnam, age.",
    ),
    _refused(
        "a_letter_that_looks_alike",
        "id;surn\u0430me;age\n" + _ROWS,
        "{file} lacks the column surname; its header names: id, surn\u0430me, age.",
    ),
    _refused(
        "a_name_doubled",
        "id;surname;age;age\n01;Ash;41;42\n",
        "{file}: the header names age more than once.",
    ),
    _refused(
        "a_name_doubled_in_another_case",
        "id;surname;age;AGE\n01;Ash;41;42\n",
        "{file}: the header names AGE, age more than once.",
    ),
    _refused(
        "an_unknown_name_doubled",
        "id;surname;age;x;X \n01;Ash;41;1;2\n",
        "{file}: the header names X, x more than once.",
    ),
    _refused(
        "two_blank_names",
        "id;surname;age;;\n01;Ash;41;;\n",
        "{file}: the header names (blank) more than once.",
    ),
    _refused(
        "a_name_and_its_alias",
        "id;surname;last_name;age\n01;Ash;Elm;41\n",
        _CLASH % "surname, last_name",
        columns=_ALIASED,
    ),
    _refused(
        "an_alias_before_the_name",
        "id;LAST NAME;age;Surname\n01;Ash;41;Elm\n",
        _CLASH % "Surname, LAST NAME",
        columns=_ALIASED,
    ),
    _refused(
        "two_aliases_of_a_key",
        "customer_no;cust_id;surname;age\n01;02;Ash;41\n",
        (_CLASH % "customer_no, cust_id").replace("column surname", "column id"),
        columns=_ALIASED,
    ),
    _refused(
        "a_quote_never_closed_in_the_header",
        'id;"surname;age\n' + _ROWS,
        "{file}: the header opens a quoted field that is never closed" + _MEND,
    ),
    _refused(
        "a_quote_closed_by_a_row",
        'id;"surname;age\n01;Ash";41\n02;Elm;5\n',
        "{file} lacks the columns surname, age; its header names: id, surname;age\n01;Ash, 41.",
    ),
    _refused(
        "a_quote_inside_a_heading",
        'id;sur"name;age\n01;Ash;41\n02;El"m;5\n03;Oak;7\n',
        "{file}: the header has a quote mark inside a field that is not quoted" + _MEND,
    ),
    _refused(
        "text_behind_a_quoted_name",
        'id;"surname"s;age\n' + _ROWS,
        "{file}: the header has text after the quote mark that closes a field" + _MEND,
    ),
    _refused(
        "an_unclosed_header_of_a_megabyte",
        'id;"surname;age\n' + "01;Ash;41\n" * 120_000,
        _ENDLESS,
    ),
    _refused(
        "a_header_of_two_megabytes",
        "id;surname;age"
        + "".join(f";{n:0199d}" for n in range(10_000))
        + "\n01;Ash;41"
        + ";" * 10_000
        + "\n",
        _ENDLESS,
    ),
    _refused(
        "a_name_of_many_letters_is_cut_in_the_telling",
        "id;age;" + "x" * 200_000 + "\n01;41;\n",
        "{file} lacks the column surname; its header names: id, age, " + "x" * 60 + "….",
    ),
    _refused(
        "a_return_within_the_header",
        "id;surname\rage\n01;Ash\n",
        "{file} ends its lines with CR alone; save it with LF or CRLF.",
    ),
    _refused(
        "formulas_for_names",
        "=id;+surname;@age;-age\n01;Ash;41;1\n",
        "{file}: the header names -age, @age more than once.",
    ),
)
