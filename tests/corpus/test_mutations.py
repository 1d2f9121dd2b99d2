"""A good file with bytes flipped, lost, put in or doubled: read rightly or refused in words."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.corpus.case import HEADER, Case, Outcome
from tests.corpus.reading import read_alone, read_together
from tests.corpus.reference import read_plainly

GOOD = (
    '01;Ash;41\r\n02;"Elm;\r\n or ""Oak""";5\r\n003;Müller – ß;\r\n4;"";77\r\n05; Fir ;+8\r\n'
    '"06";"Null";0\r\n7;O\'Brien;120\r\n8;"two\nlines";-1\r\n9;Yew;NULL\r\n10;Pine;19\r\n'
).encode()
_TELLING = [
    b'"',
    b";",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b'""',
    b";;",
    b'";"',
]
FRAME = pa.table(
    {
        "id": [f"{n:04d}" for n in range(400)],
        "surname": [f"s{n}" for n in range(400)],
        "age": [n % 90 for n in range(400)],
    }
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """What is done to a file at a place (a share of its length)."""

    kind: str
    place: float
    given: bytes = b""

    def done_to(self, content: bytes) -> bytes:
        """Return the content with this done to it."""
        at = int(self.place * len(content))
        head, tail = content[:at], content[at:]
        match self.kind:
            case "flip":
                return (
                    head
                    + bytes(b ^ g for b, g in zip(tail, self.given, strict=False))
                    + tail[len(self.given) :]
                )
            case "delete":
                return head + tail[len(self.given) :]
            case "insert":
                return head + self.given + tail
            case _:
                line = content[content.rfind(b"\n", 0, at) + 1 : content.find(b"\n", at) + 1]
                return (
                    head[: content.rfind(b"\n", 0, at) + 1]
                    + line
                    + content[content.rfind(b"\n", 0, at) + 1 :]
                )


mutations = st.lists(
    st.builds(
        Mutation,
        st.sampled_from(["flip", "delete", "insert", "double"]),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(_TELLING) | st.binary(min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=4,
)


def spoilt(content: bytes, some: list[Mutation]) -> bytes:
    for one in some:
        content = one.done_to(content)
    return content


def outcome(content: bytes, folder: pytest.TempPathFactory, extension: str = "csv") -> Outcome:
    return read_alone(Case("mutated", content, extension=extension), folder.mktemp("mutated"))


def require_agreement(bodies: list[bytes], folder: pytest.TempPathFactory) -> None:
    """Read bodies behind a good header, as the tables of one source; both readers must agree."""
    plainly = {f"body_{n}": read_plainly(body) for n, body in enumerate(bodies)}
    cases = [
        Case(f"body_{n}", HEADER.encode() + body)
        for n, body in enumerate(bodies)
        if plainly[f"body_{n}"].accepted or plainly[f"body_{n}"].rejected
    ]
    for name, read in read_together(cases, folder.mktemp("bodies")).items():
        assert read.accepted == plainly[name].accepted
        assert tuple(line for line, _, _ in read.rejected) == plainly[name].rejected


def test_a_good_file_is_read_alike_by_both_readers(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    assert len(read_plainly(GOOD).accepted) == 10
    require_agreement([GOOD], tmp_path_factory)


@settings(max_examples=10)
@given(several=st.lists(mutations, min_size=10, max_size=10))
@example(several=[[Mutation("insert", 0.999, b"\r")], [Mutation("insert", 0.1875, b'"')]])
def test_spoilt_rows_are_read_as_a_plain_second_reader_reads_them(
    tmp_path_factory: pytest.TempPathFactory, several: list[list[Mutation]]
) -> None:
    require_agreement([spoilt(GOOD, some) for some in several], tmp_path_factory)


@settings(max_examples=15)
@given(some=mutations)
def test_a_spoilt_file_is_refused_in_a_sentence_or_its_rows_stand_in_it(
    tmp_path_factory: pytest.TempPathFactory, some: list[Mutation]
) -> None:
    content = spoilt(HEADER.encode() + GOOD, some)
    read = outcome(content, tmp_path_factory)
    assert read.refused.endswith(".") or read.rows_read == len(read.accepted) + len(read.rejected)
    for row in read.accepted:
        assert str(row[0]).encode() in content
        assert str(row[1] or "").replace('"', '""').encode() in content


@settings(max_examples=15)
@given(some=mutations)
def test_a_spoilt_parquet_file_is_refused_in_a_sentence_or_adds_up(
    tmp_path_factory: pytest.TempPathFactory, some: list[Mutation]
) -> None:
    target = io.BytesIO()
    pq.write_table(FRAME, target)
    read = outcome(spoilt(target.getvalue(), some), tmp_path_factory, "parquet")
    assert read.refused.endswith(".") or read.rows_read == len(read.accepted) + len(read.rejected)
