"""What a column is to a person's privacy and to the analysis, by its name and its cells."""

from __future__ import annotations

from core.sources.columns import ColumnType, Role
from core.sources.drafting import names
from core.sources.drafting.cell_types import Typed
from core.sources.drafting.profiles import FEW, Profile

_MOST = 0.8  # so many cells must look alike to tell what they are
_TITLES = ("name prefix", "title", "salutation")
_CONTENTS = {
    "email": "e-mail addresses",
    "phone": "phone numbers",
    "iban": "IBANs",
    "pan": "tax numbers (PAN)",
    "aadhaar": "national ids (Aadhaar)",
    "ssn": "social security numbers",
}


def role(name: str, profile: Profile, typed: Typed) -> tuple[Role, str]:
    """Return the role of a column and the reason: by its name first, then by its cells."""
    if typed.coded_birth:
        return Role.SENSITIVE, "a coded birth number: age and gender"
    if reason := _direct(name, profile, typed):
        return Role.DIRECT_IDENTIFIER, reason
    if names.names_id(name) and _can_be_id(profile, typed):
        return Role.ID, "its name is that of an id"
    if word := names.names_sensitive(name):
        return Role.SENSITIVE, f"its name says {word!r}"
    if word := names.names_proxy(name):
        return Role.PROXY, f"its name says {word!r}, which can stand in for who someone is"
    if reason := _looks_personal(profile, typed):
        return Role.DIRECT_IDENTIFIER, reason
    if word := names.names_who(name):
        return Role.DEMOGRAPHIC, f"its name says {word!r}"
    return Role.MEASURE, ""


def _direct(name: str, profile: Profile, typed: Typed) -> str:
    """Return why a column identifies persons by itself; empty if it does not."""
    for kind, what in _CONTENTS.items():
        if _is_text(typed) and profile.share(kind) >= _MOST:
            return f"{profile.share(kind):.0%} of values look like {what}"
    word = names.names_direct(name)
    if not word or typed.number or names.names_counted(name):
        return ""
    if typed.type is ColumnType.CODE:
        return f"its name says {word!r}" if word in _TITLES else ""
    if typed.type in (ColumnType.DECIMAL, ColumnType.DATE) and not names.names_id(name):
        return ""
    states = (ColumnType.FLAG, ColumnType.TIMESTAMP, ColumnType.TIME)
    return "" if typed.type in states else f"its name says {word!r}"


def _looks_personal(profile: Profile, typed: Typed) -> str:
    """Return why free text may name persons or where they live; empty if it does not."""
    if not _is_text(typed) or profile.distinct <= max(FEW, 0.3 * profile.filled):
        return ""
    for kind, what in (("person", "names"), ("lines", "addresses")):
        if profile.share(kind) >= _MOST:
            return f"{profile.share(kind):.0%} of values look like {what}"
    return ""


def _is_text(typed: Typed) -> bool:
    return typed.type is ColumnType.TEXT and not typed.number


def _can_be_id(profile: Profile, typed: Typed) -> bool:
    whole = typed.type in (ColumnType.TEXT, ColumnType.INTEGER) and not typed.number
    return whole and (profile.distinct > FEW or profile.is_unique)
