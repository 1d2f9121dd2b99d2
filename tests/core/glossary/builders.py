"""Glossary files of a few lines, as a steward would write them."""

from __future__ import annotations

CATEGORIES = "Name,Artifact Type,Category,Description,Tags,Stewards"
TERMS = (
    "Name,Artifact Type,Category,Description,Tags,Classifications,Stewards,Related Terms,"
    "Business Start,Business End,Part Of Terms,Type of Terms,Abbreviations,Data Classes,Synonyms,"
    "Secondary Categories"
)
LINKS = "Business Terms,Column_header,Table,File"

_FIELDS = TERMS.split(",")


def categories_file(*rows: str) -> tuple[str, bytes]:
    """A categories file of those lines below its header."""
    return "categories.csv", "\n".join((CATEGORIES, *rows)).encode()


def terms_file(*rows: str) -> tuple[str, bytes]:
    """A terms file of those lines below its header."""
    return "terms.csv", "\n".join((TERMS, *rows)).encode()


def links_file(*rows: str) -> tuple[str, bytes]:
    """A file of columns of those lines below its header."""
    return "columns.csv", "\n".join((LINKS, *rows)).encode()


def term_row(name: str = "", category: str = "", **cells: str) -> str:
    """One line of a terms file; cells are named as the headers, with underscores."""
    filled = {key.replace("_", " "): text for key, text in cells.items()}
    if name:
        filled |= {"Name": name, "Category": category, "Artifact Type": "glossary_term"}
    return ",".join(f'"{filled.pop(field, "")}"' for field in _FIELDS) + (
        f" unknown {sorted(filled)}" if filled else ""
    )


def value_category() -> tuple[str, bytes]:
    """One category called Value."""
    return categories_file("Value,category,,What customers are worth.,,")
