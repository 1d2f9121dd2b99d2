"""How a run treats people, as it is stored and read: register, checks, meters; light, no scipy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.features.base import Sensitivity
from core.lens import LensSpec

WEAK, CLEAR, STRONG = 0.1, 0.3, 0.5  # Cramér's V: the usual bands for small, medium, large


class Role(StrEnum):
    """What a lens does with an attribute."""

    INPUT = "input"  # customers are grouped by it
    RULE = "rule"  # who takes part, or belongs to the segment by rule, is told by it
    VALUE = "value"  # segments are put in order by it
    OUTCOME = "outcome"  # lenses are compared by how much of it they tell


@dataclass(frozen=True, slots=True)
class Use:
    """What one lens does with an attribute."""

    lens: str
    label: str
    role: Role


@dataclass(frozen=True, slots=True)
class SensitiveAttribute:
    """An attribute that is sensitive or stands in for one; without uses it only describes."""

    feature: str
    label: str
    sensitivity: Sensitivity
    uses: tuple[Use, ...]

    @property
    def decides(self) -> tuple[Use, ...]:
        """The uses that decide who is in which segment."""
        return tuple(use for use in self.uses if use.role in (Role.INPUT, Role.RULE))


@dataclass(frozen=True, slots=True)
class PermutationCheck:
    """The assignments of a lens, made again with ``columns`` shuffled among the customers.

    ``is_refitted``: inputs were also prepared and segments searched for anew in the shuffled data,
    as a fit does, only their number was kept; else the customers were scored with a model that was
    there.
    """

    columns: tuple[str, ...]
    seed: int
    is_refitted: bool
    assignments_sha256: str
    shuffled_sha256: str

    @property
    def is_identical(self) -> bool:
        """Whether not one bit of the assignments depends on the columns."""
        return self.assignments_sha256 == self.shuffled_sha256


@dataclass(frozen=True, slots=True)
class ProxyMeter:
    """How well the segments of a lens tell an attribute.

    ``groups`` of the attribute (``is_binned``: fifths of a number; what is missing is a group of
    its own); ``cramers_v`` with the correction for bias; ``accuracy``: cross-validated balanced
    accuracy of guessing the group from the segment, ``chance``: of guessing without it; both None
    where they cannot be computed.
    """

    feature: str
    groups: int
    is_binned: bool
    is_input: bool
    cramers_v: float
    accuracy: float | None
    chance: float | None

    @property
    def over_chance(self) -> float | None:
        """How much better than chance the group is guessed, -1..1."""
        if self.accuracy is None or self.chance is None:
            return None
        return self.accuracy - self.chance

    @property
    def says(self) -> str:
        """What the association means: "hardly", "a little", "clearly", "largely".

        >>> ProxyMeter("age", 5, True, False, 0.34, None, None).says
        'clearly'
        """
        if self.cramers_v < WEAK:
            return "hardly"
        if self.cramers_v < CLEAR:
            return "a little"
        return "clearly" if self.cramers_v < STRONG else "largely"


@dataclass(frozen=True, slots=True)
class TypicalityCount:
    """``unlike`` of ``measured`` customers are unlike any that the model was fitted on."""

    measured: int
    unlike: int

    @property
    def share(self) -> float | None:
        """How many of those measured are unlike; None where nobody was."""
        return self.unlike / self.measured if self.measured else None


@dataclass(frozen=True, slots=True)
class Fairness:
    """How one lens of a run treats people."""

    check: PermutationCheck
    meters: tuple[ProxyMeter, ...]


class Catalogued(Protocol):
    """What the register needs of a feature: of the catalogue or read back."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def sensitivity(self) -> str: ...  # noqa: D102


def sensitivity_register(
    features: Sequence[Catalogued], lenses: Sequence[LensSpec]
) -> tuple[SensitiveAttribute, ...]:
    """Return the sensitive attributes and proxies of a data set, and what each lens does with them.

    Direct identifiers are not among them: they are kept apart and are no features.

    Examples
    --------
    >>> from core.features.base import Feature, Kind, Side
    >>> from core.lens import LensFeature
    >>> age = Feature(
    ...     "age", "Age", "", "", Side.DEMOGRAPHIC, Kind.YEARS, sensitivity=Sensitivity.SENSITIVE
    ... )
    >>> lens = LensSpec(
    ...     name="who",
    ...     label="Who",
    ...     side=Side.DEMOGRAPHIC,
    ...     question="Who?",
    ...     features=(LensFeature(name="age"),),
    ... )
    >>> [(use.label, use.role.value) for use in sensitivity_register([age], [lens])[0].uses]
    [('Who', 'input')]
    """
    return tuple(
        SensitiveAttribute(
            feature.name,
            feature.label,
            Sensitivity(feature.sensitivity),
            tuple(
                Use(lens.name, lens.label, role)
                for lens in lenses
                for role in lens_roles(lens, feature.name)
            ),
        )
        for feature in features
        if feature.sensitivity in (Sensitivity.SENSITIVE, Sensitivity.PROXY)
    )


def lens_roles(lens: LensSpec, feature: str) -> tuple[Role, ...]:
    """Return everything that a lens does with a feature; empty where it never looks at it."""
    by_rule = (*lens.requires, *(lens.inactive.zero if lens.inactive else ()))
    named = {
        Role.INPUT: lens.feature_names,
        Role.RULE: by_rule,
        Role.VALUE: () if lens.value is None else (lens.value,),
        Role.OUTCOME: lens.outcomes,
    }
    return tuple(role for role, names in named.items() if feature in names)
