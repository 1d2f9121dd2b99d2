"""Parquet files: other types than stated, nested, spoilt, of impossible days."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from tests.corpus.case import HEADER, Case, No

_ROWS = "01;Ash;41\n02;Elm;5\n"
_READ = (("01", "Ash", 41), ("02", "Elm", 5))
_TEXT = (HEADER + _ROWS).encode()
_NO_PARQUET = "{file} is not a whole Parquet file: it is cut off, damaged or encrypted."
_DAMAGED = "{file} is damaged: it opens, but its values cannot be read."
_NO_TEXT = (
    "{file}: surname is text, but nested or binary values are held; it can be read from text."
)
_IDS, _NAMES, _AGES = ["01", "02"], ["Ash", "Elm"], [41, 5]


def _parquet(**columns: object) -> bytes:
    given = {"id": _IDS, "surname": _NAMES, "age": _AGES, **columns}
    return _written(pa.table({name: held for name, held in given.items() if held is not None}))


def _written(table: pa.Table, **options: object) -> bytes:
    target = io.BytesIO()
    pq.write_table(table, target, **options)
    return target.getvalue()


def _no_integers(held: str) -> str:
    return (
        f"{{file}}: age is an integer, but {held} are held; it can be read from text or whole "
        "numbers or numbers with decimals."
    )


def _stored(name: str, content: bytes, *accepted: tuple[object, ...], **more: object) -> Case:
    return Case(name, content, accepted, extension="parquet", **more)  # type: ignore[arg-type]


def _flipped(content: bytes, position: int) -> bytes:
    return (
        content[:position]
        + bytes(255 - b for b in content[position : position + 8])
        + content[position + 8 :]
    )


_BAD_TEXT = pa.array([b"A\xff", b"Elm"], pa.binary()).view(pa.string())
_DOUBLED = pa.Table.from_arrays(
    [pa.array(_IDS), pa.array(_NAMES), pa.array(_AGES), pa.array([1, 2])],
    names=["id", "surname", "age", "Age"],
)
_LONG = pa.table(
    {
        "id": [f"{n:05d}" for n in range(3_000)],
        "surname": [f"s{n}" for n in range(3_000)],
        "age": [n % 90 for n in range(3_000)],
    }
)


def _values(name: str, values: object, kind: str, *expected: object, refused: str = "") -> Case:
    column = f'v = {{ type = "{kind}", role = "measure" }}'
    pairs = [] if refused else list(zip(_IDS, expected, strict=True))
    return Case(
        name,
        _written(pa.table({"id": _IDS, "v": values})),
        tuple((i, value) for i, value in pairs if not isinstance(value, No)),
        tuple((int(i), "v", value.reason) for i, value in pairs if isinstance(value, No)),
        refused=refused,
        extension="parquet",
        columns=f'id = {{ type = "text", role = "id" }}\n{column}\n',
    )


def _days(*numbers: int) -> pa.Array:
    return pa.array(numbers, pa.int32()).view(pa.date32())


_MOMENTS = [datetime.fromisoformat(text) for text in ("2024-01-05", "2024-01-06 08:00")]
_OUTSIDE = No("lies outside the years 1 to 9999")

PARQUET = (
    _stored("parquet", _parquet(), *_READ),
    _stored(
        "parquet_with_a_missing_value",
        _parquet(age=[41, None]),
        ("01", "Ash", 41),
        ("02", "Elm", None),
        found=("Every row of {table} has the same age: a default, or no information.",),
    ),
    _stored("parquet_of_floats_for_integers", _parquet(age=[41.0, 5.0]), *_READ),
    _stored(
        "parquet_of_broken_floats",
        _parquet(age=[41.5, float("nan")]),
        rejected=((1, "age", "is not a whole number"), (2, "age", "is not a whole number")),
    ),
    _stored(
        "parquet_of_text_for_integers",
        _parquet(age=["41", "x"]),
        ("01", "Ash", 41),
        rejected=((2, "age", "is not a whole number"),),
    ),
    _stored(
        "parquet_with_nul_in_a_text",
        _parquet(surname=["A\0sh", "Elm"]),
        ("02", "Elm", 5),
        rejected=((1, "(whole row)", "has a NUL byte"),),
    ),
    _stored(
        "parquet_of_an_empty_column",
        _parquet(surname=pa.nulls(2)),
        ("01", None, 41),
        ("02", None, 5),
    ),
    _stored(
        "parquet_with_an_unknown_column",
        _parquet(shoe=[44, 38]),
        *_READ,
        warned=("{file}: not read, since not specified: shoe.",),
    ),
    _stored(
        "parquet_of_whole_numbers_for_ids",
        _parquet(id=[1, 2]),
        refused=(
            "{file}: id is text, but whole numbers are held: leading zeros are gone. Hand it over "
            "as text, or state type = 'integer' if it never has any."
        ),
    ),
    _stored(
        "parquet_of_records",
        _parquet(age=[{"years": 41}, {"years": 5}]),
        refused=_no_integers("nested or binary values"),
    ),
    _stored(
        "parquet_of_lists",
        _parquet(surname=[["Ash"], ["Elm"]]),
        refused=_NO_TEXT,
    ),
    _stored(
        "parquet_of_bytes",
        _parquet(surname=[b"Ash", b"Elm"]),
        refused=_NO_TEXT,
    ),
    _stored(
        "parquet_of_days_for_integers",
        _parquet(age=pa.array([1, 2], pa.date32())),
        refused=_no_integers("dates"),
    ),
    _stored(
        "parquet_of_flags_for_integers",
        _parquet(age=[True, False]),
        refused=_no_integers("true and false"),
    ),
    _stored(
        "parquet_without_a_column",
        _parquet(surname=None),
        refused="{file} lacks the column surname; its header names: id, age.",
    ),
    _stored(
        "parquet_without_rows",
        _written(
            pa.table(
                {
                    "id": pa.array([], pa.string()),
                    "surname": pa.array([], pa.string()),
                    "age": pa.array([], pa.int64()),
                }
            )
        ),
        refused="{file} has columns but no rows.",
    ),
    _stored(
        "parquet_with_a_name_doubled",
        _written(_DOUBLED),
        refused="{file}: the header names Age, age more than once.",
    ),
    _stored("parquet_of_bytes_that_are_no_text", _parquet(surname=_BAD_TEXT), refused=_DAMAGED),
    _stored("parquet_with_a_spoilt_page", _flipped(_written(_LONG), 2_000), refused=_DAMAGED),
    _stored("parquet_cut_off", _written(_LONG)[:4_000], refused=_NO_PARQUET),
    _stored(
        "parquet_with_a_spoilt_footer",
        _flipped(_parquet(), len(_parquet()) - 16),
        refused=_NO_PARQUET,
    ),
    _stored("parquet_of_a_magic_word_alone", b"PAR1", refused=_NO_PARQUET),
    _stored(
        "parquet_stated_of_text",
        _TEXT,
        refused="{file} is not a Parquet file; state form = 'csv' if it is text.",
    ),
    _values(
        "parquet_of_days_before_the_year_1", _days(-800_000, 0), "date", _OUTSIDE, date(1970, 1, 1)
    ),
    _values(
        "parquet_of_days_after_the_year_9999",
        _days(2**31 - 10, 0),
        "date",
        _OUTSIDE,
        date(1970, 1, 1),
    ),
    _values(
        "parquet_of_moments_for_days",
        _MOMENTS,
        "date",
        date(2024, 1, 5),
        No("has a time of day where a date alone is wanted"),
    ),
    _values(
        "parquet_of_moments_with_a_zone",
        [datetime(2024, 1, 5, tzinfo=UTC)] * 2,
        "date",
        refused=(
            "{file}: v is a date, but times with a time zone are held; which day it is depends on "
            "the zone. Hand it over without one."
        ),
    ),
    _values(
        "parquet_of_small_floats",
        [0.00001, 0.01],
        "decimal",
        No("has more than 2 decimal places"),
        Decimal("0.01"),
    ),
    _values(
        "parquet_of_small_floats_of_nine_places",
        [0.00001, 1.5e-07],
        'decimal", places = 9, unit = "',
        Decimal("0.000010000"),
        Decimal("0.000000150"),
    ),
    _values(
        "parquet_of_large_floats",
        [1e15, 1e16],
        "decimal",
        Decimal("1000000000000000.00"),
        No("is too large a number"),
    ),
    _values(
        "parquet_of_large_floats_for_integers",
        [1e16, 1e300],
        "integer",
        10**16,
        No("is too large a number"),
    ),
    _values(
        "parquet_of_infinite_floats",
        [float("inf"), -0.0],
        "decimal",
        No("is not a number"),
        Decimal("0.00"),
    ),
)
