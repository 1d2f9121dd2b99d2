"""A source specification: a readable file that describes a bank's files, read and checked."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core.errors import UsageError, one_of
from core.features.base import Feature
from core.lens import LensSpec
from core.sources.attributes import AttributeSpec
from core.sources.columns import ColumnSpec, Role, Texts
from core.sources.forms import form_mistakes, meaning, require_no_password, with_form
from core.sources.integrity import CheckSpec
from core.sources.measures import MeasureSpec
from core.sources.parsing import mapping, merged_tables, parsed, read_toml
from core.sources.problems import SourceError
from core.sources.references import reference_mistakes
from core.sources.switches import SwitchSpec, checked_names
from core.sources.tables import TableSpec

CATALOGUE = Path(__file__).parent / "catalogue"
DEMO = "demo_"  # before a shipped source's name: its demonstration data, read alike
CANONICAL = ("customers", "accounts", "transactions", "measures")
ASIDE = ("identities", "left_out")  # who customers are; who takes no part, and why


class AsOfSpec(BaseModel):
    """How the date of a snapshot is found where none is given: the last day in these columns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    latest_of: Texts = ()  # "table.column"; empty, and no day: --as-of must be given
    day: date | None = None  # of files that hold no date themselves


class EitherSpec(BaseModel):
    """Groups of tables that hold the same in different forms: the first complete one is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    groups: tuple[tuple[str, ...], ...] = Field(min_length=2)


class SourceSpec(BaseModel):
    """Everything there is to know about a source: what to read, how, and what it means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern="^[a-z][a-z0-9_]{0,39}$")
    title: str
    currency: str = Field(pattern="^[A-Z]{3}$")
    description: str = ""
    customers: str  # the table with one row per customer; its key is the customer's id
    database: str = ""  # of tables that are read from one: "$VARIABLE", or a URL without password
    null_tokens: Texts = ("NULL",)  # whole cells that mean "missing"; text columns know only blanks
    max_rejected_share: float = Field(default=0.05, ge=0, le=1)  # more than this stops the import
    as_of: AsOfSpec = AsOfSpec()
    tables: dict[str, TableSpec] = Field(min_length=1)
    either: tuple[EitherSpec, ...] = ()
    checks: tuple[CheckSpec, ...] = ()
    attributes: tuple[AttributeSpec, ...] = ()
    measures: tuple[MeasureSpec, ...] = ()  # per customer and period
    lenses: tuple[LensSpec, ...] = ()
    switches: dict[str, SwitchSpec] = Field(default_factory=dict)
    switched: dict[str, bool] = Field(default_factory=dict)  # what differs from the defaults
    queries: dict[str, str]  # SQL of customers and, where there are any, of the other tables
    digest: str  # sha256 of the specification and its queries

    @field_validator("database")
    @classmethod
    def _without_password(cls, database: str) -> str:
        return require_no_password(database)

    @field_validator("switches")
    @classmethod
    def _can_be_variables(cls, switches: dict[str, SwitchSpec]) -> dict[str, SwitchSpec]:
        return checked_names(switches)

    def column(self, reference: str) -> ColumnSpec:
        """Return the column that "table.column" names."""
        table, _, column = reference.partition(".")
        return self.tables[table].columns[column]

    @property
    def has_files(self) -> bool:
        """Whether any table is read from files, so that a folder is needed."""
        return any(table.files for table in self.tables.values())

    @property
    def customer_key(self) -> str:
        """The column of the customers' table that holds the customer's id."""
        return self.tables[self.customers].key[0]

    @property
    def identifying_columns(self) -> tuple[str, ...]:
        """The customers' table's direct identifiers, in order."""
        columns = self.tables[self.customers].columns
        return tuple(n for n, c in columns.items() if c.role is Role.DIRECT_IDENTIFIER)

    @property
    def attribute_features(self) -> tuple[Feature, ...]:
        """Catalogue entries of the customer columns that become features."""
        return tuple(a.feature(self.column(a.column).sensitivity) for a in self.attributes)


def catalogue() -> tuple[str, ...]:
    """Return the names of the shipped sources, in alphabetical order.

    >>> "bank" in catalogue()
    True
    """
    return tuple(sorted(path.parent.name for path in CATALOGUE.glob("*/source.toml")))


def load_spec(name_or_path: str | Path) -> SourceSpec:
    """Return a shipped source by name, or the specification in a file (or in its folder).

    Parameters
    ----------
    name_or_path
        A name from `catalogue`, the path of a specification (`.toml`), or a folder that holds a
        `source.toml`. The SQL files stand beside it.

    Raises
    ------
    UsageError
        There is neither such a source nor such a file.
    SourceError
        The specification has mistakes; all are named at once.

    Examples
    --------
    >>> load_spec("bank").currency
    'USD'
    """
    path = _located(name_or_path)
    raw, mistakes = read_toml(path)
    queries = {
        name: sql.read_text(encoding="utf-8")
        for name in (*CANONICAL, *ASIDE)
        if (sql := path.with_name(f"{name}.sql")).is_file()
    }
    if "customers" not in queries and not mistakes:
        mistakes.append(
            f"customers.sql is missing beside {path.name}; it selects customer_id "
            "and one column per attribute."
        )
    return spec_from(raw, queries, mistakes)


def spec_from(
    raw: dict[str, object], queries: dict[str, str], mistakes: list[str] | None = None
) -> SourceSpec:
    """Return the specification of parsed TOML and its SQL; `SourceError` names every mistake."""
    found = list(mistakes or [])
    if not raw and found:
        raise SourceError(found)
    document = merged_tables(raw, found)
    has_database = "database" in document
    document["tables"] = {
        name: with_form(mapping(table), has_database=has_database)
        for name, table in mapping(document["tables"]).items()
    }
    document["queries"] = queries
    document["digest"] = _digest(raw, queries)
    spec = parsed(SourceSpec, document, found)
    found += reference_mistakes(document) + form_mistakes(document)
    if found or spec is None:
        raise SourceError(found)
    return spec


def _located(name_or_path: str | Path) -> Path:
    if str(name_or_path) in catalogue():
        return CATALOGUE / str(name_or_path) / "source.toml"
    path = Path(name_or_path)
    if path.is_dir() and (path / "source.toml").is_file():
        return path / "source.toml"
    if path.is_file():
        return path
    raise UsageError(
        f"{one_of('source', name_or_path, catalogue())} "
        "Or give the path of a specification file (.toml)."
    )


def _digest(raw: dict[str, object], queries: dict[str, str]) -> str:
    return hashlib.sha256(repr((meaning(raw), sorted(queries.items()))).encode()).hexdigest()
