"""Secrets at rest: PINs as slow hashes. The cost is chosen for a till: a PIN takes about 60 ms to check."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@lru_cache(maxsize=1)
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)


def hash_pin(pin: str) -> str:
    """A salted argon2id hash that says its own parameters."""
    return _hasher().hash(pin)


def pin_fits(pin_hash: str, pin: str) -> bool:
    """Whether `pin` is the one behind `pin_hash`. A damaged hash fits nothing."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
