"""What a specification says of one table: where its rows are, in which form, keys, references."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from core.sources.columns import ColumnSpec, Role, Texts

DELIMITERS = (",", ";", "\t", "|")


class TableSpec(BaseModel):
    """One table of a source, and the files or the table of a database that it is read from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    files: Texts = ()  # exact names, or patterns with * or ?; several files are united
    table: str = ""  # instead of files: a table or view of the source's database, or schema.table
    form: Literal["csv", "parquet"] = "csv"  # by default as the files are named
    compression: Literal["none", "gzip"] = "none"  # of CSV files; never guessed
    columns: dict[str, ColumnSpec] = Field(min_length=1)
    description: str = ""
    key: Texts = ()  # the columns that tell rows apart
    references: dict[str, str] = Field(default_factory=dict)  # column → "table.column"
    required: bool = True
    ignored: Texts = ()  # other columns, or patterns of them, that are known and not read
    delimiter: Literal[",", ";", "\t", "|", "whitespace"] | None = None  # found unless stated
    header: bool = True  # False: no first line with names; the columns stand in the order here
    quote: Literal['"', "'", ""] = '"'
    encoding: str = "utf-8"
    null_tokens: Texts | None = None  # instead of the source's; a blank always counts

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, encoding: str) -> str:
        try:
            "".encode(encoding)
        except (LookupError, UnicodeError):
            raise ValueError(
                f"'{encoding}' is no known encoding of text; common ones are utf-8, cp1252, utf-16"
            ) from None
        return encoding

    @model_validator(mode="after")
    def _of_one_form(self) -> TableSpec:
        if self.files and self.table:
            raise ValueError("rows are read from files or from a table of the database, not both")
        if self.compression != "none" and self.form == "parquet":
            raise ValueError("a Parquet file is compressed within; leave compression out")
        return self

    @property
    def read_columns(self) -> dict[str, ColumnSpec]:
        """The columns that are loaded: all but the ignored ones."""
        return {name: spec for name, spec in self.columns.items() if spec.role is not Role.IGNORE}

    def may_be_missing(self, column: str) -> bool:
        """Whether a row may lack this value: never a part of the key."""
        return self.columns[column].nullable and column not in self.key
