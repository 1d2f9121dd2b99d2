"""Comments of a draft: one line each, whatever the bank's files say in it."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    r"""Return a text with its line breaks and other control characters made visible.

    Codes and headers come out of files: as they stand, a line break in one of them would end a
    comment and let the rest be read as TOML or SQL, and a terminal would obey what it is told.

    >>> one_line("odd\nx = 1"), one_line("\u2028\x1b[2J"), one_line("Köln, 1\u00a0234")
    ('odd\\nx = 1', '\\u2028\\x1b[2J', 'Köln, 1\xa0234')
    """
    return "".join(one if _is_shown(one) else _escaped(one) for one in text)


def toml_comment(text: str) -> str:
    r"""Return a text as a comment of TOML.

    >>> toml_comment("of odd\ncodes")
    '# of odd\\ncodes'
    """
    return f"# {one_line(text)}"


def sql_comment(text: str) -> str:
    r"""Return a text as a comment of SQL, with the end of its line.

    >>> sql_comment("Inquiries: odd\rcode.")
    '-- Inquiries: odd\\rcode.\n'
    """
    return f"-- {one_line(text)}\n"


def _is_shown(one: str) -> bool:
    return one.isprintable() or unicodedata.category(one) == "Zs"  # blanks of any width


def _escaped(one: str) -> str:
    return one.encode("unicode_escape").decode("ascii")
