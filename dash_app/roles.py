"""What a person may do: viewer < analyst < admin."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A viewer sees aggregates, an analyst pseudonymous customers and runs, an admin everything."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Position in the order of roles, 1 for the least."""
        return _ORDER.index(self) + 1

    def may_act_as(self, least: Role) -> bool:
        """Whether this role is allowed what ``least`` is allowed.

        >>> Role.ANALYST.may_act_as(Role.VIEWER), Role.VIEWER.may_act_as(Role.ANALYST)
        (True, False)
        """
        return self.rank >= least.rank


_ORDER = tuple(Role)
