"""One column of a plain CSV file, block after block: its typed values, and why cells are refused.

The answer is the one of `core.sources.conversion`. Texts and numbers that leave no doubt are made
by Arrow, many at a time; every other text goes through that very SQL, once however often it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.sources.columns import ColumnSpec, ColumnType
from core.sources.conversion import BLANKS, LACKING, conversion, meant_as_missing
from core.sql import literal

Values = tuple[pa.Array, pa.Array | None]  # typed, and the reasons: None where nothing is refused
_NO_TEXT = pa.scalar(None, pa.string())
_CLOCK, _LONGEST_CLOCK = ("hmmss",), 6  # the format of times that are numbers, and its digits
_ARROW = {
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DATE: pa.date32(),
    ColumnType.TIME: pa.time64("us"),
    ColumnType.TIMESTAMP: pa.timestamp("us"),
    ColumnType.FLAG: pa.bool_(),
}


class BlockColumn:
    """How the cells of one column become values.

    Parameters
    ----------
    connection
        For the SQL of the texts that need it.
    name, column
        What the specification calls it and says of it.
    null_tokens
        As `core.sources.conversion.conversion` takes them.
    may_be_missing
        Whether a row may lack the value.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        name: str,
        column: ColumnSpec,
        null_tokens: Sequence[str],
        *,
        may_be_missing: bool,
    ) -> None:
        self._connection, self._column = connection, column
        self._tokens = meant_as_missing(column, null_tokens)
        self._lacking = None if may_be_missing else pa.scalar(f"{name}|{LACKING}")
        made = conversion(
            column, "cell", ("text", "value"), null_tokens, may_be_missing=may_be_missing
        )
        self._query = (
            f"SELECT value, {literal(f'{name}|')} || ({made.reason}) AS reason "  # noqa: S608
            f"FROM (SELECT *, {made.value} AS value FROM (SELECT {made.text} AS text FROM texts))"
        )
        self._texts = pa.array([], pa.string())  # those whose meaning is known
        self._meaning: pa.Table | None = None

        self.type = arrow_type(column)
        few = pa.types.is_dictionary(self.type)
        self.is_read_as = pa.dictionary(pa.int32(), pa.string()) if few else pa.string()

    def values(self, cells: pa.Array) -> Values:
        """Return what a block's cells mean; they are texts, or a dictionary of texts."""
        if isinstance(cells, pa.DictionaryArray):
            return self._looked_up(cells)
        present = self._present(cells)
        values = self._plainly(present)
        if values is None:
            return self._looked_up(cells.dictionary_encode())
        if self._lacking is None or not present.null_count:
            return values, None
        return values, pc.if_else(present.is_null(), self._lacking, _NO_TEXT)

    def _present(self, cells: pa.Array) -> pa.Array:
        """Return the texts without the blanks around them; NULL where they mean "missing"."""
        if not _lies_within(cells, "!", "~"):
            cells = pc.utf8_trim(cells, characters=BLANKS)
        lengths = np.diff(_offsets(cells))
        for token in ("", *self._tokens):
            if (lengths == len(token.encode())).any():
                cells = pc.if_else(pc.equal(cells, token), _NO_TEXT, cells)
        return cells

    def _plainly(self, present: pa.Array) -> pa.Array | None:
        """Return the values where Arrow is certain to read them as the specification says.

        It takes no number that does not fit, or has more decimal places than wanted.
        """
        column = self._column
        if pa.types.is_string(self.type):
            return present
        if column.type is ColumnType.TIME:
            return _clock_times(present)
        if column.type is ColumnType.DECIMAL and column.decimal_mark == ",":
            if not _lies_within(present, ",", "9") or b"." in _content(present).tobytes():
                return None
            present = pc.replace_substring(present, ",", ".")
        if not _lies_within(present, "-", "9"):  # a sign, a point and digits; "/" is no number
            return None
        try:
            return pc.cast(present, self.type)
        except pa.ArrowInvalid:
            return None

    def _looked_up(self, cells: pa.DictionaryArray) -> Values:
        """Return what each text means to SQL, row by row."""
        meaning = self._known(cells.dictionary)
        places = pc.index_in(cells.dictionary, self._texts).take(cells.indices)
        values, reasons = meaning["value"].chunk(0), meaning["reason"].chunk(0)
        refused = None if reasons.null_count == len(reasons) else reasons.take(places)
        if pa.types.is_dictionary(self.type):
            return pa.DictionaryArray.from_arrays(places, values), refused
        return values.take(places), refused

    def _known(self, texts: pa.Array) -> pa.Table:
        """Return values and reasons of ``self._texts``, with those that SQL had yet to be asked."""
        new = texts.filter(pc.invert(pc.is_in(texts, self._texts)))
        if self._meaning is not None and not len(new):
            return self._meaning
        self._connection.register("texts", pa.table({"cell": new}))
        said = self._connection.execute(self._query).to_arrow_table()
        self._connection.unregister("texts")
        known = [said] if self._meaning is None else [self._meaning, said]
        self._meaning = pa.concat_tables(known).combine_chunks()
        self._texts = pa.concat_arrays([self._texts, new])
        return self._meaning


def arrow_type(column: ColumnSpec) -> pa.DataType:
    """Return as what Arrow holds a block's values: a dictionary where few texts are likely.

    >>> arrow_type(ColumnSpec(type="date", role="measure", format="d.m.yyyy"))
    DictionaryType(dictionary<values=date32[day], indices=int32, ordered=0>)
    """
    if column.type is ColumnType.DECIMAL:
        return pa.decimal128(18, column.places)
    held = _ARROW.get(column.type, pa.string())
    is_number = column.type is ColumnType.INTEGER or column.format == _CLOCK
    is_any_text = held == pa.string() and not column.domain
    return held if is_number or is_any_text else pa.dictionary(pa.int32(), held)


def _clock_times(present: pa.Array) -> pa.Array | None:
    """Return times of day from their digits, as 80512 for 8:05:12; None where one is no time."""
    lengths = np.diff(_offsets(present))
    if not _lies_within(present, "0", "9") or (len(lengths) and lengths.max() > _LONGEST_CLOCK):
        return None
    digits = pc.cast(present, pa.int32())
    clock = digits.fill_null(0).to_numpy()
    hours, minutes, seconds = clock // 10_000, clock // 100 % 100, clock % 100
    if len(clock) and (hours.max() > 23 or minutes.max() > 59 or seconds.max() > 59):
        return None
    at = ((hours * 60 + minutes) * 60 + seconds).astype(np.int64) * 1_000_000
    missing = digits.is_null().to_numpy(zero_copy_only=False)
    return pa.array(at, pa.time64("us"), mask=missing)


def _offsets(cells: pa.Array) -> NDArray[np.int32]:
    """Return where each text begins within the bytes of all, and where the last one ends."""
    offsets = np.frombuffer(cells.buffers()[1], np.int32)
    return offsets[cells.offset : cells.offset + len(cells) + 1]


def _content(cells: pa.Array) -> NDArray[np.uint8]:
    """Return the bytes of all texts, one behind the other."""
    buffer, offsets = cells.buffers()[2], _offsets(cells)
    if buffer is None:
        return np.empty(0, np.uint8)
    return np.frombuffer(buffer, np.uint8)[offsets[0] : offsets[-1]]


def _lies_within(cells: pa.Array, low: str, high: str) -> bool:
    """Return whether every byte of every text lies between two characters, both included."""
    content = _content(cells)
    return not len(content) or bool(content.min() >= ord(low) and content.max() <= ord(high))
