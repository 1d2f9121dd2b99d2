"""What an analyst may choose for a run; light, so that forms and commands can check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import UsageError, one_of
from core.lens import LensSpec, Scaler

MOST = 20  # segments


@dataclass(frozen=True, slots=True)
class SegmentOptions:
    """What an analyst may choose for a run; what is not chosen stays as the lens says."""

    lenses: tuple[str, ...] = ()
    k: tuple[int, int] | None = None
    scaler: Scaler | None = None
    algorithm: str | None = None
    seed: int = 0

    def config(self) -> dict[str, object]:
        """Return what is stored with the run."""
        chosen: dict[str, object] = {"lenses": list(self.lenses) or "all"}
        if self.k is not None:
            chosen["k"] = f"{self.k[0]}..{self.k[1]}"
        if self.scaler is not None:
            chosen["scaler"] = self.scaler.value
        if self.algorithm is not None:
            chosen["algorithm"] = self.algorithm
        return chosen

    @classmethod
    def from_config(cls, config: Mapping[str, object]) -> SegmentOptions:
        """Read what a user asked for; `UsageError` says what is not allowed.

        >>> SegmentOptions.from_config({"lenses": ["behavioural"], "k_min": 3, "k_max": 5}).k
        (3, 5)
        """
        lenses = config.get("lenses") or ()
        scaler, algorithm = config.get("scaler"), config.get("algorithm")
        k_min, k_max, seed = config.get("k_min"), config.get("k_max"), config.get("seed", 0)
        if not isinstance(lenses, (list, tuple)) or not isinstance(seed, int) or seed < 0:
            raise UsageError("A run names its lenses as a list and a seed of 0 or more.")
        if scaler is not None and scaler not in set(Scaler):
            raise UsageError(one_of("scaler", scaler, Scaler))
        k = None
        if k_min is not None or k_max is not None:
            k = checked_k(k_min, k_max)
        return cls(
            tuple(str(lens) for lens in lenses),
            k,
            None if scaler is None else Scaler(str(scaler)),
            None if algorithm is None else str(algorithm),
            seed,
        )

    def applied_to(self, lens: LensSpec) -> LensSpec:
        """Return the lens with what was chosen."""
        changes: dict[str, object] = {}
        if self.k is not None:
            changes |= {"k_min": self.k[0], "k_max": self.k[1]}
        if self.scaler is not None:
            changes["scaler"] = self.scaler
        if self.algorithm is not None:
            changes["algorithm"] = self.algorithm
        return lens.model_copy(update=changes)


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
