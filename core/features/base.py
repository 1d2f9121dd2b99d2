"""What a feature is: a column of the feature table and everything a reader needs of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a feature's values are to be read, prepared and written."""

    MONEY = "money"  # the data set's currency
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"  # 0..1
    DAYS = "days"
    YEARS = "years"
    CATEGORY = "category"  # nominal text; "Unknown" where missing
    ORDINAL = "ordinal"  # ordered levels
    FLAG = "flag"  # 0 or 1


UNKNOWN = "Unknown"  # the level of a category where it is missing
NUMERIC_KINDS = frozenset(set(Kind) - {Kind.CATEGORY, Kind.ORDINAL})


class Sensitivity(StrEnum):
    """Class of a column for privacy and fairness."""

    DIRECT = "direct"  # identifies a person by itself; never a feature of a lens
    SENSITIVE = "sensitive"  # age, gender, marital status, nationality
    PROXY = "proxy"  # post code, city: stands in for a sensitive attribute
    ORDINARY = "ordinary"


class Side(StrEnum):
    """Which side of a customer a feature describes."""

    DEMOGRAPHIC = "demographic"
    BEHAVIOURAL = "behavioural"


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the feature table and everything a reader needs to understand it.

    ``unit`` is the word printed after a number ("days", "transactions", "children");
    empty for money (the data set has a currency), shares and categories.
    ``low_words``/``high_words`` draft segment names: "low savings" / "high savings".
    """

    name: str
    label: str
    description: str
    family: str
    side: Side
    kind: Kind
    unit: str = ""
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    source_columns: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()  # order of an ORDINAL's levels
    low_words: str = ""
    high_words: str = ""
    missing_allowed: bool = False  # e.g. days since last transaction of a customer who has none
    actionable: bool = field(default=False)  # a bank or customer can change it

    @property
    def is_numeric(self) -> bool:
        """Whether values are numbers (and not levels of a category)."""
        return self.kind in NUMERIC_KINDS
