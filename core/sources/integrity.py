"""Checks across rows and tables that do not reject a row: what a specification may ask for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from core.sources.columns import Texts
from core.sql import quoted


class _Check(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    table: str
    sentence: str  # what holds when the check passes
    found: str = ""  # what breaks it, in the plural: "Orders without a payment"

    def told(self, count: int) -> str:
        """Return what was found, as a finding with its number.

        >>> rule = RuleCheck(kind="rule", name="n", table="t", sentence="All pay.", condition="p")
        >>> rule.told(1)
        '1 case contradicts: All pay.'
        >>> rule.model_copy(update={"found": "Orders without a payment"}).told(1200)
        'Orders without a payment: 1,200.'
        """
        if self.found:
            return f"{self.found}: {count:,}."
        return f"{count:,} case{'s contradict' if count != 1 else ' contradicts'}: {self.sentence}"


class UniqueCheck(_Check):
    """No two rows share these columns' values."""

    kind: Literal["unique"]
    columns: Texts


class AgreeCheck(_Check):
    """Rows found by the key in `other` carry the same values there, and each is found."""

    kind: Literal["agree"]
    other: str
    key: Texts
    columns: Texts


class SumCheck(_Check):
    """One column is the sum of others, to the cent."""

    kind: Literal["sum"]
    total: str
    parts: Texts


class RuleCheck(_Check):
    """A SQL condition that holds for every row (a missing value does not break it)."""

    kind: Literal["rule"]
    condition: str


class QueryCheck(_Check):
    """A SQL query over the source's tables that returns the rows that break the rule."""

    kind: Literal["query"]
    query: str


CheckSpec = Annotated[
    UniqueCheck | AgreeCheck | SumCheck | RuleCheck | QueryCheck, Field(discriminator="kind")
]


def offending_rows(check: CheckSpec) -> str:
    """Return the SQL query whose rows are those that break the check.

    >>> rule = RuleCheck(kind="rule", name="n", table="t", sentence="s", condition="age > 0")
    >>> offending_rows(rule)
    'SELECT 1 FROM "t" WHERE NOT (age > 0)'
    """
    table = quoted(check.table)
    match check:
        case UniqueCheck(columns=columns):
            names = ", ".join(map(quoted, columns))
            return f"SELECT 1 FROM {table} GROUP BY {names} HAVING count(*) > 1"  # noqa: S608
        case AgreeCheck(other=other, key=key, columns=columns):
            differs = " OR ".join(f"a.{c} IS DISTINCT FROM b.{c}" for c in map(quoted, columns))
            joined = " AND ".join(f"a.{c} = b.{c}" for c in map(quoted, key))
            found = f"b.{quoted(key[0])} IS NULL"
            return (
                f"SELECT 1 FROM {table} a LEFT JOIN {quoted(other)} b ON {joined} "  # noqa: S608
                f"WHERE {found} OR {differs}"
            )
        case SumCheck(total=total, parts=parts):
            summed = " + ".join(map(quoted, parts))
            return f"SELECT 1 FROM {table} WHERE {quoted(total)} <> {summed}"  # noqa: S608
        case RuleCheck(condition=condition):
            return f"SELECT 1 FROM {table} WHERE NOT ({condition})"  # noqa: S608
        case QueryCheck(query=query):
            return query.strip().rstrip(";")
