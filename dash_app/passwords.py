"""Password hashes: Argon2id with the library's current parameters."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


def hash_password(password: str) -> str:
    """Return the hash to store; it carries its own salt and parameters."""
    return PasswordHasher().hash(password)


def password_matches(stored_hash: str, password: str) -> bool:
    """Whether the password belongs to the hash; takes the same time whatever is wrong with it."""
    try:
        return PasswordHasher().verify(stored_hash, password)
    except (VerificationError, InvalidHashError):
        return False
