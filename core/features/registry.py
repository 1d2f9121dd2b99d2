"""The feature families, in the order of their columns."""

from __future__ import annotations

from core.features.activity import Activity
from core.features.amounts import Amounts
from core.features.balances import Balances
from core.features.channels import Channels
from core.features.charges import Charges
from core.features.credit import Credit
from core.features.demographics import Demographics
from core.features.family import FeatureFamily
from core.features.measures import Measures
from core.features.recency import Recency
from core.features.rfm import Rfm
from core.features.sizes import Sizes
from core.features.tenure import Tenure
from core.features.volatility import Volatility
from core.features.windows import Windows

FAMILIES: tuple[FeatureFamily, ...] = (
    Demographics(),
    Measures(),
    Tenure(),
    Balances(),
    Credit(),
    Activity(),
    Sizes(),
    Amounts(),
    Recency(),
    Rfm(),
    Channels(),
    Volatility(),
    Charges(),
    Windows(),
)
