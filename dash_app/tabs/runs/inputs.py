"""Which inputs the form for a new run offers, and which of them are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.features.base import Sensitivity, Side
from core.lens import LensSpec
from core.readmodels import FeatureInfo
from dash_app.components.words import feature_label


def input_options(
    lenses: Sequence[LensSpec], features: Sequence[FeatureInfo]
) -> list[dict[str, Any]]:
    """Return the views' inputs and, for one view alone, what could be added to it, by label."""
    used = ticked_inputs(lenses)
    labels = {feature.name: feature.label for feature in features}
    addable = [f.name for f in features if len(lenses) == 1 and _may_see(lenses[0], f)]
    others = sorted(set(addable) - set(used), key=lambda name: labels[name].casefold())
    return [
        {"label": feature_label(labels.get(name, name), name), "value": name}
        for name in (*used, *others)
    ]


def ticked_inputs(lenses: Sequence[LensSpec]) -> list[str]:
    """Return the inputs of the views as they are."""
    return list(dict.fromkeys(name for lens in lenses for name in lens.feature_names))


def _may_see(lens: LensSpec, feature: FeatureInfo) -> bool:
    """Whether a view of that side may look at the feature, as `core.lens_inputs` has it."""
    if feature.sensitivity == Sensitivity.DIRECT:
        return False
    return feature.sensitivity == Sensitivity.ORDINARY or lens.side is Side.DEMOGRAPHIC
