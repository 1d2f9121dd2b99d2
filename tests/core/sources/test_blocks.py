"""Plain files are read by whole columns with the very answer that SQL gives cell by cell."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.sources import blocks
from core.sources.block_columns import BlockColumn
from core.sources.canonical import read_source
from core.sources.columns import ColumnSpec
from core.sources.conversion import LAZILY, conversion
from tests.core.sources.builders import tiny_files, tiny_spec

COLUMNS: dict[str, dict[str, object]] = {
    "text": {"type": "text"},
    "text with its own tokens": {"type": "text", "null_tokens": ["7", "-"]},
    "code": {"type": "code", "domain": {"7": "seven", "e": "letter"}},
    "kept code": {"type": "code", "domain": {"7": "seven"}, "unknown": "keep"},
    "integer": {"type": "integer"},
    "decimal": {"type": "decimal"},
    "decimal of no places": {"type": "decimal", "places": 0},
    "decimal comma": {"type": "decimal", "decimal_mark": ","},
    "rounded decimal": {"type": "decimal", "rounded": True},
    "thousands and comma": {"type": "decimal", "decimal_mark": ",", "thousands_mark": "."},
    "thousands": {"type": "integer", "thousands_mark": ","},
    "number that means missing": {"type": "decimal", "null_tokens": ["7", "-"]},
    "date": {"type": "date", "format": ["d.m.yyyy", "yyyy-mm-dd"]},
    "time": {"type": "time", "format": "hh:mm"},
    "time of digits": {"type": "time", "format": "hmmss"},
    "timestamp": {"type": "timestamp", "format": "yyyy-mm-dd hh:mm:ss"},
    "flag": {"type": "flag"},
}
WRITTEN = (
    *("", "NULL", "7", "-7", "+7", "007", "7.", ".7", ".125", "7.10", "7.100", "7.125", "7,10"),
    *("1.007,5", "7.000", "-7,000", "1,007.25", "1.07,5"),
    *("1e3", "-", "--7", "7/", "1_000", "9223372036854775808", "9999999999999999.99", "nan"),
    *("99999999999999999.99", "31.12.1999", "1999-12-31", "31.2.1999", "0000-01-01", "23:59"),
    *("24:00", "80512", "236000", "0", "1234567", "1999-12-31 23:59:59", "Y", "no", "é", "e"),
)
CELLS = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(("", "", "", " ", "\t", "\u00a0")),
        st.sampled_from(WRITTEN) | st.text("0123456789.,-+/ :e", max_size=12),
        st.sampled_from(("", "", "", " ", "\u00a0")),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("kind", COLUMNS)
@settings(max_examples=40, deadline=None)
@given(cells=CELLS, may_be_missing=st.booleans())
def test_a_column_of_a_block_means_what_sql_says_of_each_cell(
    kind: str, cells: list[str], may_be_missing: bool
) -> None:
    column = ColumnSpec.model_validate({"role": "measure", **COLUMNS[kind]})
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute(LAZILY)
        made = conversion(
            column, "cell", ("text", "value"), ["NULL"], may_be_missing=may_be_missing
        )
        connection.register("cells", pa.table({"cell": cells}))
        expected = connection.execute(
            f"SELECT value, 'c|' || ({made.reason}) FROM (SELECT *, {made.value} AS value "
            f"FROM (SELECT {made.text} AS text FROM cells))"
        ).to_arrow_table()
        block = BlockColumn(connection, "c", column, ["NULL"], may_be_missing=may_be_missing)
        given_cells = pa.array(cells).cast(block.is_read_as)
        values, reasons = block.values(given_cells)

    assert values.type == block.type
    assert values.to_pylist() == expected[0].to_pylist()
    assert (reasons or pa.nulls(len(cells))).to_pylist() == expected[1].to_pylist()


def test_texts_met_in_an_earlier_block_mean_the_same_in_a_later_one() -> None:
    column = ColumnSpec.model_validate({"role": "measure", **COLUMNS["code"]})
    with duckdb.connect(":memory:") as connection:
        block = BlockColumn(connection, "c", column, (), may_be_missing=True)
        first, _ = block.values(pa.array(["e", "7"]).dictionary_encode())
        later, reasons = block.values(pa.array(["7", "x", "e"]).dictionary_encode())

    assert first.to_pylist() == ["letter", "seven"]
    assert later.to_pylist() == ["seven", None, "letter"]
    assert reasons is not None
    assert reasons.to_pylist() == [None, "c|is not one of the codes 7, e", None]


def test_blocks_of_any_length_give_the_same_rows_and_rejects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves = "number;entry;day;clock;amount\n" + "".join(
        f"A1;{n};{n % 28 + 1:02}.03.2024;834;{'x' if n == 30 else n}\n" for n in range(60)
    )
    found = []
    for length in (1, 64, 1 << 20):
        monkeypatch.setattr(blocks, "_BLOCK", length)
        folder = tmp_path / str(length)
        folder.mkdir()
        with read_source(tiny_spec(), tiny_files(folder, moves=moves)) as source:
            rows = source.engine.connection.execute("SELECT * FROM source.moves").fetchall()
            found.append((rows, source.rejects, source.fingerprint))

    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) == 59
    assert [(r.line, r.column, r.reason) for r in found[0][1]] == [
        (32, "amount", "is not a number")
    ]


def test_a_missing_column_is_blank_in_every_row() -> None:
    column = ColumnSpec.model_validate({"role": "measure", "type": "decimal"})
    with duckdb.connect(":memory:") as connection:
        block = BlockColumn(connection, "c", column, (), may_be_missing=False)
        blank = pa.DictionaryArray.from_arrays(np.zeros(2, np.int32), pa.array([""]))
        values, reasons = block.values(blank)

    assert values.to_pylist() == [None, None]
    assert reasons is not None
    assert reasons.to_pylist() == ["c|is missing, but every row needs it"] * 2
