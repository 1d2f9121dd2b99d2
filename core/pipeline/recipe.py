"""How a run prepares the inputs of its lenses in another way than the lenses say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import UsageError, one_of
from core.lens import Impute, LensFeature, LensSpec, Scaler

USUAL_CAP = LensFeature(name="any").cap


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is not chosen (None, empty) stays as the lens says.

    ``caps`` and ``logs`` turn capping and logarithms of numbers on or off for all inputs;
    ``weights`` are (feature, weight); ``added`` and ``left_out`` are features.
    """

    scaler: Scaler | None = None
    impute: Impute | None = None
    caps: bool | None = None
    logs: bool | None = None
    weights: tuple[tuple[str, float], ...] = ()
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def config(self) -> dict[str, object]:
        """Return what is stored with the run: only what was chosen."""
        chosen: dict[str, object] = {
            "scaler": None if self.scaler is None else self.scaler.value,
            "impute": None if self.impute is None else self.impute.value,
            "caps": None if self.caps is None else on_or_off(self.caps),
            "logs": None if self.logs is None else on_or_off(self.logs),
            "weights": [f"{name}={weight:g}" for name, weight in self.weights] or None,
            "added": list(self.added) or None,
            "left_out": list(self.left_out) or None,
        }
        return {name: value for name, value in chosen.items() if value is not None}

    @classmethod
    def from_config(cls, config: Mapping[str, object]) -> Recipe:
        """Read what a user asked for; `UsageError` says what is not allowed.

        >>> Recipe.from_config({"impute": "zero", "caps": "off", "weights": ["income=2"]}).config()
        {'impute': 'zero', 'caps': 'off', 'weights': ['income=2']}
        """
        scaler, impute = config.get("scaler"), config.get("impute")
        if scaler is not None and scaler not in set(Scaler):
            raise UsageError(one_of("scaler", scaler, Scaler))
        if impute is not None and impute not in set(Impute):
            raise UsageError(one_of("imputation", impute, Impute))
        return cls(
            scaler=None if scaler is None else Scaler(str(scaler)),
            impute=None if impute is None else Impute(str(impute)),
            caps=_switch("caps", config.get("caps")),
            logs=_switch("logs", config.get("logs")),
            weights=tuple(parse_weight(text) for text in _names("weights", config)),
            added=_names("added", config),
            left_out=_names("left_out", config),
        )

    def checked_for(self, lenses: Sequence[LensSpec]) -> None:
        """Raise `UsageError` where features are named that none of the lenses can mean."""
        used = dict.fromkeys(name for lens in lenses for name in lens.feature_names)
        for name in (*self.left_out, *(name for name, _ in self.weights)):
            if name not in used and name not in self.added:
                raise UsageError(one_of("input of these views", name, used))
        if self.added and len(lenses) != 1:
            raise UsageError(
                "Inputs are added to one view at a time. Choose one view for this run."
            )

    def applied_to(self, lens: LensSpec) -> LensSpec:
        """Return the lens with its inputs prepared as chosen."""
        twice = [name for name in self.added if name in lens.feature_names]
        if twice:
            raise UsageError(f"The view {lens.label!r} looks at {twice[0]!r} already.")
        inputs = [*lens.features, *(LensFeature(name=name) for name in self.added)]
        kept = tuple(self._prepared(use) for use in inputs if use.name not in self.left_out)
        if not kept:
            raise UsageError(f"The view {lens.label!r} is left without inputs. Leave one in.")
        changes: dict[str, object] = {"features": kept}
        if self.scaler is not None:
            changes["scaler"] = self.scaler
        if self.added:  # what a view looks at cannot be an outcome to judge it by
            changes["outcomes"] = tuple(n for n in lens.outcomes if n not in self.added)
        return lens.model_copy(update=changes)

    def _prepared(self, use: LensFeature) -> LensFeature:
        changes: dict[str, object] = {}
        if self.impute is not None:
            changes["impute"] = self.impute
        if self.caps is False:
            changes |= {"cap": None, "cap_sd": None}
        elif self.caps and use.cap is None and use.cap_sd is None:
            changes["cap"] = USUAL_CAP
        if self.logs is not None:
            changes["log"] = self.logs
        weight = dict(self.weights).get(use.name)
        if weight is not None:
            changes["weight"] = weight
        return use.model_copy(update=changes)


def parse_weight(text: str) -> tuple[str, float]:
    """Read the weight of an input.

    >>> parse_weight("income=2")
    ('income', 2.0)
    """
    name, _, number = (part.strip() for part in text.partition("="))
    try:
        weight = float(number)
    except ValueError:
        weight = 0.0
    if not name or not 0 < weight <= 100:
        raise UsageError(
            f"A weight is given as {text!r}. Write the input and a number above 0 and at most 100, "
            "for example income=2."
        )
    return name, weight


def on_or_off(value: bool) -> str:
    """Return how a switch is written."""
    return "on" if value else "off"


def _switch(what: str, value: object) -> bool | None:
    if value is None:
        return None
    if value not in ("on", "off"):
        raise UsageError(one_of(f"choice of {what}", value, ("on", "off")))
    return value == "on"


def _names(what: str, config: Mapping[str, object]) -> tuple[str, ...]:
    given = config.get(what) or ()
    if not isinstance(given, (list, tuple)) or not all(isinstance(name, str) for name in given):
        raise UsageError(f"A run names its {what.replace('_', ' ')} as a list of inputs.")
    return tuple(dict.fromkeys(str(name).strip() for name in given))
