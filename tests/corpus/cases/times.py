"""Moments and times of day: zones, halves of a day and fractions are never dropped."""

from __future__ import annotations

from datetime import datetime, time

from tests.corpus.case import Case, No, cells

_STAMP = "yyyy-mm-dd hh:mm:ss"


def _no(form: str, what: str = "date") -> No:
    return No(f"is not a {what} of the form {form}")


def _moment(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  (no zone in files)


def _stamps(name: str, *given: tuple[str, object], form: str = _STAMP) -> Case:
    return cells(name, f'type = "timestamp", format = "{form}"', *given)


def _times(name: str, form: str, *given: tuple[str, object]) -> Case:
    return cells(name, f'type = "time", format = "{form}"', *given)


TIMES = (
    _stamps(
        "moments",
        ("2024-01-05 08:09:10", _moment(2024, 1, 5, 8, 9, 10)),
        ("2024-01-05 00:00:00", _moment(2024, 1, 5)),
        ("2024-02-30 08:00:00", _no(_STAMP, "time")),
    ),
    _stamps(
        "moments_with_a_zone",
        ("2024-01-05 08:00:00Z", _no(_STAMP, "time")),
        ("2024-01-05 08:00:00+02:00", _no(_STAMP, "time")),
        ("2024-01-05 08:00:00-0500", _no(_STAMP, "time")),
    ),
    _stamps(
        "moments_with_a_zone_apart",
        ("2024-01-05 08:00:00 +02:00", _no(_STAMP, "time")),
        ("2024-01-05 08:00:00 UTC", _no(_STAMP, "time")),
        ("2024-01-05 08:00:00 Europe/Paris", _no(_STAMP, "time")),
    ),
    _stamps(
        "moments_of_half_a_day",
        ("2024-01-05 08:00:00 PM", _no(_STAMP, "time")),
        ("2024-01-05 8:00:00", _no(_STAMP, "time")),
    ),
    _stamps(
        "moments_beyond_the_clock",
        ("2024-01-05 24:00:00", _no(_STAMP, "time")),
        ("2024-01-05 23:60:00", _no(_STAMP, "time")),
        ("2016-12-31 23:59:60", _no(_STAMP, "time")),
    ),
    _stamps(
        "moments_with_fractions",
        ("2024-01-05 08:00:00.5", _no(_STAMP, "time")),
        ("2024-01-05 08:00:00.000000", _no(_STAMP, "time")),
    ),
    _stamps(
        "moments_with_another_mark",
        ("2024-01-05T08:00:00", _no(_STAMP, "time")),
        ("2024-01-05  08:00:00", _no(_STAMP, "time")),
        ("2024-01-05", _no(_STAMP, "time")),
    ),
    _stamps(
        "moments_with_a_t",
        ("2024-01-05T08:00:00", _moment(2024, 1, 5, 8)),
        ("2024-01-05T08:00:00T", _no("yyyy-mm-ddThh:mm:ss", "time")),
        ("2024-01-05 08:00:00", _no("yyyy-mm-ddThh:mm:ss", "time")),
        form="yyyy-mm-ddThh:mm:ss",
    ),
    _times(
        "times",
        "hh:mm:ss",
        ("08:09:10", time(8, 9, 10)),
        ("8:09:10", _no("hh:mm:ss", "time")),
        ("24:00:00", _no("hh:mm:ss", "time")),
        ("08:60:00", _no("hh:mm:ss", "time")),
    ),
    _times(
        "times_without_zeros",
        "hmmss",
        ("834", time(0, 8, 34)),
        ("0", time(0)),
        ("235959", time(23, 59, 59)),
        ("240000", _no("hmmss", "time")),
        ("67", _no("hmmss", "time")),
    ),
)
