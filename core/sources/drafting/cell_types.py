"""The type of a column of text, by what its cells read as."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.sources.columns import ColumnType
from core.sources.drafting import names
from core.sources.drafting.profiles import FEW, Profile

_YES = {"y", "yes", "t", "true", "1"}
_NO = {"n", "no", "f", "false", "0"}
_ENOUGH = 0.98  # a smaller share of cells of one form does not make a type
_PROOF = 20  # so many different values make a form without separators a date
_MOST_PLACES = 9
_DIGITS = 18  # of a decimal, before and after its mark


@dataclass(frozen=True, slots=True)
class Typed:
    """How a column's cells are read, and why; see `Guess`."""

    type: ColumnType
    why: str
    format: tuple[str, ...] = ()
    places: int = 2
    decimal_mark: str = "."
    thousands_mark: str = ""
    rounded: bool = False
    nulls_apply: bool = True  # likely null tokens were left out of what was counted
    number: str = ""
    coded_birth: bool = False


def typed_cells(name: str, profile: Profile, *, decimal_comma: bool) -> Typed:
    """Return the type that a column's cells have."""
    cells = profile.filled - sum(profile.likely.values())
    plain_cells = profile.distinct - len(profile.likely)
    if not cells:
        return as_text(name, profile)
    if _is_flag(profile):
        return Typed(ColumnType.FLAG, f"all of {cells:,} values are yes or no", nulls_apply=False)
    for typed in (
        _coded_birth(profile, cells),
        _temporal(name, profile, cells, plain_cells),
        _number(name, profile, cells, decimal_comma=decimal_comma),
    ):
        if typed is not None:
            return typed
    return as_text(name, profile)


def _is_flag(profile: Profile) -> bool:
    values = {value.casefold() for value in profile.values}
    return len(values) == 2 and len(values & _YES) == 1 and len(values & _NO) == 1


def _coded_birth(profile: Profile, cells: int) -> Typed | None:
    content = profile.content
    both = content.get("woman", 0) and content.get("man", 0)
    if not both or content.get("birth", 0) < cells or profile.distinct < _PROOF:
        return None
    why = f"all of {cells:,} values read as yymmdd, {content['woman']:,} with 50 added to the month"
    return Typed(ColumnType.TEXT, f"{why}, as for women", nulls_apply=False, coded_birth=True)


def _temporal(name: str, profile: Profile, cells: int, different: int) -> Typed | None:
    for kind, counts in (
        (ColumnType.TIMESTAMP, profile.timestamps),
        (ColumnType.DATE, _provable(name, profile.dates, different)),
    ):
        if counts and max(counts.values()) >= _ENOUGH * cells:
            return _dated(kind, counts, profile, cells)
    clock = names.words(name)[-1] in ("time", "hour", "uhrzeit")
    counts = {n: c for n, c in profile.times.items() if n != "hmmss" or clock}
    best = max(counts, key=lambda n: counts[n], default="")
    if best and counts[best] >= _ENOUGH * cells:
        why = _read(counts[best], cells, best)
        return Typed(ColumnType.TIME, why, format=(best,))
    return None


def _provable(name: str, dates: dict[str, int], different: int) -> dict[str, int]:
    """Leave out forms of digits alone where few values, or a name of an amount, speak for it."""
    if different >= _PROOF and not names.names_money(name) and not names.names_id(name):
        return dates
    if set(names.words(name)) & {"date", "datum", "day", "dob", "fecha", "dat", "birthdate"}:
        return dates
    return {n: c for n, c in dates.items() if n not in ("yyyymmdd", "yymmdd")}


def _dated(kind: ColumnType, counts: dict[str, int], profile: Profile, cells: int) -> Typed:
    best = max(counts, key=lambda name: counts[name])
    slashed = {"d/m/yyyy", "m/d/yyyy"}
    if kind is ColumnType.DATE and best in slashed:
        other = (slashed - {best}).pop()
        proof = profile.only.get(best, 0)
        both = counts[best] - proof
        why = _read(counts[best], cells, best)
        if not proof:
            best, other = "d/m/yyyy", "m/d/yyyy"
            why += f"; AMBIGUOUS: every value could as well be {other}; ask the owner of the file"
        elif both:
            why += f"; {both:,} could also be {other}, {proof:,} could not"
        return Typed(kind, why, format=(best,))
    chosen = [best]
    covered = counts[best]
    if covered < cells:
        second = max((n for n in counts if n != best), key=lambda n: counts[n], default="")
        if second and counts[second] and second not in slashed:
            chosen.append(second)
    why = _read(covered, cells, best)
    if covered < cells:
        why += f"; {cells - covered:,} do not"
    return Typed(kind, why, format=tuple(chosen))


def _number(name: str, profile: Profile, cells: int, *, decimal_comma: bool) -> Typed | None:
    if (sure := _surely_grouped(profile, cells)) is not None:
        return sure
    if profile.integers >= _ENOUGH * cells and profile.integers >= profile.points:
        return _whole(name, profile, cells)
    if profile.points >= _ENOUGH * cells and profile.points >= profile.commas:
        return _weighed(
            decimal(profile, profile.points, cells, profile.point_places), profile, cells
        )
    if profile.commas >= _ENOUGH * cells and (profile.comma_not_thousands or decimal_comma):
        made = decimal(profile, profile.commas, cells, profile.comma_places, ",")
        return _weighed(made, profile, cells)
    if profile.american >= _ENOUGH * cells:
        return _grouped(profile, profile.american, cells, profile.american_places, (".", ","))
    if profile.loose >= _ENOUGH * cells:
        why = _told(profile.loose, cells, "numbers with separators or signs")
        # An amount in brackets is owed, as accountants write it.
        sign = "CASE WHEN {cell} LIKE '(%' THEN '-' ELSE '' END"
        cleaned = f"{sign} || regexp_replace({{cell}}, '[^0-9eE.+-]', '', 'g')"
        return Typed(ColumnType.TEXT, f"{why}; read as text, made a number by the query",
                      number=f"TRY_CAST({cleaned} AS DOUBLE)")  # fmt: skip
    return None


def _whole(name: str, profile: Profile, cells: int) -> Typed:
    zeros = profile.leading_zeros
    if zeros and not names.names_money(name):
        why = f"{zeros:,} values begin with a zero, which a number would lose"
        return as_text(name, profile, why)
    if _is_coded_number(name, profile):
        return _code(profile)
    if names.words(name)[-1] in ("code", "codes"):
        return as_text(name, profile, "numbers of a code, which have no order: text")
    return Typed(ColumnType.INTEGER, _told(profile.integers, cells, "whole numbers"))


def _surely_grouped(profile: Profile, cells: int) -> Typed | None:
    """Return numbers of which some can only be read with their thousands parted."""
    for marks, found, sure, places in (
        ((".", ","), profile.american, profile.american_sure, profile.american_places),
        ((",", "."), profile.european, profile.european_sure, profile.european_places),
    ):
        if sure and found >= _ENOUGH * cells:
            return _grouped(profile, found, cells, places, marks)
    return None


def decimal(
    profile: Profile, found: int, cells: int, places: int, mark: str = ".", thousands: str = ""
) -> Typed:
    """Return decimals of as many places as they have, or as can be held beside their digits."""
    why = _told(found, cells, f"numbers with decimal {'point' if mark == '.' else 'comma'}")
    if thousands:
        why += f" and thousands parted by {'points' if thousands == '.' else 'commas'}"
    most = max(abs(profile.low or 0.0), abs(profile.high or 0.0))
    held = min(_MOST_PLACES, max(_DIGITS - len(f"{most:.0f}"), 0))
    if places > held:
        why += f" and up to {places} places: rounded to {held}"
    return Typed(
        ColumnType.DECIMAL,
        why,
        places=min(max(places, 2), held),
        decimal_mark=mark,
        thousands_mark=thousands,
        rounded=places > held,
    )


def _grouped(
    profile: Profile, found: int, cells: int, places: int, marks: tuple[str, str]
) -> Typed:
    """Return numbers whose thousands are parted: decimal mark and thousands' mark."""
    if places:
        return _weighed(decimal(profile, found, cells, places, *marks), profile, cells)
    parted = f"whole numbers with thousands parted by {'points' if marks[1] == '.' else 'commas'}"
    made = Typed(
        ColumnType.INTEGER,
        _told(found, cells, parted),
        thousands_mark=marks[1],
    )
    return _weighed(made, profile, cells)


def _weighed(typed: Typed, profile: Profile, cells: int) -> Typed:
    """Say where a mark could as well have the other meaning, so that numbers were a thousandfold.

    It could where nearly all cells read so, too, and fewer speak against it than change by it.
    """
    mark = typed.thousands_mark or typed.decimal_mark
    if mark == ".":
        either, parted, plain = profile.european_either, profile.european, profile.points
    else:
        either, parted, plain = profile.american_either, profile.american, profile.commas
    other = plain if typed.thousands_mark else parted
    if other < _ENOUGH * cells or either <= cells - other:
        return typed
    named = "point" if mark == "." else "comma"
    meant = "be that of the decimals" if typed.thousands_mark else "part thousands"
    told = f"in {either:,} of them the {named} could as well {meant}; ask the owner of the file"
    return replace(typed, why=f"{typed.why}; AMBIGUOUS: {told}")


def _read(found: int, cells: int, form: str) -> str:
    share = "all" if found == cells else f"{found / cells:.1%}"
    return f"{share} of {cells:,} values read as {form}"


def _told(found: int, cells: int, what: str) -> str:
    share = "all" if found == cells else f"{found / cells:.1%}"
    return f"{share} of {cells:,} values are {what}"


def _is_coded_number(name: str, profile: Profile) -> bool:
    few = 2 <= profile.distinct <= 12 and profile.distinct * 4 <= profile.filled
    coded = names.names_code(name) or (names.names_id(name) and not names.names_count(name))
    return few and coded


def _code(profile: Profile) -> Typed:
    why = _different(profile)
    return Typed(ColumnType.CODE, why, nulls_apply=False)


def as_text(name: str, profile: Profile, why: str = "") -> Typed:
    """Return a column as a text, or as a code where its values are few."""
    few = profile.distinct <= FEW and profile.distinct * 4 <= profile.filled
    named = names.names_direct(name) and not names.names_code(name)
    if few and not named and not names.names_id(name) and not why:
        return _code(profile)
    return Typed(ColumnType.TEXT, why or _different(profile), nulls_apply=False)


def _different(profile: Profile) -> str:
    """Return how many different values there are, in words."""
    values = "1 value" if profile.distinct == 1 else f"{profile.distinct:,} different values"
    return f"{values} in {profile.filled:,} rows"
