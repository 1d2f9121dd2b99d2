"""What the name of a column says: words for people, places, ids and money, in a few tongues."""

from __future__ import annotations

from collections.abc import Iterable


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


_NUMBER = word_set("id nr no nbr num number nummer key uuid guid ref pk")
_PERSON = word_set("""
    customer client cust person member user holder kunde investor household party people
    owner cliente klient kund partner patient guest subscriber customers clients users
    kunden clientnum shopper buyer
""")
_DIRECT = word_set("""
    surname firstname lastname fullname forename middlename maidenname vorname nachname
    familienname nombre apellido prenom phone mobile telephone tel telefon cell fax handy
    email mail address addr adresse street strasse iban bic ssn passport aadhaar adhar
    aadhar pan demat kyc crn cpf cnpj curp nino licence license taxid vat birthname
    salutation rodne ip twitter linkedin ulice
""")
_DIRECT_PAIRS = (
    {"national", "id"}, {"identity", "card"}, {"social", "security"}, {"tax", "id"},
    {"card", "number"}, {"name", "prefix"}, {"customer", "name"}, {"client", "name"},
    {"first", "name"}, {"last", "name"}, {"family", "name"}, {"given", "name"}, {"full", "name"},
    {"middle", "name"}, {"holder", "name"}, {"user", "name"}, {"person", "name"},
    {"house", "number"}, {"tax", "number"}, {"passport", "no"}, {"contact", "number"},
)  # fmt: skip
_SENSITIVE = word_set("""
    age birth dob birthday birthdate born gender sex marital marriage married nationality
    citizenship religion race ethnic ethnicity health disability disabled political union
    alter geburtsdatum geschlecht familienstand civil edad sexo narozeni pohlavi
""")
_PROXY = word_set("""
    zip zipcode postal postcode plz city town village state region district province county
    country suburb municipality neighborhood neighbourhood latitude longitude lat lng
    geolocation ort stadt land bundesland ville pays ciudad okres kraj language prefecture
""")
_WHO = word_set("""
    income salary wage earnings education educ degree job occupation employment employed
    profession work career children child kids dependents dependants dependent family
    household tenure years seniority joined join registration registered relationship
    housing house home ownership homeowner residence einkommen beruf bildung kinder wealth
    class slab urban
""")
_MONEY = word_set("""
    amount amt amnt balance income salary wage price value payment payments limit worth
    networth sip fee fees debt spend spent spending purchases cash deposit deposits credit
    loan revenue sales cost total turnover money principal interest installments advance
    savings premium usd eur gbp inr dollars euros betrag saldo umsatz einkommen preis castka
    monto importe bal charges charge budget assets fund funds
""")
_WORTH = word_set("""
    balance saldo kontostand networth worth assets funds value deposit deposits savings revenue
    spend spent spending purchases turnover umsatz wealth portfolio
""")
_OWED = word_set("limit minimum min debt loan credit fee fees interest repayment owed")
_COUNT = word_set("""
    count cnt trx number num nbr nr no quantity qty visits orders logins calls emails items
    times children kids dependents dependants menge anzahl units contacts tickets
""")
_JOINED = word_set("""
    since joined join registration registered opened open start created enrolment enrollment
    enrolled signup begin from eintritt member
""")
_ACCOUNT = frozenset({"account", "acct", "konto", "clientnum"})
_BOOKED = ("booking", "booked", "buchung", "buchungstag", "buchungsdatum", "posting", "posted",
           "purchase", "purchased", "transaction", "tran", "trans", "txn", "date", "datum", "day",
           "order", "ordered", "payment")  # fmt: skip
NOT_BOOKED = len(_BOOKED)  # the rank of a name that does not say when something was booked
_AMOUNT = ("amount", "amt", "amnt", "betrag", "castka", "value", "total", "sum", "revenue", "sales",
           "price", "spend", "payment", "monto", "importe", "umsatz", "cost")  # fmt: skip
NO_AMOUNT = 2 * len(_AMOUNT)  # the rank of a name that is not that of an amount


def words(name: str) -> tuple[str, ...]:
    """Return the words of a column's name.

    >>> words("date_of_birth")
    ('date', 'of', 'birth')
    """
    return tuple(word for word in name.split("_") if word)


def names_id(name: str) -> bool:
    """Return whether a name is that of an id: ``cust_id``, ``account_no``, ``clientnum``.

    >>> names_id("customer_id"), names_id("nbr_children"), names_id("paid")
    (True, False, False)
    """
    parts = words(name)
    return (
        parts[-1] in _NUMBER
        or name in _ACCOUNT
        or any(
            name.endswith(end)
            and name[: -len(end)] in _PERSON | {"account", "acct", "konto", "order", "row"}
            for end in ("id", "nr", "no", "num", "key", "nummer", "number")
        )
    )


def names_person(name: str) -> bool:
    """Return whether a name speaks of customers: ``client_id``, ``kunden_nr``."""
    ends = ("nummer", "number", "nr", "no", "id")
    stems = {word.removesuffix(end) for word in words(name) for end in ends}
    return bool(stems & _PERSON)


def names_direct(name: str) -> str:
    """Return the words that make a name one of a direct identifier; empty if none do.

    >>> names_direct("first_name"), names_direct("branch_name"), names_direct("mobile_no")
    ('first name', '', 'mobile')
    """
    parts = set(words(name))
    if words(name) in (("name",), ("names",), ("title",)):
        return name
    if hit := sorted(parts & _DIRECT):
        return hit[0]
    pair = next((pair for pair in _DIRECT_PAIRS if pair <= parts), None)
    return " ".join(w for w in words(name) if w in pair) if pair else ""


def names_sensitive(name: str) -> str:
    """Return the word that makes a name a sensitive one; empty if none does."""
    return _first(name, _SENSITIVE)


def names_proxy(name: str) -> str:
    """Return the word that makes a name one of a place; empty if none does."""
    return _first(name, _PROXY)


def names_who(name: str) -> str:
    """Return the word that makes a name say who customers are; empty if none does."""
    return _first(name, _WHO)


def names_birth(name: str) -> bool:
    """Return whether a name is that of a day of birth."""
    birth = {"birth", "dob", "birthday", "birthdate", "born", "geburtsdatum", "narozeni"}
    return _has(name, birth)


def names_age(name: str) -> bool:
    """Return whether a name is that of an age in years."""
    return words(name)[-1] in ("age", "alter", "edad") or words(name)[0] == "age"


def names_gender(name: str) -> bool:
    """Return whether a name is that of a gender."""
    return _has(name, {"gender", "sex", "geschlecht", "sexo", "pohlavi"})


def names_money(name: str) -> bool:
    """Return whether a name is that of an amount of money."""
    counted = {
        "trx",
        "count",
        "cnt",
        "frequency",
        "prc",
        "pct",
        "percent",
        "ratio",
        "number",
        "num",
    }
    return _has(name, _MONEY) and not _has(name, counted)


def names_worth(name: str) -> bool:
    """Return whether a name is that of money which customers have or spend.

    >>> names_worth("ending_balance"), names_worth("credit_limit"), names_worth("fees")
    (True, False, False)
    """
    return names_money(name) and _has(name, _WORTH) and not _has(name, _OWED)


def names_count(name: str) -> bool:
    """Return whether a name is that of a number of things."""
    return _has(name, _COUNT)


def names_counted(name: str) -> bool:
    """Return whether a name says outright that things are counted: ``mobile_logins``."""
    return _has(name, _COUNT - _NUMBER)


def names_code(name: str) -> bool:
    """Return whether a name is that of a code, whose numbers have no order."""
    coded = {"code", "type", "status", "class", "category", "kind", "marital", "gender", "sex"}
    coded |= {"group", "segment", "cluster", "region", "flag", "art", "typ", "product", "produkt"}
    return _has(name, coded | {"kontoart", "kontotyp", "produktart", "buchungsart"})


def names_joined(name: str) -> bool:
    """Return whether a date's name is that of the day a customer or an account began."""
    return _has(name, _JOINED)


def amount_rank(name: str) -> int:
    """Return how much a name is that of a transaction's amount: 0 is most.

    One that says nothing else comes before those of parts of it.

    >>> amount_rank("tran_amt") < amount_rank("fee_amt") < amount_rank("unit_price")
    True
    """
    found = [position for position, word in enumerate(_AMOUNT) if word in words(name)]
    is_part = bool(set(words(name)) - {*_AMOUNT, *_BOOKED})
    return 2 * min(found) + is_part if found else NO_AMOUNT


def booked_rank(name: str) -> int:
    """Return how much a date's name is that of the day something was booked: 0 is most.

    >>> booked_rank("booking_date") < booked_rank("tran_date") < booked_rank("value_dated")
    True
    """
    found = [position for position, word in enumerate(_BOOKED) if word in words(name)]
    return min(found, default=NOT_BOOKED)


def shared_words(one: str, other: str) -> set[str]:
    """Return the telling words that two names share.

    >>> shared_words("cust_id", "twm_cust_no")
    {'cust'}
    """
    return (set(words(one)) & set(words(other))) - _NUMBER


def names_balance(name: str) -> bool:
    """Return whether a name is that of a balance: what is there, not what moved.

    >>> names_balance("ending_balance"), names_balance("minimum_balance"), names_balance("amount")
    (True, False, False)
    """
    return _has(name, {"balance", "saldo", "bal", "kontostand"}) and not _has(
        name, {"minimum", "min", "limit", "maximum", "max"}
    )


def _has(name: str, known: Iterable[str]) -> bool:
    return bool(set(words(name)) & set(known))


def _first(name: str, known: frozenset[str]) -> str:
    return next((word for word in words(name) if word in known), "")
