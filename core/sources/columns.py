"""What a specification says of one column: type, format, role, codes, range."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from core.features.base import Sensitivity


class ColumnType(StrEnum):
    """How the text of a cell is to be read."""

    TEXT = "text"  # blanks around it are stripped; leading zeros stay
    CODE = "code"  # one of a few values; `domain` says what each means
    INTEGER = "integer"
    DECIMAL = "decimal"  # exact, `places` after the point
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timestamp"
    FLAG = "flag"


class Role(StrEnum):
    """What a column is to a person's privacy and to the analysis."""

    ID = "id"
    DIRECT_IDENTIFIER = "direct_identifier"  # names, street, phone, national ids
    DEMOGRAPHIC = "demographic"
    SENSITIVE = "sensitive"  # age, gender, marital status, nationality
    PROXY = "proxy"  # post code, city: stands in for a sensitive attribute
    MEASURE = "measure"
    IGNORE = "ignore"  # known, and not read


DATE_FORMATS = (
    "yyyy-mm-dd",
    "yyyy/mm/dd",
    "yyyymmdd",
    "yymmdd",
    "d.m.yyyy",
    "d/m/yyyy",
    "d-m-yyyy",
    "m/d/yyyy",
)
TIME_FORMATS = ("hh:mm:ss", "hh:mm", "hmmss")  # hmmss: leading zeros may be missing

_SENSITIVITY = {
    Role.DIRECT_IDENTIFIER: Sensitivity.DIRECT,
    Role.SENSITIVE: Sensitivity.SENSITIVE,
    Role.PROXY: Sensitivity.PROXY,
}
_NUMERIC = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL})
_TEMPORAL = frozenset({ColumnType.DATE, ColumnType.TIME, ColumnType.TIMESTAMP})


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]  # a text or a list of texts


class ColumnSpec(BaseModel):
    """One column of a file and how to read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ColumnType
    role: Role
    aliases: Texts = ()  # other names; case, blanks and underscores never matter
    format: Texts = ()  # of dates and times; the first that fits is taken
    domain: dict[str, str] = Field(default_factory=dict)  # code → the word used from here on
    unknown: Literal["reject", "keep"] = "reject"  # a code that the domain does not list
    null_tokens: Texts | None = None  # instead of the source's; a blank always counts
    nullable: bool = True  # a row may lack the value
    optional: bool = False  # the file may lack the column
    minimum: float | None = None  # outside: reported, not rejected
    maximum: float | None = None
    places: int = Field(default=2, ge=0, le=9)
    rounded: bool = False  # a number with more places is rounded to them, not refused
    decimal_mark: Literal[".", ","] = "."
    thousands_mark: Literal["", ".", ",", "'", " "] = ""  # may stand between groups of three digits
    true: Texts = ("Y", "YES", "T", "TRUE", "1")  # compared without case
    false: Texts = ("N", "NO", "F", "FALSE", "0")
    label: str = ""
    unit: str = ""
    description: str = ""

    @field_validator("format")
    @classmethod
    def _known_parts(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for name in formats:
            for part in re.split("[ T]", name):
                if part not in DATE_FORMATS and part not in TIME_FORMATS:
                    allowed = ", ".join(DATE_FORMATS + TIME_FORMATS)
                    raise ValueError(f"'{part}' is not a known format; choose among: {allowed}")
        return formats

    @model_validator(mode="after")
    def _fits_its_type(self) -> ColumnSpec:
        mistakes = [sentence for wrong, sentence in self._misfits() if wrong]
        if mistakes:
            raise ValueError("; ".join(mistakes))
        return self

    def _misfits(self) -> list[tuple[bool, str]]:
        temporal, numeric = self.type in _TEMPORAL, self.type in _NUMERIC
        low, high = self.minimum, self.maximum
        return [
            (bool(self.format) and not temporal, "only a date, time or timestamp has a format"),
            (temporal and not self.format, f"a {self.type} needs a format"),
            (
                any(not self._format_fits(name) for name in self.format),
                f"a {self.type} is written as {_FORM.get(self.type, 'it is')}",
            ),
            (
                {"d/m/yyyy", "m/d/yyyy"} <= {re.split("[ T]", name)[0] for name in self.format},
                "both d/m/yyyy and m/d/yyyy fit 3/4/2024; say which of them the file means",
            ),
            (bool(self.domain) and self.type is not ColumnType.CODE, "only a code has a domain"),
            (self.rounded and self.type is not ColumnType.DECIMAL, "only a decimal is rounded"),
            (bool(self.thousands_mark) and not numeric, "only numbers have a thousands_mark"),
            (
                self.type is ColumnType.DECIMAL and self.thousands_mark == self.decimal_mark,
                f"{self.decimal_mark!r} cannot be both decimal_mark and thousands_mark",
            ),
            (
                (low is not None or high is not None) and not numeric,
                "only numbers have a minimum and a maximum",
            ),
            (
                low is not None and high is not None and low > high,
                f"the minimum {low} is above the maximum {high}",
            ),
        ]

    def _format_fits(self, name: str) -> bool:
        parts = re.split("[ T]", name)
        kinds = ["date" if part in DATE_FORMATS else "time" for part in parts]
        wanted = {ColumnType.DATE: ["date"], ColumnType.TIME: ["time"]}
        return kinds == wanted.get(self.type, ["date", "time"])

    @property
    def sensitivity(self) -> Sensitivity:
        """Class of the column for privacy and fairness."""
        return _SENSITIVITY.get(self.role, Sensitivity.ORDINARY)


_FORM = {
    ColumnType.DATE: "a date alone, e.g. yyyy-mm-dd",
    ColumnType.TIME: "a time alone, e.g. hh:mm:ss",
    ColumnType.TIMESTAMP: "a date, a blank or T, and a time, e.g. yyyy-mm-dd hh:mm:ss",
}


def plain(name: str) -> str:
    """Return a column name without case, blanks and underscores, as headers are compared.

    >>> plain("PRC_FULL_PAYMENT") == plain("PrcFullPayment ")
    True
    >>> plain("%") == plain("#")
    False
    """
    return (re.sub(r"[\W_]+", "", name) or name.strip()).casefold()
