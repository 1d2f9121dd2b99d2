"""The names that forms show are those of the registry."""

from core.segmentation import density
from core.segmentation.labels import ALGORITHM_LABELS, COMPARED_LABELS
from core.segmentation.registry import ALGORITHMS


def test_every_algorithm_has_its_own_label_for_forms() -> None:
    assert dict(ALGORITHM_LABELS) == {algorithm.name: algorithm.label for algorithm in ALGORITHMS}


def test_what_is_only_compared_with_is_labelled_and_not_offered() -> None:
    assert COMPARED_LABELS == {**ALGORITHM_LABELS, density.NAME: density.LABEL}
