"""Files that are packed or renamed: read as stated, or named for what they are."""

from __future__ import annotations

import gzip
import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

from tests.corpus.case import HEADER, Case

_ROWS = "01;Ash;41\n02;Elm;5\n"
_READ = (("01", "Ash", 41), ("02", "Elm", 5))
_TEXT = (HEADER + _ROWS).encode()
_GZIP = 'compression = "gzip"'
_PACKED = gzip.compress(_TEXT, mtime=0)
_NO_GZIP = (
    "{file} is not a whole gzip file, as compression = 'gzip' says; it is cut off, damaged, or "
    "not packed at all."
)
_ZEROS = gzip.compress(bytes(8 << 20), mtime=0)
_ALIKE = gzip.compress(_TEXT + b"03;Oak;7\n" * 900_000, mtime=0)


def _parquet() -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"id": ["01"], "surname": ["Ash"], "age": [41]}), target)
    return target.getvalue()


def _bomb(packed: bytes) -> str:
    return (
        f"{{file}} unpacks to more than {max(200 * len(packed), 1 << 20):,} bytes and was given "
        "up: at most 200 times the packed size and 34,359,738,368 bytes are allowed. If it is in "
        "order, hand it over unpacked."
    )


def _renamed(name: str, content: bytes, what: str) -> Case:
    return Case(name, content, refused=f"{{file}} {what}.")


def _zip(*, empty: bool = False) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        if not empty:
            archive.writestr("people.csv", _TEXT)
    return target.getvalue()


def _flipped(content: bytes, position: int) -> bytes:
    return (
        content[:position]
        + bytes(255 - b for b in content[position : position + 8])
        + content[position + 8 :]
    )


FORMS = (
    # ---- gzip
    Case("gzip_as_stated", _PACKED, _READ, table=_GZIP),
    Case(
        "gzip_of_two_members",
        _PACKED + gzip.compress(b"03;Oak;7\n", mtime=0),
        (*_READ, ("03", "Oak", 7)),
        table=_GZIP,
    ),
    Case(
        "gzip_of_utf_16",
        gzip.compress((HEADER + _ROWS).encode("utf-16"), mtime=0),
        _READ,
        table=f'{_GZIP}\nencoding = "utf-16"',
    ),
    Case("gzip_cut_off", _PACKED[:-12], refused=_NO_GZIP, table=_GZIP),
    Case("gzip_without_its_end", _PACKED[:-8], refused=_NO_GZIP, table=_GZIP),
    Case(
        "gzip_with_a_wrong_checksum",
        _flipped(_PACKED, len(_PACKED) - 8),
        refused=_NO_GZIP,
        table=_GZIP,
    ),
    Case("gzip_with_a_tail", _PACKED + b"tail", refused=_NO_GZIP, table=_GZIP),
    Case("gzip_stated_of_plain_text", _TEXT, refused=_NO_GZIP, table=_GZIP),
    Case(
        "gzip_of_nothing",
        gzip.compress(b"", mtime=0),
        refused="{file} is empty; it needs a header and rows.",
        table=_GZIP,
    ),
    Case(
        "gzip_of_a_header",
        gzip.compress(HEADER.encode(), mtime=0),
        refused="{file} has a header but no rows.",
        table=_GZIP,
    ),
    Case(
        "gzip_twice",
        gzip.compress(_PACKED, mtime=0),
        refused="{file}: the header is not utf-8 text.",
        table=_GZIP,
    ),
    Case("a_bomb_of_zeros", _ZEROS, refused=_bomb(_ZEROS), table=_GZIP),
    Case("a_bomb_of_rows", _ALIKE, refused=_bomb(_ALIKE), table=_GZIP),
    # ---- renamed
    _renamed(
        "gzip_not_stated",
        _PACKED,
        "is packed with gzip; state compression = 'gzip' in tables.{table}",
    ),
    _renamed(
        "a_zip", _zip(), "is a zip archive or a spreadsheet; unpack it, or save the sheet as CSV"
    ),
    _renamed(
        "an_empty_zip",
        _zip(empty=True),
        "is an empty zip archive; unpack it, or save the sheet as CSV",
    ),
    _renamed(
        "an_old_spreadsheet",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "is an old spreadsheet; save the sheet as CSV",
    ),
    _renamed(
        "a_parquet_file_as_text",
        _parquet(),
        "is a Parquet file; name it .parquet, or state form = 'parquet' in tables.{table}",
    ),
    _renamed(
        "a_database_as_text",
        b"SQLite format 3\0" + bytes(84),
        "is a SQLite database; state database = 'sqlite:///…' in [source]",
    ),
    Case(
        "a_web_page",
        b"<html><table><tr><td>id</td></tr></table></html>\n",
        refused=(
            "{file} lacks the columns id, surname, age; its header names: "
            "<html><table><tr><td>id</td></tr></table></html>."
        ),
    ),
    Case(
        "a_list_in_json",
        b'[{"id": "01", "age": 41}]\n',
        refused=(
            "{file}: the header has a quote mark inside a field that is not quoted; mend it, or "
            "state quote = '' in tables.{table} if quote marks mean nothing."
        ),
    ),
    Case(
        "a_picture",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        refused="{file}: the header is not utf-8 text.",
    ),
)
