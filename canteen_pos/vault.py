"""Secrets at rest: PINs as slow hashes, ID numbers sealed under a key that lies outside the database.

The cost of a PIN is chosen for a till: about 60 ms to check.
"""

import base64
import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from canteen_pos.domain import recovery_code
from canteen_pos.domain.recovery_code import KEY_BYTES

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


# -- national ID numbers at rest --------------------------------------------------------------------

KEY_NOTE = (
    "# canteen_pos: the key that opens ID numbers. Keep this file; the backup does not hold it. docs/privacy.md\n"
    "# 身份证号密钥：请勿删除、勿外传；备份里没有它。\n"
)
_SEALED = "v1:"


class Tampered(Exception):
    """What was sealed does not open: another key, another person's, or changed since."""


def new_key() -> bytes:
    """A key nobody has: 160 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def check_value(key: bytes) -> str:
    """What the database keeps to tell the right key from a wrong one; it says nothing about the key."""
    return _derived(key, "check")[:8].hex()


def find_hash(key: bytes, number: str) -> str:
    """What a number is found by: nobody without the key can try numbers against it."""
    return hmac.new(_derived(key, "find"), number.encode(), hashlib.sha256).hexdigest()


def seal(key: bytes, owner: str, number: str) -> str:
    """The number, readable with the key only, and only as this owner's (their random token)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    closed = AESGCM(_derived(key, "seal")).encrypt(nonce, number.encode(), owner.encode())
    return _written(nonce + closed)


def _written(closed: bytes) -> str:
    return _SEALED + base64.urlsafe_b64encode(closed).decode()


def unseal(key: bytes, owner: str, sealed: str) -> str:
    """What `seal` closed. Raises Tampered."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        if not sealed.startswith(_SEALED):
            raise ValueError("an unknown seal")
        closed = base64.b64decode(sealed.removeprefix(_SEALED), altchars=b"-_", validate=True)
        if _written(closed) != sealed:
            raise ValueError("bits that say nothing were changed")
        return AESGCM(_derived(key, "seal")).decrypt(closed[:12], closed[12:], owner.encode()).decode()
    except (ValueError, InvalidTag) as error:
        raise Tampered from error


@lru_cache(maxsize=16)
def _derived(key: bytes, purpose: str) -> bytes:
    """One key for each purpose (HKDF-Expand of RFC 5869, one block)."""
    return hmac.new(key, f"canteen_pos id numbers {purpose}".encode() + b"\x01", hashlib.sha256).digest()


def read_key(file: Path) -> bytes | None:
    """The key of a file; None when there is none. Refusal 'id_key.mistyped', 'id_key.groups' for a damaged one."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    return recovery_code.read("\n".join(line for line in text.splitlines() if not line.startswith("#")))


def write_key(file: Path, key: bytes) -> None:
    """Readable by this user only, on the disk before this returns; a key that is there already is moved aside."""
    fresh = file.with_suffix(".key-new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(KEY_NOTE + "-".join(recovery_code.groups_of(key)) + "\n")
        out.flush()
        os.fsync(out.fileno())
    if file.exists():
        place = 1
        while (aside := file.with_suffix(f".key-{place}")).exists():
            place += 1
        file.rename(aside)
    fresh.rename(file)


def write_private(file: Path, content: bytes) -> None:
    """For this user only, whatever the machine gives other files, and also where a file was there before."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        file.chmod(0o600)
        out.write(content)
