"""Names that become parts of SQL: what a data set, a lens and a feature may be called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from core.errors import DataError

LONGEST_COLUMN = 63  # bytes; Postgres cuts longer names off without a word

_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,30}")


def check_dataset_name(name: str) -> None:
    """Refuse a data set's name that cannot be part of a table's name."""
    _check_plain("data set", name)


def check_lens_name(name: str) -> None:
    """Refuse a lens's name that cannot be part of a column's name."""
    _check_plain("lens", name)


def check_feature_names(names: Iterable[str]) -> None:
    """Refuse names that cannot all be columns of one table on both databases."""
    names = list(names)
    for name in names:
        if not name.strip() or "\x00" in name or len(name.encode()) > LONGEST_COLUMN:
            raise DataError(
                f"The feature name {name!r} cannot be a column. "
                f"Use 1 to {LONGEST_COLUMN} bytes of visible text."
            )
    counts = Counter(name.lower() for name in ["customer_id", *names])
    repeated = next((name for name, n in counts.items() if n > 1), None)
    if repeated is not None:
        raise DataError(
            f"Two columns would be called {repeated!r} (capitals do not count, and customer_id is "
            "taken). Give every feature a name of its own."
        )


def view_columns(lens: str) -> tuple[str, str, str]:
    """Return what a lens's columns of the published view are called: key, name, distance.

    >>> view_columns("behavioural")[0]
    'behavioural_segment_key'
    """
    return f"{lens}_segment_key", f"{lens}_segment_name", f"{lens}_distance"


def _check_plain(what: str, name: str) -> None:
    if not _PLAIN.fullmatch(name):
        raise DataError(
            f"The {what} name {name!r} cannot be used in the database. Use lower-case letters, "
            "digits and _, a letter first, at most 31 characters."
        )
