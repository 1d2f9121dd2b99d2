"""The names that forms show are those of the registry."""

from core.segmentation.labels import ALGORITHM_LABELS
from core.segmentation.registry import ALGORITHMS


def test_every_algorithm_has_its_own_label_for_forms() -> None:
    assert dict(ALGORITHM_LABELS) == {algorithm.name: algorithm.label for algorithm in ALGORITHMS}
