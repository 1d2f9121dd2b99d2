"""What RFM cells look like with given cut points: a grid of scores, and the named groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UsageError
from core.insight.rfm_groups import RFM_GROUPS, rfm_group
from core.insight.rfm_words import rfm_words
from core.readmodels import RfmOverview
from core.rule_groups import LEVELS

Cuts = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class RfmCell:
    """Customers with one score of recency and one of frequency, and their money."""

    recency: int
    frequency: int
    customers: int
    money: float


@dataclass(frozen=True, slots=True)
class RfmShare:
    """One named group: customers and money, their shares of all with a recency, and words."""

    name: str
    sentence: str
    customers: int
    share: float
    money: float
    money_share: float | None


@dataclass(frozen=True, slots=True)
class RfmView:
    """The cells and groups that cut points give; every customer is in one of each."""

    cells: tuple[RfmCell, ...]  # 25, recency 5 to 1, frequency 1 to 5
    groups: tuple[RfmShare, ...]  # in the order of `RFM_GROUPS`
    customers: int


@dataclass(slots=True)
class _Sums:
    """What adds up over the cells of a group."""

    customers: int = 0
    money: float = 0.0
    recency: int = 0
    frequency: int = 0

    def add(self, recency: int, frequency: int, customers: int, money: float) -> None:
        self.customers += customers
        self.money += money
        self.recency += recency * customers
        self.frequency += frequency * customers

    def words(self, average: float) -> str:
        if not self.customers:
            return "Nobody"
        each = self.money / self.customers
        return rfm_words(
            self.recency / self.customers,
            self.frequency / self.customers,
            each / average if average > 0 and each >= 0 else None,
        )


def rfm_view(overview: RfmOverview, cuts: Cuts | None = None) -> RfmView:
    """Return the grid and the groups with the run's cut points, or with others.

    Parameters
    ----------
    overview : cells of a run
    cuts : per feature four of its edges, not falling; by default those of the run

    Raises
    ------
    UsageError
        There are not four cut points per feature, they fall, or one is not among the edges.

    Examples
    --------
    >>> one = RfmOverview(
    ...     ("r", "f", "m"),
    ...     ((1.0,), (1.0,), (9.0,)),
    ...     ((1.0,) * 4, (1.0,) * 4, (9.0,) * 4),
    ...     ((0, 1, 1, 3, 60.0),),
    ...     0,
    ... )
    >>> [(g.name, g.customers) for g in rfm_view(one).groups if g.customers]
    [('Champions', 3)]
    """
    chosen = checked_cuts(overview, overview.cuts if cuts is None else cuts)
    scores = [_scores(edges, cut) for edges, cut in zip(overview.edges, chosen, strict=True)]
    grid = {(r, f): [0, 0.0] for r in range(1, LEVELS + 1) for f in range(1, LEVELS + 1)}
    groups = {name: _Sums() for name in RFM_GROUPS}
    for at_r, at_f, at_m, customers, money in overview.cells:
        r, f, m = LEVELS + 1 - scores[0][at_r], scores[1][at_f], scores[2][at_m]
        grid[r, f][0] += customers
        grid[r, f][1] += money
        groups[rfm_group(r, f, m)].add(r, f, customers, money)
    total, worth = sum(c[3] for c in overview.cells), sum(c[4] for c in overview.cells)
    return RfmView(
        cells=tuple(
            RfmCell(r, f, int(grid[r, f][0]), float(grid[r, f][1]))
            for r in range(LEVELS, 0, -1)
            for f in range(1, LEVELS + 1)
        ),
        groups=tuple(
            RfmShare(
                name,
                group.words(worth / total),
                group.customers,
                group.customers / total,
                group.money,
                group.money / worth if worth > 0 else None,
            )
            for name, group in groups.items()
        ),
        customers=int(total),
    )


def checked_cuts(overview: RfmOverview, cuts: Sequence[Sequence[float]]) -> Cuts:
    """Return cut points that the cells can be divided by; `UsageError` says what is wrong."""
    if [len(cut) for cut in cuts] != [LEVELS - 1] * len(overview.features):
        raise UsageError(f"Give {LEVELS - 1} cut points for each of {len(overview.features)}.")
    for cut, edges in zip(cuts, overview.edges, strict=True):
        if any(value not in edges for value in cut):
            raise UsageError("A cut point is not among those that can be chosen.")
        if list(cut) != sorted(cut):
            raise UsageError("Cut points rise from the first to the last; put them in order.")
    return tuple(tuple(float(value) for value in cut) for cut in cuts)


def _scores(edges: tuple[float, ...], cut: tuple[float, ...]) -> list[int]:
    """Return the score 1..5 of each place between edges: one more than the cut points below."""
    return [1 + sum(value in edges[:place] for value in cut) for place in range(len(edges) + 1)]
