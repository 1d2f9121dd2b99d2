"""What a specification says of one table: its files, their form, keys and references."""

from __future__ import annotations

import codecs
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core.sources.columns import ColumnSpec, Role, Texts

DELIMITERS = (",", ";", "\t", "|")


class TableSpec(BaseModel):
    """One table of a source and the files that it is read from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    files: Texts  # exact names, or patterns with * or ?; several files are united
    columns: dict[str, ColumnSpec] = Field(min_length=1)
    description: str = ""
    key: Texts = ()  # the columns that tell rows apart
    references: dict[str, str] = Field(default_factory=dict)  # column → "table.column"
    required: bool = True
    delimiter: Literal[",", ";", "\t", "|"] | None = None  # found from the header unless stated
    quote: Literal['"', "'", ""] = '"'
    encoding: str = "utf-8"
    null_tokens: Texts | None = None  # instead of the source's; a blank always counts

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, encoding: str) -> str:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise ValueError(
                f"'{encoding}' is not a known encoding; common ones are utf-8, cp1252, utf-16"
            ) from None
        return encoding

    @property
    def read_columns(self) -> dict[str, ColumnSpec]:
        """The columns that are loaded: all but the ignored ones."""
        return {name: spec for name, spec in self.columns.items() if spec.role is not Role.IGNORE}

    def may_be_missing(self, column: str) -> bool:
        """Whether a row may lack this value: never a part of the key."""
        return self.columns[column].nullable and column not in self.key
