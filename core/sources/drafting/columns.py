"""Type and role of one unknown column, with what speaks for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.sources.columns import ColumnType, Role, plain
from core.sources.drafting import labels
from core.sources.drafting.cell_types import Typed, as_text, typed_cells
from core.sources.drafting.comments import one_line
from core.sources.drafting.profiles import FEW, Profile
from core.sources.drafting.roles import role
from core.sources.problems import listed


@dataclass(frozen=True, slots=True)
class Guess:
    """What is known of a column.

    ``number`` is SQL that makes a number of a text which the reader takes as it is (thousands
    separators, exponents), with ``{cell}`` for the column; ``coded_birth`` says that the text is a
    day of birth with 50 added to the month of women.
    """

    name: str
    header: str
    profile: Profile
    type: ColumnType
    role: Role = Role.MEASURE
    format: tuple[str, ...] = ()
    places: int = 2
    decimal_mark: str = "."
    thousands_mark: str = ""
    rounded: bool = False
    null_tokens: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    number: str = ""
    coded_birth: bool = False
    evidence: tuple[str, ...] = field(default=())

    @property
    def label(self) -> str:
        """What people call the column: the header itself where its letters are not all English."""
        if self.header.isascii():
            return labels.label(self.name)
        return one_line(" ".join(self.header.split()))

    @property
    def is_number(self) -> bool:
        """Whether the column can be reckoned with."""
        return self.type in (ColumnType.INTEGER, ColumnType.DECIMAL) or bool(self.number)

    @property
    def is_date(self) -> bool:
        """Whether the column says when something was."""
        return self.type in (ColumnType.DATE, ColumnType.TIMESTAMP)

    @property
    def is_ambiguous(self) -> bool:
        """Whether its cells read in two ways alike, of which one is taken."""
        return any("AMBIGUOUS" in told for told in self.evidence)

    @property
    def is_constant(self) -> bool:
        """Whether all rows say the same."""
        return self.profile.distinct < 2

    @property
    def needs_alias(self) -> bool:
        """Whether the file's header has to be named besides."""
        return plain(self.name) != plain(self.header)


def guess(name: str, header: str, profile: Profile, *, decimal_comma: bool = False) -> Guess:
    """Return the type of a column by its cells, and its role by its name and its cells.

    ``decimal_comma`` says that the file writes other numbers so: 1,234 is then little more than 1.
    """
    if not profile.filled:
        why = f"all {profile.rows:,} cells are blank"
        return Guess(name, header, profile, ColumnType.TEXT, Role.IGNORE, evidence=(why,))
    if not header and profile.is_unique and profile.integers == profile.filled:
        why = "has no name and numbers the rows"
        return Guess(name, header, profile, ColumnType.TEXT, Role.IGNORE, evidence=(why,))
    typed = typed_cells(name, profile, decimal_comma=decimal_comma)
    of_role, reason = role(name, profile, typed)
    if of_role in (Role.ID, Role.DIRECT_IDENTIFIER) and not typed.coded_birth:
        as_id = "read as text, so that leading zeros stay"
        told = typed.why if typed.type is ColumnType.TEXT else as_id
        typed = Typed(ColumnType.TEXT, told, nulls_apply=False)
    if of_role is Role.PROXY and typed.type in (ColumnType.INTEGER, ColumnType.DECIMAL):
        typed = as_text(name, profile, "" if profile.distinct <= FEW else "digits of a place: text")
    likely = profile.likely if typed.nulls_apply else {}
    missing = profile.missing + sum(likely.values())
    evidence = [typed.why, reason]
    if missing:
        evidence.append(f"missing in {missing:,} of {profile.rows:,} rows")
    if likely:
        evidence.append(f"{listed([repr(t) for t in likely])} taken for missing")
    if profile.distinct == 1:
        evidence.append("the same in every row")
    return Guess(
        name,
        header,
        profile,
        typed.type,
        of_role,
        format=typed.format,
        places=typed.places,
        decimal_mark=typed.decimal_mark,
        thousands_mark=typed.thousands_mark,
        rounded=typed.rounded,
        null_tokens=tuple(sorted({*profile.tokens, *likely})),
        domain=profile.values if typed.type is ColumnType.CODE else (),
        number=typed.number,
        coded_birth=typed.coded_birth,
        evidence=tuple(part for part in evidence if part),
    )
