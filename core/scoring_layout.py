"""How a file to be scored is laid out: by the model's inputs, or as the bank's own customers are.

Whoever asks reads the names of its columns alone; numpy is enough for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np

from core.errors import DataError, UsageError
from core.readmodels import FeatureInfo
from core.scoring_rows import named_columns, passed_over
from core.sources.columns import plain
from core.sources.headers import UnreadableFileError, matched_columns, read_header
from core.sources.spec import DEMO, SourceSpec, catalogue, load_spec
from core.sources.tables import TableSpec

_LONGEST_NAME = 80
_UTF8 = ("utf-8", "utf8", "utf-8-sig", "ascii")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file's columns are; ``table`` is None where they are named as the model's inputs."""

    table: TableSpec | None
    passed_over: tuple[str, ...]  # columns that are not looked at

    @property
    def is_the_banks(self) -> bool:
        """Whether the file is read as the data set's own file of customers was."""
        return self.table is not None


def layout_of(
    file: str, content: bytes, inputs: Sequence[str], spec: SourceSpec | None = None
) -> Layout:
    r"""Return how a text file is laid out, from the names of its columns alone.

    Parameters
    ----------
    file
        The name that sentences call it by.
    content
        All of it, or a part that holds the first line.
    inputs
        The features that the model looks at.
    spec
        How the bank's own files are laid out, where one of them holds all of a customer.

    Raises
    ------
    DataError
        Columns are missing or doubled: which, and what is allowed.

    Examples
    --------
    >>> layout_of("a.csv", b"Age Years;town\n47;Lyon\n", ["age_years"])
    Layout(table=None, passed_over=('town',))
    """
    table = None if spec is None else spec.tables[spec.customers]
    names = named_columns(file, content)
    if table is None:
        return Layout(None, passed_over(file, names, inputs))
    try:
        header = read_header(np.frombuffer(content, dtype=np.uint8), table, file)
        _, unknown, _ = matched_columns(header.names, table, file)
    except UnreadableFileError as other:
        return Layout(None, _by_inputs(file, names, inputs, table, str(other)))
    return Layout(table, unknown)


def one_file_spec(dataset: str, stored: Sequence[FeatureInfo]) -> SourceSpec | None:
    """Return the specification of a shipped source whose customers all stand in one file.

    None where a customer's features come from several files, where switches decide what they are,
    or where the specification has changed since ``stored``, the features of the data set's import.
    """
    source = dataset.removeprefix(DEMO)
    if source not in catalogue():
        return None
    spec = load_spec(source)
    own = spec.tables[spec.customers]
    others_needed = any(
        table.required and name != spec.customers for name, table in spec.tables.items()
    )
    if spec.switches or spec.either or others_needed or own.encoding not in _UTF8:
        return None
    known = {feature.name: feature for feature in stored}
    described = {feature.name: feature for feature in spec.attribute_features}
    is_same = all(
        name in known
        and (one.label, one.description, one.kind, one.unit, one.levels)
        == (
            known[name].label,
            known[name].description,
            known[name].kind,
            known[name].unit,
            known[name].levels,
        )
        for name, one in described.items()
    )
    return spec if is_same and len(own.files) == 1 else None


def file_name(given: str) -> str:
    r"""Return the name of a file as it is told: no folder, nothing unprintable, not too long.

    >>> file_name("C:\\data\\new\u202e customers.csv")
    'new customers.csv'
    """
    last = PurePath(given.replace("\\", "/")).name
    told = "".join(c for c in last if c.isprintable()).strip()[-_LONGEST_NAME:]
    if not told:
        raise UsageError("The file has no name that can be told. Rename it and choose it again.")
    return told


def _by_inputs(
    file: str, names: Sequence[str], inputs: Sequence[str], table: TableSpec, other: str
) -> tuple[str, ...]:
    """Return what is passed over; else the `DataError` of the layout that was likely meant."""
    try:
        return passed_over(file, names, inputs)
    except DataError as fault:
        known = {plain(n) for name, c in table.columns.items() for n in (name, *c.aliases)}
        is_the_banks = 2 * len(known & {plain(name) for name in names}) > len(table.columns)
        if is_the_banks:
            raise DataError(
                f"{file} is laid out like the bank's own {table.name}, but cannot be read so: "
                f"{other} A file with these columns will do as well: {', '.join(inputs)}."
            ) from None
        raise DataError(
            f"{fault} A file laid out as the bank's own {table.name}, with its "
            f"{len(table.columns)} columns, will do as well."
        ) from None
