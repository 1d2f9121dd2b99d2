"""What the pipeline measures so that people can judge a segmentation: light, no scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SegmentQuality:
    """How well one segment is told apart, and how well it is found again.

    ``widths``: silhouettes of a sample of its customers, the largest first, thinned to quantiles;
    ``nearer_elsewhere``: the share of them below 0; ``jaccards``: one per draw of customers, empty
    where nothing was drawn. ``silhouette`` is the mean over all that were sampled;
    ``null_silhouettes``: per draw of one smooth cloud, divided alike, the mean silhouette of the
    piece of the same rank (the best told apart segment stands against the best piece, and so on).
    """

    segment: int
    sampled: int
    silhouette: float
    nearer_elsewhere: float
    widths: tuple[float, ...]
    jaccards: tuple[float, ...]
    null_silhouettes: tuple[float, ...] = ()

    @property
    def beats_null(self) -> bool | None:
        """Whether it is told apart better than the piece of its rank ever is; None: not drawn."""
        return self.silhouette > max(self.null_silhouettes) if self.null_silhouettes else None


@dataclass(frozen=True, slots=True)
class FeatureInfluence:
    """How much one input decides.

    ``eta_squared``: share of its variance that lies between segments; ``changed``: share of
    customers who get another segment when its values are dealt out anew.
    """

    feature: str
    eta_squared: float
    changed: float


@dataclass(frozen=True, slots=True)
class ClustergramGroup:
    """One of k groups: its size as a share and the mean of its customers' first component.

    ``segment`` is the number of the segment that the group is; None where k is not the chosen one.
    """

    k: int
    group: int
    share: float
    place: float
    segment: int | None


@dataclass(frozen=True, slots=True)
class ClustergramFlow:
    """The share of all customers who are in ``group`` of k and in ``into`` of the next k."""

    k: int
    group: int
    into: int
    share: float


@dataclass(frozen=True, slots=True)
class Clustergram:
    """How groups divide as their number grows; ``explained``: variance of the first component."""

    explained: float
    groups: tuple[ClustergramGroup, ...]
    flows: tuple[ClustergramFlow, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Customers who are alike, all of one segment; ``share`` of all who were clustered."""

    segment: int
    share: float


@dataclass(frozen=True, slots=True)
class Join:
    """Two branches become one: leaves are 0..m-1, the join at position i is branch m + i."""

    left: int
    right: int
    height: float


@dataclass(frozen=True, slots=True)
class Dendrogram:
    """Leaves joined to one tree.

    ``order``: the leaves from end to end without crossing branches; ``agreement``: the share of
    customers who, with the tree cut into as many branches as there are segments, are in the branch
    that most of their segment is in.
    """

    leaves: tuple[Leaf, ...]
    joins: tuple[Join, ...]
    order: tuple[int, ...]
    agreement: float


@dataclass(frozen=True, slots=True)
class Quality:
    """What a fit leaves behind for its readers to judge.

    ``null_silhouettes``: the mean silhouette of each draw of one smooth cloud with the same
    distributions and correlations, found by the same procedure; ``silhouette`` is the customers'
    beside them. Both are empty, or None, where groups are made by rule.
    """

    silhouette: float | None
    null_silhouettes: tuple[float, ...]
    segments: tuple[SegmentQuality, ...]
    influences: tuple[FeatureInfluence, ...]
    clustergram: Clustergram | None
    dendrogram: Dendrogram | None


class ExemplarKind(StrEnum):
    """Why a customer is worth looking at."""

    MEDOID = "medoid"
    BORDERLINE = "borderline"


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A customer to look at; ``features`` are the lens's inputs in raw units, by name."""

    pseudonym: str
    segment: int
    kind: ExemplarKind
    runner_up: int | None
    margin: float | None
    features: tuple[tuple[str, float | str | None], ...]
