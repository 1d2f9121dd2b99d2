"""What an analyst may choose for a run; light, so that forms and commands can check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from core.errors import UsageError, one_of
from core.lens import LensSpec, Scaler
from core.pipeline.recipe import Recipe

MOST = 20  # segments
LONGEST_NOTE = 500


class Purpose(StrEnum):
    """What segments are made for; credit decisions are not among them."""

    SERVICE = "service"
    MARKETING = "marketing"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True)
class Overrule:
    """The number of segments that an analyst decided on, the rule by included, and why."""

    k: int
    note: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class SegmentOptions:
    """What an analyst may choose for a run; what is not chosen stays as the lens says."""

    lenses: tuple[str, ...] = ()
    k: tuple[int, int] | None = None
    scaler: Scaler | None = None
    algorithm: str | None = None
    seed: int = 0
    recipe: Recipe = field(default_factory=Recipe)
    overrule: Overrule | None = None
    purpose: Purpose | None = None
    compare_recipes: bool = False  # with other scalers and algorithms

    def config(self) -> dict[str, object]:
        """Return what is stored with the run."""
        chosen: dict[str, object] = {"lenses": list(self.lenses) or "all"}
        if self.purpose is not None:
            chosen["purpose"] = self.purpose.value
        if self.k is not None:
            chosen["k"] = f"{self.k[0]}..{self.k[1]}"
        if self.overrule is not None:
            chosen |= {"k_chosen": self.overrule.k, "note": self.overrule.note}
        if self.algorithm is not None:
            chosen["algorithm"] = self.algorithm
        if self.compare_recipes:
            chosen["compare_recipes"] = True
        return chosen | self._recipe.config()

    @classmethod
    def from_config(cls, config: Mapping[str, object], by: str = "") -> SegmentOptions:
        """Read what ``by`` asked for; `UsageError` says what is not allowed.

        >>> SegmentOptions.from_config({"lenses": ["behavioural"], "k_min": 3, "k_max": 5}).k
        (3, 5)
        """
        lenses, algorithm = config.get("lenses") or (), config.get("algorithm")
        k_min, k_max, seed = config.get("k_min"), config.get("k_max"), config.get("seed", 0)
        if not isinstance(lenses, (list, tuple)) or not isinstance(seed, int) or seed < 0:
            raise UsageError("A run names its lenses as a list and a seed of 0 or more.")
        recipe = Recipe.from_config(config)
        k = None
        if k_min is not None or k_max is not None:
            k = checked_k(k_min, k_max)
        return cls(
            tuple(str(lens) for lens in lenses),
            k,
            recipe.scaler,
            None if algorithm is None else str(algorithm),
            seed,
            replace(recipe, scaler=None),
            checked_overrule(config.get("k_chosen"), config.get("note"), by),
            checked_purpose(config.get("purpose")),
            config.get("compare_recipes") is True,
        )

    def applied(self, lenses: Sequence[LensSpec]) -> list[LensSpec]:
        """Return the lenses of the run with what was chosen.

        Raises
        ------
        UsageError
            If features are named that no lens has, or the number of segments is decided for
            several lenses at once or for one of fixed tiers.
        """
        self.recipe.checked_for(lenses)
        if self.overrule is not None:
            if len(lenses) != 1:
                raise UsageError(
                    "The number of segments is decided for one view at a time. "
                    "Choose one view for this run."
                )
            if lenses[0].tiers or lenses[0].grouping is not None:
                raise UsageError(
                    f"The view {lenses[0].label!r} has groups of fixed names. "
                    "Leave the number of segments to it."
                )
        return [self.applied_to(lens) for lens in lenses]

    def applied_to(self, lens: LensSpec) -> LensSpec:
        """Return the lens with what was chosen; one with tiers keeps as many segments as tiers."""
        changes: dict[str, object] = {}
        if self.k is not None and not lens.tiers:
            changes |= {"k_min": self.k[0], "k_max": self.k[1]}
        if self.algorithm is not None:
            changes["algorithm"] = self.algorithm
        return self._recipe.applied_to(lens).model_copy(update=changes)

    @property
    def _recipe(self) -> Recipe:
        return self.recipe if self.scaler is None else replace(self.recipe, scaler=self.scaler)


def checked_k(k_min: object, k_max: object) -> tuple[int, int]:
    """Return a range of numbers of segments; `UsageError` if it is none.

    >>> checked_k(3, 8)
    (3, 8)
    """
    if not isinstance(k_min, int) or not isinstance(k_max, int) or not 2 <= k_min <= k_max <= MOST:
        raise UsageError(
            f"The number of segments is given as {k_min} to {k_max}. "
            f"It goes from 2 to {MOST}, the smaller number first."
        )
    return k_min, k_max


def checked_overrule(k: object, note: object, by: str) -> Overrule | None:
    """Return what was decided against the rule; `UsageError` without a reason for it.

    >>> checked_overrule(4, "Four campaigns", "ann")
    Overrule(k=4, note='Four campaigns', by='ann')
    """
    reason = note.strip() if isinstance(note, str) else ""
    if k is None:
        if reason:
            raise UsageError("A reason is given, but no number of segments. Give both or neither.")
        return None
    checked_k(k, k)
    if not reason or len(reason) > LONGEST_NOTE:
        raise UsageError(
            "Whoever decides on the number of segments says why, "
            f"in 1 to {LONGEST_NOTE} characters."
        )
    assert isinstance(k, int)
    return Overrule(k, reason, by)


def checked_purpose(purpose: object) -> Purpose | None:
    """Return what the run is for; `UsageError` for what segments must not be used for."""
    if purpose is None:
        return None
    if purpose == "credit":
        raise UsageError(
            "Segments are not made for decisions on credit: they tell what groups of customers "
            "have in common, not whether a person can repay. Choose one of: "
            f"{', '.join(sorted(Purpose))}."
        )
    if purpose not in set(Purpose):
        raise UsageError(one_of("purpose", purpose, Purpose))
    return Purpose(str(purpose))
