"""Switches of a source: choices that its queries leave open, settled when files are read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from core.errors import UsageError, one_of
from core.snapshot_facts import SwitchSetting

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


def switch_settings(spec: SourceSpec) -> tuple[SwitchSetting, ...]:
    """Return how the switches are set, as it is kept with a snapshot.

    >>> from core.sources.spec import load_spec
    >>> switch_settings(load_spec("commerce"))[0].words
    'Include cancelled orders: no (as the source has it).'
    """
    return tuple(
        SwitchSetting(name, spec.switches[name].label, value, name not in spec.switched)
        for name, value in switch_values(spec).items()
    )


def recalled_switches(
    spec: SourceSpec, last: Iterable[SwitchSetting], given: Mapping[str, bool]
) -> tuple[SourceSpec, tuple[str, ...]]:
    """Return the specification as it was read last but for what is given, and what to say of it.

    What the source had as its default then is its default now; a switch that it no longer has is
    told and passed over.

    Examples
    --------
    >>> from core.sources.spec import load_spec
    >>> commerce = load_spec("commerce")
    >>> last = switch_settings(with_switches(commerce, {"include_cancelled": True}))
    >>> again, said = recalled_switches(commerce, last, {})
    >>> again.switched
    {'include_cancelled': True}
    >>> said[0][:52]
    'As at the last import, include cancelled orders: yes'
    >>> recalled_switches(commerce, last, {"include_cancelled": False})[1]
    ()
    """
    chosen = {one.name: one for one in last if not one.is_default and one.name not in given}
    kept = {name: one.value for name, one in chosen.items() if name in spec.switches}
    recalled = with_switches(spec, {**kept, **given})
    said = [
        f"As at the last import, {spec.switches[name].label[:1].lower()}"
        f"{spec.switches[name].label[1:]}: {_word(value)}. "
        f"Another choice is --switch {name}={_word(not value)}."
        for name, value in kept.items()
        if name in recalled.switched
    ]
    said += [
        f"The last import was read with {name}={_word(one.value)}, a switch that the source no "
        "longer has; it is passed over."
        for name, one in chosen.items()
        if name not in kept
    ]
    return recalled, tuple(said)


def _word(value: bool) -> str:
    return "yes" if value else "no"
