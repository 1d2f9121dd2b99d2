"""Switches of a source: choices that its queries leave open, settled when files are read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from core.errors import UsageError, one_of
from core.readmodels import IntegrityFinding

if TYPE_CHECKING:
    from core.sources.spec import SourceSpec

_YES, _NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")
_FORM, _TAKEN = re.compile("[a-z][a-z0-9_]{0,39}"), ("as_of",)


class SwitchSpec(BaseModel):
    """One choice; the queries see it as ``getvariable('<name>')``, true or false."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(min_length=3)  # "Include cancelled orders"
    default: bool
    description: str = ""


def checked_names(switches: dict[str, SwitchSpec]) -> dict[str, SwitchSpec]:
    """Return the switches; `ValueError` where a name cannot be that of a variable."""
    for name in switches:
        if not _FORM.fullmatch(name) or name in _TAKEN:
            raise ValueError(
                f"a switch cannot be called {name!r}; its name has small letters, digits and _, "
                f"and is not {', '.join(_TAKEN)}"
            )
    return switches


def parse_switches(given: Iterable[str]) -> dict[str, bool]:
    """Read ``name=yes`` and ``name=no``; `UsageError` for anything else.

    >>> parse_switches(["include_cancelled=yes"])
    {'include_cancelled': True}
    """
    values: dict[str, bool] = {}
    for text in given:
        name, equals, word = (part.strip() for part in text.partition("="))
        if not name or not equals or word.casefold() not in _YES + _NO:
            raise UsageError(f"--switch is {text!r}. Write a name, = and yes or no: name=yes.")
        if name in values:
            raise UsageError(f"The switch {name!r} is given more than once; give it one value.")
        values[name] = word.casefold() in _YES
    return values


def with_switches(spec: SourceSpec, given: Mapping[str, bool]) -> SourceSpec:
    """Return the specification with its switches set.

    What differs from the defaults becomes part of the digest, and so of every fingerprint.

    Raises
    ------
    UsageError
        The source has no switch of that name.

    Examples
    --------
    >>> from core.sources.spec import load_spec
    >>> commerce = load_spec("commerce")
    >>> with_switches(commerce, {"include_cancelled": False}).digest == commerce.digest
    True
    >>> with_switches(commerce, {"include_cancelled": True}).digest == commerce.digest
    False
    """
    for name in given:
        if not spec.switches:
            raise UsageError(f"The source {spec.name!r} has no switches; leave out --switch.")
        if name not in spec.switches:
            raise UsageError(one_of("switch", name, spec.switches))
    changed = {n: v for n, v in sorted(given.items()) if v != spec.switches[n].default}
    if not changed:
        return spec
    digest = hashlib.sha256(f"{spec.digest} {changed}".encode()).hexdigest()
    return spec.model_copy(update={"switched": changed, "digest": digest})


def switch_values(spec: SourceSpec) -> dict[str, bool]:
    """Return every switch as it is set, in the specification's order.

    >>> from core.sources.spec import load_spec
    >>> switch_values(load_spec("commerce"))
    {'include_cancelled': False}
    """
    return {n: spec.switched.get(n, switch.default) for n, switch in spec.switches.items()}


def switch_findings(spec: SourceSpec) -> list[IntegrityFinding]:
    """Return how the switches are set, for the account of the import."""
    return [
        IntegrityFinding(
            f"switch: {name}",
            spec.customers,
            True,
            0,
            f"{spec.switches[name].label}: {'yes' if value else 'no'}"
            f"{'' if name in spec.switched else ' (as the source has it)'}.",
        )
        for name, value in switch_values(spec).items()
    ]
