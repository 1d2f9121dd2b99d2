"""Columns of the customers' table as features: what each is called, its kind, and its SQL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from core.features.base import Kind, Side
from core.insight.degrees import little_and_much
from core.insight.wording import uncapitalised
from core.sources.columns import ColumnType, Role
from core.sources.drafting import labels, names
from core.sources.drafting.columns import Guess
from core.sources.drafting.tables import Draft

MOST_LEVELS = 30  # a category with more tells single customers apart
_WHO = (Role.SENSITIVE, Role.PROXY, Role.DEMOGRAPHIC)
_AGES = ("younger", "older")
_AS_OF = "getvariable('as_of')"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute to be: ``sql`` is what customers.sql selects, ``of`` the column it is from."""

    name: str
    of: Guess
    sql: str
    label: str
    description: str
    kind: Kind
    side: Side
    unit: str = ""
    missing: bool = False
    table: str = ""  # that the column stands in
    words: tuple[str, str] | None = None  # for low and high, where the label does not give them

    @property
    def degrees(self) -> tuple[str, str]:
        """Words for a low and for a high value, that names of segments are made of."""
        if self.kind is Kind.FLAG:
            said = uncapitalised(self.label)
            if said.startswith("has "):
                return f"no {said.removeprefix('has ')}", f"with {said.removeprefix('has ')}"
            return f"{said}: no", f"{said}: yes"
        return self.words or little_and_much(self.label, self.kind)

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.kind not in (Kind.CATEGORY, Kind.ORDINAL)


def attributes(table: Draft, cell: Callable[[str], str]) -> list[Attribute]:
    """Return the attributes of a table of one row per customer; ``cell`` writes a column's name."""
    columns = list(table.columns.values())
    has_age = any(names.names_age(one.name) and one.is_number for one in columns)
    has_gender = any(names.names_gender(one.name) for one in columns)
    found: list[Attribute] = []
    for one in columns:
        if one.role in (Role.ID, Role.DIRECT_IDENTIFIER, Role.IGNORE) or one.is_constant:
            continue
        if one.role is Role.PROXY and one.is_number:
            if one.profile.distinct <= MOST_LEVELS:  # a place held as a number has no order
                found.append(_attribute(one, f"CAST({cell(one.name)} AS VARCHAR)", Kind.CATEGORY))
            continue
        if one.coded_birth:
            found += _of_birth_number(one, cell, age=not has_age, gender=not has_gender)
        elif one.is_date:
            found += _of_date(one, cell, age=not has_age)
        elif one.is_number or one.type is ColumnType.FLAG:
            found.append(_of_number(one, cell))
        elif one.type in (ColumnType.CODE, ColumnType.TEXT) and one.profile.distinct <= MOST_LEVELS:
            found.append(_attribute(one, cell(one.name), Kind.CATEGORY))
    return [replace(one, table=table.name) for one in found]


def each_once(found: Iterable[Attribute], taken: Collection[str]) -> tuple[Attribute, ...]:
    """Return attributes under names of their own; those in ``taken`` are features' already."""
    used = {*taken, "customer_id"}
    kept: list[Attribute] = []
    for one in found:
        name, number = one.name, 2
        if name in used:
            name = f"{one.name}_stated"
        while name in used:
            name, number = f"{one.name}_{number}", number + 1
        used.add(name)
        kept.append(replace(one, name=name))
    return tuple(kept)


def _attribute(one: Guess, sql: str, kind: Kind, *, unit: str = "") -> Attribute:
    label = f"Number of {unit}" if kind is Kind.COUNT else one.label
    side = Side.DEMOGRAPHIC if one.role in _WHO else Side.BEHAVIOURAL
    missing = one.profile.filled < one.profile.rows or bool(one.null_tokens) or bool(one.number)
    return Attribute(
        name=one.name,
        of=one,
        sql=sql,
        label=label,
        description=f"{label}, as the file states it.",
        kind=kind,
        side=side,
        unit=unit,
        missing=missing and kind not in (Kind.CATEGORY, Kind.ORDINAL),
    )


def _of_number(one: Guess, cell: Callable[[str], str]) -> Attribute:
    kind, unit = _kind(one)
    sql = one.number.format(cell=cell(one.name)) if one.number else cell(one.name)
    sql = f"CAST({sql} AS INTEGER)" if kind is Kind.FLAG else sql
    made = _attribute(one, sql, kind, unit=unit)
    return replace(made, words=_AGES) if names.names_age(one.name) else made


def _kind(one: Guess) -> tuple[Kind, str]:
    parts = set(names.words(one.name))
    low, high = one.profile.low or 0.0, one.profile.high or 0.0
    whole = one.type is ColumnType.INTEGER
    if one.type is ColumnType.FLAG:
        return Kind.FLAG, ""
    if names.names_age(one.name) or parts & {"years", "year", "jahre"}:
        return Kind.YEARS, "years"
    if parts & {"days", "day", "recency"}:
        return Kind.DAYS, "days"
    if parts & {"months", "month"}:
        return Kind.NUMBER, "months"
    if parts & {"pct", "percent", "percentage"} and high > 1:
        return Kind.NUMBER, "%"
    if names.names_money(one.name):
        return Kind.MONEY, ""
    if not whole and low >= 0 and high <= 1:
        return Kind.SHARE, ""
    if whole and low >= 0 and names.names_count(one.name):
        return Kind.COUNT, labels.counted(one.name)
    return Kind.NUMBER, ""


def _of_date(one: Guess, cell: Callable[[str], str], *, age: bool) -> list[Attribute]:
    day = cell(one.name) if one.type is ColumnType.DATE else f"CAST({cell(one.name)} AS DATE)"
    if names.names_birth(one.name):
        if not age:
            return []
        return [_age(one, f"date_sub('year', {_past(day, one)}, {_AS_OF})")]
    if names.names_joined(one.name):
        known = replace(one, role=Role.DEMOGRAPHIC)
        sql = f"round(greatest(date_sub('month', {day}, {_AS_OF}), 0) / 12, 2)"
        made = _attribute(known, sql, Kind.YEARS, unit="years")
        return [
            replace(
                made,
                name="tenure_years",
                label="Years as a customer",
                words=("newer customers", "customers for long"),
                description=f"Years from {_said(one)} to the as-of date.",
            )
        ]
    sql = f"date_sub('day', {day}, {_AS_OF})"
    made = _attribute(one, sql, Kind.DAYS, unit="days")
    label = f"Days since {_said(one)}"
    return [
        replace(
            made,
            name=f"days_since_{one.name}",
            label=label,
            description=f"{label}, to the as-of date.",
        )
    ]


def _said(one: Guess) -> str:
    """Return a column's label as it stands within a sentence."""
    return uncapitalised(one.label)


def _past(day: str, one: Guess) -> str:
    """Return a day of birth; of two-digit years in the century not ahead of the as-of date."""
    if "yymmdd" not in one.format:
        return day
    return f"CASE WHEN {day} > {_AS_OF} THEN {day} - INTERVAL 100 YEAR ELSE {day} END"


def _of_birth_number(
    one: Guess, cell: Callable[[str], str], *, age: bool, gender: bool
) -> list[Attribute]:
    number = cell(one.name)
    month = f"CAST(substr({number}, 3, 2) AS INTEGER)"
    year = f"CAST(substr({number}, 1, 2) AS INTEGER)"
    century = f"CASE WHEN 2000 + {year} > year({_AS_OF}) THEN 1900 ELSE 2000 END"
    day = f"make_date({century} + {year}, {month} % 50, CAST(substr({number}, 5, 2) AS INTEGER))"
    found = []
    if age:
        found.append(_age(one, f"date_sub('year', {day}, {_AS_OF})"))
    if gender:
        said = f"CASE WHEN {month} > 50 THEN 'Female' WHEN {month} <= 12 THEN 'Male' END"
        made = _attribute(one, said, Kind.CATEGORY)
        told = "Gender, as the birth number codes it: 50 is added to the month of women."
        found.append(replace(made, name="gender", label="Gender", description=told))
    return found


def _age(one: Guess, sql: str) -> Attribute:
    made = _attribute(one, sql, Kind.YEARS, unit="years")
    told = f"Whole years from {_said(one)} to the as-of date."
    return replace(made, name="age_years", label="Age", description=told, words=_AGES)
