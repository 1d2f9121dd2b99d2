"""A drafted source as the text of its source.toml, each guess with what speaks for it beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.features.base import Side
from core.sources.columns import ColumnType
from core.sources.drafting import names
from core.sources.drafting.attributes import Attribute
from core.sources.drafting.columns import Guess
from core.sources.drafting.comments import toml_comment
from core.sources.drafting.doubts import Doubt
from core.sources.drafting.forms import PARQUET, STORED
from core.sources.drafting.keys import identifying
from core.sources.drafting.lens_drafts import LensDraft
from core.sources.drafting.shape import Shape
from core.sources.drafting.tables import Draft
from core.sources.drafting.toml_lenses import lens_text
from core.sources.drafting.toml_values import toml_key, toml_list, toml_one_or_list, toml_text
from core.sources.problems import listed


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top of a specification."""

    name: str
    title: str
    currency: str
    day: date | None  # of the snapshot, where no column tells it
    latest_of: tuple[str, ...] = ()
    database: str = ""  # that tables are read from, as the specification names it


def written(
    heading: Heading,
    tables: Mapping[str, Draft],
    shape: Shape,
    attributes: Sequence[Attribute],
    lenses: Sequence[LensDraft],
    remarks: Sequence[str] = (),
    unsure: Sequence[Doubt] = (),
    *,
    used: Collection[str],
) -> str:
    """Return the text of source.toml; ``used`` are the tables that the queries read."""
    parts = [_head(heading, tables, shape, remarks, unsure)]
    for name, table in tables.items():
        own = [doubt for doubt in unsure if doubt.table == name]
        parts.append(_table(table, own, in_use=name in used))
    parts += [_attribute(one) for one in attributes]
    parts += [lens_text(one) for one in lenses]
    return "\n".join(parts)


def _head(
    heading: Heading,
    tables: Mapping[str, Draft],
    shape: Shape,
    remarks: Sequence[str],
    unsure: Sequence[Doubt],
) -> str:
    origin = "database" if heading.database else "files"
    drafted = f"{heading.title}: drafted from the {origin} by `sources draft`"
    beside = sum(bool(doubt.table) for doubt in unsure)
    lines = [
        toml_comment(f"{drafted}. Every line is a guess"),
        "# with its reason beside it; correct what is wrong, then run `sources check` again.",
        *(toml_comment(f"NOTE: {remark}") for remark in remarks),
        *(_settle(doubt) for doubt in unsure if not doubt.table),
        *(
            [toml_comment(f"{beside} weak guess{'es' * (beside > 1)}: look for TO SETTLE below")]
            if beside
            else []
        ),
        "",
        "[source]",
        f"name = {toml_text(heading.name)}",
        f"title = {toml_text(heading.title)}",
        f"currency = {toml_text(heading.currency)}  # not told by the files: correct it if wrong",
        f"customers = {toml_text(shape.customers)}  {toml_comment(_who(tables, shape))}",
        *([f"database = {toml_text(heading.database)}"] if heading.database else []),
        "",
        "[as_of]",
    ]
    if heading.latest_of:
        lines.append(f"latest_of = {toml_list(heading.latest_of)}  # the last day in the data")
    else:
        lines.append(f"day = {heading.day}  # no column tells it: correct it, or give --as-of")
    return "\n".join([*lines, ""])


def _who(tables: Mapping[str, Draft], shape: Shape) -> str:
    rows = tables[shape.customers].loaded.rows
    if shape.from_log:
        number = tables[shape.customers].columns[shape.customer_column].profile.distinct
        return (
            f"no file of customers: they are the {number:,} different {shape.customer_column} "
            f"of {rows:,} rows"
        )
    if not shape.customer_column:
        return f"{rows:,} rows without an id: customers are numbered in the order of the rows"
    return f"{rows:,} rows, one per customer, told apart by {shape.customer_column}"


def _settle(doubt: Doubt) -> str:
    return toml_comment(f"TO SETTLE: {doubt.sentence}")


def _table(table: Draft, unsure: Sequence[Doubt], *, in_use: bool) -> str:
    head = toml_comment(f"{'-' * 64} {table.name}: {table.loaded.rows:,} rows")
    lines = [head, "", f"[tables.{toml_key(table.name)}]"]
    lines += _place(table)
    lines += [_settle(doubt) for doubt in unsure if not doubt.column]
    if table.key:
        lines.append(
            f"key = {toml_one_or_list(table.key)}  # tells all {table.loaded.rows:,} rows apart"
        )
    else:
        alone = [one.name for one in identifying(table)]
        told = f", and {listed(alone)} only as a direct identifier" if alone else ""
        lines.append(toml_comment(f"no key: no id, nor ids together, tell all rows apart{told}"))
    lines += [toml_comment(f"{r.column} in {r.table}: {r.evidence}") for r in table.references]
    if table.references:
        told = ", ".join(
            f"{toml_key(r.column)} = {toml_text(f'{r.table}.{r.key}')}" for r in table.references
        )
        lines.append(f"references = {{ {told} }}")
    if not in_use:
        lines.append("required = false  # read and checked, but no query uses it yet")
    lines += ["", f"[tables.{toml_key(table.name)}.columns]"]
    for one in table.columns.values():
        lines += [_settle(doubt) for doubt in unsure if doubt.column == one.name]
        lines.append(_column(one))
    return "\n".join([*lines, ""])


def _place(table: Draft) -> list[str]:
    """Return where the rows are, and how they are written there."""
    form, files = table.loaded.form, table.loaded.files
    if form.delimiter == STORED:
        return [f"table = {toml_text(table.loaded.stored)}"]
    lines = [f"files = {toml_one_or_list(files)}"]
    if form.delimiter == PARQUET:
        return [*lines, 'form = "parquet"']
    lines.append(f"delimiter = {toml_text(form.delimiter)}")
    if form.is_packed:
        lines.append('compression = "gzip"  # as the file is named, and it unpacks')
    if form.encoding != "utf-8":
        told = "not UTF-8; the usual other one" if form.encoding == "cp1252" else "by its mark"
        lines.append(f"encoding = {toml_text(form.encoding)}  # {told}")
    if not form.has_header:
        lines.append(f"header = false  {toml_comment(form.sentence)}")
    return lines


def _column(one: Guess) -> str:
    parts = [f'type = "{one.type.value}"', f'role = "{one.role.value}"']
    if one.format:
        parts.append(f"format = {toml_one_or_list(one.format)}")
    if one.type is ColumnType.DECIMAL and one.places != 2:
        parts.append(f"places = {one.places}")
    if one.rounded:
        parts.append("rounded = true")
    if one.decimal_mark != ".":
        parts.append(f"decimal_mark = {toml_text(one.decimal_mark)}")
    if one.thousands_mark:
        parts.append(f"thousands_mark = {toml_text(one.thousands_mark)}")
    if one.null_tokens and one.type is not ColumnType.FLAG:
        parts.append(f"null_tokens = {toml_one_or_list(one.null_tokens)}")
    if one.domain:
        codes = ", ".join(
            f"{toml_key(code)} = {toml_text(_meaning(one, code))}" for code in one.domain
        )
        parts.append(f"domain = {{ {codes} }}")
        parts.append('unknown = "keep"')
    if one.needs_alias:
        parts.append(f"aliases = {toml_text(one.header)}")
    parts.append(f"label = {toml_text(one.label)}")
    told = "; ".join(one.evidence) or "by its name"
    return f"{toml_key(one.name)} = {{ {', '.join(parts)} }}  {toml_comment(told)}"


def _meaning(one: Guess, code: str) -> str:
    """Return what a code is called: its own text, or the plain word for a gender."""
    if names.names_gender(one.name) and {c.casefold() for c in one.domain} <= {"f", "m", "w", "u"}:
        return {"f": "Female", "w": "Female", "m": "Male"}.get(code.casefold(), "Unknown")
    return code


def _attribute(one: Attribute) -> str:
    lines = [
        "[[attributes]]",
        f"name = {toml_text(one.name)}",
        f"column = {toml_text(f'{one.table}.{one.of.name}')}",
        f"label = {toml_text(one.label)}",
        f"description = {toml_text(one.description)}",
        f'kind = "{one.kind.value}"',
    ]
    if one.side is Side.BEHAVIOURAL:
        lines.append('side = "behavioural"')
    if one.unit:
        lines.append(f"unit = {toml_text(one.unit)}")
    if one.is_number:
        low, high = one.degrees
        lines += [f"low_words = {toml_text(low)}", f"high_words = {toml_text(high)}"]
    if one.missing:
        told = (
            f"{one.of.profile.missing:,} rows lack it" if one.of.profile.missing else "it may lack"
        )
        lines.append(f"missing_allowed = true  # {told}")
    return "\n".join([*lines, ""])
