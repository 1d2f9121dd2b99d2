"""From a column of a file to a view of the customers: what feeds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from core.features.base import NUMERIC_KINDS
from core.lens import LensSpec
from core.readmodels import FeatureInfo
from core.snapshot_facts import ColumnSource


class Layer(IntEnum):
    """How far a value has come."""

    FILE = 0
    CANONICAL = 1
    FEATURE = 2
    LENS = 3


@dataclass(frozen=True, slots=True)
class LineageNode:
    """A column, a feature or a lens; ``place`` is what it belongs to, ``detail`` how it is made."""

    key: str
    layer: Layer
    label: str
    place: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LineageLink:
    """One feeds another; ``weight`` is that of an input of a lens."""

    source: str
    target: str
    detail: str = ""
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """Nodes in order of their layers, and links between them."""

    nodes: tuple[LineageNode, ...] = ()
    links: tuple[LineageLink, ...] = ()

    def of(self, layer: Layer) -> tuple[LineageNode, ...]:
        """Return the nodes of a layer, in order."""
        return tuple(node for node in self.nodes if node.layer is layer)

    def feeding(self, key: str) -> tuple[LineageNode, ...]:
        """Return the nodes that feed a node directly, in order."""
        sources = {link.source for link in self.links if link.target == key}
        return tuple(node for node in self.nodes if node.key in sources)


def feature_node(feature: str) -> str:
    """Return the key of a feature's node.

    >>> feature_node("age_years")
    'feature age_years'
    """
    return f"feature {feature}"


def lineage_of(
    features: Sequence[FeatureInfo],
    columns: Sequence[ColumnSource],
    files: Mapping[str, str],
    lenses: Sequence[LensSpec],
    labels: Mapping[str, str] | None = None,
) -> Lineage:
    """Return where features come from and which lenses they enter.

    Parameters
    ----------
    features : whose lineage it is.
    columns : what the canonical tables are made of; of tables that were not read, nothing counts.
    files : the file of every table that was read.
    lenses : those that may use the features.
    labels : of lenses by name, where they differ from the specification's.

    Examples
    --------
    >>> debt = FeatureInfo(
    ...     "debt",
    ...     "Debt",
    ...     "",
    ...     "credit",
    ...     "behavioural",
    ...     "money",
    ...     "",
    ...     "ordinary",
    ...     (),
    ...     True,
    ...     ("accounts.balance",),
    ... )
    >>> made = ColumnSource("accounts", "balance", ("acct.ending_balance",), "ending_balance")
    >>> found = lineage_of([debt], [made], {"acct": "acct.csv"}, [])
    >>> [(node.place, node.label) for node in found.nodes]
    [('acct.csv', 'ending_balance'), ('accounts', 'balance'), ('credit', 'Debt')]
    """
    made = {(column.table, column.column): column for column in columns}
    nodes: dict[str, LineageNode] = {}
    links: dict[tuple[str, str], LineageLink] = {}

    def add(node: LineageNode, target: str | None = None) -> None:
        nodes.setdefault(node.key, node)
        if target is not None:
            links.setdefault((node.key, target), LineageLink(node.key, target))

    for feature in features:
        own = feature_node(feature.name)
        add(LineageNode(own, Layer.FEATURE, feature.label, feature.family, feature.description))
        for column in _canonical(feature, made):
            key = f"canonical {column.table}.{column.column}"
            detail = "" if column.expression == column.column else column.expression
            add(LineageNode(key, Layer.CANONICAL, column.column, column.table, detail), own)
            for reference in column.sources:
                table, _, name = reference.partition(".")
                if table in files:
                    add(LineageNode(f"file {reference}", Layer.FILE, name, files[table]), key)
        for lens in lenses:
            _enter(feature, lens, (labels or {}).get(lens.name, lens.label), nodes, links)
    return Lineage(
        tuple(sorted(nodes.values(), key=lambda node: node.layer)), tuple(links.values())
    )


def preparation_words(lens: LensSpec, feature: FeatureInfo) -> str:
    """Return how a lens prepares one of its inputs, in words."""
    entry = next(one for one in lens.features if one.name == feature.name)
    if feature.kind not in NUMERIC_KINDS:
        return "one column per level"
    steps = [f"missing: {entry.impute.value}"]
    if entry.cap_sd is not None:
        steps.append(f"capped at mean + {entry.cap_sd:g} sd")
    elif entry.cap is not None and entry.cap < 1:
        steps.append(f"capped at {entry.cap:.1%}")
    if entry.log:
        steps.append("logarithm")
    return ", ".join([*steps, f"{lens.scaler.value} scale"])


def _canonical(
    feature: FeatureInfo, made: Mapping[tuple[str, str], ColumnSource]
) -> list[ColumnSource]:
    """Return the canonical columns that a feature is computed from.

    An attribute names the column of a file that it mainly comes from: it is itself a column of
    the customers.
    """
    found = []
    for reference in feature.source_columns:
        table, _, column = reference.partition(".")
        known = made.get((table, column)) or made.get(("customers", feature.name))
        found.append(known or ColumnSource(table, column, (), column))
    return list(dict.fromkeys(found))


def _enter(
    feature: FeatureInfo,
    lens: LensSpec,
    label: str,
    nodes: dict[str, LineageNode],
    links: dict[tuple[str, str], LineageLink],
) -> None:
    entry = next((one for one in lens.features if one.name == feature.name), None)
    if entry is None:
        return
    own, key = feature_node(feature.name), f"lens {lens.name}"
    nodes.setdefault(key, LineageNode(key, Layer.LENS, label, detail=lens.question))
    words = preparation_words(lens, feature)
    links[own, key] = LineageLink(own, key, words, entry.weight)
