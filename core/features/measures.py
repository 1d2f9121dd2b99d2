"""What customers do, where a file states it ready-made: its measures, passed on as features."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import ConfigurationError
from core.features.base import Sensitivity, Side
from core.features.per_customer import as_stored

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.features.base import Feature
    from core.sources.canonical import CanonicalTables


class Measures:
    """The behavioural attributes of a source: totals, counts and shares that its files give.

    As with demographic attributes, a number that is missing without leave stays missing, and
    `build_features` refuses it.
    """

    name = "measures"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the specification's behavioural attributes; none where it has none.

        Raises
        ------
        ConfigurationError
            One of them comes from a sensitive column: it would enter lenses that must not see it.
        """
        found = tuple(a for a in tables.attributes if a.side is Side.BEHAVIOURAL)
        marked = [a.name for a in found if a.sensitivity is not Sensitivity.ORDINARY]
        if marked:
            raise ConfigurationError(
                f"What customers do is not a sensitive attribute, but these come from sensitive "
                f"columns: {', '.join(sorted(marked))}. Give the attributes side = 'demographic', "
                f"or their columns the role 'measure'."
            )
        return found

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and the measures; one row for every customer."""
        customers, features = tables.customers, self.features(tables)
        stored = {feature.name: as_stored(customers[feature.name], feature) for feature in features}
        return customers.select("customer_id", **stored)
