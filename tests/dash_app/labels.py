"""Every label that an answer of the app shows, and which of them say no more than their text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from dash_app.components.words import WORD, leading_label

Node = Any
PLACES = {"Th", "Dt", "Legend", "Label", "Summary"}  # elements that are labels
CLASSES = {"kpi-label", "menu-item", "tile-name", "segmented-choice", "chip"}
UNREAD = {"visually-hidden"}  # said to listeners beside a label that is shown


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands where labels stand, and what is known of it."""

    plain: list[str] = field(default_factory=list)  # texts of labels without a key
    keyed: list[tuple[str, str]] = field(default_factory=list)  # text and key
    drawn: list[str] = field(default_factory=list)  # texts of axes and notes of drawings


def labels_of(answer: Node) -> Shown:
    """Return the labels in the JSON of an answer."""
    shown = Shown()
    _collect(answer, shown, in_label=False)
    return shown


def unexplained(shown: Shown, features: Mapping[str, str], segments: Set[str]) -> set[str]:
    """Return the labels of features (names by label) that stand somewhere without their key.

    A label in a drawing needs its key on the page: in the card's subtitle or its table. A segment
    that is called like a feature is none.
    """
    keyed = {text.casefold() for text, key in shown.keyed if key.startswith("feature:")}
    labels = {label.casefold(): label for label in features}
    plain, drawn = set(shown.plain) - segments, set(shown.drawn) - segments
    return {
        *(text for text in plain if leading_label(text, features) is not None),
        *(
            f"in a drawing: {text}"
            for text in drawn
            if text.casefold() in labels and text.casefold() not in keyed
        ),
    }


def _collect(node: Node, shown: Shown, *, in_label: bool) -> None:
    if isinstance(node, list):
        for part in node:
            _collect(part, shown, in_label=in_label)
    elif isinstance(node, str) and in_label and node.strip():
        shown.plain.append(node.strip())
    elif isinstance(node, dict) and "props" in node:
        _collect_component(node["type"], node["props"], shown, in_label=in_label)
    elif isinstance(node, dict):
        for part in node.values():
            _collect(part, shown, in_label=False)


def _collect_component(kind: str, props: Node, shown: Shown, *, in_label: bool) -> None:
    classes = set(str(props.get("className") or "").split())
    if WORD in props:
        shown.keyed.append((_text(props.get("children")), props[WORD]))
    elif kind == "Graph":
        shown.drawn.extend(drawn_texts(props["figure"]["layout"]))
    elif kind != "Code" and not classes & UNREAD:
        is_label = in_label or kind in PLACES or bool(classes & CLASSES)
        _collect(props.get("children"), shown, in_label=is_label)


def _text(node: Node) -> str:
    if isinstance(node, list):
        return "".join(map(_text, node))
    if isinstance(node, dict):
        return _text(node.get("props", {}).get("children"))
    return "" if node is None else str(node)


def drawn_texts(layout: Node) -> Iterator[str]:
    """Find the texts of axes, notes and colour bars, as a reader sees them."""
    if isinstance(layout, list):
        for part in layout:
            yield from drawn_texts(part)
    elif isinstance(layout, dict):
        for name, value in layout.items():
            if name == "ticktext":
                yield from map(_read, value)
            elif name == "text" and isinstance(value, str):
                yield _read(value)
            else:
                yield from drawn_texts(value)


def _read(text: str) -> str:
    """Return a text of Plotly's as a reader sees it.

    >>> _read("<b>Card<br>debt</b><br><span>$5</span>")
    'Card debt'
    """
    plain = re.sub(r"<span.*?</span>|</?b>", "", text.replace("<br>", " "))
    return html.unescape(plain).strip()
