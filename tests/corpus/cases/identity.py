"""Who a row is about: doubled keys, zeros, blanks, words that look like nothing, orphans."""

from __future__ import annotations

from tests.corpus.case import Case, people

_MISSING = "is missing, but every row needs it"
_REPEATS = "repeats an earlier row"
_CHILD = """
id = { type = "text", role = "id" }
parent = { type = "text", role = "id" }
"""
_NUMBERED = """
id = { type = "integer", role = "id" }
surname = { type = "text", role = "direct_identifier" }
"""
_ASH, _ELM = ("01", "Ash", 41), ("02", "Elm", 5)


def _contradict(count: int) -> str:
    return f"stands in {count} rows that contradict each other"


def _shared(count: int) -> tuple[str, ...]:
    return (f"{count} rows of {{table}} share their id with others; rejected.",)


def _orphans(count: int) -> tuple[str, ...]:
    return (f"{count} rows of {{table}} refer by parent to no row of {{table}}_parents; rejected.",)


def _named(surname: str) -> Case:
    written = surname.lower().replace("/", "_").replace("-", "dash").replace(" ", "_")
    return people(f"a_surname_{written or 'blank'}", f"01;{surname};41\n", ("01", surname, 41))


def _child(name: str, body: str, *accepted: tuple[object, ...], **more: object) -> Case:
    return Case(
        name,
        f"id;parent\n{body}".encode(),
        accepted,
        columns=_CHILD,
        parents=("01", "02"),
        **more,  # type: ignore[arg-type]
    )


IDENTITY = (
    *map(_named, ["Null", "None", "NaN", "N/A", "NA", "True", "Infinity", "-", "0", "1E5", "Void"]),
    people("a_surname_in_capitals_null", "01;NULL;41\n", ("01", "NULL", 41)),
    people(
        "leading_zeros_tell_apart",
        "1;Ash;41\n01;Elm;5\n001;Oak;7\n",
        ("1", "Ash", 41),
        ("01", "Elm", 5),
        ("001", "Oak", 7),
    ),
    people("case_tells_apart", "a;Ash;41\nA;Elm;5\n", ("a", "Ash", 41), ("A", "Elm", 5)),
    people(
        "blanks_around_do_not_tell_apart",
        "01;Ash;41\n 01 ;Elm;5\n02;Elm;5\n",
        _ELM,
        rejected=((2, "id", _contradict(2)), (3, "id", _contradict(2))),
        found=_shared(2),
    ),
    people(
        "quotes_around_do_not_tell_apart",
        '01;Ash;41\n"01";Ash;41\n',
        _ASH,
        rejected=((3, "id", _REPEATS),),
        found=_shared(1),
    ),
    people(
        "blanks_within_tell_apart",
        "0 1;Ash;41\n0  1;Elm;5\n",
        ("0 1", "Ash", 41),
        ("0  1", "Elm", 5),
    ),
    people(
        "an_id_of_an_exponent",
        "1E5;Ash;41\n100000;Elm;5\n",
        ("1E5", "Ash", 41),
        ("100000", "Elm", 5),
    ),
    people("an_id_of_forty_digits", f"{'9' * 40};Ash;41\n", ("9" * 40, "Ash", 41)),
    people(
        "an_id_with_an_apostrophe_and_a_comment",
        "x'; DROP TABLE y; --;Ash;41\n",
        rejected=((2, "(whole row)", "has 5 fields where the header names 3"),),
    ),
    people("an_id_of_sql", '"x\'; DROP TABLE y; --";Ash;41\n', ("x'; DROP TABLE y; --", "Ash", 41)),
    people("an_id_of_a_formula", '"=1+1";Ash;41\n', ("=1+1", "Ash", 41)),
    people(
        "a_row_twice",
        "01;Ash;41\n01;Ash;41\n02;Elm;5\n",
        _ASH,
        _ELM,
        rejected=((3, "id", _REPEATS),),
        found=_shared(1),
    ),
    people(
        "a_row_five_times",
        "01;Ash;41\n" * 5,
        _ASH,
        rejected=tuple((n, "id", _REPEATS) for n in range(3, 7)),
        found=_shared(4),
    ),
    people(
        "the_same_written_in_two_ways",
        "01;Ash;41\n01; Ash;+041\n",
        _ASH,
        rejected=((3, "id", _REPEATS),),
        found=_shared(1),
    ),
    people(
        "a_key_twice_with_other_content",
        "01;Ash;41\n01;Elm;41\n02;Elm;5\n",
        _ELM,
        rejected=((2, "id", _contradict(2)), (3, "id", _contradict(2))),
        found=_shared(2),
    ),
    people(
        "a_key_twice_and_a_missing_value",
        "01;Ash;41\n01;Ash;\n02;Elm;5\n",
        _ELM,
        rejected=((2, "id", _contradict(2)), (3, "id", _contradict(2))),
        found=_shared(2),
    ),
    people(
        "a_key_three_times_once_repeated",
        "01;Ash;41\n01;Ash;41\n01;Elm;41\n02;Elm;5\n",
        _ELM,
        rejected=tuple((n, "id", _contradict(3)) for n in (2, 3, 4)),
        found=_shared(3),
    ),
    people(
        "a_key_twice_of_which_one_is_rejected",
        "01;Ash;x\n01;Ash;41\n",
        _ASH,
        rejected=((2, "age", "is not a whole number"),),
    ),
    people("a_key_missing", ";Ash;41\n02;Elm;5\n", _ELM, rejected=((2, "id", _MISSING),)),
    people("a_key_of_blanks", "   ;Ash;41\n02;Elm;5\n", _ELM, rejected=((2, "id", _MISSING),)),
    people("a_key_null", "NULL;Ash;41\n02;Elm;5\n", _ELM, rejected=((2, "id", _MISSING),)),
    people(
        "a_key_of_a_quoted_line_break",
        '"\n";Ash;41\n02;Elm;5\n',
        _ELM,
        rejected=((2, "id", _MISSING),),
    ),
    people("a_key_in_lower_case_null_is_kept", "null;Ash;41\n", ("null", "Ash", 41)),
    Case(
        "zeros_before_a_number_do_not_tell_apart",
        b"id;surname\n7;Ash\n007;Ash\n8;Elm\n",
        ((7, "Ash"), (8, "Elm")),
        ((3, "id", _REPEATS),),
        columns=_NUMBERED,
        found=_shared(1),
    ),
    Case(
        "a_numbered_key_with_a_letter",
        b"id;surname\n7;Ash\n8a;Elm\n",
        ((7, "Ash"),),
        ((3, "id", "is not a whole number"),),
        columns=_NUMBERED,
    ),
    _child(
        "an_orphan",
        "a;01\nb;99\nc;02\n",
        ("a", "01"),
        ("c", "02"),
        rejected=((3, "parent", "refers to no row of an_orphan_parents"),),
        found=_orphans(1),
    ),
    _child(
        "all_are_orphans",
        "a;98\nb;99\n",
        rejected=(
            (2, "parent", "refers to no row of all_are_orphans_parents"),
            (3, "parent", "refers to no row of all_are_orphans_parents"),
        ),
        found=_orphans(2),
    ),
    _child(
        "an_orphan_for_a_lost_zero",
        "a;1\nc;02\n",
        ("c", "02"),
        rejected=((2, "parent", "refers to no row of an_orphan_for_a_lost_zero_parents"),),
        found=_orphans(1),
    ),
    _child("a_missing_reference_is_no_orphan", "a;\nc;02\n", ("a", None), ("c", "02")),
    _child("a_padded_reference_is_no_orphan", "a; 01 \nc;02\n", ("a", "01"), ("c", "02")),
)
