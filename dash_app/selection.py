"""What is being looked at, read from the URL and written back to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from urllib.parse import parse_qsl, quote, urlencode

from core.readmodels import JobId, RunId, SnapshotId

HOME = "overview"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}\Z")
_QUERY_KEYS = {  # field of Selection -> key in the URL, in the order they are written
    "dataset": "d",
    "run": "run",
    "other": "with",
    "lens": "lens",
    "a": "a",
    "b": "b",
    "segments": "s",
    "view": "view",
    "feature": "f",
    "colour": "by",
    "snapshot": "snapshot",
    "query": "q",
    "term": "term",
    "category": "category",
    "job": "job",
}
_WORDS = {"query", "term", "category"}  # free text
_LONGEST_WORDS = 300
_SEPARATOR = "~"  # between segment keys; needs no escaping in a URL


@dataclass(frozen=True, slots=True)
class Selection:
    """The state of the app; every view is one URL.

    Everything is optional: None (or empty) means the default, which the URL leaves out. ``ignored``
    lists what stood in the URL and was not understood; it takes no part in equality.
    """

    tab: str = HOME  # slug, the path
    dataset: str | None = None
    run: RunId | None = None  # None: the published run
    other: RunId | None = None  # a run beside it
    lens: str | None = None
    a: str | None = None  # the two lenses of a comparison
    b: str | None = None
    segments: tuple[str, ...] = ()  # stable keys, in the order chosen
    view: str | None = None  # sub-view of a tab
    feature: str | None = None
    colour: str | None = None  # what a map is coloured by
    snapshot: SnapshotId | None = None  # an import of files; None: the one of the run
    query: str | None = None  # what is searched for in the glossary
    term: str | None = None  # a term of the glossary: its name, or its path
    category: str | None = None  # a branch of the glossary
    job: JobId | None = None  # a file that was sent to be scored
    ignored: tuple[str, ...] = field(default=(), compare=False)


def from_url(pathname: str | None, search: str | None) -> Selection:
    """Read a path and its query; what is not understood is listed in ``ignored``, never an error.

    >>> from_url("/compare", "?d=bank&a=demographic&nonsense=1")
    Selection(tab='compare', dataset='bank', ..., a='demographic', ..., ignored=('nonsense',))
    """
    values: dict[str, object] = {}
    ignored: list[str] = []
    names = {key: name for name, key in _QUERY_KEYS.items()}
    for key, text in parse_qsl((search or "").lstrip("?"), keep_blank_values=True):
        name = names.get(key)
        value = _parsed(name, text) if name and name not in values else None
        if name is None or value is None:
            ignored.append(key[:40])
        else:
            values[name] = value
    return Selection(tab=_slug(pathname), ignored=tuple(ignored), **values)  # type: ignore[arg-type]


def to_search(selection: Selection) -> str:
    """Write the query, defaults left out: ``?d=bank&lens=behavioural`` or nothing.

    >>> to_search(Selection(dataset="bank", segments=("s-1", "s-2")))
    '?d=bank&s=s-1~s-2'
    """
    query = urlencode(
        [
            (key, _SEPARATOR.join(value) if isinstance(value, tuple) else str(value))
            for name, key in _QUERY_KEYS.items()
            if (value := getattr(selection, name))
        ],
        safe=_SEPARATOR,
    )
    return f"?{query}" if query else ""


def href(selection: Selection, **changes: object) -> str:
    """Return the address of the same view with some fields changed.

    Another tab keeps what is meant there too (data set, run, lens) and drops the rest.

    >>> href(Selection(tab="map", dataset="bank", colour="age"), tab="overview", lens="rfm")
    '/overview?d=bank&lens=rfm'
    """
    _refuse_unknown(changes)
    moves = changes.get("tab", selection.tab) != selection.tab
    shared = Selection(dataset=selection.dataset, run=selection.run, lens=selection.lens)
    target = replace(shared if moves else selection, **changes)  # type: ignore[arg-type]
    return f"/{quote(target.tab)}{to_search(target)}"  # a tab may be anything in an address


def _slug(pathname: str | None) -> str:
    return (pathname or "").strip("/") or HOME


def _parsed(name: str, text: str) -> object | None:
    if name in ("run", "other"):
        return RunId(int(text)) if _NUMBER.match(text) else None
    if name == "snapshot":
        return SnapshotId(int(text)) if _NUMBER.match(text) else None
    if name == "job":
        return JobId(int(text)) if _NUMBER.match(text) else None
    if name == "segments":
        keys = tuple(text.split(_SEPARATOR))
        return keys if all(_NAME.match(key) for key in keys) else None
    if name in _WORDS:
        return text if text.isprintable() and 0 < len(text) <= _LONGEST_WORDS else None
    return text if _NAME.match(text) else None


def _refuse_unknown(changes: dict[str, object]) -> None:
    known = {entry.name for entry in fields(Selection)} - {"ignored"}
    if unknown := set(changes) - known:
        raise TypeError(f"A selection has no {sorted(unknown)}; it has {sorted(known)}.")
