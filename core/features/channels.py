"""Through which channels customers bank, and how many of them they use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.errors import DataError
from core.features.base import UNKNOWN, Feature, Kind, Side
from core.features.exact import ratio
from core.features.history import bookings_known
from core.features.per_customer import one_row_each
from core.features.shops import in_orders, is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables

MAX_CHANNELS = 40  # more different texts than this are not channels


class Channels:
    """Share of each channel in a customer's transactions, the main one and the variety.

    The channels are those found in the data to the as-of date, in bytewise order; names that differ
    only in case or punctuation are one channel. A blank channel ("Unknown", as on interest that
    the bank books) is no channel: it takes part in no figure.
    """

    name = "channels"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the channels' entries; none where a source has no transactions.

        Raises
        ------
        DataError
            There are more than `MAX_CHANNELS` different channels.
        """
        if tables.transactions is None:
            return ()
        channels = _channels(tables)
        if is_shop(tables):  # a shop may state no channel at all
            return in_orders(_catalogue(channels)) if channels else ()
        return _catalogue(channels)

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and use of channels; one row for every customer."""
        channels = _channels(tables)
        bookings = bookings_known(tables)
        counted = bookings.group_by("customer_id").aggregate(
            bookings=bookings.count(),  # keeps the group where no channel is stated
            **{
                channel.slug: bookings.count(where=bookings.channel.isin(channel.texts))
                for channel in channels
            },
        )
        numbers = [counted[channel.slug] for channel in channels]
        total = sum(numbers, start=ibis.literal(0))
        shares = {c.share: ratio(n, total) for c, n in zip(channels, numbers, strict=True)}
        used = sum(((n > 0).cast("int64") for n in numbers), start=ibis.literal(0))
        shared = counted.mutate(
            channels_used=used, main_channel=_most_used(channels, counted), **shares
        )
        entropy = shared.mutate(channel_entropy=_entropy([shared[c.share] for c in channels]))
        return one_row_each(tables, entropy, _catalogue(channels))


@dataclass(frozen=True, slots=True)
class _Channel:
    """One channel: its name for people, for columns, and every way the data writes it."""

    label: str
    slug: str
    texts: tuple[str, ...]

    @property
    def share(self) -> str:
        return f"channel_{self.slug}_share"


def _channels(tables: CanonicalTables) -> tuple[_Channel, ...]:
    """Return the known channels of the data, sorted by name."""
    found = bookings_known(tables).select("channel").distinct().to_pyarrow()["channel"].to_pylist()
    writings: dict[str, list[str]] = {}
    for text in sorted(text for text in found if text is not None):
        slug = re.sub(r"[^0-9a-z]+", "_", text.casefold()).strip("_")
        if slug and slug != UNKNOWN.casefold():
            writings.setdefault(slug, []).append(text)
    if len(writings) > MAX_CHANNELS:
        raise DataError(
            f"Column channel of the transactions has {len(writings)} different values, but at most "
            f"{MAX_CHANNELS} channels can be told apart. Map its values to channels in the "
            f"source specification."
        )
    return tuple(_Channel(texts[0], slug, tuple(texts)) for slug, texts in writings.items())


def _most_used(channels: tuple[_Channel, ...], counted: ir.Table) -> ir.Value:
    """Return the channel with the most transactions; of equals, the first by name."""
    if not channels:
        return ibis.literal(UNKNOWN)
    most = ibis.greatest(*(counted[channel.slug] for channel in channels))
    return ibis.cases(
        (most == 0, UNKNOWN),
        *((counted[channel.slug] == most, channel.label) for channel in channels),
        else_=UNKNOWN,
    )


def _entropy(shares: list[ir.Value]) -> ir.Value:
    """Return the Shannon entropy of shares in bits (Shannon 1948), missing where they are."""
    terms = (ibis.ifelse(p > 0, -p * p.log2(), p) for p in shares)
    return sum(terms, start=ibis.literal(0.0)) if shares else ibis.null("float64")


_feature = partial(
    Feature, family="channels", side=Side.BEHAVIOURAL, source_columns=("transactions.channel",)
)


def _catalogue(channels: tuple[_Channel, ...]) -> tuple[Feature, ...]:
    return (
        _feature(
            "main_channel",
            "Main channel",
            "Channel of most of the customer's transactions; Unknown where none is stated.",
            kind=Kind.CATEGORY,
            actionable=True,
        ),
        _feature(
            "channels_used",
            "Channels used",
            "Number of different channels with at least one transaction.",
            kind=Kind.COUNT,
            unit="channels",
            low_words="few channels",
            high_words="many channels",
            actionable=True,
        ),
        _feature(
            "channel_entropy",
            "Variety of channels",
            "Entropy of the channels' shares: 0 for a single channel, 1 for two used equally.",
            kind=Kind.NUMBER,
            unit="bits",
            low_words="keeps to one channel",
            high_words="uses channels evenly",
            missing_allowed=True,
        ),
        *(
            _feature(
                channel.share,
                f"Share through {channel.label}",
                f"Transactions through {channel.label} as a share of all with a stated channel.",
                kind=Kind.SHARE,
                low_words=f"less through {channel.label}",
                high_words=f"more through {channel.label}",
                missing_allowed=True,
                actionable=True,
            )
            for channel in channels
        ),
    )
