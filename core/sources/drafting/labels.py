"""The name of a column as people read it: short forms written out, things counted in the plural."""

from __future__ import annotations

from core.insight.wording import uncapitalised
from core.sources.drafting.names import word_set, words

_NUMBERS_OF = frozenset({"nbr", "num", "nr"})
_COUNTING = word_set("number of nbr num no nr count cnt trx qty quantity anzahl total times")
_PLURALS = word_set("children kids people staff data kinder")
_CAPITALS = word_set("iban bic pan kyc sip atm id crm vat ssn crn pos sms url plz eur usd gbp inr")
_WRITTEN_OUT = {
    "acct": "account", "amt": "amount", "amnt": "amount", "avg": "average", "bal": "balance",
    "cnt": "count", "cust": "customer", "dob": "date of birth", "freq": "frequency",
    "max": "maximum", "min": "minimum", "pct": "percent", "prc": "percent", "qty": "quantity",
    "tran": "transaction", "trans": "transaction", "trx": "transactions", "txn": "transaction",
}  # fmt: skip


def label(name: str) -> str:
    """Return a name as people read it: short forms written out, or in capitals where usual.

    >>> label("cust_nbr_children"), label("iban"), label("client_no"), label("tran_amt")
    ('Customer number of children', 'IBAN', 'Client number', 'Transaction amount')
    """
    parts = list(words(name))
    said = [_WRITTEN_OUT.get(word, word.upper() if word in _CAPITALS else word) for word in parts]
    for at, word in enumerate(parts):
        if word in _NUMBERS_OF or (word == "no" and at and at == len(parts) - 1):
            is_last = at == len(parts) - 1 or parts[at + 1] == "of"
            said[at] = "number" if is_last else "number of"
    text = " ".join(said)
    return text[:1].upper() + text[1:] or name


def counted(name: str) -> str:
    """Return what a name says is counted, as people read it.

    >>> counted("purchases_trx"), counted("nbr_children"), counted("cash_advance_count")
    ('purchases', 'children', 'cash advances')
    """
    things = [word for word in words(name) if word not in _COUNTING]
    return plural(uncapitalised(label("_".join(things or words(name)))))


def plural(text: str) -> str:
    """Return an English word, or the last of several, in the plural.

    >>> plural("complaint"), plural("savings policy"), plural("children")
    ('complaints', 'savings policies', 'children')
    """
    last = text.rsplit(" ", 1)[-1]
    if last.endswith(("s", "en")) or last in _PLURALS or not last.isascii():
        return text
    if last.endswith("y") and last[-2:-1] not in set("aeiou"):
        return f"{text[:-1]}ies"
    return f"{text}es" if last.endswith(("x", "ch", "sh")) else f"{text}s"
