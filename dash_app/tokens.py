"""Tokens by which programs ask the API: made, hashed, and recognised in a request."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable
from typing import Protocol

from flask import request

from core.readmodels import ApiToken
from dash_app.guard import Caller
from dash_app.roles import Role

API = "/api/"  # where tokens open anything; everything else is for people who signed in

_PREFIX = "clientele_"  # tells people and scanners of leaked secrets what they look at
_BYTES = 32

logger = logging.getLogger("clientele.api")


class TokenStore(Protocol):
    """Where tokens are found."""

    def by_token(self, token_hash: str) -> ApiToken | None:
        """Return the token of that hash while it is good."""
        ...


def new_token() -> str:
    """Return a token that nobody can guess."""
    return f"{_PREFIX}{secrets.token_urlsafe(_BYTES)}"


def hash_token(token: str) -> str:
    """Return what is kept of a token.

    A plain hash is enough, and guesses need no slowing down: a token is 256 random bits, unlike a
    password.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def is_for_the_api() -> bool:
    """Whether the present request asks the API."""
    return request.path.startswith(API)


def by_token_or(
    otherwise: Callable[[], Caller | None], tokens: TokenStore
) -> Callable[[], Caller | None]:
    """Return the function that says who asks: the token's program, else whoever signed in.

    A token that is not good makes a stranger, whoever else is signed in.
    """

    def identify() -> Caller | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not is_for_the_api():
            return otherwise()
        found = tokens.by_token(hash_token(token.strip()))
        if found is None:
            logger.warning("a token was refused: %s %r", request.method, request.path)
            return None
        return Caller(f"token {found.name}", Role(found.role))

    return identify
