"""What can go wrong, in words: what was found, what is allowed, what to do."""


class ClienteleError(Exception):
    """A mistake that a person can mend; its text is a complete sentence for them.

    ``exit_code`` is the sysexits code that the command line ends with.
    """

    exit_code = 70


class UsageError(ClienteleError):
    """The command, an option or a name was not understood."""

    exit_code = 64


class DataError(ClienteleError):
    """The data given cannot be used as it is."""

    exit_code = 65


class BusyError(ClienteleError):
    """Another run is writing; nothing was changed."""

    exit_code = 75


class ConfigurationError(ClienteleError):
    """A setting is missing or refused, or database and code do not fit."""

    exit_code = 78


def one_of(what: str, given: object, allowed: object) -> str:
    """Return the sentence that names an unknown value and the allowed ones.

    >>> one_of("algorithm", "kmean", ["ward", "kmeans"])
    "Unknown algorithm 'kmean'. Choose one of: kmeans, ward."
    """
    names = ", ".join(sorted(str(name) for name in allowed))  # type: ignore[attr-defined]
    return f"Unknown {what} {str(given)!r}. Choose one of: {names}."
