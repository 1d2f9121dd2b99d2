"""Who customers are: the attributes that a source states, passed on as features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import ConfigurationError
from core.features.base import Sensitivity, Side
from core.features.per_customer import as_stored

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.features.base import Feature
    from core.sources.canonical import CanonicalTables


class Demographics:
    """The customer table's attributes, with labels, units and sensitivity from the specification.

    A number that is missing without leave is left missing here, and `build_features` refuses it:
    nobody's income is 0 because a cell was blank.
    """

    name = "demographics"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the specification's demographic attributes.

        Raises
        ------
        ConfigurationError
            An attribute identifies a person by itself; such columns are kept apart.
        """
        direct = [a.name for a in tables.attributes if a.sensitivity is Sensitivity.DIRECT]
        if direct:
            raise ConfigurationError(
                f"A direct identifier cannot be a feature, but these attributes are marked direct: "
                f"{', '.join(sorted(direct))}. Give the columns the role of an identity instead."
            )
        return tuple(a for a in tables.attributes if a.side is Side.DEMOGRAPHIC)

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and the attributes; one row for every customer."""
        customers, features = tables.customers, self.features(tables)
        stored = {feature.name: as_stored(customers[feature.name], feature) for feature in features}
        return customers.select("customer_id", **stored)
