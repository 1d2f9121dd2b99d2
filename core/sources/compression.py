"""Files that are not what their table says (Parquet, gzip, zip), and unpacking gzip with limits."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from core.sources.headers import UnreadableFileError

_CHUNK = 1 << 20
LARGEST_RATIO = 200  # bank files shrink to a fifth or a twentieth, hardly ever below a hundredth
LARGEST_UNPACKED = 32 << 30  # bytes
_ALWAYS_ALLOWED = 1 << 20  # of something tiny the ratio says nothing
_MAGIC = (
    (b"\x1f\x8b", "is packed with gzip; state compression = 'gzip' in tables.{table}"),
    (b"PK\x03\x04", "is a zip archive or a spreadsheet; unpack it, or save the sheet as CSV"),
    (b"PK\x05\x06", "is an empty zip archive; unpack it, or save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old spreadsheet; save the sheet as CSV"),
    (b"PAR1", "is a Parquet file; name it .parquet, or state form = 'parquet' in tables.{table}"),
    (b"SQLite format 3", "is a SQLite database; state database = 'sqlite:///…' in [source]"),
)


def require_text(path: Path, table: str) -> None:
    """Raise `UnreadableFileError` if a file that should be text begins like something else."""
    with path.open("rb") as file:
        begin = file.read(16)
    for magic, sentence in _MAGIC:
        if begin.startswith(magic):
            raise UnreadableFileError(f"{path.name} {sentence.format(table=table)}.")


def unpacked(
    path: Path,
    scratch: Path,
    *,
    largest_ratio: int = LARGEST_RATIO,
    largest: int = LARGEST_UNPACKED,
) -> Path:
    """Unpack a gzip file into ``scratch``; `UnreadableFileError` if it is broken or a bomb."""
    target = scratch / f"{path.name}.unpacked"
    allowed = min(largest, max(path.stat().st_size * largest_ratio, _ALWAYS_ALLOWED))
    written = 0
    try:
        with gzip.open(path) as source, target.open("wb") as copy:
            while part := source.read(_CHUNK):
                written += len(part)
                if written > allowed:
                    raise UnreadableFileError(
                        f"{path.name} unpacks to more than {allowed:,} bytes and was given up: at "
                        f"most {largest_ratio} times the packed size and {largest:,} bytes are "
                        "allowed. If it is in order, hand it over unpacked."
                    )
                copy.write(part)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFileError(
            f"{path.name} is not a whole gzip file, as compression = 'gzip' says; it is cut off, "
            "damaged, or not packed at all."
        ) from error
    return target
